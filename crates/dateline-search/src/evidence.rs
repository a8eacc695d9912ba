//! Where a story has the words of a query.

use dateline_event::Span;
use dateline_projector::Reading;

use crate::query::{Part, Query, Within};
use crate::words::{Word, words};

/// Most places that are told of one story.
pub const MAX_EVIDENCE: usize = 5;

/// Characters of the text that are told on either side of the words.
const CONTEXT_CHARS: usize = 60;

/// A place in a story with words of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whether it is in the headline; else it is in the body.
    pub in_title: bool,
    /// The words as they are written.
    pub words: String,
    /// Their place on the page, in code points.
    pub span: Span,
    /// The text in front of them, in the same line.
    pub before: String,
    /// The text behind them, in the same line.
    pub after: String,
}

impl Query {
    /// The first places at which `reading` has something that the query looks for, headline first; at most
    /// [`MAX_EVIDENCE`]. Empty where it has nothing of it.
    pub fn evidence(&self, reading: &Reading) -> Vec<Evidence> {
        let story = reading.content();
        let mut found = Vec::new();
        if let Some(title) = &story.title {
            let all = words(&title.text);
            for place in self.places(&all, &|it| it != Within::Statements, &|_| true) {
                let Some(span) = title.on_page(place) else { continue };
                found.push(told(&title.text, place, span, true));
            }
        }
        let all = words(&story.body);
        let said: Vec<Span> =
            reading.annotation().statements.iter().flat_map(|it| &it.spans).copied().collect();
        let is_said = |word: &Word| {
            let on_page = story.on_page(Span::new(word.chars.start, word.chars.end));
            on_page.is_some_and(|it| said.iter().any(|said| said.contains(it)))
        };
        for place in self.places(&all, &|it| it != Within::Title, &is_said) {
            let Some(span) = story.on_page(place) else { continue };
            found.push(told(&story.body, place, span, false));
        }
        found.truncate(MAX_EVIDENCE);
        found
    }

    /// The code points of `all` at which a part of the query stands that may stand there, in order, none inside of
    /// another one.
    fn places(
        &self,
        all: &[Word],
        may: &dyn Fn(Within) -> bool,
        is_said: &dyn Fn(&Word) -> bool,
    ) -> Vec<Span> {
        let wanted = self.clauses.iter().filter(|it| !it.is_excluded);
        let parts: Vec<&Part> =
            wanted.flat_map(|it| &it.any_of).filter(|it| may(it.within)).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(rest) = all.get(at..).filter(|it| !it.is_empty())
            && found.len() < MAX_EVIDENCE
        {
            let stands = |part: &&&Part| {
                part.stands_in(rest)
                    && (part.within != Within::Statements || rest.first().is_some_and(is_said))
            };
            let length = parts.iter().filter(stands).map(|it| it.words.len()).max();
            let last = length.and_then(|it| rest.get(it - 1));
            if let (Some(first), Some(last)) = (rest.first(), last) {
                found.push(Span::new(first.chars.start, last.chars.end));
            }
            at += length.unwrap_or(1);
        }
        found
    }
}

impl Part {
    /// Whether `rest` begins with it.
    fn stands_in(&self, rest: &[Word]) -> bool {
        let same = |(wanted, word): (&String, &Word)| {
            if self.is_prefix {
                word.folded.starts_with(wanted.as_str())
            } else {
                word.folded == *wanted
            }
        };
        rest.len() >= self.words.len() && self.words.iter().zip(rest).all(same)
    }
}

fn told(text: &str, place: Span, span: Span, in_title: bool) -> Evidence {
    let (start, length) = (count(place.start), count(place.len()));
    let from = start.saturating_sub(CONTEXT_CHARS);
    let before: String = text.chars().skip(from).take(start - from).collect();
    let after: String = text.chars().skip(start + length).take(CONTEXT_CHARS).collect();
    Evidence {
        in_title,
        words: text.chars().skip(start).take(length).collect(),
        span,
        before: before.rsplit('\n').next().unwrap_or_default().to_owned(),
        after: after.split('\n').next().unwrap_or_default().to_owned(),
    }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
