//! A service on a socket of its own, and a client that talks to it over a WebSocket.

use std::net::SocketAddr;
use std::time::Duration;

use dateline_graphql::{Api, Options, ServeLimits, serve};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::client::over;
use crate::world::World;

pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A service on a socket, with the world behind it.
pub(crate) struct Served {
    pub(crate) world: World,
    pub(crate) api: Api,
    pub(crate) address: SocketAddr,
    pub(crate) stop: oneshot::Sender<()>,
    pub(crate) running: tokio::task::JoinHandle<std::io::Result<()>>,
}

pub(crate) async fn served(options: Options) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let world = World::new();
    let api = over(world.clone(), options);
    let shutdown = async {
        stopped.await.ok();
    };
    let running = tokio::spawn(serve(listener, api.clone(), shutdown, ServeLimits::default()));
    Served { world, api, address, stop, running }
}

/// A client on a WebSocket.
pub(crate) struct Talker(pub(crate) WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Talker {
    pub(crate) async fn open(
        address: SocketAddr,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Error> {
        let mut request = format!("ws://{address}/graphql").into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        connect_async(request).await.map(|(socket, _)| Self(socket))
    }

    pub(crate) async fn of(served: &Served) -> Self {
        let protocol = [("sec-websocket-protocol", "graphql-transport-ws")];
        Self::open(served.address, &protocol).await.unwrap()
    }

    pub(crate) async fn ready(served: &Served) -> Self {
        let mut talker = Self::of(served).await;
        talker.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(talker.hear().await, json!({ "type": "connection_ack" }));
        talker
    }

    pub(crate) async fn say(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.say(&json!({ "type": "subscribe", "id": id, "payload": payload })).await;
    }

    /// The next message of the protocol.
    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.unwrap();
            let message = message.unwrap().unwrap();
            if let Message::Text(text) = &message {
                return serde_json::from_str(text).unwrap();
            }
            assert!(message.is_ping(), "{message:?}");
        }
    }

    /// The code with which the service closes.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.unwrap();
            let message = message.expect("a close comes before the end").unwrap();
            if let Message::Close(frame) = message {
                return frame.unwrap().code.into();
            }
        }
    }
}
