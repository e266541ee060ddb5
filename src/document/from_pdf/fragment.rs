//! A grid and the characters in it to a piece of a table, which may go on on the next page.

use super::frame::Frame;
use super::grid::{Grid, Mesh};
use super::lines::{Line, lines_of, text_of_cell};
use super::overflow::settle;
use super::page::Glyph;

/// A table, or what one page shows of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Fragment {
    /// The page on which each of its rows begins, from 1.
    pub pages: Vec<u32>,
    /// Where its columns part.
    pub xs: Vec<f64>,
    /// Where its rows part, on the page of the last piece.
    pub ys: Vec<f64>,
    pub cells: Vec<Piece>,
    /// Where the page's paper ends.
    pub paper: f64,
    /// Whether characters are drawn over others in its cells.
    pub is_overlaid: bool,
}

/// A cell, or what one page shows of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub row: usize,
    pub rows: usize,
    pub left: f64,
    pub right: f64,
    pub text: String,
    pub closed: (bool, bool),
    pub bounded: (bool, bool),
    /// Its characters, where it is open to the left or the right: the text may go on on a page beside this one.
    pub glyphs: Vec<Glyph>,
}

impl Fragment {
    pub(super) fn rows(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn top(&self) -> f64 {
        self.ys.first().copied().unwrap_or(0.0)
    }

    pub(super) fn bottom(&self) -> f64 {
        self.ys.last().copied().unwrap_or(0.0)
    }

    pub(super) fn left(&self) -> f64 {
        self.xs.first().copied().unwrap_or(0.0)
    }

    pub(super) fn width(&self) -> f64 {
        self.xs.last().copied().unwrap_or(0.0) - self.left()
    }

    /// Whether a place lies in it.
    pub(super) fn contains(&self, (x, y): (f64, f64)) -> bool {
        y > self.top() - 1.0
            && y < self.bottom() + 1.0
            && x > self.left() - 1.0
            && x < self.left() + self.width() + 1.0
    }
}

/// Takes the characters of a grid's cells out of a page's.
pub(super) fn fragment_of(grid: Grid, glyphs: &mut Vec<Glyph>, page: u32, paper: f64) -> Fragment {
    let rows = grid.ys.len() - 1;
    let columns = grid.xs.len() - 1;
    let mut owner = vec![0; rows * columns];
    for (at, mesh) in grid.cells.iter().enumerate() {
        for row in mesh.row..mesh.row + mesh.rows {
            owner[row * columns + mesh.column..row * columns + mesh.column + mesh.columns].fill(at);
        }
    }
    let mut fragment = Fragment {
        pages: vec![page; rows],
        xs: grid.xs,
        ys: grid.ys,
        cells: Vec::new(),
        paper,
        is_overlaid: false,
    };
    let mut inside: Vec<Vec<Glyph>> = vec![Vec::new(); grid.cells.len()];
    let gap = |places: &[f64], place: f64| {
        let after = places.partition_point(|stop| *stop <= place);
        after.saturating_sub(1).min(places.len() - 2)
    };
    let cell_at = |(x, y): (f64, f64)| owner[gap(&fragment.ys, y) * columns + gap(&fragment.xs, x)];
    let mut outside = Vec::new();
    for glyph in glyphs.drain(..) {
        let framed = glyph.frame.filter(|frame| {
            let mesh = &grid.cells[cell_at(frame.middle())];
            fragment.contains(frame.middle()) && holds(mesh, &fragment, frame)
        });
        match framed {
            // what does not fit into its cell stands there all the same
            Some(frame) => inside[cell_at(frame.middle())].push(glyph),
            None if !glyph.seen => {}
            None if fragment.contains(glyph.middle()) => inside[cell_at(glyph.middle())].push(glyph),
            None => outside.push(glyph),
        }
    }
    *glyphs = outside;
    settle(&mut inside, &grid.cells);
    let mut is_overlaid = false;
    let pieces = grid.cells.iter().zip(inside).map(|(mesh, inside)| {
        let is_open = mesh.closed != (true, true);
        let glyphs = if is_open { inside.clone() } else { Vec::new() };
        let lines = lines_of(inside);
        is_overlaid |= lines.iter().any(|line| line.overlaid > 0);
        Piece {
            glyphs,
            ..piece(mesh, &lines, &fragment.xs)
        }
    });
    fragment.cells = pieces.collect();
    fragment.is_overlaid = is_overlaid;
    fragment
}

/// Whether a box is drawn for a cell and no other.
fn holds(mesh: &Mesh, fragment: &Fragment, frame: &Frame) -> bool {
    let (xs, ys) = (&fragment.xs, &fragment.ys);
    frame.left >= xs[mesh.column] - SLACK
        && frame.right <= xs[mesh.column + mesh.columns] + SLACK
        && frame.top >= ys[mesh.row] - SLACK
        && frame.bottom <= ys[mesh.row + mesh.rows] + SLACK
}

/// How far a cell's box may reach over its lines.
const SLACK: f64 = 3.0;

fn piece(mesh: &Mesh, lines: &[Line], xs: &[f64]) -> Piece {
    let (left, right) = (xs[mesh.column], xs[mesh.column + mesh.columns]);
    Piece {
        row: mesh.row,
        rows: mesh.rows,
        left,
        right,
        text: text_of_cell(lines, right - left),
        closed: mesh.closed,
        bounded: mesh.bounded,
        glyphs: Vec::new(),
    }
}
