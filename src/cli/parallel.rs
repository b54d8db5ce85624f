//! Many files at once: work on all cores, results in order, memory bounded.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many pieces of work a worker takes at once: so many are done between two wakings.
const CHUNK_SIZE: usize = 16;
/// How many handfuls may be begun before the first of them is taken.
const MAX_CHUNKS_AHEAD: usize = 16;

struct WorkQueue<I, R> {
    work: I,
    started: usize,
    delivered: usize,
    finished: BTreeMap<usize, Vec<R>>,
    /// Whether all work has been begun.
    ended: bool,
    /// Whether nobody wants any more.
    stop: bool,
}

struct SharedQueue<I, R> {
    state: Mutex<WorkQueue<I, R>>,
    changed: Condvar,
}

impl<I, R> SharedQueue<I, R> {
    fn lock(&self) -> MutexGuard<'_, WorkQueue<I, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, WorkQueue<I, R>>) -> MutexGuard<'a, WorkQueue<I, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the work of all when a worker is gone before its time, so that nobody waits for it.
struct StopOnPanic<'a, I, R>(&'a SharedQueue<I, R>);

impl<I, R> Drop for StopOnPanic<'_, I, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.lock().stop = true;
        }
        self.0.changed.notify_all();
    }
}

/// Calls `each` for every piece of work, on as many threads as the machine has cores, and `take`
/// on this thread with the results in the order of the work, until it answers `false`.
pub(super) fn map_in_order<I, R>(work: I, each: impl Fn(I::Item) -> R + Sync, mut take: impl FnMut(R) -> bool)
where
    I: Iterator + Send,
    R: Send,
{
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let state =
        WorkQueue { work, started: 0, delivered: 0, finished: BTreeMap::new(), ended: false, stop: false };
    let shared = SharedQueue { state: Mutex::new(state), changed: Condvar::new() };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| run_worker(&shared, &each));
        }
        let mut state = shared.lock();
        while !(state.stop || state.ended && state.delivered == state.started) {
            let next = state.delivered;
            if let Some(results) = state.finished.remove(&next) {
                state.delivered += 1;
                drop(state);
                shared.changed.notify_all();
                let more = results.into_iter().all(&mut take);
                state = shared.lock();
                state.stop |= !more;
            } else {
                state = shared.wait(state);
            }
        }
        drop(state);
        shared.changed.notify_all();
    });
}

/// One worker: takes the next handful, unless too many are begun that nobody has taken yet.
fn run_worker<I: Iterator, R>(shared: &SharedQueue<I, R>, each: &impl Fn(I::Item) -> R) {
    let _stop_on_panic = StopOnPanic(shared);
    loop {
        let mut state = shared.lock();
        while !state.stop && state.started >= state.delivered + MAX_CHUNKS_AHEAD {
            state = shared.wait(state);
        }
        if state.stop || state.ended {
            return;
        }
        let chunk: Vec<I::Item> = state.work.by_ref().take(CHUNK_SIZE).collect();
        if chunk.is_empty() {
            state.ended = true;
            return;
        }
        let number = state.started;
        state.started += 1;
        drop(state);
        let results = chunk.into_iter().map(each).collect();
        shared.lock().finished.insert(number, results);
        shared.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let mut taken = Vec::new();
        let slow = |n: u64| (0..(n % 7) * 1000).fold(n, |sum, k| sum ^ std::hint::black_box(k ^ k));
        map_in_order(0..5000u64, slow, |n| {
            taken.push(n);
            true
        });
        assert_eq!(taken, (0..5000).collect::<Vec<_>>());
    }

    #[test]
    fn no_more_than_a_window_is_begun_and_stopping_ends_it() {
        let begun = AtomicUsize::new(0);
        let mut taken = 0;
        let each = |n: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            n
        };
        map_in_order(0.., each, |_| {
            taken += 1;
            assert!(begun.load(Ordering::SeqCst) <= taken + (MAX_CHUNKS_AHEAD + 1) * CHUNK_SIZE);
            taken < 1000
        });
        assert_eq!(taken, 1000);
    }

    #[test]
    fn no_work_is_done_at_once() {
        map_in_order(std::iter::empty::<u8>(), |n| n, |_| panic!("there is nothing to take"));
    }
}
