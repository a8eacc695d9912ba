//! What a page is, told by its content.

/// How much of a page is looked at to tell what it is, in characters.
const PROBE_CHARS: usize = 16 * 1024;

/// Tags at the start of a page that make it HTML where no doctype says so.
const MIN_TAGS: usize = 8;

/// What kind of text a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text without markup.
    Text,
    /// HTML or XHTML.
    Html,
    /// RSS or Atom.
    XmlFeed,
    /// One JSON value: a JSON Feed, a ninjs item, or a record with the fields of docs/INPUTS.md.
    Json,
}

/// First bytes of formats that are not read, with their names.
const BINARY: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ\0", "packed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// Where a tar archive says what it is, in bytes from its start.
const TAR_AT: usize = 257;

/// The name of the format, where `bytes` are of one that is known and not read.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    let tar = bytes.get(TAR_AT..).is_some_and(|it| it.starts_with(b"ustar"));
    let known = BINARY.iter().find(|(start, _)| bytes.starts_with(start)).map(|it| it.1);
    known.or(tar.then_some("a tar archive"))
}

/// What kind of text `text` is.
pub(crate) fn form(text: &str) -> Form {
    let start = text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    if is_json(start) {
        return Form::Json;
    }
    if !has_markup(start) {
        return Form::Text;
    }
    let mut head = String::with_capacity(PROBE_CHARS);
    head.extend(start.chars().take(PROBE_CHARS).map(|it| it.to_ascii_lowercase()));
    if is_xml_feed(&head) {
        Form::XmlFeed
    } else if is_html(&head) {
        Form::Html
    } else {
        Form::Text
    }
}

/// Whether there is an angle bracket where one would have to be for any of the marked-up forms.
fn has_markup(start: &str) -> bool {
    let probe = start.as_bytes().get(..PROBE_CHARS).unwrap_or(start.as_bytes());
    memchr::memchr(b'<', probe).is_some()
}

/// Whether `start` opens and closes as a JSON object or a list of objects does.
fn is_json(start: &str) -> bool {
    let object = |it: &str| {
        let inside = it.strip_prefix('{').map(str::trim_start);
        inside.is_some_and(|it| it.starts_with(['"', '}']))
    };
    let list = start.strip_prefix('[').map(str::trim_start).is_some_and(object);
    let end = start.trim_end();
    (object(start) && end.ends_with('}')) || (list && end.ends_with(']'))
}

/// Whether the first element is the root of a feed.
fn is_xml_feed(head: &str) -> bool {
    let mut rest = head;
    loop {
        rest = rest.trim_start();
        let behind = if rest.starts_with("<?") {
            rest.split_once("?>")
        } else if rest.starts_with("<!--") {
            rest.split_once("-->")
        } else if rest.starts_with("<!doctype") {
            rest.split_once('>')
        } else {
            None
        };
        match behind {
            Some((_, behind)) => rest = behind,
            None => break,
        }
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let ends = |it: char| it.is_whitespace() || matches!(it, '>' | '/');
    let name = tag.split(ends).next().unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    matches!(local, "rss" | "feed" | "rdf") && (local != "rdf" || head.contains("rss"))
}

fn is_html(head: &str) -> bool {
    let opens = ["<!doctype html", "<html", "<head", "<body"];
    let xml = head.starts_with("<?xml") && head.contains("<html");
    let comment = head.starts_with("<!--") && head.contains("<html");
    let tags = ["</a>", "</div>", "</p>", "</li>", "</span>", "</script>", "<br", "</td>"];
    let count: usize = tags.iter().map(|tag| head.matches(tag).count()).sum();
    xml || comment || opens.iter().any(|it| head.starts_with(it)) || count >= MIN_TAGS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_apart_by_what_they_hold() {
        let cases = [
            ("\u{feff}\n<!DOCTYPE html>\n<html>", Form::Html),
            ("<?xml version='1.0'?>\n<!-- made by hand --><html xmlns='x'>", Form::Html),
            ("<?xml version='1.0'?>\n<rss version='2.0'><channel/></rss>", Form::XmlFeed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", Form::XmlFeed),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'></a:feed>", Form::XmlFeed),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'></rdf:RDF>", Form::XmlFeed),
            ("{ \"title\": \"Drill ends\" }\n", Form::Json),
            ("[{\"title\": \"Drill ends\"}]", Form::Json),
            ("[Video] Drill ends in Varegrad", Form::Text),
            ("{{ title }} Drill ends", Form::Text),
            ("Forces are < 300 and > 200 strong.", Form::Text),
            ("<MOSCOW> Envoys met.", Form::Text),
        ];
        for (text, wanted) in cases {
            assert_eq!(form(text), wanted, "{text}");
        }
    }

    #[test]
    fn known_formats_that_are_not_read_have_names() {
        assert_eq!(binary(b"%PDF-1.7\n"), Some("a PDF"));
        let mut tar = vec![0; 512];
        tar.splice(TAR_AT..TAR_AT + 5, *b"ustar");
        assert_eq!(binary(&tar), Some("a tar archive"));
        assert_eq!(binary(b"Plain text"), None);
    }
}
