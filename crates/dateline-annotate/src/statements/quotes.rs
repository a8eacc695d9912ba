//! Quotations of a paragraph: where each opens and closes, whatever marks the page uses and mixes.
//!
//! Only the outermost are listed; a quotation inside of another belongs to it. Apostrophes are no
//! marks.

use std::ops::Range;

/// One quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    /// With its marks.
    pub(super) outer: Range<usize>,
    /// Without its marks and the white space beside them.
    pub(super) inner: Range<usize>,
    /// Whether the closing mark is there; without it the quotation ends with the paragraph.
    pub(super) closed: bool,
}

/// A mark that looks for the end of a quotation counts those that open another one inside of it, up to so many marks
/// on; a paragraph with more of them is no sentence that somebody quotes.
const MAX_NESTED_MARKS: usize = 200;

/// The quotations of the paragraph at `range`, in order.
pub(super) fn quotes(text: &str, range: Range<usize>) -> Vec<Quote> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let marks = Marks { marks: marks(slice, range.start), end: range.end };
    let mut found = Vec::new();
    let mut at = 0;
    // Once a single mark finds no end, none behind it does.
    let mut single = true;
    while at < marks.marks.len() {
        let family = marks.opening(at).filter(|it| single || *it != Family::Single);
        let next = family.and_then(|it| marks.quote(text, at, it));
        single &= next.is_some() || family != Some(Family::Single);
        if let Some((quote, after)) = next {
            found.push(quote);
            at = after;
        } else {
            at += 1;
        }
    }
    found
}

/// A character that can open or close a quotation, with its neighbours.
struct Mark {
    /// Byte of the text.
    at: usize,
    char: char,
    before: Option<char>,
    after: Option<char>,
}

/// The marks of a paragraph that starts at `offset`.
fn marks(paragraph: &str, offset: usize) -> Vec<Mark> {
    let is_mark = |it: char| matches!(it, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '\'' | '’');
    // All but two of them are no ASCII: their first bytes are these.
    let may_start = |it: u8| matches!(it, b'"' | b'\'' | 0xc2 | 0xe2);
    let places = paragraph.bytes().enumerate().filter(|it| may_start(it.1)).map(|it| it.0);
    let mark = |at: usize| {
        let (head, tail) = paragraph.split_at_checked(at)?;
        let mut behind = tail.chars();
        let char = behind.next().filter(|it| is_mark(*it))?;
        let (before, after) = (head.chars().next_back(), behind.next());
        Some(Mark { at: offset + at, char, before, after })
    };
    places.filter_map(mark).collect()
}

/// Which marks can close a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// `“…”`, `"…"`, and any mix of them.
    Double,
    /// `„…“`, `„…”`.
    Low,
    /// `«…»`.
    Angle,
    /// `‘…’`, `'…'`.
    Single,
}

struct Marks {
    marks: Vec<Mark>,
    /// End of the paragraph.
    end: usize,
}

impl Mark {
    fn end(&self) -> usize {
        self.at + self.char.len_utf8()
    }

    fn starts_word(&self) -> bool {
        self.after.is_some_and(|it| !it.is_whitespace() && !is_closing_punctuation(it))
    }

    fn after_gap(&self) -> bool {
        self.before
            .is_none_or(|it| it.is_whitespace() || matches!(it, '(' | '[' | '-' | '–' | '—' | '/'))
    }

    /// What it does inside of a quotation of `family`.
    fn role(&self, family: Family) -> Role {
        let ends_word = self.before.is_some_and(|it| !it.is_whitespace());
        let inside_word = ends_word && self.after.is_some_and(char::is_alphanumeric);
        match (family, self.char) {
            (Family::Double, '“') if self.after_gap() && self.starts_word() => Role::Opens,
            (Family::Double | Family::Low, '“' | '”' | '"') | (Family::Angle, '»') => {
                Role::Closes
            }
            (Family::Low, '„') | (Family::Angle, '«') => Role::Opens,
            (Family::Single, '’' | '\'') if ends_word && !inside_word => Role::Closes,
            _ => Role::Nothing,
        }
    }
}

impl Marks {
    fn opening(&self, at: usize) -> Option<Family> {
        let mark = self.marks.get(at)?;
        match mark.char {
            '“' | '"' => mark.starts_word().then_some(Family::Double),
            '”' => (mark.starts_word() && mark.after_gap()).then_some(Family::Double),
            '„' => Some(Family::Low),
            '«' => Some(Family::Angle),
            '‘' | '\'' => (mark.after_gap()
                && mark.after.is_some_and(|it| it.is_alphanumeric() || is_double(it)))
            .then_some(Family::Single),
            _ => None,
        }
    }

    /// The quotation that opens at mark `at`, and the mark behind it.
    fn quote(&self, text: &str, at: usize, family: Family) -> Option<(Quote, usize)> {
        let close = self.close(at, family, Nesting::Counts);
        let close = close.or_else(|| self.close(at, family, Nesting::Ignored));
        if close.is_none() && family == Family::Single {
            return None;
        }
        let open = self.marks.get(at)?;
        let closing = close.and_then(|it| self.marks.get(it));
        let end = closing.map_or(self.end, |it| it.at);
        let inner = crate::text::trimmed(text, open.end()..end);
        let outer = open.at..closing.map_or(self.end, Mark::end);
        let next = close.map_or(self.marks.len(), |it| it + 1);
        (!inner.is_empty()).then_some((Quote { outer, inner, closed: close.is_some() }, next))
    }

    fn close(&self, open: usize, family: Family, nesting: Nesting) -> Option<usize> {
        let mut depth = 0_usize;
        let reach = match nesting {
            Nesting::Counts => MAX_NESTED_MARKS,
            Nesting::Ignored => usize::MAX,
        };
        for (at, mark) in self.marks.iter().enumerate().skip(open + 1).take(reach) {
            match mark.role(family) {
                Role::Opens if nesting == Nesting::Counts => depth += 1,
                Role::Closes if depth == 0 => return Some(at),
                Role::Closes => depth -= 1,
                Role::Opens | Role::Nothing => {}
            }
        }
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nesting {
    Counts,
    Ignored,
}

enum Role {
    Opens,
    Closes,
    Nothing,
}

const fn is_double(it: char) -> bool {
    matches!(it, '"' | '“' | '„' | '«')
}

const fn is_closing_punctuation(it: char) -> bool {
    matches!(it, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        quotes(text, 0..text.len()).into_iter().map(|it| &text[it.inner]).collect()
    }

    #[test]
    fn every_pair_of_marks_in_use_is_known() {
        assert_eq!(
            inner("“One,” he said. \"Two.\" «Three» and „four“ and ‘five’."),
            ["One,", "Two.", "Three", "four", "five"]
        );
    }

    #[test]
    fn marks_may_be_mixed_and_nested() {
        assert_eq!(
            inner("\"It matters for ‘calming the world’,” he noted."),
            ["It matters for ‘calming the world’,"]
        );
        assert_eq!(
            inner("“He called it a “good day” twice,” she said."),
            ["He called it a “good day” twice,"]
        );
        assert_eq!(inner("He said it \"will have weight.” Then he left."), ["will have weight."]);
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        assert!(inner("The members' view, isn't it, of the '90s was the chairman's.").is_empty());
        assert_eq!(inner("“We can’t and won’t,” he said."), ["We can’t and won’t,"]);
    }

    #[test]
    fn a_quotation_that_the_page_cuts_off_ends_with_its_paragraph() {
        let text = "He said: “We are going to";
        let found = quotes(text, 0..text.len());
        assert_eq!(found.len(), 1);
        assert!(!found[0].closed);
        assert_eq!(&text[found[0].inner.clone()], "We are going to");
    }

    #[test]
    fn a_gap_before_the_closing_mark_does_no_harm() {
        assert_eq!(inner("\"It goes on, \" Ket said."), ["It goes on,"]);
    }
}
