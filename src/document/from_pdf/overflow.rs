//! Lines that ran over the edge of their cell back to it: sheets print what does not fit into a cell over the next one.

use super::grid::Mesh;
use super::page::Glyph;

/// Lines of one text stand so far below one another, in characters.
const PITCH: std::ops::Range<f64> = 0.9..2.2;
/// Lines of one text begin, end or have their middle within this.
const SHIFT: f64 = 1.0;
/// Characters whose baselines are nearer than this, in characters, stand over one another.
const OVER: f64 = 0.8;

/// Characters of one baseline that are drawn one after the other.
struct Run {
    mesh: usize,
    glyphs: Vec<Glyph>,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// Moves lines to the cells that they began in. The order in which they are drawn tells: a cell is drawn line by line.
/// Nothing is moved where no text stands over another.
pub(super) fn settle(inside: &mut [Vec<Glyph>], cells: &[Mesh]) {
    if !inside.iter().any(|glyphs| is_crowded(glyphs)) {
        return;
    }
    let mut runs = runs(inside);
    let over: Vec<bool> = (0..runs.len()).map(|at| stands_over(&runs, at)).collect();
    for at in 1..runs.len() {
        let (before, after) = runs.split_at_mut(at);
        let (first, next) = (&before[at - 1], &mut after[0]);
        let elsewhere = cells[first.mesh].column != cells[next.mesh].column;
        if first.mesh != next.mesh && (over[at] || elsewhere) && goes_on(first, next) {
            next.mesh = first.mesh;
        }
    }
    inside.iter_mut().for_each(Vec::clear);
    for run in runs {
        inside[run.mesh].extend(run.glyphs);
    }
}

/// Whether two lines of a cell stand over one another.
fn is_crowded(glyphs: &[Glyph]) -> bool {
    let mut ys: Vec<(f64, f64)> = glyphs.iter().map(|glyph| (glyph.y, glyph.size)).collect();
    ys.sort_by(|a, b| a.0.total_cmp(&b.0));
    ys.windows(2)
        .any(|pair| (0.05 * pair[0].1..OVER * pair[0].1).contains(&(pair[1].0 - pair[0].0)))
}

/// The characters of all cells in the order in which they are drawn.
fn runs(inside: &[Vec<Glyph>]) -> Vec<Run> {
    let owned = inside.iter().enumerate();
    let mut glyphs: Vec<(usize, &Glyph)> = owned
        .flat_map(|(mesh, glyphs)| glyphs.iter().map(move |glyph| (mesh, glyph)))
        .collect();
    glyphs.sort_by_key(|(_, glyph)| glyph.order);
    let mut runs: Vec<Run> = Vec::new();
    for (mesh, glyph) in glyphs {
        match runs.last_mut() {
            Some(run)
                if run.mesh == mesh
                    && (run.y - glyph.y).abs() < 0.05 * run.size
                    && (-0.5..1.5).contains(&((glyph.left - run.right) / run.size)) =>
            {
                run.right = run.right.max(glyph.right);
                run.glyphs.push(glyph.clone());
            }
            _ => runs.push(Run {
                mesh,
                left: glyph.left,
                right: glyph.right,
                y: glyph.y,
                size: glyph.size.max(1.0),
                glyphs: vec![glyph.clone()],
            }),
        }
    }
    runs
}

/// More lines than this of one cell are not held against one another.
const MOST: usize = 200;

/// Whether another text of the same cell stands over a run.
fn stands_over(runs: &[Run], at: usize) -> bool {
    let own = &runs[at];
    let near = at.saturating_sub(MOST)..(at + MOST).min(runs.len());
    runs[near.clone()].iter().zip(near).any(|(other, number)| {
        number != at
            && other.mesh == own.mesh
            && other.left < own.right
            && own.left < other.right
            && (other.y - own.y).abs() < OVER * own.size
    })
}

/// Whether a run is the next line of the text that was drawn before it.
fn goes_on(first: &Run, next: &Run) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < SHIFT;
    PITCH.contains(&((next.y - first.y) / first.size))
        && near(first.size, next.size)
        && (near(first.left, next.left)
            || near(first.right, next.right)
            || near(first.left + first.right, next.left + next.right))
}
