//! What can be typed behind `dateline rule`.

use clap::{Args, Subcommand, ValueEnum};
use dateline_event::event::Verdict;

#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// The words at a span of a story are, or are not, a statement of an official
    Statement(RuleStatementArgs),
    /// A story is, or is not, on a topic
    Topic(RuleTopicArgs),
    /// Two stories are, or are not, the same
    Same(RuleSameArgs),
}

/// What an editor says.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Says {
    /// It is so
    Is,
    /// It is not so
    IsNot,
}

impl From<Says> for Verdict {
    fn from(says: Says) -> Self {
        match says {
            Says::Is => Self::Is,
            Says::IsNot => Self::IsNot,
        }
    }
}

/// How a ruling ends.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RuleEnding {
    /// Show what the ruling is about and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example, with the ids and spans that `dateline timeline --json` prints:
  dateline rule statement 5f0c… --span 120..188 --official p-ket is-not")]
pub(crate) struct RuleStatementArgs {
    /// Id of the story
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    /// Code points of the page at which the words stand
    #[arg(long, value_name = "START..END")]
    pub(crate) span: String,
    /// Id of the official
    #[arg(long, value_name = "ID")]
    pub(crate) official: String,
    /// Whether it is so
    #[arg(value_name = "VERDICT")]
    pub(crate) says: Says,
    #[command(flatten)]
    pub(crate) ending: RuleEnding,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline rule topic 5f0c… --topic exercise is")]
pub(crate) struct RuleTopicArgs {
    /// Id of the story
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    /// Id of the topic
    #[arg(long, value_name = "ID")]
    pub(crate) topic: String,
    /// Whether it is so
    #[arg(value_name = "VERDICT")]
    pub(crate) says: Says,
    #[command(flatten)]
    pub(crate) ending: RuleEnding,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline rule same 5f0c… 91ab… is-not")]
pub(crate) struct RuleSameArgs {
    /// Id of the story that stays
    #[arg(value_name = "STORY")]
    pub(crate) story: String,
    /// Id of the other one
    #[arg(value_name = "OTHER")]
    pub(crate) other: String,
    /// Whether it is so
    #[arg(value_name = "VERDICT")]
    pub(crate) says: Says,
    #[command(flatten)]
    pub(crate) ending: RuleEnding,
}
