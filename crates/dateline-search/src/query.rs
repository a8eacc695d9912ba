//! What is searched for.
//!
//! ```text
//!   query  := clause+                     all of them
//!   clause := ['-'] part ('OR' part)*     any of the parts; with '-' none of them
//!   part   := [field ':'] (word | word'*' | '"' words '"')
//!   field  := 'title' | 'said'            in the headline; in what somebody is reported to have said
//! ```

use std::str::FromStr;

use thiserror::Error;

use crate::words::words;

/// Longest query, in characters.
pub const MAX_QUERY_CHARS: usize = 512;

/// Most clauses of a query.
pub const MAX_CLAUSES: usize = 16;

/// Most words of a query, those of phrases included.
pub const MAX_WORDS: usize = 32;

/// Fewest characters in front of a star.
pub const MIN_PREFIX_CHARS: usize = 2;

/// A query, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) is_excluded: bool,
    /// Never empty.
    pub(crate) any_of: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) within: Within,
    /// Words that follow each other, folded; never empty.
    pub(crate) words: Vec<String>,
    /// Whether the only word is the beginning of one.
    pub(crate) is_prefix: bool,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Headline and body.
    Text,
    Title,
    Statements,
}

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QueryError {
    /// Nothing to look for.
    #[error("the query has no word to look for, wanted at least one that is not excluded")]
    Empty,
    /// Too long.
    #[error("the query has {found} characters, wanted at most {MAX_QUERY_CHARS}")]
    TooLong {
        /// Its characters.
        found: usize,
    },
    /// Too many clauses.
    #[error("the query has more than {MAX_CLAUSES} clauses")]
    TooManyClauses,
    /// Too many words.
    #[error("the query has more than {MAX_WORDS} words")]
    TooManyWords,
    /// A quotation mark without its partner.
    #[error("the phrase `{0}` has no quotation mark at its end")]
    OpenPhrase(String),
    /// A star that does not stand behind a single word, or behind too few characters.
    #[error(
        "`{0}` has a star that stands behind no single word of {MIN_PREFIX_CHARS} characters or more"
    )]
    Star(String),
    /// `OR` without something on either side, or in front of an exclusion.
    #[error("`OR` stands between two words or phrases, neither of them excluded")]
    Or,
    /// A part in which there is no word.
    #[error("`{0}` has no letter and no digit to look for")]
    NoWord(String),
}

/// A part as it is written.
struct Written<'a> {
    is_excluded: bool,
    within: Within,
    text: &'a str,
    is_phrase: bool,
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let found = text.chars().count();
        if found > MAX_QUERY_CHARS {
            return Err(QueryError::TooLong { found });
        }
        let (mut clauses, mut joins, mut count): (Vec<Clause>, _, _) = (Vec::new(), false, 0);
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (written, behind) = next(rest)?;
            rest = behind.trim_start();
            if written.text == "OR" && !written.is_phrase && !written.is_excluded {
                if joins || clauses.last().is_none_or(|it| it.is_excluded) {
                    return Err(QueryError::Or);
                }
                joins = true;
                continue;
            }
            let (is_excluded, part) = (written.is_excluded, written.part()?);
            count += part.words.len();
            match clauses.last_mut().filter(|_| std::mem::take(&mut joins)) {
                Some(_) if is_excluded => return Err(QueryError::Or),
                Some(clause) => clause.any_of.push(part),
                None => clauses.push(Clause { is_excluded, any_of: vec![part] }),
            }
            if count > MAX_WORDS {
                return Err(QueryError::TooManyWords);
            }
        }
        if joins {
            return Err(QueryError::Or);
        }
        if clauses.len() > MAX_CLAUSES {
            return Err(QueryError::TooManyClauses);
        }
        if clauses.iter().all(|it| it.is_excluded) {
            return Err(QueryError::Empty);
        }
        Ok(Self { clauses })
    }
}

/// The first part of `rest`, and what stands behind it.
fn next(rest: &str) -> Result<(Written<'_>, &str), QueryError> {
    let (is_excluded, rest) = match rest.strip_prefix('-') {
        Some(behind) => (true, behind),
        None => (false, rest),
    };
    let fields = [("title:", Within::Title), ("said:", Within::Statements)];
    let field = fields.iter().find_map(|(name, within)| Some((rest.strip_prefix(name)?, *within)));
    let (rest, within) = field.unwrap_or((rest, Within::Text));
    if let Some(phrase) = rest.strip_prefix('"') {
        let open = || QueryError::OpenPhrase(phrase.chars().take(MAX_SHOWN_CHARS).collect());
        let (text, behind) = phrase.split_once('"').ok_or_else(open)?;
        return Ok((Written { is_excluded, within, text, is_phrase: true }, behind));
    }
    let end = rest.find(|it: char| it.is_whitespace() || it == '"').unwrap_or(rest.len());
    let (text, behind) = rest.split_at(end);
    Ok((Written { is_excluded, within, text, is_phrase: false }, behind))
}

/// Characters that an error repeats of a query.
const MAX_SHOWN_CHARS: usize = 64;

impl Written<'_> {
    fn part(&self) -> Result<Part, QueryError> {
        let shown = || self.text.chars().take(MAX_SHOWN_CHARS).collect::<String>();
        let star = self.text.strip_suffix('*').filter(|_| !self.is_phrase);
        let words: Vec<String> =
            words(star.unwrap_or(self.text)).into_iter().map(|it| it.folded).collect();
        if words.is_empty() {
            return Err(QueryError::NoWord(shown()));
        }
        let long = |it: &String| it.chars().count() >= MIN_PREFIX_CHARS;
        if star.is_some() && !matches!(words.as_slice(), [only] if long(only)) {
            return Err(QueryError::Star(shown()));
        }
        Ok(Part { within: self.within, words, is_prefix: star.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn query(text: &str) -> Query {
        text.parse().unwrap()
    }

    fn error(text: &str) -> String {
        text.parse::<Query>().unwrap_err().to_string()
    }

    #[test]
    fn clauses_are_words_phrases_beginnings_and_what_must_not_be_there() {
        let found = query("Bridge \"old  Pillars\" -said:ferry title:open OR clos* well-known");
        let told: Vec<_> = found
            .clauses
            .iter()
            .map(|it| {
                let parts = it.any_of.iter();
                let parts: Vec<_> =
                    parts.map(|it| (it.within, it.words.join(" "), it.is_prefix)).collect();
                (it.is_excluded, parts)
            })
            .collect();
        let part = |within, words: &str, is_prefix| (within, words.to_owned(), is_prefix);
        assert_eq!(
            told,
            [
                (false, vec![part(Within::Text, "bridge", false)]),
                (false, vec![part(Within::Text, "old pillars", false)]),
                (true, vec![part(Within::Statements, "ferry", false)]),
                (false, vec![part(Within::Title, "open", false), part(Within::Text, "clos", true)]),
                (false, vec![part(Within::Text, "well known", false)]),
            ]
        );
    }

    #[test]
    fn what_is_no_query_is_refused_with_the_reason() {
        assert!(error("").starts_with("the query has no word"));
        assert!(error("-ferry").starts_with("the query has no word"));
        assert!(
            error(&"x".repeat(MAX_QUERY_CHARS + 1)).starts_with("the query has 513 characters")
        );
        assert!(error(&"a ".repeat(MAX_CLAUSES + 1)).starts_with("the query has more than 16"));
        let phrase = format!("\"{}\"", "a ".repeat(MAX_WORDS + 1));
        assert!(error(&phrase).starts_with("the query has more than 32 words"));
        assert_eq!(error("\"open"), "the phrase `open` has no quotation mark at its end");
        assert!(error("a*").contains("star") && error("well-kn*").contains("star"));
        for or in ["OR a", "a OR", "a OR OR b", "a OR -b", "-a OR b"] {
            assert!(error(or).starts_with("`OR` stands between"), "{or}");
        }
        assert_eq!(error("bridge --"), "`-` has no letter and no digit to look for");
    }

    proptest! {
        #[test]
        fn any_text_is_a_query_within_the_limits_or_refused(text in "\\PC{0,80}") {
            if let Ok(query) = text.parse::<Query>() {
                prop_assert!(query.clauses.len() <= MAX_CLAUSES);
                let parts = query.clauses.iter().flat_map(|it| &it.any_of);
                prop_assert!(parts.map(|it| it.words.len()).sum::<usize>() <= MAX_WORDS);
            }
        }
    }
}
