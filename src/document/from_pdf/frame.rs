//! Boxes on a page that characters are drawn in.

use hayro_interpret::kurbo::Point;

/// A box on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// The box between two corners.
pub(super) fn framed([a, b]: [Point; 2]) -> Frame {
    Frame {
        left: a.x.min(b.x),
        top: a.y.min(b.y),
        right: a.x.max(b.x),
        bottom: a.y.max(b.y),
    }
}

impl Frame {
    /// Whether a place lies in it.
    pub(super) fn shows(&self, (x, y): (f64, f64)) -> bool {
        x >= self.left - 1.0 && x <= self.right + 1.0 && y >= self.top - 1.0 && y <= self.bottom + 1.0
    }

    /// Its middle.
    pub(super) fn middle(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }
}
