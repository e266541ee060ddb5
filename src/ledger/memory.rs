//! What a judgement read of the numbers that a correction may replace, so that it need not be made again where it would
//! come out the same.

use std::cell::{Cell, RefCell};

/// The judgements of a run in their order, and what each of them read.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Whether anything is noted at all.
    noting: bool,
    /// The cells that were read without a correction, by where they begin in the view: of all judgements in turn.
    reads: RefCell<Vec<u32>>,
    /// Whether the judgement that is being made rests on more than such cells.
    open: Cell<bool>,
    made: Vec<Made>,
    /// Which of them comes next, where they are gone through again.
    next: usize,
}

/// A judgement that was made.
#[derive(Clone, Copy, Debug)]
struct Made {
    /// Where its reads end; they begin where those of the one before end.
    reads: usize,
    /// Whether nothing was told, and no more than its reads can change that.
    settled: bool,
}

impl Memory {
    /// Begins to note what is judged.
    pub fn begin(&mut self) {
        *self = Memory {
            noting: true,
            ..Memory::default()
        };
    }

    /// Begins to go through the same judgements again.
    pub fn again(&mut self) {
        (self.noting, self.next) = (false, 0);
    }

    /// Notes that a cell was read as it is printed.
    pub fn read(&self, cell: u32) {
        if self.noting {
            self.reads.borrow_mut().push(cell);
        }
    }

    /// Notes that the judgement rests on what was told before, or on a correction.
    pub fn rests_on_more(&self) {
        self.open.set(true);
    }

    /// Notes a judgement that was made, and whether anything was told of it.
    pub fn made(&mut self, told: bool) {
        if self.noting {
            let reads = self.reads.get_mut().len();
            let open = self.open.replace(false);
            let settled = !told && !open;
            self.made.push(Made { reads, settled });
        }
    }

    /// Whether the next judgement would tell nothing once more, since none of the cells that it read is replaced.
    pub fn is_settled(&mut self, is_replaced: impl Fn(u32) -> bool) -> bool {
        if self.noting {
            return false;
        }
        let at = self.next;
        self.next += 1;
        let Some(made) = self.made.get(at) else {
            return false;
        };
        let from = at.checked_sub(1).map_or(0, |before| self.made[before].reads);
        let reads = &self.reads.get_mut()[from..made.reads];
        made.settled && !reads.iter().any(|cell| is_replaced(*cell))
    }
}
