//! Clients that others wrote, against the real program: the audit of GraphQL over HTTP, `graphql-ws`, `graphql-sse`, and
//! the rules of Relay on the schema. They are programs for Node, in `tests/clients/`.

use std::process::Command;

use crate::program::{binary, root};

#[test]
fn clients_that_others_wrote_are_served() {
    let folder = root().join("tests/clients");
    let has_node = Command::new("node").arg("--version").output().is_ok();
    let missing = if !has_node {
        Some("there is no `node`")
    } else if !folder.join("node_modules").is_dir() {
        Some("run `npm ci` in tests/clients once")
    } else {
        None
    };
    if let Some(missing) = missing {
        let is_check = std::env::var_os("CI").is_some();
        assert!(!is_check, "the clients must be there in the automatic check: {missing}");
        eprintln!("skipped: {missing}");
        return;
    }
    let output = Command::new("npm")
        .arg("test")
        .current_dir(folder)
        .env("DATELINE", binary())
        .output()
        .expect("npm runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("audits passed: 61 of 61"), "{text}");
}
