//! The server's own door, beside HTTP: a Unix socket in the data directory, for its owner alone. Whoever owns a data
//! directory holds the log, so what is wanted of it meanwhile has to be asked of the server.
//!
//! One line of JSON comes in, one line of JSON goes out:
//!
//! ```text
//! {"backup":"/full/path"}                {"whole":{"events":3,"head":"3","chain":"…"}}
//! {"verify":{}}                          {"whole":…} or {"damaged":{"first":2,"last":3,"what":"…"}}
//! {"export":{"from":1,"to":9}}           {"lines":{"events":9}}, and 9 lines, each an exported event
//! {"keys":{}}                            {"keys":2}, when the keys of the API were read again
//! ```
//!
//! or `{"failed":{"exit":"input","error":"…"}}`, which may stand in the place of an exported event too, and ends them.

mod client;
mod server;

use std::path::PathBuf;

use dateline_event::Position;
use dateline_log::Verified;
use serde::{Deserialize, Serialize};

use crate::exit::Exit;

pub(crate) use client::Server;
pub(crate) use server::listen;

/// Name of the socket below the data directory.
const SOCKET: &str = "control.sock";

/// What can be asked of the server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Request {
    /// Copy the log to the directory at a full path.
    Backup(PathBuf),
    /// Check all of the log.
    Verify {},
    /// Write out the events from a position to another or, without that, to the newest.
    Export { from: Position, to: Option<Position> },
    /// Read the keys of the API again.
    Keys {},
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Whole(Whole),
    Damaged { first: Position, last: Position, what: String },
    Lines { events: u64 },
    Keys(usize),
    Failed { exit: Exit, error: String },
}

/// What a log holds that was read as a whole, and in which nothing is wrong.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Whole {
    /// How many events.
    pub(crate) events: u64,
    /// Position of the newest.
    pub(crate) head: Option<String>,
    /// The chain over all of them.
    pub(crate) chain: String,
}

impl From<Verified> for Whole {
    fn from(it: Verified) -> Self {
        let head = it.head.map(|it| it.to_string());
        Self { events: it.events, head, chain: it.chain.to_string() }
    }
}
