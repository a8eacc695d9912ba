//! Deciding what a page adds to the log.

use dateline_event::story::StoryRetracted;
use dateline_event::{Event, SourceId, StoryId};
use dateline_ingest::{Capture, Decision, StoriesSoFar, decide, read_page};

const TEASER: &str = "On 25 July 2024, employees of the Secretariat spoke with students of the Open School of Envoys in Varegrad.";

const STORY: &str = "Board of Envoys approves the plan of drills

12.07.2024

The Board of Envoys met in Narovets on 11 July and approved the plan of common drills for the autumn.

Secretary General Miroslav Ket said that the plan had been drawn up with the help of all six states.";

/// A log of its own for each test.
struct Log {
    source: SourceId,
    known: StoriesSoFar,
}

impl Log {
    fn new() -> Self {
        Self {
            source: SourceId::new("example.org").expect("it is an id"),
            known: StoriesSoFar::default(),
        }
    }

    /// Reads a page and appends what it adds; says what was decided, one word a story.
    fn read(&mut self, address: Option<&str>, text: &str) -> Vec<&'static str> {
        let words = self.decide(address, text);
        words.iter().filter_map(Decision::event).for_each(|it| self.known.fold(it));
        words.iter().map(word).collect()
    }

    fn decide(&self, address: Option<&str>, text: &str) -> Vec<Decision> {
        let capture = Capture {
            name: "page.txt",
            source: &self.source,
            address,
            captured: None,
            content_type: None,
            bytes: text.as_bytes(),
        };
        decide(&self.known, &self.source, &read_page(&capture))
    }
}

const fn word(decision: &Decision) -> &'static str {
    match decision {
        Decision::Reported(_) => "reported",
        Decision::Revised(_) => "revised",
        Decision::Sighted(_) => "sighted",
        Decision::Unchanged(_) => "unchanged",
        Decision::Retracted(_) => "retracted",
    }
}

fn story_of(event: &Event) -> StoryId {
    let stream = event.stream();
    let id = stream.as_str().strip_prefix("story-").expect("the event is about a story");
    id.parse().expect("the stream of a story ends in its id")
}

const ADDRESS: Option<&str> = Some("https://example.org/news/12");

#[test]
fn a_page_read_again_adds_nothing() {
    let mut log = Log::new();
    assert_eq!(log.read(None, STORY), ["reported"]);
    assert_eq!(log.read(None, STORY), ["unchanged"]);
    assert_eq!(log.read(ADDRESS, STORY), ["reported"]);
    let other_form = Some("http://www.EXAMPLE.org/news/12/?utm_source=mail#top");
    assert_eq!(log.read(other_form, STORY), ["unchanged"]);
}

#[test]
fn other_white_space_and_quotation_marks_are_no_news() {
    let mut log = Log::new();
    let plain = "The envoys called it \"a good day\" in Narovets on 3 June 2024, and went home.";
    assert_eq!(log.read(None, plain), ["reported"]);
    let typeset =
        "The envoys called it\u{a0}“a good  day” in Narovets on 3 June 2024, and went home.";
    assert_eq!(log.read(None, typeset), ["sighted"]);
}

#[test]
fn a_teaser_on_several_pages_is_one_story() {
    let mut log = Log::new();
    let page = |title: &str, text: &str| {
        format!("\n{TEASER}\n\n\n{title}\n\n{title} 20.02.2023\n\n{text}\n\nGo back")
    };
    let first = page(
        "Envoys gather in the north",
        "The envoys gathered in the north of Varegia on Monday.",
    );
    let second = page(
        "New bridge over the Sel opens",
        "A bridge over the Sel was opened to traffic in spring.",
    );
    assert_eq!(log.read(None, &first), ["reported", "reported"]);
    assert_eq!(log.read(None, &second), ["sighted", "reported"]);
    assert_eq!(log.read(None, &second), ["unchanged", "unchanged"]);
    assert_eq!(log.read(None, &first), ["unchanged", "unchanged"]);
}

#[test]
fn a_story_is_sighted_once_on_each_page_however_often_it_is_captured() {
    let mut log = Log::new();
    let at = |number: u32| Some(format!("https://example.org/list/{number}"));
    let page = |title: &str, end: &str| {
        format!(
            "\n{TEASER}\n\n\n{title}\n\n{title} 20.02.2023\n\n{title} on Monday, the envoys said.\n\n{end}"
        )
    };
    let (first, second) = ("Envoys gather in the north", "New bridge over the Sel opens");
    assert_eq!(log.read(at(1).as_deref(), &page(first, "Go back")), ["reported", "reported"]);
    assert_eq!(log.read(at(2).as_deref(), &page(second, "Go back")), ["sighted", "reported"]);
    assert_eq!(log.read(at(2).as_deref(), &page(second, "Home")), ["unchanged", "unchanged"]);
    assert_eq!(log.read(at(1).as_deref(), &page(first, "Home")), ["unchanged", "unchanged"]);
}

#[test]
fn an_item_of_a_feed_that_changed_is_revised_and_keeps_its_identity() {
    let mut log = Log::new();
    let feed = |text: &str| {
        format!(
            "<rss><channel><item><title>Dam broke</title><link>https://example.org/dam</link>\
            <description>The dam near Narovets broke in the night to Monday. {text}</description></item></channel></rss>"
        )
    };
    let address = Some("https://example.org/feed.xml");
    assert_eq!(log.read(address, &feed("Two villages are flooded.")), ["reported"]);
    assert_eq!(log.read(address, &feed("Two villages are flooded.")), ["unchanged"]);
    assert_eq!(log.read(address, &feed("Three villages are flooded.")), ["revised"]);
    let other = Some("https://example.org/all.xml");
    assert_eq!(log.read(other, &feed("Two villages are flooded.")), ["sighted"]);
}

#[test]
fn a_page_of_html_that_changed_is_revised_under_its_address() {
    let mut log = Log::new();
    let page = |text: &str| {
        format!(
            "<!DOCTYPE html><html lang=en><head><title>Dam broke</title></head><body><article><h1>Dam broke near \
            Narovets</h1><p>The dam near Narovets broke in the night to Monday, and the water took two bridges \
            away, the ministry said in the morning.</p><p>{text}</p></article></body></html>"
        )
    };
    let two =
        "Two villages are flooded, and boats are on their way to those who wait on the roofs.";
    let three =
        "Three villages are flooded, and boats are on their way to those who wait on the roofs.";
    assert_eq!(log.read(ADDRESS, &page(two)), ["reported"]);
    assert_eq!(log.read(ADDRESS, &page(three)), ["revised"]);
    assert_eq!(log.read(ADDRESS, &page(two)), ["unchanged"]);
}

#[test]
fn captures_that_alternate_between_two_wordings_are_news_twice_in_all() {
    let mut log = Log::new();
    let longer = format!("{STORY}\n\nThe first drill is set for 9 September near Boshkul.");
    assert_eq!(log.read(ADDRESS, STORY), ["reported"]);
    assert_eq!(log.read(ADDRESS, &longer), ["revised"]);
    assert_eq!(log.read(ADDRESS, STORY), ["unchanged"]);
    assert_eq!(log.read(ADDRESS, &longer), ["unchanged"]);
}

#[test]
fn a_revision_keeps_the_story() {
    let mut log = Log::new();
    let first = log.decide(None, STORY);
    log.read(None, STORY);
    let second = log.decide(None, &STORY.replace("all six states", "five of the six states"));
    assert_eq!(second.iter().map(word).collect::<Vec<_>>(), ["revised"]);
    assert_eq!(story_of(first[0].event().unwrap()), story_of(second[0].event().unwrap()));
}

#[test]
fn another_text_at_the_same_address_is_another_story() {
    let mut log = Log::new();
    let other = "Rain in the hills\n\nFog is expected in the valleys of Kerimstan until Friday, with rain in the hills.";
    assert_eq!(log.read(ADDRESS, STORY), ["reported"]);
    assert_eq!(log.read(ADDRESS, other), ["reported"]);
    assert_eq!(log.read(ADDRESS, STORY), ["unchanged"]);
    assert_eq!(log.read(ADDRESS, other), ["unchanged"]);
}

#[test]
fn a_capture_that_was_cut_takes_nothing_away() {
    let mut log = Log::new();
    assert_eq!(log.read(ADDRESS, STORY), ["reported"]);
    let cut = STORY.split_at(STORY.find("drawn up").unwrap()).0;
    assert_eq!(log.read(ADDRESS, cut), ["unchanged"]);
    assert_eq!(
        log.read(ADDRESS, "Board of Envoys approves the plan of drills\n\n12.07.2024"),
        ["unchanged"]
    );
}

#[test]
fn a_cut_capture_is_completed_by_a_later_one() {
    let mut log = Log::new();
    let cut = STORY.split_at(STORY.find("drawn up").unwrap()).0;
    assert_eq!(log.read(ADDRESS, cut), ["reported"]);
    assert_eq!(log.read(ADDRESS, STORY), ["revised"]);
}

#[test]
fn a_retracted_story_stays_retracted_while_its_page_prints_it() {
    let mut log = Log::new();
    let decisions = log.decide(ADDRESS, STORY);
    let story = story_of(decisions[0].event().unwrap());
    log.read(ADDRESS, STORY);
    log.known.fold(&Event::StoryRetracted(StoryRetracted { story, reason: "a hoax".into() }));
    assert_eq!(log.read(ADDRESS, STORY), ["retracted"]);
    assert_eq!(log.read(ADDRESS, &STORY.replace("six", "five")), ["retracted"]);
    let other = "Rain in the hills\n\nFog is expected in the valleys of Kerimstan until Friday, with rain in the hills.";
    assert_eq!(log.read(ADDRESS, other), ["reported"]);
}

#[test]
fn equal_texts_of_two_sources_are_two_stories() {
    let mut log = Log::new();
    assert_eq!(log.read(None, TEASER), ["reported"]);
    log.source = SourceId::new("other.example").unwrap();
    assert_eq!(log.read(None, TEASER), ["reported"]);
}

/// Items of a feed that all link to one address.
fn items(wordings: &[(&str, &str)]) -> String {
    let item = |(title, text): &(&str, &str)| {
        let link = "https://example.org/bridge";
        format!(
            "<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"
        )
    };
    let items: Vec<String> = wordings.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel>{}</channel></rss>", items.concat())
}

// Found by fuzzing: reading a page again that prints three wordings of one teaser revised it. The second, cut, is part
// of the first; when the page was read again it was compared with the third, which had become the latest.
#[test]
fn a_page_with_three_wordings_of_a_teaser_adds_nothing_when_it_is_read_again() {
    let lead = "After three years of work the first cars have crossed the river.";
    let mut log = Log::new();
    let page = items(&[
        ("New bridge over the Sel opens for traffic", lead),
        ("New bridge over the Sel opens for traffic", ""),
        ("New bridge over the Sel opens at noon", "The brass band played."),
    ]);
    assert_eq!(log.read(ADDRESS, &page), ["reported", "unchanged", "revised"]);
    assert_eq!(log.read(ADDRESS, &page), ["unchanged"; 3]);
}

// The like of it: a text that was no wording of the teaser when it was read, and is one of a later wording.
#[test]
fn a_story_of_its_own_stays_one_when_the_page_is_read_again() {
    let mut log = Log::new();
    let page = items(&[
        ("New bridge over the Sel opens", "Cars cross."),
        ("Ribbon cut at noon", "The mayor of Narovets cut the ribbon."),
        ("New bridge over the Sel opens", "The mayor of Narovets cut the ribbon."),
    ]);
    assert_eq!(log.read(ADDRESS, &page), ["reported", "reported", "revised"]);
    assert_eq!(log.read(ADDRESS, &page), ["unchanged"; 3]);
}
