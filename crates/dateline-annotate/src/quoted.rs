//! Where a text quotes: the ranges between quotation marks, and the paragraphs in which somebody
//! speaks.

use std::ops::Range;

use crate::text::StoryText;
use crate::tokens::Kind;

/// The quotations of a text, in their order.
#[derive(Debug)]
pub(crate) struct Quoted(Vec<Range<usize>>);

impl Quoted {
    pub(crate) fn of(text: &StoryText<'_>) -> Self {
        let mut ranges = Vec::new();
        for paragraph in text.paragraphs() {
            if starts_a_turn(text.get(paragraph.range.clone())) {
                ranges.push(paragraph.range.clone());
            } else {
                quotations(text, &paragraph.range, &mut ranges);
            }
        }
        Self(ranges)
    }

    /// Whether `at` lies in a quotation or in a turn of a conversation.
    pub(crate) fn holds(&self, at: usize) -> bool {
        let next = self.0.partition_point(|it| it.end <= at);
        self.0.get(next).is_some_and(|it| it.contains(&at))
    }
}

/// Whether a paragraph is a turn of a conversation: it starts with a dash.
fn starts_a_turn(paragraph: &str) -> bool {
    let rest = paragraph.strip_prefix(['-', '–', '—']);
    rest.is_some_and(|it| it.starts_with(char::is_whitespace))
}

/// Quotations of one paragraph. One that is not closed reaches to its end.
fn quotations(text: &StoryText<'_>, paragraph: &Range<usize>, ranges: &mut Vec<Range<usize>>) {
    let tokens = text.tokens();
    let mut open: Option<usize> = None;
    for at in tokens.places(tokens.places_in(paragraph), |it| it.kind() == Kind::Quote) {
        let range = tokens.range(at);
        let mark = text.get(range.clone());
        let opens = matches!(mark, "“" | "«" | "„") || mark == "\"" && open.is_none();
        let closes = matches!(mark, "”" | "»" | "\"") || mark == "“" && open.is_some();
        match open {
            Some(start) if closes => {
                ranges.push(start..range.end);
                open = None;
            }
            None if opens => open = Some(range.start),
            Some(_) | None => {}
        }
    }
    if let Some(start) = open {
        ranges.push(start..paragraph.end);
    }
}
