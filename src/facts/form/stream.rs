//! Paragraphs that are one cell each, or rows parted by blanks, to the parts of a form.

use super::lay::lay;
use super::pieces::Piece;
use super::sections::{Head, Part, Row, Section, header, is_label, open};
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, column_of, unit_in};
use std::ops::Range;

/// The parts of a form that is poured out cell by cell in reading order; nothing where the order is lost.
pub(super) fn of_blocks(document: &Document) -> Option<(Vec<Section>, Range<u32>)> {
    let cells = cells_of(document);
    let runs = header_runs(&cells);
    runs.iter().find(|run| run.part == Part::Indicators)?;
    let mut sections = Vec::new();
    let keys_until = runs[0].cells.start;
    let keys_from = keys_until.saturating_sub(20);
    sections.push(Section {
        part: Part::Keys,
        heads: Vec::new(),
        rows: vec![Row {
            raw: cells[keys_from..keys_until].to_vec(),
            ..Row::default()
        }],
        unit: None,
        grid: false,
    });
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
            fill(section, &cells[run.cells.end..until], at + 1 == runs.len());
        }
    }
    let start = runs[0].cells.start;
    let range = cells[start].range.start..cells.last()?.range.end;
    Some((sections, range))
}

/// A run of header words among the cells.
struct Run {
    part: Part,
    heads: Vec<Head>,
    cells: Range<usize>,
}

fn header_runs(cells: &[Piece]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        if column_of(&cells[at].text).is_none() {
            at += 1;
            continue;
        }
        let end = (at..cells.len())
            .find(|next| column_of(&cells[*next].text).is_none())
            .unwrap_or(cells.len());
        for part in parts_of(at, &cells[at..end]) {
            let numbered: Vec<(u32, Piece)> = cells[part.clone()]
                .iter()
                .enumerate()
                .map(|(index, piece)| (index as u32, piece.clone()))
                .collect();
            if let Some((kind, heads)) = header(&numbered) {
                runs.push(Run {
                    part: kind,
                    heads,
                    cells: part,
                });
            }
        }
        at = end;
    }
    runs
}

/// Header words of two parts that touch are parted at the label of the second: …得分 | 年度总体目标 预期目标.
fn parts_of(start: usize, words: &[Piece]) -> Vec<Range<usize>> {
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
fn fill(section: &mut Section, cells: &[Piece], last: bool) {
    let columns: Vec<Column> = section.heads.iter().map(|head| head.column).collect();
    let cells: Vec<Piece> = cells.iter().filter(|piece| !is_label(piece)).cloned().collect();
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
        .position(|piece| section.part == Part::Indicators && super::totals::is_total(&piece.text));
    let (own, rest) = cells.split_at(ends.unwrap_or(cells.len()));
    let mut rows: Vec<Row> = Vec::new();
    for (piece, place) in own.iter().zip(lay(own, &columns, false)) {
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
    }
    section.rows = rows;
    section.rows.extend(tail(rest));
}

/// What follows the indicators: the row of the totals, then lines of their own.
fn tail(cells: &[Piece]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for piece in cells {
        let begins = piece.text.chars().count() > 12 || super::totals::is_total(&piece.text);
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

/// The cells of all paragraphs, with the empty ones that a line of blanks shows.
fn cells_of(document: &Document) -> Vec<Piece> {
    let mut cells = Vec::new();
    let mut end = 0usize;
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Table(_)) {
            continue;
        }
        let source = document.view.range_in_source(block.range.clone());
        let between = document.source.text.get(end..source.start).unwrap_or("");
        let shown_empty = between
            .split('\n')
            .any(|line| !line.trim_end_matches('\r').is_empty() && line.trim().is_empty());
        if shown_empty && end > 0 {
            cells.push(Piece {
                range: block.range.start..block.range.start,
                ..Piece::default()
            });
        }
        end = source.end;
        cells.extend(split(document, &block.range));
    }
    cells
}

/// A paragraph to its cells: at wide gaps; at single blanks where header words or figures stand between them.
fn split(document: &Document, range: &Range<u32>) -> Vec<Piece> {
    let text = document.text(range);
    let words: Vec<&str> = text.split_whitespace().collect();
    let cells = words
        .iter()
        .filter(|word| column_of(word).is_some() || crate::facts::form::pieces::is_figure(word))
        .count();
    if words.len() < 2 || (cells < 2 && !text.contains("  ")) {
        return vec![Piece::of(document, range.clone())];
    }
    let mut pieces = Vec::new();
    for word in words {
        let at = range.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
        pieces.push(Piece::of(document, at..at + word.len() as u32));
    }
    pieces
}
