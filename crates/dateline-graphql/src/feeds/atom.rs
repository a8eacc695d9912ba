//! Timelines as Atom (RFC 4287).

use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed as AtomFeed, FixedDateTime, Generator, Link,
    Person, Text,
};
use chrono::{DateTime, Utc};
use dateline_projector::Entry;

use super::Feed;
use super::form::Form;
use super::item::{Item, link as link_of};

pub(super) fn write(feed: &Feed) -> Vec<u8> {
    let link = |rel: &str, form: Form| Link {
        rel: rel.to_owned(),
        href: feed.address(form),
        mime_type: form.content_type().split(';').next().map(str::to_owned),
        ..Link::default()
    };
    let atom = AtomFeed {
        title: Text::plain(feed.title.clone()),
        id: feed.address(Form::Atom),
        updated: instant(feed.updated),
        generator: Some(Generator { value: "dateline".to_owned(), ..Generator::default() }),
        links: vec![link("self", Form::Atom), link("alternate", Form::Json)],
        entries: feed.entries.iter().map(|it| entry(it)).collect(),
        ..AtomFeed::default()
    };
    atom.to_string().into_bytes()
}

fn entry(entry: &Entry) -> AtomEntry {
    let item = Item(entry);
    let link = |rel: &str, href| Link { rel: rel.to_owned(), href, ..Link::default() };
    let related = item.others().filter_map(|it| link_of(it)).map(|it| link("related", it));
    let shown = item.link().map(|it| link("alternate", it));
    let topics = entry
        .topics()
        .iter()
        .map(|it| Category { term: it.topic.to_string(), ..Category::default() });
    AtomEntry {
        title: Text::plain(item.title()),
        id: item.id(),
        updated: instant(entry.recorded()),
        authors: item
            .source_names()
            .into_iter()
            .map(|name| Person { name, ..Person::default() })
            .collect(),
        categories: topics.collect(),
        links: shown.into_iter().chain(related).collect(),
        published: item.published().map(instant),
        content: Some(Content {
            value: Some(item.text()),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}

fn instant(instant: DateTime<Utc>) -> FixedDateTime {
    instant.fixed_offset()
}
