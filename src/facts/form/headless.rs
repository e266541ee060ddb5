//! Rows of a form whose header was cut off: their own order tells the columns, where enough of them agree.

use super::pieces::{Class, Piece};
use super::poured::plain;
use super::sections::{Head, Part, Raw, Section, laid, open};
use crate::document::{BlockKind, Document};
use crate::facts::columns::Column;
use std::ops::Range;

/// The columns that are known without a header: 分值 stands before 得分, since no score is above its weight.
const COLUMNS: [(Column, &str); 7] = [
    (Column::First, "一级指标"),
    (Column::Second, "二级指标"),
    (Column::Name, "三级指标"),
    (Column::Target, "指标值"),
    (Column::Actual, "完成值"),
    (Column::Weight, "分值"),
    (Column::Score, "得分"),
];

/// Fewer rows of this shape may be anything.
const FEWEST_ROWS: usize = 3;
/// And fewer names of groups.
const FEWEST_LABELS: usize = 2;

/// The rows as a part of a form; nothing where too few have the shape of one.
pub(super) fn of(document: &Document) -> Option<(Vec<Section<'_>>, Range<u32>)> {
    let rows = rows_of(document);
    let shaped: Vec<bool> = rows.iter().map(|row| is_row(row)).collect();
    let labelled = rows
        .iter()
        .zip(&shaped)
        .filter(|(row, shaped)| **shaped && begins_with_label(row))
        .count();
    let count = shaped.iter().filter(|shaped| **shaped).count();
    // A row in which two numbers stand the other way round: nobody knows which is which.
    let reversed = rows.iter().any(|row| is_reversed(row));
    if count < FEWEST_ROWS || labelled < FEWEST_LABELS || reversed {
        return None;
    }
    let first = shaped.iter().position(|shaped| *shaped)?;
    let heads = COLUMNS.iter().enumerate().map(|(at, (column, name))| Head {
        column: *column,
        name: (*name).into(),
        at: at as u32,
        columns: 1,
    });
    let mut sections = Vec::new();
    open(&mut sections, Part::Indicators, heads.collect(), None, false);
    let section = sections.last_mut()?;
    for (mut row, shaped) in rows.into_iter().zip(shaped).skip(first) {
        // What stands behind the score may be the reason, and nobody says so.
        let score = marks(&row).map(|(_, score)| score.range.end);
        row.retain(|piece| score.is_none_or(|end| piece.range.end <= end));
        let total = row
            .iter()
            .find(|piece| !piece.is_empty())
            .is_some_and(|piece| super::totals::is_total(&piece.text));
        let raw = Raw {
            cells: row.into_iter().map(|piece| (0, piece)).collect(),
            grid: false,
            last: true,
        };
        if shaped || total {
            let row = laid(section, raw);
            section.rows.push(row);
        }
    }
    let pieces = || section.rows.iter().flat_map(|row| &row.raw);
    let range = pieces().next()?.range.start..pieces().last()?.range.end;
    Some((sections, range))
}

/// The rows of tables, and lines that blanks part into cells.
fn rows_of(document: &Document) -> Vec<Vec<Piece<'_>>> {
    let mut rows = Vec::new();
    for block in &document.blocks {
        match block.kind {
            BlockKind::Table(index) => {
                let table = document.tables.get(index as usize);
                let of = |row: &Vec<crate::document::Cell>| {
                    row.iter().map(|cell| Piece::of_cell(document, cell)).collect()
                };
                rows.extend(table.iter().flat_map(|table| &table.rows).map(of));
            }
            _ => {
                let text = document.text(&block.range);
                let words: Vec<&str> = text.split_whitespace().collect();
                if (5..=10).contains(&words.len()) {
                    let at = |word: &str| {
                        block.range.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32
                    };
                    rows.push(
                        words
                            .iter()
                            .map(|word| Piece::of(document, at(word)..at(word) + word.len() as u32))
                            .collect(),
                    );
                }
            }
        }
    }
    rows
}

/// The filled cells behind the names of groups.
fn values<'r, 'd>(row: &'r [Piece<'d>]) -> Vec<&'r Piece<'d>> {
    let label = |piece: &&Piece| matches!(piece.class(), Class::First | Class::Second | Class::Either);
    row.iter()
        .filter(|piece| !piece.is_empty())
        .skip_while(label)
        .collect()
}

fn begins_with_label(row: &[Piece]) -> bool {
    let first = row.iter().find(|piece| !piece.is_empty());
    first.is_some_and(|piece| matches!(piece.class(), Class::First | Class::Second | Class::Either))
}

/// The two marks of a row whose other cells are a name, a target and an actual value.
fn marks<'r, 'd>(row: &'r [Piece<'d>]) -> Option<(&'r Piece<'d>, &'r Piece<'d>)> {
    let values = values(row);
    let ([name, target, actual, weight, score] | [name, target, actual, weight, score, _]) =
        values.as_slice()
    else {
        return None;
    };
    let measured =
        |piece: &Piece| matches!(piece.class(), Class::Comparison | Class::Measure | Class::Percent);
    let same = target.text == actual.text && target.class() == Class::Words;
    let named = matches!(name.class(), Class::Words | Class::Long);
    let told = (measured(target) && measured(actual)) || same;
    let bare = weight.class() == Class::Bare && score.class() == Class::Bare;
    (named && told && bare).then_some((*weight, *score))
}

fn is_row(row: &[Piece]) -> bool {
    marks(row).is_some_and(|(weight, score)| plain(&score.text) <= plain(&weight.text))
}

fn is_reversed(row: &[Piece]) -> bool {
    marks(row).is_some_and(|(weight, score)| plain(&score.text) > plain(&weight.text))
}
