//! Somebody else, who asks the same server small questions all the while.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::attack::{open, read};

/// Time from one question to the next.
const EVERY: Duration = Duration::from_millis(5);

/// Fewest questions of which a hundredth says something.
const FEWEST: usize = 100;

/// Asks until it is stopped.
pub(crate) struct Probe {
    stop: Arc<AtomicBool>,
    asking: JoinHandle<Vec<Duration>>,
}

/// How long answers took.
pub(crate) struct Waited {
    pub(crate) count: usize,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) most: Duration,
}

impl Probe {
    pub(crate) fn start(address: SocketAddr) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let asking = thread::spawn(move || {
            let mut stream = open(address);
            let mut took = Vec::new();
            let mut due = Instant::now();
            while took.len() < FEWEST || !stopped.load(Ordering::Relaxed) {
                // Each in other words, so that none is answered with what was kept.
                let body = format!(r#"{{"query":"{{ log {{ head }} }} # {}"}}"#, took.len());
                let head =
                    "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
                let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
                thread::sleep(due.saturating_duration_since(Instant::now()));
                stream.write_all(request.as_bytes()).expect("the server reads");
                assert_eq!(read(&mut stream), "200");
                took.push(due.elapsed());
                due += EVERY;
            }
            took
        });
        Self { stop, asking }
    }

    pub(crate) fn stop(self) -> Waited {
        self.stop.store(true, Ordering::Relaxed);
        let mut took = self.asking.join().expect("questions are answered");
        took.sort();
        let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
        Waited {
            count: took.len(),
            p50: at(50),
            p99: at(99),
            most: took.last().copied().unwrap_or_default(),
        }
    }
}
