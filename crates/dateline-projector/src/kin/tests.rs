//! What is told of stories, and what belongs together then.

use dateline_event::date::{Basis, Edtf, PrintedDate};
use dateline_event::story::{Headline, Story, StoryRole};
use dateline_event::{Position, Span, StoryId};
use proptest::prelude::*;

use super::*;

const BRIDGE: &str = "The transport minister opened a new bridge over the river at Lamun on Tuesday, eleven months \
    after the old one was closed because of cracks in two of its pillars. The ministry said that the work had cost less \
    than planned and that lorries could use the crossing from next week. Residents had waited for it through a winter \
    in which the only way across was a ferry that stopped at dusk.\nThe mayor thanked the builders and asked for a \
    second lane for bicycles, which the ministry promised to look into before the summer.";

const FERRY: &str = "A ferry with forty passengers ran aground near the harbour of Senna in thick fog early on Friday. \
    All of them were brought ashore by fishing boats and nobody was hurt, the coast guard reported. The captain told \
    investigators that the radar had failed minutes before. The line between the islands stays shut until Sunday while \
    divers look at the hull.";

/// The bridge again, as somebody else would tell it.
const BRIDGE_RETOLD: &str = "Lorries and cars may cross the river near Lamun again: a bridge that replaces the cracked \
    one was opened by the transport minister. Pillars of the old crossing had been found damaged last year, and \
    residents depended on a ferry. Lamun's mayor wants a lane for bicycles.";

struct World {
    kinship: Kinship,
    reader: WordReader,
    next: Position,
    /// Position of the last event.
    last: Position,
}

impl World {
    fn new() -> Self {
        let (kinship, reader) = (Kinship::default(), WordReader::default());
        Self { kinship, reader, next: Position::FIRST, last: Position::FIRST }
    }

    fn take(&mut self, said: Said) {
        self.kinship.take(self.next, said);
        (self.last, self.next) = (self.next, self.next.next());
    }

    fn tell(&mut self, name: &str, source: &str, content: &Story) {
        let sketch = Sketch::of(content, source, &self.reader);
        self.take(Said::Text(id(name), Box::new(sketch)));
    }

    fn article(&mut self, name: &str, source: &str, title: &str, body: &str) {
        self.tell(name, source, &story(StoryRole::Article, title, body, None));
    }

    fn rule(&mut self, one: &str, other: &str, verdict: Verdict) {
        self.take(Said::Ruled(id(one), id(other), verdict));
    }

    fn bond(&self, name: &str) -> Option<Bond> {
        self.kinship.bond(&id(name), self.next)
    }

    fn same(&self, one: &str, other: &str) -> bool {
        self.bond(one).is_some()
            && self.bond(one).map(|it| it.story) == self.bond(other).map(|it| it.story)
    }

    fn one_event(&self, one: &str, other: &str) -> bool {
        self.bond(one).is_some()
            && self.bond(one).map(|it| it.event) == self.bond(other).map(|it| it.event)
    }
}

pub(super) fn id(name: &str) -> StoryId {
    StoryId::of_name(name)
}

pub(super) fn story(role: StoryRole, title: &str, body: &str, day: Option<&str>) -> Story {
    let span = Span::new(0, 0);
    let published = day.map(|it| PrintedDate {
        edtf: it.parse::<Edtf>().unwrap(),
        basis: Basis::PageDate,
        field: None,
        span,
        text: it.to_owned(),
    });
    let title = (!title.is_empty()).then(|| Headline { text: title.to_owned(), span });
    let (body, language) = (body.to_owned(), "en".to_owned());
    let pieces = Vec::new();
    Story {
        role,
        title,
        body,
        pieces,
        address: None,
        language,
        published,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

fn words(text: &str, from: usize, to: usize) -> String {
    let all: Vec<&str> = text.split_whitespace().collect();
    all[from..to.min(all.len())].join(" ")
}

#[test]
fn a_copy_that_is_cut_and_has_another_headline_and_dateline_is_the_same_story() {
    let mut world = World::new();
    world.article("first", "north", "Bridge at Lamun open again", BRIDGE);
    let cut = format!("SENNA (Agency) - {}\nSubscribe to our newsletter.", words(BRIDGE, 0, 60));
    world.article("copy", "south", "Minister opens crossing", &cut);
    world.article("other", "south", "Ferry runs aground", FERRY);
    assert!(world.same("first", "copy") && world.one_event("first", "copy"));
    assert!(!world.same("first", "other") && !world.one_event("first", "other"));
}

#[test]
fn a_story_retold_in_other_words_is_one_event_and_not_the_same_story() {
    let mut world = World::new();
    world.article("first", "north", "Bridge at Lamun open again", BRIDGE);
    world.article("ferry", "north", "Ferry runs aground off Senna", FERRY);
    world.article("retold", "south", "New bridge over the river at Lamun", BRIDGE_RETOLD);
    assert!(world.one_event("first", "retold"));
    assert!(!world.same("first", "retold"));
    assert!(!world.one_event("first", "ferry"));
}

#[test]
fn a_teaser_goes_with_its_article_of_the_same_source_only() {
    let mut world = World::new();
    world.article("article", "north", "Bridge at Lamun open again", BRIDGE);
    let teaser = story(StoryRole::Teaser, "", &words(BRIDGE, 0, 16), None);
    let headline = story(StoryRole::Teaser, "Bridge at Lamun open again", "", None);
    world.tell("teaser", "north", &teaser);
    world.tell("headline", "north", &headline);
    world.tell("stranger", "south", &headline);
    assert!(world.same("article", "teaser") && world.same("article", "headline"));
    assert!(!world.same("article", "stranger"));
}

#[test]
fn a_column_that_begins_every_week_with_the_same_words_is_another_story_each_time() {
    let mut world = World::new();
    for (name, day) in [("one", "2031-05-02"), ("two", "2031-05-09"), ("three", "2031-05-10")] {
        let text = story(StoryRole::Article, "The week in Lamun", BRIDGE, Some(day));
        world.tell(name, "north", &text);
    }
    assert!(!world.same("one", "two"));
    assert!(world.same("two", "three"));
}

#[test]
fn rulings_join_and_part_and_the_last_word_counts() {
    let mut world = World::new();
    world.article("first", "north", "Bridge at Lamun open again", BRIDGE);
    world.article("copy", "south", "Minister opens crossing", BRIDGE);
    world.rule("first", "later", Verdict::Is);
    world.article("later", "east", "Ferry runs aground", FERRY);
    assert!(world.same("first", "later") && world.same("copy", "later"));
    let before = world.last;
    world.rule("first", "copy", Verdict::IsNot);
    assert!(!world.same("first", "copy") && world.same("first", "later"));
    world.rule("copy", "first", Verdict::Is);
    assert!(world.same("first", "copy"));
    let then = |name| world.kinship.bond(&id(name), before).map(|it| it.story);
    assert!(then("first").is_some() && then("first") == then("copy"));
    assert_eq!(world.kinship.same_story(world.bond("first").unwrap().story, world.next).len(), 3);
}

#[test]
fn what_only_a_retracted_story_held_together_falls_apart_and_the_past_stays() {
    let mut world = World::new();
    let (start, end) = (words(BRIDGE, 0, 50), words(BRIDGE, 40, 200));
    world.article("start", "north", "Bridge open", &start);
    world.article("end", "south", "Crossing in use", &end);
    assert!(!world.same("start", "end"));
    world.article("whole", "east", "All of it", BRIDGE);
    assert!(world.same("start", "end"));
    let before = world.last;
    world.take(Said::Retracted(id("whole")));
    assert!(!world.same("start", "end"));
    assert_eq!(world.bond("whole"), None);
    let then = |name| world.kinship.bond(&id(name), before).map(|it| it.story);
    assert!(then("whole").is_some() && then("start") == then("end"));
}

#[test]
fn a_revision_is_compared_anew_and_a_lone_story_keeps_its_groups() {
    let mut world = World::new();
    world.article("first", "north", "Bridge at Lamun open again", BRIDGE);
    let alone = world.bond("first");
    world.article(
        "first",
        "north",
        "Bridge at Lamun open again",
        &format!("{BRIDGE} More follows."),
    );
    assert_eq!(world.bond("first"), alone);
    world.article("copy", "south", "Minister opens crossing", BRIDGE);
    assert!(world.same("first", "copy"));
    world.article("copy", "south", "Ferry aground", FERRY);
    assert!(!world.same("first", "copy") && !world.one_event("first", "copy"));
}

/// Bodies that overlap in all ways: `len` words from `from` on of a text that is one of three.
fn body() -> impl Strategy<Value = String> {
    (0..3_usize, 0..3_usize, 20..90_usize).prop_map(|(which, from, len)| {
        words([BRIDGE, FERRY, BRIDGE_RETOLD][which], from * 12, from * 12 + len)
    })
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    Text(u8, String),
    Retract(u8),
    Rule(u8, u8, bool),
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..9_u8, body()).prop_map(|(name, body)| Step::Text(name, body)),
        1 => (0..9_u8).prop_map(Step::Retract),
        2 => (0..9_u8, 0..9_u8, any::<bool>()).prop_map(|(a, b, is)| Step::Rule(a, b, is)),
    ]
}

fn fold(steps: &[Step]) -> World {
    let mut world = World::new();
    for step in steps {
        match step {
            Step::Text(name, body) => {
                world.article(&name.to_string(), &format!("source {}", name % 4), "", body);
            }
            Step::Retract(name) => world.take(Said::Retracted(id(&name.to_string()))),
            Step::Rule(a, b, is) => {
                let verdict = if *is { Verdict::Is } else { Verdict::IsNot };
                world.rule(&a.to_string(), &b.to_string(), verdict);
            }
        }
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_past_state_is_the_one_of_the_log_cut_there(steps in prop::collection::vec(step(), 1..24)) {
        let whole = fold(&steps);
        for cut in 1..=steps.len() {
            let part = fold(&steps[..cut]);
            let at = Position::new(u64::try_from(cut).unwrap()).unwrap();
            for name in 0..9_u8 {
                let story = id(&name.to_string());
                let then = part.kinship.bond(&story, at);
                prop_assert_eq!(whole.kinship.bond(&story, at), then, "{} at {}", name, at);
                if let Some(bond) = then {
                    let same = part.kinship.same_story(bond.story, at);
                    prop_assert!(same.contains(&story));
                    prop_assert_eq!(&whole.kinship.same_story(bond.story, at), &same);
                    let event = whole.kinship.same_event(bond.event, at);
                    prop_assert!(same.iter().all(|it| event.contains(it)));
                }
            }
        }
    }

    #[test]
    fn what_an_editor_parted_last_is_never_one(steps in prop::collection::vec(step(), 1..24)) {
        let world = fold(&steps);
        let mut last = std::collections::BTreeMap::new();
        for step in &steps {
            if let Step::Rule(a, b, is) = step {
                last.insert((*a.min(b), *a.max(b)), *is);
            }
        }
        for ((a, b), is) in last {
            if !is && a != b {
                prop_assert!(!world.same(&a.to_string(), &b.to_string()), "{} and {}", a, b);
            }
        }
    }
}
