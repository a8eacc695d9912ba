//! The head of a WARC record, as far as it decides what becomes of the record.

use chrono::{DateTime, Utc};

use super::super::http::is_page_type;
use super::moment;

/// What the head of a record says.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Bytes of the block behind the head.
    pub(super) length: u64,
    kind: String,
    /// Whether the block is the answer of a server, with its head.
    pub(super) is_http: bool,
    /// The media type of the block.
    pub(super) content_type: Option<String>,
    /// The address that was captured.
    pub(super) address: Option<String>,
    /// When.
    pub(super) captured: Option<DateTime<Utc>>,
    /// Whether the archive kept only the start.
    pub(super) truncated: bool,
    /// Whether this is a later part of a record that was split.
    is_later_segment: bool,
}

impl Header {
    /// Reads the lines behind `WARC/`, the version first. The error says what is missing.
    pub(super) fn of(lines: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(lines);
        let mut lines = text.lines();
        let version = lines.next().unwrap_or_default().trim();
        if !version.starts_with(|it: char| it.is_ascii_digit()) {
            return Err(format!("`WARC/{}` is no version", shortened(version)));
        }
        let (mut header, mut length) = (Self::default(), None);
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-length" => {
                    let number = value.parse::<u64>();
                    let wrong = || format!("its length `{}` is no number", shortened(value));
                    length = Some(number.map_err(|_| wrong())?);
                }
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "content-type" => header.content_type = Some(value.to_owned()),
                "warc-target-uri" => {
                    // Version 1.0 showed addresses in angle brackets.
                    let bare = value.trim_start_matches('<').trim_end_matches('>');
                    header.address = Some(bare.to_owned()).filter(|it| !it.is_empty());
                }
                "warc-date" => header.captured = moment(value),
                "warc-truncated" => header.truncated = true,
                "warc-segment-number" => header.is_later_segment = value != "1",
                _ => {}
            }
        }
        header.length = length.ok_or("it has no length")?;
        let kind = header.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        header.is_http = kind.starts_with("application/http");
        Ok(header)
    }

    /// Whether the block may be a page that somebody wrote for readers.
    pub(super) fn may_hold_page(&self) -> bool {
        let address = self.address.as_deref().unwrap_or_default();
        if self.is_later_segment || !is_web(address) || address.ends_with("/robots.txt") {
            return false;
        }
        match self.kind.as_str() {
            "response" => self.is_http,
            "resource" => is_page_type(self.content_type.as_deref()),
            _ => false,
        }
    }
}

/// Archives hold names of hosts and notes on the crawl too.
fn is_web(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |it| it.0);
    ["http", "https", "file"].iter().any(|it| scheme.eq_ignore_ascii_case(it))
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}
