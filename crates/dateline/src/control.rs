//! The server's own door, beside HTTP: a Unix socket in the data directory, for its owner alone. Whoever owns a data
//! directory holds the log, so a backup that is wanted meanwhile has to be asked of the server.
//!
//! One line of JSON comes in, one line of JSON goes out: `{"backup":"/where/to"}` and
//! `{"copied":{"events":3,"head":"3","chain":"…"}}` or `{"failed":{"exit":"input","error":"…"}}`.

use std::fs::{self, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use dateline_log::{SledLog, Verified};
use serde::{Deserialize, Serialize};

use crate::exit::{Exit, Failure};
use crate::output::tell;
use crate::store;

/// Name of the socket below the data directory.
const SOCKET: &str = "control.sock";

/// Longest request, in bytes with its line end. A path has at most 4,096 bytes, and JSON may double each.
const MAX_REQUEST_BYTES: usize = 10 * 1024;

/// Longest time from a connection to the end of its request, and for writing the answer.
const REQUEST_TIME: Duration = Duration::from_secs(5);

/// Pause after a connection that could not be taken, so that a lack of files does not hold a core.
const RETRY_PAUSE: Duration = Duration::from_millis(100);

/// What can be asked of the server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// The directory that gets the copy, as a full path.
    backup: PathBuf,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Copied(Copied),
    Failed { exit: Exit, error: String },
}

/// What a verified copy of a log holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Copied {
    /// How many events.
    pub(crate) events: u64,
    /// Position of the newest.
    pub(crate) head: Option<String>,
    /// The chain over all of them.
    pub(crate) chain: String,
}

impl From<Verified> for Copied {
    fn from(it: Verified) -> Self {
        let head = it.head.map(|it| it.to_string());
        Self { events: it.events, head, chain: it.chain.to_string() }
    }
}

/// The socket, for as long as the server runs.
pub(crate) struct Control {
    path: PathBuf,
}

impl Drop for Control {
    fn drop(&mut self) {
        // One that stays behind is replaced by the next server.
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes requests for `log`, which lies in `data`, until it is closed. Where there can be no socket, that is told, and
/// the server goes on without.
pub(crate) fn listen(data: &Path, log: &Arc<SledLog>) -> Option<Control> {
    let log = Arc::downgrade(log);
    let started = bind(data).and_then(|listener| {
        thread::Builder::new()
            .name("dateline-control".to_owned())
            .spawn(move || answer_all(&listener, &log))
    });
    let path = data.join(SOCKET);
    match started {
        Ok(_) => Some(Control { path }),
        Err(why) => {
            let path = path.display();
            tell(format_args!("warning: {path}: {why}; no backup while the server runs"));
            None
        }
    }
}

/// Makes the socket where only its owner can reach it, and moves it to its place when its mode is right. One that a
/// killed server left is replaced.
fn bind(data: &Path) -> io::Result<UnixListener> {
    let private = tempfile::Builder::new()
        .prefix(".control-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(data)?;
    let path = private.path().join("s");
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    fs::rename(&path, data.join(SOCKET))?;
    Ok(listener)
}

/// Answers one after the other: a copy keeps the disk busy by itself.
fn answer_all(listener: &UnixListener, log: &Weak<SledLog>) {
    for stream in listener.incoming() {
        let outcome = stream.and_then(|stream| {
            let Some(log) = log.upgrade() else { return Ok(()) };
            answer(stream, &log)
        });
        if let Err(error) = outcome {
            tracing::warn!(%error, "a request on the control socket went wrong");
            thread::sleep(RETRY_PAUSE);
        }
    }
}

fn answer(mut stream: UnixStream, log: &SledLog) -> io::Result<()> {
    let answer = match requested(&mut stream, Instant::now() + REQUEST_TIME) {
        Ok(Request { backup }) => match store::copy(log, &backup, &mut |_| {}) {
            Ok(verified) => Answer::Copied(verified.into()),
            Err(why) => Answer::Failed { exit: why.exit, error: why.to_string() },
        },
        Err(error) => Answer::Failed { exit: Exit::Input, error },
    };
    let line = serde_json::to_string(&answer)? + "\n";
    stream.set_write_timeout(Some(REQUEST_TIME))?;
    stream.write_all(line.as_bytes())
}

/// The request on the first line, which must be there as a whole before `until`.
fn requested(stream: &mut UnixStream, until: Instant) -> Result<Request, String> {
    let mut line = Vec::new();
    while line.last() != Some(&b'\n') {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(format!("no request within {} s", REQUEST_TIME.as_secs()));
        }
        stream.set_read_timeout(Some(left)).map_err(|why| why.to_string())?;
        let mut some = [0; 1024];
        let bytes = match stream.read(&mut some) {
            Ok(0) => return Err("the request ends without a line end".to_owned()),
            Ok(bytes) => bytes,
            // The time is over, or a signal came: the top of the loop tells which.
            Err(why) if is_pause(why.kind()) => continue,
            Err(why) => return Err(why.to_string()),
        };
        line.extend(some.iter().take(bytes));
        if line.len() > MAX_REQUEST_BYTES {
            return Err(format!("the request is longer than {MAX_REQUEST_BYTES} bytes"));
        }
    }
    let request: Request =
        serde_json::from_slice(&line).map_err(|why| format!("no request: {why}"))?;
    if request.backup.is_absolute() {
        Ok(request)
    } else {
        Err(format!("`{}` is not a full path", request.backup.display()))
    }
}

fn is_pause(kind: io::ErrorKind) -> bool {
    [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut, io::ErrorKind::Interrupted].contains(&kind)
}

/// Asks the server that owns `data` to copy its log to `to`. `None` if no server answers there.
pub(crate) fn ask_for_copy(data: &Path, to: &Path) -> Option<Result<Copied, Failure>> {
    let stream = UnixStream::connect(data.join(SOCKET)).ok()?;
    Some(ask(stream, to))
}

fn ask(mut stream: UnixStream, to: &Path) -> Result<Copied, Failure> {
    let request = Request { backup: std::path::absolute(to)? };
    let line = serde_json::to_string(&request)? + "\n";
    stream.write_all(line.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.is_empty() {
        let what = "the server ended before the copy was made";
        return Err(Failure::message(Exit::Storage, what));
    }
    match serde_json::from_str(&answer)? {
        Answer::Copied(copied) => Ok(copied),
        Answer::Failed { exit, error } => Err(Failure::message(exit, error)),
    }
}
