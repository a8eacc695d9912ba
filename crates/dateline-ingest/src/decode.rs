//! Bytes to text. Never fails: what is no text at all comes back as a warning.

use std::borrow::Cow;

use dateline_event::Span;
use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::captures::MAX_PAGE_BYTES;
use crate::charset::charset;
use crate::warning::{Warning, WarningKind};
use crate::{sniff, strides};

/// A page of which more than one character in this many is no text (control characters, undecodable
/// bytes) is binary.
const TEXT_PER_NOISE: usize = 12;

/// How much of a page is looked at to tell whether it is text, in bytes.
const PROBE_BYTES: usize = 64 * 1024;

/// The text of `bytes`, with what was wrong; `Err` when there is none to read. `content_type` is
/// the media type that a server declared for them. A byte order mark stays in the text, as a
/// character of no width.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
) -> Result<(Cow<'a, str>, Vec<Warning>), Warning> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Warning::of_page(WarningKind::Empty, "the page is empty"));
    }
    if let Some(format) = sniff::binary(bytes) {
        let message = format!("the page is {format}, which is not read");
        return Err(Warning::of_page(WarningKind::UnreadFormat, message));
    }
    let kept = bytes.get(..MAX_PAGE_BYTES).unwrap_or(bytes);
    let utf_8 = std::str::from_utf8(kept).ok();
    let charset = charset(kept, utf_8, content_type);
    let (text, bad) = match utf_8.filter(|_| charset == UTF_8) {
        Some(text) => (Cow::Borrowed(text), None),
        None => text_in(charset, kept),
    };
    if let Some(noise) = noise(&text, bytes) {
        return Err(Warning::of_page(WarningKind::NotText, noise));
    }
    let mut warnings = Vec::new();
    warnings.extend(bad.map(|it| it.warning(charset, kept)));
    if kept.len() < bytes.len() {
        let message = format!(
            "the page has {} bytes, only the first {MAX_PAGE_BYTES} were read",
            bytes.len()
        );
        warnings.push(Warning::of_page(WarningKind::Limit, message));
    }
    Ok((text, warnings))
}

/// The first bytes of a page that its charset does not know.
struct BadBytes {
    /// Where they start, in bytes of the page.
    at: usize,
    /// Code points of the text before them.
    chars_before: usize,
}

impl BadBytes {
    fn warning(&self, charset: &'static Encoding, bytes: &[u8]) -> Warning {
        let byte = bytes.get(self.at).copied().unwrap_or_default();
        let start = u32::try_from(self.chars_before).unwrap_or(u32::MAX - 1);
        let message = format!(
            "byte {} (0x{byte:02x}) is not {}; the page was read without it and its like",
            self.at,
            charset.name()
        );
        Warning::at(WarningKind::BadEncoding, Span::new(start, start + 1), message)
    }
}

/// The text of `bytes`, with U+FFFD for what the charset does not know.
fn text_in<'a>(charset: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, Option<BadBytes>) {
    if charset == UTF_8 {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => return (Cow::Borrowed(text), None),
            Err(error) => error,
        };
        let at = error.valid_up_to();
        let good = bytes.get(..at).unwrap_or_default();
        let chars_before = String::from_utf8_lossy(good).chars().count();
        return (String::from_utf8_lossy(bytes), Some(BadBytes { at, chars_before }));
    }
    let mut decoder = charset.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
    let (mut text, mut read, mut bad) = (String::with_capacity(most), 0, None);
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += taken;
        match result {
            DecoderResult::InputEmpty => return (Cow::Owned(text), bad),
            DecoderResult::OutputFull => text.reserve(rest.len().max(PROBE_BYTES)),
            DecoderResult::Malformed(length, behind) => {
                let at = read.saturating_sub(usize::from(length) + usize::from(behind));
                if bad.is_none() {
                    bad = Some(BadBytes { at, chars_before: text.chars().count() });
                }
                text.reserve(char::REPLACEMENT_CHARACTER.len_utf8());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

/// Says why `text` is none, judged by its start.
fn noise(text: &str, bytes: &[u8]) -> Option<String> {
    // A character has four bytes at most.
    let probe = (0..4).find_map(|it| text.get(..PROBE_BYTES + it)).unwrap_or(text);
    let bad = controls(probe) + replaced(probe);
    let first = || bytes.iter().take(4).map(|it| format!("{it:02x}")).collect::<Vec<_>>().join(" ");
    // Counting is for the few pages that have any.
    let all = if bad > 0 { probe.chars().count() } else { return None };
    (bad * TEXT_PER_NOISE > all).then(|| {
        format!("the page is not text: {bad} of its first {all} characters are none (it starts with bytes {})", first())
    })
}

/// Control characters of ASCII that part no text.
fn controls(text: &str) -> usize {
    let parts = |it: u8| matches!(it, b'\n' | b'\r' | b'\t' | b'\x0c');
    strides::count(text.as_bytes(), |it| it.is_ascii_control() && !parts(it))
}

/// Other control characters, and those that stand for what could not be decoded.
fn replaced(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_one = |at: &usize| {
        let found = bytes.get(*at..).unwrap_or_default();
        matches!(found, [0xc2, 0x80..=0x9f, ..] | [0xef, 0xbf, 0xbd, ..])
    };
    memchr::memchr2_iter(0xc2, 0xef, bytes).filter(is_one).count()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1251};

    use super::*;

    #[test]
    fn a_page_in_another_charset_is_read_whole() {
        let text = "ВАРЕГРАД, 3 июня. Посланники обсудили план учений.";
        let (bytes, _, _) = WINDOWS_1251.encode(text);
        let (decoded, warnings) = decode(&bytes, None).unwrap();
        assert_eq!(decoded, text);
        assert_eq!(warnings, []);
    }

    #[test]
    fn bytes_that_the_declared_charset_does_not_know_are_named_with_their_place() {
        let (mut bytes, _, _) = SHIFT_JIS.encode("日本語のニュースです。");
        let at = 4;
        bytes.to_mut().splice(at..at, [0xfd]);
        let (decoded, warnings) = decode(&bytes, Some("text/plain; charset=shift_jis")).unwrap();
        assert!(decoded.starts_with("日本\u{fffd}語"));
        assert_eq!(warnings.len(), 1);
        assert_eq!(
            warnings[0].to_string(),
            "byte 4 (0xfd) is not Shift_JIS; the page was read without it and its like (characters 2 to 3)"
        );
    }

    #[test]
    fn a_page_in_utf_16_is_read() {
        let text = "\u{feff}The envoys met in Narovets.";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&bytes, None).unwrap().0, text);
    }
}
