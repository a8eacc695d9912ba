//! Puts a story together: its text, its dateline, its language.

use std::ops::Range;

use dateline_event::Piece;
use dateline_event::date::{Basis, Edtf, PrintedDate};
use dateline_event::story::{Dateline, Headline, Story};

use crate::layout::Draft;
use crate::page::Page;
use crate::row::Row;
use crate::{dateline, languages};

/// The stories that `drafts` describe.
pub(crate) fn stories(page: &Page<'_>, rows: &[Row<'_>], drafts: &[Draft]) -> Vec<Story> {
    let mut stories: Vec<_> = drafts.iter().map(|it| story(page, rows, it)).collect();
    languages::tell(&mut stories);
    stories
}

/// The story that `draft` describes, its language still to be told.
fn story(page: &Page<'_>, rows: &[Row<'_>], draft: &Draft) -> Story {
    let parts: Vec<&str> = draft.body.iter().map(|it| page.slice(it)).collect();
    let body = parts.join("\n");
    let title = draft
        .title
        .as_ref()
        .map(|it| Headline { text: page.slice(it).to_owned(), span: page.span(it) });
    let stamped = draft.stamp.as_ref();
    let filed = stamped.and_then(|it| Some((it, it.agency.clone()?)));
    let dateline = draft.body.first().and_then(|it| dateline(page, rows, it));
    let dateline = dateline.or_else(|| {
        let (stamp, agency) = filed.as_ref()?;
        Some(Dateline {
            place: stamp.place.as_ref().map(|it| page.slice(it).to_owned()),
            date: None,
            agency: Some(page.slice(agency).to_owned()),
            span: page.span(agency),
        })
    });
    let published =
        stamped.map(|it| printed(page, it.edtf, Basis::PageDate, &it.range)).or_else(|| {
            // A dateline with its year says when the story was put out; without one it says too
            // little.
            dateline.as_ref().and_then(|it| it.date.clone()).filter(|it| it.edtf.has_year())
        });
    Story {
        role: draft.role,
        language: String::new(),
        passages: Vec::new(),
        pieces: Piece::lines(draft.body.iter().map(|it| page.span(it))),
        published,
        address: None,
        stamp_place: stamped
            .filter(|_| filed.is_none())
            .and_then(|it| it.place.as_ref())
            .map(|it| page.slice(it).to_owned()),
        dateline,
        title,
        body,
    }
}

/// The dateline of the text that starts with the line at `first`, which is a row, or the end of one that starts with
/// a headline.
fn dateline(page: &Page<'_>, rows: &[Row<'_>], first: &Range<usize>) -> Option<Dateline> {
    let row = rows.binary_search_by_key(&first.start, |it| it.range.start).ok();
    let found = match row.and_then(|it| rows.get(it)).filter(|it| it.range == *first) {
        Some(row) => row.dateline().cloned()?,
        None => dateline::find(page.slice(first))?,
    };
    let shifted = |it: Range<usize>| first.start + it.start..first.start + it.end;
    let agency = found.agency.map(|it| page.slice(&shifted(it)).to_owned());
    Some(Dateline {
        place: Some(found.place),
        date: found.date.map(|(edtf, at)| printed(page, edtf, Basis::Dateline, &shifted(at))),
        agency,
        span: page.span(&shifted(found.range)),
    })
}

fn printed(page: &Page<'_>, edtf: Edtf, basis: Basis, at: &Range<usize>) -> PrintedDate {
    PrintedDate { edtf, basis, field: None, span: page.span(at), text: page.slice(at).to_owned() }
}
