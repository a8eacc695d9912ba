//! A server on a thread of its own, whose processor time can be read.

use std::fs;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A server that runs.
pub(crate) type Serving = Pin<Box<dyn Future<Output = io::Result<()>>>>;

/// A server on one thread; it ends when this is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// Where the kernel says how long the thread has run.
    schedstat: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(serving: impl FnOnce(TcpListener) -> Serving + Send + 'static) -> Self {
        let (told, tells) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let me = fs::read_link("/proc/thread-self").expect("the kernel names this thread");
                let address = listener.local_addr().expect("an address");
                told.send((address, me)).expect("somebody waits for it");
                tokio::select! {
                    ended = serving(listener) => ended.expect("it serves"),
                    _ = stopped => {}
                }
            });
        });
        let (address, me) = tells.recv().expect("the server starts");
        let schedstat = format!("/proc/{}/schedstat", me.display());
        Self { address, schedstat, stop: Some(stop), thread: Some(thread) }
    }

    /// Processor time of the server so far.
    pub(crate) fn time(&self) -> Duration {
        let text = fs::read_to_string(&self.schedstat).expect("the server's thread runs");
        let nanos = text.split(' ').next().and_then(|it| it.parse().ok());
        Duration::from_nanos(nanos.expect("schedstat starts with nanoseconds"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the server ends");
        }
    }
}
