//! The data directory: the log in it, opened by this process alone.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use dateline_event::{Envelope, Event, Position};
use dateline_log::{
    AppendError, BackupError, EventLog as _, LogReader, LogWriter, NewEvents, OpenError, Progress,
    ReadError, SledLog, Verified, Written,
};

use crate::clock;
use crate::exit::{Exit, Failure};
use crate::making::{self, Making};

/// Folder of the log below the data directory.
const LOG: &str = "log";

/// Events that are asked for at once while replaying.
const REPLAY_EVENTS: usize = 4096;

/// Opens the log for reading and writing, and makes it where there is none. Logs in the making that a kill left beside
/// it are cleared away.
pub(crate) fn open(data: &Path) -> Result<SledLog, Failure> {
    making::clear(data);
    open_at(&data.join(LOG))
}

/// Opens the log that lies in `directory` itself.
pub(crate) fn open_at(directory: &Path) -> Result<SledLog, Failure> {
    SledLog::open(directory, Box::new(clock::now)).map_err(not_open)
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

/// Makes the log of `data`, which has none, as a whole or not at all: `fill` makes it in a directory beside its place,
/// and then it is moved there.
pub(crate) fn make_whole<T>(
    data: &Path,
    fill: impl FnOnce(&Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let refused = |error: io::Error| {
        Failure::message(Exit::Storage, format_args!("{}: {error}", data.display()))
    };
    let making = Making::start(data).map_err(refused)?;
    let filled = fill(&making.log())?;
    making.put(&data.join(LOG)).map_err(refused)?;
    Ok(filled)
}

/// Copies all of `log` to the data directory `to`, which has no log, and verifies the copy.
pub(crate) fn copy(
    log: &dyn LogReader,
    to: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Verified, Failure> {
    if is_there(to) {
        let hint = "name a directory without one";
        let at = to.display();
        return Err(Failure::message(Exit::Input, format_args!("{at}: holds a log; {hint}")));
    }
    make_whole(to, |directory| dateline_log::backup(log, directory, progress).map_err(not_copied))
}

/// Copies the log of the data directory `backup`, which may be on a medium that cannot be written, to the data
/// directory `to`, which has no log, and verifies the copy.
pub(crate) fn restore(
    backup: &Path,
    to: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Verified, Failure> {
    let named = |failure: Failure| Failure {
        exit: failure.exit,
        error: failure.error.context(format!("{}: cannot be restored", backup.display())),
    };
    let files = backup.join(LOG);
    // Whoever appends to it meanwhile would tear the copy. Without the file nobody has it open.
    let lock = File::open(files.join("lock")).ok();
    if lock.as_ref().is_some_and(|it| matches!(it.try_lock_shared(), Err(TryLockError::WouldBlock)))
    {
        return Err(not_open(OpenError::InUse { directory: files }));
    }
    make_whole(to, |directory| {
        making::copy_files(&files, directory)
            .map_err(|why| named(Failure::new(Exit::Storage, why)))?;
        open_at(directory).and_then(|log| log.verify(progress).map_err(not_read)).map_err(named)
    })
}

fn not_copied(why: BackupError) -> Failure {
    match why {
        BackupError::Read(why) => not_read(why),
        BackupError::Open(why) => not_open(why),
        why @ BackupError::NotEmpty { .. } => Failure::new(Exit::Input, why),
        why @ BackupError::Append { .. } => Failure::new(Exit::Storage, why),
    }
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

/// What to do when a log is in use. What can be asked of a server stands in `control.rs`.
const IN_USE_HINT: &str = "if that is `dateline serve`, `dateline log backup`, `log export` and `log verify` work beside \
                           it, and everything else once it is stopped";

fn not_open(why: OpenError) -> Failure {
    let exit = match &why {
        OpenError::InUse { .. } => Exit::InUse,
        OpenError::StoreDamaged { .. }
        | OpenError::Version { .. }
        | OpenError::Damaged { .. }
        | OpenError::NotALog { .. } => Exit::Damaged,
        OpenError::Disk { .. } => Exit::Storage,
    };
    if exit == Exit::InUse {
        return Failure::message(exit, format_args!("{why}; {IN_USE_HINT}"));
    }
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
