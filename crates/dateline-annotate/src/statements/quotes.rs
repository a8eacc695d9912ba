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

/// The quotations of the paragraph at `range`, in order.
pub(super) fn quotes(text: &str, range: Range<usize>) -> Vec<Quote> {
    let slice = text.get(range.clone()).unwrap_or_default();
    if !slice.contains(['"', '“', '”', '„', '«', '‘', '\'', '’']) {
        return Vec::new();
    }
    let marks = Marks { chars: slice.char_indices().collect(), base: range.start, end: range.end };
    let mut found = Vec::new();
    let mut at = 0;
    while at < marks.chars.len() {
        let next = marks.opening(at).and_then(|family| marks.quote(text, at, family));
        if let Some((quote, after)) = next {
            found.push(quote);
            at = after;
        } else {
            at += 1;
        }
    }
    found
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
    chars: Vec<(usize, char)>,
    base: usize,
    end: usize,
}

impl Marks {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|it| it.1)
    }

    fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.end, |it| self.base + it.0)
    }

    fn starts_word(&self, at: usize) -> bool {
        self.char(at + 1).is_some_and(|it| !it.is_whitespace() && !is_closing_punctuation(it))
    }

    fn after_gap(&self, at: usize) -> bool {
        self.before(at)
            .is_none_or(|it| it.is_whitespace() || matches!(it, '(' | '[' | '-' | '–' | '—' | '/'))
    }

    fn opening(&self, at: usize) -> Option<Family> {
        match self.char(at)? {
            '“' | '"' => self.starts_word(at).then_some(Family::Double),
            '”' => (self.starts_word(at) && self.after_gap(at)).then_some(Family::Double),
            '„' => Some(Family::Low),
            '«' => Some(Family::Angle),
            '‘' | '\'' => (self.after_gap(at)
                && self.char(at + 1).is_some_and(|it| it.is_alphanumeric() || is_double(it)))
            .then_some(Family::Single),
            _ => None,
        }
    }

    /// The quotation that opens at `at`, and the index behind it.
    fn quote(&self, text: &str, at: usize, family: Family) -> Option<(Quote, usize)> {
        let close = self.close(at, family, Nesting::Counts);
        let close = close.or_else(|| self.close(at, family, Nesting::Ignored));
        if close.is_none() && family == Family::Single {
            return None;
        }
        let last = close.unwrap_or(self.chars.len());
        let inner = crate::text::trimmed(text, self.offset(at + 1)..self.offset(last));
        let outer = self.offset(at)..self.offset(last + 1);
        (!inner.is_empty()).then_some((Quote { outer, inner, closed: close.is_some() }, last + 1))
    }

    fn close(&self, open: usize, family: Family, nesting: Nesting) -> Option<usize> {
        let mut depth = 0_usize;
        for at in open + 1..self.chars.len() {
            match self.role(at, family) {
                Role::Opens if nesting == Nesting::Counts => depth += 1,
                Role::Closes if depth == 0 => return Some(at),
                Role::Closes => depth -= 1,
                Role::Opens | Role::Nothing => {}
            }
        }
        None
    }

    /// What the character at `at` does inside of a quotation of `family`.
    fn role(&self, at: usize, family: Family) -> Role {
        let ends_word = self.before(at).is_some_and(|it| !it.is_whitespace());
        let inside_word = ends_word && self.char(at + 1).is_some_and(char::is_alphanumeric);
        match (family, self.char(at).unwrap_or(' ')) {
            (Family::Double, '“') if self.after_gap(at) && self.starts_word(at) => Role::Opens,
            (Family::Double | Family::Low, '“' | '”' | '"') | (Family::Angle, '»') => {
                Role::Closes
            }
            (Family::Low, '„') | (Family::Angle, '«') => Role::Opens,
            (Family::Single, '’' | '\'') if ends_word && !inside_word => Role::Closes,
            _ => Role::Nothing,
        }
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
