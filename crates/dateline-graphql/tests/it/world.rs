//! An invented world: a small registry, a story with a history, one that was retracted, and a row of plain ones.
//!
//! The annotator is one of the tests' own, so that what the API shows depends on the API alone. It finds `Ket` and
//! `Lun`, takes what stands in “…” for a direct statement by the first of them, `#slug` for a topic, `@date` for the
//! day of what happened, and `?2031,2033` for the years that remain.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dateline_event::date::{Basis, Edtf};
use dateline_event::registry::{Label, Office, Official, Organisation, Tenure, TenureKind, Topic};
use dateline_event::story::{
    Headline, PageRef, Story, StoryReported, StoryRetracted, StoryRevised, StoryRole, digest,
};
use dateline_event::{Envelope, Event, Piece, Position, Span, StoryId};
use dateline_graphql::{About, History, ViewSource};
use dateline_projector::annotation::{
    Annotation, Appearance, AppearanceRole, Evidence, HeldOffice, Registry, Resolved, Statement,
    StatementKind, TopicMatch,
};
use dateline_projector::{Annotate, Pace, Prepared, Progress, Rebuilding, Step, View};

/// Stories about Ket with nothing special to them, one a day from 2031-06-01 on.
pub(crate) const PLAIN_STORIES: u64 = 25;

/// Position of the last event.
pub(crate) const LAST: u64 = 12 + PLAIN_STORIES;

/// A view of the world; the log has two events more. A clone sees the same world grow.
#[derive(Clone)]
pub(crate) struct World(Arc<Mutex<Grown>>);

struct Grown {
    events: Vec<Event>,
    view: Arc<View>,
    failure: Option<String>,
    waits_since: Option<DateTime<Utc>>,
    rebuilding: Option<Arc<Rebuilding>>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::up_to(LAST)
    }

    pub(crate) fn up_to(position: u64) -> Self {
        let count = usize::try_from(position).unwrap();
        let events: Vec<_> = events().into_iter().take(count).collect();
        let view = view_of(&events);
        Self(Arc::new(Mutex::new(Grown {
            events,
            view,
            failure: None,
            waits_since: None,
            rebuilding: None,
        })))
    }

    /// Appends `event`, and gives its position.
    pub(crate) fn append(&self, event: Event) -> Position {
        let mut grown = self.0.lock().unwrap();
        grown.events.push(event);
        grown.view = view_of(&grown.events);
        grown.view.position().unwrap()
    }

    /// From now on the view does not follow the log any more, and says why.
    pub(crate) fn fail(&self, why: &str) {
        self.0.lock().unwrap().failure = Some(why.to_owned());
    }

    /// From now on a rebuild runs that has done so many of so many, or none.
    pub(crate) fn rebuild(&self, done: Option<(usize, usize)>) {
        let rebuilding = done.map(|(done, total)| {
            let pace = Pace { per_second: Some(10), left: Some(Duration::from_secs(7)) };
            let progress = Progress { step: Step::Annotating, done, total };
            Arc::new(Rebuilding { reason: "a test wants it".to_owned(), progress, pace })
        });
        self.0.lock().unwrap().rebuilding = rebuilding;
    }

    /// The log has had something since `instant` that the view lacks.
    pub(crate) fn wait_since(&self, instant: &str) {
        self.0.lock().unwrap().waits_since = Some(instant.parse().unwrap());
    }
}

fn view_of(events: &[Event]) -> Arc<View> {
    let envelopes: Vec<_> = events.iter().cloned().zip(1..).map(envelope).collect();
    Arc::new(View::of_events(&envelopes, annotator()).unwrap())
}

impl History for World {
    fn about(
        &self,
        after: Option<Position>,
        until: Position,
        limit: usize,
    ) -> Result<Vec<About>, String> {
        let events = self.0.lock().unwrap().events.clone();
        let numbered = events.iter().zip(1..).map(|(it, at)| about(it, Position::new(at).unwrap()));
        let wanted = numbered.filter(|it| Some(it.position) > after && it.position <= until);
        Ok(wanted.take(limit).collect())
    }
}

fn about(event: &Event, position: Position) -> About {
    let story = if let Event::StoryReported(it) = event {
        Some(it.story)
    } else if let Event::StoryRevised(it) = event {
        Some(it.story)
    } else if let Event::StoryRetracted(it) = event {
        Some(it.story)
    } else {
        None
    };
    let stories = Vec::from_iter(story);
    About { position, registry: stories.is_empty(), stories }
}

impl ViewSource for World {
    fn current(&self) -> Arc<View> {
        Arc::clone(&self.0.lock().unwrap().view)
    }

    fn head(&self) -> Option<Position> {
        self.current().position().max(Position::new(LAST + 2))
    }

    fn failure(&self) -> Option<String> {
        self.0.lock().unwrap().failure.clone()
    }

    fn waits_since(&self) -> Option<DateTime<Utc>> {
        self.0.lock().unwrap().waits_since
    }

    fn rebuilding(&self) -> Option<Arc<Rebuilding>> {
        self.0.lock().unwrap().rebuilding.clone()
    }

    fn rebuilds(&self) -> u64 {
        2
    }
}

/// The log takes an event a minute.
fn envelope((event, position): (Event, u64)) -> Envelope {
    let start: DateTime<Utc> = "2031-07-01T00:00:00Z".parse().unwrap();
    let recorded = start + TimeDelta::minutes(i64::try_from(position).unwrap());
    let position = Position::new(position).unwrap();
    Envelope { position, recorded, event: event.into_new("tests", recorded) }
}

fn events() -> Vec<Event> {
    let mut events = registry();
    let bridge = "Ket said: “The bridge opens in May.” #civil-defence @2031-05-02";
    events.push(reported("bridge", bridge));
    let later = "Ket said: “The bridge opens in June.” #civil-defence @2031-05-02";
    events.push(revised("bridge", later));
    events.push(reported("rumour", "Lun is to resign. @2031-05-03"));
    events.push(retracted("rumour", "the agency withdrew it"));
    events.push(reported("autumn", "Lun met Ket. #security @XXXX-09-27 ?2031,2033"));
    for day in 1..=PLAIN_STORIES {
        let body = format!("Ket spoke on day {day}. @2031-06-{day:02}");
        events.push(reported(&format!("plain-{day}"), &body));
    }
    events
}

fn registry() -> Vec<Event> {
    let official = |id: &str, name: &str, other: &str| {
        Event::OfficialRecorded(Official {
            id: id.parse().unwrap(),
            name: name.into(),
            other_names: vec![other.into()],
        })
    };
    let topic = |slug: &str, label: &str, broader: &[&str]| {
        Event::TopicRecorded(Topic {
            id: slug.parse().unwrap(),
            labels: vec![Label { language: "en".into(), text: label.into() }],
            alt_labels: Vec::new(),
            definition: None,
            broader: broader.iter().map(|it| it.parse().unwrap()).collect(),
            rules: Vec::new(),
        })
    };
    vec![
        Event::OrganisationRecorded(Organisation {
            id: "arpo".parse().unwrap(),
            name: "ARPO".into(),
            other_names: Vec::new(),
            classification: None,
            parent: None,
        }),
        Event::OfficeRecorded(Office {
            id: "arpo-secretary-general".parse().unwrap(),
            label: "Secretary General of ARPO".into(),
            other_labels: Vec::new(),
            organisation: Some("arpo".parse().unwrap()),
        }),
        official("p-ket", "Anders Ket", "A. Ket"),
        official("p-lun", "Mira Lun", "M. Lun"),
        Event::TenureRecorded(Tenure {
            official: "p-ket".parse().unwrap(),
            office: "arpo-secretary-general".parse().unwrap(),
            kind: TenureKind::Acting,
            from: Some("2030-01".parse().unwrap()),
            until: None,
        }),
        topic("security", "Security", &[]),
        topic("civil-defence", "Civil defence", &["security"]),
    ]
}

pub(crate) fn story_id(name: &str) -> StoryId {
    StoryId::of_name(name)
}

pub(crate) fn reported(name: &str, body: &str) -> Event {
    Event::StoryReported(Box::new(StoryReported {
        story: story_id(name),
        source: "toskar-news".parse().unwrap(),
        page: page(name, body),
        content: content(name, body),
    }))
}

pub(crate) fn revised(name: &str, body: &str) -> Event {
    Event::StoryRevised(Box::new(StoryRevised {
        story: story_id(name),
        source: "toskar-news".parse().unwrap(),
        page: page(name, body),
        content: content(name, body),
    }))
}

pub(crate) fn retracted(name: &str, reason: &str) -> Event {
    Event::StoryRetracted(StoryRetracted { story: story_id(name), reason: reason.into() })
}

pub(crate) fn official(id: &str, name: &str) -> Event {
    let (id, name) = (id.parse().unwrap(), name.into());
    Event::OfficialRecorded(Official { id, name, other_names: Vec::new() })
}

fn page(name: &str, body: &str) -> PageRef {
    PageRef {
        name: format!("{name}.html"),
        address: Some(format!("https://toskar.example/{name}")),
        digest: digest(body.as_bytes()),
        captured: None,
    }
}

/// The page of a story has its headline, a line feed and its body.
fn content(name: &str, body: &str) -> Story {
    let title = format!("Headline of {name}");
    let (start, len) = (count(&title) + 1, count(body));
    Story {
        role: StoryRole::Article,
        title: Some(Headline { span: Span::new(0, count(&title)), text: title }),
        body: body.into(),
        pieces: Piece::lines([Span::new(start, start + len)]),
        language: "en".into(),
        published: None,
        address: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap()
}

fn annotator() -> Arc<dyn Annotate> {
    Arc::new(|registry: &Registry| -> Prepared {
        let registry = registry.clone();
        Arc::new(move |story: &Story| annotate(&registry, story))
    })
}

fn annotate(registry: &Registry, story: &Story) -> Annotation {
    let mut found = Annotation::default();
    let evidence = |text: &str| vec![Evidence { span: span_of(story, text), text: text.into() }];
    for word in story.body.split(' ') {
        if let Some(slug) = word.strip_prefix('#') {
            let topic = slug.parse().unwrap();
            found.topics.push(TopicMatch { topic, score: 1, evidence: evidence(word) });
        } else if let Some(date) = word.strip_prefix('@') {
            found.happened = Resolved {
                edtf: Some(date.parse::<Edtf>().unwrap()),
                basis: Some(Basis::Body),
                evidence: evidence(word),
                ..Resolved::default()
            };
        } else if let Some(years) = word.strip_prefix('?') {
            found.happened.years = years.split(',').map(|it| it.parse().unwrap()).collect();
            found.happened.how = Some("two years remain".into());
        } else if word == "Ket" || word == "Lun" || word == "Ket." {
            found.appearances.extend(appearance(registry, story, word.trim_end_matches('.')));
        }
    }
    if let Some((_, rest)) = story.body.split_once('“') {
        let text = rest.split_once('”').unwrap().0;
        found.appearances[0].role = AppearanceRole::Speaker;
        found.statements.push(Statement {
            speaker: Some(0),
            kind: StatementKind::Direct,
            verb: Some("said".into()),
            text: text.into(),
            spans: vec![span_of(story, text).unwrap()],
            speaker_span: span_of(story, "Ket"),
            cue_span: span_of(story, "said"),
            rule: "quoted".into(),
        });
    }
    found
}

fn appearance(registry: &Registry, story: &Story, surname: &str) -> Option<Appearance> {
    let known = registry.officials().values().find(|it| it.name.ends_with(surname))?;
    let held = registry.tenures().values().filter(|it| it.official == known.id);
    let held = held.map(|it| HeldOffice {
        office: it.office.clone(),
        label: registry.offices()[&it.office].label.clone(),
        kind: it.kind,
    });
    Some(Appearance {
        name: known.name.clone(),
        official: Some(known.id.clone()),
        candidates: Vec::new(),
        as_written: surname.into(),
        span: span_of(story, surname)?,
        other_forms: Vec::new(),
        office_as_written: None,
        office_span: None,
        rank: None,
        held: held.collect(),
        disagreement: None,
        role: AppearanceRole::Mentioned,
    })
}

fn span_of(story: &Story, text: &str) -> Option<Span> {
    let before = &story.body[..story.body.find(text)?];
    let start = story.pieces[0].page.start + count(before);
    Some(Span::new(start, start + count(text)))
}
