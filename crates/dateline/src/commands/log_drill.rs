//! `dateline log drill`: appends made-up events until it is killed, and says which are durable. What it said must be
//! in the log afterwards, whatever was done to the machine.

use std::path::Path;
use std::thread;

use dateline_event::registry::Official;
use dateline_event::{Event, ExpectedPosition, Position};
use dateline_log::{LogReader as _, SledLog};

use super::Outcome;
use crate::cli::LogDrillArgs;
use crate::exit::{Exit, Failure};
use crate::output::print;
use crate::{clock, store};

/// Who says so, in the envelopes of a drill. A log that begins with anything else is not for drills.
const SOURCE: &str = "urn:dateline:drill";

/// Most names of one made-up official. They make events of 0.4 to 2.5 KB.
const MOST_NAMES: u64 = 60;

/// Appends from many writers until the first of them cannot.
pub(crate) fn run(args: &LogDrillArgs, data: &Path) -> Outcome {
    let log = store::open(data)?;
    let first = log.get(Position::FIRST).map_err(store::not_read)?;
    if first.is_some_and(|it| it.event.source != SOURCE) {
        let at = data.display();
        let what = format_args!("{at}: holds events; a drill wants a log of its own").to_string();
        return Err(Failure::message(Exit::Input, what));
    }
    let start = log.head().map_or(0, Position::get);
    let log = &log;
    thread::scope(|scope| {
        let writers: Vec<_> = (0..args.writers)
            .map(|writer| scope.spawn(move || append_on_and_on(log, writer, start)))
            .collect();
        for writer in writers {
            writer.join().map_err(|_| Failure::message(Exit::Internal, "a writer panicked"))??;
        }
        Ok(Exit::Done)
    })
}

fn append_on_and_on(log: &SledLog, writer: u16, start: u64) -> Result<(), Failure> {
    for number in 0.. {
        let event = made_up(writer, start, number)?.into_new(SOURCE, clock::now());
        let id = event.id;
        let written = store::append(log, vec![(event, ExpectedPosition::Any)])?;
        print(format_args!("ack {} {id}", written.first))?;
    }
    Ok(())
}

/// An official that no other round, writer or number has.
fn made_up(writer: u16, start: u64, number: u64) -> Result<Event, Failure> {
    let name = format!("Drill {start}.{writer}.{number}");
    let other_names = (0..number % MOST_NAMES).map(|it| format!("{name}, spelling {it}")).collect();
    let id = format!("p-drill-{writer}").parse()?;
    Ok(Event::OfficialRecorded(Official { id, name, other_names }))
}
