//! `dateline keys`: makes, lists and revokes the keys of the API.

use std::path::Path;

use chrono::SecondsFormat;
use serde_json::json;

use super::Outcome;
use crate::cli::{KeysCommand, KeysListArgs, KeysNewArgs};
use crate::control::Server;
use crate::exit::{Exit, Failure};
use crate::key_file;
use crate::output::{print, tell};

/// Digits of a digest that are shown, by which keys are told from each other.
const SHOWN_DIGITS: usize = 8;

/// Runs what was typed.
pub(crate) fn run(command: &KeysCommand, data: &Path) -> Outcome {
    match command {
        KeysCommand::New(args) => new(args, data)?,
        KeysCommand::List(args) => list(args, data)?,
        KeysCommand::Revoke(args) => {
            key_file::remove(data, &args.name)?;
            let told = Server::reread_keys(data)?;
            let end = if told { "; the running server has let it go" } else { "" };
            tell(format_args!("`{}` is revoked{end}", args.name));
        }
    }
    Ok(Exit::Done)
}

fn new(args: &KeysNewArgs, data: &Path) -> Result<(), Failure> {
    let is_first = key_file::load(data)?.is_empty();
    let mut scopes = Vec::new();
    for scope in &args.scope {
        let scope = (*scope).into();
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let key = key_file::add(data, args.name.as_str(), scopes)?;
    let told = Server::reread_keys(data)?;
    print(&key)?;
    tell("This key is shown once and stored nowhere; `dateline keys revoke` takes it away.");
    if is_first {
        tell(
            "It is the first one: from now on reading wants a key too, or `serve --open-reading`.",
        );
    }
    if told {
        tell("The running server has taken it.");
    }
    Ok(())
}

fn list(args: &KeysListArgs, data: &Path) -> Result<(), Failure> {
    for key in key_file::load(data)? {
        let scopes: Vec<_> = key.scopes.iter().map(|it| it.as_str()).collect();
        let made = key.made.to_rfc3339_opts(SecondsFormat::Secs, true);
        if args.json {
            print(
                json!({ "name": key.name, "scopes": scopes, "made": made, "digest": key.digest }),
            )?;
        } else {
            let start: String = key.digest.chars().take(SHOWN_DIGITS).collect();
            print(format_args!("{}  {}  {made}  sha256 {start}…", key.name, scopes.join(",")))?;
        }
    }
    Ok(())
}
