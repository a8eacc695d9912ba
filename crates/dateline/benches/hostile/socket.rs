//! A WebSocket on which far more is subscribed to than one may carry.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::attack::{Answered, open};

/// Subscriptions that are asked for.
const ASKED: usize = 2_000;

/// Subscriptions that one connection may have under way.
const MAX: usize = 100;

const UPGRADE: &str = "GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
    sec-websocket-protocol: graphql-transport-ws\r\n\r\n";

/// Asks for all of them at once. The time counts until the first one is refused.
pub(crate) fn flood(address: SocketAddr) -> Answered {
    let mut stream = open(address);
    stream.write_all(UPGRADE.as_bytes()).expect("the server reads");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(byte(&mut stream));
    }
    stream.write_all(&frame(r#"{"type":"connection_init"}"#)).expect("the server reads");
    assert!(message(&mut stream).contains("connection_ack"), "the server takes the connection");
    let subscribe = |id| {
        frame(&format!(
            r#"{{"type":"subscribe","id":"{id}","payload":{{"query":"subscription {{ rebuildProgress {{ __typename }} }}"}}}}"#
        ))
    };
    let all: Vec<u8> = (0..ASKED).flat_map(subscribe).collect();
    let start = Instant::now();
    let mut sending = stream.try_clone().expect("a socket of ours");
    let (refused, time) = thread::scope(|scope| {
        scope.spawn(|| sending.write_all(&all));
        refused(&mut stream, start)
    });
    Answered { what: format!("{refused} refused: LIMIT_EXCEEDED"), time }
}

/// How many subscriptions were refused at the limit, and how long after `start` the first one was.
fn refused(stream: &mut TcpStream, start: Instant) -> (usize, Duration) {
    let (mut refused, mut time) = (0, Duration::MAX);
    while refused < ASKED - MAX {
        if message(stream).contains(r#""limit":"operations_per_socket""#) {
            refused += 1;
            time = time.min(start.elapsed());
        }
    }
    (refused, time)
}

/// A frame of a text of 126 bytes or more, under a mask that changes nothing; shorter texts are filled up with spaces.
fn frame(text: &str) -> Vec<u8> {
    let text = format!("{text:126}");
    let length = u16::try_from(text.len()).expect("a short text");
    let mut frame = vec![0x81, 0xfe];
    frame.extend(length.to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

/// The next message of the server, which sends short ones.
fn message(stream: &mut TcpStream) -> String {
    byte(stream);
    let length = match byte(stream) {
        126 => u16::from_be_bytes([byte(stream), byte(stream)]).into(),
        short => short.into(),
    };
    let mut text = vec![0; length];
    stream.read_exact(&mut text).expect("the server goes on");
    String::from_utf8_lossy(&text).into_owned()
}

fn byte(stream: &mut TcpStream) -> u8 {
    let mut byte = [0];
    stream.read_exact(&mut byte).expect("the server goes on");
    u8::from_be_bytes(byte)
}
