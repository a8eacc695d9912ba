//! The side of a command that finds its data directory in the hands of a server.

use std::io::{self, BufRead as _, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use dateline_event::Position;
use dateline_log::{Damage, Progress};

use super::{Answer, Request, SOCKET, Whole};
use crate::exit::{Exit, Failure};

/// How a line starts that stands in the place of an exported event and says why there is none.
const FAILED: &[u8] = b"{\"failed\":";

/// A server that takes one request.
pub(crate) struct Server(BufReader<UnixStream>);

impl Server {
    /// The server that holds the log of `data`. Where `failure` is none of a log in use, or no server answers, there is
    /// none, and the failure stands.
    pub(crate) fn behind(failure: Failure, data: &Path) -> Result<Self, Failure> {
        if failure.exit != Exit::InUse {
            return Err(failure);
        }
        match UnixStream::connect(data.join(SOCKET)) {
            Ok(stream) => Ok(Self(BufReader::new(stream))),
            Err(_) => Err(failure),
        }
    }

    /// Lets it copy the log to the directory `to`.
    pub(crate) fn backup(mut self, to: &Path) -> Result<Whole, Failure> {
        let answer = self.ask(&Request::Backup(std::path::absolute(to)?))?;
        if let Answer::Whole(whole) = answer { Ok(whole) } else { Err(strange(&answer)) }
    }

    /// Lets it check the log.
    pub(crate) fn verify(mut self) -> Result<Result<Whole, Damage>, Failure> {
        match self.ask(&Request::Verify {})? {
            Answer::Whole(whole) => Ok(Ok(whole)),
            Answer::Damaged { first, last, what } => Ok(Err(Damage { first, last, what })),
            other @ (Answer::Lines { .. } | Answer::Keys(_) | Answer::Failed { .. }) => {
                Err(strange(&other))
            }
        }
    }

    /// Lets it write out the events from one position to another.
    pub(crate) fn export(mut self, from: Position, to: Option<Position>) -> Result<Lines, Failure> {
        let answer = self.ask(&Request::Export { from, to })?;
        let Answer::Lines { events } = answer else { return Err(strange(&answer)) };
        Ok(Lines { events, input: self.0 })
    }

    /// Lets the server of `data`, if there is one, read its keys again. Says whether there is one.
    pub(crate) fn reread_keys(data: &Path) -> Result<bool, Failure> {
        let Ok(stream) = UnixStream::connect(data.join(SOCKET)) else { return Ok(false) };
        let answer = Self(BufReader::new(stream)).ask(&Request::Keys {})?;
        if let Answer::Keys(_) = answer { Ok(true) } else { Err(strange(&answer)) }
    }

    fn ask(&mut self, request: &Request) -> Result<Answer, Failure> {
        let line = serde_json::to_string(request)? + "\n";
        self.0.get_mut().write_all(line.as_bytes())?;
        let mut answer = Vec::new();
        self.0.read_until(b'\n', &mut answer)?;
        understood(&answer)
    }
}

/// Exported events on their way from the server.
pub(crate) struct Lines {
    /// How many there are.
    pub(crate) events: u64,
    input: BufReader<UnixStream>,
}

impl Lines {
    /// Writes all of them to `out`; `not_written` names what that is when it fails.
    pub(crate) fn copy_to(
        mut self,
        out: &mut dyn Write,
        not_written: &dyn Fn(&io::Error) -> Failure,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), Failure> {
        let mut line = Vec::new();
        for done in 0..self.events {
            line.clear();
            self.input.read_until(b'\n', &mut line)?;
            if line.starts_with(FAILED) || !line.ends_with(b"\n") {
                return Err(understood(&line).map_or_else(|why| why, |it| strange(&it)));
            }
            out.write_all(&line).map_err(|why| not_written(&why))?;
            progress(Progress { done: done + 1, total: self.events });
        }
        Ok(())
    }
}

/// The answer on a line. What the server refuses arrives as if the command had refused it.
fn understood(line: &[u8]) -> Result<Answer, Failure> {
    if !line.ends_with(b"\n") {
        return Err(Failure::message(Exit::Storage, "the server ended before it had answered"));
    }
    let answer = serde_json::from_slice(line)?;
    if let Answer::Failed { exit, error } = answer {
        return Err(Failure::message(exit, error));
    }
    Ok(answer)
}

fn strange(answer: &Answer) -> Failure {
    Failure::message(
        Exit::Internal,
        format_args!("the server answered another question: {answer:?}"),
    )
}
