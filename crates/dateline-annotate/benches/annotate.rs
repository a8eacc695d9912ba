//! Stories a second on one core, against a small and a large registry, beside the bare search of
//! the same texts in the same run. Prints the ratio of the two, how long the annotator took to
//! build and what memory it holds, the share of each part of the work, and whether a paragraph of
//! twice the length takes twice the time.
//!
//! The search is one pass of one automaton over the text for all that the annotator looks for: the
//! names of officials, organisations and offices, the terms of the topics and the commonest verbs of
//! speech, without regard to case, the leftmost longest match at each place. It finds where words are
//! printed and nothing else: it folds no spelling, and knows neither sentences nor who says what. It
//! is the limit that reading cannot pass.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline_annotate::{Annotator, Part, Registry};
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureKind};
use dateline_event::story::{Headline, Story};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId, Piece, SourceId, Span};
use dateline_ingest::{Capture, popolo, read_page, skos};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Bytes of a story's body.
const STORY_BYTES: usize = 2_000;
/// Stories in a round: more than fit a first-level cache together.
const STORIES: usize = 64;
/// Officials of the large registry, two names and an office each.
const OFFICIALS: u64 = 30_000;
/// Organisations of the large registry beside those of the small one.
const ORGANISATIONS: u64 = 10_000;
/// Bytes of the shorter of two paragraphs without a full stop.
const LONG_BYTES: usize = 150_000;
/// Verbs of speech that the bare search looks for.
const CUES: &[&str] = &[
    "said",
    "says",
    "told",
    "according to",
    "noted",
    "stressed",
    "added",
    "stated",
    "emphasized",
    "explained",
    "announced",
    "believes",
    "continued",
    "concluded",
    "recalled",
    "confirmed",
    "asked",
    "answered",
    "replied",
    "commented",
    "warned",
    "suggested",
    "called for",
    "urged",
    "expressed",
    "admitted",
    "insisted",
    "argued",
    "claimed",
    "informed",
    "reported",
    "mentioned",
    "highlighted",
    "promised",
    "proposed",
    "in his words",
    "in her words",
    "as he put it",
];
/// Where bodies stand on the pages that these stories pretend to come from.
const BODY_AT: u32 = 1_000;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The stories of the invented pages that have a body of a line or more, in the order of the pages.
fn fixture_stories() -> Vec<Story> {
    let source = SourceId::new("bench").unwrap();
    let pages = fs::read_dir(fixtures().join("layouts/pages")).unwrap();
    let mut paths: Vec<PathBuf> = pages.map(|it| it.unwrap().path()).collect();
    paths.sort();
    let stories = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        let name = path.to_string_lossy();
        read_page(&Capture::new(&name, &source, &bytes)).stories
    };
    paths.iter().flat_map(stories).filter(|it| !it.body.is_empty()).collect()
}

/// Stories of [`STORY_BYTES`]: each has the headline, stamp, dateline and body of one of `found`,
/// and goes on with the paragraphs of those behind it.
fn stories(found: &[Story]) -> Vec<Story> {
    let one = |first: usize| {
        let mut story = found.iter().cycle().nth(first).unwrap().clone();
        let old = story.pieces.first().map_or(0, |it| it.page.start);
        story.body = String::new();
        for paragraph in found.iter().cycle().skip(first).flat_map(|it| it.body.lines()) {
            let room = STORY_BYTES - story.body.len();
            let end = (0..=room.min(paragraph.len())).rfind(|it| paragraph.is_char_boundary(*it));
            story.body.push_str(paragraph.split_at(end.unwrap()).0);
            if story.body.len() + 4 >= STORY_BYTES {
                break;
            }
            story.body.push('\n');
        }
        let length = |text: &str| u32::try_from(text.chars().count()).unwrap();
        story.pieces = Piece::lines([Span::new(BODY_AT, BODY_AT + length(&story.body))]);
        if let Some(dateline) = &mut story.dateline {
            let moved = |at: u32| BODY_AT + at.saturating_sub(old);
            dateline.span = Span::new(moved(dateline.span.start), moved(dateline.span.end));
        }
        let title = story.title.map(|it| it.text);
        story.title = title.map(|text| Headline { span: Span::new(0, length(&text)), text });
        story
    };
    (0..STORIES).map(one).collect()
}

/// The registry and topics of the invented world.
fn small_registry() -> Registry {
    let read = |path: &str| fs::read(fixtures().join(path)).unwrap();
    let people = popolo::read(&read("layouts/registry.json")).unwrap();
    let topics = skos::read(&read("topics/layouts.json")).unwrap();
    let mut registry = Registry::default();
    for event in people.events.iter().chain(&topics.events) {
        registry.apply(event);
    }
    registry
}

/// The same with [`OFFICIALS`] further people of invented names, an office each, and
/// [`ORGANISATIONS`].
fn large_registry() -> Registry {
    const GIVEN: &[&str] = &[
        "Adil", "Boris", "Carla", "Dmitry", "Elena", "Farid", "Greta", "Henrik", "Irina", "Jonas",
        "Karim", "Larisa", "Marek", "Nadia", "Oleg", "Pavel", "Rosa", "Stepan", "Tamara", "Viktor",
    ];
    const SYLLABLES: &[&str] = &[
        "bar", "dov", "gal", "hur", "jal", "kor", "lum", "mir", "nov", "ost", "pel", "rud", "sar",
        "tel", "vas", "zor",
    ];
    const ENDINGS: &[&str] = &["ov", "enko", "sky", "aev", "ian", "idze", "ev", "ulin"];
    const OFFICES: &[&str] = &["Minister", "Governor", "Mayor", "Ambassador", "Senator"];
    const BODIES: &[&str] = &["National", "Federal", "Joint", "State", "Central", "Regional"];
    const FIELDS: &[&str] = &["Bank", "Court", "Assembly", "Agency", "Institute", "Council"];
    let mut state: u64 = 20_251_122;
    let mut pick = |list: &[&str]| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        let at = usize::try_from(state >> 33).unwrap() % list.len();
        list.get(at).copied().unwrap_or_default().to_owned()
    };
    let mut registry = small_registry();
    for number in 0..OFFICIALS {
        let (given, middle) = (pick(GIVEN), pick(SYLLABLES));
        let stem = format!("{}{}{middle}", pick(SYLLABLES), pick(SYLLABLES));
        let surname = format!("{}{}{}", stem[..1].to_uppercase(), &stem[1..], pick(ENDINGS));
        let office = OfficeId::new(&format!("office-{number}")).unwrap();
        let label = format!("{} of {}{}", pick(OFFICES), surname, pick(ENDINGS));
        let other_labels = Vec::new();
        registry.apply(&Event::OfficeRecorded(Office {
            id: office.clone(),
            label,
            other_labels,
            organisation: None,
        }));
        let official = OfficialId::new(&format!("official-{number}")).unwrap();
        registry.apply(&Event::OfficialRecorded(Official {
            id: official.clone(),
            name: format!("{given} {surname}"),
            other_names: vec![format!("{}. {surname}", &given[..1])],
        }));
        let (kind, from) = (TenureKind::Full, "2015-03".parse().ok());
        let tenure = Tenure { official, office, kind, from, until: None };
        registry.apply(&Event::TenureRecorded(tenure));
    }
    for number in 0..ORGANISATIONS {
        let id = OrganisationId::new(&format!("organisation-{number}")).unwrap();
        let stem = format!("{}{}{}", pick(SYLLABLES), pick(SYLLABLES), pick(ENDINGS));
        let name = format!(
            "{} {} of {}{}",
            pick(BODIES),
            pick(FIELDS),
            stem[..1].to_uppercase(),
            &stem[1..]
        );
        let (other_names, classification, parent) = (Vec::new(), None, None);
        registry.apply(&Event::OrganisationRecorded(Organisation {
            id,
            name,
            other_names,
            classification,
            parent,
        }));
    }
    registry
}

/// How many names of officials and organisations a registry has.
fn names_in(registry: &Registry) -> usize {
    let officials = registry.officials().values().map(|it| 1 + it.other_names.len());
    officials.chain(registry.organisations().values().map(|it| 1 + it.other_names.len())).sum()
}

/// All that is looked for in one automaton.
fn scan_of(registry: &Registry) -> AhoCorasick {
    let officials = registry.officials().values().map(|it| (&it.name, &it.other_names));
    let bodies = registry.organisations().values().map(|it| (&it.name, &it.other_names));
    let offices = registry.offices().values().map(|it| (&it.label, &it.other_labels));
    let names =
        officials.chain(bodies).chain(offices).flat_map(|it| std::iter::once(it.0).chain(it.1));
    let rules = registry.topics().values().flat_map(|it| &it.rules);
    let terms =
        rules.flat_map(|it| it.any.iter().chain(&it.all)).map(|it| it.trim_end_matches('*'));
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(names.map(String::as_str).chain(terms).chain(CUES.iter().copied()))
        .unwrap()
}

/// Memory of this process in megabytes, where Linux tells.
fn resident_megabytes() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}

/// A story of one paragraph of `bytes` that no full stop cuts.
fn unbroken(found: &[Story], bytes: usize) -> Story {
    let mut story = found.first().unwrap().clone();
    let words = found.iter().cycle().flat_map(|it| it.body.split_whitespace());
    story.body = String::new();
    for word in words.map(|it| it.trim_end_matches(['.', '!', '?', '…', '”', '"'])) {
        if story.body.len() + word.len() > bytes {
            break;
        }
        story.body.push_str(word);
        story.body.push(' ');
    }
    story.dateline = None;
    let length = u32::try_from(story.body.chars().count()).unwrap();
    story.pieces = Piece::lines([Span::new(BODY_AT, BODY_AT + length)]);
    story
}

/// Prints what a paragraph of twice the length takes, the best of a few rounds of each.
fn measure_unbroken(annotator: &Annotator, found: &[Story]) {
    let best = |bytes: usize| {
        let story = unbroken(found, bytes);
        let round = |_| {
            let (start, busy) = (Instant::now(), time_on_core());
            black_box(annotator.annotate(black_box(&story)));
            time_on_core()
                .zip(busy)
                .map_or(start.elapsed(), |(end, start)| end.saturating_sub(start))
        };
        (0..5).map(round).min().unwrap()
    };
    let (once, twice) = (best(LONG_BYTES), best(2 * LONG_BYTES));
    println!(
        "one paragraph of {LONG_BYTES} bytes: {} ms, of twice that: {} ms, ratio {:.2}",
        once.as_millis(),
        twice.as_millis(),
        twice.as_secs_f64() / once.as_secs_f64()
    );
}

/// Prints what share of the time each part of the work takes.
fn print_shares(annotator: &Annotator, stories: &[Story]) {
    const ROUNDS: usize = 20;
    let mut shares: BTreeMap<Part, Duration> = BTreeMap::new();
    for story in stories.iter().cycle().take(ROUNDS * stories.len()) {
        let mut start = Instant::now();
        black_box(annotator.annotate_in_parts(black_box(story), |part| {
            let now = Instant::now();
            *shares.entry(part).or_default() += now - start;
            start = now;
        }));
    }
    let all: Duration = shares.values().sum();
    let share = |(part, time): (&Part, &Duration)| {
        format!("{part:?} {:.0} %", 100.0 * time.as_secs_f64() / all.as_secs_f64())
    };
    let shares: Vec<String> = shares.iter().map(share).collect();
    println!("shares: {}", shares.join(", "));
}

/// The time for which this thread has had a core, where Linux tells: other programs on a shared
/// machine do not count.
fn time_on_core() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn annotate(criterion: &mut Criterion) {
    let found = fixture_stories();
    let stories = stories(&found);
    let texts: Vec<String> = stories
        .iter()
        .map(|it| it.title.as_ref().map_or("", |it| &it.text).to_owned() + "\n" + &it.body)
        .collect();
    let mut group = criterion.benchmark_group("annotate");
    group.sample_size(10).throughput(Throughput::Elements(STORIES.try_into().unwrap()));
    for registry in [small_registry(), large_registry()] {
        let names = names_in(&registry);
        let (start, before) = (Instant::now(), resident_megabytes());
        let annotator = Annotator::new(&registry);
        let (built, held) = (start.elapsed(), resident_megabytes() - before);
        let scan = scan_of(&registry);
        let mut rate = |name: &str, round: &dyn Fn()| {
            let (mut time, mut rounds) = (Duration::ZERO, 0);
            group.bench_function(BenchmarkId::new(name, names), |bencher| {
                bencher.iter_custom(|iterations| {
                    let (start, busy) = (Instant::now(), time_on_core());
                    (0..iterations).for_each(|_| round());
                    let on_core =
                        time_on_core().zip(busy).map(|(end, start)| end.saturating_sub(start));
                    let took = on_core.filter(|it| !it.is_zero()).unwrap_or(start.elapsed());
                    time += took;
                    rounds += iterations;
                    took
                });
            });
            let stories = rounds * u64::try_from(STORIES).unwrap();
            f64::from(u32::try_from(stories).unwrap()) / time.as_secs_f64()
        };
        let read = rate("annotator", &|| {
            for story in &stories {
                black_box(annotator.annotate(black_box(story)));
            }
        });
        let limit = rate("scan", &|| {
            for text in &texts {
                black_box(scan.find_iter(black_box(text)).count());
            }
        });
        println!(
            "{names} names: {read:.0} stories/s, scan {limit:.0}/s, ratio {:.4}; built in {} ms, {held} MB",
            read / limit,
            built.as_millis()
        );
        print_shares(&annotator, &stories);
        measure_unbroken(&annotator, &found);
    }
    group.finish();
}

criterion_group!(benches, annotate);
criterion_main!(benches);
