//! Where stories happened, and where they did not.

use dateline_event::story::Story;

use super::{Territories, find};
use crate::quoted::Quoted;
use crate::sample::{filed, people, registry, story, titled};
use crate::text::StoryText;
use crate::word_table;

fn place(story: &Story) -> Option<String> {
    let (text, registry) = (StoryText::of(story, word_table::of_lists()), registry());
    let (people, territories) = (people(&text, &registry), Territories::of(&registry));
    find(&text, story, &people, (&registry, &territories), &Quoted::of(&text)).map(|it| it.name)
}

#[test]
fn a_venue_in_the_lead_is_the_place() {
    for (body, expected) in [
        ("On 5 June, in Boshkul, the envoys met.", "Boshkul"),
        ("The envoys met in St. Marinburg.", "St. Marinburg"),
        ("The envoys met in the city of Port Meridian on 5 June.", "Port Meridian"),
        ("On 9 June, in Qinlao (Lanjing), they came together.", "Qinlao"),
        ("On 5 June, the allied Republic of Polavia hosted talks.", "Polavia"),
        ("On 5 June, Boshkul (the Kerim Republic) was the venue of a session.", "Boshkul"),
        ("The Joint Staff in Varegrad was the venue of a meeting.", "Varegrad"),
        ("Students who have come to Varegrad were shown round.", "Varegrad"),
        ("The envoy fears the armed conflict in Upper-Ketland.", "Upper-Ketland"),
        ("The envoys met in Polavia's Narovets.", "Narovets"),
        ("They met in the Studenomorsk Region on 5 June.", "Studenomorsk Region"),
        ("On a visit to the Republic of Polavia, Ket spoke to envoys in Narovets.", "Narovets"),
        ("They met in Irvashen's Great Hall.", "Irvashen"),
        ("They met at the State Academy (Irvashen) on 5 June.", "Irvashen"),
        ("On 5 June, the ARPO envoy I.N. Ket met friends in Boshkul.", "Boshkul"),
    ] {
        assert_eq!(place(&story(body)).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn bodies_people_months_and_subjects_are_no_places() {
    for body in [
        "The session took place at the ARPO Secretariat.",
        "The event took place in the State Assembly of Polavia.",
        "The envoy has faith in Miroslav Ket.",
        "Exports will grow in June.",
        "They weighed the situation in Ghorastan.",
        "The soldiers took part in Steel-2025.",
        "He spoke in Russian.",
        "The envoys met in the Varegrad hall.",
        "It was agreed in ARPO.",
        "“We met in Boshkul,” the envoy said.",
        "We live in Boshkul.",
        "The envoy was born on 5 June 1950 in Boshkul.",
        "They met at the Academy (ARPO).",
        "All was well.\nThe headquarters sat in Narovets.",
    ] {
        assert_eq!(place(&story(body)), None, "{body}");
    }
}

#[test]
fn the_venue_beats_the_dateline_and_the_dateline_beats_nothing() {
    let with = |body: &str| filed(story(body), "Varegrad", None, "– ");
    let venue = with("VAREGRAD – The envoys met in Boshkul.");
    assert_eq!(place(&venue).as_deref(), Some("Boshkul"));
    let leaving = with("VAREGRAD – The envoy left for Boshkul on Monday.");
    assert_eq!(place(&leaving).as_deref(), Some("Boshkul"));
    let standing = with("VAREGRAD – The Pact will keep its base in Polavia, the envoy said.");
    assert_eq!(place(&standing).as_deref(), Some("Varegrad"));
    let silent = with("VAREGRAD – The envoys met.");
    assert_eq!(place(&silent).as_deref(), Some("Varegrad"));
}

#[test]
fn a_stamp_a_bracket_the_headline_or_the_body_can_name_the_place() {
    let mut stamp = story("The envoys met in Boshkul.");
    stamp.stamp_place = Some("Novo-Zimorodovo, Varegrad Region".to_owned());
    assert_eq!(place(&stamp).as_deref(), Some("Novo-Zimorodovo"));
    let speech = story("Text of the speech (7.02 2025 Irvashen):\nThank you.");
    assert_eq!(place(&speech).as_deref(), Some("Irvashen"));
    stamp.stamp_place = Some("The Great Citadel, Varegrad".to_owned());
    assert_eq!(place(&stamp).as_deref(), Some("Varegrad"));
    let capitals = titled("Envoys Sign Papers in Polavian Summit Drama", "“It is signed.”");
    assert_eq!(place(&capitals), None);
    let further = story("They came again.\nThe talks were held in Boshkul on 18 October.");
    assert_eq!(place(&further).as_deref(), Some("Boshkul"));
    let spoken = story("I thank you.\nWe met in Boshkul when the envoys gathered.");
    assert_eq!(place(&spoken), None);
    let headline = titled("A farm near Narovets", "“There is none like it,” he said.");
    assert_eq!(place(&headline).as_deref(), Some("Narovets"));
}
