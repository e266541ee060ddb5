//! Paragraphs that are one cell each, or rows parted by blanks, to the parts of a form.

use super::kind;
use super::lay::{is_doubtful, lay};
use super::pieces::{Piece, is_figure};
use super::sections::{Head, Part, Raw, Row, Section, header, is_label, laid, open};
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, column_of, unit_in};
use std::ops::Range;

/// The parts of a form that is poured out cell by cell in reading order; nothing where the order is lost.
pub(super) fn of_blocks(document: &Document) -> Option<(Vec<Section<'_>>, Range<u32>)> {
    let (cells, runs, by_line) = cells_and_runs(document)?;
    let mut sections = Vec::new();
    let keys_until = runs[0].cells.start;
    let near = keys_until.saturating_sub(20)..keys_until;
    let title = near.clone().rev().find(|at| kind::is_title(&cells[*at].text));
    let keys_from = title.map_or(near.start, |title| title + 1);
    let mut keys = Section::new(Part::Keys, Vec::new(), None, false);
    keys.rows.push(Row {
        raw: cells[keys_from..keys_until]
            .iter()
            .map(|cell| cell.piece.clone())
            .collect(),
        ..Row::default()
    });
    sections.push(keys);
    for (at, run) in runs.iter().enumerate() {
        let until = runs.get(at + 1).map_or(cells.len(), |next| next.cells.start);
        let above = &cells[run.cells.start.saturating_sub(3)..run.cells.end];
        let unit = above.iter().rev().find_map(|piece| unit_in(&piece.text));
        open(
            &mut sections,
            run.part,
            run.heads.clone(),
            unit.map(str::to_owned),
            false,
        );
        if let Some(section) = sections.last_mut() {
            let own = &cells[run.cells.end..until];
            match by_line {
                true => fill_by_line(section, own),
                false => fill(section, own, at + 1 == runs.len()),
            }
        }
    }
    let start = runs[0].cells.start;
    let range = cells[start].range.start..cells.last()?.range.end;
    Some((sections, range))
}

/// The cells, the runs of header words among them, and whether a line of the text is a row of the form.
fn cells_and_runs(document: &Document) -> Option<(Vec<Cell<'_>>, Vec<Run>, bool)> {
    let cells = cells_of(document, false);
    let runs = header_runs(&cells);
    let found = runs
        .iter()
        .find(|run| run.part == Part::Indicators && in_order(&run.heads))?;
    let header = &cells[found.cells.clone()];
    // All header words on one line, and lines behind it: columns are parted by single blanks.
    let line = header.last()?.line;
    let same = header.iter().filter(|cell| cell.line == line).count();
    let lines = cells.last()?.line.saturating_sub(line);
    if same * 2 < header.len() || lines < 3 {
        return Some((cells, runs, false));
    }
    let cells = cells_of(document, true);
    let runs = header_runs(&cells);
    let still = runs
        .iter()
        .any(|run| run.part == Part::Indicators && in_order(&run.heads));
    still.then_some((cells, runs, true))
}

/// Whether a header is whole and in the order in which forms print it: else the text was poured out in disorder.
fn in_order(heads: &[Head]) -> bool {
    use Column::{Actual, First, Name, Score, Second, Target};
    let at = |column: Column| heads.iter().position(|head| head.column == column);
    let places: Vec<usize> = [First, Second, Name].into_iter().filter_map(at).collect();
    let named = at(Name).is_some() && at(Target).is_some();
    let valued = at(Score).is_none() || at(Actual).is_some();
    named
        && valued
        && places.is_sorted()
        && at(Name) < at(Target)
        && at(Actual).is_none_or(|actual| Some(actual) > at(Name))
}

/// A cell with the number of its paragraph.
#[derive(Clone)]
struct Cell<'d> {
    piece: Piece<'d>,
    line: usize,
}

impl<'d> std::ops::Deref for Cell<'d> {
    type Target = Piece<'d>;

    fn deref(&self) -> &Piece<'d> {
        &self.piece
    }
}

/// The rows of a part whose lines are rows.
fn fill_by_line<'d>(section: &mut Section<'d>, cells: &[Cell<'d>]) {
    for line in cells.chunk_by(|a, b| a.line == b.line) {
        let raw = Raw {
            cells: line.iter().map(|cell| (0, cell.piece.clone())).collect(),
            grid: false,
            last: false,
        };
        let row = match section.part {
            Part::Goal | Part::Keys => Row {
                raw: line.iter().map(|cell| cell.piece.clone()).collect(),
                ..Row::default()
            },
            _ => laid(section, raw),
        };
        section.rows.push(row);
    }
    if let Some(last) = section.rows.last_mut() {
        last.whole = false;
    }
}

/// A run of header words among the cells.
struct Run {
    part: Part,
    heads: Vec<Head>,
    cells: Range<usize>,
}

fn header_runs(cells: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        if cells[at].column().is_none() {
            at += 1;
            continue;
        }
        let end = (at..cells.len())
            .find(|next| cells[*next].column().is_none())
            .unwrap_or(cells.len());
        for part in parts_of(at, &cells[at..end]) {
            let numbered: Vec<(u32, Piece)> = cells[part.clone()]
                .iter()
                .enumerate()
                .map(|(index, cell)| (index as u32, cell.piece.clone()))
                .collect();
            if let Some((kind, heads)) = header(&numbered) {
                runs.push(Run {
                    part: kind,
                    heads: without_caption(kind, heads),
                    cells: part,
                });
            }
        }
        at = end;
    }
    runs
}

/// 年度总体目标完成情况 over 预期目标 | 实际完成情况 is a caption: what stands first below is the goal.
fn without_caption(part: Part, mut heads: Vec<Head>) -> Vec<Head> {
    let done = |head: &Head| head.column == Column::Done;
    if part == Part::Goal && heads.iter().filter(|head| done(head)).count() > 1 && done(&heads[0]) {
        heads.remove(0);
    }
    heads
}

/// Header words of two parts that touch are parted at the label of the second: …得分 | 年度总体目标 预期目标.
fn parts_of(start: usize, words: &[Cell]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 1..words.len() {
        if is_label(&words[at]) && !is_label(&words[at - 1]) {
            parts.push(start + from..start + at);
            from = at;
        }
    }
    parts.push(start + from..start + words.len());
    parts
}

/// The cells of a part to its rows.
fn fill<'d>(section: &mut Section<'d>, cells: &[Cell<'d>], last: bool) {
    let columns: Vec<Column> = section.heads.iter().map(|head| head.column).collect();
    let cells: Vec<Piece> = cells
        .iter()
        .filter(|cell| !is_label(cell))
        .map(|cell| cell.piece.clone())
        .collect();
    if section.part == Part::Goal {
        let filled = cells.into_iter().filter(|piece| !piece.is_empty());
        section.rows = filled
            .map(|piece| Row {
                raw: vec![piece],
                ..Row::default()
            })
            .collect();
        return;
    }
    let ends = cells
        .iter()
        .position(|piece| section.part == Part::Indicators && super::totals::ends_rows(&piece.text));
    let (own, rest) = cells.split_at(ends.unwrap_or(cells.len()));
    let mut rows: Vec<Row> = Vec::new();
    for (piece, place) in own.iter().zip(lay(own, &columns)) {
        if place.row >= rows.len() {
            rows.push(Row {
                cells: vec![None; columns.len()],
                ..Row::default()
            });
        }
        if let Some(row) = rows.last_mut() {
            row.cells[place.column] = Some(piece.clone());
            row.raw.push(piece.clone());
        }
    }
    let count = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        row.whole = at + 1 < count || !rest.is_empty() || !last;
        row.doubtful = is_doubtful(&row.cells, &columns);
    }
    tell_twice_named(&mut rows, &columns);
    section.rows = rows;
    section.rows.extend(tail(rest));
}

/// A name that stands twice, one behind the other, is the beginning of the first row's actual value: the second row is
/// none, and what the first one lacks is not known to be missing.
fn tell_twice_named(rows: &mut [Row], columns: &[Column]) {
    let place = |column: Column| columns.iter().position(|found| *found == column);
    let (Some(name), Some(actual)) = (place(Column::Name), place(Column::Actual)) else {
        return;
    };
    for at in 1..rows.len() {
        let text = |row: &Row| row.cells[name].as_ref().map(|piece| piece.text.to_string());
        let same = text(&rows[at]).is_some() && text(&rows[at]) == text(&rows[at - 1]);
        if same && rows[at - 1].cells[actual].is_none() {
            rows[at].doubtful = true;
            rows[at - 1].whole = false;
        }
    }
}

/// What follows the indicators: the row of the totals, then lines of their own.
fn tail<'d>(cells: &[Piece<'d>]) -> Vec<Row<'d>> {
    let mut rows: Vec<Row> = Vec::new();
    for piece in cells {
        let begins = piece.text.chars().count() > 12 || super::totals::ends_rows(&piece.text);
        match rows.last_mut() {
            Some(row) if !begins => row.raw.push(piece.clone()),
            _ => rows.push(Row {
                raw: vec![piece.clone()],
                ..Row::default()
            }),
        }
    }
    rows
}

/// The cells of all paragraphs, with the empty ones that a line of blanks shows. `split_all`: at every blank.
fn cells_of(document: &Document, split_all: bool) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let mut end = 0usize;
    for (line, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Table(_)) {
            continue;
        }
        let source = document.view.range_in_source(block.range.clone());
        let between = document.source.text.get(end..source.start).unwrap_or("");
        // The first piece is what is left of the last line, the last one the indent of this line.
        let mut blank_lines = between.split('\n').skip(1).peekable();
        let mut shown_empty = false;
        while let Some(line) = blank_lines.next() {
            let whole = blank_lines.peek().is_some();
            shown_empty |= whole && !line.trim_end_matches('\r').is_empty() && line.trim().is_empty();
        }
        if shown_empty && end > 0 && !split_all {
            let piece = Piece::empty(block.range.start);
            cells.push(Cell { piece, line });
        }
        end = source.end;
        let pieces = split(document, &block.range, split_all);
        cells.extend(pieces.into_iter().map(|piece| Cell { piece, line }));
    }
    cells
}

/// A paragraph to its cells: at wide gaps; at single blanks where header words or figures stand between them.
fn split<'d>(document: &'d Document, range: &Range<u32>, split_all: bool) -> Vec<Piece<'d>> {
    let text = document.text(range);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_cell = |word: &&&str| column_of(word).is_some() || is_figure(word);
    let parted = || text.contains("  ") || words.iter().filter(is_cell).count() > 1;
    if !split_all && (words.len() < 2 || !parted()) {
        return vec![Piece::of(document, range.clone())];
    }
    let mut pieces = Vec::new();
    for word in words {
        let at = range.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
        pieces.push(Piece::of(document, at..at + word.len() as u32));
    }
    pieces
}
