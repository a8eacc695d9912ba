//! Where appends wait for the committer, and whose turn to write it is.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::request::Request;
use crate::block::FRAME_BYTES;
use crate::limits::{MAX_COMMIT_BYTES, MAX_COMMIT_EVENTS, QUEUE_LENGTH};

/// How often the drafting thread lets others run before it takes its turn: writers that were just
/// answered come back with their next append, and one sync serves them too. Where nobody waits for
/// a core this costs a microsecond.
const YIELDS: u32 = 2;

pub(super) struct Queue {
    state: Mutex<State>,
    /// Something changed that the drafting thread waits for.
    changed: Condvar,
    /// There is room for one more.
    room: Condvar,
}

struct State {
    waiting: VecDeque<Request>,
    /// A commit is being written.
    writing: bool,
    /// Bytes of what waits.
    bytes: usize,
    /// The drafting thread waits to be woken.
    asleep: bool,
    /// Appends are taken.
    open: bool,
}

impl State {
    /// Whether the drafting thread has reason to wake up for what waits. While another commit is
    /// being written, more can still come, and each waking costs as much as an event.
    fn worth_waking(&self) -> bool {
        self.asleep && (!self.writing || self.bytes >= FRAME_BYTES)
    }
}

/// How full a draft is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) appends: usize,
    pub(super) events: usize,
    pub(super) bytes: usize,
}

impl Load {
    fn takes(self, request: &Request) -> bool {
        self.events + request.events.len() <= MAX_COMMIT_EVENTS
            && self.bytes + request.bytes <= MAX_COMMIT_BYTES
    }

    pub(super) fn add(&mut self, request: &Request) {
        self.appends += 1;
        self.events += request.events.len();
        self.bytes += request.bytes;
    }
}

/// What the drafting thread does next.
pub(super) enum Next<'queue> {
    /// Take these in.
    Draft(Vec<Request>),
    /// Nothing can be taken in, and another commit is being written: get ready what there is.
    Prepare,
    /// Write the draft; it is its turn.
    Write(Turn<'queue>),
    /// The log was closed and nothing waits.
    End,
}

/// The right to write. Given back when it is dropped.
pub(super) struct Turn<'queue>(&'queue Queue);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state().writing = false;
        self.0.changed.notify_all();
    }
}

impl Queue {
    pub(super) fn new() -> Self {
        let state =
            State { waiting: VecDeque::new(), writing: false, bytes: 0, asleep: false, open: true };
        Self { state: Mutex::new(state), changed: Condvar::new(), room: Condvar::new() }
    }

    /// Lets an append wait; waits itself while [`QUEUE_LENGTH`] do. Says whether it was taken: a
    /// closed queue takes none.
    pub(super) fn push(&self, request: Request) -> bool {
        let full = |state: &mut State| state.open && state.waiting.len() >= QUEUE_LENGTH;
        let waited = self.room.wait_while(self.state(), full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        let open = state.open;
        if open {
            state.bytes += request.bytes;
            state.waiting.push_back(request);
            if state.worth_waking() {
                state.asleep = false;
                drop(state);
                self.changed.notify_one();
            }
        }
        open
    }

    /// What to do next with a draft that holds `load`, of which something can be made ready or not.
    /// Waits while there is nothing to do.
    pub(super) fn next(&self, mut load: Load, ready: Ready) -> Next<'_> {
        let mut state = self.state();
        let mut yields = 0;
        loop {
            let (mut taken, mut room) = (Vec::new(), false);
            while state.waiting.front().is_some_and(|it| load.takes(it)) {
                let Some(request) = state.waiting.pop_front() else { break };
                room |= state.waiting.len() + 1 >= QUEUE_LENGTH;
                state.bytes -= request.bytes;
                load.add(&request);
                taken.push(request);
            }
            if !taken.is_empty() {
                drop(state);
                if room {
                    self.room.notify_all();
                }
                return Next::Draft(taken);
            }
            let free = load.appends > 0 && !state.writing;
            if free && yields < YIELDS {
                yields += 1;
                drop(state);
                thread::yield_now();
                state = self.state();
                continue;
            }
            if free {
                state.writing = true;
                return Next::Write(Turn(self));
            }
            if load.appends > 0 && ready == Ready::No {
                return Next::Prepare;
            }
            if load.appends == 0 && !state.open {
                return Next::End;
            }
            state.asleep = true;
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.asleep = false;
        }
    }

    /// Takes no more appends. Those that wait are still committed.
    pub(super) fn close(&self) {
        self.state().open = false;
        self.changed.notify_all();
        self.room.notify_all();
    }

    /// Takes no more appends and drops those that wait, so that their writers are told.
    pub(super) fn abandon(&self) {
        let waiting = std::mem::take(&mut self.state().waiting);
        self.close();
        drop(waiting);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether all that can be done for a draft before it is written was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ready {
    Yes,
    No,
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use dateline_event::ExpectedPosition;

    use super::*;
    use crate::conformance::event;
    use crate::sled_log::answer::answer;
    use crate::sled_log::request::Stamps;

    fn request() -> Request {
        let events = vec![(event("story-1", "a"), ExpectedPosition::Any)];
        Request::new(events, Stamps::Fresh, answer().0)
    }

    fn drafted(next: Next<'_>) -> Vec<Request> {
        let Next::Draft(requests) = next else { panic!("something waits") };
        requests
    }

    #[test]
    fn a_draft_takes_in_what_fits_and_the_rest_waits_for_the_next() {
        let queue = Queue::new();
        (0..=MAX_COMMIT_EVENTS).for_each(|_| assert!(queue.push(request())));
        assert_eq!(drafted(queue.next(Load::default(), Ready::Yes)).len(), MAX_COMMIT_EVENTS);
        let full = Load { appends: 1, events: MAX_COMMIT_EVENTS, bytes: 0 };
        assert!(matches!(queue.next(full, Ready::Yes), Next::Write(_)));
        assert_eq!(drafted(queue.next(Load::default(), Ready::Yes)).len(), 1);
    }

    #[test]
    fn nobody_gets_a_turn_before_it_is_given_back() {
        let queue = Queue::new();
        let load = Load { appends: 1, events: 1, bytes: 1 };
        let Next::Write(turn) = queue.next(load, Ready::Yes) else { panic!("the turn is free") };
        assert!(matches!(queue.next(load, Ready::No), Next::Prepare));
        let (tell, told) = channel();
        thread::scope(|scope| {
            scope.spawn(|| {
                let next = queue.next(load, Ready::Yes);
                tell.send(matches!(next, Next::Write(_))).unwrap();
            });
            assert!(told.recv_timeout(Duration::from_millis(20)).is_err(), "two had the turn");
            drop(turn);
            assert!(told.recv().unwrap());
        });
    }

    #[test]
    fn what_waits_when_the_log_is_closed_is_still_committed() {
        let queue = Queue::new();
        assert!(queue.push(request()));
        queue.close();
        assert!(!queue.push(request()), "a closed queue took an append");
        assert_eq!(drafted(queue.next(Load::default(), Ready::Yes)).len(), 1);
        assert!(matches!(queue.next(Load::default(), Ready::Yes), Next::End));
    }
}
