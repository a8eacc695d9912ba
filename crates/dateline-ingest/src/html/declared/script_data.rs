//! Dates in the data that a page carries for its own scripts: `"publishedAt": "2025-06-05T…"`.

use std::ops::Range;

use dateline_event::date::Edtf;
use memchr::memmem;

use super::date_text::{self, FieldOrder};
use super::meta_names::{DateOf, date_of};
use crate::html::tokens::Text;

/// Most dates that are taken from scripts.
const MAX_DATES: usize = 64;

/// Longest key and longest value that are looked at, in bytes.
const MAX_BYTES: usize = 48;

/// The days that `scripts` give under a key that means publication, with their places in the markup.
pub(super) fn dates(scripts: &[Text<'_>], order: FieldOrder) -> Vec<(Edtf, Range<usize>)> {
    let mut found = Vec::new();
    for script in scripts {
        for at in memmem::find_iter(script.source.as_bytes(), "ubli") {
            if let Some((edtf, range)) = date_at(script.source, at, order) {
                let start = script.range.start;
                found.push((edtf, start + range.start..start + range.end));
            }
            if found.len() >= MAX_DATES {
                return found;
            }
        }
    }
    found
}

/// The date under the key that byte `at` of `source` is part of.
fn date_at(source: &str, at: usize, order: FieldOrder) -> Option<(Edtf, Range<usize>)> {
    let bytes = source.as_bytes();
    let in_key = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    let before = bytes.get(at.saturating_sub(MAX_BYTES)..at)?;
    let start = at - before.iter().rev().take_while(|it| in_key(it)).count();
    let length = bytes.get(start..)?.iter().take(2 * MAX_BYTES).take_while(|it| in_key(it)).count();
    let key = source.get(start..start + length)?.to_ascii_lowercase();
    if date_of(&key) != Some(DateOf::Publication) {
        return None;
    }
    let mut value_at = start + length;
    let mut assigned = false;
    while let Some(byte) = bytes.get(value_at)
        && matches!(byte, b'"' | b'\'' | b' ' | b':' | b'=' | b'\\' | b',')
        && value_at < start + length + 12
    {
        assigned |= matches!(byte, b':' | b'=' | b',');
        value_at += 1;
    }
    let rest = bytes.get(value_at..)?;
    let length =
        rest.iter().take(MAX_BYTES).position(|it| matches!(it, b'"' | b'\'' | b'<' | b'}'))?;
    let range = value_at..value_at + length;
    let text = source.get(range.clone())?.replace("\\/", "/");
    let edtf = date_text::read(text.trim_end_matches('\\'), order)?;
    assigned.then_some((edtf, range))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tokens::{Token, tokens};

    #[test]
    fn dates_under_keys_of_publication_are_found() {
        let markup = r#"<script>var a = {"publishedAt":"2025-06-05T10:00:00Z", 'publishdate': '2025-06-06',
            "publish_date":"2025\/06\/07", "publisher": "2025-06-08", "updated": "2025-06-09",
            "unpublishDate": "2025-06-10", x.published};</script>"#;
        let scripts: Vec<_> = tokens(markup)
            .filter_map(|it| match it {
                Token::Text(text) => Some(text),
                Token::Start(_) | Token::End { .. } => None,
            })
            .collect();
        let found: Vec<_> = dates(&scripts, FieldOrder::DayFirst)
            .into_iter()
            .map(|(edtf, range)| format!("{edtf} {}", &markup[range]))
            .collect();
        assert_eq!(
            found,
            [
                "2025-06-05T10:00:00Z 2025-06-05T10:00:00Z",
                "2025-06-06 2025-06-06",
                "2025-06-07 2025\\/06\\/07",
            ]
        );
    }
}
