//! The service on a socket: it answers, and it stops, whoever holds on.

use std::time::Duration;

use dateline_graphql::{ServeLimits, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::client::api;

async fn answer_on(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut text = String::new();
    let mut bytes = [0; 1024];
    while !text.ends_with('}') {
        let read = stream.read(&mut bytes).await.unwrap();
        assert_ne!(read, 0, "the connection was closed after {text}");
        text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
    }
    text
}

#[tokio::test]
async fn a_stop_closes_idle_connections_and_cuts_off_those_that_hold_on() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let limits =
        ServeLimits { stop_deadline: Duration::from_millis(200), ..ServeLimits::default() };
    let shutdown = async {
        stopped.await.ok();
    };
    let running = tokio::spawn(serve(listener, api(), shutdown, limits));

    let mut idle = TcpStream::connect(address).await.unwrap();
    assert!(answer_on(&mut idle).await.starts_with("HTTP/1.1 200 OK"));
    let mut holding = TcpStream::connect(address).await.unwrap();
    let half = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\
        content-type: application/json\r\nexpect: 100-continue\r\n\r\n";
    holding.write_all(half).await.unwrap();
    // `100 Continue` says that the request is under way.
    let mut head = [0; 12];
    holding.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 100");

    stop.send(()).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), running).await;
    ended.expect("the service stops").unwrap().unwrap();
    assert_eq!(idle.read(&mut [0; 8]).await.unwrap(), 0);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_client_that_never_ends_its_head_is_let_go() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = ServeLimits { head_timeout: Duration::from_millis(100), ..ServeLimits::default() };
    let running = tokio::spawn(serve(listener, api(), std::future::pending(), limits));
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: local").await.unwrap();
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(20), slow.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the connection is still open");
    running.abort();
}
