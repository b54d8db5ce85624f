//! Many files at once: work on all cores, results in order, memory bounded.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items a worker takes at a time.
const CHUNK_SIZE: usize = 16;
/// How many chunks may be started before the first of them is delivered.
const MAX_CHUNKS_AHEAD: usize = 16;

/// Calls `each` for every item of `work`, on as many threads as the machine has cores, and `take` on
/// this thread with the results in the order of the work, until it returns `false`.
pub fn map_in_order<I, R>(work: I, each: impl Fn(I::Item) -> R + Sync, mut take: impl FnMut(R) -> bool)
where
    I: Iterator + Send,
    R: Send,
{
    let workers = thread::available_parallelism().map_or(2, usize::from);
    // One channel for the results of each chunk, in the order in which the chunks were started. A full
    // queue makes the workers wait; a closed one ends them.
    let (queue, results) = sync_channel::<Receiver<Vec<R>>>(MAX_CHUNKS_AHEAD);
    let work = Mutex::new(work);
    let run_worker = |queue: SyncSender<Receiver<Vec<R>>>| {
        loop {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            let chunk: Vec<I::Item> = work.by_ref().take(CHUNK_SIZE).collect();
            let (sender, receiver) = channel();
            // Still under the lock, so that the queue has the order of the work.
            if chunk.is_empty() || queue.send(receiver).is_err() {
                return;
            }
            drop(work);
            let _ = sender.send(chunk.into_iter().map(&each).collect());
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            let queue = queue.clone();
            scope.spawn(|| run_worker(queue));
        }
        drop(queue);
        for chunk in results {
            // A chunk without results is one whose worker panicked, which the scope passes on.
            let Ok(done) = chunk.recv() else { return };
            if !done.into_iter().all(&mut take) {
                return;
            }
        }
    });
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
