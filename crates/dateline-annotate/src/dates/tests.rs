//! When stories happened, as a reader of a timeline sees it.

use dateline_event::date::Basis;
use dateline_event::story::Story;

use super::resolve;
use crate::annotation::Resolved;
use crate::quoted::Quoted;
use crate::sample::{filed, people, registry, stamped, story, titled};
use crate::text::StoryText;
use crate::word_table;

fn dates(story: &Story) -> (Resolved, Resolved) {
    let (text, registry) = (StoryText::of(story, word_table::of_lists()), registry());
    resolve(&text, story, &people(&text, &registry), &registry, &Quoted::of(&text))
}

fn happened(story: &Story) -> String {
    dates(story).1.edtf.map_or_else(|| "none".to_owned(), |it| it.to_string())
}

#[test]
fn the_day_in_the_first_sentence_is_that_of_the_event() {
    for (body, expected) in [
        ("On 25 July 2024, envoys met in Irvashen.", "2024-07-25"),
        ("The session took place at the Secretariat on 11-12 July 2024.", "2024-07-11/2024-07-12"),
        ("The talk, which was held on 19 July 2024 at the Chamber, was long.", "2024-07-19"),
        ("Envoys met again. The meeting was held on 5 June 2024 in Boshkul.", "2024-06-05"),
        ("Envoys met.\nIt was good.\nThe meeting took place on 5 June 2024.", "2024-06-05"),
        ("They will meet on 5 June 2024 in Boshkul.", "2024-06-05"),
        (
            "Nobody is real.\nFrom 16 to 24 September 2024 the range hosted a drill.",
            "2024-09-16/2024-09-24",
        ),
    ] {
        assert_eq!(happened(&story(body)), expected, "{body}");
    }
}

#[test]
fn what_opens_in_the_present_lies_ahead() {
    let story = stamped("2023-01-31", "The Board of Ministers convenes in Tashvar on 24 May.");
    assert_eq!(happened(&story), "2023-05-24");
}

#[test]
fn days_of_the_background_date_no_event() {
    for body in [
        "The course rests on the decision of 23 November 2022.",
        "The Pact has grown since 15 May 1992.",
        "“We began on 5 June 2024 and we shall go on,” said the envoy.",
        "The envoy sent greetings for the Republic Day on 2 June 2024.",
        "Forms are taken until 1 July 2024.",
        "— We met on 5 June 2024, and it went well.",
        "I remember that we met on 5 June 2024.",
        "The summit is planned for December.",
        "Work went on.\nThe Pact was signed on 15 May 1992.\nIt was well.",
    ] {
        assert_eq!(happened(&story(body)), "none", "{body}");
    }
}

#[test]
fn a_weekday_behind_a_verb_of_speech_is_past_whatever_was_said_of_the_future() {
    let day = |text: &str| happened(&stamped("2024-11-12", text));
    assert_eq!(
        day("The alliance will not send soldiers, its head said on Monday."),
        day("Its head spoke on Monday.")
    );
    assert_ne!(
        day("Its head said the envoys will meet on Monday."),
        day("Its head spoke on Monday.")
    );
}

#[test]
fn a_day_without_a_year_takes_it_from_the_stamp() {
    for (stamp, body, expected) in [
        ("2023-02-20", "On February 20 this year, the envoys met.", "2023-02-20"),
        ("2025-06-05", "On 3-5 June, Polavia hosted talks.", "2025-06-03/2025-06-05"),
        ("2025-01-04", "On 28 December, the envoys met.", "2024-12-28"),
        ("2024-12-20", "The envoys will meet on 15 January.", "2025-01-15"),
        ("2024-10-28", "On 5 December, the envoys will meet.", "2024-12-05"),
        ("2024-10-28", "The envoys met today in Boshkul.", "2024-10-28"),
        ("2024-10-28", "The envoys met on Friday in Boshkul.", "2024-10-25"),
        ("2024-10-28", "The envoys meet on the plan of 3 March last year.", "none"),
        ("2024-10-28", "Today's rules go back to talks held on 3 May 2019.", "none"),
    ] {
        let story = stamped(stamp, body);
        assert_eq!(happened(&story), expected, "{body}");
        assert_eq!(dates(&story).0.edtf.unwrap().to_string(), stamp);
    }
}

#[test]
fn a_stamp_alone_dates_no_event_but_a_line_with_date_and_place_does() {
    let mut story = stamped("2020-03-11", "The president met the envoys. They talked for an hour.");
    assert_eq!(happened(&story), "none");
    story.stamp_place = Some("Irvashen".to_owned());
    assert_eq!(happened(&story), "2020-03-11");
}

#[test]
fn a_headline_or_a_bracket_can_carry_the_day() {
    assert_eq!(
        happened(&titled("Speech to the Panel, June 9, 2021", "Mr. Chairman!")),
        "2021-06-09"
    );
    let body =
        "Dear friends of the Pact, welcome.\nText of the speech (7.02 2025 Irvashen):\nThank you.";
    assert_eq!(happened(&story(body)), "2025-02-07");
}

#[test]
fn weekday_and_acting_tenure_leave_one_year() {
    let body = "VENLO, July17 – VESK. The Pact is at ease, Acting ARPO Secretary General Arkady \
                Zveromyslov said on Wednesday, July 17, at a meeting.";
    let (published, happened) = dates(&filed(story(body), "Venlo", Some("XXXX-07-17"), "– "));
    assert_eq!(happened.edtf.unwrap().to_string(), "2019-07-17");
    assert_eq!(happened.basis, Some(Basis::Inferred));
    assert_eq!(
        happened.how.as_deref(),
        Some(
            "17 July is a Wednesday in 2019; the acting tenure of Arkady Zveromyslov as ARPO \
             Secretary General leaves 2019"
        )
    );
    assert_eq!(happened.evidence[1].text, "Wednesday, July 17");
    assert_eq!(published.edtf.unwrap().to_string(), "2019-07-17");
}

#[test]
fn the_year_stays_open_while_several_remain() {
    let body =
        "The ARPO Secretary General Miroslav Ket regrets the fighting of September 27, this year.";
    let body = body.replace("of September", "on September");
    let (_, happened) = dates(&story(&body));
    assert_eq!(happened.edtf.unwrap().to_string(), "XXXX-09-27");
    assert_eq!(happened.years, [2020, 2021, 2022]);
    assert_eq!(happened.basis, Some(Basis::Body));
}

#[test]
fn a_day_told_as_past_or_to_come_narrows_the_years_of_a_tenure() {
    let body = "ARPO Secretary General Miroslav Ket met envoys on September 27. They had met on \
                5 March 2021. They will meet on 12 December 2021.";
    let (_, happened) = dates(&story(body));
    assert_eq!(happened.edtf.unwrap().to_string(), "2021-09-27");
    assert_eq!(happened.basis, Some(Basis::Inferred));
}

#[test]
fn without_a_closed_tenure_no_year_is_named() {
    for body in [
        "Envoys met on Wednesday, July 17.",
        "ARPO Secretary General Ilmangir Toskarbaliev met envoys on Wednesday, July 17.",
        "Former ARPO Secretary General Miroslav Ket met envoys on July 17.",
        "ARPO Secretary General Arkady Zveromyslov met envoys on July 17.",
    ] {
        let (_, happened) = dates(&story(body));
        assert_eq!(happened.edtf.unwrap().to_string(), "XXXX-07-17", "{body}");
        assert!(happened.years.is_empty() && happened.how.is_some(), "{body}: {happened:?}");
    }
}

#[test]
fn a_weekday_that_no_year_of_the_tenure_has_leaves_none() {
    let body = "Acting ARPO Secretary General Arkady Zveromyslov met envoys on Monday, July 17.";
    let (_, happened) = dates(&story(body));
    assert_eq!(happened.edtf.unwrap().to_string(), "XXXX-07-17");
    assert!(happened.how.unwrap().ends_with("leaves no year"));
}

#[test]
fn the_same_day_printed_whole_gives_the_year() {
    let body = "Envoys met on July 17.\nThe list of July 17, 2019 names them.";
    let (_, happened) = dates(&story(body));
    assert_eq!(happened.edtf.unwrap().to_string(), "2019-07-17");
    assert_eq!(happened.evidence[1].text, "July 17, 2019");
}

#[test]
fn the_dateline_dates_what_the_text_does_not() {
    let body = "NAROVETS, 4 February (VESK) – Envoys are at ease.";
    let plain = filed(story(body), "Narovets", Some("XXXX-02-04"), "– ");
    let (published, happened) = dates(&plain);
    assert_eq!(happened.edtf.unwrap().to_string(), "XXXX-02-04");
    assert_eq!(published.edtf, None);
    let stamp = stamped("2020-02-04", body);
    let (_, happened) = dates(&filed(stamp, "Narovets", Some("XXXX-02-04"), "– "));
    assert_eq!(happened.edtf.unwrap().to_string(), "2020-02-04");
}

#[test]
fn evidence_counts_code_points_of_the_page() {
    let (_, happened) = dates(&story("Ō — envoys met on 5 June 2024."));
    let span = happened.evidence[0].span.unwrap();
    assert_eq!((span.start, span.end), (1018, 1029));
}
