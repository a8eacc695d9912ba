//! Timelines as feeds, read with parsers that others wrote.

use axum::body::Body;
use axum::http::Request;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use dateline_event::Event;
use dateline_graphql::Options;

use crate::client::{Answer, over, send, send_to};
use crate::world::{PLAIN_STORIES, World, reported, story_id};

/// Entries of the timeline of Ket: the plain stories, the bridge and the autumn.
const ENTRIES: u64 = PLAIN_STORIES + 2;

fn get(address: &str) -> Request<Body> {
    Request::get(address).body(Body::empty()).unwrap()
}

async fn feed(address: &str) -> Answer {
    let answer = send(get(address)).await;
    assert_eq!(answer.status, 200, "{address}: {}", answer.text);
    answer
}

async fn feed_of(world: &World, address: &str) -> Answer {
    send_to(over(world.clone(), Options::default()).router(), get(address)).await
}

#[tokio::test]
async fn atom_and_json_feed_say_what_the_timeline_says() {
    for (ending, content_type) in [
        ("", "application/atom+xml; charset=utf-8"),
        (".atom", "application/atom+xml; charset=utf-8"),
        (".json", "application/feed+json; charset=utf-8"),
    ] {
        let answer = feed(&format!("/feeds/official/p-ket{ending}")).await;
        assert_eq!(answer.header("content-type"), Some(content_type));
        let read = feed_rs::parser::parse(answer.text.as_bytes()).unwrap();
        assert_eq!(read.title.unwrap().content, "Anders Ket");
        assert_eq!(u64::try_from(read.entries.len()).unwrap(), ENTRIES);
        let id = format!("urn:uuid:{}", story_id("bridge"));
        let bridge = read.entries.iter().find(|it| it.id == id).unwrap();
        assert_eq!(bridge.title.as_ref().unwrap().content, "Headline of bridge");
        assert_eq!(
            bridge.links[0].href,
            "https://toskar.example/bridge#:~:text=Headline%20of%20bridge"
        );
        let text = bridge.content.as_ref().unwrap().body.as_ref().unwrap();
        for line in [
            "Anders Ket: “The bridge opens in June.”",
            "Happened: 2031-05-02",
            "Published: not known",
            "Source: toskar-news, https://toskar.example/bridge (sha-256:",
        ] {
            assert!(text.contains(line), "no `{line}` in {text}");
        }
        let autumn = format!("urn:uuid:{}", story_id("autumn"));
        let autumn = read.entries.iter().find(|it| it.id == autumn).unwrap();
        let text = autumn.content.as_ref().unwrap().body.as_ref().unwrap();
        let open = "Happened: XXXX-09-27, two years remain, in one of the years 2031, 2033";
        assert!(text.contains(open), "{text}");
    }
}

#[tokio::test]
async fn a_feed_of_a_topic_has_what_lies_below_it_and_can_be_cut_to_size() {
    let answer = feed("/feeds/topic/security.json").await;
    let read = feed_rs::parser::parse(answer.text.as_bytes()).unwrap();
    assert_eq!(read.entries.len(), 2);
    let answer = feed("/feeds/official/p-ket.json?limit=3&from=2031-06-02&to=2031-06-20").await;
    let read = feed_rs::parser::parse(answer.text.as_bytes()).unwrap();
    let titles: Vec<_> =
        read.entries.iter().map(|it| &*it.title.as_ref().unwrap().content).collect();
    assert_eq!(titles, ["Headline of plain-20", "Headline of plain-19", "Headline of plain-18"]);
}

#[tokio::test]
async fn a_calendar_has_an_event_for_each_day_that_is_known() {
    let answer = feed("/feeds/official/p-ket.ics").await;
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    let calendar = ICalendar::parse(&answer.text).unwrap();
    let events: Vec<_> = calendar
        .components
        .iter()
        .filter(|it| it.component_type == ICalendarComponentType::VEvent)
        .collect();
    // The year of the autumn is not known, and a calendar cannot say so.
    assert_eq!(u64::try_from(events.len()).unwrap(), ENTRIES - 1);
    let said = |event: &calcard::icalendar::ICalendarComponent, name: &ICalendarProperty| {
        event.property(name).map(|it| format!("{:?}", it.values))
    };
    let id = story_id("bridge").to_string();
    let is_bridge = |it: &&&calcard::icalendar::ICalendarComponent| {
        said(it, &ICalendarProperty::Uid).is_some_and(|uid| uid.contains(&id))
    };
    let bridge = events.iter().find(is_bridge).unwrap();
    let start = said(bridge, &ICalendarProperty::Dtstart).unwrap();
    let end = said(bridge, &ICalendarProperty::Dtend).unwrap();
    for (date, day) in [(start, "day: Some(2)"), (end, "day: Some(3)")] {
        assert!(date.contains("year: Some(2031)") && date.contains(day), "{date}");
    }
    let lines = answer.text.split("\r\n");
    assert!(lines.clone().count() > 100 && lines.into_iter().all(|it| it.len() <= 75));
}

#[tokio::test]
async fn a_table_has_a_line_for_each_statement_and_no_formulas() {
    let world = World::new();
    world.append(reported("sum", "Ket said: “=1+1, and more” @2031-08-01"));
    let answer = feed_of(&world, "/feeds/official/p-ket.csv").await;
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let mut table = csv::Reader::from_reader(answer.text.as_bytes());
    let columns = table.headers().unwrap().clone();
    let statement = columns.iter().position(|it| it == "statement").unwrap();
    let lines: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(u64::try_from(lines.len()).unwrap(), ENTRIES + 1);
    assert!(lines.iter().any(|it| &it[statement] == "'=1+1, and more"), "{}", answer.text);
}

#[tokio::test]
async fn timeline_js_has_the_documented_form_and_no_markup_of_pages() {
    let world = World::new();
    world.append(reported("markup", "Ket said: “<script>alert(1)</script>” @2031-08-01"));
    let answer = feed_of(&world, "/feeds/official/p-ket.timeline.json").await;
    assert!(!answer.text.contains("<script"), "{}", answer.text);
    let json = answer.json();
    assert_eq!(json["title"]["text"]["headline"], "Anders Ket");
    let left_out = json["title"]["text"]["text"].as_str().unwrap();
    assert!(left_out.starts_with("<p>1 entries have no day"), "{left_out}");
    let events = json["events"].as_array().unwrap();
    assert_eq!(u64::try_from(events.len()).unwrap(), ENTRIES);
    for event in events {
        for part in ["year", "month", "day"] {
            assert!(event["start_date"][part].is_number(), "{event}");
        }
        assert!(event["text"]["headline"].is_string() && event["unique_id"].is_string());
    }
}

#[tokio::test]
async fn addresses_that_are_no_pages_are_not_linked() {
    let world = World::new();
    let mut event = reported("trap", "Ket said: “Come in.” @2031-08-01");
    if let Event::StoryReported(it) = &mut event {
        it.page.address = Some("javascript:alert(1)".to_owned());
    }
    world.append(event);
    for ending in [".json", ".atom", ".timeline.json", ".ics"] {
        let answer = feed_of(&world, &format!("/feeds/official/p-ket{ending}")).await;
        let text = answer.text.replace("\r\n ", "");
        assert!(text.contains("Headline of trap"), "{text}");
        for link in
            ["\"url\": \"javascript", "href=\"javascript", "URL:javascript", "href=\\\"java"]
        {
            assert!(!text.contains(link), "{text}");
        }
    }
}

#[tokio::test]
async fn a_feed_that_has_not_changed_is_not_sent_again() {
    let world = World::new();
    let address = "/feeds/topic/security.json";
    let first = feed_of(&world, address).await;
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(first.header("cache-control"), Some("no-cache"));
    let again = |tag: &str| {
        let request = Request::get(address).header("if-none-match", tag);
        send_to(
            over(world.clone(), Options::default()).router(),
            request.body(Body::empty()).unwrap(),
        )
    };
    for known in [tag.clone(), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = again(&known).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (304, ""), "{known}");
        assert_eq!(answer.header("etag"), Some(tag.as_str()));
    }
    assert_eq!(again("\"other\"").await.status, 200);
    world.append(reported("news", "Ket spoke. #security @2031-08-01"));
    let answer = again(&tag).await;
    assert_eq!(answer.status, 200);
    assert_ne!(answer.header("etag"), Some(tag.as_str()));
}

#[tokio::test]
async fn what_there_is_no_feed_of_is_named() {
    for (address, status, code, message) in [
        (
            "/feeds/official/p-nobody.json",
            404,
            "NOT_FOUND",
            "the registry has no official `p-nobody`",
        ),
        ("/feeds/topic/nothing", 404, "NOT_FOUND", "the registry has no topic `nothing`"),
        (
            "/feeds/office/x.json",
            404,
            "NOT_FOUND",
            "there are feeds at `/feeds/official/{id}` and `/feeds/topic/{slug}`",
        ),
        ("/feeds/topic/%ff.json", 400, "BAD_REQUEST", "the id is not UTF-8, percent-encoded"),
        ("/feeds/topic/security?limit=0", 400, "BAD_REQUEST", "`limit` is a number from 1 to 500"),
        (
            "/feeds/topic/security?from=2031-02-30",
            400,
            "BAD_REQUEST",
            "`from` is a day of the calendar such as 2025-06-05",
        ),
        (
            "/feeds/topic/security?from=2031-03-02&to=2031-03-01",
            400,
            "BAD_REQUEST",
            "`from` is 2031-03-02, after `to`, which is 2031-03-01",
        ),
        (
            "/feeds/topic/security?page=2",
            400,
            "BAD_REQUEST",
            "a feed has the parameters `from`, `to` and `limit`, and no others",
        ),
    ] {
        let answer = send(get(address)).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{address}");
        assert_eq!(answer.message(), message, "{address}");
    }
    let answer = send(Request::post("/feeds/topic/security").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, Some("GET, HEAD")));
}
