//! What each line of a page is, seen by itself.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use dateline_event::date::printed::{DateExpression, find_all};
use regex::Regex;

use crate::chrome::{self, Chrome, LineSigns, Signs};
use crate::date_line::{self, DateLine};
use crate::dateline;
use crate::page::{Line, Page, first_chars, is_blank};
use crate::script::{self, Tally};
use crate::stamp::{self, Stamp};

/// A line, or a part of one, with what it is.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    pub(crate) text: &'a str,
    /// Bytes of the page.
    pub(crate) range: Range<usize>,
    /// Number of lines without text before it.
    pub(crate) gap: usize,
    pub(crate) kind: Kind,
    /// Number of words of `text`, once somebody has asked.
    words: OnceCell<usize>,
    /// The dateline that starts `text`, once somebody has asked.
    filed: OnceCell<Option<Box<dateline::Found>>>,
    /// The dates at the start of `text`, once somebody has asked.
    dates: Dates,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// On the page, in no story.
    Chrome(Chrome),
    /// When a story was put out.
    Stamp(Stamp),
    /// Text that no full stop ends: a headline, a name, an item of a menu.
    Open,
    /// Text of sentences.
    Prose,
    /// A headline that its layout gives away.
    Title,
}

/// Dates, once somebody has asked.
type Dates = OnceCell<Vec<DateExpression>>;

/// How much of a text its dates are looked for in, in characters. It is more than a dateline, a headline and a stamp
/// reach, so that none of their dates is cut.
const DATED_CHARS: usize = 480;

fn find_dates(text: &str) -> Vec<DateExpression> {
    find_all(first_chars(text, DATED_CHARS))
}

impl Row<'_> {
    /// The dates at the start of its text.
    pub(crate) fn dates(&self) -> &[DateExpression] {
        self.dates.get_or_init(|| find_dates(self.text))
    }

    pub(crate) fn is_prose(&self) -> bool {
        self.kind == Kind::Prose
    }

    /// Text without a full stop, headlines included.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.kind, Kind::Open | Kind::Title)
    }

    /// Whether it stands behind the end of an article.
    pub(crate) fn ends_article(&self) -> bool {
        matches!(self.kind, Kind::Chrome(Chrome::Closer | Chrome::Related))
    }

    /// Whether it starts with a dateline.
    pub(crate) fn is_filed(&self) -> bool {
        self.dateline().is_some()
    }

    /// The dateline that starts it.
    pub(crate) fn dateline(&self) -> Option<&dateline::Found> {
        let find = || dateline::find_dated(self.text, || self.dates()).map(Box::new);
        self.filed.get_or_init(find).as_deref()
    }

    pub(crate) fn words(&self) -> usize {
        *self.words.get_or_init(|| count_words(self.text))
    }
}

/// The prefix that a store of captures puts before a page: `date`, a day, and a figure with its
/// unit.
static STORE_PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    chrome::constant(r"^date \d{4}-\d\d-\d\d\b(?: [\d.,]+(?: [A-Z]{2,5}\b)?)?\s*")
});

/// The rows of a page.
pub(crate) fn rows<'a>(page: &Page<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::with_capacity(page.lines().len());
    let signs = Signs::of(page.text());
    for (index, line) in page.lines().iter().enumerate() {
        let mut line = line.clone();
        if index == 0 {
            let text = page.slice(&line.range);
            let prefix = text.starts_with("date ").then(|| STORE_PREFIX.find(text)).flatten();
            line.range.start += prefix.map_or(0, |it| it.end());
        }
        if !line.range.is_empty() {
            split(page, &line, signs.within(&line.range), &mut rows);
        }
    }
    join_clocks(&mut rows);
    mark_headings(&mut rows);
    if script::has_other_than_latin(page.text()) {
        set_aside_translations(&mut rows);
    }
    rows
}

/// Takes text in another script than most of the page for boilerplate.
fn set_aside_translations(rows: &mut [Row<'_>]) {
    let mut all = Tally::default();
    let mut scripts = Vec::with_capacity(rows.len());
    for row in rows.iter_mut().filter(|it| it.is_open() || it.is_prose()) {
        let tally = Tally::of(row.text);
        all.add(&tally);
        scripts.push((row, tally.most()));
    }
    let most = all.most();
    for (row, _) in scripts.into_iter().filter(|it| it.1.is_some() && it.1 != most) {
        row.kind = Kind::Chrome(Chrome::Inline);
    }
}

/// Lines that head a block of other stories where headlines follow below the text; elsewhere they are buttons and
/// sections.
const HEADINGS: &[&str] = &["more", "news", "latest", "popular", "related"];

/// Fewest words of each of the two headlines under such a line.
const MIN_HEADED_WORDS: usize = 4;

/// Marks such lines.
fn mark_headings(rows: &mut [Row<'_>]) {
    let Some(text) = rows.iter().position(Row::is_prose) else { return };
    for at in text + 1..rows.len() {
        let headed = |it: &Row<'_>| it.is_open() && it.words() >= MIN_HEADED_WORDS;
        let two = rows.get(at + 1..at + 3).is_some_and(|it| it.iter().all(headed));
        let names = |it: &&mut Row<'_>| {
            HEADINGS.iter().any(|name| it.text.trim_end_matches(':').eq_ignore_ascii_case(name))
        };
        if let Some(row) = rows.get_mut(at).filter(names).filter(|_| two) {
            row.kind = Kind::Chrome(Chrome::Related);
        }
    }
}

/// Gives stamps the time of day that stands in the line under them.
fn join_clocks(rows: &mut [Row<'_>]) {
    for at in 1..rows.len() {
        let Some([date, time]) = rows.get_mut(at - 1..=at) else { continue };
        let (text, end) = (time.text, time.range.end);
        if let Kind::Stamp(stamp) = &mut date.kind
            && chrome::is_clock(text)
        {
            stamp.add_clock(date.text, text, end);
        }
    }
}

/// Adds the rows of one line: most lines are one row, glued ones are more.
fn split<'a>(page: &Page<'a>, line: &Line, signs: LineSigns, rows: &mut Vec<Row<'a>>) {
    let text = page.slice(&line.range);
    let dates = Dates::new();
    let dated = || dates.get_or_init(|| find_dates(text)).as_slice();
    let mut add = |range: Range<usize>, gap: usize, kind: Kind| {
        let dates = if range == (0..text.len()) { dates.clone() } else { Dates::new() };
        let start = line.range.start;
        let range = start + range.start..start + range.end;
        rows.push(Row {
            text: page.slice(&range),
            range,
            gap,
            kind,
            words: OnceCell::new(),
            filed: OnceCell::new(),
            dates,
        });
    };
    let whole = 0..text.len();
    let stamp =
        if date_line::may_be_stamp(text) { date_line::read_dated(text, dated()) } else { None };
    match stamp {
        Some(DateLine::Stamp(stamp)) => {
            return add(whole, line.gap, Kind::Stamp(stamp.shifted(line.range.start)));
        }
        Some(DateLine::OfThePage) => return add(whole, line.gap, Kind::Chrome(Chrome::Inline)),
        None => {}
    }
    if let Some(chrome) = chrome::chrome(text, signs) {
        return add(whole, line.gap, Kind::Chrome(chrome));
    }
    let mut at = 0;
    if let Some(end) = chrome::caption_end(text, signs) {
        add(0..end, line.gap, Kind::Chrome(Chrome::Inline));
        at = end + blanks(text.get(end..));
    }
    let mut gap = if at > 0 { 0 } else { line.gap };
    let rest = text.get(at..).unwrap_or_default();
    let at_start = if at == 0 { stamp::at_start_dated(text, dated) } else { stamp::at_start(rest) };
    if let Some((stamp, start)) = at_start {
        let stamp = stamp.shifted(line.range.start + at);
        add(at..at + start, gap, Kind::Stamp(stamp));
        at += start;
        gap = 0;
    }
    let rest = text.get(at..).unwrap_or_default();
    if rest.is_empty() {
        return;
    }
    if is_prose(rest) {
        return add(at..text.len(), gap, Kind::Prose);
    }
    let all_seen = at == 0 && date_line::may_be_stamp(text);
    let inside = if all_seen { stamp::inside_dated(rest, dated()) } else { stamp::inside(rest) };
    match inside
        .filter(|(it, _)| rest.get(..it.range.start).map_or(0, count_words) >= MIN_DATED_WORDS)
    {
        Some((stamp, behind)) => {
            let (title, stamped) =
                (at..at + stamp.range.start, at + stamp.range.start..at + behind);
            let title = title.start..title.start + trimmed(text.get(title));
            add(title, gap, Kind::Open);
            add(stamped, 0, Kind::Stamp(stamp.shifted(line.range.start + at)));
            add(at + behind..text.len(), 0, Kind::Open);
        }
        None => add(at..text.len(), gap, Kind::Open),
    }
}

/// Fewest words of a headline in front of a date with more behind it, in one line.
const MIN_DATED_WORDS: usize = 4;

fn count_words(text: &str) -> usize {
    let (mut words, mut counted) = (0, false);
    if text.is_ascii() {
        for it in text.bytes() {
            let blank = it == b' ' || it.is_ascii_control();
            let first = !blank && !counted && it.is_ascii_alphanumeric();
            words += usize::from(first);
            counted = !blank && (counted || first);
        }
        return words;
    }
    for it in text.chars() {
        if is_blank(it) {
            counted = false;
        } else if !counted && it.is_alphanumeric() {
            counted = true;
            words += 1;
        }
    }
    words
}

/// Length of a text without the white space at its end.
fn trimmed(text: Option<&str>) -> usize {
    text.map_or(0, |it| it.trim_end_matches(is_blank).len())
}

fn blanks(text: Option<&str>) -> usize {
    text.map_or(0, |it| it.len() - it.trim_start_matches(is_blank).len())
}

static SENTENCE_INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    chrome::constant(r#"[\p{Ll}\d)”"»]{4}[.!?…]["”’»)]?\s+["“‘«(]?[\p{Lu}\d–—-]"#)
});

/// Whether a text has a mark with which a sentence ends.
fn has_stop(text: &str) -> bool {
    text.bytes().any(|it| matches!(it, b'.' | b'!' | b'?')) || text.contains('…')
}

/// Fewest words of an item of a numbered list.
const MIN_LISTED_WORDS: usize = 3;

/// Fewest words of a line that announces what follows and ends in a colon; shorter ones are labels.
const MIN_ANNOUNCING_WORDS: usize = 8;

/// Whether a line holds sentences: it ends as a sentence or a clause does, has one inside, or is an
/// item of a list.
pub(crate) fn is_prose(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '»', ')', '\'', ']', ' ', '\u{a0}']);
    let ends = bare.ends_with(['.', '!', '?', '…', ';', ',', '。', '।']);
    let listed =
        text.starts_with(['-', '–', '—', '•', '●', '▪']) && !bare.ends_with(['-', '–', '—']);
    let behind_number = text.trim_start_matches(|it: char| it.is_ascii_digit());
    let numbered = behind_number.len() < text.len()
        && (behind_number.starts_with(") ") || behind_number.starts_with(". "))
        && text.split_whitespace().count() >= MIN_LISTED_WORDS;
    let announces = bare.ends_with(':') && text.split_whitespace().count() >= MIN_ANNOUNCING_WORDS;
    ends || listed || numbered || announces || has_stop(text) && SENTENCE_INSIDE.is_match(text)
}
