//! What can be typed behind `dateline stories`.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline stories
  dateline stories --as-of 40 --json
Copies of one story are printed as one, with all their sources; stories on one event stand together. With --json, one
object a story and line: `same_story` and `same_event` name its groups, `shown` says which of the copies stands for all.")]
pub(crate) struct StoriesArgs {
    /// What the record said at this position of the log, or at this instant (RFC 3339)
    #[arg(long, value_name = "POSITION|INSTANT")]
    pub(crate) as_of: Option<String>,
    /// One JSON object a story and line
    #[arg(long)]
    pub(crate) json: bool,
}
