//! Whether a story is the text of a speech, where that starts, and who gives it.

use dateline_event::story::StoryRole;

use super::layouts::named;
use super::reader::Reader;
use super::speakers::Speaker;
use crate::text::{Paragraph, StoryText};

/// An address ("Dear colleagues!") has at most so many words.
const ADDRESS_WORDS: usize = 30;

/// Where a speech starts and who gives it, if the story is the text of one.
pub(super) fn find(reader: &Reader<'_>, body: &[Paragraph]) -> Option<(usize, Speaker)> {
    let text = reader.text;
    let words = |it: &Paragraph| text.get(it.range.clone());
    let announced =
        body.iter().position(|it| words(it).ends_with(':') && announces_speech(words(it)));
    let title = text.paragraphs().iter().find(|it| it.is_title);
    let titled = title.filter(|it| announces_speech(words(it)));
    if announced.is_none() && titled.is_none() && !is_first_person_teaser(text, body) {
        return None;
    }
    let rest = body.get(announced.map_or(0, |it| it + 1)..)?;
    // What is asked afterwards, and answered, is no part of the speech.
    let asked = rest.iter().position(|it| words(it).starts_with("Question"));
    let rest = rest.get(..asked.unwrap_or(rest.len()))?;
    let own = |it: &&Paragraph| is_address(words(it)) || is_first_person(words(it));
    let told = |it: &&Paragraph| asked.is_some() && words(it).ends_with(['.', '!', '?']);
    // A briefing opens with what the speaker tells, and may say nothing of themselves for long.
    let is_briefing = |it: &&Paragraph| words(it).to_lowercase().contains("briefing");
    let opening = rest.iter().find(told).filter(|it| !is_briefing(it));
    let opening = opening.filter(|_| titled.is_some_and(|it| is_briefing(&it)));
    let start =
        opening.or_else(|| rest.iter().find(own)).or_else(|| rest.iter().find(told))?.range.start;
    let place = announced.and_then(|it| body.get(it)).or(titled);
    let lead = announced.and_then(|_| body.first());
    let speaker = place.into_iter().chain(lead).find_map(|it| named(reader, &it.range));
    Some((start, speaker.unwrap_or_default()))
}

/// Whether `words` say that a speech follows: "Speech by Ket", "Ket's address", "Text of the
/// speech:".
fn announces_speech(words: &str) -> bool {
    const NOUNS: &[&str] = &[
        "speech",
        "address",
        "remarks",
        "briefing",
        "statement",
        "message",
        "greeting",
        "greetings",
        "congratulations",
    ];
    const TEXTS: &[&str] = &["text of the ", "transcript of the ", "full text of "];
    let lower = words.to_lowercase().replace('’', "'");
    NOUNS.iter().filter(|noun| lower.contains(**noun)).any(|noun| {
        let opens =
            ["by", "of", "from"].iter().any(|it| lower.starts_with(&format!("{noun} {it} ")));
        let whole = TEXTS.iter().any(|it| lower.contains(&format!("{it}{noun}")));
        let given =
            lower.contains(&format!(" {noun} by ")) || lower.contains(&format!("'s {noun} "));
        opens || whole || given
    })
}

/// Whether `words` address the listeners of a speech.
fn is_address(words: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "dear ",
        "mr ",
        "mr. ",
        "mrs ",
        "mrs. ",
        "madam",
        "ladies and",
        "distinguished",
        "esteemed",
        "excellenc",
        "your ",
        "colleagues",
        "friends",
        "respected",
        "fellow ",
        "comrades",
    ];
    let opens = |it: &&str| {
        let start = words.as_bytes().get(..it.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(it.as_bytes()))
    };
    words.ends_with(['!', ',', '.', ':'])
        && OPENINGS.iter().any(opens)
        && words.split_whitespace().nth(ADDRESS_WORDS).is_none()
}

/// Whether `words` are said by somebody of themselves, and not in quotation marks. An initial is no
/// pronoun.
fn is_first_person(words: &str) -> bool {
    const OWN: &[&str] = &["I", "me", "my", "My", "myself", "I'm", "I’m", "I've", "I’ve"];
    !words.contains(['"', '“', '«', '„'])
        && words
            .split_whitespace()
            .any(|it| OWN.contains(&it.trim_end_matches([',', ';', '!', '?', ':'])))
}

/// Whether a teaser prints the first words of a speech: its first sentence is in the first person.
fn is_first_person_teaser(text: &StoryText<'_>, body: &[Paragraph]) -> bool {
    let first = body.first().and_then(|it| it.sentences.first());
    text.role() == StoryRole::Teaser
        && first.is_some_and(|it| {
            let words = text.get(it.clone());
            is_address(words) || is_first_person(words)
        })
}

#[cfg(test)]
mod tests {
    use crate::annotator::Annotator;
    use crate::sample::{registry, titled};

    #[test]
    fn a_briefing_is_a_speech_up_to_the_first_question_and_answers_are_turns() {
        let story = titled(
            "Briefing by ARPO Secretary General Miroslav Ket",
            "Good afternoon. I begin with the calendar.\nThe session opens on Monday.\n\
             Question (PolTA): When does it end?\n\
             Miroslav Ket: On Friday.\nQuestion: And then?\nMiroslav Ket: We go home.",
        );
        let annotation = Annotator::new(&registry()).annotate(&story);
        let said: Vec<&str> = annotation.statements.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].starts_with("Good afternoon") && said[0].ends_with("Monday."), "{said:?}");
        assert!(said[2].ends_with("We go home."), "{said:?}");
        assert!(annotation.statements.iter().all(|it| it.speaker == Some(0)));
    }

    #[test]
    fn brackets_between_a_name_and_its_verb_are_stepped_over() {
        for subject in [
            "Miroslav Ket, head of the Allied Rampart Pact Organization (ARPO),",
            "Miroslav Ket (Polavia), head of the Pact,",
        ] {
            let story = titled("Talks", &format!("{subject} noted that the forces stood ready."));
            let annotation = Annotator::new(&registry()).annotate(&story);
            let said: Vec<_> = annotation.statements.iter().map(|it| it.text.as_str()).collect();
            assert_eq!(said, ["the forces stood ready"], "{subject}");
        }
    }

    #[test]
    fn the_colon_of_a_time_announces_no_words() {
        let story = titled("Talks", "The Secretary General began at 10:02 a.m. and went on.");
        assert!(Annotator::new(&registry()).annotate(&story).statements.is_empty());
    }

    #[test]
    fn whole_clauses_behind_as_somebody_put_it_are_their_words() {
        let story = titled("Talks", "As Miroslav Ket put it, “it was late, and nobody was there.”");
        let annotation = Annotator::new(&registry()).annotate(&story);
        let kinds: Vec<&str> = annotation.statements.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(kinds, ["direct"]);
    }
}
