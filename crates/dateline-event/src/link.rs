//! Links that lead a reader to the very words on a page: URL fragments with a text directive, after the WICG draft
//! "URL Fragment Text Directives" (`#:~:text=prefix-,start,end`).
//!
//! A browser shows the first place that matches. So words that stand earlier in the story too get words before them,
//! or a longer start, until the first place is the one that is meant.

use std::fmt::Write as _;

use crate::span::Span;
use crate::story::{PageRef, Story};

/// A text with more words than this is named by its first and last words.
const WHOLE_UP_TO: usize = 12;

/// Words that name the start, and the end, of a longer text.
const EDGE: usize = 5;

/// Most words that are added to tell a place from an earlier one.
const MAX_ADDED: usize = 8;

/// The address of `story`, read on `page`, with a text directive for each of `spans`, which count in the page. `None`
/// where there is no address, or none of them lies in the story.
pub fn text_link(page: &PageRef, story: &Story, spans: &[Span]) -> Option<String> {
    let address = story.address.as_ref().or(page.address.as_ref())?;
    let text = Shown::of(story);
    let directives: Vec<String> =
        spans.iter().filter_map(|it| text.directive(story, *it)).collect();
    if directives.is_empty() {
        return None;
    }
    let fragment = if address.contains('#') { "" } else { "#" };
    Some(format!("{address}{fragment}:~:{}", directives.join("&")))
}

/// The same for the story as a whole: its headline, else its first words.
pub fn story_link(page: &PageRef, story: &Story) -> Option<String> {
    let title = story.title.as_ref().map(|it| it.span);
    let first = || story.pieces.first().map(|it| it.page);
    text_link(page, story, &[title.or_else(first)?])
}

/// Headline and body as a browser sees them.
struct Shown {
    text: String,
    /// Code points before the body.
    body: u32,
}

impl Shown {
    fn of(story: &Story) -> Self {
        let title = story.title.as_ref().map_or("", |it| it.text.as_str());
        let body = u32::try_from(title.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
        Self { text: format!("{title}\n{}", story.body), body }
    }

    /// The bytes of `text` that `span` of the page stands for.
    fn place(&self, story: &Story, span: Span) -> Option<(usize, usize)> {
        let at = if let Some(title) = story.title.as_ref().filter(|it| it.span.contains(span)) {
            title.in_text(span)?
        } else {
            let at = story.in_body(span)?;
            Span::new(at.start.checked_add(self.body)?, at.end.checked_add(self.body)?)
        };
        let byte = |at: u32| {
            let index = usize::try_from(at).ok()?;
            Some(self.text.char_indices().nth(index).map_or(self.text.len(), |it| it.0))
        };
        Some((byte(at.start)?, byte(at.end)?))
    }

    fn directive(&self, story: &Story, span: Span) -> Option<String> {
        let (start, end) = self.place(story, span)?;
        let (start, end) = whole_words(&self.text, start, end);
        let meant = self.text.get(start..end)?;
        let start = start + (meant.len() - meant.trim_start().len());
        let words: Vec<&str> = meant.split_whitespace().collect();
        if words.is_empty() {
            return None;
        }
        let whole = folded(&self.text);
        let at = folded(self.text.get(..start)?).len();
        let is_first = |prefix: &[&str], words: &[&str]| {
            let before = folded(&prefix.join(" "));
            let space = usize::from(!before.is_empty());
            let wanted = folded(&[prefix, words].concat().join(" "));
            whole.find(&wanted) == at.checked_sub(before.len() + space)
        };
        // A browser looks for a directive's start in one block of the page, so a text of several lines is named by its
        // ends.
        let is_short = words.len() <= WHOLE_UP_TO && !meant.trim().contains('\n');
        if is_short {
            let prefix = self.prefix(start, |prefix| is_first(prefix, &words));
            return Some(format!("text={}{}", prefix, encoded(&words.join(" "))));
        }
        let shortest = EDGE.min(words.len() / 2).max(1);
        let line = meant.trim().lines().next().map_or(0, |it| it.split_whitespace().count());
        let longest = (shortest + MAX_ADDED).min(words.len() / 2).min(line).max(shortest);
        let starts = (shortest..=longest).filter_map(|it| words.get(..it));
        let unique = starts.into_iter().find(|it| is_first(&[], it));
        let first = unique.or_else(|| words.get(..shortest))?;
        let prefix = match unique {
            Some(_) => String::new(),
            None => self.prefix(start, |prefix| is_first(prefix, first)),
        };
        let last = words.get(words.len() - shortest..)?;
        Some(format!("text={prefix}{},{}", encoded(&first.join(" ")), encoded(&last.join(" "))))
    }

    /// The fewest words before byte `start`, on the same line, with which `is_enough`; empty where none are needed, or
    /// none help.
    fn prefix(&self, start: usize, is_enough: impl Fn(&[&str]) -> bool) -> String {
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        let needed = (0..=MAX_ADDED.min(words.len())).find_map(|count| {
            let prefix = words.get(words.len() - count..)?;
            is_enough(prefix).then_some(prefix)
        });
        match needed {
            Some(words) if !words.is_empty() => format!("{}-,", encoded(&words.join(" "))),
            Some(_) | None => String::new(),
        }
    }
}

/// `start` and `end` moved outward to the borders of words: a browser finds whole words alone. `Ket` of `Ket's` becomes
/// all of it, since an apostrophe between letters parts no words (UAX #29, WB6).
fn whole_words(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = text.get(..start).unwrap_or_default();
    let meant = text.get(start..end).unwrap_or_default();
    let behind = text.get(end..).unwrap_or_default();
    let into = |first: Option<char>, second: Option<char>| {
        first.is_some_and(is_of_word) && second.is_some_and(is_of_word)
    };
    let start = if into(before.chars().next_back(), meant.chars().next()) {
        start
            - before
                .chars()
                .rev()
                .take_while(|it| is_of_word(*it))
                .map(char::len_utf8)
                .sum::<usize>()
    } else {
        start
    };
    let mut end = end;
    let mut last = meant.chars().next_back();
    let mut behind = behind.chars().peekable();
    while let Some(next) = behind.next() {
        let joins = matches!(next, '\'' | '’') && into(last, behind.peek().copied());
        if !(joins || into(last, Some(next))) {
            break;
        }
        end += next.len_utf8();
        last = if joins { last } else { Some(next) };
    }
    (start, end)
}

/// Whether a character is of a word whose border shows. Words of Chinese, Japanese and Thai stand without any mark
/// between them.
fn is_of_word(it: char) -> bool {
    let unmarked =
        matches!(it, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    it.is_alphanumeric() && !unmarked
}

/// `text` in lower case with one space for each run of white space: browsers match without regard to both.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for it in text.chars() {
        if !it.is_whitespace() {
            folded.extend(it.to_lowercase());
        } else if !space {
            folded.push(' ');
        }
        space = it.is_whitespace();
    }
    folded
}

/// Percent-encodes all but unreserved characters, and `-` too, which has a meaning in a text directive.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => write!(encoded, "%{byte:02X}").expect("a string takes all that is written"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::Piece;
    use crate::story::{Headline, StoryRole};

    /// The link for `words` of a story whose page is its title, a line feed and its body.
    fn link(address: &str, title: &str, body: &str, words: &str) -> Option<String> {
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap();
        let start = count(title) + 1;
        let (page, story) =
            page(address, title, Piece::lines([Span::new(start, start + count(body))]), body);
        let text = format!("{title}\n{body}");
        let at = count(&text[..text.rfind(words).unwrap_or(text.len())]);
        text_link(&page, &story, &[Span::new(at, at + count(words))])
    }

    fn page(address: &str, title: &str, pieces: Vec<Piece>, body: &str) -> (PageRef, Story) {
        let span = Span::new(0, u32::try_from(title.chars().count()).unwrap());
        let title = (!title.is_empty()).then(|| Headline { text: title.to_owned(), span });
        let story = Story {
            role: StoryRole::Article,
            title,
            body: body.to_owned(),
            pieces,
            language: "en".to_owned(),
            published: None,
            address: None,
            passages: Vec::new(),
            stamp_place: None,
            dateline: None,
        };
        let address = Some(address.to_owned()).filter(|it| !it.is_empty());
        (PageRef { name: "a".into(), address, digest: "b".into(), captured: None }, story)
    }

    const AT: &str = "https://arpo.example/1";

    #[test]
    fn a_short_quotation_is_named_whole() {
        let url = link(AT, "", "He said: we agree - now.", "we agree - now");
        assert_eq!(url.unwrap(), "https://arpo.example/1#:~:text=we%20agree%20%2D%20now");
    }

    #[test]
    fn a_long_quotation_is_named_by_its_ends() {
        let body = "one two three four five six seven eight\nnine ten eleven twelve 13 14";
        let url = link("https://arpo.example/1#top", "", body, &body[4..]);
        let wanted = "https://arpo.example/1#top:~:text=two%20three%20four%20five%20six,\
                      ten%20eleven%20twelve%2013%2014";
        assert_eq!(url.unwrap(), wanted);
    }

    #[test]
    fn words_that_stand_earlier_too_get_words_before_them() {
        let url = link(AT, "Envoys agree", "The envoys met. In Ket, envoys agree", "envoys agree");
        assert_eq!(url.unwrap(), "https://arpo.example/1#:~:text=Ket%2C-,envoys%20agree");
        let repeated = "a b c d e f g h i j k l m n. a b c d e x g h i j k l m n";
        let url = link(AT, "", repeated, "a b c d e x g h i j k l m n");
        assert_eq!(
            url.unwrap(),
            "https://arpo.example/1#:~:text=a%20b%20c%20d%20e%20x,j%20k%20l%20m%20n"
        );
    }

    #[test]
    fn a_part_of_a_word_is_named_by_the_word() {
        for (words, wanted) in [
            ("Ket", "Ket%E2%80%99s"),
            ("isit of pea", "visit%20of%20peace"),
            ("峰会", "%E5%B3%B0%E4%BC%9A"),
        ] {
            let url = link(AT, "", "It was Ket’s visit of peace to 和平峰会举行.", words).unwrap();
            assert_eq!(url.strip_prefix("https://arpo.example/1#:~:text="), Some(wanted));
        }
    }

    #[test]
    fn a_page_without_address_and_a_span_outside_of_the_story_give_no_link() {
        assert_eq!(link("", "", "short", "short"), None);
        let (page, story) = page(AT, "", Piece::lines([Span::new(0, 5)]), "short");
        assert_eq!(text_link(&page, &story, &[Span::new(50, 60)]), None);
    }

    #[test]
    fn the_address_of_the_story_itself_goes_before_that_of_its_page() {
        let (page, mut story) = page(AT, "Envoys agree", Vec::new(), "");
        story.address = Some("https://arpo.example/envoys".to_owned());
        assert_eq!(
            story_link(&page, &story).unwrap(),
            "https://arpo.example/envoys#:~:text=Envoys%20agree"
        );
    }
}
