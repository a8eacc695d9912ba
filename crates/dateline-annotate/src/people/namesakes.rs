//! Who is meant where two persons share a surname, and which of several offices is shown.

use super::tests::{persons, reads};

#[test]
fn an_unknown_namesake_of_an_official_stays_somebody_else() {
    reads(
        "The mayor, Timur Jorgumov, a nephew of Taalai Jorgumov, came. Timur Jorgumov said little. Jorgumov left.",
        &["Timur Jorgumov [] | mayor | -", "Taalai Jorgumov [p-jorgumov] | - | -"],
    );
}

#[test]
fn the_office_beside_the_full_name_is_shown_rather_than_that_beside_a_surname() {
    assert_eq!(
        persons(
            Some("ARPO chief Toskarbaliev comes to Narovets"),
            "ARPO Secretary General Ilmangir Toskarbaliev came to Narovets."
        ),
        ["Ilmangir Toskarbaliev [p-toskarbaliev] | ARPO Secretary General | -"]
    );
}

#[test]
fn an_office_reaches_over_what_its_body_deals_with() {
    for (words, name, office) in [
        (
            "Deputy head of the Zafari drug control agency Timur Seitov came.",
            "Timur Seitov",
            "Deputy head of the Zafari drug control agency",
        ),
        (
            "Timur Seitov, head of logistics of the Zafari armed forces, came.",
            "Timur Seitov",
            "head of logistics of the Zafari armed forces",
        ),
        (
            "Timur Seitov, deputy head of the delegation from the Varegian Assembly, came.",
            "Timur Seitov",
            "deputy head of the delegation from the Varegian Assembly",
        ),
    ] {
        reads(words, &[&format!("{name} [] | {office} | -")]);
    }
    reads(
        "MIROSLAV KET, PRESIDENT OF VAREGIA: We shall see.",
        &["Miroslav Ket [p-ket] | PRESIDENT OF VAREGIA | -"],
    );
    assert_eq!(
        persons(
            Some("Briefing by Foreign Ministry Spokeswoman Darina Velskaya, Varegrad"),
            "It was long."
        ),
        ["Darina Velskaya [] | Foreign Ministry Spokeswoman | -"]
    );
}

#[test]
fn the_office_of_somebody_with_a_rank_reaches_up_to_the_rank() {
    reads(
        "The commander of the northern wing, Colonel Timur Seitov, spoke.",
        &["Timur Seitov [] | commander of the northern wing | Colonel"],
    );
}
