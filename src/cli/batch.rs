//! Many pieces of work to their results in the order of the pieces, whatever the number of threads; a piece that takes
//! too long is given up and the others go on.

use crate::cli::interrupt;
use crate::cli::output::Stop;
use crate::cli::workers::{Event, Workers};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How many pieces a thread may be ahead of the first that is not done: results wait in memory for their turn.
const AHEAD: usize = 8;
/// How long to wait for a result before the progress is shown anew and the threads are looked after.
const GLANCE: Duration = Duration::from_millis(200);
/// Nobody waits longer for one report; nearly all take less than a second.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What the run has for its writer.
pub enum Turn<T> {
    /// The next result in order.
    Next(T),
    /// No result for a while.
    Waiting,
}

/// What is to be done of each piece.
pub struct Task<W, L> {
    /// The result of a piece.
    pub work: W,
    /// What to say of a piece that was given up.
    pub late: L,
    /// How long a piece may take.
    pub patience: Duration,
}

/// Does the pieces `0..count` and hands the results to `write` in order, each as soon as its turn comes; on all cores
/// where no number of `threads` is given. A piece that is `alone` and certain to be short is done here: no thread is
/// worth its start. Gives how many were written.
pub fn run<T: Send + 'static>(
    count: usize,
    alone: bool,
    threads: Option<u16>,
    task: Task<impl Fn(usize) -> T + Send + Sync + 'static, impl Fn(usize) -> T>,
    write: &mut dyn FnMut(Turn<T>) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    if alone || count == 0 {
        for piece in 0..count {
            write(Turn::Next((task.work)(piece)))?;
        }
        return Ok(count);
    }
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.map_or_else(cores, usize::from);
    in_order(count, threads.min(count), task, write)
}

/// Does the pieces `0..count` on that many threads and hands the results to `write` in order, each as soon as its turn
/// comes. Gives how many were written: fewer than `count` when the user interrupted the run. Work that is then under
/// way, or was given up, is left behind: it ends with the program.
fn in_order<T: Send + 'static>(
    count: usize,
    threads: usize,
    task: Task<impl Fn(usize) -> T + Send + Sync + 'static, impl Fn(usize) -> T>,
    write: &mut dyn FnMut(Turn<T>) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    let (sender, receiver) = mpsc::channel();
    let pressed = sender.clone();
    interrupt::watch(move || {
        let _ = pressed.send(Event::Interrupted);
    });
    let mut window = Window {
        workers: Workers::start(threads, sender, task.work)?,
        late: task.late,
        patience: task.patience,
        count,
        written: 0,
        early: BTreeMap::new(),
    };
    window.run(threads * AHEAD, &receiver, write)?;
    Ok(window.written)
}

/// The pieces under way and the results that wait for their turn.
struct Window<T, L> {
    workers: Workers<T>,
    late: L,
    patience: Duration,
    count: usize,
    written: usize,
    early: BTreeMap<usize, T>,
}

impl<T: Send + 'static, L: Fn(usize) -> T> Window<T, L> {
    fn run(
        &mut self,
        width: usize,
        receiver: &Receiver<Event<T>>,
        write: &mut dyn FnMut(Turn<T>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        while self.written < self.count {
            self.workers.allow(self.count.min(self.written + width));
            match receiver.recv_timeout(GLANCE.min(self.patience)) {
                Ok(Event::Done(piece, Some(result))) => {
                    // what was given up is not wanted any more
                    if piece >= self.written {
                        self.early.entry(piece).or_insert(result);
                    }
                }
                Ok(Event::Interrupted) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {
                    for piece in self.workers.give_up(self.patience)? {
                        self.early.insert(piece, (self.late)(piece));
                    }
                    write(Turn::Waiting)?;
                }
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Instant;

    fn task<T, W: Fn(usize) -> T>(work: W) -> Task<W, impl Fn(usize) -> T> {
        let late = |_| panic!("nothing is late");
        Task {
            work,
            late,
            patience: PATIENCE,
        }
    }

    fn written(
        count: usize,
        threads: usize,
        work: impl Fn(usize) -> usize + Send + Sync + 'static,
    ) -> Vec<usize> {
        let mut written = Vec::new();
        let done = in_order(count, threads, task(work), &mut |turn| {
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
        let done = in_order(10, 2, task(work), &mut |_| Ok(()));
        assert!(matches!(done, Err(Stop::Failed(_))));
    }

    #[test]
    fn a_writer_that_stops_stops_the_run() {
        let done = in_order(1000, 2, task(|piece| piece), &mut |turn| match turn {
            Turn::Next(3) => Err(Stop::ReaderLeft),
            _ => Ok(()),
        });
        assert!(matches!(done, Err(Stop::ReaderLeft)));
    }

    #[test]
    fn a_piece_that_takes_too_long_is_given_up_and_all_others_are_done() {
        let mut written = Vec::new();
        let task = Task {
            work: |piece: usize| {
                if piece % 10 == 3 {
                    thread::sleep(Duration::from_secs(600));
                }
                piece
            },
            late: |piece: usize| 1000 + piece,
            patience: Duration::from_millis(100),
        };
        let begun = Instant::now();
        let done = in_order(50, 2, task, &mut |turn| {
            if let Turn::Next(piece) = turn {
                written.push(piece);
            }
            Ok(())
        });
        assert_eq!(done.ok(), Some(50));
        let expected = (0..50).map(|piece| if piece % 10 == 3 { 1000 + piece } else { piece });
        assert_eq!(written, expected.collect::<Vec<usize>>());
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    }

    #[test]
    fn what_waits_for_another_program_is_not_late() {
        let task = Task {
            work: |piece: usize| {
                crate::cli::workers::waiting(|| thread::sleep(Duration::from_millis(600)));
                piece
            },
            late: |_| 1000,
            patience: Duration::from_millis(150),
        };
        let mut written = Vec::new();
        let done = in_order(2, 2, task, &mut |turn| {
            if let Turn::Next(piece) = turn {
                written.push(piece);
            }
            Ok(())
        });
        assert_eq!((done.ok(), written), (Some(2), vec![0, 1]));
    }
}
