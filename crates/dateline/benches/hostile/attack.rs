//! One request over a connection of its own, and its answer.

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// After this nothing more is waited for.
const GIVE_UP: Duration = Duration::from_secs(60);

/// A request that is made to hurt.
pub(crate) struct Attack {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// The status of its answer, and the code and the limit that its first error names.
    pub(crate) wanted: String,
}

/// What became of it.
pub(crate) struct Answered {
    pub(crate) what: String,
    pub(crate) time: Duration,
}

impl Attack {
    pub(crate) fn send(&self, address: SocketAddr) -> Answered {
        let mut stream = open(address);
        let start = Instant::now();
        let what = thread::scope(|scope| {
            let mut sending = stream.try_clone().expect("a socket of ours");
            // It may be refused while it comes, and what comes behind that is for nobody.
            scope.spawn(move || sending.write_all(&self.bytes));
            read(&mut stream)
        });
        Answered { what, time: start.elapsed() }
    }
}

pub(crate) fn open(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_nodelay(true).expect("a socket of ours");
    stream.set_read_timeout(Some(GIVE_UP)).expect("a socket of ours");
    stream
}

/// Reads an answer, and says what it is: `400 LIMIT_EXCEEDED fields`.
pub(crate) fn read(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match stream.read(&mut buffer) {
            Ok(0) => return "closed without an answer".to_owned(),
            Ok(read) => read,
            Err(why) => return why.to_string(),
        };
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if let Some(what) = said(&String::from_utf8_lossy(&bytes)) {
            return what;
        }
    }
}

/// What an answer says, once it is whole.
fn said(text: &str) -> Option<String> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: "));
    let length: usize = length.and_then(|it| it.parse().ok()).unwrap_or(0);
    if body.len() < length {
        return None;
    }
    let status = head.split(' ').nth(1).unwrap_or_default();
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    let part = |it| json.pointer(it).and_then(Value::as_str).unwrap_or_default();
    let (code, limit) = (part("/errors/0/extensions/code"), part("/errors/0/extensions/limit"));
    Some(format!("{status} {code} {limit}").trim_end().to_owned())
}
