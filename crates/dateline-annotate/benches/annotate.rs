//! Stories a second on one core, against a small and a large registry, beside the bare search of
//! the same texts for the same names in the same run. Prints the ratio of the two.
//!
//! The search finds where a name is printed and nothing else: it folds no spelling, and knows
//! neither words nor offices nor statements. It is the limit that reading names cannot pass.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dateline_annotate::{Annotator, Registry};
use dateline_event::registry::{Office, Official, Tenure, TenureKind};
use dateline_event::story::{Headline, Story};
use dateline_event::{Event, OfficeId, OfficialId, Piece, SourceId, Span};
use dateline_ingest::{Capture, popolo, read_page, skos};

/// Bytes of a story's body.
const STORY_BYTES: usize = 2_000;
/// Stories in a round: more than fit a first-level cache together.
const STORIES: usize = 64;
/// Officials of the large registry.
const OFFICIALS: u64 = 10_000;
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

/// The same with [`OFFICIALS`] further people of invented names, an office each.
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
    registry
}

/// Every name of an official or an organisation in one automaton.
fn scan_of(registry: &Registry) -> AhoCorasick {
    let officials = registry.officials().values().map(|it| (&it.name, &it.other_names));
    let bodies = registry.organisations().values().map(|it| (&it.name, &it.other_names));
    let names = officials.chain(bodies).flat_map(|it| std::iter::once(it.0).chain(it.1));
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names).unwrap()
}

/// The time for which this thread has had a core, where Linux tells: other programs on a shared
/// machine do not count.
fn time_on_core() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn annotate(criterion: &mut Criterion) {
    let stories = stories(&fixture_stories());
    let texts: Vec<String> = stories
        .iter()
        .map(|it| it.title.as_ref().map_or("", |it| &it.text).to_owned() + "\n" + &it.body)
        .collect();
    let mut group = criterion.benchmark_group("annotate");
    group.sample_size(10).throughput(Throughput::Elements(STORIES.try_into().unwrap()));
    for registry in [small_registry(), large_registry()] {
        let names = scan_of(&registry).patterns_len();
        let start = Instant::now();
        let annotator = Annotator::new(&registry);
        let built = start.elapsed();
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
            "{names} names: {read:.0} stories/s, scan {limit:.0}/s, ratio {:.4}; built in {} ms",
            read / limit,
            built.as_millis()
        );
    }
    group.finish();
}

criterion_group!(benches, annotate);
criterion_main!(benches);
