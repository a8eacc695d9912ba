//! What facts about the registry would change, before anybody records them.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use dateline_event::Event;
use dateline_projector::{Reattributed, Scope, TimelineChanges};

use super::payload::count;
use super::problem::{Outcome, Problem, invalid};
use super::registry::{OfficeInput, OfficialInput, OrganisationInput, TenureInput, TopicInput};
use crate::commands::Previewed;
use crate::schema::global_id::{Kind, encode, shortened};
use crate::schema::scalar::Position;

/// Most facts of one preview.
const MAX_FACTS: usize = 100;

/// Timelines and re-attributed words that are shown; their numbers count all.
const SHOWN: usize = 100;

/// Facts about the registry that somebody thinks of recording: 1 to 100 in all.
#[derive(InputObject)]
pub(super) struct PreviewRebuildInput {
    /// Offices.
    #[graphql(default)]
    offices: Vec<OfficeInput>,
    /// Officials.
    #[graphql(default)]
    officials: Vec<OfficialInput>,
    /// Organisations.
    #[graphql(default)]
    organisations: Vec<OrganisationInput>,
    /// Tenures.
    #[graphql(default)]
    tenures: Vec<TenureInput>,
    /// Topics.
    #[graphql(default)]
    topics: Vec<TopicInput>,
}

impl PreviewRebuildInput {
    /// The facts, in an order in which none names what comes behind it.
    pub(super) fn facts(&self) -> Result<Vec<Event>, Problem> {
        let at = |list: &str, index: usize| format!("{list}[{index}]");
        let organisations = self.organisations.iter().enumerate();
        let organisations = organisations.map(|(i, it)| it.fact(&at("organisations", i)));
        let offices = self.offices.iter().enumerate().map(|(i, it)| it.fact(&at("offices", i)));
        let officials = self.officials.iter().enumerate();
        let officials = officials.map(|(i, it)| it.fact(&at("officials", i)));
        let tenures = self.tenures.iter().enumerate().map(|(i, it)| it.fact(&at("tenures", i)));
        let topics = self.topics.iter().enumerate().map(|(i, it)| it.fact(&at("topics", i)));
        let facts = organisations.chain(offices).chain(officials).chain(tenures).chain(topics);
        let facts = facts.collect::<Result<Vec<_>, _>>()?;
        if (1..=MAX_FACTS).contains(&facts.len()) {
            return Ok(facts);
        }
        let message = format!("{} facts, wanted 1 to {MAX_FACTS} in all", facts.len());
        Err(invalid("input", message))
    }
}

/// What came of `previewRebuild`.
#[derive(SimpleObject, Default)]
pub(super) struct PreviewRebuildPayload {
    /// Position of the view that was compared; null while it has no event, and where there is a problem.
    position: Option<Position>,
    /// Why nothing was compared; null where all is well.
    problem: Option<Problem>,
    /// The first 100 names and statements that would be somebody else's.
    reattributed: Vec<ReattributedWords>,
    /// How many names and statements would be somebody else's.
    reattributed_count: i32,
    /// How many stories would be read in any other way.
    story_count: i32,
    /// How many timelines would be other.
    timeline_count: i32,
    /// The first 100 timelines that would be other.
    timelines: Vec<PreviewedTimeline>,
}

impl From<Outcome<Previewed>> for PreviewRebuildPayload {
    fn from(outcome: Outcome<Previewed>) -> Self {
        let Previewed { position, changes } = match outcome {
            Ok(previewed) => previewed,
            Err(problem) => return Self { problem: Some(problem), ..Self::default() },
        };
        let words = changes.reattributed.iter().take(SHOWN).map(ReattributedWords::of);
        let timelines = changes.timelines.iter().take(SHOWN).map(PreviewedTimeline::of);
        Self {
            position: position.map(Position),
            problem: None,
            reattributed: words.collect(),
            reattributed_count: count(changes.reattributed.len()),
            story_count: count(changes.stories),
            timeline_count: count(changes.timelines.len()),
            timelines: timelines.collect(),
        }
    }
}

/// A name or a statement that would be somebody else's.
#[derive(SimpleObject)]
struct ReattributedWords {
    /// The official whose it is now, by the id in the registry; null for nobody whom it knows.
    from: Option<String>,
    /// Whether it is a statement, and not a name.
    is_statement: bool,
    /// The global id of the story.
    story_id: ID,
    /// The official whose it would be.
    to: Option<String>,
    /// The name as written, or the beginning of what was said.
    words: String,
}

impl ReattributedWords {
    fn of(it: &Reattributed) -> Self {
        Self {
            from: it.from.as_ref().map(ToString::to_string),
            is_statement: it.is_statement,
            story_id: encode(Kind::Story, &it.story.uuid().to_string()),
            to: it.to.as_ref().map(ToString::to_string),
            words: shortened(&it.words),
        }
    }
}

/// What a timeline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum TimelineKind {
    /// An office.
    Office,
    /// An official.
    Official,
    /// An organisation.
    Organisation,
    /// Something else.
    Other,
    /// A topic.
    Topic,
}

/// A timeline that would be other.
#[derive(SimpleObject)]
struct PreviewedTimeline {
    /// Entries that would come into it.
    added: i32,
    /// Entries that would say something else.
    changed: i32,
    /// What it is about.
    kind: TimelineKind,
    /// Entries that would stand at another day.
    moved: i32,
    /// The id in the registry of what it is about.
    registry_id: String,
    /// Entries that would leave it.
    removed: i32,
}

impl PreviewedTimeline {
    fn of(it: &TimelineChanges) -> Self {
        let (kind, registry_id) = match &it.scope {
            Scope::Official(id) => (TimelineKind::Official, id.to_string()),
            Scope::Office(id) => (TimelineKind::Office, id.to_string()),
            Scope::Organisation(id) => (TimelineKind::Organisation, id.to_string()),
            Scope::Topic(id) => (TimelineKind::Topic, id.to_string()),
            Scope::Source(id) => (TimelineKind::Other, id.to_string()),
            Scope::Language(code) => (TimelineKind::Other, code.to_string()),
            Scope::Everything => (TimelineKind::Other, "everything".to_owned()),
        };
        Self {
            added: count(it.added.len()),
            changed: count(it.changed.len()),
            kind,
            moved: count(it.moved.len()),
            registry_id,
            removed: count(it.removed.len()),
        }
    }
}
