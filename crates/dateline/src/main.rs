//! The program `dateline`: arguments, configuration, clock, files, network and exit codes. It puts the parts
//! together and knows no rule about news.

mod annotated;
mod cli;
mod clock;
mod commands;
mod config;
mod control;
mod demo_pages;
mod editing;
mod event_files;
mod exit;
mod follow;
mod history;
mod in_order;
mod ingestion;
mod key_file;
mod making;
mod output;
mod pages;
mod print;
mod reading;
mod registry_files;
mod scopes;
mod served;
mod snapshots;
mod store;
mod traces;
mod views;
mod words_index;

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;

/// Reading a story and keeping it are many small allocations; docs/DESIGN.md says what this one saves.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match output::start_tracing().and_then(|()| commands::run(&cli::Cli::parse())) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::complain(&failure);
            failure.exit.into()
        }
    }
}
