//! Files of the registry and of topics, read into events. Their shapes are the business of `dateline-ingest`.

use std::io::{self, Read};
use std::path::Path;

use dateline_ingest::import::Import;
use dateline_ingest::{popolo, skos, wikidata};

use crate::exit::{Exit, Failure};
use crate::pages;

/// Largest registry that is unpacked, in bytes.
const MAX_UNPACKED_BYTES: u64 = 512 * 1024 * 1024;

/// The events of a registry: a Popolo file, or entities of Wikidata; its content tells which.
pub(crate) fn registry(file: &Path) -> Result<Import, Failure> {
    let bytes = unpacked(bytes(file)?).map_err(|why| named(file, why))?;
    if wikidata::is_wikidata(&bytes) {
        return wikidata::read(&bytes).map_err(|why| named(file, why));
    }
    popolo::read(&bytes).map_err(|why| named(file, why))
}

/// The events of a topic file.
pub(crate) fn topics(file: &Path) -> Result<Import, Failure> {
    skos::read(&bytes(file)?).map_err(|why| named(file, why))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    pages::read(file).map_err(|error| Failure::new(Exit::Input, error))
}

/// What is packed with gzip or zstd, unpacked; everything else as it is.
fn unpacked(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let packed: Box<dyn Read + '_> = match bytes.as_slice() {
        [0x1f, 0x8b, ..] => Box::new(flate2::read::MultiGzDecoder::new(bytes.as_slice())),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(zstd::Decoder::new(bytes.as_slice())?),
        _ => return Ok(bytes),
    };
    let mut plain = Vec::new();
    packed.take(MAX_UNPACKED_BYTES + 1).read_to_end(&mut plain)?;
    if u64::try_from(plain.len()).unwrap_or(u64::MAX) > MAX_UNPACKED_BYTES {
        let message =
            format!("unpacks to more than {MAX_UNPACKED_BYTES} bytes; cut it in several files");
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    Ok(plain)
}

fn named(file: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::message(Exit::Input, format_args!("{}: {why}", file.display()))
}
