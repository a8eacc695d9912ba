//! What a preview says of the invented layouts, and of the real pages where they lie beside the checkout: what one
//! tenure more changes, and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_event::story::{PageRef, StoryReported, digest};
use dateline_event::{Event, SourceId, StoryId};
use dateline_ingest::{Capture, popolo, read_page, skos};
use dateline_projector::{Changes, Entry, Projector, Query, Scope, Standard, View};

use crate::world::Log;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The stories of all pages in `folder`, in the order of the pages.
fn stories(folder: &Path) -> Vec<Event> {
    let source: SourceId = "pages".parse().unwrap();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    let mut events = Vec::new();
    for path in paths.iter().filter(|it| it.is_file()) {
        let bytes = fs::read(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let read = read_page(&Capture::new(&name, &source, &bytes)).stories;
        for (number, content) in read.into_iter().enumerate() {
            let digest = digest(&bytes);
            let page = PageRef { name: name.clone(), address: None, digest, captured: None };
            let story = StoryId::of_name(&format!("{name}/{number}"));
            let source = source.clone();
            let reported = StoryReported { story, source, page, content };
            events.push(Event::StoryReported(Box::new(reported)));
        }
    }
    events
}

/// Every timeline about people and topics, as readers see it: stories with all that their entries say.
type Seen = BTreeMap<Scope, BTreeMap<StoryId, String>>;

fn says(entry: &Entry) -> String {
    let people: Vec<_> = entry.concerned().collect();
    let said: Vec<_> = entry.statements().map(|it| (&it.text, it.kind, &it.rule)).collect();
    let topics: Vec<_> = entry.matched_topics().collect();
    let day = (entry.key().day(), entry.day_basis(), entry.happened(), entry.published());
    format!("{day:?} {people:?} {said:?} {topics:?}")
}

fn seen(view: &View) -> Seen {
    let registry = view.registry();
    let officials = registry.officials().keys().cloned().map(Scope::Official);
    let offices = registry.offices().keys().cloned().map(Scope::Office);
    let bodies = registry.organisations().keys().cloned().map(Scope::Organisation);
    let topics = registry.topics().keys().cloned().map(Scope::Topic);
    let all = officials.chain(offices).chain(bodies).chain(topics);
    all.map(|scope| {
        let page = view.timeline(&scope, &Query::newest(10_000)).items;
        let entries = page.iter().map(|it| (it.story(), says(it))).collect();
        (scope, entries)
    })
    .collect()
}

/// Stories whose entries came, went, or say something else, timeline by timeline.
fn difference(before: &Seen, after: &Seen) -> BTreeMap<Scope, [Vec<StoryId>; 3]> {
    let mut found = BTreeMap::new();
    for (scope, old) in before {
        let new = &after[scope];
        let came = new.keys().filter(|it| !old.contains_key(*it)).copied().collect();
        let gone = old.keys().filter(|it| !new.contains_key(*it)).copied().collect();
        let changed = old.iter().filter(|(id, says)| new.get(*id).is_some_and(|it| it != *says));
        let lists: [Vec<StoryId>; 3] = [came, gone, changed.map(|it| *it.0).collect()];
        if lists.iter().any(|it| !it.is_empty()) {
            found.insert(scope.clone(), lists);
        }
    }
    found
}

fn previewed(changes: &Changes) -> BTreeMap<Scope, [Vec<StoryId>; 3]> {
    let one = |it: &dateline_projector::TimelineChanges| {
        let of = |list: &[Entry]| list.iter().map(Entry::story).collect::<Vec<_>>();
        let pairs = it.moved.iter().chain(&it.changed).map(|it| it.1.story()).collect();
        let mut lists = [of(&it.added), of(&it.removed), pairs];
        for list in &mut lists {
            list.sort();
        }
        (it.scope.clone(), lists)
    };
    changes.timelines.iter().map(one).collect()
}

fn projector(log: &Arc<Log>) -> Projector {
    let mut projector =
        Projector::new(log.clone(), Arc::new(Standard), NonZeroUsize::new(2).unwrap());
    projector.catch_up().unwrap();
    projector
}

/// Tenures that are tried for each registry.
const TENURES: usize = 6;

/// Takes one tenure after the other out of a registry, and compares what a preview says of it with what comes when it
/// is recorded. Gives how many timelines changed in all.
fn previews_tell_what_comes(registry: &Path, topics: &Path, pages: &Path) -> usize {
    let mut whole = popolo::read(&fs::read(registry).unwrap()).unwrap().events;
    whole.extend(skos::read(&fs::read(topics).unwrap()).unwrap().events);
    let stories = stories(pages);
    let is_tenure = |it: &&Event| matches!(it, Event::TenureRecorded(_));
    let tenures: Vec<_> = whole.iter().filter(is_tenure).collect();
    let mut changed = 0;
    // Some of them, spread over the file: each takes three folds.
    for tenure in tenures.iter().copied().step_by(tenures.len().div_ceil(TENURES)) {
        let less = whole.iter().filter(|it| *it != tenure).chain(&stories).cloned();
        let log = Log::of(less);
        let mut projector = projector(&log);
        let before = projector.views().current();
        let more = std::slice::from_ref(tenure);
        let after = projector.suppose(more, &|_| ControlFlow::Continue(())).unwrap();
        let preview = previewed(&Changes::between(&before, &after));
        log.append(tenure.clone());
        projector.catch_up().unwrap();
        let wanted = difference(&seen(&before), &seen(&projector.views().current()));
        assert_eq!(preview, wanted, "{tenure:?}");
        changed += wanted.len();
    }
    changed
}

#[test]
fn one_tenure_more_changes_just_what_the_preview_says_in_the_layouts() {
    let fixtures = root().join("fixtures");
    let changed = previews_tell_what_comes(
        &fixtures.join("layouts/registry.json"),
        &fixtures.join("topics/layouts.json"),
        &fixtures.join("layouts/pages"),
    );
    assert!(changed > 0);
}

#[test]
fn one_tenure_more_changes_just_what_the_preview_says_in_the_real_pages() {
    let pages = root().join("../shared/corpus/seeds");
    if !pages.is_dir() {
        eprintln!("skipped: the real pages are not beside the checkout");
        return;
    }
    let fixtures = root().join("fixtures");
    let registry = fixtures.join("registry/seeds.json");
    let changed = previews_tell_what_comes(&registry, &fixtures.join("topics/seeds.json"), &pages);
    assert!(changed > 0);
}
