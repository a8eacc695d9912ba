//! What is found is what a walk over all stories would find, at every position, however the index came there.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use chrono::DateTime;
use dateline_event::story::{
    Headline, PageRef, Story, StoryReported, StoryRetracted, StoryRevised, StoryRole, digest,
};
use dateline_event::{Event, ExpectedPosition, Piece, Position, Span, StoryId};
use dateline_log::{LogReader, LogWriter as _, MemoryLog};
use dateline_projector::{AsOf, Filter, Projector, Query as Ask, Scope, Slice, Standard, View};
use dateline_search::{Index, NotUsed, Query, SearchError};
use proptest::prelude::*;

const WORDS: [&str; 5] = ["bridge", "ferry", "river", "strike", "harbour"];
const STORIES: [&str; 4] = ["s1", "s2", "s3", "s4"];

fn content(title: &str, body: &str) -> Story {
    let text = title.to_owned();
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap();
    let span = Span::new(0, length(title));
    Story {
        role: StoryRole::Article,
        title: Some(Headline { text, span }),
        body: body.to_owned(),
        pieces: Piece::lines([Span::new(100, 100 + length(body))]),
        language: "en".into(),
        published: None,
        address: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

fn told(name: &str, title: &str, body: &str, again: bool) -> Event {
    let (story, source) = (StoryId::of_name(name), "north-news".parse().unwrap());
    let page = PageRef {
        name: format!("{name}.txt"),
        address: None,
        digest: digest(body.as_bytes()),
        captured: None,
    };
    let content = content(title, body);
    if again {
        return Event::StoryRevised(Box::new(StoryRevised { story, source, page, content }));
    }
    Event::StoryReported(Box::new(StoryReported { story, source, page, content }))
}

struct World {
    log: Arc<MemoryLog>,
    projector: Projector,
}

impl World {
    fn new() -> Self {
        let log = Arc::new(MemoryLog::new(Box::new(|| DateTime::UNIX_EPOCH)));
        let reader: Arc<dyn LogReader> = log.clone();
        Self { log, projector: Projector::new(reader, Arc::new(Standard), NonZeroUsize::MIN) }
    }

    fn take(&mut self, events: &[Event]) -> Arc<View> {
        for event in events {
            let event = event.clone().into_new("test", DateTime::UNIX_EPOCH);
            self.log.append(vec![(event, ExpectedPosition::Any)]).unwrap();
        }
        self.projector.catch_up().unwrap();
        self.projector.views().current()
    }
}

fn mark(position: Position) -> Option<String> {
    // A log that has come that far has a mark there.
    (position < Position::new(u64::MAX)?).then(|| format!("this log at {position}"))
}

fn opened(folder: &Path) -> Index {
    let (index, not_used) = Index::open(&folder.join("search"), &mark).unwrap();
    assert!(not_used.is_none(), "{not_used:?}");
    index
}

fn follow(index: &Index, view: &Arc<View>) {
    index.follow(view, &mark, NonZeroUsize::new(2).unwrap()).unwrap();
}

/// The stories that are found, with the positions of their readings.
fn found(index: &Index, view: &View, query: &str, as_of: Option<AsOf>) -> Vec<(StoryId, Position)> {
    let among = index.find(view, &query.parse().unwrap(), as_of).unwrap();
    let filter = Filter { among: Some(Arc::new(among)), ..Filter::default() };
    let ask = Ask { filter, as_of, slice: Slice::first(99) };
    let page = view.timeline(&Scope::Everything, &ask);
    assert_eq!(view.count(&Scope::Everything, &ask.filter, as_of), page.items.len());
    let mut found: Vec<_> = page.items.iter().map(|it| (it.story(), it.recorded_at())).collect();
    found.sort_unstable();
    found
}

/// The same by a walk.
fn walked(view: &View, word: &str, at: Position) -> Vec<(StoryId, Position)> {
    let records = view.stories(&Slice::first(99)).items;
    let readings = records.iter().filter_map(|it| it.at(at));
    let has = |text: &str| text.split(' ').any(|it| it == word);
    let matching = readings.filter(|it| has(&it.content().body) || it.title().is_some_and(has));
    let mut found: Vec<_> = matching.map(|it| (it.story(), it.recorded_at())).collect();
    found.sort_unstable();
    found
}

fn event() -> impl Strategy<Value = Event> {
    let story = || prop::sample::select(&STORIES);
    let text = || prop::collection::vec(prop::sample::select(&WORDS), 1..4);
    prop_oneof![
        5 => (story(), text(), text(), any::<bool>()).prop_map(|(name, title, body, again)| {
            told(name, &title.join(" "), &body.join(" "), again)
        }),
        1 => story().prop_map(|name| Event::StoryRetracted(StoryRetracted {
            story: StoryId::of_name(name),
            reason: "wrong".to_owned(),
        })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_position_is_searched_as_a_walk_would_by_an_index_that_follows_or_is_made_at_once(
        events in prop::collection::vec(event(), 1..14),
        cut in any::<prop::sample::Index>(),
    ) {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut world = World::new();
        let cut = cut.index(events.len());
        let early = {
            let index = opened(one.path());
            let view = world.take(&events[..cut]);
            follow(&index, &view);
            view
        };
        let late = world.take(&events[cut..]);
        // The index of an earlier process goes on, and another one is made at once.
        let (stepwise, at_once) = (opened(one.path()), opened(other.path()));
        follow(&stepwise, &late);
        follow(&at_once, &late);
        for at in 1..=events.len() {
            let at = Position::new(u64::try_from(at).unwrap()).unwrap();
            for word in WORDS {
                let wanted = walked(&late, word, at);
                for index in [&stepwise, &at_once] {
                    let found = found(index, &late, word, Some(AsOf::Position(at)));
                    prop_assert_eq!(&found, &wanted, "{} at {}", word, at);
                }
            }
        }
        if let Some(at) = early.position() {
            // An index that is ahead of a view answers for it as one that is not.
            prop_assert_eq!(found(&at_once, &early, "bridge", None), walked(&early, "bridge", at));
        }
    }
}

fn two_stories() -> [Event; 2] {
    [told("s1", "Bridge open", "The ferry stops", false), told("s2", "Strike", "A bridge", false)]
}

#[test]
fn an_index_says_that_it_is_behind_until_it_has_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (index, mut world) = (opened(folder.path()), World::new());
    let view = world.take(&two_stories());
    let query: Query = "bridge".parse().unwrap();
    assert_eq!(index.lag(&view), 2);
    assert!(matches!(index.find(&view, &query, None), Err(SearchError::Behind)));
    follow(&index, &view);
    assert_eq!((found(&index, &view, "bridge", None).len(), index.lag(&view)), (2, 0));
    let later = world.take(&[told("s3", "Bridge", "Closed", false)]);
    assert!(matches!(index.find(&later, &query, None), Err(SearchError::Behind)));
    assert_eq!(index.lag(&later), 1);
    follow(&index, &later);
    assert_eq!(found(&index, &later, "bridge", None).len(), 3);
    assert_eq!(found(&index, &view, "bridge", None).len(), 2);
}

#[test]
fn an_index_of_another_log_or_with_a_changed_byte_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let view = World::new().take(&two_stories());
    follow(&opened(folder.path()), &view);
    let other = |position: Position| Some(format!("another log at {position}"));
    let (index, not_used) = Index::open(&folder.path().join("search"), &other).unwrap();
    assert!(matches!(not_used, Some(NotUsed::OtherLog)), "{not_used:?}");
    index.follow(&view, &mark, NonZeroUsize::MIN).unwrap();
    drop(index);
    let files =
        std::fs::read_dir(folder.path().join("search")).unwrap().flatten().map(|it| it.path());
    let damaged = { files }.find(|it| it.extension().is_some_and(|it| it == "pos"));
    let damaged = damaged.expect("an index has positions of words");
    let mut bytes = std::fs::read(&damaged).unwrap();
    *bytes.first_mut().unwrap() ^= 1;
    std::fs::remove_file(&damaged).unwrap();
    std::fs::write(&damaged, bytes).unwrap();
    let (index, not_used) = Index::open(&folder.path().join("search"), &mark).unwrap();
    assert!(matches!(not_used, Some(NotUsed::Damaged(1))), "{not_used:?}");
    follow(&index, &view);
    assert_eq!(found(&index, &view, "bridge", None).len(), 2);
}

#[test]
fn evidence_gives_the_words_with_their_places_on_the_page() {
    let view = World::new().take(&two_stories());
    let record = view.story(&StoryId::of_name("s1")).unwrap();
    let query: Query = "br* \"FERRY stops\" -strike".parse().unwrap();
    let told = query.evidence(record.current().unwrap());
    let told: Vec<_> = told.iter().map(|it| (it.in_title, it.words.as_str(), it.span)).collect();
    assert_eq!(
        told,
        [(true, "Bridge", Span::new(0, 6)), (false, "ferry stops", Span::new(104, 115))]
    );
}
