//! How statements are introduced where no plain "X said that" does it, and who asks and answers.

use super::tests::{said, said_in};
use crate::sample::titled;

const KET: &str = "ARPO Secretary General Miroslav Ket";

#[test]
fn what_stands_on_both_sides_of_a_cue_is_said_even_with_a_colon_in_it() {
    assert_eq!(
        said("The hardest task, Miroslav Ket says, is the checkpoint: a boot, a crowd, a dog."),
        [
            "indirect | Miroslav Ket | says | The hardest task is the checkpoint: a boot, a crowd, a dog"
        ]
    );
    assert_eq!(
        said("Miroslav Ket welcomed the plan: the money, he said, had not come."),
        ["indirect | Miroslav Ket | said | the money had not come"]
    );
    assert_eq!(
        said("Whoever wins, Miroslav Ket goes on, “will find a partner in us.”"),
        ["indirect | Miroslav Ket | goes on | Whoever wins “will find a partner in us.”"]
    );
}

#[test]
fn opinions_and_estimates_are_attributed_to_their_owners() {
    for (words, cue) in [
        ("By Miroslav Ket's estimate, one message in five was lost.", "By Miroslav Ket's estimate"),
        ("In Miroslav Ket’s view, one message in five was lost.", "In Miroslav Ket’s view"),
    ] {
        let wanted = format!("indirect | Miroslav Ket | {cue} | one message in five was lost");
        assert_eq!(said(words), [wanted]);
    }
    let found = said(&format!("{KET} came. In his version nobody was late."));
    assert_eq!(found, ["indirect | Miroslav Ket | In his version | nobody was late"]);
    assert!(said("The road is closed by the lake of the two villages.").is_empty());
}

#[test]
fn some_of_them_can_say_something() {
    let found = said("Envoys were less sure. Two of them said that the plan was late.");
    assert_eq!(found, ["indirect | nobody | said | the plan was late"]);
}

#[test]
fn what_is_claimed_taken_or_pointed_at_is_no_statement() {
    for words in [
        "Miroslav Ket claimed victory from a balcony.",
        "Miroslav Ket confirmed this.",
        "Sitting in Narovets on Monday, the Council agreed to stay.",
    ] {
        assert_eq!(said(words), <[&str; 0]>::default(), "{words}");
    }
}

#[test]
fn a_dash_before_the_cue_parts_it_from_what_is_said_whatever_follows_the_name() {
    assert_eq!(
        said(
            "— We were late, – recounted Miroslav Ket, who leads the Pact and its staff of six. – Nobody minds."
        ),
        ["direct | Miroslav Ket | recounted | We were late Nobody minds."]
    );
}

#[test]
fn presenters_ask_and_names_before_several_colons_answer() {
    let body = "The Hour on Channel 5.\nPRESENTER: Is it realistic?\nLev Sondar: It is. We saw it.\n\
                PRESENTER: And then?\nLev Sondar: We go home.";
    assert_eq!(
        said_in(&titled("Will it hold", body)),
        ["direct | nobody | - | It is. We saw it.", "direct | nobody | - | We go home."]
    );
}

#[test]
fn an_interview_is_with_whom_the_correspondent_asks() {
    let body = format!(
        "PolTA correspondent Ana Belskaya spoke with {KET}.\nQ: Is it late?\nA: It is not.\n\
         Q: And then?\nA: We go home."
    );
    assert_eq!(
        said_in(&titled("“It is not late”", &body)),
        ["direct | Miroslav Ket | - | It is not.", "direct | Miroslav Ket | - | We go home."]
    );
}

#[test]
fn a_briefing_starts_with_what_the_speaker_tells() {
    let title = format!("Briefing by {KET}");
    let body = "On Monday the Cabinet added forty companies to its list.\nI want to thank our friends.\n\
                Question: Will they sue?\nMiroslav Ket: They have.";
    let found = said_in(&titled(&title, body));
    assert!(found[0].starts_with("direct | Miroslav Ket | - | On Monday the Cabinet"), "{found:?}");
    assert_eq!(found.last().unwrap(), "direct | Miroslav Ket | - | They have.");
}

#[test]
fn what_somebody_calls_something_is_said_of_it() {
    for (words, content) in [
        ("Miroslav Ket called the decision groundless.", "the decision groundless"),
        ("Miroslav Ket called it a step ahead.", "it a step ahead"),
    ] {
        assert_eq!(said(words), [format!("indirect | Miroslav Ket | called | {content}")]);
    }
    for words in [
        "Miroslav Ket called the police.",
        "Miroslav Ket called the envoy a week ago.",
        "Miroslav Ket announced this on Monday.",
        "Among other things, Miroslav Ket considered a new road.",
    ] {
        assert_eq!(said(words), <[&str; 0]>::default(), "{words}");
    }
}

#[test]
fn a_cue_may_name_listeners_data_or_a_student() {
    assert_eq!(
        said("As Miroslav Ket told journalists, the Pact is ready to help."),
        ["indirect | Miroslav Ket | told | the Pact is ready to help"]
    );
    let found = said(&format!("{KET} came. According to his data, six roads were closed."));
    assert_eq!(found, ["indirect | Miroslav Ket | According to | six roads were closed"]);
    assert_eq!(
        said("- It was simple, - said third-year student Lia Sagynova."),
        ["direct | nobody | said | It was simple"]
    );
}
