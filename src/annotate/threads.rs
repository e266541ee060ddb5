//! Cells that hold a thread of answers to the cells beside them: Excel shows nothing else at a cell with a thread, so that
//! what is to be said of it stands at the next cell that is free.

use super::package::Package;
use super::relations::Relation;
use super::scan::{self, Element, unfit};
use crate::document::from_xlsx;
use std::collections::{BTreeMap, HashSet};

/// How far to the right a free cell is looked for.
const FAR: u32 = 50;

/// A cell: row and column, from 0.
type Cell = (u32, u32);

/// The texts of a sheet's cells, none at a cell with a thread; `sheet` is the sheet's part.
pub(super) fn beside(
    package: &mut Package,
    sheet: &str,
    known: &[Relation],
    cells: &BTreeMap<Cell, String>,
) -> Result<BTreeMap<Cell, String>, String> {
    let mut taken: HashSet<Cell> = HashSet::new();
    for relation in known.iter().filter(|relation| relation.kind == "threadedComment") {
        let text = package.part(&relation.target)?.ok_or_else(unfit)?;
        let found = scan::outline(&text, 2)?;
        taken.extend(
            found
                .iter()
                .filter_map(|element| from_xlsx::place(element.get("ref"))),
        );
    }
    if !cells.keys().any(|cell| taken.contains(cell)) {
        return Ok(cells.clone());
    }
    let elements = scan::outline(sheet, 3)?;
    let merged: Vec<(Cell, Cell)> = elements.iter().filter_map(merged).collect();
    let is_covered = |cell: Cell| {
        merged.iter().any(|(from, to)| {
            cell != *from && (from.0..=to.0).contains(&cell.0) && (from.1..=to.1).contains(&cell.1)
        })
    };
    let mut moved: BTreeMap<Cell, String> = BTreeMap::new();
    for (cell, text) in cells {
        let (row, column) = *cell;
        let mut next = (column + 1..=column + FAR).map(|column| (row, column));
        let free = next.find(|next| !taken.contains(next) && !is_covered(*next));
        let (place, text) = match free.filter(|_| taken.contains(cell)) {
            None => (*cell, text.clone()),
            Some(place) => (place, format!("（指 {} 格）\n{text}", from_xlsx::address(*cell))),
        };
        let at = moved.entry(place).or_default();
        if !at.is_empty() {
            at.push_str("\n\n");
        }
        at.push_str(&text);
    }
    Ok(moved)
}

fn merged(element: &Element) -> Option<(Cell, Cell)> {
    let (from, to) = element
        .get("ref")
        .split_once(':')
        .filter(|_| element.local() == "mergeCell")?;
    Some((from_xlsx::place(from)?, from_xlsx::place(to)?))
}
