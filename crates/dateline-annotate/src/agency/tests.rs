//! Which agencies stories are credited to.

use super::*;
use crate::sample::{filed, registry, story, titled};
use crate::word_table::WordTable;

fn agency(story: &Story) -> Option<String> {
    let mut words = WordTable::of_lists();
    let agencies = Agencies::of(&registry(), &mut words);
    find(&StoryText::of(story, &words), story, &agencies).map(|it| it.name)
}

#[test]
fn who_was_told_or_reported_is_credited_under_the_registered_name() {
    for (body, expected) in [
        ("Ket told a POLTA news agency reporter how matters stood.", "PolTA"),
        ("The envoys met, POLTA has learned.", "PolTA"),
        ("The envoys met, POLTA news agency reported.", "PolTA"),
        ("The head of the Pact talked to VESK about the road ahead.", "VESK"),
        ("“It is well,” he said in an interview with Reuters.", "Reuters"),
        ("IRVASHEN. /VESK/. The envoys met.", "VESK"),
        ("The envoys met, Steppe Press news agency reports.", "Steppe Press"),
        ("Interview of the ARPO Secretary General Miroslav Ket to the VESK news agency.", "VESK"),
        ("Interview of Miroslav Ket to the newspaper “Free Word”", "Free Word"),
        ("IRVASHEN (VESK) - The envoys met.", "VESK"),
        ("The envoys met. Source: PolTA", "PolTA"),
        ("PolTA correspondent Vera Maslenka spoke with the envoy.", "PolTA"),
        ("The envoys met.\nAll went well.\nThey left.\nPolTA", "PolTA"),
    ] {
        assert_eq!(agency(&story(body)).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn a_venue_or_a_subject_is_credited_with_nothing() {
    for body in [
        "The envoys met the press at the VESK press centre.",
        "VESK director Fulvio Trentelli was received.",
        "The envoys met.\nThey talked.\nThey left.\nHe had told VESK so before.",
        "He has read the newspaper “Free Word” for years.",
        "A new trend reports itself in the market.",
    ] {
        assert_eq!(agency(&story(body)), None, "{body}");
    }
}

#[test]
fn the_dateline_and_the_headline_credit_first() {
    let headline = titled("VESK News Agency: the Pact is at ease", "All is well, he told PolTA.");
    assert_eq!(agency(&headline), Some("VESK".to_owned()));
    let mut both = filed(story("VENLO – All is well, he told PolTA."), "Venlo", None, "– ");
    if let Some(dateline) = &mut both.dateline {
        dateline.agency = Some("Ketnews News Agency".to_owned());
    }
    assert_eq!(agency(&both).as_deref(), Some("Ketnews"));
}
