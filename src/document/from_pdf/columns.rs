//! Lines of a page to reading order and tables without ruling: two columns of text, rows of aligned words.

use super::fragment::{Fragment, Piece};
use super::lines::{Line, lines_of};
use super::page::Glyph;
use super::prose::measure;

/// So many lines beside each other are two columns.
const FEWEST_LINES: usize = 6;
/// A column of text is so wide, in characters.
const NARROWEST: f64 = 9.0;
/// So many rows of aligned words are a table.
const FEWEST_ROWS: usize = 3;

/// The lines of a page's characters; where they are set in two columns, those of the left one come first.
pub(super) fn ordered(glyphs: Vec<Glyph>) -> Vec<Line> {
    let lines = lines_of(glyphs.clone());
    let Some((middle, top, bottom)) = gutter(&lines) else {
        return lines;
    };
    let side = |right: bool| -> Vec<Line> {
        let own = glyphs.iter().filter(|glyph| {
            (glyph.middle().0 > middle) == right
                && glyph.y > top - glyph.size
                && glyph.y < bottom + glyph.size * 0.5
        });
        let mut lines = lines_of(own.cloned().collect());
        let own = measure(lines.iter());
        for line in &mut lines {
            line.measure = Some(own);
        }
        lines
    };
    let mut found: Vec<Line> = lines
        .iter()
        .filter(|line| line.y < top - line.size * 0.5)
        .cloned()
        .collect();
    found.extend(side(false));
    found.extend(side(true));
    found.extend(lines.into_iter().filter(|line| line.y > bottom + line.size * 0.4));
    found
}

/// Where two columns part, and from where to where on the page.
fn gutter(lines: &[Line]) -> Option<(f64, f64, f64)> {
    let gap = |line: &Line| match line.parts.as_slice() {
        [left, right] => Some((left.right, right.left)),
        _ => None,
    };
    let parted: Vec<&Line> = lines.iter().filter(|line| gap(line).is_some()).collect();
    if parted.len() < FEWEST_LINES {
        return None;
    }
    let middles = parted
        .iter()
        .filter_map(|line| gap(line).map(|(left, right)| (left + right) / 2.0));
    let mut middles: Vec<f64> = middles.collect();
    middles.sort_by(f64::total_cmp);
    let middle = middles[middles.len() / 2];
    let crosses = |line: &Line| {
        line.parts
            .iter()
            .any(|part| part.left < middle - 1.0 && part.right > middle + 1.0)
    };
    // the longest run of lines that leave the middle free
    let run = lines.split(crosses).max_by_key(|run| run.len())?;
    let both: Vec<&Line> = run.iter().filter(|line| gap(line).is_some()).collect();
    let wide =
        |of: fn(&Line) -> f64| both.iter().map(|line| of(line) / line.size).sum::<f64>() / both.len() as f64;
    let is_text = both.len() >= FEWEST_LINES
        && wide(|line| line.parts[0].right - line.parts[0].left) > NARROWEST
        && wide(|line| line.parts[1].right - line.parts[1].left) > NARROWEST;
    is_text.then(|| (middle, run[0].y, run[run.len() - 1].y))
}

/// The end of the rows of aligned words that begin at `start`, and their table: every row has a word in every column.
pub(super) fn aligned(lines: &[Line], start: usize, page: u32, paper: f64) -> Option<(usize, Fragment)> {
    let count = lines[start].parts.len();
    if count < 3 {
        return None;
    }
    let mut bounds: Vec<(f64, f64)> = lines[start]
        .parts
        .iter()
        .map(|part| (part.left, part.right))
        .collect();
    let mut end = start + 1;
    while end < lines.len() && lines[end].parts.len() == count {
        let wider: Vec<(f64, f64)> = bounds
            .iter()
            .zip(&lines[end].parts)
            .map(|(bound, part)| (bound.0.min(part.left), bound.1.max(part.right)))
            .collect();
        let near = lines[end].y - lines[end - 1].y < 4.0 * lines[end].size && lines[end].y > lines[end - 1].y;
        if !near || wider.windows(2).any(|pair| pair[0].1 > pair[1].0) {
            break;
        }
        bounds = wider;
        end += 1;
    }
    if end - start < FEWEST_ROWS {
        return None;
    }
    let mut xs = vec![bounds[0].0];
    xs.extend(bounds.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0));
    xs.push(bounds[count - 1].1);
    let mut ys: Vec<f64> = lines[start..end].iter().map(|line| line.y - line.size).collect();
    ys.push(lines[end - 1].y);
    let cells = lines[start..end].iter().enumerate().flat_map(|(row, line)| {
        let xs = &xs;
        line.parts.iter().enumerate().map(move |(column, part)| Piece {
            row,
            rows: 1,
            left: xs[column],
            right: xs[column + 1],
            text: part.text.clone(),
            closed: (true, true),
            bounded: (true, true),
            glyphs: Vec::new(),
        })
    });
    let fragment = Fragment {
        pages: vec![page; end - start],
        cells: cells.collect(),
        xs: xs.clone(),
        ys,
        paper,
        is_overlaid: false,
    };
    Some((end, fragment))
}
