//! What can be typed behind `dateline registry`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::ImportArgs;

#[derive(Debug, Subcommand)]
pub(crate) enum RegistryCommand {
    /// Append who held which office when, from a Popolo file or from entities of Wikidata
    Import(ImportArgs),
    /// List what is doubtful or missing in the registry of the log, a line each
    Check(CheckArgs),
    /// List the people whom stories name with an office and the registry does not know
    Candidates(CandidatesArgs),
    /// Say which official each name on standard input means, a line each
    Resolve(ResolveArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// One JSON object a finding and line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline registry candidates --at-least 3
  dateline registry candidates --popolo > new.json     # look through it, then
  dateline registry import new.json")]
pub(crate) struct CandidatesArgs {
    /// Only those whom so many stories name
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) at_least: usize,
    /// One JSON object a candidate and line
    #[arg(long, conflicts_with = "popolo")]
    pub(crate) json: bool,
    /// A Popolo file of all of them, ready for `registry import`
    #[arg(long)]
    pub(crate) popolo: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  echo 'Мирослав Кет' | dateline registry resolve --registry officials.json
A line is the name, a tab, and the id of the official; the id is left out where nobody fits well or several do.")]
pub(crate) struct ResolveArgs {
    /// Officials to choose from (Popolo JSON or entities of Wikidata); without it, those of the log
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// One JSON object a name and line, with the reason and everybody who comes near
    #[arg(long)]
    pub(crate) json: bool,
}
