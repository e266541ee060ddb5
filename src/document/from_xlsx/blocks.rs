//! A sheet's cells to blocks: areas parted by blank rows, each a table, with lines of text above and below it.

use super::sheet::{Area, Sheet, SheetCell};
use crate::document::CellPlace;
use crate::document::structured::{Field, Structured, Style, WIDEST};
use std::ops::Range;

/// Blank cells that are laid out so that a row prints all its columns.
const MOST_FIELDS: usize = 1_000_000;

/// Lays a sheet out.
pub(super) fn lay(structured: &mut Structured, number: u32, name: &str, sheet: Sheet) {
    let Sheet { cells, merged, .. } = sheet;
    // What stands so far to the right that no table reaches it.
    let first = cells.iter().map(|cell| cell.column).min().unwrap_or(0);
    let within = |column: u32| column - first < WIDEST;
    if let Some(far) = cells.iter().find(|cell| !within(cell.column)) {
        let address = super::workbook::address((far.row, far.column));
        structured.unread(format!(
            "工作表“{name}”太宽，第 {WIDEST} 列以后（如 {address}）没有读"
        ));
    }
    let cells: Vec<SheetCell> = cells.into_iter().filter(|cell| within(cell.column)).collect();
    let mut merged: Vec<Area> = merged
        .into_iter()
        .filter(|area| area.column >= first && within(area.column))
        .collect();
    merged.sort_by_key(|area| (area.row, area.column));
    let mut left = MOST_FIELDS;
    for block in parted(&cells, &merged) {
        let rows = fields(&cells[block.clone()], &merged, first, &mut left);
        if left == 0 {
            structured.unread(format!("工作表“{name}”的格子太多，后面的没有读"));
            return;
        }
        let origin = CellPlace {
            sheet: number,
            row: cells[block.start].row,
            column: first,
        };
        lay_block(structured, rows, origin);
    }
}

/// Runs of cells whose rows follow one another, or are held together by a merged cell.
fn parted(cells: &[SheetCell], merged: &[Area]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut start, mut reach, mut next) = (0, 0, 0);
    for (at, cell) in cells.iter().enumerate() {
        if at > start && cell.row > reach + 1 {
            blocks.push(start..at);
            start = at;
        }
        reach = reach.max(cell.row);
        while let Some(area) = merged
            .get(next)
            .filter(|area| (area.row, area.column) <= (cell.row, cell.column))
        {
            let begins = area.row == cell.row && area.column == cell.column;
            // A merged area may be endless: what stands in it holds no more than a form's rows together.
            if begins && area.last_row - area.row < WIDEST {
                reach = reach.max(area.last_row);
            }
            next += 1;
        }
    }
    if start < cells.len() {
        blocks.push(start..cells.len());
    }
    blocks
}

/// The rows of a block: each prints every column that the block uses, except where a cell from above or from the left
/// covers it.
fn fields(cells: &[SheetCell], merged: &[Area], first: u32, left: &mut usize) -> Vec<Vec<Field>> {
    let (Some(top), Some(bottom)) = (
        cells.first().map(|cell| cell.row),
        cells.last().map(|cell| cell.row),
    ) else {
        return Vec::new();
    };
    let begin = merged.partition_point(|area| area.row < top);
    let end = merged.partition_point(|area| area.row <= bottom);
    let merged = &merged[begin..end];
    let mut used = vec![false; WIDEST as usize];
    for column in cells
        .iter()
        .map(|cell| cell.column)
        .chain(merged.iter().map(|area| area.column))
    {
        used[(column - first) as usize] = true;
    }
    let mut covered = vec![0u32; WIDEST as usize];
    let (mut cell, mut area) = (0, 0);
    let mut rows = Vec::new();
    for row in top..=bottom {
        let mut fields = Vec::new();
        for column in (0..WIDEST).filter(|column| used[*column as usize]) {
            let text = match cells
                .get(cell)
                .filter(|cell| cell.row == row && cell.column - first == column)
            {
                Some(found) => {
                    cell += 1;
                    Some(found.text.as_str())
                }
                None => None,
            };
            let mut here = None;
            while let Some(next) = merged
                .get(area)
                .filter(|area| (area.row, area.column - first) <= (row, column))
            {
                here = Some(*next).filter(|area| area.column - first == column).or(here);
                area += 1;
            }
            if covered[column as usize] > row {
                continue;
            }
            let field = field_of(text, here, column, bottom);
            let end = (column + field.columns).min(WIDEST);
            for below in &mut covered[column as usize..end as usize] {
                *below = row + field.rows;
            }
            *left = left.saturating_sub(1);
            fields.push(Field { column, ..field });
        }
        rows.push(fields);
        if *left == 0 {
            break;
        }
    }
    rows
}

fn field_of(text: Option<&str>, area: Option<Area>, column: u32, bottom: u32) -> Field {
    let (columns, rows) = area.map_or((1, 1), |area| {
        (
            (area.last_column - area.column).min(WIDEST - 1 - column) + 1,
            area.last_row.min(bottom.max(area.row)) - area.row + 1,
        )
    });
    Field {
        text: text.unwrap_or("").to_owned(),
        column,
        columns,
        rows,
    }
}

/// How many cells of a row say something.
fn filled(row: &[Field]) -> usize {
    row.iter().filter(|field| !field.text.is_empty()).count()
}

/// Lines above the table (its title) and long ones below it (notes) are paragraphs; what has two columns is the table.
fn lay_block(structured: &mut Structured, mut rows: Vec<Vec<Field>>, origin: CellPlace) {
    let start = rows.iter().position(|row| filled(row) >= 2).unwrap_or(rows.len());
    let end = rows
        .iter()
        .rposition(|row| filled(row) >= 2)
        .map_or(start, |last| last + 1);
    let below = rows.split_off(end.max(start));
    let table = rows.split_off(start.min(rows.len()));
    let row_of = |at: usize| origin.row + at as u32;
    paragraphs(structured, &rows, origin);
    let place = CellPlace {
        row: row_of(start),
        ..origin
    };
    let below_at = CellPlace {
        row: row_of(start + table.len()),
        ..origin
    };
    structured.table_at(table, Some(place));
    paragraphs(structured, &below, below_at);
}

fn paragraphs(structured: &mut Structured, rows: &[Vec<Field>], origin: CellPlace) {
    for (at, row) in rows.iter().enumerate() {
        for field in row.iter().filter(|field| !field.text.is_empty()) {
            structured.place(CellPlace {
                row: origin.row + at as u32,
                column: origin.column + field.column,
                ..origin
            });
            structured.paragraph(&field.text, Style::Plain);
        }
    }
}
