//! Links that lead a reader to the very words on a page: URL fragments with a text directive, after the WICG draft
//! "URL Fragment Text Directives" (`#:~:text=start,end`).

use std::fmt::Write as _;

use dateline_event::Span;
use dateline_event::story::Story;

/// A text with more words than this is named by its first and last words.
const WHOLE_UP_TO: usize = 12;

/// Words that name the start, and the end, of a longer text.
const EDGE: usize = 5;

/// `address` with a text directive for each of `spans`; `None` where none of them lies in the story.
pub(crate) fn text_fragment(address: &str, story: &Story, spans: &[Span]) -> Option<String> {
    let texts: Vec<String> = spans.iter().filter_map(|it| text_at(story, *it)).collect();
    let directives: Vec<String> = texts.iter().filter_map(|it| directive(it)).collect();
    if directives.is_empty() {
        return None;
    }
    let fragment = if address.contains('#') { "" } else { "#" };
    Some(format!("{address}{fragment}:~:{}", directives.join("&")))
}

fn directive(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = |words: &[&str]| encoded(&words.join(" "));
    // A browser looks for one directive's start in one block of the page, so a text of several lines is named by its
    // ends.
    if words.len() <= WHOLE_UP_TO && !text.contains('\n') {
        return (!words.is_empty()).then(|| format!("text={}", joined(&words)));
    }
    let edge = EDGE.min(words.len() / 2).max(1);
    let (start, end) = (words.get(..edge)?, words.get(words.len() - edge..)?);
    Some(format!("text={},{}", joined(start), joined(end)))
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

/// The characters at `span` of the page, read back from the story; `None` where the story does not have them.
fn text_at(story: &Story, span: Span) -> Option<String> {
    let (text, at) = match story.title.as_ref().filter(|it| it.span.contains(span)) {
        Some(title) => (&title.text, title.in_text(span)?),
        None => (&story.body, story.in_body(span)?),
    };
    Some(characters(text, at.start, at.len()))
}

fn characters(text: &str, start: u32, len: u32) -> String {
    let size = |it| usize::try_from(it).unwrap_or(usize::MAX);
    text.chars().skip(size(start)).take(size(len)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_event::Piece;
    use dateline_event::story::StoryRole;

    fn story(body: &str, pieces: Vec<Span>) -> Story {
        Story {
            role: StoryRole::Article,
            title: None,
            body: body.to_owned(),
            pieces: Piece::lines(pieces),
            language: "en".to_owned(),
            published: None,
            address: None,
            stamp_place: None,
            dateline: None,
        }
    }

    #[test]
    fn a_short_quotation_is_named_whole() {
        let story = story("He said: we agree - now.", vec![Span::new(10, 34)]);
        let url = text_fragment("https://arpo.example/1", &story, &[Span::new(19, 33)]);
        assert_eq!(url.unwrap(), "https://arpo.example/1#:~:text=we%20agree%20%2D%20now");
    }

    #[test]
    fn a_long_quotation_is_named_by_its_ends_across_pieces() {
        let body = "one two three four five six seven eight\nnine ten eleven twelve 13 14";
        let story = story(body, vec![Span::new(0, 39), Span::new(100, 128)]);
        let url = text_fragment("https://arpo.example/1#top", &story, &[Span::new(4, 128)]);
        let wanted = "https://arpo.example/1#top:~:text=two%20three%20four%20five%20six,\
                      ten%20eleven%20twelve%2013%2014";
        assert_eq!(url.unwrap(), wanted);
    }

    #[test]
    fn a_span_outside_of_the_story_gives_no_link() {
        let story = story("short", vec![Span::new(0, 5)]);
        assert_eq!(text_fragment("https://arpo.example/1", &story, &[Span::new(50, 60)]), None);
    }
}
