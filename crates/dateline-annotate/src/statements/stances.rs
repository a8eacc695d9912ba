//! What a reader of a timeline would notice of cues that deny, doubt, propose or turn down.

use std::sync::LazyLock;

use crate::annotator::Annotator;
use crate::sample::{registry, story};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&registry()));

/// One line a statement: speaker, cue, what was said.
fn said(body: &str) -> Vec<String> {
    let annotation = ANNOTATOR.annotate(&story(body));
    let line = |it: &crate::Statement| {
        let speaker = it.speaker.map_or("nobody", |at| annotation.appearances[at].name.as_str());
        format!("{speaker} | {} | {}", it.verb.as_deref().unwrap_or("-"), it.text)
    };
    annotation.statements.iter().map(line).collect()
}

#[test]
fn what_nobody_rules_out_and_what_somebody_doubts_is_said() {
    assert_eq!(
        said("Miroslav Ket did not rule out that the talks would move to Tashvar."),
        ["Miroslav Ket | rule out | the talks would move to Tashvar"]
    );
    assert_eq!(
        said("Miroslav Ket doubted that a new body was needed."),
        ["Miroslav Ket | doubted | a new body was needed"]
    );
    assert!(said("Miroslav Ket did not say that the talks would move.").is_empty());
}

#[test]
fn what_somebody_proposes_doing_is_said_and_what_somebody_proposes_to_a_body_is_not() {
    assert_eq!(
        said("Miroslav Ket proposed opening a bureau in Tashvar."),
        ["Miroslav Ket | proposed | opening a bureau in Tashvar"]
    );
    assert!(said("Miroslav Ket explained his choice, sparing no detail.").len() <= 1);
}

#[test]
fn a_clause_that_only_hangs_on_another_is_no_content_of_the_next_cue() {
    assert_eq!(
        said("The bridge will be mended, Miroslav Ket said as he left, the office informs."),
        ["Miroslav Ket | said | The bridge will be mended"]
    );
}

#[test]
fn what_others_say_can_be_turned_down() {
    assert_eq!(
        said("Miroslav Ket dismissed reports that the Pact was short of money."),
        ["Miroslav Ket | dismissed | reports that the Pact was short of money"]
    );
    assert!(said("Miroslav Ket dismissed two members of his staff.").is_empty());
}

#[test]
fn a_sentence_of_nothing_but_a_body_and_its_verb_reports_the_one_before() {
    assert_eq!(
        said("Work on the bridge was stopped for a day. The Ministry of Transport reported."),
        ["nobody | reported | Work on the bridge was stopped for a day"]
    );
}

#[test]
fn both_can_speak_and_a_ministry_of_justice_is_no_justice() {
    assert_eq!(
        said("The envoys met. Both expressed the conviction that time was short."),
        ["nobody | expressed the conviction | time was short"]
    );
    assert_eq!(
        said("Miroslav Ket left. The Ministry of Justice stated that the law was kept."),
        ["nobody | stated | the law was kept"]
    );
}
