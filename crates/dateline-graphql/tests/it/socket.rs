//! WebSockets: the protocol to the letter, its close codes, and its limits.

use std::time::Duration;

use dateline_graphql::{LiveLimits, Options, RateLimit, RateLimits};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::talker::{PATIENCE, Talker, served};
use crate::world::reported;

const FEED: &str = "subscription { timelineChanges(by: {officialId: \"p-ket\"}) {
    change entry { story { title } } } }";

#[tokio::test]
async fn queries_and_feeds_share_a_socket() {
    let served = served(Options::default()).await;
    let mut talker = Talker::ready(&served).await;
    talker.say(&json!({ "type": "ping", "payload": { "a": 1 } })).await;
    assert_eq!(talker.hear().await, json!({ "type": "pong", "payload": { "a": 1 } }));
    talker.subscribe("q", "{ topics(first: 1) { nodes { slug } } }").await;
    let next = talker.hear().await;
    assert_eq!((&next["type"], &next["id"]), (&json!("next"), &json!("q")));
    assert_eq!(next["payload"]["data"]["topics"]["nodes"][0]["slug"], "civil-defence");
    assert_eq!(talker.hear().await, json!({ "type": "complete", "id": "q" }));

    talker.subscribe("f", FEED).await;
    let change = |it: &Value| it["payload"]["data"]["timelineChanges"].clone();
    assert_eq!(change(&talker.hear().await)["change"], "CHECKPOINT");
    served.world.append(reported("walk", "Ket took a walk. @2031-08-01"));
    served.api.published();
    let told = change(&talker.hear().await);
    assert_eq!(told["entry"]["story"]["title"], "Headline of walk");
    // The id is free again once the operation is over, and what it had to say is not heard any more.
    talker.say(&json!({ "type": "complete", "id": "f" })).await;
    talker.subscribe("f", "{ log { lag } }").await;
    assert_eq!(talker.hear().await["payload"]["data"]["log"]["lag"], 1);
}

#[tokio::test]
async fn each_break_of_the_protocol_has_its_close_code() {
    let served = served(Options::default()).await;
    let init = json!({ "type": "connection_init" });
    let subscribe =
        |id: &str| json!({ "type": "subscribe", "id": id, "payload": { "query": FEED } });
    for (said, code) in [
        (vec![json!({ "type": "nonsense" })], 4400),
        (vec![json!([])], 4400),
        (vec![init.clone(), json!({ "type": "subscribe", "id": "a" })], 4400),
        (vec![init.clone(), json!({ "type": "subscribe", "id": "", "payload": {} })], 4400),
        (vec![json!({ "type": "connection_init", "payload": 1 })], 4400),
        (vec![subscribe("a")], 4401),
        (vec![init.clone(), subscribe("a"), subscribe("a")], 4409),
        (vec![init.clone(), init.clone()], 4429),
    ] {
        let mut talker = Talker::of(&served).await;
        for message in &said {
            talker.say(message).await;
        }
        assert_eq!(talker.closed().await, code, "{said:?}");
    }
    let mut talker = Talker::of(&served).await;
    talker.0.send(Message::binary(b"{}".to_vec())).await.unwrap();
    assert_eq!(talker.closed().await, 4400);
    let mut talker = Talker::open(served.address, &[]).await.unwrap();
    assert_eq!(talker.closed().await, 4406);
}

#[tokio::test]
async fn a_socket_without_a_word_is_closed() {
    let live = LiveLimits { init_timeout: Duration::from_millis(50), ..LiveLimits::default() };
    let served = served(Options { live, ..Options::default() }).await;
    assert_eq!(Talker::of(&served).await.closed().await, 4408);
}

#[tokio::test]
async fn pages_of_other_origins_cannot_open_a_socket() {
    let served = served(Options::default()).await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    let evil = Talker::open(served.address, &[protocol, ("origin", "https://evil.example")]).await;
    let Err(Error::Http(response)) = evil else { panic!("it is not refused") };
    assert_eq!(response.status(), 403);
    let own = format!("http://{}", served.address);
    assert!(Talker::open(served.address, &[protocol, ("origin", &own)]).await.is_ok());
}

#[tokio::test]
async fn two_thousand_feeds_on_a_socket_stop_at_the_limit_and_the_rest_goes_on() {
    let live = LiveLimits { operations_per_socket: 10, ..LiveLimits::default() };
    let unlimited = RateLimit { per_second: 0, burst: 1 };
    let rates = RateLimits { key: unlimited, address: unlimited };
    let served = served(Options { live, rates, ..Options::default() }).await;
    let mut talker = Talker::ready(&served).await;
    for id in 0..2_000 {
        talker.subscribe(&id.to_string(), FEED).await;
    }
    let (mut open, mut refused) = (0, 0);
    while open + refused < 2_000 {
        let message = talker.hear().await;
        match message["type"].as_str().unwrap() {
            "next" => open += 1,
            "error" => {
                refused += 1;
                let extensions = &message["payload"][0]["extensions"];
                assert_eq!(extensions["limit"], "operations_per_socket");
                assert_eq!(extensions["code"], "LIMIT_EXCEEDED");
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!((open, refused), (10, 1_990));
}

#[tokio::test]
async fn errors_end_the_operation_and_not_the_connection() {
    let served = served(Options::default()).await;
    let mut talker = Talker::ready(&served).await;
    for (query, code) in [
        ("{", "PARSE_FAILED"),
        ("{ nothing }", "VALIDATION_FAILED"),
        ("subscription { nothing }", "VALIDATION_FAILED"),
        ("subscription { timelineChanges(by: {officialId: \"x\"}) { cursor } }", "BAD_INPUT"),
    ] {
        talker.subscribe("a", query).await;
        let error = talker.hear().await;
        assert_eq!(error["type"], "error", "{error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code);
    }
}

#[tokio::test]
async fn a_message_beyond_the_limit_closes_the_connection() {
    let served = served(Options::default()).await;
    let mut talker = Talker::ready(&served).await;
    let huge = Message::text("x".repeat(300 * 1024));
    // The service may close before it has read all of it.
    let _ = talker.0.send(huge).await;
    let ended = async { while let Some(Ok(_)) = talker.0.next().await {} };
    tokio::time::timeout(PATIENCE, ended).await.expect("the connection ends");
}

#[tokio::test]
async fn the_stop_closes_sockets_with_1001() {
    let served = served(Options::default()).await;
    let mut talker = Talker::ready(&served).await;
    talker.subscribe("f", FEED).await;
    talker.hear().await;
    served.stop.send(()).unwrap();
    assert_eq!(talker.closed().await, 1001);
    let ended = tokio::time::timeout(PATIENCE, served.running).await;
    ended.expect("the service stops").unwrap().unwrap();
}
