//! The set behaves as an ordered set does, whatever is put in and taken out, and is counted and walked as one.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dateline_event::Position;
use proptest::prelude::*;

use super::count::Past;
use super::*;

#[derive(Debug, Clone)]
enum Change {
    Insert(Slot),
    Remove(Place),
    /// Keeps a copy, which must not change any more.
    Copy,
}

fn place() -> impl Strategy<Value = Place> {
    (prop::option::weighted(0.9, 0..40_i32), 1..90_u64).prop_map(|(day, at)| {
        let day = day.and_then(|it| NaiveDate::from_num_days_from_ce_opt(737_000 + it));
        Place::new(day, Position::new(at).unwrap())
    })
}

fn slot() -> impl Strategy<Value = Slot> {
    (place(), 0..4_u8, prop::bool::weighted(0.1)).prop_map(|(place, traits, amended)| {
        let amended = if amended { Traits::AMENDED } else { Traits::default() };
        Slot::new(place, Traits::of_byte(traits).with(amended))
    })
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        12 => slot().prop_map(Change::Insert),
        3 => place().prop_map(Change::Remove),
        1 => Just(Change::Copy),
    ];
    prop::collection::vec(change, 0..1500)
}

fn walk(slots: &Slots, direction: Direction, until: Option<u64>, from: Option<Place>) -> Vec<Slot> {
    let mut cursor = Cursor::new(slots, direction, until);
    if let Some(place) = from {
        cursor.seek(place);
    }
    let mut found = Vec::new();
    while let Some(slot) = cursor.peek() {
        found.push(slot);
        cursor.step();
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn they_behave_as_an_ordered_set_and_copies_never_change(
        changes in changes(),
        (one, other) in (place(), place()),
        until in 0..100_u64,
    ) {
        let (mut slots, mut model) = (Slots::default(), BTreeMap::new());
        let mut copies = Vec::new();
        for change in changes {
            match change {
                Change::Insert(slot) => {
                    slots.insert(slot);
                    model.insert(slot.place(), slot);
                }
                Change::Remove(place) => {
                    prop_assert_eq!(slots.remove(place), model.remove(&place).is_some());
                }
                Change::Copy => copies.push((slots.clone(), slots.iter().collect::<Vec<_>>())),
            }
        }
        let all: Vec<Slot> = model.values().copied().collect();
        prop_assert_eq!(slots.len(), all.len());
        prop_assert_eq!(slots.iter().collect::<Vec<_>>(), all.clone());
        prop_assert_eq!(slots.get(one), model.get(&one).copied());
        let forward: Vec<_> = model.range(one..).map(|it| *it.1).collect();
        prop_assert_eq!(walk(&slots, Direction::Forward, None, Some(one)), forward);
        let backward: Vec<_> = model.range(..=one).rev().map(|it| *it.1).collect();
        prop_assert_eq!(walk(&slots, Direction::Backward, None, Some(one)), backward);

        let range = one.min(other)..one.max(other);
        let inside: Vec<_> = model.range(range.clone()).map(|it| *it.1).collect();
        prop_assert_eq!(slots.count(range.clone(), None), inside.len());
        let counted = |slot: Slot| slot.traits().role() == Traits::SPEAKER;
        let past = Past { until, counted: &counted };
        let then = inside.iter().filter(|it| past.has(**it)).count();
        prop_assert_eq!(slots.count(range, Some(&past)), then);

        // A cursor with a limit may show more than the limit asks for, never less.
        let known = |it: &Slot| it.place().reported_at().get() <= until;
        let limited = walk(&slots, Direction::Forward, Some(until), None);
        let limited: Vec<_> = limited.into_iter().filter(known).collect();
        prop_assert_eq!(limited, all.iter().copied().filter(known).collect::<Vec<_>>());

        let rebuilt = Slots::from_sorted(&all);
        prop_assert_eq!(rebuilt.iter().collect::<Vec<_>>(), all);
        prop_assert_eq!(rebuilt.root.map(|it| it.sum), slots.root.as_ref().map(|it| it.sum));
        for (copy, then) in copies {
            prop_assert_eq!(copy.iter().collect::<Vec<_>>(), then);
        }
    }

    #[test]
    fn leaps_along_a_cursor_find_what_a_search_from_the_start_finds(
        slots in prop::collection::btree_map(place(), 0..4_u8, 0..900),
        mut leaps in prop::collection::vec(place(), 1..20),
    ) {
        let all: Vec<_> =
            slots.into_iter().map(|it| Slot::new(it.0, Traits::of_byte(it.1))).collect();
        let set = Slots::from_sorted(&all);
        leaps.sort_unstable();
        let mut cursor = Cursor::new(&set, Direction::Forward, None);
        for place in &leaps {
            cursor.seek(*place);
            prop_assert_eq!(cursor.peek(), all.iter().find(|it| it.place() >= *place).copied());
        }
        let mut cursor = Cursor::new(&set, Direction::Backward, None);
        for place in leaps.iter().rev() {
            cursor.seek(*place);
            prop_assert_eq!(cursor.peek(), all.iter().rfind(|it| it.place() <= *place).copied());
        }
    }
}

#[test]
fn a_timeline_that_grows_at_its_front_leaves_full_nodes_behind() {
    let mut slots = Slots::default();
    for at in 1..=2000 {
        slots.insert(Slot::new(Place::new(None, Position::new(at).unwrap()), Traits::default()));
    }
    let Some(Node::Inner(leaves)) = slots.root.as_ref().map(|it| &*it.node) else {
        panic!("2,000 slots need more than a leaf")
    };
    assert_eq!(leaves.len(), 2000_usize.div_ceil(LEAF));
}
