//! What a reader of a timeline would notice: who said what, in which words, by which cue.

use std::sync::LazyLock;

use dateline_event::Span;
use dateline_event::story::{Story, StoryRole};
use proptest::prelude::*;

use crate::annotator::Annotator;
use crate::sample::{filed, registry, stamped, story, titled};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&registry()));

/// One line a statement: kind, speaker, cue, what was said.
pub(super) fn said_in(story: &Story) -> Vec<String> {
    let annotation = ANNOTATOR.annotate(story);
    let line = |it: &crate::Statement| {
        let speaker = it.speaker.map_or("nobody", |at| annotation.appearances[at].name.as_str());
        let verb = it.verb.as_deref().unwrap_or("-");
        format!("{} | {speaker} | {verb} | {}", it.kind.as_str(), it.text)
    };
    annotation.statements.iter().map(line).collect()
}

pub(super) fn said(body: &str) -> Vec<String> {
    said_in(&story(body))
}

const KET: &str = "ARPO Secretary General Miroslav Ket";

#[test]
fn a_quotation_belongs_to_the_name_beside_its_cue_whatever_marks_it_has() {
    for quotation in [
        "“We agree,”",
        "\"We agree,\"",
        "‘We agree,’",
        "«We agree», –",
        "„We agree,“",
        "\"We agree,”",
    ] {
        let found = said(&format!("{quotation} {KET} said."));
        assert_eq!(found.len(), 1, "{quotation}");
        assert!(found[0].starts_with("direct | Miroslav Ket | said | We agree"), "{found:?}");
    }
    assert_eq!(
        said("“We agree,” said Miroslav Ket."),
        ["direct | Miroslav Ket | said | We agree,"]
    );
    assert_eq!(said("Miroslav Ket: “We agree.”"), ["direct | Miroslav Ket | - | We agree."]);
}

#[test]
fn a_quotation_split_by_its_cue_is_one_statement_and_a_second_cue_starts_a_second() {
    assert_eq!(
        said("“The Pact,” Miroslav Ket said, “is ready. It waits.” “It has time,” he added."),
        [
            "direct | Miroslav Ket | said | The Pact, is ready. It waits.",
            "direct | Miroslav Ket | added | It has time,",
        ]
    );
    assert_eq!(
        said("“The Pact is ready,” Miroslav Ket said. “It waits.”"),
        ["direct | Miroslav Ket | said | The Pact is ready, It waits."]
    );
}

#[test]
fn a_quotation_over_several_paragraphs_is_one_statement() {
    assert_eq!(
        said("Miroslav Ket said: “The Pact is ready.\n“It has time.”"),
        ["direct | Miroslav Ket | said | The Pact is ready. It has time."]
    );
    assert_eq!(
        said("“The Pact is ready.\n“It has time,” Miroslav Ket said."),
        ["direct | Miroslav Ket | said | The Pact is ready. It has time,"]
    );
    assert_eq!(
        said("Miroslav Ket continued:\n“The Pact is ready.”"),
        ["direct | Miroslav Ket | continued | The Pact is ready."]
    );
}

#[test]
fn a_page_that_is_cut_leaves_what_it_still_shows() {
    assert_eq!(
        said("Miroslav Ket said: “The Pact is rea"),
        ["direct | Miroslav Ket | said | The Pact is rea"]
    );
    assert_eq!(
        said("“The Pact is ready. I know it,” Miroslav Ket sta"),
        ["direct | Miroslav Ket | - | The Pact is ready. I know it,"]
    );
}

#[test]
fn a_quotation_shorter_than_a_clause_is_part_of_what_is_reported() {
    assert_eq!(
        said("Miroslav Ket said the plan \"will help the region.\""),
        ["indirect | Miroslav Ket | said | the plan \"will help the region.\""]
    );
    assert_eq!(
        said("Miroslav Ket called the plan “a farce”."),
        ["indirect | Miroslav Ket | called | the plan “a farce”"]
    );
    assert!(said("The drills “Firm Hand-2023” of the Pact are over.").is_empty());
}

#[test]
fn reported_speech_starts_behind_that_and_ends_before_the_next_cue() {
    assert_eq!(
        said(
            "Miroslav Ket noted as he opened the talks that they were late, adding that it rained."
        ),
        [
            "indirect | Miroslav Ket | noted | they were late",
            "indirect | Miroslav Ket | adding | it rained",
        ]
    );
    assert_eq!(
        said("Miroslav Ket told a VESK reporter whether the Pact would grow, and when."),
        ["indirect | Miroslav Ket | told | whether the Pact would grow, and when"]
    );
    assert_eq!(
        said("Miroslav Ket wished him well and voiced confidence that the plan would hold."),
        ["indirect | Miroslav Ket | voiced confidence | the plan would hold"]
    );
    assert_eq!(
        said("Miroslav Ket raises major concerns over the drills."),
        ["indirect | Miroslav Ket | raises | major concerns over the drills"]
    );
    assert_eq!(
        said("Miroslav Ket put the amount at the May level."),
        ["indirect | Miroslav Ket | put | the amount at the May level"]
    );
}

#[test]
fn a_clause_before_its_cue_starts_behind_the_dateline() {
    let body = "NAROVETS, 4 May – The Pact is ready, Miroslav Ket said at a meeting.";
    assert_eq!(
        said_in(&filed(story(body), "Narovets", None, "–")),
        ["indirect | Miroslav Ket | said | The Pact is ready"]
    );
    assert_eq!(
        said("The Pact, Miroslav Ket said, will grow."),
        ["indirect | Miroslav Ket | said | The Pact will grow"]
    );
    assert_eq!(
        said("The talks, as Miroslav Ket noted, were late. In his words, nobody minded."),
        [
            "indirect | Miroslav Ket | noted | The talks were late",
            "indirect | Miroslav Ket | In his words | nobody minded",
        ]
    );
}

#[test]
fn what_somebody_is_said_to_say_according_to_a_name_is_a_statement_and_to_a_figure_none() {
    assert_eq!(
        said("According to Miroslav Ket, the drills begin in May."),
        ["indirect | Miroslav Ket | According to | the drills begin in May"]
    );
    assert!(said("According to preliminary figures, 58 cases were opened.").is_empty());
    assert!(said("The drills begin in May, according to the plan of the staff.").is_empty());
}

#[test]
fn pronouns_and_office_nouns_mean_whoever_was_named() {
    assert_eq!(
        said_in(&stamped(
            "2020-03-10",
            &format!(
                "{KET} said that it rained. The Secretary General told Orlin that it was \
                 cold. He added that it snowed."
            )
        )),
        [
            "indirect | Miroslav Ket | said | it rained",
            "indirect | Miroslav Ket | told | it was cold",
            "indirect | Miroslav Ket | added | it snowed",
        ]
    );
    assert_eq!(
        said("Miroslav Ket met Arkady Zveromyslov, who said that it rained."),
        ["indirect | Arkady Zveromyslov | said | it rained"]
    );
}

#[test]
fn bodies_and_unnamed_people_speak_without_being_officials() {
    assert_eq!(
        said("The parties stated that “two yardsticks” were wrong. It rained, the staff said."),
        [
            "indirect | nobody | stated | “two yardsticks” were wrong",
            "indirect | nobody | said | It rained",
        ]
    );
    assert_eq!(
        said("A spokesman for Miroslav Ket said that it rained. “It is wet,” he added."),
        ["indirect | nobody | said | it rained", "direct | nobody | added | It is wet,"]
    );
}

#[test]
fn an_office_before_the_name_and_a_noun_for_what_was_said_lead_to_the_speaker() {
    assert_eq!(
        said("The head of the Pact, Miroslav Ket, went on to say that it rained."),
        ["indirect | Miroslav Ket | say | it rained"]
    );
    assert_eq!(
        said("Miroslav Ket's claim that it rained"),
        ["indirect | Miroslav Ket | claim | it rained"]
    );
    assert_eq!(
        said("“I do not rule it out”, – so Miroslav Ket answered the question."),
        ["direct | Miroslav Ket | - | I do not rule it out"]
    );
    assert_eq!(
        said("“It rains. It is late.” ― Miroslav Ket"),
        ["direct | Miroslav Ket | - | It rains. It is late."]
    );
}

#[test]
fn a_second_cue_beside_a_quotation_takes_it() {
    assert_eq!(
        said("“It rains,” Miroslav Ket said, but later, “I like it,” said Arkady Zveromyslov."),
        [
            "direct | Miroslav Ket | said | It rains,",
            "direct | Arkady Zveromyslov | said | I like it,",
        ]
    );
    assert_eq!(
        said("Miroslav Ket said it was “a good day for us,” adding, “I think it will last.”"),
        [
            "indirect | Miroslav Ket | said | it was “a good day for us,”",
            "direct | Miroslav Ket | adding | I think it will last.",
        ]
    );
}

#[test]
fn the_questions_of_a_transcript_are_no_statements_of_an_agency() {
    assert_eq!(
        said("VESK: Will it rain?\nMiroslav Ket: It will.\nQuestion: When?\nMiroslav Ket: Soon."),
        ["direct | Miroslav Ket | - | It will.", "direct | Miroslav Ket | - | Soon."]
    );
}

#[test]
fn acts_decisions_and_what_an_agency_says_of_itself_are_no_statements() {
    for body in [
        "Miroslav Ket thanked the hosts and briefed them on the plan.",
        "Miroslav Ket drew attention to the drills and discussed them with Arkady Zveromyslov.",
        "Miroslav Ket did not say whether the drills would be held.",
        "Miroslav Ket is in Boshkul, PolTA has learned.",
        "The Pact adopted a plan, PolTA news agency reported.",
        "The decree says that the office is abolished.",
        "It was noted that the talks had been useful.",
    ] {
        assert_eq!(said(body), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn a_headline_makes_no_statement() {
    assert!(said_in(&titled("Ket: “The Pact is ready”", "The drills are over.")).is_empty());
}

#[test]
fn the_answers_of_an_interview_are_statements_and_its_questions_are_not() {
    let title = "Miroslav Ket, ARPO Secretary General, grants VESK an interview";
    let body = "Miroslav Ket talked to VESK.\n\n— What comes next?\n\n— A plan. It is good.\n\n\
                It has three parts.\n\n— And then?\n\n— We shall see.";
    assert_eq!(
        said_in(&titled(title, body)),
        [
            "direct | Miroslav Ket | - | A plan. It is good.\n\nIt has three parts.",
            "direct | Miroslav Ket | - | We shall see.",
        ]
    );
}

#[test]
fn a_paragraph_behind_a_dash_is_quoted_by_the_cue_in_it() {
    assert_eq!(
        said("- The deputies share a view, emphasized in the press service. - They vote in May."),
        ["direct | nobody | emphasized | The deputies share a view They vote in May."]
    );
    assert_eq!(
        said("- The border is quiet, - said Miroslav Ket. - Nobody minds."),
        ["direct | Miroslav Ket | said | The border is quiet Nobody minds."]
    );
    assert!(said("- a wider role for the Pact;\n- more drills.").is_empty());
}

#[test]
fn each_turn_of_a_transcript_is_a_statement() {
    let body = format!(
        "They met in Boshkul.\n{KET}: Good afternoon.\nIt is warm.\nArkady Zveromyslov: It is."
    );
    assert_eq!(
        said(&body),
        [
            "direct | Miroslav Ket | - | Good afternoon.\nIt is warm.",
            "direct | Arkady Zveromyslov | - | It is.",
        ]
    );
}

#[test]
fn the_text_of_a_speech_is_one_statement_of_its_speaker() {
    let title = format!("Speech by the {KET} at the forum");
    let body = "Dear colleagues!\n\nI am glad to see you. “Onward,” the poet said.\n\nThank you.";
    assert_eq!(said_in(&titled(&title, body)), [format!("direct | Miroslav Ket | - | {body}")]);
    let titled =
        titled("Miroslav Ket’s address to the forum", "They met.\n\nI am glad to be here.");
    assert_eq!(said_in(&titled), ["direct | Miroslav Ket | - | I am glad to be here."]);
    let teaser = Story { role: StoryRole::Teaser, ..story("Let me thank the hosts.\nIt is warm.") };
    assert_eq!(said_in(&teaser), ["direct | nobody | - | Let me thank the hosts.\nIt is warm."]);
    let initial = Story { role: StoryRole::Teaser, ..story("I. Ket met with the staff.") };
    assert!(said_in(&initial).is_empty());
}

#[test]
fn every_statement_shows_where_the_page_says_it() {
    let body = "Yes. “The Pact,” Miroslav Ket said, “waits for us.”";
    let annotation = ANNOTATOR.annotate(&story(body));
    let found = &annotation.statements[0];
    let page = |span: Span| -> String {
        let (start, end) = (usize::try_from(span.start - 1000), usize::try_from(span.end - 1000));
        body.chars().skip(start.unwrap()).take(end.unwrap() - start.unwrap()).collect()
    };
    let pieces: Vec<String> = found.spans.iter().map(|it| page(*it)).collect();
    assert_eq!(pieces, ["The Pact,", "waits for us."]);
    assert_eq!(found.speaker_span.map(page).as_deref(), Some("Miroslav Ket"));
    assert_eq!(found.cue_span.map(page).as_deref(), Some("said"));
}

proptest! {
    #[test]
    fn no_text_panics_and_every_span_lies_in_the_story(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        noise in "\\PC{0,12}",
    ) {
        let body = format!("{}{noise}{}", pieces.concat(), pieces.join(" "));
        let length = u32::try_from(body.chars().count()).unwrap();
        let whole = Span::new(1000, 1000 + length);
        for it in ANNOTATOR.annotate(&story(&body)).statements {
            let spans = it.spans.iter().chain(&it.speaker_span).chain(&it.cue_span);
            for span in spans {
                prop_assert!(whole.contains(*span), "{span:?} is outside of {whole:?}");
            }
            prop_assert!(!it.text.trim().is_empty());
        }
    }
}

const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "'",
    " said ",
    "that ",
    ", ",
    ". ",
    ": ",
    "? ",
    "\n",
    "— ",
    "- ",
    "Miroslav Ket ",
    "he ",
    "The President ",
    "told ",
    "according to ",
    "in his words, ",
    "é",
    "Ж",
    " ",
    "adding ",
    "as ",
    "put it",
    "the Pact is ready",
    "Question: ",
    "who ",
    "made it clear that ",
    "(",
    ")",
    "I ",
    "Dear ",
];
