//! The headings, cells and forms that begin before a number, counted while the numbers are gone through.

use super::roles::Told;
use super::{Heading, Role};
use std::cell::OnceCell;
use std::ops::Range;

/// How much of what stands in the order of the text begins at a number or before it.
#[derive(Default)]
pub struct Passed {
    /// Headings.
    pub headings: usize,
    /// Cells that give a role.
    pub cells: usize,
    /// Forms.
    pub forms: usize,
    /// What the headings above say, once that was asked for.
    pub told: OnceCell<Option<Told>>,
}

impl Passed {
    /// Moves on to a number, which stands behind the one before.
    pub fn move_to(
        &mut self,
        at: u32,
        outline: &[Heading],
        cells: &[(Range<u32>, Role)],
        forms: &[Range<u32>],
    ) {
        while outline
            .get(self.headings)
            .is_some_and(|heading| heading.range.start <= at)
        {
            self.headings += 1;
            self.told.take();
        }
        while cells.get(self.cells).is_some_and(|(range, _)| range.start <= at) {
            self.cells += 1;
        }
        while forms.get(self.forms).is_some_and(|form| form.start <= at) {
            self.forms += 1;
        }
    }
}
