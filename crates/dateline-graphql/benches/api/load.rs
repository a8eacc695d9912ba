//! The load: keep-alive connections that send one request after the other.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep_until;

use crate::server::Server;

/// Connections that share the load.
const CONNECTIONS: usize = 32;

/// Time for which a server is asked before anything is measured.
const WARM_UP: Duration = Duration::from_millis(500);

/// The number of the next request that no other is the same as.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// What came of the load on one server.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Measured {
    /// Processor time of the server for a request while the load was open-loop, in microseconds.
    pub(crate) micros: f64,
    /// Time from when a request was due to the end of its answer.
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    /// Requests a second, as many as it takes.
    pub(crate) rate: f64,
    /// Processor time of the server for a request at that rate, in microseconds.
    pub(crate) full_micros: f64,
}

/// A request, sent to one server again and again.
pub(crate) struct Load<'a> {
    pub(crate) server: &'a Server,
    pub(crate) request: &'a str,
    /// The part of it that is another number each time, where no two are to be the same.
    pub(crate) numbered: Option<&'a str>,
    /// Of every answer.
    pub(crate) status: u16,
}

/// An answer.
pub(crate) struct Answer {
    status: u16,
    pub(crate) tag: String,
    pub(crate) body: String,
}

pub(crate) fn post(body: &str) -> String {
    format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A GET of `query`, with more `headers`.
pub(crate) fn get(query: &str, headers: &str) -> String {
    let mut encoded = String::new();
    for byte in query.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes it");
        }
    }
    format!(
        "GET /graphql?query={encoded} HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n{headers}\r\n"
    )
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// The answer to one request.
pub(crate) fn once(server: &Server, request: &str) -> Answer {
    runtime().block_on(async {
        let mut line = Line::open(server.address).await;
        let answer = line.ask(request).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer
    })
}

impl Load<'_> {
    pub(crate) fn run(&self, rate: u32, open: Duration, full: Duration) -> Measured {
        runtime().block_on(async {
            self.full(WARM_UP).await;
            let before = self.server.time();
            let mut took = self.open(rate, open).await;
            let used = self.server.time().saturating_sub(before);
            took.sort();
            let count = u32::try_from(took.len()).expect("a bounded load");
            let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
            let before = self.server.time();
            let done = self.full(full).await;
            let used_in_full = self.server.time().saturating_sub(before);
            Measured {
                micros: used.as_secs_f64() * 1e6 / f64::from(count),
                p50: at(50),
                p99: at(99),
                rate: f64::from(done) / full.as_secs_f64(),
                full_micros: used_in_full.as_secs_f64() * 1e6 / f64::from(done),
            }
        })
    }

    /// Sends `rate` requests a second for `time`, each when it is due, and gives how late each answer was.
    async fn open(&self, rate: u32, time: Duration) -> Vec<Duration> {
        let start = Instant::now() + Duration::from_millis(10);
        let count = rate * u32::try_from(time.as_secs()).expect("some seconds");
        let due: VecDeque<_> =
            (0..count).map(|it| start + Duration::from_secs(1) * it / rate).collect();
        let (due, took) = (Arc::new(Mutex::new(due)), Arc::new(Mutex::new(Vec::new())));
        let next = |due: &Mutex<VecDeque<Instant>>| due.lock().expect("nobody panics").pop_front();
        self.on_all(async |mut line| {
            while let Some(at) = next(&due) {
                sleep_until(at.into()).await;
                self.checked(&line.ask(&self.next()).await);
                took.lock().expect("nobody panics").push(at.elapsed());
            }
        })
        .await;
        took.lock().expect("nobody panics").clone()
    }

    /// Sends as many requests as are answered within `time`, and gives their number.
    async fn full(&self, time: Duration) -> u32 {
        let until = Instant::now() + time;
        let done = Mutex::new(0);
        self.on_all(async |mut line| {
            while Instant::now() < until {
                self.checked(&line.ask(&self.next()).await);
                *done.lock().expect("nobody panics") += 1;
            }
        })
        .await;
        done.into_inner().expect("nobody panics")
    }

    async fn on_all(&self, work: impl AsyncFn(Line)) {
        let work = &work;
        let lines = (0..CONNECTIONS).map(|_| async move {
            work(Line::open(self.server.address).await).await;
        });
        futures_util::future::join_all(lines).await;
    }

    /// The next request.
    fn next(&self) -> Cow<'_, str> {
        let Some(number) = self.numbered else { return self.request.into() };
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let width = number.len();
        self.request.replacen(number, &format!("{next:0width$}"), 1).into()
    }

    fn checked(&self, answer: &Answer) {
        assert_eq!(answer.status, self.status, "{}", answer.body);
    }
}

/// A connection.
struct Line {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Line {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server listens");
        stream.set_nodelay(true).expect("a socket of ours");
        Self { stream, bytes: Vec::new() }
    }

    async fn ask(&mut self, request: &str) -> Answer {
        self.stream.write_all(request.as_bytes()).await.expect("the server reads");
        self.bytes.clear();
        loop {
            self.stream.read_buf(&mut self.bytes).await.expect("the server answers");
            if let Some(answer) = whole(&self.bytes) {
                return answer;
            }
        }
    }
}

/// The answer, if `bytes` are all of it.
fn whole(bytes: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let field = |name: &str| {
        let mut fields = head.lines().filter_map(|it| it.split_once(": "));
        fields.find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
    };
    let length = field("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok())?;
    let is_whole = body.len() >= length;
    is_whole.then(|| Answer {
        status,
        tag: field("etag").unwrap_or_default().to_owned(),
        body: body.to_owned(),
    })
}
