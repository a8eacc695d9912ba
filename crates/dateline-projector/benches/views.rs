//! How long readers and the projector take: a page out of timelines of different lengths, a live event, a rebuild.
//!
//! The annotator is a small one, so that the numbers are those of the fold.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use dateline_annotate::{Annotation, Appearance, AppearanceRole, Registry, TopicMatch};
use dateline_event::date::{Day, Edtf};
use dateline_event::event::Event;
use dateline_event::registry::{Official, Topic};
use dateline_event::story::{PageRef, Story, StoryReported, StoryRole, digest};
use dateline_event::{ExpectedPosition, OfficialId, Piece, Position, Span, StoryId};
use dateline_log::{LogWriter, MemoryLog};
use dateline_projector::{AsOf, Prepared, Projector, Query, Scope, Slice, Standard};

/// Events that are appended at once.
const APPEND: usize = 100;

/// Words that fill a story up to the usual length of one, some 2,000 characters.
const FILLER: &str = "The bridge over the river was opened again after the works of the summer. ";

fn official() -> OfficialId {
    "ket".parse().expect("a good id")
}

fn registry() -> Vec<Event> {
    let id = official();
    let ket = Official { id, name: "Ara Ket".to_owned(), other_names: Vec::new() };
    let topic = Topic {
        id: "bridges".parse().expect("a good id"),
        labels: Vec::new(),
        alt_labels: Vec::new(),
        definition: None,
        broader: Vec::new(),
        rules: Vec::new(),
    };
    vec![Event::OfficialRecorded(ket), Event::TopicRecorded(topic)]
}

/// The story with this number: mostly newer ones later, as sources put them out, and some from any time.
fn story(number: u64) -> Event {
    let day = if number.is_multiple_of(7) { number * 7919 % 4000 } else { number / 30 };
    let body = format!("{day} {}", FILLER.repeat(27));
    let len = u32::try_from(body.chars().count()).expect("a short text");
    let page = PageRef {
        name: format!("{number}.html"),
        address: None,
        digest: digest(body.as_bytes()),
        captured: None,
    };
    let content = Story {
        role: StoryRole::Article,
        title: None,
        body,
        pieces: Piece::lines([Span::new(0, len)]),
        language: "en".to_owned(),
        published: None,
        address: None,
        stamp_place: None,
        dateline: None,
    };
    let story = StoryId::of_name(&number.to_string());
    let source = "toskar-news".parse().expect("a good id");
    Event::StoryReported(Box::new(StoryReported { story, source, page, content }))
}

/// Finds the official and the topic in every story, on the day that its first word says.
fn annotator(_: &Registry) -> Prepared {
    let first = NaiveDate::from_ymd_opt(2015, 1, 1).expect("a day");
    let topic: dateline_event::TopicId = "bridges".parse().expect("a good id");
    Arc::new(move |story: &Story| {
        let mut found = Annotation::default();
        let day = story.body.split(' ').next().and_then(|it| it.parse().ok()).map(Days::new);
        let day = day.and_then(|it| first.checked_add_days(it));
        found.happened.edtf = day.map(|it| Edtf::day(Day::of(it)));
        found.topics.push(TopicMatch { topic: topic.clone(), score: 1, evidence: Vec::new() });
        found.appearances.push(Appearance {
            name: "Ara Ket".to_owned(),
            official: Some(official()),
            candidates: Vec::new(),
            as_written: "Ket".to_owned(),
            span: Span::new(0, 3),
            other_forms: Vec::new(),
            office_as_written: None,
            office_span: None,
            rank: None,
            held: Vec::new(),
            disagreement: None,
            role: AppearanceRole::Mentioned,
        });
        found
    })
}

fn append(log: &MemoryLog, events: impl IntoIterator<Item = Event>) {
    let new = |it: Event| (it.into_new("bench", DateTime::UNIX_EPOCH), ExpectedPosition::Any);
    let events: Vec<_> = events.into_iter().map(new).collect();
    for part in events.chunks(APPEND) {
        log.append(part.to_vec()).expect("a log in memory takes it");
    }
}

fn log_of(stories: u64) -> Arc<MemoryLog> {
    let log = Arc::new(MemoryLog::new(Box::new(|| DateTime::UNIX_EPOCH)));
    append(&log, registry());
    append(&log, (0..stories).map(story));
    log
}

fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn projector(log: &Arc<MemoryLog>) -> Projector {
    let log: Arc<MemoryLog> = Arc::clone(log);
    let mut projector = Projector::new(log, Arc::new(annotator), threads());
    projector.catch_up().expect("all events are good");
    projector
}

fn pages(c: &mut Criterion) {
    let mut group = c.benchmark_group("a page of 20");
    for entries in [10, 1_000, 100_000] {
        let view = projector(&log_of(entries)).views().current();
        let scope = Scope::Official(official());
        let newest = Query::newest(20);
        group.bench_function(format!("newest of {entries}"), |b| {
            b.iter(|| view.timeline(black_box(&scope), black_box(&newest)));
        });
        let half = usize::try_from(entries / 2).expect("a small number");
        let before = view.timeline(&scope, &Query::newest(half)).items;
        let key = before.last().expect("half a timeline").key();
        let middle = Query { slice: Slice::after(key, 20), ..newest.clone() };
        group.bench_function(format!("middle of {entries}"), |b| {
            b.iter(|| view.timeline(black_box(&scope), black_box(&middle)));
        });
        let as_of = Position::new(entries / 2 + 3).map(AsOf::Position);
        let past = Query { as_of, ..newest };
        group.bench_function(format!("half way back, of {entries}"), |b| {
            b.iter(|| view.timeline(black_box(&scope), black_box(&past)));
        });
    }
    group.finish();
}

fn live(c: &mut Criterion) {
    let log = log_of(100_000);
    let mut projector = projector(&log);
    let mut next = 100_000;
    c.bench_function("a live event after 100,000 stories", |b| {
        b.iter_batched(
            || {
                next += 1;
                append(&log, [story(next)]);
            },
            |()| projector.catch_up(),
            criterion::BatchSize::PerIteration,
        );
    });
}

fn rebuild(c: &mut Criterion) {
    let mut group = c.benchmark_group("a rebuild");
    group.sample_size(10);
    let small = projector(&log_of(20_000));
    group.bench_function("of 20,000 stories, small annotator", |b| {
        b.iter(|| small.rebuild().run(&|_| ControlFlow::Continue(())));
    });
    let standard = Projector::new(log_of(200), Arc::new(Standard), threads());
    group.bench_function("of 200 stories, dateline's annotator", |b| {
        b.iter(|| standard.rebuild().run(&|_| ControlFlow::Continue(())));
    });
    group.finish();
}

criterion_group!(benches, pages, live, rebuild);
criterion_main!(benches);
