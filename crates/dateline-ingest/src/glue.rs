//! Lines in which a layout has run two things together: a headline and the text under it.

/// Where a headline that is glued to the first sentence of its text ends, and where that sentence starts: in front
/// of a quotation that a cue closes (`… near the town “There is no such farm,” the governor said`). The words before
/// it must not lead up to the quotation.
pub(crate) fn glued(text: &str) -> Option<(usize, usize)> {
    let quote = text.find(['“', '"', '«'])?;
    let before = text.get(..quote)?;
    let title = before.trim_end();
    let inside = text.get(quote..)?.chars().nth(1)?;
    let words: Vec<&str> = title.split_whitespace().collect();
    let leads_up = words.last().is_none_or(|it| LEADING.contains(&it.to_lowercase().as_str()));
    let plain =
        !title.contains(['.', ',', ':', '!', '?', ';']) && words.len() >= 4 && words.len() <= 20;
    let said = words.iter().any(|it| SAID.contains(&it.to_lowercase().as_str()));
    let closed = [",”", ",\"", "”,", "\",", "»,", "!”", "?”"].iter().any(|it| text.contains(it));
    let fits = title.len() < before.len()
        && inside.is_uppercase()
        && plain
        && !leads_up
        && !said
        && closed;
    fits.then_some((title.len(), quote))
}

/// Words behind which a quotation goes on the sentence.
const LEADING: &[&str] = &[
    "that", "the", "a", "an", "of", "as", "is", "are", "was", "were", "called", "on", "in", "with",
    "and", "to", "by", "for", "not", "word", "words", "motto", "title", "headline", "entitled",
];

/// Verbs that lead up to a quotation.
const SAID: &[&str] = &[
    "said",
    "says",
    "told",
    "stated",
    "noted",
    "added",
    "stressed",
    "declared",
    "wrote",
    "asked",
    "replied",
    "recalled",
    "explained",
    "emphasized",
    "emphasised",
    "continued",
    "concluded",
    "remarked",
    "announced",
];
