//! Which charset the bytes of a page are in: the mark at their start, what the server and the page
//! say, and what the bytes themselves allow, in that order of trust.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::strides;

mod prescan;

/// How much of a page is looked at to guess a charset that nobody declares, in bytes. Enough for
/// many sentences, and the cost does not grow with the page.
const GUESS_BYTES: usize = 64 * 1024;

/// How much of a page is looked at to tell UTF-16 without a mark, in bytes.
const WIDE_PROBE_BYTES: usize = 512;

/// One byte in this many is zero, or more, in text in UTF-16 with blanks between its words.
const WIDE_ZEROS: usize = 20;

/// Fewest characters beyond ASCII, all of them good UTF-8, that outweigh a declared charset.
/// Captures are often saved as UTF-8 with the declaration left as it was.
const MIN_CONVINCING: usize = 3;

/// Fewest bytes beyond ASCII by which any other charset than the Western one is told.
const MIN_TELLING: usize = 8;

/// The charset of `bytes`, which are `utf_8` where they are that throughout. `content_type` is the media type that a
/// server declared for them.
pub(crate) fn charset(
    bytes: &[u8],
    utf_8: Option<&str>,
    content_type: Option<&str>,
) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    if let Some(wide) = wide(bytes) {
        return wide;
    }
    let utf_8 = Utf8::of(bytes, utf_8);
    if utf_8.bad == 0 && utf_8.good >= MIN_CONVINCING {
        return UTF_8;
    }
    let declared = content_type.and_then(of_content_type).or_else(|| prescan::declared(bytes));
    match declared {
        Some(declared) if declared == UTF_8 => utf_8.or_else(|| guess(bytes)),
        Some(declared) if declared == WINDOWS_1252 && is_in_other_letters(bytes) => {
            guess(bytes).unwrap_or(declared)
        }
        Some(declared) => declared,
        None => utf_8.or_else(|| guess(bytes)),
    }
}

/// The charset that a media type such as `text/html; charset=windows-1251` names.
fn of_content_type(content_type: &str) -> Option<&'static Encoding> {
    prescan::charset_in(content_type.as_bytes()).and_then(Encoding::for_label)
}

/// Whether most words with letters beyond ASCII have no others, as no language of Western Europe writes
/// them: servers declare ISO 8859-1 for pages of any language.
fn is_in_other_letters(bytes: &[u8]) -> bool {
    let probe = bytes.get(..GUESS_BYTES).unwrap_or(bytes);
    let words = probe.split(|it| it.is_ascii() && !it.is_ascii_alphabetic());
    let (mut with, mut without_ascii) = (0, 0);
    for word in words.filter(|it| !it.is_ascii()) {
        with += 1;
        let is_other = word.len() >= MIN_OTHER_WORD && !word.iter().any(u8::is_ascii);
        without_ascii += usize::from(is_other);
    }
    with >= MIN_TELLING && without_ascii * 2 > with
}

/// How much of a page is UTF-8.
struct Utf8 {
    /// Characters beyond ASCII that are good UTF-8.
    good: usize,
    /// Places where the bytes are not UTF-8.
    bad: usize,
}

impl Utf8 {
    fn of(bytes: &[u8], whole: Option<&str>) -> Self {
        // Bytes that follow another in a character do not count.
        let beyond = |text: &str| strides::count(text.as_bytes(), |it| it >= 0xc0);
        if let Some(text) = whole {
            return Self { good: beyond(text), bad: 0 };
        }
        let (mut good, mut bad) = (0, 0);
        for chunk in bytes.utf8_chunks() {
            good += beyond(chunk.valid());
            bad += usize::from(!chunk.invalid().is_empty());
        }
        Self { good, bad }
    }

    /// UTF-8 where most characters are, else `other`, if it gives one.
    fn or_else(&self, other: impl FnOnce() -> Option<&'static Encoding>) -> &'static Encoding {
        if self.bad <= self.good { UTF_8 } else { other().unwrap_or(UTF_8) }
    }
}

/// UTF-16 without a mark: only every second byte is ever zero, where a character of ASCII stands, be it a
/// blank between words of another script.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = bytes.get(..WIDE_PROBE_BYTES).unwrap_or(bytes);
    memchr::memchr(0, probe)?;
    let zeros = |from: usize| probe.iter().skip(from).step_by(2).filter(|it| **it == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let most = probe.len() / WIDE_ZEROS;
    if probe.len() >= 8 && second >= most && first == 0 {
        Some(UTF_16LE)
    } else if probe.len() >= 8 && first >= most && second == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The charset that the bytes look most like; `None` where a guess is worth nothing.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = bytes.get(..GUESS_BYTES).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(probe, probe.len() == bytes.len());
    let found = detector.guess(None, Utf8Detection::Deny);
    let beyond = probe.iter().filter(|it| !it.is_ascii()).count();
    // In Western text 0xFF is a letter that hardly any word has, and filler in broken files.
    let is_western = found == WINDOWS_1252 && !probe.contains(&0xff);
    (is_western || beyond >= MIN_TELLING).then_some(found)
}

/// Fewest bytes of a word without a letter of ASCII that tells of another script: `à` and marks of
/// quotation stand alone in Western text too.
const MIN_OTHER_WORD: usize = 3;

#[cfg(test)]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1251};

    use super::charset as of_text;
    use super::*;

    fn charset(bytes: &[u8], content_type: Option<&str>) -> &'static Encoding {
        of_text(bytes, std::str::from_utf8(bytes).ok(), content_type)
    }

    const RUSSIAN: &str =
        "Посланники собрались в Нарове во вторник и обсудили план учений на осень.";

    #[test]
    fn a_mark_at_the_start_outweighs_what_is_declared() {
        let declared = Some("text/html; charset=windows-1251");
        assert_eq!(charset(b"\xff\xfea\0", declared), UTF_16LE);
        assert_eq!(charset(b"\xfe\xff\0a", declared), UTF_16BE);
        assert_eq!(charset("\u{feff}abc".as_bytes(), declared), UTF_8);
    }

    #[test]
    fn the_server_outweighs_the_page() {
        let page = b"<meta charset=shift_jis>\x83\x65\x83\x58\x83\x67\xff";
        assert_eq!(charset(page, None), SHIFT_JIS);
        assert_eq!(charset(page, Some("text/html; charset=\"Windows-1251\"")), WINDOWS_1251);
        assert_eq!(charset(page, Some("text/html")), SHIFT_JIS);
    }

    #[test]
    fn text_that_is_utf_8_throughout_is_utf_8_whatever_was_declared() {
        assert_eq!(charset(RUSSIAN.as_bytes(), Some("text/html; charset=windows-1251")), UTF_8);
        assert_eq!(charset(RUSSIAN.as_bytes(), Some("text/html; charset=nonsense")), UTF_8);
    }

    #[test]
    fn a_charset_that_nobody_declares_is_told_by_the_letters() {
        let (bytes, _, _) = WINDOWS_1251.encode(RUSSIAN);
        assert_eq!(charset(&bytes, None), WINDOWS_1251);
        assert_eq!(charset(&bytes, Some("text/html; charset=utf-8")), WINDOWS_1251);
        assert_eq!(charset(b"It\x92s the envoys\x92 plan.", None), WINDOWS_1252);
    }

    #[test]
    fn wide_characters_without_a_mark_are_told_by_their_zeros() {
        let wide: Vec<u8> = "The envoys met.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(charset(&wide, None), UTF_16LE);
        let wide: Vec<u8> = "The envoys met.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(charset(&wide, None), UTF_16BE);
        let wide: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(charset(&wide, None), UTF_16BE);
    }

    #[test]
    fn a_western_charset_that_is_declared_for_other_letters_is_not_believed() {
        let latin = Some("text/html; charset=iso-8859-1");
        let (bytes, _, _) = WINDOWS_1251.encode(RUSSIAN);
        assert_eq!(charset(&bytes, latin), WINDOWS_1251);
        let french = "Réunis à Narovets, les délégués ont évoqué «\u{a0}l'été à l'étranger\u{a0}» où la \
            sécurité a été l'enjeu clé — déjà réglé après l'événement…";
        let (bytes, _, _) = WINDOWS_1252.encode(french);
        assert_eq!(charset(&bytes, latin), WINDOWS_1252);
    }

    #[test]
    fn a_few_bad_bytes_in_good_text_do_not_change_the_charset() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.insert(2, 0xc3);
        assert_eq!(charset(&bytes, None), UTF_8);
    }
}
