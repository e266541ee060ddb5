//! Many pieces of work to their results in the order of the pieces, whatever the number of threads.

use crate::cli::interrupt;
use crate::cli::output::Stop;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// What the main thread has: a report that is deeply nested needs as much on any thread.
const STACK: usize = 8 << 20;
/// How many pieces a thread may be ahead of the first that is not done: results wait in memory for their turn.
const AHEAD: usize = 8;
/// How long to wait for a result before the progress is shown anew.
const PATIENCE: Duration = Duration::from_millis(200);

/// What the run has for its writer.
pub enum Turn<T> {
    /// The next result in order.
    Next(T),
    /// No result for a while.
    Waiting,
}

enum Event<T> {
    /// A piece is done; without a result where the work failed in a way that it should not.
    Done(usize, Option<T>),
    Interrupted,
}

/// Does the pieces `0..count` and hands the results to `write` in order, each as soon as its turn comes; on all cores
/// where no number of `threads` is given. A piece that is `alone` and short is done here: no thread is worth its start.
/// Gives how many were written.
pub fn run<T: Send + 'static>(
    count: usize,
    alone: bool,
    threads: Option<u16>,
    work: impl Fn(usize) -> T + Send + Sync + 'static,
    write: &mut dyn FnMut(Turn<T>) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    if alone || count == 0 {
        for piece in 0..count {
            write(Turn::Next(work(piece)))?;
        }
        return Ok(count);
    }
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.map_or_else(cores, usize::from);
    in_order(count, threads.min(count), work, write)
}

/// Does the pieces `0..count` on that many threads and hands the results to `write` in order, each as soon as its turn
/// comes. Gives how many were written: fewer than `count` when the user interrupted the run. Work that is then under
/// way is left behind, it ends with the program.
fn in_order<T: Send + 'static>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Send + Sync + 'static,
    write: &mut dyn FnMut(Turn<T>) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .map_err(|_| Stop::Failed("系统不允许再开线程。请用 --threads 1 再试。".to_owned()))?;
    let (sender, receiver) = mpsc::channel();
    let pressed = sender.clone();
    interrupt::watch(move || {
        let _ = pressed.send(Event::Interrupted);
    });
    let mut window = Window {
        pool,
        sender,
        work: Arc::new(work),
        count,
        started: 0,
        written: 0,
        early: BTreeMap::new(),
    };
    window.run(threads * AHEAD, &receiver, write)?;
    Ok(window.written)
}

/// The pieces under way and the results that wait for their turn.
struct Window<T, W> {
    pool: ThreadPool,
    sender: Sender<Event<T>>,
    work: Arc<W>,
    count: usize,
    started: usize,
    written: usize,
    early: BTreeMap<usize, T>,
}

impl<T: Send + 'static, W: Fn(usize) -> T + Send + Sync + 'static> Window<T, W> {
    fn run(
        &mut self,
        width: usize,
        receiver: &Receiver<Event<T>>,
        write: &mut dyn FnMut(Turn<T>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        while self.written < self.count {
            while self.started < self.count.min(self.written + width) {
                self.start();
            }
            match receiver.recv_timeout(PATIENCE) {
                Ok(Event::Done(piece, Some(result))) => {
                    self.early.insert(piece, result);
                }
                Ok(Event::Interrupted) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => write(Turn::Waiting)?,
                Ok(Event::Done(_, None)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Stop::Failed("程序内部出错，没有核对完。".to_owned()));
                }
            }
            while let Some(result) = self.early.remove(&self.written) {
                self.written += 1;
                write(Turn::Next(result))?;
            }
        }
        Ok(())
    }

    fn start(&mut self) {
        let (piece, work, sender) = (self.started, Arc::clone(&self.work), self.sender.clone());
        self.started += 1;
        self.pool.spawn_fifo(move || {
            let result = panic::catch_unwind(AssertUnwindSafe(|| work(piece))).ok();
            // nobody listens any more when the run was stopped
            let _ = sender.send(Event::Done(piece, result));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn written(
        count: usize,
        threads: usize,
        work: impl Fn(usize) -> usize + Send + Sync + 'static,
    ) -> Vec<usize> {
        let mut written = Vec::new();
        let done = in_order(count, threads, work, &mut |turn| {
            if let Turn::Next(piece) = turn {
                written.push(piece);
            }
            Ok(())
        });
        assert_eq!(done.ok(), Some(count));
        written
    }

    #[test]
    fn results_come_in_order_though_the_first_take_longest() {
        for threads in [1, 2, 8] {
            let slow = |piece: usize| {
                thread::sleep(Duration::from_millis(20 * u64::from(piece.is_multiple_of(10))));
                piece
            };
            assert_eq!(written(60, threads, slow), (0..60).collect::<Vec<usize>>());
        }
    }

    #[test]
    fn no_thread_runs_far_ahead_of_the_first_piece_that_is_not_done() {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let work = |piece: usize| {
            STARTED.fetch_add(1, Ordering::SeqCst);
            if piece == 0 {
                thread::sleep(Duration::from_millis(300));
                return STARTED.load(Ordering::SeqCst);
            }
            0
        };
        let ahead = written(500, 2, work)[0];
        assert!(ahead <= 2 * AHEAD, "{ahead} pieces were begun");
    }

    #[test]
    fn a_piece_that_fails_beyond_its_own_care_fails_the_run_instead_of_hanging_it() {
        let work = |piece: usize| {
            assert_ne!(piece, 5);
            piece
        };
        let done = in_order(10, 2, work, &mut |_| Ok(()));
        assert!(matches!(done, Err(Stop::Failed(_))));
    }

    #[test]
    fn a_writer_that_stops_stops_the_run() {
        let done = in_order(1000, 2, |piece| piece, &mut |turn| match turn {
            Turn::Next(3) => Err(Stop::ReaderLeft),
            _ => Ok(()),
        });
        assert!(matches!(done, Err(Stop::ReaderLeft)));
    }
}
