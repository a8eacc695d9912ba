//! Bytes to text. Never fails: what is no text at all comes back as a warning.

use std::borrow::Cow;

use dateline_event::Span;

use crate::warning::{Warning, WarningKind};

/// Longest page that is read, in bytes; the rest of a longer one is left unread.
const MAX_PAGE_BYTES: usize = 64 * 1024 * 1024;

/// A page of which more than one character in this many is no text (control characters, undecodable
/// bytes) is binary.
const TEXT_PER_NOISE: usize = 12;

/// How much of a page is looked at to tell what it is, in bytes.
const PROBE_BYTES: usize = 64 * 1024;

/// Tags at the start of a page that make it HTML where no doctype says so.
const MIN_TAGS: usize = 8;

/// The text of `bytes`, with what was wrong; `Err` when there is none to read.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Vec<Warning>), Warning> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Warning::of_page(WarningKind::Empty, "the page is empty"));
    }
    let mut warnings = Vec::new();
    let kept = bytes.get(..MAX_PAGE_BYTES).unwrap_or(bytes);
    if let Some(noise) = noise(kept) {
        return Err(Warning::of_page(WarningKind::NotText, noise));
    }
    let text = String::from_utf8_lossy(kept);
    if let Err(error) = std::str::from_utf8(kept) {
        let at = error.valid_up_to();
        let byte = kept.get(at).copied().unwrap_or_default();
        let start = kept.get(..at).map_or(0, |good| String::from_utf8_lossy(good).chars().count());
        let start = u32::try_from(start).unwrap_or(u32::MAX - 1);
        let message = format!(
            "byte {at} (0x{byte:02x}) is not UTF-8; the page was read without it and its like"
        );
        warnings.push(Warning::at(WarningKind::BadEncoding, Span::new(start, start + 1), message));
    }
    if kept.len() < bytes.len() {
        let message = format!(
            "the page has {} bytes, only the first {MAX_PAGE_BYTES} were read",
            bytes.len()
        );
        warnings.push(Warning::of_page(WarningKind::Limit, message));
    }
    Ok((text, warnings))
}

/// Says why `bytes` are no text, judged by their start.
fn noise(bytes: &[u8]) -> Option<String> {
    let probe = String::from_utf8_lossy(bytes.get(..PROBE_BYTES).unwrap_or(bytes));
    let all = probe.chars().count();
    let bad = probe.chars().filter(|it| is_noise(*it)).count();
    let first = bytes.iter().take(4).map(|it| format!("{it:02x}")).collect::<Vec<_>>().join(" ");
    (bad * TEXT_PER_NOISE > all).then(|| {
        format!("the page is not text: {bad} of its first {all} characters are none (it starts with bytes {first})")
    })
}

fn is_noise(it: char) -> bool {
    it == char::REPLACEMENT_CHARACTER
        || (it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\x0c'))
}

/// Whether a decoded page is HTML.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    let mut head = String::with_capacity(PROBE_BYTES);
    head.extend(start.chars().take(PROBE_BYTES / 4).map(|it| it.to_ascii_lowercase()));
    let opens = ["<!doctype html", "<html", "<head", "<body"];
    let xml = head.starts_with("<?xml") && head.contains("<html");
    let comment = head.starts_with("<!--") && head.contains("<html");
    let tags = ["</a>", "</div>", "</p>", "</li>", "</span>", "</script>", "<br", "</td>"];
    let count: usize = tags.iter().map(|tag| head.matches(tag).count()).sum();
    xml || comment || opens.iter().any(|it| head.starts_with(it)) || count >= MIN_TAGS
}
