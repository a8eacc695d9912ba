//! The commands that read views.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline timeline --official p-ket --from 2020-01-01
  dateline timeline --official p-ket --topic exercise --statements direct
  dateline timeline --office minister --count-by month
  dateline timeline --topic exercise --as-of 40")]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    /// Nothing that happened before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<chrono::NaiveDate>,
    /// Nothing that happened after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<chrono::NaiveDate>,
    /// Only entries in which they have this part; may be given again
    #[arg(long, value_enum)]
    pub(crate) part: Vec<Part>,
    /// Only entries with a statement of this kind by them
    #[arg(long, value_enum)]
    pub(crate) statements: Option<Speech>,
    /// Only what this source put out
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Only what was put out in this language (ISO 639-1)
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// What the record said at this position of the log, or at this instant (RFC 3339)
    #[arg(long, value_name = "POSITION|INSTANT")]
    pub(crate) as_of: Option<String>,
    /// How many entries there are, instead of the entries
    #[arg(long, value_enum)]
    pub(crate) count_by: Option<CountBy>,
    /// Most entries to print
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// One JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Whose timeline. With several of them, the entries that are in all.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct ScopeArgs {
    /// An official, by id or by full name
    #[arg(long, value_name = "ID")]
    pub(crate) official: Vec<String>,
    /// An office, by id or by its name: what its holders said and did while they held it
    #[arg(long, value_name = "ID")]
    pub(crate) office: Vec<String>,
    /// An organisation, by id or by name: the same of all its offices, and of the organisations in it
    #[arg(long, value_name = "ID")]
    pub(crate) organisation: Vec<String>,
    /// A topic, by id, with the topics below it
    #[arg(long, value_name = "ID")]
    pub(crate) topic: Vec<String>,
}

/// What somebody does in a story.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Part {
    /// Says something
    Speaker,
    /// Takes part in what happened
    Participant,
    /// Is named only
    Mentioned,
}

/// How something is said.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Speech {
    /// Quoted
    Direct,
    /// Reported
    Indirect,
}

/// The length of time that entries are counted by.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CountBy {
    /// Days
    Day,
    /// Weeks from Monday on
    Week,
    /// Months
    Month,
    /// Years
    Year,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline rebuild
  dateline rebuild --preview --with officials.json       # before `dateline registry import`
  dateline rebuild --preview --with-topics topics.json   # before `dateline topics import`
A preview stores nothing. Without a file it compares the saved view with what this program makes of the log.")]
pub(crate) struct RebuildArgs {
    /// Say what would change, entry by entry, and change nothing
    #[arg(long)]
    pub(crate) preview: bool,
    /// A registry file (Popolo) that would be imported
    #[arg(long, value_name = "FILE", requires = "preview")]
    pub(crate) with: Option<PathBuf>,
    /// A topic file (SKOS or a plain list) that would be imported
    #[arg(long, value_name = "FILE", requires = "preview")]
    pub(crate) with_topics: Option<PathBuf>,
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}
