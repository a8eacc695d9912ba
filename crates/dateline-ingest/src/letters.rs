//! Text taken out of markup or JSON, each character with its place on the page.

use dateline_event::{Piece, Span};

/// Longest name of a character reference that is looked for, in characters.
const MAX_REFERENCE: usize = 34;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements whose text is not for readers.
const HIDDEN: &[&str] = &["script", "style", "template", "iframe", "noscript", "svg", "math"];

/// A character, and what it stands for on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) it: char,
    pub(crate) place: Span,
}

/// A text with the place of each of its characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Letters(Vec<Letter>);

impl Letters {
    /// `text`, which stands on the page from code point `start` on, as it is.
    pub(crate) fn plain(text: &str, start: u32) -> Self {
        let mut letters = Self::default();
        letters.add_plain(text, start);
        letters
    }

    /// Adds `text`, which stands on the page from code point `at` on. Gives the place behind it.
    pub(crate) fn add_plain(&mut self, text: &str, mut at: u32) -> u32 {
        for it in text.chars() {
            self.0.push(Letter { it, place: Span::new(at, at + 1) });
            at += 1;
        }
        at
    }

    /// Adds other letters.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Adds a character that stands for `place`.
    pub(crate) fn push(&mut self, it: char, place: Span) {
        self.0.push(Letter { it, place });
    }

    /// Number of characters.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// The same with character references resolved (`&amp;`, `&#8212;`).
    pub(crate) fn resolved(self) -> Self {
        if !self.0.iter().any(|it| it.it == '&') {
            return self;
        }
        let (mut letters, mut rest) = (Self::default(), self.0.as_slice());
        while let Some((first, behind)) = rest.split_first() {
            if let Some((text, length)) = reference(rest) {
                let end = rest.get(length - 1).map_or(first.place.end, |it| it.place.end);
                let place = Span::new(first.place.start, end);
                text.chars().for_each(|it| letters.push(it, place));
                rest = rest.get(length..).unwrap_or_default();
            } else {
                letters.0.push(*first);
                rest = behind;
            }
        }
        letters
    }

    /// The text of a piece of HTML: tags away, each block on a line of its own, character
    /// references resolved.
    pub(crate) fn without_markup(self) -> Self {
        let (mut letters, mut rest) = (Self::default(), self.0.as_slice());
        let mut hidden: Option<String> = None;
        while let Some((first, behind)) = rest.split_first() {
            // In a script brackets open no tags but that of its end.
            let counts =
                |it: &Tag| hidden.as_ref().is_none_or(|name| it.is_end && it.name == *name);
            let Some(tag) = Tag::at(rest).filter(counts) else {
                if hidden.is_none() {
                    letters.0.push(Letter { it: flat(first.it), ..*first });
                }
                rest = behind;
                continue;
            };
            match &hidden {
                Some(_) => hidden = None,
                None if !tag.is_end && HIDDEN.contains(&tag.name.as_str()) => {
                    hidden = Some(tag.name.clone());
                }
                None if BLOCKS.contains(&tag.name.as_str()) => letters.push('\n', first.place),
                None => {}
            }
            rest = rest.get(tag.length..).unwrap_or_default();
        }
        letters.resolved()
    }

    /// The text, each run of white space as one space or line feed, and which part of it stands
    /// where.
    pub(crate) fn written(&self) -> (String, Vec<Piece>) {
        let mut writer = Writer::default();
        for letter in &self.0 {
            writer.add(*letter);
        }
        (writer.text, writer.pieces)
    }

    /// The characters as they are.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|it| it.it).collect()
    }

    /// The characters from the first to the last on the page.
    pub(crate) fn span(&self) -> Option<Span> {
        let (first, last) = (self.0.first()?, self.0.last()?);
        Some(Span::new(first.place.start, last.place.end))
    }
}

/// Line feeds in markup are spaces.
const fn flat(it: char) -> char {
    if matches!(it, '\n' | '\r') { ' ' } else { it }
}

/// What the character reference that starts `letters` stands for, and its length.
fn reference(letters: &[Letter]) -> Option<(String, usize)> {
    if letters.first()?.it != '&' {
        return None;
    }
    let end = letters.iter().take(MAX_REFERENCE).position(|it| it.it == ';')?;
    let written: String = letters.iter().take(end + 1).map(|it| it.it).collect();
    let text = htmlize::unescape(&written);
    (text != written.as_str()).then(|| (text.into_owned(), end + 1))
}

/// A tag or comment.
struct Tag {
    /// In lower case; empty for a comment.
    name: String,
    is_end: bool,
    /// In characters.
    length: usize,
}

impl Tag {
    /// The tag that starts `letters`.
    fn at(letters: &[Letter]) -> Option<Self> {
        let at = |index: usize| letters.get(index).map(|it| it.it);
        if at(0)? != '<' {
            return None;
        }
        if at(1)? == '!' || at(1)? == '?' {
            let is_comment = at(2) == Some('-') && at(3) == Some('-');
            let end = if is_comment {
                letters.windows(3).position(
                    |it| matches!(it, [a, b, c] if (a.it, b.it, c.it) == ('-', '-', '>')),
                )? + 3
            } else {
                letters.iter().position(|it| it.it == '>')? + 1
            };
            return Some(Self { name: String::new(), is_end: false, length: end });
        }
        let is_end = at(1)? == '/';
        let start = if is_end { 2 } else { 1 };
        if !at(start)?.is_ascii_alphabetic() {
            return None;
        }
        let name = letters.iter().skip(start).map(|it| it.it.to_ascii_lowercase());
        let name = name
            .take_while(|it| !it.is_whitespace() && !matches!(it, '>' | '/'))
            .take(40)
            .collect();
        let mut quote = None;
        for (index, letter) in letters.iter().enumerate().skip(start) {
            match (quote, letter.it) {
                (None, '>') => return Some(Self { name, is_end, length: index + 1 }),
                (None, '"' | '\'') if letters.get(index - 1).is_some_and(|it| it.it == '=') => {
                    quote = Some(letter.it);
                }
                (Some(open), close) if open == close => quote = None,
                _ => {}
            }
        }
        None
    }
}

/// A text as it grows.
#[derive(Default)]
struct Writer {
    text: String,
    /// Code points of `text`.
    length: u32,
    pieces: Vec<Piece>,
    /// The white space that waits for a character behind it.
    gap: Option<Letter>,
    /// Whether that was one character.
    is_single: bool,
}

impl Writer {
    fn add(&mut self, letter: Letter) {
        let it = letter.it;
        if matches!(it, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') {
            return;
        }
        if it.is_whitespace() || it.is_control() {
            let is_line = it == '\n';
            match &mut self.gap {
                None => {
                    self.gap = Some(Letter { it: if is_line { '\n' } else { ' ' }, ..letter });
                    self.is_single = it == ' ' || is_line;
                }
                Some(gap) => {
                    self.is_single = false;
                    if is_line {
                        gap.it = '\n';
                    }
                }
            }
            return;
        }
        if let Some(gap) = self.gap.take().filter(|_| !self.text.is_empty()) {
            if self.is_single && gap.place.len() == 1 {
                self.put(gap);
            } else {
                self.text.push(gap.it);
                self.length += 1;
            }
        }
        self.put(letter);
    }

    /// Writes a character; it lengthens the last piece where it follows it on both sides.
    fn put(&mut self, letter: Letter) {
        let (place, start) = (letter.place, self.length);
        self.text.push(letter.it);
        self.length += 1;
        match self.pieces.last_mut() {
            Some(last)
                if last.body.end == start
                    && last.body.len() == last.page.len()
                    && last.page.end == place.start
                    && place.len() == 1 =>
            {
                last.body.end += 1;
                last.page.end += 1;
            }
            // One reference may stand for two characters.
            Some(last) if last.body.end == start && last.page == place => last.body.end += 1,
            _ => self.pieces.push(Piece { body: Span::new(start, start + 1), page: place }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a piece of HTML, and each of its pieces as `text = source`.
    fn read(html: &str) -> (String, Vec<String>) {
        let (text, pieces) = Letters::plain(html, 0).without_markup().written();
        let cut = |from: &str, span: Span| -> String {
            let (start, len) =
                (usize::try_from(span.start).unwrap(), usize::try_from(span.len()).unwrap());
            from.chars().skip(start).take(len).collect()
        };
        let pieces =
            pieces.iter().map(|it| format!("{} = {}", cut(&text, it.body), cut(html, it.page)));
        let pieces = pieces.collect();
        (text, pieces)
    }

    #[test]
    fn tags_go_blocks_part_lines_and_every_piece_shows_its_place() {
        let (text, pieces) =
            read("<p>Dam <b>broke</b>.</p>\n<P class=\"a>b\">R&amp;D &#8212; met</p>");
        assert_eq!(text, "Dam broke.\nR&D — met");
        assert_eq!(
            pieces,
            [
                "Dam  = Dam ",
                "broke = broke",
                ". = .",
                "R = R",
                "& = &amp;",
                "D  = D ",
                "— = &#8212;",
                " met =  met"
            ]
        );
    }

    #[test]
    fn what_is_not_for_readers_is_left_out() {
        assert_eq!(read("a<script>if (a<b) {}</script><!-- <p>x --> b<br/>c").0, "a b\nc");
        assert_eq!(read("3 < 4 & 5 > 2 &unknown; <").0, "3 < 4 & 5 > 2 &unknown; <");
        assert_eq!(read("").0, "");
    }
}
