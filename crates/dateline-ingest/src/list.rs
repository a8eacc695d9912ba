//! Blocks of stories that are no article: items of a list page, news above an article, "see also"
//! below it.

use dateline_event::story::StoryRole;

use crate::chrome::{self, Chrome};
use crate::glue;
use crate::layout::{Draft, Layout, MIN_UNPLACED_WORDS};
use crate::row::{Kind, Row};

/// Fewest items with a headline that make a page a list.
const MIN_ITEMS: usize = 3;

/// Fewest words of the headline of an item.
const MIN_TITLE_WORDS: usize = 4;

/// Fewest words of one with a dateline under it.
const MIN_TITLE_WORDS_FILED: usize = 2;

/// Words of a headline with text under it, in a list.
const TITLE_WORDS: std::ops::RangeInclusive<usize> = MIN_TITLE_WORDS..=20;

/// Most paragraphs of an item of a list page.
const MAX_PARAGRAPHS: usize = 2;

/// Rows of a page in which glued headlines are looked for to tell whether it is a list.
const MAX_GLUED_ROWS: usize = 60;

/// Fewest words of open text that is the text of an item and not a line of a menu.
const MIN_TEXT_WORDS: usize = 8;

/// Whether a page is a list: headlines with a paragraph or two under each.
pub(crate) fn is_list(rows: &[Row<'_>]) -> bool {
    let mut heads: Vec<usize> = (0..rows.len()).filter(|it| is_head(rows, *it)).collect();
    if heads.len() >= 2 {
        // In the order of the page, as the heads are.
        let led: Vec<usize> = heads.iter().filter_map(|it| next_text_at(rows, *it)).collect();
        let glued = |at: &usize| {
            let prose = rows.get(*at).filter(|it| it.is_prose());
            prose.is_some_and(|it| led.binary_search(at).is_err() && glue::item(it).is_some())
        };
        let more: Vec<usize> = (0..rows.len().min(MAX_GLUED_ROWS)).filter(glued).collect();
        heads.extend(more);
        heads.sort_unstable();
    }
    let dated = heads.iter().filter(|it| is_dated(rows, **it)).count();
    let all_dated = dated == heads.len() && dated >= 2;
    // One date, by the first headline alone, or a dateline there, is the head of an article with
    // headings below.
    let first_alone = dated == 1 && heads.first().is_some_and(|it| is_dated(rows, *it));
    let first_prose = rows.iter().find(|it| it.is_prose());
    let filed = first_prose.is_some_and(Row::is_filed);
    // A column of news in brief has a dateline under each of its headlines.
    let column = || {
        let filed = heads.iter().filter(|it| next_text(rows, **it).is_some_and(Row::is_filed));
        filed.count() * 2 >= heads.len().max(MIN_ITEMS)
    };
    if !all_dated && (heads.len() < MIN_ITEMS || first_alone || (filed && !column())) {
        return false;
    }
    let most = if all_dated { MAX_PARAGRAPHS } else { 1 };
    let bounds = heads.iter().skip(1).copied().chain([rows.len()]);
    let short = heads.iter().zip(bounds).filter(|(head, next)| {
        let item = rows.get(**head..*next).unwrap_or_default();
        item.iter().filter(|it| it.is_prose()).count() <= most
    });
    short.count() * 4 >= heads.len() * 3
}

/// Whether a stamp stands right above or under a row.
fn is_dated(rows: &[Row<'_>], at: usize) -> bool {
    let is_stamp = |it: usize| {
        rows.get(it).is_some_and(|it| matches!(&it.kind, Kind::Stamp(it) if !it.like_masthead))
    };
    at.checked_sub(1).is_some_and(is_stamp) || is_stamp(at + 1)
}

/// Whether rows without an article are several items: more than one has a stamp, or they stand
/// apart as items do (two empty lines between them, one between the paragraphs of one).
pub(crate) fn is_block(rows: &[Row<'_>]) -> bool {
    let stamps = rows.iter().filter(|it| matches!(it.kind, Kind::Stamp(_))).count();
    let prose = || rows.iter().filter(|it| it.is_prose());
    let filed = prose().any(Row::is_filed);
    let apart = prose().skip(1).filter(|it| it.gap >= 2).count();
    let together = prose().skip(1).filter(|it| it.gap == 1).count();
    stamps > 1 || is_list(rows) || (apart >= 2 && together >= 1 && !filed)
}

/// Most words of a headline that asks.
const MAX_ASKING_WORDS: usize = 20;

/// Whether a row that ends as a sentence does is a headline that asks: a stamp stands right under it, and then text.
fn asks(rows: &[Row<'_>], at: usize) -> bool {
    let is_one = |row: &Row<'_>| {
        let inner = row.text.strip_suffix('?').unwrap_or_default();
        let words = MIN_TITLE_WORDS_FILED..=MAX_ASKING_WORDS;
        words.contains(&row.words()) && !inner.is_empty() && !inner.contains(['.', '!', '?', ':'])
    };
    rows.get(at).is_some_and(|it| it.is_prose() && is_one(it))
        && rows.get(at + 1).is_some_and(|it| matches!(it.kind, Kind::Stamp(_)))
        && rows.get(at + 2).is_some_and(Row::is_prose)
}

/// Whether a row is open text, or asks, with prose right under it.
fn is_head(rows: &[Row<'_>], at: usize) -> bool {
    let is_stamp = |it: usize| rows.get(it).is_some_and(|it| matches!(it.kind, Kind::Stamp(_)));
    // Between two stamps stands an item of its own.
    let alone = at.checked_sub(1).is_some_and(is_stamp) && is_stamp(at + 1);
    // Over a dateline, a headline may be as short as it likes.
    let fewest = |next: &Row<'_>| {
        if next.is_filed() { MIN_TITLE_WORDS_FILED } else { MIN_TITLE_WORDS }
    };
    // The next text is looked for last: it may stand many rows on.
    rows.get(at).is_some_and(|it| {
        (it.is_open() || asks(rows, at))
            && (MIN_TITLE_WORDS_FILED..=*TITLE_WORDS.end()).contains(&it.words())
            && !alone
            && next_text(rows, at).is_some_and(|next| next.is_prose() && it.words() >= fewest(next))
    })
}

/// The next row that is text.
fn next_text<'r, 'a>(rows: &'r [Row<'a>], at: usize) -> Option<&'r Row<'a>> {
    next_text_at(rows, at).and_then(|it| rows.get(it))
}

fn next_text_at(rows: &[Row<'_>], at: usize) -> Option<usize> {
    let behind = (at + 1..rows.len()).filter_map(|it| Some((it, rows.get(it)?)));
    let mut behind = behind.take_while(|(_, row)| !row.ends_article());
    behind.find(|(_, row)| row.is_open() || row.is_prose()).map(|it| it.0)
}

/// Bytes before the headline of an item: its time of day, or its number in a list where its neighbour has the next one.
fn lead_in(rows: &[Row<'_>], at: usize) -> usize {
    let Some((first, rest)) = rows.get(at).and_then(|it| it.text.split_once(' ')) else { return 0 };
    let number = |at: Option<usize>| {
        let text = at.and_then(|it| rows.get(it)).map_or("", |it| it.text);
        text.split(' ').next().and_then(|it| it.parse::<u8>().ok())
    };
    let own = number(Some(at));
    let ranked = own.is_some_and(|it| {
        number(Some(at + 1)) == it.checked_add(1)
            || number(at.checked_sub(1)).is_some_and(|before| before.checked_add(1) == Some(it))
    });
    let apart = chrome::is_clock(first) || ranked;
    if apart && rest.starts_with(|it: char| !it.is_lowercase()) { first.len() + 1 } else { 0 }
}

/// How the items of a block are told apart.
#[expect(clippy::struct_excessive_bools, reason = "four signs that a block shows or does not show")]
struct Style {
    /// Items have headlines.
    titled: bool,
    /// A stamp stands before its item, and not under the headline.
    stamp_first: bool,
    stamped: bool,
    /// Items are two empty lines apart, their paragraphs one.
    double: bool,
}

impl Style {
    fn of(rows: &[Row<'_>]) -> Self {
        let heads = (0..rows.len()).filter(|it| is_head(rows, *it)).count();
        let texts = rows.iter().enumerate().filter(|it| it.1.is_open() || it.1.is_prose());
        let mut bare = 0;
        let mut before: Option<bool> = None;
        let mut double = false;
        for (at, row) in texts {
            let is_text = row.is_prose() && !asks(rows, at);
            if is_text && before.unwrap_or(true) {
                bare += 1;
                double |= before.is_some() && row.gap >= 2;
            }
            before = Some(is_text);
        }
        let is_stamp = |it: &Row<'_>| matches!(it.kind, Kind::Stamp(_));
        let first_stamp = rows.iter().position(is_stamp);
        let prose = rows.iter().any(Row::is_prose);
        let first_head = (0..rows.len()).find(|it| {
            let row = rows.get(*it);
            let headline = row.is_some_and(|it| it.is_open() && it.words() >= MIN_TITLE_WORDS);
            is_head(rows, *it) || row.is_some_and(Row::is_prose) || (!prose && headline)
        });
        Self {
            titled: heads * 2 > bare || !prose,
            stamp_first: first_stamp.zip(first_head).is_none_or(|(stamp, head)| stamp < head),
            stamped: first_stamp.is_some(),
            double,
        }
    }
}

/// Reads the items of a block into `layout`.
pub(crate) fn items(rows: &[Row<'_>], layout: &mut Layout) {
    let mut reader = Items { rows, style: Style::of(rows), layout, current: None, related: false };
    for at in 0..rows.len() {
        reader.row(at);
    }
    reader.finish();
}

struct Items<'r, 'a> {
    rows: &'r [Row<'a>],
    style: Style,
    layout: &'r mut Layout,
    current: Option<Draft>,
    /// A heading such as "see also" stands above, so that bare headlines are stories too.
    related: bool,
}

impl Items<'_, '_> {
    fn row(&mut self, at: usize) {
        let Some(row) = self.rows.get(at) else { return };
        match &row.kind {
            Kind::Chrome(Chrome::Inline) => {}
            Kind::Chrome(Chrome::Closer) => {
                self.finish();
                self.related = false;
            }
            Kind::Chrome(Chrome::Related) => {
                self.finish();
                self.related = true;
                self.style = Style::of(self.rows.get(at + 1..).unwrap_or_default());
            }
            Kind::Stamp(stamp) => {
                let own = !stamp.like_masthead || self.current.is_some();
                let under = self
                    .current
                    .as_mut()
                    .filter(|it| it.stamp.is_none() && it.title.is_some() && it.body.is_empty());
                match under {
                    Some(draft) if !self.style.stamp_first => draft.stamp = Some(stamp.clone()),
                    _ if own => self.start().stamp = Some(stamp.clone()),
                    _ => {}
                }
            }
            Kind::Prose if !asks(self.rows, at) => self.prose(row),
            Kind::Open | Kind::Title | Kind::Prose => self.open(at, row),
        }
    }

    fn open(&mut self, at: usize, row: &Row<'_>) {
        let next = next_text(self.rows, at);
        let leads = next.is_some_and(Row::is_prose);
        let names_next = next.is_some_and(Row::is_open) && row.words() < MIN_TITLE_WORDS;
        let fresh = self.current.as_ref().is_some_and(|it| !it.has_text());
        let dated = !self.style.stamp_first && self.style.titled && self.is_stamp(at + 1);
        let listed = (dated || self.related) && row.words() >= MIN_TITLE_WORDS;
        let is_title = row.kind == Kind::Title || listed || (self.style.titled && leads);
        let last = at + 1 == self.rows.len() && row.words() >= MIN_TEXT_WORDS;
        if fresh && !names_next && row.words() >= 2 {
            if let Some(draft) = self.current.as_mut() {
                if is_title || self.style.titled {
                    draft.take_title_from(row, lead_in(self.rows, at));
                } else {
                    draft.body.push(row.range.clone());
                }
            }
        } else if is_title && row.words() >= 2 {
            let start = lead_in(self.rows, at);
            self.start().take_title_from(row, start);
        } else if !self.style.titled && row.words() >= MIN_TEXT_WORDS && (leads || last) {
            self.start().body.push(row.range.clone());
        } else if row.words() >= MIN_UNPLACED_WORDS {
            self.layout.unplaced.push(row.range.clone());
        }
    }

    fn is_stamp(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|it| matches!(it.kind, Kind::Stamp(_)))
    }

    fn prose(&mut self, row: &Row<'_>) {
        let is_next = self.current.as_ref().is_none_or(|it| {
            let by_gap = row.gap >= 2 && self.style.double;
            let by_line = !self.style.double && !self.style.stamped && !self.style.titled;
            !it.body.is_empty() && (by_gap || by_line)
        });
        if !is_next {
            self.current.iter_mut().for_each(|it| it.body.push(row.range.clone()));
            return;
        }
        let glued = if self.style.titled { glue::item(row) } else { None };
        let draft = self.start();
        if let Some(glued) = glued {
            draft.take_glued(&row.range, glued);
        } else {
            draft.body.push(row.range.clone());
        }
    }

    /// Begins the next item.
    fn start(&mut self) -> &mut Draft {
        self.finish();
        self.current.insert(Draft::new(StoryRole::Teaser))
    }

    fn finish(&mut self) {
        if let Some(draft) = self.current.take().filter(Draft::has_text) {
            self.layout.drafts.push(draft);
        }
    }
}
