//! Keys of the API, as an operator makes and revokes them while the server runs.

use std::os::unix::fs::PermissionsExt as _;

use crate::program::{Desk, Server};

const LOG: &str = r#"{"query":"{ log { head } }"}"#;

/// The status of a question with `key`.
fn asked(server: &Server, key: Option<&str>) -> u16 {
    let authorization = key.map(|it| format!("Bearer {it}"));
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(authorization.as_deref().map(|it| ("authorization", it)));
    server.http("POST", "/graphql", &headers, LOG).status
}

#[test]
fn a_running_server_takes_new_keys_and_lets_revoked_ones_go() {
    let desk = Desk::new();
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(asked(&server, None), 200);
    let made = desk.run(["keys", "new", "dashboard", "--scope", "read"]);
    assert!(made.stderr.contains("The running server has taken it."), "{}", made.stderr);
    let key = made.stdout.trim();
    assert!(key.starts_with("dlk_") && key.len() == 68, "{key}");
    assert_eq!((asked(&server, None), asked(&server, Some(key))), (401, 200));
    let other = desk.done(["keys", "new", "scraper", "--scope", "ingest"]);
    assert_eq!(asked(&server, Some(other.trim())), 403);
    let revoked = desk.run(["keys", "revoke", "dashboard"]);
    assert!(revoked.stderr.contains("the running server has let it go"), "{}", revoked.stderr);
    assert_eq!(asked(&server, Some(key)), 401);
    assert_eq!(server.stop("TERM"), Some(0));
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0", "--open-reading"]);
    assert_eq!((asked(&server, None), asked(&server, Some(key))), (200, 401));
}

#[test]
fn only_digests_are_stored_for_the_owner_alone() {
    let desk = Desk::new();
    let key = desk.done(["keys", "new", "chief", "--scope", "read", "--scope", "admin"]);
    let file = desk.path().join("dateline-data/keys.json");
    let stored = std::fs::read_to_string(&file).expect("a file of keys");
    let secret = key.trim().trim_start_matches("dlk_");
    assert!(!stored.contains(secret), "{stored}");
    let mode = std::fs::metadata(&file).expect("a file of keys").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let listed = desk.done(["keys", "list"]);
    assert!(listed.starts_with("chief  read,admin  20"), "{listed}");
    assert!(!listed.contains(secret));
}

#[test]
fn a_name_is_used_once_and_one_that_nobody_has_is_named() {
    let desk = Desk::new();
    desk.done(["keys", "new", "chief", "--scope", "admin"]);
    let again = desk.run(["keys", "new", "chief", "--scope", "read"]);
    assert_eq!(again.code, Some(3));
    assert!(again.stderr.contains("there is a key named `chief`"), "{}", again.stderr);
    let nobody = desk.run(["keys", "revoke", "nobody"]);
    assert_eq!(nobody.code, Some(7));
    assert!(nobody.stderr.contains("there is no key named `nobody`"), "{}", nobody.stderr);
    desk.file("dateline-data/keys.json", "[{}]");
    let broken = desk.run(["keys", "list"]);
    assert_eq!(broken.code, Some(3));
    assert!(broken.stderr.contains("keys.json: missing field"), "{}", broken.stderr);
}
