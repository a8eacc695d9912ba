//! `dateline config`: prints what holds for a server, and where each value comes from.

use std::path::Path;

use serde_json::json;

use super::Outcome;
use crate::cli::ConfigArgs;
use crate::config::Config;
use crate::exit::Exit;
use crate::output::print;

/// Prints a line a setting.
pub(crate) fn run(args: &ConfigArgs, data: &Path) -> Outcome {
    let config = Config::read(&args.settings, &args.file, data)?;
    for held in config.held() {
        let (setting, text, origin) = (held.setting, &held.text, &held.origin);
        if args.json {
            print(json!({
                "name": setting.name,
                "value": text,
                "from": origin.to_string(),
                "default": setting.default,
                "wanted": setting.range(),
                "variable": setting.variable(),
                "help": setting.help,
            }))?;
        } else {
            let text = if text.is_empty() { "(none)" } else { text };
            let origin = origin.to_string();
            let line = format!("{:<18} {text:<18} {origin:<34} {}", setting.name, setting.range());
            print(line.trim_end())?;
        }
    }
    Ok(Exit::Done)
}
