//! Timelines as the JSON of `TimelineJS` 3 (<https://timeline.knightlab.com/docs/json-format.html>). Its texts are HTML, so
//! what pages say is escaped.

use chrono::{Datelike as _, NaiveDate};
use dateline_projector::Entry;
use serde::Serialize;

use super::Feed;
use super::item::{Item, in_words};

#[derive(Serialize)]
struct Timeline {
    title: Slide,
    events: Vec<Slide>,
}

#[derive(Serialize)]
struct Slide {
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<SlideDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<SlideDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    text: SlideText,
}

#[derive(Serialize)]
struct SlideDate {
    year: i32,
    month: u32,
    day: u32,
}

#[derive(Serialize)]
struct SlideText {
    headline: String,
    text: String,
}

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let events: Vec<Slide> = feed.entries.iter().filter_map(|it| slide(it)).collect();
    let left_out = feed.entries.len() - events.len();
    let text = match left_out {
        0 => String::new(),
        count => {
            format!("<p>{count} entries have no day, or several years left, and are not shown.</p>")
        }
    };
    let title = Slide {
        unique_id: None,
        start_date: None,
        end_date: None,
        display_date: None,
        group: None,
        text: SlideText { headline: escaped(&feed.title), text },
    };
    serde_json::to_vec_pretty(&Timeline { title, events })
        .expect("texts and numbers can be written")
}

fn slide(entry: &Entry) -> Option<Slide> {
    let item = Item(entry);
    let (first, last) = item.days()?;
    let lines = [item.said(), item.evidence()].concat();
    let mut text: Vec<String> = lines.iter().map(|it| format!("<p>{}</p>", escaped(it))).collect();
    if let Some(link) = item.link() {
        text.push(format!("<p><a href=\"{0}\">{0}</a></p>", escaped(&link)));
    }
    Some(Slide {
        unique_id: Some(item.id()),
        start_date: Some(date(first)),
        end_date: (last > first).then(|| date(last)),
        display_date: Some(escaped(&in_words(entry.happened())))
            .filter(|_| entry.happened().edtf.is_some()),
        group: Some(escaped(entry.source().as_str())),
        text: SlideText { headline: escaped(&item.title()), text: text.concat() },
    })
}

fn date(day: NaiveDate) -> SlideDate {
    SlideDate { year: day.year(), month: day.month(), day: day.day() }
}

/// `text` as HTML that shows it, in an attribute too.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(it),
        }
    }
    escaped
}
