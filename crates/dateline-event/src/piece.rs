//! Which part of a story's text stands where on its page.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// A run of text that a story has from its page. Where both sides are of one length, each code point stands for one;
/// otherwise the piece as a whole stands for the whole, such as `&` in the body for `&amp;` on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Code points of the body.
    pub body: Span,
    /// Code points of the capture as decoded.
    pub page: Span,
}

impl Piece {
    /// The pieces of a body that is the page's text at `spans`, in that order and letter for letter, joined by one
    /// line feed each.
    pub fn lines(spans: impl IntoIterator<Item = Span>) -> Vec<Self> {
        let mut start = 0_u32;
        let line = |page: Span| {
            let body = Span::new(start, start.saturating_add(page.len()));
            start = body.end.saturating_add(1);
            Self { body, page }
        };
        spans.into_iter().map(line).collect()
    }

    const fn is_letter_for_letter(self) -> bool {
        self.body.len() == self.page.len()
    }

    /// Where the code point `at` of the body, one of this piece's, stands on the page.
    const fn on_page(self, at: u32) -> Span {
        if self.is_letter_for_letter() {
            let start = self.page.start + (at - self.body.start);
            Span::new(start, start + 1)
        } else {
            self.page
        }
    }

    /// What the code point `at` of the page, one of this piece's, stands for in the body.
    const fn in_body(self, at: u32) -> Span {
        Self { body: self.page, page: self.body }.on_page(at)
    }
}

/// Where `span` of a body made of `pieces` stands on the page, from its first to its last code point. Code points of no
/// piece count to the end of the piece before them. `None` outside of the body.
pub(crate) fn on_page(pieces: &[Piece], span: Span) -> Option<Span> {
    covered(span, |at| place_of(pieces, at))
}

/// What `span` of the page stands for in a body made of `pieces`. `None` when it starts or ends outside of them.
pub(crate) fn in_body(pieces: &[Piece], span: Span) -> Option<Span> {
    covered(span, |at| {
        let piece = pieces.iter().find(|it| it.page.start <= at && at < it.page.end)?;
        Some(piece.in_body(at))
    })
}

/// From the first to the last code point of `span`, each looked up with `place`.
fn covered(span: Span, place: impl Fn(u32) -> Option<Span>) -> Option<Span> {
    let first = place(span.start)?;
    if span.is_empty() {
        return Some(Span::new(first.start, first.start));
    }
    let last = place(span.end - 1)?;
    Some(Span::new(first.start.min(last.start), first.end.max(last.end)))
}

fn place_of(pieces: &[Piece], at: u32) -> Option<Span> {
    let next = pieces.partition_point(|it| it.body.end <= at);
    match pieces.get(next) {
        Some(piece) if piece.body.start <= at => return Some(piece.on_page(at)),
        Some(piece) if next == 0 => return Some(Span::new(piece.page.start, piece.page.start)),
        Some(_) => {}
        None if pieces.last().is_some_and(|it| it.body.end == at) => {}
        None => return None,
    }
    let before = pieces.get(next.checked_sub(1)?)?.page.end;
    Some(Span::new(before, before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(body: (u32, u32), page: (u32, u32)) -> Piece {
        Piece { body: body.into(), page: page.into() }
    }

    #[test]
    fn an_offset_in_the_body_finds_its_place_on_the_page_and_back() {
        // Page: "ab|menu|cdé", body: "ab\ncdé".
        let pieces = Piece::lines([Span::new(0, 2), Span::new(8, 11)]);
        let there_and_back = |body: (u32, u32), page: (u32, u32)| {
            assert_eq!(on_page(&pieces, body.into()), Some(page.into()));
            assert_eq!(in_body(&pieces, page.into()), Some(body.into()));
        };
        there_and_back((0, 2), (0, 2));
        there_and_back((3, 6), (8, 11));
        there_and_back((1, 4), (1, 9));
        assert_eq!(on_page(&pieces, Span::new(5, 9)), None);
        assert_eq!(in_body(&pieces, Span::new(2, 4)), None);
    }

    #[test]
    fn a_character_reference_stands_as_a_whole_for_its_character() {
        // Page: "R&amp;D <b>now</b>", body: "R&D now".
        let pieces = [
            piece((0, 1), (0, 1)),
            piece((1, 2), (1, 6)),
            piece((2, 4), (6, 8)),
            piece((4, 7), (11, 14)),
        ];
        assert_eq!(on_page(&pieces, Span::new(0, 3)), Some(Span::new(0, 7)));
        assert_eq!(on_page(&pieces, Span::new(1, 2)), Some(Span::new(1, 6)));
        assert_eq!(on_page(&pieces, Span::new(2, 7)), Some(Span::new(6, 14)));
        assert_eq!(in_body(&pieces, Span::new(3, 7)), Some(Span::new(1, 3)));
        assert_eq!(in_body(&pieces, Span::new(11, 14)), Some(Span::new(4, 7)));
    }

    #[test]
    fn what_the_page_does_not_print_counts_to_the_piece_before_it() {
        let pieces = [piece((1, 3), (10, 12)), piece((5, 7), (20, 22))];
        assert_eq!(on_page(&pieces, Span::new(0, 2)), Some(Span::new(10, 11)));
        assert_eq!(on_page(&pieces, Span::new(2, 4)), Some(Span::new(11, 12)));
        assert_eq!(on_page(&pieces, Span::new(3, 5)), Some(Span::new(12, 12)));
        assert_eq!(on_page(&pieces, Span::new(7, 7)), Some(Span::new(22, 22)));
        assert_eq!(on_page(&pieces, Span::new(8, 8)), None);
        assert_eq!(on_page(&[], Span::new(0, 0)), None);
    }

    #[test]
    fn a_body_in_another_order_than_its_page_is_covered_from_both_ends() {
        let pieces = [piece((0, 2), (50, 52)), piece((3, 5), (10, 12))];
        assert_eq!(on_page(&pieces, Span::new(0, 5)), Some(Span::new(11, 51)));
    }
}
