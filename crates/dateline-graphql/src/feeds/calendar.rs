//! Timelines as iCalendar (RFC 5545): an event of whole days for each entry that has a day. A date that is no day, such
//! as a month, stands at its first day, and the description says what is known. Entries without a day, and those with
//! several years left, are left out: a calendar cannot say "one of these".

use chrono::{Days, NaiveDate};
use dateline_projector::Entry;
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

use super::Feed;
use super::item::Item;

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let mut calendar = Calendar::new();
    calendar.name(&feed.title);
    calendar.append_property(Property::new("PRODID", "-//dateline//timelines//EN"));
    for entry in &feed.entries {
        if let Some((first, last)) = Item(entry).days() {
            calendar.push(event(entry, first, last));
        }
    }
    calendar.to_string().into_bytes()
}

fn event(entry: &Entry, first: NaiveDate, last: NaiveDate) -> Event {
    let item = Item(entry);
    let mut event = Event::new();
    event.uid(&item.id()).summary(&item.title()).description(&item.text()).starts(first);
    // The end is the day behind the last one.
    event.ends(last.checked_add_days(Days::new(1)).unwrap_or(last));
    event.timestamp(entry.recorded()).last_modified(entry.recorded());
    if let Some(link) = item.link() {
        event.url(&link);
    }
    let topics: Vec<String> = entry.topics().iter().map(|it| it.topic.to_string()).collect();
    for topic in topics {
        event.append_multi_property(Property::new("CATEGORIES", topic));
    }
    event
}
