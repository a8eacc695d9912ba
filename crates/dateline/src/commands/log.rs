//! `dateline log show` and `dateline log verify`.

use std::path::Path;

use dateline_event::{Envelope, Event};
use dateline_log::{Damage, EventLog as _, LogReader as _, ReadError, SledLog};
use serde_json::json;

use super::Outcome;
use crate::cli::{LogShowArgs, LogVerifyArgs};
use crate::control::{Server, Whole};
use crate::exit::{Exit, Failure};
use crate::output::{follow, print, progress, tell, waiting};
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

/// Reads all of the log and checks every digest: by itself, or by the server that owns the log.
pub(crate) fn verify(args: &LogVerifyArgs, data: &Path) -> Outcome {
    let found = match store::open_existing(data) {
        Ok(log) => verified(&log)?,
        Err(failure) => {
            let server = Server::behind(failure, data)?;
            waiting("the server checks the log", || server.verify())?
        }
    };
    match found {
        Ok(Whole { events, head, chain }) if args.json => {
            print(json!({ "ok": true, "events": events, "head": head, "chain": chain }))?;
            Ok(Exit::Done)
        }
        Ok(Whole { events, chain, .. }) => {
            print(format_args!("{events} events, all as they were written"))?;
            print(format_args!("chain head: {chain}"))?;
            Ok(Exit::Done)
        }
        Err(damage) if args.json => {
            let (first, last) = (damage.first.to_string(), damage.last.to_string());
            print(json!({ "ok": false, "first": first, "last": last, "what": damage.what }))?;
            Ok(Exit::Damaged)
        }
        Err(damage) => {
            tell(format_args!("the check stopped at the first damage; nothing was changed"));
            Err(store::not_read(damage.into()))
        }
    }
}

fn verified(log: &SledLog) -> Result<Result<Whole, Damage>, Failure> {
    let bar = progress(0, "events");
    let result = log.verify(&mut follow(&bar));
    bar.finish_and_clear();
    match result {
        Ok(found) => Ok(Ok(found.into())),
        Err(ReadError::Damaged(damage)) => Ok(Err(damage)),
        Err(why) => Err(store::not_read(why)),
    }
}
