//! What holds for every text: annotation is a function of story and registry, whoever is added to the registry without
//! being named changes nothing, and every span says where on the page its words stand.

use std::sync::LazyLock;

use dateline_annotate::{Annotation, Annotator, Evidence, Registry, Resolved};
use dateline_event::registry::{Office, Official, Organisation, Tenure, TenureKind};
use dateline_event::story::{Headline, Story, StoryRole};
use dateline_event::{Event, OfficeId, OfficialId, OrganisationId, Piece, Span};
use proptest::prelude::*;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&registry()));

/// Where the body stands on the page; the headline stands at its start.
const BODY_AT: u32 = 1_000;

/// Words and marks of which news of the invented world are made, and some that no sensible page prints.
const FRAGMENTS: &[&str] = &[
    "Miroslav Ket",
    "M.V. Ket",
    "KET",
    "Президент Кет",
    "Secretary General",
    "the ARPO Secretary General",
    "Anton Orlin, the Mayor of Narovets,",
    "President of Polavia",
    "he",
    "said",
    "said that",
    "according to",
    "told the PolTA news agency",
    "\u{201c}We agree",
    "\u{201d}",
    "\"",
    "\u{ab}",
    "\u{bb}",
    "\u{2018}",
    "\u{2019}",
    "'",
    "'s",
    "- ",
    "\u{2014} ",
    ":",
    ".",
    ",",
    ";",
    "?",
    "(",
    ")",
    "\n",
    "\n\n",
    "in Narovets",
    "on 5 June",
    "5 June 2024",
    "on Monday",
    "last year",
    "I.",
    "U.S.",
    "St.",
    "e\u{301}",
    "co\u{ad}operate",
    "\u{130}zmir",
    "\u{fb01}rm",
    "\u{a0}",
    "\u{1f30d}",
    "Question",
    "Dear colleagues!",
];

fn texts() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        9 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    let spaced = (fragment, prop_oneof![4 => Just(" "), 1 => Just("")]);
    prop::collection::vec(spaced, 0..60)
        .prop_map(|it| it.into_iter().map(|(text, space)| text + space).collect())
}

fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).expect("a test's text is short")
}

fn story(title: &str, body: &str) -> Story {
    let title = title.replace('\n', " ");
    let span = Span::new(0, length(&title));
    Story {
        role: StoryRole::Article,
        title: Some(Headline { text: title, span }),
        body: body.to_owned(),
        pieces: Piece::lines([Span::new(BODY_AT, BODY_AT + length(body))]),
        address: None,
        language: "en".to_owned(),
        published: None,
        passages: Vec::new(),
        stamp_place: None,
        dateline: None,
    }
}

fn add(registry: &mut Registry, id: &str, name: &str, office: &str) {
    let official = OfficialId::new(id).expect("a valid id");
    let office_id = OfficeId::new(&format!("office-of-{id}")).expect("a valid id");
    registry.apply(&Event::OfficialRecorded(Official {
        id: official.clone(),
        name: name.to_owned(),
        other_names: Vec::new(),
    }));
    registry.apply(&Event::OfficeRecorded(Office {
        id: office_id.clone(),
        label: office.to_owned(),
        other_labels: Vec::new(),
        organisation: None,
    }));
    let (kind, from) = (TenureKind::Full, "2020-01-01".parse().ok());
    let tenure = Tenure { official, office: office_id, kind, from, until: None };
    registry.apply(&Event::TenureRecorded(tenure));
}

fn registry() -> Registry {
    let mut registry = Registry::default();
    add(&mut registry, "ket", "Miroslav Ket", "ARPO Secretary General");
    add(&mut registry, "orlin", "Anton Orlin", "Mayor of Narovets");
    registry.apply(&Event::OrganisationRecorded(Organisation {
        id: OrganisationId::new("polta").expect("a valid id"),
        name: "PolTA".to_owned(),
        other_names: Vec::new(),
        classification: Some("news agency".to_owned()),
        parent: None,
    }));
    registry
}

/// The characters of the page at `span`: headline, then the body.
fn on_page(story: &Story, span: Span) -> Option<String> {
    let title = story.title.as_ref().map_or("", |it| &it.text);
    let (text, from) = if span.start < BODY_AT { (title, 0) } else { (&*story.body, BODY_AT) };
    let start = usize::try_from(span.start.checked_sub(from)?).ok()?;
    let end = usize::try_from(span.end.checked_sub(from)?).ok()?;
    let found: String = text.chars().skip(start).take(end.checked_sub(start)?).collect();
    (length(&found) == span.len()).then_some(found)
}

/// Every span of an annotation, with the words that it says stand there, if it says any.
fn spans(annotation: &Annotation) -> Vec<(Span, Option<&str>)> {
    let Annotation { published, happened, place, agency, appearances, statements, topics } =
        annotation;
    let evidence = |it: &Resolved| it.evidence.clone();
    let dated: Vec<Evidence> = [published, happened].into_iter().flat_map(evidence).collect();
    let found = [place, agency].into_iter().flatten().map(|it| &it.evidence);
    let shown = found.chain(topics.iter().flat_map(|it| &it.evidence));
    let mut spans: Vec<(Span, Option<&str>)> =
        shown.filter_map(|it| Some((it.span?, Some(it.text.as_str())))).collect();
    spans.extend(dated.iter().filter_map(|it| Some((it.span?, None))));
    for it in appearances {
        spans.push((it.span, Some(&it.as_written)));
        spans.extend(it.office_span.map(|span| (span, it.office_as_written.as_deref())));
    }
    for it in statements {
        match it.spans.as_slice() {
            [one] => spans.push((*one, Some(&it.text))),
            several => spans.extend(several.iter().map(|it| (*it, None))),
        }
        spans.extend(it.speaker_span.map(|it| (it, None)));
        spans.extend(it.cue_span.map(|span| (span, it.verb.as_deref())));
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_span_holds_the_words_that_it_says(title in texts(), body in texts()) {
        let story = story(&title, &body);
        let annotation = ANNOTATOR.annotate(&story);
        for (span, words) in spans(&annotation) {
            let found = on_page(&story, span);
            prop_assert!(found.is_some(), "{span:?} lies outside of the page");
            // A text whose lines are broken at a fixed width is read with blanks for its line feeds.
            let found = found.map(|it| it.replace('\n', " "));
            if let Some(words) = words {
                prop_assert_eq!(found, Some(words.replace('\n', " ")));
            }
        }
    }

    #[test]
    fn the_same_story_and_registry_give_the_same_annotation(title in texts(), body in texts()) {
        let story = story(&title, &body);
        let first = ANNOTATOR.annotate(&story);
        prop_assert_eq!(&ANNOTATOR.annotate(&story), &first);
        prop_assert_eq!(&Annotator::new(&registry()).annotate(&story), &first);
    }

    #[test]
    fn an_official_whom_nobody_names_changes_nothing(title in texts(), body in texts()) {
        let story = story(&title, &body);
        let mut larger = registry();
        add(&mut larger, "vrbnik", "Zdzisla Vrbnikova", "Warden of the Hradno Salt Works");
        let before = ANNOTATOR.annotate(&story);
        prop_assert_eq!(Annotator::new(&larger).annotate(&story), before);
    }

    #[test]
    fn no_text_is_too_odd(title in ".{0,80}", body in "(?s).{0,600}") {
        let annotation = ANNOTATOR.annotate(&story(&title, &body));
        prop_assert!(annotation.statements.iter().all(|it| !it.spans.is_empty()));
    }
}
