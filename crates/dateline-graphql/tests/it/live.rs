//! Live feeds over server-sent events: nothing is missed, nothing repeated, and nobody who is slow costs much.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use dateline_graphql::{Api, LiveLimits, Options};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::client::{Answer, over, post, send_to};
use crate::world::{LAST, World, official, reported, retracted, revised};

const CHANGES: &str = "subscription Changes($by: TimelineScope!, $after: String) {
    timelineChanges(by: $by, after: $after) {
        change cursor position
        entry { story { title } statements { text } }
        before { superseded: supersededAt { by position } }
    }
}";

/// The same, in other words.
const BRIEFLY: &str = "subscription Brief($id: ID!, $full: Boolean!) {
    changes: timelineChanges(by: { officialId: $id }) { kind: change cursor @include(if: $full) }
}";

/// Far longer than anything takes here.
const PATIENCE: Duration = Duration::from_secs(60);

fn subscribe(official: &str, after: Option<&str>) -> Value {
    json!({ "query": CHANGES, "variables": { "by": { "officialId": official }, "after": after } })
}

fn listening(body: &Value, last_id: Option<&str>) -> Request<Body> {
    let mut request = post(body.to_string());
    request.headers_mut().insert("accept", "text/event-stream".parse().unwrap());
    if let Some(id) = last_id {
        request.headers_mut().insert("last-event-id", id.parse().unwrap());
    }
    request
}

/// A client that listens.
struct Ear {
    body: BodyDataStream,
    text: String,
}

/// One event of the stream.
#[derive(Debug, Clone, PartialEq)]
struct Event {
    name: String,
    id: Option<String>,
    data: Value,
}

impl Ear {
    async fn of(api: &Api, request: Request<Body>) -> Self {
        let response = api.router().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event; `None` at the end of the stream.
    async fn event(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if event != ":" {
                    return Some(read(&event));
                }
                continue;
            }
            let chunk = tokio::time::timeout(PATIENCE, self.body.next()).await;
            let chunk = chunk.expect("there is something to hear")?.unwrap();
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    /// The next change: its kind and headline, and its cursor, which must be the id of the event.
    async fn change(&mut self) -> (String, String) {
        let event = self.event().await.expect("the stream goes on");
        assert_eq!(event.data.get("errors"), None, "{event:?}");
        let change = &event.data["data"]["timelineChanges"];
        assert_eq!(change["cursor"].as_str(), event.id.as_deref(), "{event:?}");
        let title = change["entry"]["story"]["title"].as_str().unwrap_or_default();
        let kind = change["change"].as_str().unwrap();
        (format!("{kind} {title}").trim_end().to_owned(), event.id.unwrap())
    }

    async fn changes(&mut self, count: usize) -> Vec<String> {
        let mut changes = Vec::new();
        for _ in 0..count {
            changes.push(self.change().await.0);
        }
        changes
    }
}

fn read(text: &str) -> Event {
    let mut event = Event { name: String::new(), id: None, data: Value::Null };
    for line in text.lines() {
        match line.split_once(':').unwrap() {
            ("event", name) => event.name = name.trim().to_owned(),
            ("id", id) => event.id = Some(id.trim().to_owned()),
            ("data", "") => {}
            ("data", data) => event.data = serde_json::from_str(data).unwrap(),
            other => panic!("{other:?}"),
        }
    }
    event
}

/// A service that follows its world while the returned task runs.
fn running(world: &World, options: Options) -> Api {
    let api = over(world.clone(), options);
    let feeding = api.clone();
    tokio::spawn(async move { feeding.feed().await });
    api
}

fn append(api: &Api, world: &World, event: dateline_event::Event) {
    world.append(event);
    api.published();
}

async fn refused(api: &Api, request: Request<Body>) -> Answer {
    send_to(api.router(), request).await
}

#[tokio::test]
async fn a_feed_with_a_filter_tells_of_its_entries_alone_live_and_replayed() {
    let world = World::new();
    let api = running(&world, Options::default());
    let query = "subscription C($after: String) {
        timelineChanges(by: { officialId: \"p-ket\" }, filter: { statements: DIRECT }, after: $after) {
            change cursor entry { story { title } } } }";
    let ask = |after: Option<&str>| json!({ "query": query, "variables": { "after": after } });
    let mut ear = Ear::of(&api, listening(&ask(None), None)).await;
    let (kind, start) = ear.change().await;
    assert_eq!(kind, "CHECKPOINT");
    append(&api, &world, reported("walk", "Ket took a walk. @2031-08-01"));
    append(&api, &world, reported("talk", "Ket said: “I talk.” @2031-08-01"));
    append(&api, &world, revised("walk", "Ket said: “I ran.” @2031-08-01"));
    append(&api, &world, revised("talk", "Ket was silent. @2031-08-01"));
    let wanted = ["ADDED Headline of talk", "ADDED Headline of walk", "REMOVED"];
    assert_eq!(ear.changes(3).await, wanted);
    let mut again = Ear::of(&api, listening(&ask(Some(&start)), None)).await;
    assert_eq!(again.changes(4).await, [&wanted[..], &["CHECKPOINT"]].concat());
}

#[tokio::test(start_paused = true)]
async fn rebuilds_are_told_as_they_go() {
    let world = World::new();
    let api = over(world.clone(), Options::default());
    let query = "subscription { rebuildProgress { running step done total perSecond secondsLeft reason ended } }";
    let mut ear = Ear::of(&api, listening(&json!({ "query": query }), None)).await;
    let state =
        async |ear: &mut Ear| ear.event().await.unwrap().data["data"]["rebuildProgress"].take();
    let idle = json!({ "running": false, "step": null, "done": null, "total": null, "perSecond": null,
        "secondsLeft": null, "reason": null, "ended": 2 });
    assert_eq!(state(&mut ear).await, idle);
    world.rebuild(Some((30, 100)));
    let running = json!({ "running": true, "step": "ANNOTATING", "done": 30, "total": 100, "perSecond": 10,
        "secondsLeft": 7, "reason": "a test wants it", "ended": 2 });
    assert_eq!(state(&mut ear).await, running);
    world.rebuild(None);
    assert_eq!(state(&mut ear).await, idle);
}

#[tokio::test]
async fn a_feed_without_a_cursor_starts_now_and_tells_what_comes() {
    let world = World::new();
    let api = running(&world, Options::default());
    let mut ear = Ear::of(&api, listening(&subscribe("p-ket", None), None)).await;
    assert_eq!(ear.change().await.0, "CHECKPOINT");
    append(&api, &world, reported("walk", "Ket took a walk. @2031-08-01"));
    append(&api, &world, reported("swim", "Lun took a swim. @2031-08-01"));
    append(&api, &world, revised("walk", "Ket said: “I ran.” @2031-08-01"));
    append(&api, &world, retracted("walk", "it was a run"));
    append(&api, &world, official("p-new", "Ola New"));
    append(&api, &world, reported("rest", "Ket rested. @2031-08-02"));
    let told = ear.changes(5).await;
    assert_eq!(
        told,
        [
            "ADDED Headline of walk",
            "REVISED Headline of walk",
            "REMOVED",
            "REREAD",
            "ADDED Headline of rest"
        ]
    );
}

#[tokio::test]
async fn a_replay_from_any_cursor_says_what_a_feed_said_that_was_there() {
    let world = World::up_to(7);
    let api = running(&world, Options::default());
    let log = json!({ "query": "{ log { changesCursor } }" });
    let start = refused(&api, post(log.to_string())).await.data("/log/changesCursor");
    let mut ear = Ear::of(&api, listening(&subscribe("p-ket", None), None)).await;
    assert_eq!(ear.change().await.0, "CHECKPOINT");
    for event in [
        reported("bridge", "Ket said: “Soon.” @2031-05-02"),
        revised("bridge", "Ket said: “Later.” @2031-05-03"),
        reported("lun", "Lun spoke. @2031-05-03"),
        official("p-new", "Ola New"),
        reported("walk", "Ket took a walk. @2031-05-04"),
        retracted("bridge", "no bridge"),
    ] {
        append(&api, &world, event);
    }
    let mut live = Vec::new();
    for _ in 0..5 {
        live.push(ear.change().await);
    }
    let mut cursors = vec![start.as_str().unwrap().to_owned()];
    cursors.extend(live.iter().map(|it| it.1.clone()));
    for (at, cursor) in cursors.iter().enumerate() {
        // By the argument, and by the header of a browser that comes back with its first argument.
        for (after, last_id) in [(Some(cursor), None), (Some(&cursors[0]), Some(cursor.as_str()))] {
            let body = subscribe("p-ket", after.map(String::as_str));
            let mut ear = Ear::of(&api, listening(&body, last_id)).await;
            for wanted in &live[at..] {
                assert_eq!(ear.change().await, *wanted, "behind {at}");
            }
            assert_eq!(ear.change().await.0, "CHECKPOINT");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn feeds_that_come_and_go_while_the_log_grows_miss_nothing_and_repeat_nothing() {
    const STORIES: usize = 60;
    let world = World::up_to(7);
    let api = running(&world, Options::default());
    let writing = {
        let (api, world) = (api.clone(), world.clone());
        tokio::spawn(async move {
            for day in 0..STORIES {
                append(&api, &world, reported(&format!("s{day}"), "Ket spoke. @2031-05-04"));
                tokio::task::yield_now().await;
            }
        })
    };
    let (mut heard, mut after) = (Vec::new(), None::<String>);
    let mut ear = Ear::of(&api, listening(&subscribe("p-ket", Some("AUMAADc")), None)).await;
    while heard.len() < STORIES {
        let (what, cursor) = ear.change().await;
        after = Some(cursor);
        let Some(title) = what.strip_prefix("ADDED Headline of ") else { continue };
        heard.push(title.to_owned());
        if heard.len() % 7 == 0 {
            let body = subscribe("p-ket", after.as_deref());
            ear = Ear::of(&api, listening(&body, None)).await;
        }
    }
    writing.await.unwrap();
    assert!(after.is_some());
    let wanted: Vec<_> = (0..STORIES).map(|it| format!("s{it}")).collect();
    assert_eq!(heard, wanted);
}

#[tokio::test]
async fn a_feed_that_does_not_keep_up_ends_with_its_last_cursor_and_goes_on_from_there() {
    let world = World::new();
    let live = LiveLimits { behind: 4, ..LiveLimits::default() };
    let api = running(&world, Options { live, ..Options::default() });
    let mut slow = Ear::of(&api, listening(&subscribe("p-ket", None), None)).await;
    let mut quick = Ear::of(&api, listening(&subscribe("p-ket", None), None)).await;
    assert_eq!(slow.change().await.0, "CHECKPOINT");
    assert_eq!(quick.change().await.0, "CHECKPOINT");
    append(&api, &world, reported("first", "Ket spoke. @2031-08-01"));
    let (_, last) = slow.change().await;
    assert_eq!(quick.change().await.1, last);
    for day in 0..10 {
        append(&api, &world, reported(&format!("s{day}"), "Ket spoke. @2031-08-01"));
        quick.change().await;
    }
    let event = std::iter::repeat_with(|| ()).take(10);
    let mut broken = None;
    for () in event {
        let next = slow.event().await.unwrap();
        if next.data.get("errors").is_some() {
            broken = Some(next);
            break;
        }
    }
    let broken = broken.expect("the slow one is told");
    let extensions = &broken.data["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "RESYNC_REQUIRED");
    assert_eq!(extensions["cursor"], last);
    assert_eq!(slow.event().await.unwrap().name, "complete");
    assert_eq!(slow.event().await, None);
    let mut again = Ear::of(&api, listening(&subscribe("p-ket", Some(&last)), None)).await;
    let told = again.changes(11).await;
    let mut wanted: Vec<_> = (0..10).map(|it| format!("ADDED Headline of s{it}")).collect();
    wanted.push("CHECKPOINT".into());
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn bad_cursors_and_unknown_timelines_are_refused_by_name() {
    let world = World::new();
    let live = LiveLimits { replay_events: 10, ..LiveLimits::default() };
    let api = running(&world, Options { live, ..Options::default() });
    let place = |position: u64| {
        use base64::Engine as _;
        let text = [b"\x01C\0\0".as_slice(), position.to_string().as_bytes()].concat();
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
    };
    for (who, after, code) in [
        ("p-ket", "nonsense".to_owned(), "BAD_CURSOR"),
        ("p-ket", place(LAST + 1), "UNKNOWN_POSITION"),
        ("p-ket", place(LAST - 11), "EXPIRED_CURSOR"),
        ("p-nobody", place(LAST), "BAD_INPUT"),
    ] {
        let answer = refused(&api, listening(&subscribe(who, Some(&after)), None)).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, code));
        assert_eq!(answer.json().get("data"), None);
    }
}

#[tokio::test]
async fn the_guard_stands_before_streams_too() {
    let api = over(World::new(), Options::default());
    let bomb = format!("subscription {{ {} }}", "a:timelineChanges ".repeat(200));
    let answer = refused(&api, listening(&json!({ "query": bomb }), None)).await;
    assert_eq!(answer.code(), "LIMIT_EXCEEDED");
    let two = "subscription {
        a: timelineChanges(by: {officialId: \"p-ket\"}) { cursor }
        b: timelineChanges(by: {officialId: \"p-ket\"}) { cursor } }";
    let answer = refused(&api, listening(&json!({ "query": two }), None)).await;
    assert_eq!(answer.code(), "VALIDATION_FAILED");
    let spread = "subscription { ...A } fragment A on Subscription {
        timelineChanges(by: {officialId: \"p-ket\"}) { cursor } }";
    let answer = refused(&api, listening(&json!({ "query": spread }), None)).await;
    assert_eq!(answer.code(), "VALIDATION_FAILED");
    let skipped = "subscription {
        timelineChanges(by: {officialId: \"p-ket\"}) @skip(if: true) { cursor } }";
    let answer = refused(&api, listening(&json!({ "query": skipped }), None)).await;
    assert_eq!(answer.code(), "VALIDATION_FAILED");
}

#[tokio::test]
async fn a_query_over_events_is_answered_and_complete() {
    let api = over(World::new(), Options::default());
    let query = json!({ "query": "{ log { head } }" });
    let mut ear = Ear::of(&api, listening(&query, None)).await;
    let next = ear.event().await.unwrap();
    assert_eq!((next.name.as_str(), next.id), ("next", None));
    assert_eq!(next.data["data"]["log"]["head"], (LAST + 2).to_string());
    assert_eq!(ear.event().await.unwrap().name, "complete");
    assert_eq!(ear.event().await, None);
}

#[tokio::test]
async fn streams_have_a_limit_and_end_when_the_service_stops() {
    let world = World::new();
    let live = LiveLimits { streams: 1, ..LiveLimits::default() };
    let api = running(&world, Options { live, ..Options::default() });
    let mut ear = Ear::of(&api, listening(&subscribe("p-ket", None), None)).await;
    assert_eq!(ear.change().await.0, "CHECKPOINT");
    let answer = refused(&api, listening(&subscribe("p-ket", None), None)).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (503, "TOO_MANY_STREAMS"));
    let ending = tokio::spawn({
        let api = api.clone();
        async move { api.end_streams(PATIENCE).await }
    });
    assert_eq!(ear.event().await, None);
    drop(ear);
    assert!(ending.await.unwrap());
    assert_eq!(api.open_streams(), 0);
}

#[tokio::test]
async fn what_all_timelines_are_told_is_told_to_each_in_its_own_words() {
    let world = World::new();
    let api = running(&world, Options::default());
    let brief =
        |id: &str, full: bool| json!({ "query": BRIEFLY, "variables": { "id": id, "full": full } });
    let mut long = Ear::of(&api, listening(&subscribe("p-ket", None), None)).await;
    let mut ears = Vec::new();
    for body in [brief("p-ket", true), brief("p-lun", true), brief("p-lun", false)] {
        ears.push(Ear::of(&api, listening(&body, None)).await);
    }
    long.event().await.unwrap();
    for ear in &mut ears {
        ear.event().await.unwrap();
    }
    append(&api, &world, official("p-new", "Ola New"));
    append(&api, &world, reported("swim", "Lun took a swim. @2031-08-01"));
    append(&api, &world, official("p-newer", "Oli Newer"));
    let kinds = ["REREAD", "REREAD"];
    assert_eq!(long.changes(2).await, kinds);
    let [ket, lun, bare] = &mut ears[..] else { unreachable!() };
    let told = async |ear: &mut Ear| {
        let event = ear.event().await.unwrap();
        (event.id, event.data["data"]["changes"].clone())
    };
    let first = told(ket).await;
    assert_eq!(first.1, json!({ "kind": "REREAD", "cursor": first.0 }));
    assert_eq!(told(lun).await, first);
    assert_eq!(told(lun).await.1["kind"], "ADDED");
    assert_eq!(told(bare).await, (first.0, json!({ "kind": "REREAD" })));
    assert_eq!(told(bare).await.1, json!({ "kind": "ADDED" }));
    assert_eq!(told(ket).await, told(lun).await);
}
