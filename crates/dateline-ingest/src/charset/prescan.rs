//! The charset that a page declares in itself: `<meta charset>` and `<meta http-equiv>` as the
//! HTML standard prescans for them, and the encoding of an XML declaration.
//!
//! <https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a page is looked at, in bytes: as much as the standard says.
const PRESCAN_BYTES: usize = 1024;

/// The charset that the page at `bytes` declares.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let start = head.trim_ascii_start();
    if let Some(declaration) = start.strip_prefix(b"<?xml") {
        let end = declaration.iter().position(|it| *it == b'>').unwrap_or(declaration.len());
        let label = declaration.get(..end).and_then(|it| value_behind(it, b"encoding"));
        if let Some(found) = label.and_then(Encoding::for_label) {
            return Some(readable_as_ascii(found));
        }
    }
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix(b"<!--") {
            let end = comment.windows(3).position(|it| it == b"-->")?;
            rest = comment.get(end + 3..).unwrap_or_default();
        } else if is_meta(rest) {
            let mut attributes = Attributes { rest: rest.get(5..).unwrap_or_default() };
            if let Some(found) = of_meta(&mut attributes) {
                return Some(found);
            }
            rest = attributes.rest;
        } else if rest.get(1).is_some_and(|it| it.is_ascii_alphabetic() || *it == b'/') {
            let name = rest.iter().position(|it| it.is_ascii_whitespace() || *it == b'>')?;
            let mut attributes = Attributes { rest: rest.get(name..).unwrap_or_default() };
            while attributes.next().is_some() {}
            rest = attributes.rest;
        } else if rest.get(1).is_some_and(|it| matches!(it, b'!' | b'?')) {
            let end = rest.iter().position(|it| *it == b'>')?;
            rest = rest.get(end..).unwrap_or_default();
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
    None
}

fn is_meta(tag: &[u8]) -> bool {
    tag.get(1..5).is_some_and(|it| it.eq_ignore_ascii_case(b"meta"))
        && tag.get(5).is_some_and(|it| it.is_ascii_whitespace() || *it == b'/')
}

/// The charset that the attributes of a `meta` tag declare.
fn of_meta(attributes: &mut Attributes<'_>) -> Option<&'static Encoding> {
    let (mut pragma, mut charset, mut in_content) = (false, None, None);
    for (name, value) in attributes {
        match name.as_slice() {
            b"http-equiv" => pragma |= value.eq_ignore_ascii_case(b"content-type"),
            b"charset" => charset = charset.or(Some(value)),
            b"content" => in_content = in_content.or_else(|| charset_in(value)),
            _ => {}
        }
    }
    let label = charset.or(in_content.filter(|_| pragma))?;
    Encoding::for_label(label).map(readable_as_ascii)
}

/// A page whose declaration could be read as ASCII is not in UTF-16, whatever it says.
fn readable_as_ascii(found: &'static Encoding) -> &'static Encoding {
    if found == UTF_16LE || found == UTF_16BE {
        UTF_8
    } else if found.name() == "x-user-defined" {
        WINDOWS_1252
    } else {
        found
    }
}

/// The value of `charset` in a media type, as the standard extracts it.
pub(super) fn charset_in(content: &[u8]) -> Option<&[u8]> {
    value_behind(content, b"charset")
}

/// The word, quoted or not, behind `name` and an equals sign.
fn value_behind<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = text;
    loop {
        let at = rest.windows(name.len()).position(|it| it.eq_ignore_ascii_case(name))?;
        rest = rest.get(at + name.len()..)?;
        if let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") {
            rest = value.trim_ascii_start();
            break;
        }
    }
    let first = rest.first()?;
    if let quote @ (b'"' | b'\'') = first {
        let inner = rest.get(1..)?;
        return inner.iter().position(|it| it == quote).and_then(|end| inner.get(..end));
    }
    let ends = |it: &u8| it.is_ascii_whitespace() || matches!(it, b';' | b'?' | b'>');
    rest.get(..rest.iter().position(ends).unwrap_or(rest.len()))
}

/// The attributes of a tag, up to its end; names in lower case.
struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (Vec<u8>, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let skip = |it: &u8| it.is_ascii_whitespace() || *it == b'/';
        let start = self.rest.iter().position(|it| !skip(it)).unwrap_or(self.rest.len());
        self.rest = self.rest.get(start..).unwrap_or_default();
        if self.rest.first().is_none_or(|it| *it == b'>') {
            return None;
        }
        let ends = |it: &u8| it.is_ascii_whitespace() || matches!(it, b'=' | b'>' | b'/');
        // An equals sign may start a name.
        let end = self.rest.iter().skip(1).position(ends).map_or(self.rest.len(), |it| it + 1);
        let name = self.rest.get(..end)?.to_ascii_lowercase();
        self.rest = self.rest.get(end..)?.trim_ascii_start();
        let Some(value) = self.rest.strip_prefix(b"=") else { return Some((name, b"")) };
        let value = value.trim_ascii_start();
        if let Some(quote @ (b'"' | b'\'')) = value.first() {
            let inner = value.get(1..)?;
            let end = inner.iter().position(|it| it == quote)?;
            self.rest = inner.get(end + 1..)?;
            return Some((name, inner.get(..end)?));
        }
        let ends = |it: &u8| it.is_ascii_whitespace() || *it == b'>';
        let end = value.iter().position(ends).unwrap_or(value.len());
        self.rest = value.get(end..)?;
        Some((name, value.get(..end)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(page: &str) -> Option<&'static str> {
        declared(page.as_bytes()).map(Encoding::name)
    }

    #[test]
    fn both_forms_of_meta_are_read_in_any_spelling() {
        assert_eq!(name("<html><head><META charset='KOI8-R'>"), Some("KOI8-R"));
        assert_eq!(name("<meta/charset=gbk>"), Some("GBK"));
        let pragma = "<meta content=\"text/html; charset = iso-8859-1\" http-equiv=Content-Type>";
        assert_eq!(name(pragma), Some("windows-1252"));
        assert_eq!(name("<meta content='text/html; charset=big5'>"), None);
        assert_eq!(
            name("<?xml version='1.0' encoding='windows-1251'?><rss>"),
            Some("windows-1251")
        );
    }

    #[test]
    fn what_only_looks_like_a_declaration_is_passed_over() {
        assert_eq!(name("<!-- <meta charset=big5> --><meta charset=gbk>"), Some("GBK"));
        assert_eq!(name("<p title='<meta charset=big5>'><meta charset=gbk>"), Some("GBK"));
        assert_eq!(name("<metadata charset=big5>"), None);
        assert_eq!(name("<meta charset=nonsense><meta charset=gbk>"), Some("GBK"));
        assert_eq!(name("charset=big5"), None);
        assert_eq!(name(&format!("{}<meta charset=gbk>", " ".repeat(1024))), None);
    }

    #[test]
    fn utf_16_that_could_be_read_as_ascii_is_utf_8() {
        assert_eq!(name("<meta charset=utf-16le>"), Some("UTF-8"));
    }

    #[test]
    fn a_tag_that_never_ends_ends_the_search() {
        for page in ["<meta charset=\"gbk", "<meta charset", "<!--", "<", "<a b='", "<meta "] {
            assert_eq!(name(page), None, "{page}");
        }
    }
}
