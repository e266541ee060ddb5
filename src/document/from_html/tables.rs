//! A table element to a grid, or, where it only lays a page out, to what stands in it.

use super::flow::{Flow, Inline};
use super::tree::{Tree, is_block};
use crate::document::lines::trim;
use crate::document::structured::{Field, WIDEST};

/// A cell with its text; that of a cell with tables in it is gathered only where it is needed, so that tables in tables
/// in tables are not read again and again.
struct Told {
    at: u32,
    text: String,
    has_table: bool,
}

/// Lays a table out.
pub(super) fn lay(flow: &mut Flow, table: u32) {
    let tree = flow.tree;
    for caption in tree
        .shown(table)
        .filter(|child| tree.node(*child).name == "caption")
    {
        flow.children(caption);
        flow.flush();
    }
    let rows: Vec<Vec<Told>> = rows_of(tree, table)
        .iter()
        .map(|row| {
            row.iter()
                .map(|at| {
                    let has_table = !tree.below(*at, "table").is_empty();
                    let text = if has_table {
                        String::new()
                    } else {
                        text_of(tree, *at)
                    };
                    Told {
                        at: *at,
                        text,
                        has_table,
                    }
                })
                .collect()
        })
        .collect();
    if is_data(&rows) {
        let fields = fields(tree, rows);
        flow.structured.table(fields);
        return;
    }
    for cell in rows.iter().flatten() {
        flow.children(cell.at);
        flow.flush();
    }
}

/// The cells of each row of a table, not of the tables in it.
fn rows_of(tree: &Tree, table: u32) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> = Vec::new();
    let mut in_row = false;
    // Forms and the like may stand between a table and its rows.
    let mut open: Vec<(u32, bool)> = tree.shown(table).map(|child| (child, false)).collect();
    open.reverse();
    while let Some((at, row)) = open.pop() {
        match tree.node(at).name.as_str() {
            "table" | "caption" | "" => {}
            "td" | "th" => {
                if !row && !in_row {
                    rows.push(Vec::new());
                }
                in_row = true;
                if let Some(last) = rows.last_mut() {
                    last.push(at);
                }
            }
            name => {
                let begins = name == "tr";
                if begins {
                    rows.push(Vec::new());
                    in_row = true;
                }
                let before = open.len();
                open.extend(tree.shown(at).map(|child| (child, row || begins)));
                open[before..].reverse();
            }
        }
    }
    rows
}

/// More characters than this in a cell are an article, fewer than that a word.
const ARTICLE: usize = 1500;
const WORD: usize = 60;

/// Whether a table holds data. One that holds tables, or a single column, or an article beside a menu, only lays out.
fn is_data(rows: &[Vec<Told>]) -> bool {
    let cells = || rows.iter().flatten();
    let filled = cells()
        .filter(|cell| !cell.text.is_empty() && !cell.has_table)
        .count();
    let nested = cells().any(|cell| cell.has_table);
    let length = |cell: &Told| cell.text.chars().count();
    let wide = rows.iter().filter(|row| row.len() >= 2).count();
    if wide == 0 || (nested && filled < 8) {
        return false;
    }
    if rows.len() == 1 {
        return cells().all(|cell| length(cell) <= WORD);
    }
    filled >= 6 || cells().all(|cell| length(cell) <= ARTICLE)
}

/// The rows with every cell in its column: those that reach down from above take their place.
fn fields(tree: &Tree, rows: Vec<Vec<Told>>) -> Vec<Vec<Field>> {
    let count = rows.len() as u32;
    let mut covered = vec![0u32; WIDEST as usize];
    let mut laid = Vec::with_capacity(rows.len());
    for (row, cells) in (0u32..).zip(rows) {
        let mut column = 0;
        let mut fields = Vec::with_capacity(cells.len());
        for cell in cells {
            while covered.get(column as usize).is_some_and(|until| *until > row) {
                column += 1;
            }
            if column >= WIDEST {
                break;
            }
            let about = tree.node(cell.at).about.as_ref();
            let columns = about.map_or(1, |about| about.columns).clamp(1, WIDEST - column);
            // 0 is: to the end of the table.
            let rows = match about.and_then(|about| about.rows).unwrap_or(1) {
                0 => count - row,
                rows => rows.min(count - row),
            };
            covered[column as usize..(column + columns) as usize].fill(row + rows);
            fields.push(Field {
                text: if cell.has_table {
                    text_of(tree, cell.at)
                } else {
                    cell.text
                },
                column,
                columns,
                rows,
            });
            column += columns;
        }
        laid.push(fields);
    }
    laid
}

/// The text of a cell: its blocks are lines.
fn text_of(tree: &Tree, cell: u32) -> String {
    let mut inline = Inline::default();
    gather(tree, cell, &mut inline);
    let text = inline.take();
    let lines: Vec<&str> = text.lines().map(trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn gather(tree: &Tree, at: u32, inline: &mut Inline) {
    for child in tree.shown(at) {
        let node = tree.node(child);
        match node.name.as_str() {
            "" => inline.push(&node.text, false),
            "br" => inline.line_break(),
            name => {
                let block = is_block(name);
                if block {
                    inline.line_break();
                }
                gather(tree, child, inline);
                if block {
                    inline.line_break();
                }
            }
        }
    }
}
