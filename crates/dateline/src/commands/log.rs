//! `dateline log show` and `dateline log verify`.

use std::path::Path;

use dateline_event::{Envelope, Event};
use dateline_log::{EventLog as _, LogReader as _, ReadError};
use serde_json::json;

use super::Outcome;
use crate::cli::{LogShowArgs, LogVerifyArgs};
use crate::exit::Exit;
use crate::output::{follow, print, progress, tell};
use crate::print::log_text;
use crate::store;

/// Prints the events from a position on, a line each.
pub(crate) fn show(args: &LogShowArgs, data: &Path) -> Outcome {
    let log = store::open_existing(data)?;
    for envelope in log.read(args.from, args.limit.unwrap_or(usize::MAX)) {
        let envelope = envelope.map_err(store::not_read)?;
        print(line(args, &envelope)?)?;
    }
    Ok(Exit::Done)
}

fn line(args: &LogShowArgs, envelope: &Envelope) -> Result<String, serde_json::Error> {
    if args.json {
        return serde_json::to_string(envelope);
    }
    // What cannot be decoded is shown as well: this command is for looking at such events.
    let about =
        Event::decode(envelope).map_or_else(|why| why.to_string(), |it| log_text::about(&it));
    Ok(log_text::line(envelope, &about))
}

/// Reads all of the log and checks every digest.
pub(crate) fn verify(args: &LogVerifyArgs, data: &Path) -> Outcome {
    let log = store::open_existing(data)?;
    let bar = progress(0, "events");
    let result = log.verify(&mut follow(&bar));
    bar.finish_and_clear();
    match result {
        Ok(found) => {
            let (head, chain) = (found.head.map(|it| it.to_string()), found.chain.to_string());
            if args.json {
                print(json!({ "ok": true, "events": found.events, "head": head, "chain": chain }))?;
            } else {
                print(format_args!("{} events, all as they were written", found.events))?;
                print(format_args!("chain head: {chain}"))?;
            }
            Ok(Exit::Done)
        }
        Err(ReadError::Damaged(damage)) if args.json => {
            let (first, last) = (damage.first.to_string(), damage.last.to_string());
            print(json!({ "ok": false, "first": first, "last": last, "what": damage.what }))?;
            Ok(Exit::Damaged)
        }
        Err(why) => {
            tell(format_args!("the check stopped at the first damage; nothing was changed"));
            Err(store::not_read(why))
        }
    }
}
