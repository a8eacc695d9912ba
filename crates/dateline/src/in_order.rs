//! Work on many pages at once: all cores read, the results come in the order of the pages, and what
//! waits is bounded in bytes.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::exit::Failure;

/// Most bytes of pages between being found and being done with, in bytes. One page more may wait,
/// so that a page over the limit is not refused here.
const MAX_WAITING_BYTES: usize = 24 * 1024 * 1024;

/// Most pages between being found and being done with, for each core.
const MAX_WAITING_PAGES: usize = 64;

/// Stack of a thread that reads pages, in bytes: what the main thread has.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// One thing that `source` found: what to work on, and how many bytes it holds.
pub(crate) struct Piece<T> {
    pub(crate) content: T,
    pub(crate) bytes: usize,
}

/// Lets `source` find pieces on a thread of its own, `work` on each of them on all cores, and gives
/// the results to `take` in the order of the pieces. `source` hands over each piece and stops when
/// it is told `false`, which it is once `take` has failed.
pub(crate) fn in_order<T: Send, R: Send>(
    source: impl FnOnce(&mut dyn FnMut(Piece<T>) -> bool) + Send,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let most = cores * MAX_WAITING_PAGES;
    let gate = Gate { waiting: Mutex::default(), changed: Condvar::new(), most };
    let (found, pieces) = sync_channel(most);
    let (done, results) = sync_channel(most);
    let (pieces, gate) = (Mutex::new(pieces), &gate);
    thread::scope(|scope| {
        for _ in 0..cores {
            let (pieces, work, done) = (&pieces, &work, done.clone());
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, move || {
                let _alarm = Alarm(gate);
                work_off(pieces, work, &done);
            })?;
        }
        drop(done);
        scope.spawn(move || {
            let mut number = 0;
            source(&mut |piece: Piece<T>| {
                let admitted = gate.enter(piece.bytes) && found.send((number, piece)).is_ok();
                number += 1;
                admitted
            });
        });
        let outcome = gather(gate, &results, &mut take);
        gate.close();
        outcome
    })
}

fn work_off<T, R>(
    pieces: &Mutex<Receiver<(u64, Piece<T>)>>,
    work: &impl Fn(T) -> R,
    done: &SyncSender<Done<R>>,
) {
    loop {
        let next = held(pieces).recv();
        let Ok((number, Piece { content, bytes })) = next else { return };
        let result = work(content);
        if done.send(Done { number, bytes, result }).is_err() {
            return;
        }
    }
}

struct Done<R> {
    number: u64,
    bytes: usize,
    result: R,
}

/// Gives the results to `take`, those that come too early once it is their turn.
fn gather<R>(
    gate: &Gate,
    results: &Receiver<Done<R>>,
    take: &mut impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (mut early, mut next) = (BTreeMap::new(), 0);
    for done in results {
        early.insert(done.number, (done.bytes, done.result));
        while let Some((bytes, result)) = early.remove(&next) {
            take(result)?;
            gate.leave(bytes);
            next += 1;
        }
    }
    Ok(())
}

/// Counts what waits, and holds the source back while that is too much.
struct Gate {
    waiting: Mutex<Waiting>,
    changed: Condvar,
    /// Most pages.
    most: usize,
}

#[derive(Default)]
struct Waiting {
    pages: usize,
    bytes: usize,
    closed: bool,
}

impl Gate {
    /// Waits until there is room, and says whether the piece is still wanted.
    fn enter(&self, bytes: usize) -> bool {
        let full = |it: &mut Waiting| {
            !it.closed
                && it.pages > 0
                && (it.pages >= self.most || it.bytes + bytes > MAX_WAITING_BYTES)
        };
        let mut waiting = self
            .changed
            .wait_while(held(&self.waiting), full)
            .unwrap_or_else(PoisonError::into_inner);
        waiting.pages += 1;
        waiting.bytes += bytes;
        !waiting.closed
    }

    fn leave(&self, bytes: usize) {
        let mut waiting = held(&self.waiting);
        waiting.pages -= 1;
        waiting.bytes -= bytes;
        self.changed.notify_all();
    }

    fn close(&self) {
        held(&self.waiting).closed = true;
        self.changed.notify_all();
    }
}

/// Ends the run when a thread fails, whose results would be waited for in vain.
struct Alarm<'a>(&'a Gate);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

/// The lock, also when a thread failed while it held it: what it guards is never half changed.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;

    fn numbers(
        until: usize,
        bytes: usize,
    ) -> impl FnOnce(&mut dyn FnMut(Piece<usize>) -> bool) + Send {
        move |give| {
            for number in 0..until {
                if !give(Piece { content: number, bytes }) {
                    return;
                }
            }
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_pieces() {
        let mut seen = Vec::new();
        // The work on the first of every few pieces takes longest.
        let work =
            |it: usize| (0..(7 - it % 7) * 5000).fold(it, |sum, _| std::hint::black_box(sum));
        in_order(numbers(1000, 1), work, |it| {
            seen.push(it);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn pieces_over_the_limit_go_through_one_by_one() {
        let mut seen = 0;
        in_order(
            numbers(20, MAX_WAITING_BYTES + 1),
            |it| it,
            |_| {
                seen += 1;
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(seen, 20);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_bug_in_the_work_ends_the_run_and_does_not_hang() {
        let work = |it: usize| assert!(it < 10, "a bug");
        let _ = in_order(numbers(usize::MAX, 1), work, |()| Ok(()));
    }

    #[test]
    fn a_failure_ends_the_source() {
        let outcome = in_order(
            numbers(usize::MAX, 1),
            |it| it,
            |it| {
                if it < 10 {
                    Ok(())
                } else {
                    Err(Failure::message(Exit::Storage, "the disk is full"))
                }
            },
        );
        assert_eq!(outcome.unwrap_err().exit, Exit::Storage);
    }
}
