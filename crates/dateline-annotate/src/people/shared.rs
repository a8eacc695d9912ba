//! Offices that several persons share, and offices that somebody has no more or not yet.

use super::tests::{reads, registry};
use crate::annotation::Statement;
use crate::annotator::Annotator;
use crate::registry::Registry;
use crate::sample;

#[test]
fn an_office_that_a_list_shares_out_is_that_of_every_name() {
    reads(
        "Presidents Konstantin Ardin (Varegia), Aleksei Dobrunevich (Polavia) and Timur Seitov (Skargia) met.",
        &[
            "Konstantin Ardin [] | Presidents | -",
            "Aleksei Dobrunevich [p-dobrunevich] | Presidents | -",
            "Timur Seitov [] | Presidents | -",
        ],
    );
}

#[test]
fn a_former_office_is_printed_as_former() {
    reads(
        "The former Secretary General Miroslav Ket came to Narovets.",
        &["Miroslav Ket [p-ket] | former Secretary General | -"],
    );
    reads(
        "Miroslav Ket, former Minister of Transport, came to Narovets.",
        &["Miroslav Ket [p-ket] | former Minister of Transport | -"],
    );
}

#[test]
fn an_office_that_somebody_is_elected_to_is_printed_so() {
    reads(
        "President-elect Miroslav Ket came to Narovets.",
        &["Miroslav Ket [p-ket] | President-elect | -"],
    );
    reads(
        "President elect Miroslav Ket came to Narovets.",
        &["Miroslav Ket [p-ket] | President elect | -"],
    );
}

#[test]
fn the_country_in_brackets_says_whose_share_of_the_office_it_is() {
    let body = "Presidents Konstantin Ardin (Varegia) and Timur Seitov (Skargia) met on Monday. \
                The Skargian President said that the talks were long. \
                The Varegian President noted that they would go on.";
    let read = Annotator::new(&Registry::default()).annotate(&sample::story(body));
    let said = |it: &Statement| Some(read.appearances.get(it.speaker?)?.name.clone());
    let speakers: Vec<_> = read.statements.iter().map(said).collect();
    assert_eq!(speakers, [Some("Timur Seitov".into()), Some("Konstantin Ardin".into())]);
}

#[test]
fn what_an_office_of_several_is_of_is_dealt_out_in_order() {
    let office = "presidents of Skargia and the Kerim Republic";
    for (names, list) in
        [("Konstantin Ardin and Timur Seitov", ""), (", Konstantin Ardin and Timur Seitov,", ",")]
    {
        let body = format!(
            "The {office} {names} met on Monday. The Kerim president said that the talks were long."
        );
        let read =
            Annotator::new(&Registry::default()).annotate(&sample::story(&body.replace(" ,", ",")));
        let offices: Vec<_> =
            read.appearances.iter().map(|it| it.office_as_written.as_deref()).collect();
        assert_eq!(offices, [Some(office); 2], "{list}");
        assert_eq!(read.statements[0].speaker, Some(1), "{list}");
    }
}

#[test]
fn a_share_of_another_country_than_the_registry_has_is_a_disagreement() {
    let annotator = Annotator::new(&registry());
    let disagrees = |country: &str| {
        let body =
            format!("Presidents Aleksei Dobrunevich ({country}) and Timur Seitov (Skargia) met.");
        annotator.annotate(&sample::stamped("2024-05-01", &body)).appearances[0]
            .disagreement
            .is_some()
    };
    assert!(!disagrees("Polavia"));
    assert!(disagrees("Varegia"));
}
