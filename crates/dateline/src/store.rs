//! The data directory: the log in it, opened by this process alone.

use std::path::Path;

use dateline_event::{Envelope, Event, Position};
use dateline_log::{
    AppendError, LogReader, LogWriter, NewEvents, OpenError, ReadError, SledLog, Written,
};

use crate::clock;
use crate::exit::{Exit, Failure};

/// Folder of the log below the data directory.
const LOG: &str = "log";

/// Events that are asked for at once while replaying.
const REPLAY_EVENTS: usize = 4096;

/// Opens the log for reading and writing, and makes it where there is none.
pub(crate) fn open(data: &Path) -> Result<SledLog, Failure> {
    SledLog::open(&data.join(LOG), Box::new(clock::now)).map_err(not_open)
}

/// Opens the log that must be there already.
pub(crate) fn open_existing(data: &Path) -> Result<SledLog, Failure> {
    if is_there(data) {
        return open(data);
    }
    let hint =
        "`dateline ingest` and `dateline registry import` make one, `--data DIR` names another";
    Err(Failure::message(
        Exit::Input,
        format_args!("{}: there is no log here; {hint}", data.display()),
    ))
}

/// Whether there is a log in `data`.
pub(crate) fn is_there(data: &Path) -> bool {
    data.join(LOG).is_dir()
}

/// Reads the whole log in order and hands each event to `each`, with its envelope. Nothing is skipped: an event that
/// cannot be read ends it.
pub(crate) fn replay(
    log: &dyn LogReader,
    mut each: impl FnMut(&Envelope, &Event),
) -> Result<(), Failure> {
    let mut from = Position::FIRST;
    loop {
        let mut next = None;
        for envelope in log.read(from, REPLAY_EVENTS) {
            let envelope = envelope.map_err(not_read)?;
            let event = Event::decode(&envelope).map_err(|why| Failure::new(Exit::Damaged, why))?;
            each(&envelope, &event);
            next = Some(envelope.position.next());
        }
        match next {
            Some(position) => from = position,
            None => return Ok(()),
        }
    }
}

/// Hands each event of the log in `data` to `each`; none where there is no log.
pub(crate) fn replay_if_there(data: &Path, mut each: impl FnMut(&Event)) -> Result<(), Failure> {
    if !is_there(data) {
        return Ok(());
    }
    replay(&open(data)?, |_, event| each(event))
}

/// Appends `events` as one commit, and gives their positions when they are durable.
pub(crate) fn append(log: &SledLog, events: NewEvents) -> Result<Written, Failure> {
    log.append(events).map_err(|why| {
        let exit = match &why {
            AppendError::Refused(_) => Exit::Internal,
            AppendError::Unknown(_) => Exit::Storage,
        };
        let place = log.directory().display();
        Failure::message(exit, format_args!("{place}: {why}"))
    })
}

fn not_open(why: OpenError) -> Failure {
    let exit = match &why {
        OpenError::InUse { .. } => Exit::InUse,
        OpenError::StoreDamaged { .. }
        | OpenError::Version { .. }
        | OpenError::Damaged { .. }
        | OpenError::NotALog { .. } => Exit::Damaged,
        OpenError::Disk { .. } => Exit::Storage,
    };
    Failure::new(exit, why)
}

/// A failure to read what was stored.
pub(crate) fn not_read(why: ReadError) -> Failure {
    let exit = match &why {
        ReadError::Damaged(_) => Exit::Damaged,
        ReadError::Storage { .. } => Exit::Storage,
    };
    Failure::new(exit, why)
}
