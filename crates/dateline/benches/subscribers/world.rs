//! A registry of invented officials, no two of one surname.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::running::done;

const FIRST: [&str; 10] = ["Kel", "Mar", "Tov", "Ras", "Bel", "Dor", "Vin", "Sal", "Jor", "Pev"];
const MIDDLE: [&str; 10] = ["ab", "em", "ir", "ot", "um", "av", "eg", "il", "on", "us"];
const LAST: [&str; 10] =
    ["arov", "eskin", "inder", "olat", "ulmer", "antov", "endre", "istov", "orvath", "uskan"];
const GIVEN: [&str; 8] =
    ["Arkil", "Bosten", "Corvin", "Daliro", "Evrim", "Fadrin", "Goran", "Harlo"];

/// The name of the official with this number, below 1,000.
pub(crate) fn name(number: usize) -> String {
    let part = |of: &[&'static str], at: usize| of.get(at % of.len()).copied().unwrap_or_default();
    format!(
        "{} {}{}{}",
        part(&GIVEN, number),
        part(&FIRST, number / 100),
        part(&MIDDLE, number / 10),
        part(&LAST, number)
    )
}

pub(crate) fn id(number: usize) -> String {
    format!("p-{number}")
}

/// Records `officials` in `folder`, and gives a key of who may change all.
pub(crate) fn prepare(folder: &Path, officials: usize) -> String {
    let person = |it| json!({ "id": id(it), "name": name(it), "other_names": [] });
    let persons: Vec<_> = (0..officials).map(person).collect();
    let registry =
        json!({ "persons": persons, "organizations": [], "posts": [], "memberships": [] });
    let file = folder.join("registry.json");
    fs::write(&file, registry.to_string()).expect("a file is written");
    done(folder, &["registry", "import", &file.to_string_lossy()]);
    done(folder, &["keys", "new", "editor", "--scope", "admin"]).trim().to_owned()
}
