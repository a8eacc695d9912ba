//! What holds for every story, and what a reader of a timeline sees of roles and offices.

use std::sync::LazyLock;

use dateline_event::registry::{Office, Official, Tenure, TenureKind};
use dateline_event::story::Story;
use dateline_event::{Event, OfficeId, OfficialId, Span};
use proptest::prelude::*;

use super::Annotator;
use crate::annotation::{Annotation, AppearanceRole};
use crate::registry::Registry;
use crate::sample::{stamped, story, titled};

fn registry() -> Registry {
    let mut registry = Registry::default();
    for (id, name, office, from, until) in [
        ("ket", "Miroslav Ket", "ARPO Secretary General", "2020-01-01", "2023-01-01"),
        ("tosk", "Ilmangir Toskarbaliev", "ARPO Secretary General", "2023-01-01", "2026-01-01"),
        ("dobr", "Aleksei Dobrunevich", "President of Polavia", "1996-08-20", "2030-01-01"),
    ] {
        add(&mut registry, id, name, office);
        registry.apply(&Event::TenureRecorded(Tenure {
            official: OfficialId::new(id).unwrap(),
            office: office_id(office),
            kind: TenureKind::Full,
            from: from.parse().ok(),
            until: until.parse().ok(),
        }));
    }
    registry
}

fn office_id(label: &str) -> OfficeId {
    OfficeId::new(&label.to_lowercase().replace(' ', "-")).unwrap()
}

fn add(registry: &mut Registry, id: &str, name: &str, office: &str) {
    registry.apply(&Event::OfficialRecorded(Official {
        id: OfficialId::new(id).unwrap(),
        name: name.into(),
        other_names: Vec::new(),
    }));
    registry.apply(&Event::OfficeRecorded(Office {
        id: office_id(office),
        label: office.into(),
        other_labels: Vec::new(),
        organisation: None,
    }));
}

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&registry()));

static WITH_A_STRANGER: LazyLock<Annotator> = LazyLock::new(|| {
    let mut more = registry();
    add(&mut more, "p-zz", "Qwertonius Zzyxquall", "Xylarch of Vvornheim");
    Annotator::new(&more)
});

fn annotate(story: &Story) -> Annotation {
    ANNOTATOR.annotate(story)
}

fn roles(story: &Story) -> Vec<(String, AppearanceRole)> {
    annotate(story).appearances.into_iter().map(|it| (it.name, it.role)).collect()
}

#[test]
fn somebody_named_in_a_quotation_or_a_signature_is_only_mentioned() {
    use AppearanceRole::{Mentioned, Participant, Speaker};
    let told = story(
        "ARPO Secretary General Ilmangir Toskarbaliev received Ambassador of Lombria Carlo Belfante.\n\
         “I recently met President Aleksei Dobrunevich,” Ilmangir Toskarbaliev said.\n\
         Press Secretary of the ARPO Anna Selm",
    );
    let names = ["Ilmangir Toskarbaliev", "Carlo Belfante", "Aleksei Dobrunevich", "Anna Selm"];
    let wanted = [Speaker, Participant, Mentioned, Mentioned];
    let wanted: Vec<_> = names.into_iter().map(ToOwned::to_owned).zip(wanted).collect();
    assert_eq!(roles(&told), wanted);
}

#[test]
fn the_owner_of_a_message_takes_no_part() {
    let told = story("Guests heard the message of President Aleksei Dobrunevich. Songs were sung.");
    assert_eq!(roles(&told), [("Aleksei Dobrunevich".to_owned(), AppearanceRole::Mentioned)]);
}

#[test]
fn an_appearance_says_what_was_held_on_the_day() {
    let read = annotate(&stamped("2024-05-01", "Ilmangir Toskarbaliev came to Narovets."));
    let held: Vec<_> = read.appearances[0].held.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(held, ["ARPO Secretary General"]);
    assert_eq!(read.appearances[0].disagreement, None);
}

#[test]
fn an_office_that_the_registry_has_on_other_days_is_a_disagreement() {
    let body = "ARPO Secretary General Miroslav Ket came to Narovets.";
    let read = annotate(&stamped("2019-12-13", body));
    assert_eq!(
        read.appearances[0].disagreement.as_deref(),
        Some(
            "the page says `ARPO Secretary General`, the registry has `ARPO Secretary General` only from \
             2020-01-01 until 2023-01-01, not on 2019-12-13"
        )
    );
    assert_eq!(annotate(&stamped("2021-12-13", body)).appearances[0].disagreement, None);
}

#[test]
fn one_office_noun_without_a_name_makes_no_appearance() {
    let read = annotate(&titled("The Secretary General travels", "The Secretary General left."));
    assert!(read.appearances.is_empty());
}

/// Pieces that stories are made of, and pieces that break readers of text.
fn fragment() -> impl Strategy<Value = String> {
    let news = prop::sample::select(vec![
        "ARPO Secretary General",
        "Ilmangir Toskarbaliev",
        "the President of",
        "Polavia",
        "I.N.",
        "Ket",
        "KET",
        "’s",
        ",",
        " – ",
        "(ARPO)",
        ".",
        "said that",
        "“",
        "”",
        "\n",
        "Colonel General",
        "Deputy Prime Minister",
        "and",
        "the",
        "met with",
        "of the",
        "Chairman",
        "Anna Selm",
        ":",
        "who had been in the post",
        "19 May 2025",
        "MOSCOW",
        "Генеральный секретарь",
        "\u{a0}",
        "St.",
        "U.S.",
        "von der",
        "Presidents",
        "for",
        "in",
        "é",
        "е́",
        "𝒳",
        "'",
        "- ",
    ]);
    prop_oneof![4 => news.prop_map(ToOwned::to_owned), 1 => any::<String>()]
}

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(fragment(), 0..40).prop_map(|it| it.join(" "))
}

fn spans(annotation: &Annotation) -> Vec<Span> {
    let people = annotation.appearances.iter().flat_map(|it| [Some(it.span), it.office_span]);
    let said = annotation.statements.iter().flat_map(|it| {
        it.spans.iter().copied().map(Some).chain([it.speaker_span, it.cue_span]).collect::<Vec<_>>()
    });
    people.chain(said).flatten().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read_within_its_bounds_and_always_alike(title in body(), body in body()) {
        let title = title.replace('\n', " ");
        let story = titled(&title, &body);
        let read = annotate(&story);
        prop_assert_eq!(&read, &annotate(&story));
        let headline = story.title.as_ref().map(|it| it.span).unwrap();
        for span in spans(&read) {
            let inside = headline.contains(span) || story.pieces.iter().any(|it| it.page.contains(span));
            prop_assert!(inside, "{:?} lies outside of {:?} and {:?}", span, headline, story.pieces);
        }
        for statement in &read.statements {
            prop_assert!(statement.speaker.is_none_or(|it| it < read.appearances.len()));
        }
    }

    #[test]
    fn an_official_whom_no_story_names_changes_nothing(body in body()) {
        let story = story(&body);
        prop_assert_eq!(annotate(&story), WITH_A_STRANGER.annotate(&story));
    }
}
