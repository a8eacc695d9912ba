//! What an address of a feed asks for.

use axum::http::Uri;
use chrono::NaiveDate;
use dateline_event::{OfficialId, TopicId};
use dateline_projector::{Scope, View};

use super::form::Form;
use crate::error::ErrorCode;
use crate::http::{self, Refusal};

/// Where feeds are.
const ROOT: &str = "/feeds/";

/// Most entries of a feed, and how many one has where nobody says.
const MAX_ENTRIES: usize = 500;
const ENTRIES: usize = 100;

/// Whose timelines have feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Official,
    Topic,
}

impl Kind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Topic => "topic",
        }
    }
}

/// A feed as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) kind: Kind,
    /// The id of the official, or the slug of the topic.
    pub(super) name: String,
    pub(super) form: Form,
    pub(super) limit: usize,
    pub(super) from: Option<NaiveDate>,
    pub(super) to: Option<NaiveDate>,
}

impl Wanted {
    /// What `uri` asks for. Without an ending it is Atom.
    pub(super) fn of(uri: &Uri) -> Result<Self, Refusal> {
        let rest = uri.path().strip_prefix(ROOT).unwrap_or_default();
        let (kind, name) = rest.split_once('/').unwrap_or((rest, ""));
        let kind = match kind {
            "official" => Kind::Official,
            "topic" => Kind::Topic,
            _ => {
                let message = "there are feeds at `/feeds/official/{id}` and `/feeds/topic/{slug}`";
                return Err(Refusal::new(ErrorCode::NotFound, message));
            }
        };
        let form = Form::ALL.into_iter().find(|it| name.ends_with(it.ending()));
        let name = form.and_then(|it| name.strip_suffix(it.ending())).unwrap_or(name);
        let name =
            http::decoded(name).ok_or_else(|| bad("the id is not UTF-8, percent-encoded"))?;
        let form = form.unwrap_or(Form::Atom);
        let mut wanted = Self { kind, name, form, limit: ENTRIES, from: None, to: None };
        for (name, value) in http::form_pairs(uri.query().unwrap_or_default())? {
            wanted.take(&name, &value)?;
        }
        match (wanted.from, wanted.to) {
            (Some(from), Some(to)) if from > to => {
                Err(bad(format!("`from` is {from}, after `to`, which is {to}")))
            }
            _ => Ok(wanted),
        }
    }

    fn take(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        match name {
            "limit" => {
                let limit = value.parse().ok().filter(|it| (1..=MAX_ENTRIES).contains(it));
                let message = || format!("`limit` is a number from 1 to {MAX_ENTRIES}");
                self.limit = limit.ok_or_else(|| bad(message()))?;
            }
            "from" => self.from = Some(day(name, value)?),
            "to" => self.to = Some(day(name, value)?),
            _ => {
                let message = "a feed has the parameters `from`, `to` and `limit`, and no others";
                return Err(bad(message));
            }
        }
        Ok(())
    }

    /// The timeline and its title, where the registry of `view` has it.
    pub(super) fn scope(&self, view: &View) -> Option<(Scope, String)> {
        match self.kind {
            Kind::Official => {
                let id = OfficialId::new(&self.name).ok()?;
                let name = view.official(&id)?.official.name.clone();
                Some((Scope::Official(id), name))
            }
            Kind::Topic => {
                let id = TopicId::new(&self.name).ok()?;
                let title = view.topic(&id)?.topic.label("en").to_owned();
                Some((Scope::Topic(id), title))
            }
        }
    }

    /// The path of the feed, without its ending.
    pub(super) fn path(&self) -> String {
        format!("{ROOT}{}/{}", self.kind.as_str(), http::encoded(&self.name))
    }
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::bad_request(message)
}

fn day(name: &str, value: &str) -> Result<NaiveDate, Refusal> {
    let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
    day.ok_or_else(|| bad(format!("`{name}` is a day of the calendar such as 2025-06-05")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_gives_the_form_and_a_longer_ending_goes_first() {
        for (path, name, form) in [
            ("/feeds/topic/dams", "dams", Form::Atom),
            ("/feeds/topic/dams.json", "dams", Form::Json),
            ("/feeds/topic/dams.timeline.json", "dams", Form::TimelineJs),
            ("/feeds/official/a.b.ics", "a.b", Form::Calendar),
        ] {
            let wanted = Wanted::of(&path.parse().unwrap()).unwrap();
            assert_eq!((wanted.name.as_str(), wanted.form), (name, form), "{path}");
        }
    }
}
