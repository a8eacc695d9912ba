//! Files of the registry and of topics, read into events. Their shapes are the business of `dateline-ingest`.

use std::path::Path;

use dateline_ingest::import::Import;
use dateline_ingest::{popolo, skos};

use crate::exit::{Exit, Failure};
use crate::pages;

/// The events of a Popolo file.
pub(crate) fn popolo(file: &Path) -> Result<Import, Failure> {
    popolo::read(&bytes(file)?).map_err(|why| named(file, why))
}

/// The events of a topic file.
pub(crate) fn topics(file: &Path) -> Result<Import, Failure> {
    skos::read(&bytes(file)?).map_err(|why| named(file, why))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    pages::read(file).map_err(|error| Failure::new(Exit::Input, error))
}

fn named(file: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::message(Exit::Input, format_args!("{}: {why}", file.display()))
}
