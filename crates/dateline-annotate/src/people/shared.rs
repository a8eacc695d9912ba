//! Offices that several persons share, and offices that somebody has no more or not yet.

use super::tests::reads;

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
