//! Which words put a story on a topic, and which do not.

use dateline_event::registry::{Label, Near, Topic, TopicRule};
use dateline_event::story::Story;
use dateline_event::{Event, TopicId};
use proptest::prelude::*;

use super::Topics;
use crate::registry::Registry;
use crate::sample::{story, titled};
use crate::text::StoryText;
use crate::word_table;

fn topic(id: &str, rules: Vec<TopicRule>) -> Topic {
    let label = Label { language: "en".to_owned(), text: format!("the {id} label") };
    Topic {
        id: TopicId::new(id).unwrap(),
        labels: vec![label],
        alt_labels: Vec::new(),
        definition: None,
        broader: Vec::new(),
        rules,
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}

fn any(terms: &[&str], weight: u8) -> TopicRule {
    TopicRule { any: words(terms), weight, ..TopicRule::default() }
}

/// One line a topic: its id and the words that caused it.
fn assigned(topics: Vec<Topic>, story: &Story) -> Vec<String> {
    let mut registry = Registry::default();
    for topic in topics {
        registry.apply(&Event::TopicRecorded(topic));
    }
    let found = {
        let mut words = word_table::of_lists().clone();
        let topics = Topics::new(&registry, &mut words);
        topics.assign(&StoryText::of(story, &words))
    };
    let line = |it: &crate::TopicMatch| {
        let words: Vec<&str> = it.evidence.iter().map(|it| it.text.as_str()).collect();
        format!("{}: {}", it.topic, words.join(" | "))
    };
    found.iter().map(line).collect()
}

#[test]
fn a_term_matches_whole_words_in_any_case_and_a_star_any_ending() {
    let drills = || vec![topic("drills", vec![any(&["drill*", "war game"], 8)])];
    assert_eq!(
        assigned(drills(), &story("DRILLS and War\u{a0}Games began. The war game is long.")),
        ["drills: DRILLS | war game"]
    );
    assert!(assigned(drills(), &story("A mandrill was seen.")).is_empty());
}

#[test]
fn a_long_text_that_names_a_topic_once_behind_its_lead_is_not_on_it() {
    let oil = || vec![topic("oil", vec![any(&["oil"], 9)])];
    let about = |rest: &str, once: &str| {
        let filler = "They spoke of the road and of the bridge. ".repeat(20);
        story(&format!("The envoys met{rest}.\n{filler}\n{once}"))
    };
    assert!(assigned(oil(), &about("", "Oil was named.")).is_empty());
    assert_eq!(assigned(oil(), &about(" on oil", "")).len(), 1);
    assert_eq!(assigned(oil(), &about("", "Oil was named, and oil it was.")).len(), 1);
    assert_eq!(assigned(oil(), &story("The envoys met.\nOil was named.")).len(), 1);
}

#[test]
fn the_headline_decides_what_comes_first() {
    let both = vec![topic("oil", vec![any(&["oil"], 5)]), topic("war", vec![any(&["war"], 5)])];
    assert_eq!(
        assigned(both, &titled("War ends", "Oil is cheap after the talks.")),
        ["war: War", "oil: Oil"]
    );
}

#[test]
fn a_passing_mention_in_a_long_story_makes_no_topic() {
    let oil = || vec![topic("oil", vec![any(&["oil"], 6)])];
    let long = format!("They met.\n{}\nOil was named.", "They talked at length. ".repeat(100));
    assert!(assigned(oil(), &story(&long)).is_empty());
    assert_eq!(assigned(oil(), &story("Oil was named.")), ["oil: Oil"]);
}

#[test]
fn a_rule_holds_only_with_all_its_conditions() {
    let rule = TopicRule {
        any: words(&["talks"]),
        all: words(&["Polavia", "Varegia"]),
        none: words(&["football"]),
        weight: 9,
        ..TopicRule::default()
    };
    let talks = || vec![topic("talks", vec![rule.clone()])];
    assert_eq!(assigned(talks(), &story("Talks of Polavia with Varegia.")), ["talks: Talks"]);
    assert!(assigned(talks(), &story("Talks of Polavia.")).is_empty());
    assert!(assigned(talks(), &story("Polavia and Varegia.")).is_empty());
    assert!(assigned(talks(), &story("Football talks of Polavia with Varegia.")).is_empty());
}

#[test]
fn a_term_is_found_inside_of_a_compound_and_a_star_may_stand_in_its_first_word() {
    let topics = || {
        let rules = vec![any(&["peacekeep*", "border post", "post* aid"], 8)];
        vec![topic("peace", rules)]
    };
    for (body, wanted) in [
        ("The pro-peacekeeping camp won; the non-border post stays.", "peacekeeping | border post"),
        (
            "A peacekeeper met a Peacekeeping force at the border  post.",
            "peacekeeper | Peacekeeping | border  post",
        ),
        ("They spoke of postwar aid.", "postwar aid"),
    ] {
        assert_eq!(assigned(topics(), &story(body)), [format!("peace: {wanted}")], "{body}");
    }
    assert!(assigned(topics(), &story("A cross-borderpost and border posts.")).is_empty());
}

#[test]
fn what_a_rule_must_not_have_undoes_it_wherever_that_stands() {
    let rule = || TopicRule {
        any: words(&["exercise*", "drill*"]),
        all: words(&["forces"]),
        none: words(&["morning exercise*"]),
        near: Some(Near { terms: words(&["joint", "forces"]), within: 4 }),
        weight: 8,
    };
    let on = |body: &str| !assigned(vec![topic("drills", vec![rule()])], &story(body)).is_empty();
    assert!(on("The joint armed forces held drills."));
    assert!(!on("The joint armed forces held talks."), "none of the terms of which one must occur");
    assert!(!on("The forces of both, which are hardly ever joint, held drills."), "too far apart");
    assert!(!on("The joint armed forces held drills after morning exercises."));
}

#[test]
fn near_terms_must_stand_in_one_stretch_of_words() {
    let near = Near { terms: words(&["Polavia", "Varegia"]), within: 4 };
    let rule = TopicRule { near: Some(near), weight: 9, ..TopicRule::default() };
    let pair = || vec![topic("pair", vec![rule.clone()])];
    assert_eq!(
        assigned(pair(), &story("Varegia met with Polavia.")),
        ["pair: Varegia met with Polavia"]
    );
    assert!(assigned(pair(), &story("Varegia met with envoys of Polavia.")).is_empty());
}

#[test]
fn neither_a_term_nor_a_stretch_reaches_from_the_headline_into_the_body() {
    let near = Near { terms: words(&["Polavia", "Varegia"]), within: 9 };
    let stretch = TopicRule { near: Some(near), weight: 9, ..TopicRule::default() };
    let term = any(&["oil wells"], 9);
    let both = || vec![topic("pair", vec![stretch.clone()]), topic("oil", vec![term.clone()])];
    assert!(assigned(both(), &titled("Varegia on oil", "Wells of Polavia run dry.")).is_empty());
    assert_eq!(assigned(both(), &titled("Envoys", "Oil wells run dry.")), ["oil: Oil wells"]);
}

#[test]
fn a_topic_without_rules_goes_by_its_labels() {
    assert_eq!(
        assigned(vec![topic("plain", Vec::new())], &story("On the Plain Label.")),
        ["plain: the Plain Label"]
    );
}

#[test]
fn a_story_is_on_five_topics_at_most_and_on_none_that_another_dwarfs() {
    let six: Vec<Topic> =
        ["a", "b", "c", "d", "e", "f"].map(|it| topic(it, vec![any(&["oil"], 9)])).into();
    assert_eq!(assigned(six, &story("Oil.")).len(), 5);
    let two = vec![
        topic("oil", vec![any(&["oil"], 9), any(&["wells"], 9), any(&["rigs"], 9)]),
        topic("hint", vec![any(&["talk"], 3)]),
    ];
    assert_eq!(assigned(two, &titled("Oil, wells, rigs", "A talk.")), ["oil: Oil | wells | rigs"]);
}

proptest! {
    #[test]
    fn no_text_panics_and_evidence_is_what_stands_on_the_page(
        body in "[a-zA-ZİßЖ’' \u{a0}\n.*-]{0,80}",
        term in "[a-zİßж* ]{1,6}",
    ) {
        let rule = TopicRule { any: vec![term, "*".to_owned(), String::new()], ..any(&[], 9) };
        // A line feed inside of a paragraph is read as the blank that it stands for.
        let printed = body.replace('\n', " ");
        for line in assigned(vec![topic("t", vec![rule])], &story(&body)) {
            for words in line.trim_start_matches("t: ").split(" | ") {
                let shown = words.replace('\n', " ");
                prop_assert!(printed.contains(&shown), "{words:?} is not in {body:?}");
            }
        }
    }
}
