//! When a story was put out, and when what it tells happened: what the page prints, with the year
//! from its stamp or from what constrains it, and never more than that.

mod candidate;
mod constraint;
mod context;
mod happened;
mod stamp;
mod year;

#[cfg(test)]
mod tests;

use std::ops::Range;

use dateline_event::date::printed::{DateExpression, find_all_in};
use dateline_event::date::{Basis, Edtf};
use dateline_event::story::Story;

use crate::annotation::{Evidence, Resolved};
use crate::people::People;
use crate::quoted::Quoted;
use crate::registry::Registry;
use crate::text::StoryText;
use crate::tokens::Token;
use crate::vocabulary::MONTHS;

/// What dates are read with.
struct Reader<'a> {
    text: &'a StoryText<'a>,
    story: &'a Story,
    people: &'a People,
    registry: &'a Registry,
    quoted: &'a Quoted,
    /// Every date of headline and body.
    expressions: Vec<DateExpression>,
}

/// When the source put the story out, and when its main event took place.
pub(crate) fn resolve(
    text: &StoryText<'_>,
    story: &Story,
    people: &People,
    registry: &Registry,
    quoted: &Quoted,
) -> (Resolved, Resolved) {
    let expressions = expressions(text);
    let reader = Reader { text, story, people, registry, quoted, expressions };
    (reader.published(), reader.happened())
}

/// Every date of headline and body.
pub(crate) fn expressions(text: &StoryText<'_>) -> Vec<DateExpression> {
    let tokens = text.tokens();
    let can_hold =
        |it: &Token| !it.is_letters() && it.kind().has_letters() || it.class().meets(MONTHS);
    let words = tokens.all().iter().filter(|it| can_hold(it));
    find_all_in(text.as_str(), text.lower(), words.map(Token::range))
}

impl Reader<'_> {
    /// The stamp of the page; without one a dateline with a year, printed or inferred.
    fn published(&self) -> Resolved {
        if let Some(stamp) = &self.story.published {
            return printed(stamp.edtf, stamp.basis, Evidence::of_page(stamp));
        }
        let Some(filed) = self.story.dateline.as_ref().and_then(|it| it.date.as_ref()) else {
            return Resolved::default();
        };
        if filed.edtf.has_year() {
            return printed(filed.edtf, Basis::Dateline, Evidence::of_page(filed));
        }
        let inferred =
            self.with_inferred_year(filed.edtf, Basis::Dateline, Evidence::of_page(filed));
        let found = inferred.edtf.is_some_and(Edtf::has_year);
        if found { inferred } else { Resolved { edtf: None, basis: None, ..inferred } }
    }

    fn evidence(&self, range: Range<usize>) -> Evidence {
        Evidence {
            text: self.text.get(range.clone()).to_owned(),
            span: Some(self.text.on_page(range)),
        }
    }
}

impl Evidence {
    fn of_page(date: &dateline_event::date::PrintedDate) -> Self {
        Self { span: Some(date.span), text: date.text.clone() }
    }
}

/// A date as the page prints it.
fn printed(edtf: Edtf, basis: Basis, evidence: Evidence) -> Resolved {
    Resolved {
        edtf: Some(edtf),
        basis: Some(basis),
        evidence: vec![evidence],
        ..Resolved::default()
    }
}
