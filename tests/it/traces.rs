//! Traces and log lines: what an operator collects from a running server.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use crate::program::Desk;

/// The body of the request on `stream`, which is answered.
fn taken(stream: TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a head has lines");
        if line.trim().is_empty() {
            break;
        }
        let field = line.split_once(": ").filter(|it| it.0.eq_ignore_ascii_case("content-length"));
        length = field.map_or(length, |it| it.1.trim().parse().expect("a length"));
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the body is as long as it says");
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    reader.get_mut().write_all(answer.as_bytes()).expect("the sender reads");
    (head, body)
}

fn holds(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|it| it == part)
}

#[test]
fn the_collector_gets_a_trace_with_the_id_that_the_answer_has() {
    let collector = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", collector.local_addr().expect("an address"));
    let (sender, requests) = mpsc::channel();
    // Ends with its first request, or with the test.
    std::thread::spawn(move || {
        let (stream, _) = collector.accept().expect("somebody connects");
        sender.send(taken(stream)).expect("the test waits");
    });
    let desk = Desk::new();
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0", "--otlp-endpoint", &address]);
    let body = r#"{"query":"query Head { log { head } }"}"#;
    let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let headers = [("content-type", "application/json"), ("traceparent", caller)];
    let answer = server.http("POST", "/graphql", &headers, body);
    assert_eq!(answer.header("x-trace-id"), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
    // What waits is sent at the stop.
    assert_eq!(server.stop("TERM"), Some(0));
    let (head, sent) = requests.recv_timeout(Duration::from_secs(30)).expect("a batch");
    assert!(head.starts_with("POST /v1/traces "), "{head}");
    let trace = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes();
    let parent = 0x00f0_67aa_0ba9_02b7_u64.to_be_bytes();
    for part in [
        b"dateline".as_slice(),
        b"POST /graphql",
        b"query Head",
        b"http.response.status_code",
        b"graphql.operation.name",
        &trace,
        &parent,
    ] {
        assert!(holds(&sent, part), "{}", String::from_utf8_lossy(part));
    }
}

#[test]
fn a_collector_that_is_away_holds_up_nobody() {
    let gone = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    let desk = Desk::new();
    let server = desk.serve(&["serve", "--listen", "127.0.0.1:0", "--otlp-endpoint", &address]);
    for _ in 0..3 {
        assert!(server.query("{ log { head } }").get("errors").is_none());
    }
    assert_eq!(server.stop("TERM"), Some(0));
}

#[test]
fn log_lines_are_json_where_that_is_wanted() {
    let desk = Desk::new();
    let mut command = desk.command(["serve", "--listen", "127.0.0.1:0"]);
    command.env("DATELINE_LOG", "info").env("DATELINE_LOG_FORMAT", "json");
    let mut child =
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let lines = BufReader::new(child.stderr.take().expect("standard error is a pipe")).lines();
    let found = lines.map_while(Result::ok).find_map(|line| {
        let line: Value = serde_json::from_str(&line).ok()?;
        (line["message"] == "listening").then_some(line)
    });
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    let line = found.expect("a line that says where it listens");
    assert_eq!(line["level"], "INFO");
    assert!(line["address"].as_str().is_some_and(|it| it.starts_with("127.0.0.1:")), "{line}");
}

#[test]
fn a_form_of_log_lines_that_there_is_not_is_named() {
    let desk = Desk::new();
    let mut command = desk.command(["config"]);
    let ended = command.env("DATELINE_LOG_FORMAT", "yaml").output().expect("the program starts");
    assert_eq!(ended.status.code(), Some(3));
    let said = String::from_utf8(ended.stderr).expect("text");
    assert!(said.contains("DATELINE_LOG_FORMAT is `yaml`, wanted `text` or `json`"), "{said}");
}
