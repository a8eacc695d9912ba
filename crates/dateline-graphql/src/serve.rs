//! Accepts connections until told to stop, and then stops, also when clients do not let go.

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use crate::access::Peer;
use crate::http::Api;

/// What connections may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServeLimits {
    /// Connections that are open at once; more wait in the backlog of the socket.
    pub connections: usize,
    /// Longest time for the head of a request, and for a connection that says nothing.
    pub head_timeout: Duration,
    /// Longest time for open requests after the stop; what is left then is cut off.
    pub stop_deadline: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            head_timeout: Duration::from_secs(30),
            stop_deadline: Duration::from_secs(5),
        }
    }
}

/// Pause after a failed accept, such as one for want of file handles, so that the loop does not spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves `api` on `listener`, live feeds included, until `shutdown` is done. Then nothing more is accepted, streams
/// are ended, WebSockets with 1001, idle connections are closed, and requests under way get
/// [`ServeLimits::stop_deadline`] to end.
///
/// # Errors
/// When the socket is no good from the start. A connection that fails ends alone.
pub async fn serve(
    listener: TcpListener,
    api: Api,
    shutdown: impl Future<Output = ()>,
    limits: ServeLimits,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "listening");
    let router = api.router();
    let mut feeding = JoinSet::new();
    feeding.spawn({
        let api = api.clone();
        async move { api.feed().await }
    });
    let places = Arc::new(Semaphore::new(limits.connections));
    let (stop, stopping) = watch::channel(());
    let mut open = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            () = &mut shutdown => break,
            (place, accepted) = accepted => match accepted {
                Ok((stream, peer)) => {
                    let connection =
                        connection(stream, peer.ip(), router.clone(), stopping.clone(), limits.head_timeout);
                    open.spawn(async move {
                        connection.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
            Some(_) = open.join_next() => {}
        }
    }
    drop(listener);
    drop(stop);
    let rest = async { while open.join_next().await.is_some() {} };
    let (streams_ended, rest) = tokio::join!(
        api.end_streams(limits.stop_deadline),
        tokio::time::timeout(limits.stop_deadline, rest)
    );
    if rest.is_err() || !streams_ended {
        let (connections, streams) = (open.len(), api.open_streams());
        tracing::warn!(connections, streams, "connections were cut off at the stop");
        open.shutdown().await;
    }
    Ok(())
}

/// Serves one connection to its end, or until the sender of `stopping` is gone and the request under way is answered.
async fn connection(
    stream: TcpStream,
    peer: IpAddr,
    router: Router,
    mut stopping: watch::Receiver<()>,
    head_timeout: Duration,
) {
    // Answers are written whole, so waiting for more to send only costs time.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps Nagle's algorithm");
    }
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_timeout);
    let known = router.map_request(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        request
    });
    let connection = http
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(known))
        .with_upgrades();
    let mut connection = pin!(connection);
    let stopped = async { while stopping.changed().await.is_ok() {} };
    tokio::select! {
        result = connection.as_mut() => {
            if let Err(error) = result {
                tracing::debug!(%error, "a connection ended early");
            }
            return;
        }
        () = stopped => connection.as_mut().graceful_shutdown(),
    }
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection ended early");
    }
}
