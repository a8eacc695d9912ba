//! The committed schema is the one that is served.

use std::fs;
use std::path::Path;

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let committed = fs::read_to_string(root.join("schema/schema.graphql")).unwrap_or_default();
    let served = dateline_graphql::sdl();
    if committed != served {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema.graphql");
        fs::write(&fresh, &served).unwrap();
        let differs = committed.lines().zip(served.lines()).position(|(old, new)| old != new);
        panic!(
            "schema/schema.graphql differs from line {} on; if that is meant, copy {} over it",
            differs.map_or(committed.lines().count(), |it| it) + 1,
            fresh.display()
        );
    }
}

#[test]
fn everything_in_the_schema_is_described() {
    let sdl = dateline_graphql::sdl();
    let mut described = false;
    let mut bare = Vec::new();
    for line in sdl.lines().map(str::trim) {
        let word = line.split([' ', ':', '(']).next().unwrap_or_default();
        let defines = ["type", "enum", "input", "interface", "scalar"].contains(&word)
            || line.contains(": ") && line.starts_with(|it: char| it.is_lowercase());
        if defines && !described && !is_root(line) {
            bare.push(line.to_owned());
        }
        described = line.ends_with("\"\"\"") && !line.starts_with("schema");
    }
    assert_eq!(bare, [""; 0]);
}

/// Whether `line` names a root of the schema, which is described where it is defined.
fn is_root(line: &str) -> bool {
    line.starts_with("query:") || line.starts_with("subscription:") || line.starts_with("mutation:")
}
