//! Threads that take piece after piece: each is watched, and one that hangs over a piece is replaced.

use crate::cli::output::Stop;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// What the main thread has: a report that is deeply nested needs as much on any thread.
const STACK: usize = 8 << 20;

/// What a thread tells.
pub enum Event<T> {
    /// A piece is done; without a result where the work failed in a way that it should not.
    Done(usize, Option<T>),
    /// The user interrupted the run.
    Interrupted,
}

/// The threads of a run.
pub struct Workers<T> {
    shared: Arc<Shared>,
    /// What each thread is at.
    desks: Vec<Arc<Desk>>,
    hire: Box<dyn Fn(Arc<Desk>) -> bool>,
    result: std::marker::PhantomData<T>,
}

/// Which pieces are to be taken.
#[derive(Default)]
struct Shared {
    pieces: Mutex<Pieces>,
    more: Condvar,
}

#[derive(Default)]
struct Pieces {
    next: usize,
    /// Pieces from here on are not to be begun yet.
    end: usize,
    /// Whether no more will come.
    closed: bool,
    /// How many threads wait for more: none need be woken where none does.
    waiting: usize,
}

/// What a thread is at.
#[derive(Default)]
struct Desk(Mutex<AtDesk>);

#[derive(Default)]
struct AtDesk {
    /// The piece and when it was begun; that moment is moved on by what was spent in waiting.
    piece: Option<(usize, Instant)>,
    /// Since when it waits for something that has a limit of its own.
    waiting: Option<Instant>,
    /// Whether nobody waits for it any more.
    given_up: bool,
}

thread_local! {
    /// The desk of this thread, where it works for a run.
    static OWN: RefCell<Option<Arc<Desk>>> = const { RefCell::new(None) };
}

/// Does something that takes long for a reason of its own and has its own limit, another program's work or the user's
/// typing: the time is not counted.
pub fn waiting<R>(work: impl FnOnce() -> R) -> R {
    let desk = OWN.with_borrow(Clone::clone);
    if let Some(desk) = &desk {
        locked(&desk.0).waiting = Some(Instant::now());
    }
    let result = work();
    if let Some(desk) = &desk {
        let mut at = locked(&desk.0);
        let since = at.waiting.take();
        if let (Some(since), Some((_, begun))) = (since, at.piece.as_mut()) {
            *begun += since.elapsed();
        }
    }
    result
}

/// A panic under a lock leaves nothing half done here.
fn locked<V>(mutex: &Mutex<V>) -> MutexGuard<'_, V> {
    mutex.lock().unwrap_or_else(|held| held.into_inner())
}

impl<T: Send + 'static> Workers<T> {
    /// Starts so many threads, which tell what they have done.
    pub fn start(
        threads: usize,
        sender: Sender<Event<T>>,
        work: impl Fn(usize) -> T + Send + Sync + 'static,
    ) -> Result<Workers<T>, Stop> {
        let shared = Arc::new(Shared::default());
        let (pieces, work) = (Arc::clone(&shared), Arc::new(work));
        let hire = move |desk: Arc<Desk>| {
            let (pieces, work, sender) = (Arc::clone(&pieces), Arc::clone(&work), sender.clone());
            let run = move || {
                OWN.set(Some(Arc::clone(&desk)));
                while let Some(piece) = pieces.take(&desk) {
                    let result = panic::catch_unwind(AssertUnwindSafe(|| work(piece))).ok();
                    // nobody listens any more when the run was stopped
                    let _ = sender.send(Event::Done(piece, result));
                }
            };
            thread::Builder::new().stack_size(STACK).spawn(run).is_ok()
        };
        let mut workers = Workers {
            shared,
            desks: Vec::new(),
            hire: Box::new(hire),
            result: std::marker::PhantomData,
        };
        for _ in 0..threads.max(1) {
            workers.add()?;
        }
        Ok(workers)
    }

    fn add(&mut self) -> Result<(), Stop> {
        let desk = Arc::new(Desk::default());
        if !(self.hire)(Arc::clone(&desk)) {
            return Err(Stop::Failed(
                "系统不允许再开线程。请用 --threads 1 再试。".to_owned(),
            ));
        }
        self.desks.push(desk);
        Ok(())
    }

    /// Pieces up to that number may be begun.
    pub fn allow(&self, end: usize) {
        let mut pieces = locked(&self.shared.pieces);
        if end > pieces.end {
            pieces.end = end;
            if pieces.waiting > 0 {
                self.shared.more.notify_all();
            }
        }
    }

    /// The pieces that have taken too long. Their threads are left to themselves, and others take their places.
    pub fn give_up(&mut self, patience: Duration) -> Result<Vec<usize>, Stop> {
        let mut late = Vec::new();
        self.desks.retain(|desk| match desk.late(patience) {
            Some(piece) => {
                late.push(piece);
                false
            }
            None => true,
        });
        for _ in &late {
            self.add()?;
        }
        Ok(late)
    }
}

impl<T> Drop for Workers<T> {
    fn drop(&mut self) {
        locked(&self.shared.pieces).closed = true;
        self.shared.more.notify_all();
    }
}

impl Shared {
    /// The next piece, when there is one; nothing where the thread is not needed any more.
    fn take(&self, desk: &Desk) -> Option<usize> {
        let mut at = locked(&desk.0);
        at.piece = None;
        if at.given_up {
            return None;
        }
        drop(at);
        let mut pieces = locked(&self.pieces);
        while !pieces.closed && pieces.next >= pieces.end {
            pieces.waiting += 1;
            pieces = self.more.wait(pieces).unwrap_or_else(|held| held.into_inner());
            pieces.waiting -= 1;
        }
        if pieces.closed {
            return None;
        }
        let piece = pieces.next;
        pieces.next += 1;
        drop(pieces);
        locked(&desk.0).piece = Some((piece, Instant::now()));
        Some(piece)
    }
}

impl Desk {
    /// The piece that the thread is at, where it has been for too long; it is then given up.
    fn late(&self, patience: Duration) -> Option<usize> {
        let mut at = locked(&self.0);
        let (piece, begun) = at.piece?;
        let is_late = at.waiting.is_none() && begun.elapsed() > patience;
        at.given_up = is_late;
        is_late.then_some(piece)
    }
}
