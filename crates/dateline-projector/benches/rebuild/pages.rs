//! Pages of 20 entries, out of timelines of different lengths and of pairs of them, below the API. The annotator is a
//! small one that puts stories into timelines by their numbers, so the lengths are what they are called.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline_annotate::{Annotation, Appearance, AppearanceRole, Registry};
use dateline_event::registry::Official;
use dateline_event::story::Story;
use dateline_event::{Position, Span};
use dateline_log::{LogReader, SledLog};
use dateline_projector::{AsOf, Filter, Interval, Prepared, Projector, Query, Scope, Slice, View};

use super::{costed, float, threads, timed};

/// One story in so many is in the timeline of `every-N`.
const EVERY: [u64; 4] = [1, 10, 1_000, 100_000];

const ROUNDS: usize = 2_000;

pub(crate) fn run(log: &Arc<SledLog>, stories: u64) {
    let reader: Arc<dyn LogReader> = log.clone();
    let projector = Projector::new(reader, Arc::new(annotator), threads());
    let (rebuilt, seconds) = costed("fold alone", stories, || {
        timed(|| projector.rebuild().run(&|_| ControlFlow::Continue(())))
    });
    println!(
        "fold with an annotator that does next to nothing: {:.0} stories/s",
        float(stories) / seconds
    );
    let rebuilt = rebuilt.unwrap();
    let view = rebuilt.view();
    let mut medians = Vec::new();
    // The registry stands before the stories.
    let head = log.head().map_or(0, Position::get);
    let half = Position::new(head - stories / 2);
    for every in EVERY.into_iter().rev() {
        let scope = official(every);
        let entries = view.entries(&scope);
        if entries == 0 {
            continue;
        }
        let newest = Query::newest(20);
        let median = p50(|| drop(std::hint::black_box(view.timeline(&scope, &newest))));
        let middle = middle(view, &scope, entries);
        let in_middle = p50(|| drop(std::hint::black_box(view.timeline(&scope, &middle))));
        let past = Query { as_of: half.map(AsOf::Position), ..newest.clone() };
        let then = p50(|| drop(std::hint::black_box(view.timeline(&scope, &past))));
        let unpacked = p50(|| {
            let page = view.timeline(&scope, &newest).items;
            std::hint::black_box(page.iter().filter_map(|it| it.title()).count());
        });
        println!(
            "page of 20 out of {entries}: p50 {median:?}, from the middle {in_middle:?}, as of half way {then:?}, with \
             all 20 stories unpacked {unpacked:?}"
        );
        medians.push(median);
    }
    let ratio = medians.last().unwrap().as_secs_f64() / medians.first().unwrap().as_secs_f64();
    println!("longest to shortest: {ratio:.2}");
    for (a, b) in [(1, 10), (1, 1_000), (10, 1_000), (10, 100_000)] {
        let filter = Filter { also: vec![official(b)], ..Filter::default() };
        let pair = Query { filter, ..Query::newest(20) };
        let scope = official(a);
        let median = p50(|| drop(std::hint::black_box(view.timeline(&scope, &pair))));
        println!("page of 20 that every-{a} and every-{b} have in common: p50 {median:?}");
    }
    let (scope, filter) = (official(1), Filter::default());
    for interval in [Interval::Month, Interval::Day] {
        let time = p50_of(50, || drop(view.chart(&scope, &filter, None, interval)));
        println!("chart of all by {interval:?}: p50 {time:?}");
    }
}

fn official(every: u64) -> Scope {
    Scope::Official(
        format!("p-{}", EVERY.iter().position(|it| *it == every).unwrap()).parse().unwrap(),
    )
}

fn middle(view: &View, scope: &Scope, entries: usize) -> Query {
    let before = view.timeline(scope, &Query::newest(entries / 2)).items;
    let slice = before.last().map_or(Slice::first(20), |it| Slice::after(it.key(), 20));
    Query { slice, ..Query::newest(20) }
}

fn p50(work: impl FnMut()) -> Duration {
    p50_of(ROUNDS, work)
}

fn p50_of(rounds: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[rounds / 2]
}

/// Reads the number of a story off its words: stories are spread by a digest of their text.
fn annotator(registry: &Registry) -> Prepared {
    let known: Vec<Official> = (0..EVERY.len())
        .filter_map(|at| registry.officials().get(&format!("p-{at}").parse().unwrap()).cloned())
        .collect();
    Arc::new(move |story: &Story| {
        let mut found = Annotation::default();
        found.happened.edtf = story.published.as_ref().map(|it| it.edtf);
        let number = story
            .body
            .bytes()
            .fold(0_u64, |sum, it| sum.wrapping_mul(0x100_0000_01b3).wrapping_add(u64::from(it)));
        let number = (number ^ (number >> 32)) % 1_000_000;
        for (every, official) in EVERY.into_iter().zip(&known) {
            if number.is_multiple_of(every) {
                found.appearances.push(appearance(official));
            }
        }
        found
    })
}

fn appearance(official: &Official) -> Appearance {
    Appearance {
        name: official.name.clone(),
        official: Some(official.id.clone()),
        candidates: Vec::new(),
        as_written: official.name.clone(),
        span: Span::new(0, 3),
        other_forms: Vec::new(),
        office_as_written: None,
        office_span: None,
        rank: None,
        held: Vec::new(),
        disagreement: None,
        role: AppearanceRole::Mentioned,
    }
}
