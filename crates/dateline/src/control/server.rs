//! The side of the server: takes one request after the other.

use std::fs::{self, Permissions};
use std::io::{self, BufWriter, Read as _, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use dateline_event::Position;
use dateline_log::{Damage, EventLog as _, ExportError, LogReader as _, ReadError, SledLog};

use super::{Answer, Request, SOCKET};
use crate::exit::{Exit, Failure};
use crate::key_file::ServedKeys;
use crate::output::tell;
use crate::store;

/// Longest request, in bytes with its line end. A path has at most 4,096 bytes, and JSON may double each.
const MAX_REQUEST_BYTES: usize = 10 * 1024;

/// Longest time from a connection to the end of its request.
const REQUEST_TIME: Duration = Duration::from_secs(5);

/// Longest time for which whoever asked may stop reading the answer; others wait meanwhile.
const STALL_TIME: Duration = Duration::from_secs(30);

/// Pause after a connection that could not be taken, so that a lack of files does not hold a core.
const RETRY_PAUSE: Duration = Duration::from_millis(100);

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
pub(crate) fn listen(data: &Path, log: &Arc<SledLog>, keys: &Arc<ServedKeys>) -> Option<Control> {
    let (log, keys) = (Arc::downgrade(log), Arc::clone(keys));
    let started = bind(data).and_then(|listener| {
        thread::Builder::new()
            .name("dateline-control".to_owned())
            .spawn(move || answer_all(&listener, &log, &keys))
    });
    let path = data.join(SOCKET);
    match started {
        Ok(_) => Some(Control { path }),
        Err(why) => {
            let path = path.display();
            tell(format_args!(
                "warning: {path}: {why}; no backup, export, check or change of keys while the server runs"
            ));
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
fn answer_all(listener: &UnixListener, log: &Weak<SledLog>, keys: &ServedKeys) {
    for stream in listener.incoming() {
        let outcome = stream.and_then(|stream| {
            let Some(log) = log.upgrade() else { return Ok(()) };
            answer(stream, &log, keys)
        });
        match outcome {
            Ok(()) => {}
            Err(why) if why.kind() == io::ErrorKind::BrokenPipe => {
                tracing::debug!("whoever asked on the control socket went away");
            }
            Err(error) => {
                tracing::warn!(%error, "a request on the control socket went wrong");
                thread::sleep(RETRY_PAUSE);
            }
        }
    }
}

fn answer(mut stream: UnixStream, log: &SledLog, keys: &ServedKeys) -> io::Result<()> {
    let requested = requested(&mut stream, Instant::now() + REQUEST_TIME);
    stream.set_write_timeout(Some(STALL_TIME))?;
    let mut out = BufWriter::new(stream);
    let answer = match requested {
        Ok(Request::Backup(to)) => match store::copy(log, &to, &mut |_| {}) {
            Ok(verified) => Answer::Whole(verified.into()),
            Err(why) => failed(&why),
        },
        Ok(Request::Verify {}) => verify(log),
        Ok(Request::Keys {}) => keys.reread().map_or_else(|why| failed(&why), Answer::Keys),
        Ok(Request::Export { from, to }) => return export(log, from, to, &mut out),
        Err(error) => Answer::Failed { exit: Exit::Input, error },
    };
    send(&answer, &mut out)?;
    out.flush()
}

fn verify(log: &SledLog) -> Answer {
    match log.verify(&mut |_| {}) {
        Ok(verified) => Answer::Whole(verified.into()),
        Err(ReadError::Damaged(Damage { first, last, what })) => {
            Answer::Damaged { first, last, what }
        }
        Err(why) => failed(&store::not_read(why)),
    }
}

fn export(
    log: &SledLog,
    from: Position,
    to: Option<Position>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let last = log.head().map(|head| to.map_or(head, |to| to.min(head)));
    let events = last.map_or(0, |last| (last.get() + 1).saturating_sub(from.get()));
    send(&Answer::Lines { events }, out)?;
    if let Some(last) = last.filter(|_| events > 0) {
        match dateline_log::export(log, from..=last, out, &mut |_| {}) {
            Ok(_) => {}
            Err(ExportError::Write { source, .. }) => return Err(source),
            Err(ExportError::Read(why)) => send(&failed(&store::not_read(why)), out)?,
        }
    }
    out.flush()
}

fn failed(why: &Failure) -> Answer {
    Answer::Failed { exit: why.exit, error: why.to_string() }
}

fn send(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(answer)?)
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
    if let Request::Backup(to) = &request
        && !to.is_absolute()
    {
        return Err(format!("`{}` is not a full path", to.display()));
    }
    Ok(request)
}

fn is_pause(kind: io::ErrorKind) -> bool {
    [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut, io::ErrorKind::Interrupted].contains(&kind)
}
