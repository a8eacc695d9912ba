//! `dateline registry resolve`: which official each name means, one name a line.

use std::io::{self, BufRead as _};
use std::path::Path;

use dateline_annotate::{NameResolver, Registry, Resolution};
use serde_json::{Value, json};

use super::Outcome;
use crate::cli::ResolveArgs;
use crate::exit::{Exit, Failure};
use crate::output::{print, tell};
use crate::{registry_files, store};

/// Answers every line of standard input with a line.
pub(crate) fn run(args: &ResolveArgs, data: &Path) -> Outcome {
    let registry = registry(args, data)?;
    let resolver = NameResolver::new(&registry);
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|why| Failure::new(Exit::Input, why))?;
        let name = line.trim();
        if name.is_empty() {
            continue;
        }
        let found = resolver.resolve(name);
        if args.json {
            print(as_json(name, &found, &registry))?;
        } else {
            print(format_args!(
                "{name}\t{}",
                found.official.map_or_else(String::new, String::from)
            ))?;
        }
    }
    Ok(Exit::Done)
}

fn registry(args: &ResolveArgs, data: &Path) -> Result<Registry, Failure> {
    let mut registry = Registry::default();
    if let Some(file) = &args.registry {
        let import = registry_files::registry(file)?;
        for warning in &import.warnings {
            tell(format_args!("warning: {}: {warning}", file.display()));
        }
        for event in &import.events {
            registry.apply(event);
        }
    } else {
        let log = store::open_existing(data)?;
        store::replay(&log, |_, event| {
            registry.apply(event);
        })?;
    }
    Ok(registry)
}

fn as_json(name: &str, found: &Resolution, registry: &Registry) -> Value {
    let candidates: Vec<Value> = found
        .candidates
        .iter()
        .map(|it| {
            let official = registry.officials().get(&it.official).map(|it| &it.name);
            json!({ "official": it.official, "name": official, "fit": it.fit, "rule": it.rule.as_str() })
        })
        .collect();
    let rule = found.official.as_ref().and(found.candidates.first()).map(|it| it.rule.as_str());
    json!({
        "name": name,
        "official": found.official,
        "rule": rule,
        "reason": found.reason,
        "candidates": candidates,
    })
}
