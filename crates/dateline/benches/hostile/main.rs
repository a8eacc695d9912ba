//! Requests that are made to hurt, against the running program: what each is answered and how soon, and how long the
//! same server takes meanwhile for a small question of somebody else.
//!
//! Each attack is sent again and again over connections of its own. Its time counts from when the first byte of it is
//! sent until its answer is whole. All the while slow senders hold connections open. Fails when an attack is not
//! answered as it must be, when more than one in 20 of its answers comes later than it may, or when the small question
//! waits too long.

#![expect(clippy::print_stdout, reason = "it says what it measured")]
#![expect(clippy::panic, reason = "what cannot go on says why")]

mod attack;
mod documents;
mod probe;
#[path = "../running/mod.rs"]
#[expect(dead_code, reason = "the other benchmark reads memory")]
mod running;
mod slow;
mod socket;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use attack::{Answered, Attack};
use probe::{Probe, Waited};
use running::{Running, done};

/// How often each attack is sent.
const TIMES: usize = 20;

/// Longest time for the answer to an attack, in 19 of 20 times: the system does other things too.
const ANSWERED: Duration = Duration::from_millis(20);

/// Longest time for the small question, in 99 of 100 times.
const BESIDE: Duration = Duration::from_millis(50);

/// How long all attacks come at once at the end, and from how many senders.
const AT_ONCE: Duration = Duration::from_secs(5);
const SENDERS: usize = 4;

/// Connections of each kind of slow sender.
const SLOW: usize = 200;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (what, file) in [("registry", "registry.json"), ("topics", "topics.json")] {
        let file = format!("{}/../../fixtures/demo/{file}", env!("CARGO_MANIFEST_DIR"));
        done(folder.path(), &[what, "import", &file]);
    }
    // What an address may send a second would refuse attacks before they are looked at.
    let server = Running::start(folder.path(), &["--address-rate", "0"]);
    let address = server.address;
    let slow = slow::Senders::start(address, SLOW);
    println!(
        "{:<34} {:<31} {:>9} {:>9} {:>9} {:>9}  {{ log {{ head }} }} beside it, p99",
        "attack", "answer", "p50 ms", "p95 ms", "most ms", "wanted"
    );
    let mut is_well = true;
    for attack in documents::attacks() {
        is_well &= sent(address, &attack);
    }
    is_well &= sent_on_a_socket(address);
    is_well &= all_at_once(address);
    is_well &= slow.print();
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Sends `attack`, and says whether it went as it must.
fn sent(address: SocketAddr, attack: &Attack) -> bool {
    let probe = Probe::start(address);
    let answers: Vec<_> = (0..TIMES).map(|_| attack.send(address)).collect();
    let waited = probe.stop();
    row(&attack.name, &attack.wanted, answers, &waited)
}

/// 2,000 subscriptions on one WebSocket.
fn sent_on_a_socket(address: SocketAddr) -> bool {
    let probe = Probe::start(address);
    let answers: Vec<_> = (0..TIMES).map(|_| socket::flood(address)).collect();
    let waited = probe.stop();
    row("2,000 subscriptions on a socket", "1900 refused: LIMIT_EXCEEDED", answers, &waited)
}

fn row(name: &str, wanted: &str, mut answers: Vec<Answered>, waited: &Waited) -> bool {
    answers.sort_by_key(|it| it.time);
    let wrong = answers.iter().find(|it| it.what != wanted);
    let p50 = answers.get(answers.len() / 2).map(|it| it.time).unwrap_or_default();
    let p95 = answers.get(answers.len() * 19 / 20 - 1).map(|it| it.time).unwrap_or_default();
    let most = answers.last().map(|it| it.time).unwrap_or_default();
    let is_well = wrong.is_none() && p95 <= ANSWERED && waited.p99 <= BESIDE;
    println!(
        "{name:<34} {:<31} {:>9.2} {:>9.2} {:>9.2} {:>9}  {:.2} ms{}",
        wrong.map_or(wanted, |it| it.what.as_str()),
        millis(p50),
        millis(p95),
        millis(most),
        "20",
        millis(waited.p99),
        if is_well { "" } else { ": NOT AS WANTED" },
    );
    is_well
}

/// All attacks at once, from several senders.
fn all_at_once(address: SocketAddr) -> bool {
    let probe = Probe::start(address);
    let until = Instant::now() + AT_ONCE;
    let sender = || {
        let mut sent = 0_u32;
        while Instant::now() < until {
            for attack in documents::attacks() {
                attack.send(address);
                sent += 1;
            }
        }
        sent
    };
    let sent: u32 = thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS).map(|_| scope.spawn(sender)).collect();
        senders.into_iter().map(|it| it.join().expect("a sender ends")).sum()
    });
    let waited = probe.stop();
    let is_well = waited.p99 <= BESIDE;
    println!(
        "all of them at once: {sent} in {} s from {SENDERS} senders; {{ log {{ head }} }} beside them, {} times: p50 {:.2} ms, \
         p99 {:.2} ms, most {:.2} ms{}",
        AT_ONCE.as_secs(),
        waited.count,
        millis(waited.p50),
        millis(waited.p99),
        millis(waited.most),
        if is_well { "" } else { ": NOT AS WANTED" },
    );
    is_well
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
