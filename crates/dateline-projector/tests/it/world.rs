//! An invented world for the tests: logs made of short descriptions, and an annotator that reads a language of its
//! own, so that a test says all that matters in one line.
//!
//! A body is a row of words. `ket`, `orlin` and the like are officials by their other name, `ket:word` is a statement
//! by one, `#bridge` a topic by its label, `@2031-05-02` the day it happened, `^2031-05-03` that of publication,
//! `?2031,2033` the years that remain. Stories that have one of the longer texts of [`PROSE`] are copies of each other.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dateline_annotate::{
    Annotation, Appearance, AppearanceRole, Evidence, HeldOffice, Registry, Resolved, Statement,
    StatementKind, TopicMatch,
};
use dateline_event::date::{Basis, Edtf};
use dateline_event::event::{Ruling, Verdict, Withdrawn};
use dateline_event::registry::{Label, Office, Official, Organisation, Tenure, TenureKind, Topic};
use dateline_event::story::{
    PageRef, Story, StoryReported, StoryRetracted, StoryRevised, StoryRole, digest,
};
use dateline_event::{
    Envelope, Event, OfficialId, Piece, Position, Span, StoryId, StreamId, TopicId,
};
use dateline_log::{ChainHead, Envelopes, LogReader, ReadError};
use dateline_projector::{Annotate, Prepared, Projector, Scope, View};

/// A log in memory that can be cut and damaged.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<Envelope>>);

impl Log {
    pub(crate) fn of(events: impl IntoIterator<Item = Event>) -> Arc<Self> {
        let log = Self::default();
        events.into_iter().for_each(|it| log.append(it));
        Arc::new(log)
    }

    pub(crate) fn append(&self, event: Event) {
        let mut all = self.0.lock().unwrap();
        let position = position(u64::try_from(all.len()).unwrap() + 1);
        all.push(envelope(position, event));
    }

    pub(crate) fn push(&self, envelope: Envelope) {
        self.0.lock().unwrap().push(envelope);
    }

    pub(crate) fn set(&self, at: usize, envelope: Envelope) {
        self.0.lock().unwrap()[at] = envelope;
    }

    fn envelopes(&self) -> Vec<Envelope> {
        self.0.lock().unwrap().clone()
    }
}

impl LogReader for Log {
    fn head(&self) -> Option<Position> {
        self.0.lock().unwrap().last().map(|it| it.position)
    }

    fn read(&self, from: Position, limit: usize) -> Envelopes<'_> {
        let skip = usize::try_from(from.get() - 1).unwrap();
        let part: Vec<_> = self.envelopes().into_iter().skip(skip).take(limit).map(Ok).collect();
        Envelopes::new(part.into_iter())
    }

    fn get(&self, position: Position) -> Result<Option<Envelope>, ReadError> {
        Ok(self.envelopes().into_iter().find(|it| it.position == position))
    }

    fn chain_at(&self, _: Position) -> Result<Option<ChainHead>, ReadError> {
        unreachable!("views do not ask for the chain")
    }

    fn stream(&self, stream: &StreamId) -> Envelopes<'_> {
        let all = self.envelopes().into_iter();
        let part: Vec<_> = all.filter(|it| it.event.stream == *stream).map(Ok).collect();
        Envelopes::new(part.into_iter())
    }

    fn stream_end(&self, stream: &StreamId) -> Option<Position> {
        let all = self.envelopes().into_iter();
        all.filter(|it| it.event.stream == *stream).map(|it| it.position).next_back()
    }

    fn wait_behind(&self, seen: Option<Position>, _: Duration) -> Option<Position> {
        self.head().filter(|it| Some(*it) > seen)
    }
}

/// Two events share an instant, as those of one commit do.
pub(crate) fn instant(position: u64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(i64::try_from(position / 2 * 60).unwrap())
}

pub(crate) fn envelope(position: Position, event: Event) -> Envelope {
    let recorded = instant(position.get());
    Envelope { position, recorded, event: event.into_new("test", recorded) }
}

pub(crate) fn projector(log: &Arc<Log>, threads: usize) -> Projector {
    let threads = NonZeroUsize::new(threads).unwrap();
    let log: Arc<dyn LogReader> = log.clone();
    Projector::new(log, annotator(), threads)
}

/// The view of all of `log`.
pub(crate) fn view(log: &Arc<Log>) -> Arc<View> {
    let mut projector = projector(log, 1);
    projector.catch_up().unwrap();
    projector.views().current()
}

pub(crate) fn text(view: &View) -> String {
    let mut out = Vec::new();
    view.write_canonical(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub(crate) fn position(value: u64) -> Position {
    Position::new(value).unwrap()
}

pub(crate) fn official(id: &str) -> Scope {
    Scope::Official(OfficialId::new(id).unwrap())
}

pub(crate) fn topic(id: &str) -> Scope {
    Scope::Topic(TopicId::new(id).unwrap())
}

pub(crate) fn story(name: &str) -> StoryId {
    StoryId::of_name(name)
}

fn page(body: &str) -> PageRef {
    PageRef {
        name: "page.txt".into(),
        address: None,
        digest: digest(body.as_bytes()),
        captured: None,
    }
}

fn content(body: &str) -> Story {
    let len = u32::try_from(body.chars().count()).unwrap();
    Story {
        role: StoryRole::Article,
        title: None,
        body: body.into(),
        pieces: Piece::lines([Span::new(0, len)]),
        language: "en".into(),
        published: None,
        address: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

pub(crate) fn reported(name: &str, body: &str) -> Event {
    reported_by("toskar-news", name, StoryRole::Article, body)
}

pub(crate) fn reported_by(source: &str, name: &str, role: StoryRole, body: &str) -> Event {
    let (story, source) = (story(name), source.parse().unwrap());
    let content = Story { role, ..content(body) };
    Event::StoryReported(Box::new(StoryReported { story, source, page: page(body), content }))
}

pub(crate) fn revised(name: &str, body: &str) -> Event {
    revised_by("toskar-news", name, StoryRole::Article, body)
}

pub(crate) fn revised_by(source: &str, name: &str, role: StoryRole, body: &str) -> Event {
    let (story, source) = (story(name), source.parse().unwrap());
    let content = Story { role, ..content(body) };
    Event::StoryRevised(Box::new(StoryRevised { story, source, page: page(body), content }))
}

/// Texts without any official or topic, long enough for two stories that have one of them to be copies.
pub(crate) const PROSE: [&str; 2] = [
    "the old bridge over the river was closed for eleven months because two of its pillars had cracks \
     and lorries had to take the ferry that stopped at dusk in winter until the new one was ready",
    "teachers begin a strike on thursday since their union wants four hundred new posts before the \
     school year ends while the department offers half of that and asks for another round of talks",
];

pub(crate) fn retracted(name: &str, reason: &str) -> Event {
    Event::StoryRetracted(StoryRetracted { story: story(name), reason: reason.into() })
}

pub(crate) fn recorded_official(id: &str) -> Event {
    let name = format!("Official {id}");
    Event::OfficialRecorded(Official {
        id: id.parse().unwrap(),
        name,
        other_names: vec![id.into()],
    })
}

pub(crate) fn withdrawn_official(id: &str) -> Event {
    Event::OfficialWithdrawn(Withdrawn { id: id.parse().unwrap(), reason: "a double".into() })
}

pub(crate) fn recorded_topic(id: &str, broader: &[&str]) -> Event {
    Event::TopicRecorded(Topic {
        id: id.parse().unwrap(),
        labels: vec![Label { language: "en".into(), text: format!("#{id}") }],
        alt_labels: Vec::new(),
        definition: None,
        broader: broader.iter().map(|it| it.parse().unwrap()).collect(),
        rules: Vec::new(),
    })
}

pub(crate) fn withdrawn_topic(id: &str) -> Event {
    Event::TopicWithdrawn(Withdrawn { id: id.parse().unwrap(), reason: "merged".into() })
}

pub(crate) fn recorded_office(id: &str) -> Event {
    Event::OfficeRecorded(Office {
        id: id.parse().unwrap(),
        label: format!("Office {id}"),
        other_labels: Vec::new(),
        organisation: None,
    })
}

pub(crate) fn recorded_office_of(id: &str, organisation: &str) -> Event {
    Event::OfficeRecorded(Office {
        id: id.parse().unwrap(),
        label: format!("Office {id}"),
        other_labels: Vec::new(),
        organisation: Some(organisation.parse().unwrap()),
    })
}

pub(crate) fn recorded_body(id: &str, parent: Option<&str>) -> Event {
    Event::OrganisationRecorded(Organisation {
        id: id.parse().unwrap(),
        name: format!("Body {id}"),
        other_names: Vec::new(),
        classification: None,
        parent: parent.map(|it| it.parse().unwrap()),
    })
}

pub(crate) fn recorded_tenure(official: &str, office: &str, from: &str) -> Event {
    Event::TenureRecorded(Tenure {
        official: official.parse().unwrap(),
        office: office.parse().unwrap(),
        kind: TenureKind::Full,
        from: Some(from.parse().unwrap()),
        until: None,
    })
}

pub(crate) fn ruled_topic(name: &str, topic: &str, verdict: Verdict) -> Event {
    let topic = topic.parse().unwrap();
    Event::RulingMade(Ruling::Topic { story: story(name), topic, verdict })
}

pub(crate) fn ruled_statement(
    name: &str,
    span: (u32, u32),
    official: &str,
    verdict: Verdict,
) -> Event {
    let official = official.parse().unwrap();
    Event::RulingMade(Ruling::Statement {
        story: story(name),
        span: span.into(),
        official,
        verdict,
    })
}

pub(crate) fn ruled_same(name: &str, other: &str, verdict: Verdict) -> Event {
    Event::RulingMade(Ruling::Same { story: story(name), other: story(other), verdict })
}

/// The annotator of this world.
pub(crate) fn annotator() -> Arc<dyn Annotate> {
    Arc::new(|registry: &Registry| -> Prepared {
        let registry = registry.clone();
        Arc::new(move |story: &Story| annotate(&registry, story))
    })
}

fn annotate(registry: &Registry, story: &Story) -> Annotation {
    let mut found = Annotation::default();
    for word in story.body.split(' ') {
        match word.chars().next() {
            Some('@') => dated(&mut found.happened, &word[1..]),
            Some('^') => dated(&mut found.published, &word[1..]),
            Some('?') => {
                found.happened.years = word[1..].split(',').map(|it| it.parse().unwrap()).collect();
            }
            Some('#') => about(registry, &mut found, word),
            _ => named(registry, &mut found, story, word),
        }
    }
    found
}

fn dated(date: &mut Resolved, text: &str) {
    date.edtf = Some(text.parse::<Edtf>().unwrap());
    date.basis = Some(Basis::Body);
}

fn about(registry: &Registry, found: &mut Annotation, word: &str) {
    let topic = registry.topics().values().find(|it| it.labels[0].text == word);
    if let Some(topic) = topic.filter(|topic| found.topics.iter().all(|it| it.topic != topic.id)) {
        let evidence = vec![Evidence { span: None, text: word.into() }];
        found.topics.push(TopicMatch { topic: topic.id.clone(), score: 1, evidence });
    }
}

fn named(registry: &Registry, found: &mut Annotation, story: &Story, word: &str) {
    let (name, said) = word.split_once(':').unzip();
    let name = name.unwrap_or(word);
    let known = registry.officials().values().find(|it| it.other_names.iter().any(|it| it == name));
    let span = span_of(&story.body, word);
    let at = known.map(|it| person(registry, found, it, span));
    if let Some(text) = said {
        if let Some(person) = at.and_then(|it| found.appearances.get_mut(it)) {
            person.role = AppearanceRole::Speaker;
        }
        found.statements.push(Statement {
            speaker: at,
            kind: StatementKind::Indirect,
            verb: None,
            text: text.into(),
            spans: vec![span],
            speaker_span: None,
            cue_span: None,
            rule: "colon".into(),
        });
    }
}

fn span_of(body: &str, word: &str) -> Span {
    let start = u32::try_from(body[..body.find(word).unwrap()].chars().count()).unwrap();
    Span::new(start, start + u32::try_from(word.chars().count()).unwrap())
}

fn person(registry: &Registry, found: &mut Annotation, it: &Official, span: Span) -> usize {
    if let Some(at) =
        found.appearances.iter().position(|known| known.official.as_ref() == Some(&it.id))
    {
        return at;
    }
    let held = registry.tenures().values().filter(|tenure| tenure.official == it.id);
    let held = held.map(|tenure| HeldOffice {
        office: tenure.office.clone(),
        label: tenure.office.to_string(),
        kind: tenure.kind,
    });
    found.appearances.push(Appearance {
        name: it.name.clone(),
        official: Some(it.id.clone()),
        candidates: Vec::new(),
        as_written: it.other_names[0].clone(),
        span,
        other_forms: Vec::new(),
        office_as_written: None,
        office_span: None,
        rank: None,
        held: held.collect(),
        disagreement: None,
        role: AppearanceRole::Mentioned,
    });
    found.appearances.len() - 1
}
