//! Subscribers: each a connection on which one timeline is listened to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use crate::world;

const QUERY: &str = "subscription S($by: TimelineScope!) {
  timelineChanges(by: $by) { change cursor entry { day story { title } statements { text } } } }";

/// Connections that are opened at once.
const AT_ONCE: usize = 64;

/// What a subscriber was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum News {
    /// A story came into the timeline.
    Story { title: String },
    /// All of the timeline may read otherwise.
    Reread,
    /// The stream ended.
    Broken(String),
}

/// What one subscriber heard, and when.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) what: News,
    pub(crate) at: Instant,
}

/// Opens `count` streams over the first so many `timelines`, each of which has heard its first checkpoint.
pub(crate) async fn open(
    address: SocketAddr,
    count: usize,
    timelines: usize,
    told: &mpsc::UnboundedSender<Heard>,
) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut opening = JoinSet::new();
    for number in 0..count {
        let (places, told) = (Arc::clone(&places), told.clone());
        opening.spawn(async move {
            let _place = places.acquire().await.expect("nobody closes it");
            let mut stream = Stream::open(address, number % timelines).await;
            let first = stream.next().await.expect("a stream starts");
            assert_eq!(change(&first), "CHECKPOINT", "{first}");
            tokio::spawn(listen(stream, told));
        });
    }
    while let Some(opened) = opening.join_next().await {
        opened.expect("every stream opens");
    }
}

async fn listen(mut stream: Stream, told: mpsc::UnboundedSender<Heard>) {
    loop {
        let next = stream.next().await;
        let at = Instant::now();
        let what = match next {
            Ok(it) if change(&it) == "REREAD" => News::Reread,
            Ok(it) if change(&it) == "CHECKPOINT" => continue,
            Ok(it) => match it.pointer("/data/timelineChanges/entry/story/title") {
                Some(Value::String(title)) => News::Story { title: title.clone() },
                _ => News::Broken(it.to_string()),
            },
            Err(why) => News::Broken(why),
        };
        let is_over = matches!(what, News::Broken(_));
        if told.send(Heard { what, at }).is_err() || is_over {
            return;
        }
    }
}

fn change(event: &Value) -> &str {
    event.pointer("/data/timelineChanges/change").and_then(Value::as_str).unwrap_or_default()
}

/// A stream of events.
struct Stream {
    connection: TcpStream,
    bytes: Vec<u8>,
}

impl Stream {
    async fn open(address: SocketAddr, official: usize) -> Self {
        let by = json!({ "officialId": world::id(official) });
        let body = json!({ "query": QUERY, "variables": { "by": by } }).to_string();
        let mut connection = TcpStream::connect(address).await.expect("the server listens");
        let head = "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\
                    content-type: application/json\r\n";
        let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        connection.write_all(request.as_bytes()).await.expect("the server reads");
        Self { connection, bytes: Vec::new() }
    }

    /// The data of the next event.
    async fn next(&mut self) -> Result<Value, String> {
        const DATA: &[u8] = b"\ndata: ";
        loop {
            let start = find(&self.bytes, DATA).map(|it| it + DATA.len());
            let rest = start.and_then(|it| self.bytes.get(it..)).unwrap_or_default();
            if let Some(length) = find(rest, b"\n\n") {
                let json = rest.get(..length).unwrap_or_default();
                let event = serde_json::from_slice(json).map_err(|why| why.to_string());
                self.bytes.drain(..start.unwrap_or_default() + length + 2);
                return event;
            }
            match self.connection.read_buf(&mut self.bytes).await {
                Ok(0) => return Err(format!("it ended: {}", String::from_utf8_lossy(&self.bytes))),
                Ok(_) => {}
                Err(why) => return Err(why.to_string()),
            }
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}
