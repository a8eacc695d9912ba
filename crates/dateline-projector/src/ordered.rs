//! Does jobs on several threads and hands over what they give in the order of the jobs, so that the number of threads
//! never shows. What is done and not yet taken is bounded.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Results for each thread that may wait to be taken.
const AHEAD: usize = 4;

/// Does the jobs from 0 up to `jobs` with `work` on `threads` threads, and gives the result of each to `take`, on the
/// thread of the caller and in order. `take` ends it early with [`ControlFlow::Break`]. A panic in a job goes on in the
/// caller.
pub(crate) fn in_order<T: Send, B>(
    jobs: usize,
    threads: NonZeroUsize,
    work: &(dyn Fn(usize) -> T + Sync),
    take: &mut dyn FnMut(T) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let threads = threads.get().min(jobs);
    if threads <= 1 {
        return (0..jobs).try_for_each(|job| take(work(job)));
    }
    let desk = Desk {
        state: Mutex::new(State { next: 0, taken: 0, over: false, done: BTreeMap::new() }),
        moved: Condvar::new(),
        jobs,
        ahead: threads * AHEAD,
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                // Also when a job panics, so that nobody waits for its result.
                let _over = Over(&desk);
                while let Some(job) = desk.claim() {
                    desk.put(job, work(job));
                }
            });
        }
        let _over = Over(&desk);
        for job in 0..jobs {
            // Nothing comes any more only when a thread has panicked, which the scope passes on.
            let Some(result) = desk.take(job) else { break };
            take(result)?;
        }
        ControlFlow::Continue(())
    })
}

struct Desk<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
    jobs: usize,
    ahead: usize,
}

struct State<T> {
    /// The first job that nobody has claimed.
    next: usize,
    /// How many results were taken.
    taken: usize,
    over: bool,
    done: BTreeMap<usize, T>,
}

impl<T> Desk<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, once there is room for its result; `None` when there is nothing more to do.
    fn claim(&self) -> Option<usize> {
        let full = |it: &mut State<T>| !it.over && it.next >= it.taken + self.ahead;
        let waited = self.moved.wait_while(self.state(), full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.over || state.next >= self.jobs {
            return None;
        }
        state.next += 1;
        Some(state.next - 1)
    }

    fn put(&self, job: usize, result: T) {
        self.state().done.insert(job, result);
        self.moved.notify_all();
    }

    fn take(&self, job: usize) -> Option<T> {
        let waiting = |it: &mut State<T>| !it.over && !it.done.contains_key(&job);
        let waited = self.moved.wait_while(self.state(), waiting);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        let result = state.done.remove(&job);
        state.taken += 1;
        drop(state);
        self.moved.notify_all();
        result
    }
}

/// Ends the work of all when it goes before the work is done.
struct Over<'a, T>(&'a Desk<T>);

impl<T> Drop for Over<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        // A thread that found no more jobs leaves the others to finish theirs.
        if std::thread::panicking() || state.taken < self.0.jobs && state.next < self.0.jobs {
            state.over = true;
        }
        drop(state);
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_jobs_on_any_number_of_threads() {
        for count in [1, 2, 7] {
            let mut taken = Vec::new();
            let work = |job: usize| {
                // Uneven work, so that later jobs are done first.
                (0..(job * 7919) % 1000)
                    .fold(job, |sum, it| std::hint::black_box(sum.wrapping_add(it) - it))
            };
            let end = in_order(500, threads(count), &work, &mut |it| {
                taken.push(it);
                ControlFlow::<()>::Continue(())
            });
            assert!(end.is_continue());
            assert_eq!(taken, (0..500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn whoever_takes_can_end_it() {
        for count in [1, 3] {
            let mut taken = 0;
            let end = in_order(1000, threads(count), &|job| job, &mut |it| {
                taken += 1;
                if it == 5 { ControlFlow::Break(it) } else { ControlFlow::Continue(()) }
            });
            assert_eq!((end, taken), (ControlFlow::Break(5), 6));
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_job_that_panics_ends_it_with_a_panic() {
        let work = |job: usize| assert_ne!(job, 20, "a bad job");
        let _ = in_order(1000, threads(3), &work, &mut |()| ControlFlow::<()>::Continue(()));
    }
}
