//! One file a command. Each takes what was typed and ends with an [`Exit`] or a [`Failure`].

mod candidates;
mod check;
mod config;
mod demo;
mod import;
mod ingest;
mod keys;
mod log;
mod log_copy;
mod log_drill;
mod log_export;
mod log_import;
mod read;
mod rebuild;
mod resolve;
mod rule;
mod search;
mod serve;
mod stories;
mod timeline;

use std::path::Path;

use crate::cli::{Cli, Command, LogCommand, RegistryCommand, TopicsCommand};
use crate::exit::{Exit, Failure};

/// How a command ends.
pub(crate) type Outcome = Result<Exit, Failure>;

/// Runs what was typed.
pub(crate) fn run(cli: &Cli) -> Outcome {
    let data: &Path = &cli.data;
    match &cli.command {
        Command::Read(args) => read::run(args, data),
        Command::Ingest(args) => ingest::run(args, data),
        Command::Registry(command) => on_registry(command, data),
        Command::Topics(TopicsCommand::Import(args)) => import::topics(args, data),
        Command::Rule(command) => rule::run(command, data),
        Command::Timeline(args) => timeline::run(args, data),
        Command::Search(args) => search::run(args, data),
        Command::Stories(args) => stories::run(args, data),
        Command::Rebuild(args) => rebuild::run(args, data),
        Command::Log(command) => on_log(command, data),
        Command::Keys(command) => keys::run(command, data),
        Command::Serve(args) => serve::run(args, data),
        Command::Config(args) => config::run(args, data),
        Command::Demo(args) => demo::run(args),
    }
}

fn on_registry(command: &RegistryCommand, data: &Path) -> Outcome {
    match command {
        RegistryCommand::Import(args) => import::registry(args, data),
        RegistryCommand::Check(args) => check::run(args, data),
        RegistryCommand::Candidates(args) => candidates::run(args, data),
        RegistryCommand::Resolve(args) => resolve::run(args, data),
    }
}

fn on_log(command: &LogCommand, data: &Path) -> Outcome {
    match command {
        LogCommand::Show(args) => log::show(args, data),
        LogCommand::Verify(args) => log::verify(args, data),
        LogCommand::Export(args) => log_export::run(args, data),
        LogCommand::Import(args) => log_import::run(args, data),
        LogCommand::Backup(args) => log_copy::backup(args, data),
        LogCommand::Restore(args) => log_copy::restore(args, data),
        LogCommand::Drill(args) => log_drill::run(args, data),
    }
}
