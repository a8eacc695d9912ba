//! Order, filters and pages of a timeline.

use std::sync::Arc;

use dateline_projector::DayBasis::{FirstPossible, Happened, Published, Unknown};
use dateline_projector::{AsOf, EntryKey, Filter, Query, Slice, Take, View};
use proptest::prelude::*;

use crate::random::events;
use crate::world::{
    Log, official, position, recorded_official, recorded_topic, reported, revised, topic, view,
};

fn ket() -> Arc<View> {
    view(&Log::of([
        recorded_official("ket"),
        reported("in-may", "ket:a @2031-05"),
        reported("third", "ket:b @2031-05-03"),
        reported("no-day", "ket:c"),
        reported("published", "ket:d ^2031-05-02 @XXXX-05-01"),
        reported("years", "ket:e @XXXX-09-27 ?2029,2031"),
        reported("range", "ket:f @2031-04-30/2031-05-09"),
        reported("third-too", "ket:g @2031-05-03"),
        revised("third", "ket:h @2031-05-03"),
        reported("no-day-too", "ket:i @XXXX-01-01"),
    ]))
}

fn said(view: &View, query: &Query) -> String {
    let page = view.timeline(&official("ket"), query);
    page.items
        .iter()
        .flat_map(|it| it.statements().map(|it| it.text.clone()).collect::<Vec<_>>())
        .collect()
}

#[test]
fn the_newest_day_comes_first_and_a_revision_keeps_the_place_within_the_day() {
    assert_eq!(said(&ket(), &Query::newest(20)), "ghdafeic");
}

#[test]
fn an_entry_says_what_put_it_at_its_day_and_whether_it_is_undated() {
    let view = ket();
    let page = view.timeline(&official("ket"), &Query::newest(20));
    let basis: Vec<_> = page.items.iter().map(|it| it.day_basis()).collect();
    let wanted =
        [Happened, Happened, Published, Happened, Happened, FirstPossible, Unknown, Unknown];
    assert_eq!(basis, wanted);
    assert!(page.items[5].day_basis().is_undated());
    assert_eq!(page.items[5].key().day(), "2029-09-27".parse().ok());
}

#[test]
fn days_from_and_to_are_both_included_and_leave_out_what_has_no_day() {
    let view = ket();
    let between = |from: Option<&str>, to: Option<&str>| {
        let day = |it: Option<&str>| it.map(|it| it.parse().unwrap());
        let filter = Filter { from: day(from), to: day(to), ..Filter::default() };
        said(&view, &Query { filter, ..Query::newest(20) })
    };
    assert_eq!(between(Some("2031-05-01"), Some("2031-05-02")), "da");
    assert_eq!(between(Some("2031-05-02"), None), "ghd");
    assert_eq!(between(None, Some("2031-05-01")), "afe");
    assert_eq!(between(Some("2031-05-02"), Some("2031-05-01")), "");
}

#[test]
fn a_page_says_whether_there_is_more_on_either_side() {
    let view = ket();
    let all = view.timeline(&official("ket"), &Query::newest(20));
    let key = |at: usize| all.items[at].key();
    let page = |slice: Slice<EntryKey>| {
        let page = view.timeline(&official("ket"), &Query { slice, ..Query::newest(0) });
        let keys: Vec<_> = page.items.iter().map(|it| it.key()).collect();
        (keys, page.has_previous, page.has_next)
    };
    assert_eq!(page(Slice::first(2)), (vec![key(0), key(1)], false, true));
    assert_eq!(page(Slice::after(key(5), 2)), (vec![key(6), key(7)], true, false));
    let last = Slice { after: None, before: Some(key(2)), take: Take::Last(1) };
    assert_eq!(page(last), (vec![key(1)], true, true));
    let between = Slice { after: Some(key(0)), before: Some(key(2)), take: Take::First(9) };
    assert_eq!(page(between), (vec![key(1)], true, true));
    assert_eq!(page(Slice::first(0)), (vec![], false, true));
}

#[test]
fn a_key_survives_as_text() {
    let view = ket();
    for entry in view.timeline(&official("ket"), &Query::newest(20)).items {
        assert_eq!(entry.key().to_string().parse(), Ok(entry.key()));
    }
    assert_eq!(
        "yesterday".parse::<EntryKey>().unwrap_err().to_string(),
        "`yesterday` is not the key of a timeline entry, such as `2024-07-17:12:15` or `-:12:15`"
    );
}

#[test]
fn officials_come_by_id_with_pages_that_meet() {
    let view = view(&Log::of(["orlin", "ket", "tosk"].map(recorded_official)));
    let first = view.officials(&Slice::first(2));
    let names: Vec<_> = first.items.iter().map(|it| it.official.id.as_str()).collect();
    assert_eq!((names, first.has_next), (vec!["ket", "orlin"], true));
    let next = view.officials(&Slice::after("orlin".parse().unwrap(), 2));
    let names: Vec<_> = next.items.iter().map(|it| it.official.id.as_str()).collect();
    assert_eq!((names, next.has_next, next.has_previous), (vec!["tosk"], false, true));
}

#[test]
fn a_story_stands_in_the_timelines_of_all_topics_above_its_own() {
    let view = view(&Log::of([
        recorded_topic("bridge", &["roads"]),
        recorded_topic("roads", &["works"]),
        // A ring in the scheme ends nowhere.
        recorded_topic("works", &["bridge"]),
        reported("s1", "#roads @2031-05-02"),
    ]));
    for id in ["roads", "works", "bridge"] {
        let page = view.timeline(&topic(id), &Query::newest(9));
        let matched: Vec<_> = page.items[0].matched_topics().map(|it| it.topic.as_str()).collect();
        assert_eq!(matched, ["roads"], "{id}");
    }
    let works = view.topic(&"works".parse().unwrap()).unwrap();
    assert_eq!((works.broader[0].id.as_str(), works.narrower[0].id.as_str()), ("bridge", "roads"));
}

proptest! {
    #[test]
    fn pages_of_any_size_in_either_direction_make_the_whole_timeline(
        events in events(),
        size in 1_usize..4,
        cut in prop::option::of(1_u64..26),
    ) {
        let view = view(&Log::of(events));
        let as_of = cut.map(|it| AsOf::Position(position(it)));
        let scope = official("ket");
        let query = |slice| Query { as_of, slice, ..Query::newest(0) };
        let keys = |slice| {
            let page = view.timeline(&scope, &query(slice));
            (page.items.iter().map(|it| it.key()).collect::<Vec<_>>(), page.has_next, page.has_previous)
        };
        let (all, more, less) = keys(Slice::first(1000));
        prop_assert!(!more && !less);
        prop_assert!(all.is_sorted());

        let (mut forward, mut after) = (Vec::new(), None);
        loop {
            let (part, more, less) = keys(Slice { after, before: None, take: Take::First(size) });
            prop_assert_eq!(less, after.is_some());
            after = part.last().copied().or(after);
            forward.extend(part);
            if !more { break }
        }
        prop_assert_eq!(&forward, &all);

        let (mut backward, mut before) = (Vec::new(), None);
        loop {
            let (part, more, less) = keys(Slice { after: None, before, take: Take::Last(size) });
            prop_assert_eq!(more, before.is_some());
            before = part.first().copied().or(before);
            backward.splice(0..0, part);
            if !less { break }
        }
        prop_assert_eq!(&backward, &all);
    }
}
