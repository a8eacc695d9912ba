//! Slow senders: connections on which a request comes a byte at a time and never ends.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::attack::open;

/// Time from one byte to the next.
const EVERY: Duration = Duration::from_millis(200);

/// Kinds: what is slow, the beginning of the request, and how long the server lets it go on.
const KINDS: [(&str, &str, Duration); 2] = [
    ("the head", "POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ", Duration::from_secs(30)),
    (
        "the body",
        "POST /graphql HTTP/1.1\r\nhost: x\r\naccept: application/graphql-response+json\r\n\
         content-type: application/json\r\ncontent-length: 100000\r\n\r\n",
        Duration::from_secs(10),
    ),
];

/// How much later than it must end a connection may end.
const LATE: Duration = Duration::from_secs(2);

/// Connections that are held open.
pub(crate) struct Senders {
    count: usize,
    kinds: Vec<JoinHandle<Vec<Ended>>>,
}

/// When a connection was ended, and with what status.
struct Ended {
    after: Duration,
    status: String,
}

impl Senders {
    /// `count` of each kind.
    pub(crate) fn start(address: SocketAddr, count: usize) -> Self {
        let kind = |(_, start, most)| thread::spawn(move || all(address, count, start, most));
        Self { count, kinds: KINDS.into_iter().map(kind).collect() }
    }

    /// Waits until all were ended, prints when, and says whether that was in time.
    pub(crate) fn print(self) -> bool {
        let mut is_well = true;
        for ((what, _, most), ended) in KINDS.into_iter().zip(self.kinds) {
            let ended = ended.join().expect("slow senders end");
            let last = ended.iter().map(|it| it.after).max().unwrap_or_default();
            let status = ended.first().map(|it| it.status.as_str()).unwrap_or_default();
            let is_right = ended.len() == self.count && last <= most + LATE;
            println!(
                "{} connections that send {what} a byte each {} ms: {} ended, the last after {:.1} s, with `{status}` (limit {} \
                 s){}",
                self.count,
                EVERY.as_millis(),
                ended.len(),
                last.as_secs_f64(),
                most.as_secs(),
                if is_right { "" } else { ": NOT AS WANTED" },
            );
            is_well &= is_right;
        }
        is_well
    }
}

/// Sends on all connections until the server has ended them, or should have.
fn all(address: SocketAddr, count: usize, start: &str, most: Duration) -> Vec<Ended> {
    let mut open: Vec<_> = (0..count).map(|_| begun(address, start)).collect();
    let begun = Instant::now();
    let mut ended = Vec::new();
    while !open.is_empty() && begun.elapsed() < most + 2 * LATE {
        thread::sleep(EVERY);
        open.retain_mut(|stream| match end(stream) {
            Some(status) => {
                ended.push(Ended { after: begun.elapsed(), status });
                false
            }
            None => true,
        });
    }
    ended
}

fn begun(address: SocketAddr, start: &str) -> TcpStream {
    let mut stream = open(address);
    stream.write_all(start.as_bytes()).expect("the server reads");
    stream.set_nonblocking(true).expect("a socket of ours");
    stream
}

/// Sends another byte; gives the status with which the server ended the request, where it has.
fn end(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = [0; 1_024];
    // That the server takes no more shows when it is read.
    let _ = stream.write(b"x");
    match stream.read(&mut bytes) {
        Ok(0) => Some("nothing".to_owned()),
        Ok(read) => {
            let text = String::from_utf8_lossy(bytes.get(..read)?);
            Some(text.split(' ').nth(1).unwrap_or_default().to_owned())
        }
        Err(why) if why.kind() == ErrorKind::WouldBlock => None,
        Err(why) => Some(why.to_string()),
    }
}
