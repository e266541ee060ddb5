//! Lines with `|` or with wide gaps to rows of cells.

use super::layout::RowPiece;
use super::lines::{Line, trim};
use crate::words::may_hold_gap;
use std::ops::Range;

/// Rows that stand together.
pub(super) struct Rows {
    /// The lines that they take.
    pub lines: Range<usize>,
    /// The rows, without the ruling of a Markdown table.
    pub rows: Vec<RowPiece>,
    /// Whether all rows print all columns.
    pub grid: bool,
}

/// The rows that begin at a line, if it begins any.
pub(super) fn rows_at(lines: &[Line], start: usize) -> Option<Rows> {
    piped(lines, start).or_else(|| spaced(lines, start))
}

fn piped(lines: &[Line], start: usize) -> Option<Rows> {
    let is_row = |line: &Line| line.is_piped;
    if !is_row(lines.get(start)?) {
        return None;
    }
    // A caption or a page line may stand inside a table; prose may not.
    let mut end = start;
    while end < lines.len() && is_row(&lines[end]) {
        end += 1;
    }
    let lead = lines[start..end].iter().all(|line| line.text.starts_with('|'));
    let tail = lines[start..end].iter().all(|line| line.text.ends_with('|'));
    let rows: Vec<RowPiece> = lines[start..end]
        .iter()
        .filter(|line| !is_ruling(line.text))
        .map(|line| RowPiece {
            line: line.range.clone(),
            cells: cells_by_pipe(line, lead, tail),
        })
        .collect();
    let width = rows.first().map_or(0, |row| row.cells.len());
    let grid = width >= 2 && rows.iter().all(|row| row.cells.len() == width);
    let several = rows.len() >= 2 && rows.iter().any(|row| row.cells.len() >= 2);
    (several || rows.iter().any(|row| row.cells.len() >= 3)).then_some(Rows {
        lines: start..end,
        rows,
        grid,
    })
}

/// | --- | :-: |
fn is_ruling(text: &str) -> bool {
    text.contains("--") && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells between the pipes; `\|` is a character of a cell.
fn cells_by_pipe(line: &Line, lead: bool, tail: bool) -> Vec<Range<usize>> {
    let mut inner = 0..line.text.len();
    inner.start += usize::from(lead && line.text.starts_with('|'));
    if tail && line.text.ends_with('|') && inner.end > inner.start {
        inner.end -= 1;
    }
    let bytes = line.text.as_bytes();
    let mut cells = Vec::new();
    let mut start = inner.start;
    for at in memchr::memchr_iter(b'|', &bytes[inner.clone()]).map(|at| at + inner.start) {
        if at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        cells.push(start..at);
        start = at + 1;
    }
    cells.push(start..inner.end);
    cells.into_iter().map(|cell| trimmed(line, cell)).collect()
}

/// Without blanks and Markdown emphasis; an empty cell stands after its first blank.
fn trimmed(line: &Line, cell: Range<usize>) -> Range<usize> {
    let whole = &line.text[cell.clone()];
    let mut text = trim(whole);
    let bold = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    text = bold.unwrap_or(text);
    let from = line.range.start + cell.start;
    if text.is_empty() {
        let at = from + usize::from(whole.starts_with(' '));
        return at..at;
    }
    let lead = text.as_ptr() as usize - whole.as_ptr() as usize;
    from + lead..from + lead + text.len()
}

/// Columns parted by two or more blanks or by tabs, three rows or more.
fn spaced(lines: &[Line], start: usize) -> Option<Rows> {
    let mut rows = Vec::new();
    let mut widest = 0;
    for line in &lines[start..] {
        let cells = cells_by_gap(line);
        if cells.len() < 2 {
            break;
        }
        widest = widest.max(cells.len());
        rows.push(RowPiece {
            line: line.range.clone(),
            cells,
        });
    }
    let lines = start..start + rows.len();
    (rows.len() >= 3 && widest >= 3).then_some(Rows {
        lines,
        rows,
        grid: false,
    })
}

fn cells_by_gap(line: &Line) -> Vec<Range<usize>> {
    // Most lines hold no wide gap at all.
    if !may_hold_gap(line.text) {
        return Vec::new();
    }
    let mut cells = Vec::with_capacity(8);
    let mut start = 0;
    let mut blanks = 0;
    let mut blank_from = 0;
    for (at, c) in line.text.char_indices() {
        if c.is_whitespace() {
            if blanks == 0 {
                blank_from = at;
            }
            blanks += if matches!(c, '\t' | '\u{3000}') { 2 } else { 1 };
            continue;
        }
        if blanks >= 2 {
            cells.push(start..blank_from);
            start = at;
        }
        blanks = 0;
    }
    cells.push(start..line.text.len());
    let from = line.range.start;
    cells
        .into_iter()
        .map(|cell| from + cell.start..from + cell.end)
        .collect()
}
