//! What can be typed: commands, arguments, and the help that teaches them.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Given;

mod keys;
mod log;
mod registry;
mod rule;
mod search;
mod stories;
mod views;

pub(crate) use keys::{KeysCommand, KeysListArgs, KeysNewArgs};
pub(crate) use log::{
    LogBackupArgs, LogCommand, LogDrillArgs, LogExportArgs, LogImportArgs, LogRestoreArgs,
    LogShowArgs, LogVerifyArgs,
};
pub(crate) use registry::{CandidatesArgs, CheckArgs, RegistryCommand, ResolveArgs};
pub(crate) use rule::{RuleCommand, RuleEnding};
pub(crate) use search::SearchArgs;
pub(crate) use stories::StoriesArgs;
pub(crate) use views::{CountBy, Part, RebuildArgs, ScopeArgs, Speech, TimelineArgs};

/// Reads captured news pages, keeps what each story reported in an append-only log, and serves what officials said
/// and did as timelines.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Directory of the log; made when something is first written to it
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "dateline-data",
        env = "DATELINE_DATA"
    )]
    pub(crate) data: PathBuf,
}

const AFTER_HELP: &str = "\
Thirty seconds to a first timeline:
  dateline demo                                    # invented pages, nothing to set up

With your own pages:
  dateline registry import officials.json          # who held which office when (Popolo, Wikidata)
  dateline topics import topics.json               # what you follow (SKOS or a plain list)
  dateline ingest captures/                        # read pages, append what they report
  dateline timeline --official ID                  # see it
  dateline serve                                   # GraphQL at http://127.0.0.1:8080/graphql

Exit codes:
  0  done                          4  data directory in use by another process
  1  internal error                5  log damaged, or written by a newer dateline
  2  arguments not understood      6  storage failed; what was acknowledged is safe
  3  some input was not readable   7  no such official or topic
     or refused; all other input   8  cannot listen on the address
     was handled";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print what is understood of each page; store nothing
    Read(ReadArgs),
    /// Read pages and append what they report to the log
    Ingest(IngestArgs),
    /// Officials, organisations, offices and tenures
    #[command(subcommand)]
    Registry(RegistryCommand),
    /// Subjects that stories are about
    #[command(subcommand)]
    Topics(TopicsCommand),
    /// Overrule what was read out of a story
    #[command(subcommand)]
    Rule(RuleCommand),
    /// Print a timeline, newest first
    Timeline(TimelineArgs),
    /// Find entries by words in headlines, bodies and statements, newest first
    Search(SearchArgs),
    /// Print all stories: copies of one as one, those on one event together
    Stories(StoriesArgs),
    /// Replay the whole log into a fresh view, or say what another registry would change
    Rebuild(RebuildArgs),
    /// Look at the log itself, copy it, bring it back
    #[command(subcommand)]
    Log(LogCommand),
    /// Who may use the API, and for what
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Answer GraphQL over HTTP until Ctrl-C or SIGTERM
    Serve(ServeArgs),
    /// Print the settings that hold for `serve`, and where each comes from
    Config(ConfigArgs),
    /// Do the whole job with invented pages and nothing set up
    Demo(DemoArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline read --registry officials.json --topics topics.json page.txt
With --json, one object a page and line; spans count Unicode code points of the page.")]
pub(crate) struct ReadArgs {
    /// Officials and offices to recognise (Popolo JSON); without it, those of the log, if there is one
    #[arg(long, value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// Topics to assign (SKOS or a plain list); without it, those of the log, if there is one
    #[arg(long, value_name = "FILE")]
    pub(crate) topics: Option<PathBuf>,
    /// Who published the pages
    #[arg(long, value_name = "NAME", default_value = "local")]
    pub(crate) source: String,
    /// One JSON object a page instead of text
    #[arg(long)]
    pub(crate) json: bool,
    /// Files and folders; `-` reads standard input
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Reading the same pages again appends nothing. A page that cannot be read is named in the report; the others go on.")]
pub(crate) struct IngestArgs {
    /// Who published the pages
    #[arg(long, value_name = "NAME", default_value = "local")]
    pub(crate) source: String,
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Files and folders; `-` reads standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TopicsCommand {
    /// Append the concepts of a SKOS file (JSON-LD) or of a plain JSON list
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The file; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = SETTINGS_HELP)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) file: ConfigFile,
    #[command(flatten)]
    pub(crate) settings: Given,
}

#[derive(Debug, Args)]
#[command(after_help = SETTINGS_HELP)]
pub(crate) struct ConfigArgs {
    /// One JSON object a setting and line
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) file: ConfigFile,
    #[command(flatten)]
    pub(crate) settings: Given,
}

/// Where settings stand.
#[derive(Debug, Args)]
pub(crate) struct ConfigFile {
    /// File of settings (TOML); without it `dateline.toml` in the data directory, if it is there
    #[arg(long, value_name = "FILE", env = "DATELINE_CONFIG")]
    pub(crate) config: Option<PathBuf>,
}

const SETTINGS_HELP: &str = "\
Settings come from flags, else from the environment, else from the file, else they have their default. In the file
they have the names of the flags:
  deadline = 20
  origins = [\"https://desk.example\"]
`dateline config` prints what holds, and where each value comes from.";

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Print what was found and leave, without serving it
    #[arg(long)]
    pub(crate) once: bool,
    /// Where to listen; without it port 8080, or a free one when that is taken
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "once")]
    pub(crate) listen: Option<SocketAddr>,
}
