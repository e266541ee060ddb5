//! Ruling lines to grids: which lines make one table, where its columns and rows begin, which cells are merged.

use super::page::{Page, Rule};

/// Lines that are nearer than this are one.
pub(super) const NEAR: f64 = 2.5;
/// Lines that end so near to another meet it.
const TOUCH: f64 = 3.0;
/// An edge is there when so much of it is drawn.
const DRAWN: f64 = 0.6;
/// More lines than this, each as long as it goes, are a drawing.
const MOST_LINES: usize = 4_000;
/// More meshes than this are no table of a page.
const MOST_MESHES: usize = 100_000;

/// A table's lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Where its columns part, ascending.
    pub xs: Vec<f64>,
    /// Where its rows part, ascending.
    pub ys: Vec<f64>,
    /// Its cells in reading order.
    pub cells: Vec<Mesh>,
}

/// A cell of a grid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Mesh {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    /// Whether a line ends it on the left and on the right.
    pub closed: (bool, bool),
    /// Whether a line ends it above and below.
    pub bounded: (bool, bool),
}

/// The tables of a page from top to bottom; none where there are too many lines to tell.
pub(super) fn grids(page: &Page) -> Option<Vec<Grid>> {
    let across = merged(&page.across);
    let down = merged(&page.down);
    if across.len() > MOST_LINES || down.len() > MOST_LINES {
        return None;
    }
    let mut found: Vec<Grid> = components(&across, &down)
        .into_iter()
        .filter_map(|(across, down)| grid(&across, &down))
        .collect();
    found.sort_by(|a, b| a.ys[0].total_cmp(&b.ys[0]));
    Some(outermost(found))
}

/// Pieces of one line joined: exporters draw each cell's edge of its own.
fn merged(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut lines: Vec<Rule> = Vec::new();
    let mut start = 0;
    for end in 1..=sorted.len() {
        if end < sorted.len()
            && sorted[end].at - sorted[end - 1].at < 1.0
            && sorted[end].at - sorted[start].at < NEAR
        {
            continue;
        }
        let together = &mut sorted[start..end];
        together.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = lines.len();
        for piece in together.iter() {
            match lines[first..].last_mut() {
                Some(line) if piece.from <= line.to + TOUCH => line.to = line.to.max(piece.to),
                _ => lines.push(*piece),
            }
        }
        start = end;
    }
    lines
}

/// Lines that meet, directly or by others.
fn components(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut sets = Sets::new(across.len() + down.len());
    for (v, upright) in down.iter().enumerate() {
        let first = across.partition_point(|level| level.at < upright.from - TOUCH);
        let levels = across[first..]
            .iter()
            .enumerate()
            .take_while(|(_, level)| level.at <= upright.to + TOUCH);
        for (h, level) in levels {
            if upright.at >= level.from - TOUCH && upright.at <= level.to + TOUCH {
                sets.join(first + h, across.len() + v);
            }
        }
    }
    let mut found: Vec<(Vec<Rule>, Vec<Rule>)> = vec![Default::default(); across.len() + down.len()];
    for (h, level) in across.iter().enumerate() {
        found[sets.root(h)].0.push(*level);
    }
    for (v, upright) in down.iter().enumerate() {
        found[sets.root(across.len() + v)].1.push(*upright);
    }
    found.retain(|(across, down)| across.len() >= 2 && !down.is_empty());
    found
}

fn grid(across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let xs = clusters(down.iter().map(|rule| rule.at), ends_of(across));
    let ys = clusters(across.iter().map(|rule| rule.at), ends_of(down));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns * rows < 2 || columns * rows > MOST_MESHES {
        return None;
    }
    // edge (c, r) stands left of column c, edge (r, c) above row r
    let uprights = edges(down, &xs, &ys);
    let levels = edges(across, &ys, &xs);
    let mut sets = Sets::new(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            if column > 0 && !uprights[column * rows + row] {
                sets.join(at - 1, at);
            }
            if row > 0 && !levels[row * columns + column] {
                sets.join(at - columns, at);
            }
        }
    }
    let mut cells = meshes(&mut sets, columns, rows);
    for cell in &mut cells {
        let (end, below) = (cell.column + cell.columns, cell.row + cell.rows);
        cell.closed = (
            uprights[cell.column * rows + cell.row],
            uprights[end * rows + cell.row],
        );
        cell.bounded = (
            levels[cell.row * columns + cell.column],
            levels[below * columns + cell.column],
        );
    }
    (cells.len() >= 2).then_some(Grid { xs, ys, cells })
}

/// The outer ends of lines: a table may be open at its sides.
fn ends_of(rules: &[Rule]) -> [f64; 2] {
    let least = rules.iter().map(|rule| rule.from).fold(f64::INFINITY, f64::min);
    let most = rules.iter().map(|rule| rule.to).fold(f64::NEG_INFINITY, f64::max);
    [least, most]
}

/// Places that lie near together as one each, and the outer ends where nothing lies near them.
fn clusters(places: impl Iterator<Item = f64>, ends: [f64; 2]) -> Vec<f64> {
    let mut sorted: Vec<f64> = places.collect();
    sorted.sort_by(f64::total_cmp);
    let (first, last) = (sorted.first().copied(), sorted.last().copied());
    if first.is_some_and(|first| ends[0] < first - TOUCH * 2.0) {
        sorted.insert(0, ends[0]);
    }
    if last.is_some_and(|last| ends[1] > last + TOUCH * 2.0) {
        sorted.push(ends[1]);
    }
    parted(&sorted)
}

/// Ascending places, each cluster by its middle.
pub(super) fn parted(sorted: &[f64]) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    let mut start = 0;
    for end in 1..=sorted.len() {
        if end == sorted.len() || sorted[end] - sorted[end - 1] > NEAR {
            found.push((sorted[start] + sorted[end - 1]) / 2.0);
            start = end;
        }
    }
    found
}

/// For each of `ats` and each gap between two `stops` whether a line is drawn there.
fn edges(rules: &[Rule], ats: &[f64], stops: &[f64]) -> Vec<bool> {
    let gaps = stops.len() - 1;
    let mut drawn = vec![0.0; ats.len() * gaps];
    for rule in rules {
        let near =
            (0..ats.len()).min_by(|a, b| (ats[*a] - rule.at).abs().total_cmp(&(ats[*b] - rule.at).abs()));
        let Some(near) = near else { continue };
        let first = stops.partition_point(|stop| *stop <= rule.from).saturating_sub(1);
        for gap in first..gaps {
            if stops[gap] > rule.to {
                break;
            }
            let length = rule.to.min(stops[gap + 1]) - rule.from.max(stops[gap]);
            drawn[near * gaps + gap] += length.max(0.0);
        }
    }
    let is_drawn = |(at, length): (usize, f64)| {
        let gap = at % gaps;
        length >= (stops[gap + 1] - stops[gap]) * DRAWN
    };
    drawn.into_iter().enumerate().map(is_drawn).collect()
}

/// Sets of meshes to cells. A set that is no rectangle falls into one cell a row.
fn meshes(sets: &mut Sets, columns: usize, rows: usize) -> Vec<Mesh> {
    let mut bounds: Vec<Option<(Mesh, usize)>> = vec![None; columns * rows];
    for row in 0..rows {
        for column in 0..columns {
            let (mesh, count) = bounds[sets.root(row * columns + column)].get_or_insert((
                Mesh {
                    row,
                    column,
                    rows: 1,
                    columns: 1,
                    ..Mesh::default()
                },
                0,
            ));
            let end = (mesh.column + mesh.columns).max(column + 1);
            mesh.column = mesh.column.min(column);
            mesh.columns = end - mesh.column;
            mesh.rows = row + 1 - mesh.row;
            *count += 1;
        }
    }
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let root = sets.root(at);
            match bounds[root] {
                Some((mesh, count)) if mesh.rows * mesh.columns == count => {
                    if (mesh.row, mesh.column) == (row, column) {
                        cells.push(mesh);
                    }
                }
                _ if column > 0 && sets.root(at - 1) == root => {
                    if let Some(last) = cells.last_mut() {
                        last.columns += 1;
                    }
                }
                _ => cells.push(Mesh {
                    row,
                    column,
                    rows: 1,
                    columns: 1,
                    ..Mesh::default()
                }),
            }
        }
    }
    cells
}

/// Without grids that lie inside another: a box in a cell.
fn outermost(grids: Vec<Grid>) -> Vec<Grid> {
    let bounds = |grid: &Grid| {
        let last = |places: &[f64]| places.last().copied().unwrap_or(0.0);
        (grid.xs[0], grid.ys[0], last(&grid.xs), last(&grid.ys))
    };
    let all: Vec<_> = grids.iter().map(bounds).collect();
    let inside = |at: usize| {
        let (left, top, right, bottom) = all[at];
        all.iter().enumerate().any(|(other, outer)| {
            other != at
                && outer.0 <= left + NEAR
                && outer.1 <= top + NEAR
                && outer.2 >= right - NEAR
                && outer.3 >= bottom - NEAR
                && (outer.2 - outer.0) * (outer.3 - outer.1) > (right - left) * (bottom - top)
        })
    };
    let keep: Vec<bool> = (0..grids.len().min(200)).map(|at| !inside(at)).collect();
    let kept = grids.into_iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(grid, _)| grid).collect()
}

/// Sets that are joined step by step.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Sets {
        Sets((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
