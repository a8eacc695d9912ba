//! What the log says, as far as commands are judged by it.

use std::collections::BTreeMap;

use dateline_annotate::Registry;
use dateline_event::event::{Ruling, Verdict};
use dateline_event::{Envelope, Event, OfficialId, Position, Span, StoryId, TopicId};
use dateline_graphql::CommandError;
use dateline_ingest::{KnownStories as _, KnownStory, StoriesSoFar};
use dateline_log::SledLog;
use dateline_projector::View;

use super::requests::{Request, Requests};
use crate::exit::Failure;
use crate::store;

/// What the log says.
#[derive(Default)]
pub(super) struct Known {
    pub(super) stories: StoriesSoFar,
    pub(super) requests: Requests,
    registry: Registry,
    rulings: BTreeMap<Subject, Verdict>,
}

/// What a ruling is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Statement(StoryId, Span, OfficialId),
    Topic(StoryId, TopicId),
    Same(StoryId, StoryId),
}

impl Known {
    /// What all of `log` says.
    pub(super) fn of(log: &SledLog) -> Result<Self, Failure> {
        let mut known = Self::default();
        store::replay(log, |envelope: &Envelope, event| {
            let request = envelope.event.correlation.and_then(Request::of_correlation);
            known.fold(envelope.position, request, event);
        })?;
        Ok(known)
    }

    /// Takes in the event at `position`, which `request` wrote.
    pub(super) fn fold(&mut self, position: Position, request: Option<Request>, event: &Event) {
        if let Some(request) = request {
            self.requests.note(request, position);
        }
        if let Event::RulingMade(ruling) = event {
            let (subject, verdict) = ruled(ruling);
            self.rulings.insert(subject, verdict);
        }
        self.stories.fold(event);
        self.registry.apply(event);
    }

    /// Whether the log does not say `fact` yet. What it is about must be there; `view` has the texts.
    pub(super) fn lacks(&self, fact: &Event, view: &View) -> Result<bool, CommandError> {
        if let Event::StoryRetracted(it) = fact {
            return Ok(!self.has_story("storyId", it.story)?.is_retracted());
        }
        if let Event::RulingMade(it) = fact {
            self.has_story("storyId", it.story())?;
            self.has_subject(it, view)?;
            let (subject, verdict) = ruled(it);
            return Ok(self.rulings.get(&subject) != Some(&verdict));
        }
        self.has_parts(fact)?;
        Ok(!self.registry.has(fact))
    }

    fn has_subject(&self, ruling: &Ruling, view: &View) -> Result<(), CommandError> {
        match ruling {
            Ruling::Same { other, .. } => self.has_story("on.sameAs", *other).map(|_| ()),
            Ruling::Topic { topic, .. } => {
                let is_there = self.registry.topics().contains_key(topic);
                there(is_there, "on.topicId", || format!("topic `{topic}`"))
            }
            Ruling::Statement { story, span, official, .. } => {
                let is_there = self.registry.officials().contains_key(official);
                there(is_there, "on.statement.officialId", || format!("official `{official}`"))?;
                is_in_story(*story, *span, view)
            }
        }
    }

    /// Whether what a fact about the registry names is in the registry.
    fn has_parts(&self, fact: &Event) -> Result<(), CommandError> {
        let registry = &self.registry;
        if let Event::TenureRecorded(it) = fact {
            let is_there = registry.officials().contains_key(&it.official);
            there(is_there, "tenure.officialId", || format!("official `{}`", it.official))?;
            let is_there = registry.offices().contains_key(&it.office);
            there(is_there, "tenure.officeId", || format!("office `{}`", it.office))?;
        }
        if let Event::OfficeRecorded(office) = fact
            && let Some(id) = &office.organisation
        {
            let is_there = registry.organisations().contains_key(id);
            there(is_there, "office.organisationId", || format!("organisation `{id}`"))?;
        }
        if let Event::OrganisationRecorded(body) = fact
            && let Some(id) = &body.parent
        {
            let is_there = registry.organisations().contains_key(id) && *id != body.id;
            there(is_there, "organisation.parentId", || format!("organisation `{id}` above it"))?;
        }
        if let Event::TopicRecorded(topic) = fact {
            for id in &topic.broader {
                let is_there = registry.topics().contains_key(id) && *id != topic.id;
                there(is_there, "topic.broader", || format!("topic `{id}` above it"))?;
            }
        }
        Ok(())
    }

    fn has_story(&self, field: &str, id: StoryId) -> Result<KnownStory, CommandError> {
        let missing = || CommandError::NotFound {
            field: field.to_owned(),
            message: format!("there is no story `{}`", id.uuid()),
        };
        self.stories.known(id).ok_or_else(missing)
    }
}

fn there(is_there: bool, field: &str, what: impl FnOnce() -> String) -> Result<(), CommandError> {
    if is_there {
        return Ok(());
    }
    let message = format!("there is no {}", what());
    Err(CommandError::NotFound { field: field.to_owned(), message })
}

/// Whether there are words of the story at `span`, as far as `view` has come to the story.
fn is_in_story(story: StoryId, span: Span, view: &View) -> Result<(), CommandError> {
    let Some(record) = view.story(&story) else { return Ok(()) };
    let reading = record.current().or(record.readings().last());
    if reading.is_none_or(|it| it.words_at(span).is_some()) {
        return Ok(());
    }
    let message = format!("{}..{} lies outside of the story", span.start, span.end);
    Err(CommandError::Invalid { field: "on.statement.start".to_owned(), message })
}

/// What a ruling is about, and what it says.
fn ruled(ruling: &Ruling) -> (Subject, Verdict) {
    match ruling {
        Ruling::Statement { story, span, official, verdict } => {
            (Subject::Statement(*story, *span, official.clone()), *verdict)
        }
        Ruling::Topic { story, topic, verdict } => {
            (Subject::Topic(*story, topic.clone()), *verdict)
        }
        Ruling::Same { story, other, verdict } => (Subject::Same(*story, *other), *verdict),
    }
}
