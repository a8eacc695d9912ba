//! Office nouns: "the Secretary General", "the ARPO chief", "the head of state", and whom each means in a story.

use std::borrow::Cow;
use std::ops::Range;

use super::attach::with_article;
use super::link::{Identity, Linked, Scene};
use super::office::OfficePhrase;
use super::office_key::OfficeKey;
use super::words;
use crate::tokens::Kind;

/// An office phrase that stands for its holder.
#[derive(Debug)]
pub(crate) struct OfficeNoun {
    /// Its tokens.
    pub(crate) range: Range<usize>,
    /// The same with the article.
    pub(crate) whole: Range<usize>,
    /// Place in [`Linked::drafts`] of the person meant, where the story names one.
    pub(crate) draft: Option<usize>,
}

/// The office nouns among the phrases that no name belongs to.
pub(crate) fn nouns(
    scene: Scene<'_>,
    linked: &Linked<'_>,
    alone: &[OfficePhrase],
) -> Vec<OfficeNoun> {
    let alone: Vec<&OfficePhrase> = alone.iter().filter(|it| is_definite(scene, it)).collect();
    if alone.is_empty() {
        return Vec::new();
    }
    let keys: Vec<Vec<Cow<'_, OfficeKey<'_>>>> =
        (0..linked.drafts.len()).map(|it| offices_of(scene, linked, it)).collect();
    alone
        .into_iter()
        .map(|phrase| {
            let noun = scene.office_key(&phrase.range);
            let start = with_article(scene.reading, phrase.range.start);
            OfficeNoun {
                draft: holder(linked, &keys, &noun, phrase.range.start),
                range: phrase.range.clone(),
                whole: start..phrase.range.end,
            }
        })
        .collect()
}

/// What a person of the story holds: by the page, and by the registry on the day.
fn offices_of<'a>(
    scene: Scene<'a>,
    linked: &Linked<'_>,
    draft: usize,
) -> Vec<Cow<'a, OfficeKey<'a>>> {
    let Some(draft) = linked.drafts.get(draft) else { return Vec::new() };
    let tokens = scene.reading.tokens;
    let printed =
        linked.names_of(draft).filter_map(|it| it.office.clone().map(|office| (it, office)));
    let mut keys: Vec<Cow<'_, OfficeKey<'_>>> = printed
        .flat_map(|(name, office)| match name.share {
            Some(_) => name.office_key(tokens).into_iter().collect(),
            None => OfficeKey::each_of_tokens(tokens, office),
        })
        .map(Cow::Owned)
        .collect();
    if let Identity::Official(index) = draft.identity
        && let Some(known) = scene.reading.lexicon.official(index)
    {
        keys.extend(known.offices_on(scene.day).flat_map(|it| it.keys.iter().map(Cow::Borrowed)));
    }
    keys
}

/// The person whom the noun means: the only holder of such an office, else the holder named last before it.
fn holder(
    linked: &Linked<'_>,
    keys: &[Vec<Cow<'_, OfficeKey<'_>>>],
    noun: &OfficeKey<'_>,
    at: usize,
) -> Option<usize> {
    let holders = || {
        linked.drafts.iter().enumerate().filter(|(place, _)| {
            keys.get(*place).is_some_and(|it| it.iter().any(|it| noun.stands_for(it)))
        })
    };
    if holders().count() < 2 {
        return holders().next().map(|(place, _)| place);
    }
    holders()
        .filter_map(|(place, draft)| {
            // They are in the order of the text.
            let start = |it: &usize| linked.names.get(*it).map(|it| it.hit.tokens.start);
            let next = draft.names.partition_point(|it| start(it).is_some_and(|it| it < at));
            let last = next.checked_sub(1).and_then(|it| draft.names.get(it));
            last.and_then(start).map(|start| (start, place))
        })
        .max()
        .map(|(_, place)| place)
}

/// Whether the phrase means one holder: an article before it, or a capital in a headline or at a sentence's start.
fn is_definite(scene: Scene<'_>, phrase: &OfficePhrase) -> bool {
    let tokens = scene.reading.tokens;
    let start = phrase.range.start;
    let article = with_article(scene.reading, start);
    let end = phrase.range.end;
    // "The Chief Designer": a noun that is cut short means nobody.
    let cut =
        tokens.is_capital(end) && !scene.reading.in_title_case(end) && !scene.reading.is_named(end);
    if cut || names_a_body(scene, phrase, article) {
        return false;
    }
    if article < start {
        return !matches!(tokens.low(article), "a" | "an");
    }
    let first = start.checked_sub(1).is_none_or(|it| {
        matches!(tokens.kind(it), Kind::Break | Kind::Stop | Kind::Quote | Kind::Mark | Kind::Dash)
    });
    tokens.is_capital(phrase.head) || (first && tokens.is_capital(start))
}

/// "the President's Office", "the Administration of the President": a body, not its holder.
fn names_a_body(scene: Scene<'_>, phrase: &OfficePhrase, start: usize) -> bool {
    let tokens = scene.reading.tokens;
    let end = phrase.range.end;
    let owned = tokens.kind(end) == Kind::Possessive
        && tokens.is_capital(end + 1)
        && words::is_body_word(tokens.word(end + 1));
    let owner = match (start.checked_sub(1), start.checked_sub(2)) {
        (Some(of), Some(body)) if tokens.low(of) == "of" => {
            let low = tokens.word(body);
            (tokens.is_capital(body) && words::is_body_word(low))
                || matches!(low.low, "service" | "office" | "administration" | "secretariat")
        }
        (_, _) => false,
    };
    owned || owner
}
