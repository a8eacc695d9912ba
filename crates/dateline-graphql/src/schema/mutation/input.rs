//! What decisions of editors are asked with.

use async_graphql::{ID, InputObject, OneofObject};
use dateline_event::event::{Ruling, Verdict};
use dateline_event::{OfficialId, Span, StoryId, TopicId};

use super::problem::{Problem, invalid};
use crate::schema::global_id::{Kind, local, local_or_plain};

/// A story to be retracted.
#[derive(InputObject)]
pub(super) struct RetractStoryInput {
    /// What you call this change, so that asking twice changes once; a UUID, say.
    pub(super) idempotency_key: Option<String>,
    /// Why, for readers.
    pub(super) reason: String,
    /// The global id of the story.
    story_id: ID,
}

impl RetractStoryInput {
    pub(super) fn story(&self) -> Result<StoryId, Problem> {
        if self.reason.trim().is_empty() {
            return Err(invalid("reason", "a retraction says why"));
        }
        story("storyId", &self.story_id)
    }
}

/// A ruling to be made.
#[derive(InputObject)]
pub(super) struct MakeRulingInput {
    /// Whether it is so.
    holds: bool,
    /// What you call this change, so that asking twice changes once; a UUID, say.
    pub(super) idempotency_key: Option<String>,
    /// What is decided.
    on: RulingSubject,
    /// The global id of the story.
    story_id: ID,
}

/// What a ruling decides: exactly one of these.
#[derive(OneofObject)]
enum RulingSubject {
    /// That the story is the same as this one: a global id.
    SameAs(ID),
    /// That a statement is by an official.
    Statement(StatementRulingInput),
    /// That the story is on this topic: its global id, or its slug.
    TopicId(ID),
}

/// A statement and an official.
#[derive(InputObject)]
struct StatementRulingInput {
    /// Behind its last code point.
    end: u32,
    /// The official: the global id, or the id in the registry.
    official_id: ID,
    /// First code point of the statement on the page.
    start: u32,
}

impl MakeRulingInput {
    pub(super) fn ruling(&self) -> Result<Ruling, Problem> {
        let verdict = if self.holds { Verdict::Is } else { Verdict::IsNot };
        let story = story("storyId", &self.story_id)?;
        Ok(match &self.on {
            RulingSubject::SameAs(other) => {
                let other = self::story("on.sameAs", other)?;
                if other == story {
                    return Err(invalid("on.sameAs", "wanted another story than `storyId`"));
                }
                Ruling::Same { story, other, verdict }
            }
            RulingSubject::TopicId(id) => {
                let id = plain("on.topicId", id, Kind::Topic)?;
                let topic =
                    TopicId::new(&id).map_err(|it| invalid("on.topicId", it.to_string()))?;
                Ruling::Topic { story, topic, verdict }
            }
            RulingSubject::Statement(it) => {
                const FIELD: &str = "on.statement.officialId";
                if it.start >= it.end {
                    return Err(invalid("on.statement.end", "a statement ends behind its start"));
                }
                let id = plain(FIELD, &it.official_id, Kind::Official)?;
                let official = OfficialId::new(&id).map_err(|it| invalid(FIELD, it.to_string()))?;
                Ruling::Statement { story, span: Span::new(it.start, it.end), official, verdict }
            }
        })
    }
}

/// A rebuild to be started.
#[derive(InputObject)]
pub(super) struct StartRebuildInput {
    /// What you call this change, so that asking twice starts one rebuild; a UUID, say. It is remembered until the
    /// server is stopped.
    pub(super) idempotency_key: Option<String>,
}

/// The id of the registry that `id` means.
pub(super) fn plain(field: &str, id: &ID, kind: Kind) -> Result<String, Problem> {
    local_or_plain(id, kind).map_err(|it| invalid(field, it.to_string()))
}

fn story(field: &str, id: &ID) -> Result<StoryId, Problem> {
    let local = local(id, Kind::Story).map_err(|it| invalid(field, it.to_string()))?;
    // The id of a superseded text names its story.
    let (story, _) = local.split_once('@').unwrap_or((&local, ""));
    story.parse().map_err(|_| invalid(field, "this is not the id of a story"))
}
