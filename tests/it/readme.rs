//! Every command of README.md is run, in the order of the page, in a folder that has the project's fixtures.

use std::fs;

use crate::program::{Desk, Ended, Server, root};

/// The lines of the shell blocks.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(root().join("README.md")).expect("README.md exists");
    let blocks = text.split("```").skip(1).step_by(2);
    let shell = blocks.filter_map(|it| it.strip_prefix("sh\n"));
    shell.flat_map(str::lines).map(ToOwned::to_owned).collect()
}

#[test]
fn every_command_of_the_readme_works() {
    let desk = Desk::new();
    std::os::unix::fs::symlink(root().join("fixtures"), desk.path().join("fixtures"))
        .expect("a link is made");
    let mut server: Option<Server> = None;
    let all = commands();
    assert!(all.len() > 8, "{all:?}");
    for line in all {
        let typed = line.replace("cargo run --release --", "dateline");
        if typed.starts_with("curl ") {
            let server = server.as_ref().expect("README starts the server before it asks it");
            ask(&desk, &typed.replace("127.0.0.1:8080", server.address()));
            continue;
        }
        // Two cannot own the data directory: what follows the questions needs the server gone.
        if let Some(server) = server.take() {
            assert_eq!(server.stop("TERM"), Some(0));
        }
        // What is typed into a pipe goes through a shell, with the program in the place of its name.
        if let Some((_, command)) = typed.split_once(" | dateline ") {
            let args: Vec<&str> = command.split(' ').collect();
            assert!(!piped(&desk, &typed, &args).is_empty(), "`{line}` prints something");
            continue;
        }
        match typed.split(' ').collect::<Vec<_>>()[..] {
            ["dateline", "demo"] => drop(desk.serve(&["demo", "--listen", "127.0.0.1:0"])),
            ["dateline", "serve"] => {
                server = Some(desk.serve(&["serve", "--listen", "127.0.0.1:0"]));
            }
            ["dateline", ref args @ ..] => {
                // A list may be empty; how long it is stands on standard error.
                let ended = desk.run(args);
                assert_eq!(ended.code, Some(0), "`{line}`: {}", ended.stderr);
                let silent = ended.stdout.is_empty() && ended.stderr.is_empty();
                assert!(!silent, "`{line}` prints something");
            }
            // This very run.
            ["cargo", "test", "--workspace"] => {}
            _ => panic!("no test knows how to run `{line}`"),
        }
    }
}

/// What the program prints for `args` when it reads what the words before the pipe of `typed` print.
fn piped(desk: &Desk, typed: &str, args: &[&str]) -> String {
    let input = typed.split(" | ").next().expect("a pipe has a start");
    let printed = std::process::Command::new("sh").args(["-c", input]).output().expect("sh runs");
    let file = desk.file("input.txt", printed.stdout);
    let mut command = desk.command(args);
    command.stdin(fs::File::open(file).expect("the input is there"));
    let ended = Ended::of(command.output().expect("the program starts"));
    assert_eq!(ended.code, Some(0), "{typed}: {}", ended.stderr);
    ended.stdout
}

fn ask(desk: &Desk, command: &str) {
    if std::process::Command::new("curl").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "there is no curl to ask with");
        eprintln!("skipped: there is no curl to ask with: {command}");
        return;
    }
    let output = std::process::Command::new("sh")
        .args(["-c", command])
        .current_dir(desk.path())
        .output()
        .expect("sh runs");
    let ended = Ended::of(output);
    assert_eq!(ended.code, Some(0), "{command}: {}", ended.stderr);
    if command.contains(".csv") {
        let lines = ended.stdout.lines().count();
        assert!(ended.stdout.starts_with("day,") && lines > 1, "{command}: {}", ended.stdout);
        return;
    }
    let answer: serde_json::Value =
        serde_json::from_str(&ended.stdout).unwrap_or_else(|why| panic!("{why}: {}", ended.stdout));
    assert_eq!(answer.get("errors"), None, "{answer}");
}

#[test]
fn the_automatic_check_runs_the_test_command_of_the_readme() {
    let script = fs::read_to_string(root().join(".ci/run")).expect(".ci/run exists");
    assert!(script.lines().any(|it| it == "cargo test --workspace"));
    assert!(commands().iter().any(|it| it == "cargo test --workspace"));
}
