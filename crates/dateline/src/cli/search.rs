//! What can be typed behind `dateline search`.

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  dateline search 'exercise'
  dateline search '\"civil defence\" OR rescue* -drill' --from 2020-01-01
  dateline search 'said:border title:talks' --official p-ket --as-of 40
All words must be there, in any form of case; \"words in quotation marks\" follow each other; word* begins a word; -word must not
be there; OR stands between two that will do; title: looks in headlines, said: in what somebody is reported to have said. At
most 512 characters, 16 clauses and 32 words. What is found comes newest first, with the words and their places on the page.")]
pub(crate) struct SearchArgs {
    /// Words to look for in headlines, bodies and statements
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: String,
    /// Only what is in the timeline of this official, by id or by full name; may be given again
    #[arg(long, value_name = "ID")]
    pub(crate) official: Vec<String>,
    /// Only what is on this topic, or on one below it; may be given again
    #[arg(long, value_name = "ID")]
    pub(crate) topic: Vec<String>,
    /// Only what this source put out
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Only what was put out in this language (ISO 639-1)
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Nothing that happened before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<chrono::NaiveDate>,
    /// Nothing that happened after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) to: Option<chrono::NaiveDate>,
    /// What the record said at this position of the log, or at this instant (RFC 3339)
    #[arg(long, value_name = "POSITION|INSTANT")]
    pub(crate) as_of: Option<String>,
    /// Most entries to print
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// One JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}
