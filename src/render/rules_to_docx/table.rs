//! Rows of cells to a table of WordprocessingML: columns as wide as they need, an empty cell merged with the one above.

use super::paragraph;
use crate::render::wrap::width;

/// The width between the margins, in twentieths of a point.
const ROOM: usize = 8844;
/// What a Latin letter takes in a cell, and what the cell's margins take.
const LETTER: usize = 120;
const MARGINS: usize = 180;
/// No column asks for more than this many columns of Latin letters.
const WIDEST: usize = 28;

const BORDERS: &str = "<w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
<w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
<w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
<w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>";

/// Writes a table; its first row is repeated on every page.
pub(super) fn write(out: &mut String, rows: &[Vec<String>]) {
    let widths = widths(rows);
    out.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"8844\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>");
    out.push_str(BORDERS);
    out.push_str("<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for width in &widths {
        out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    for (at, row) in rows.iter().enumerate() {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        out.push_str(if at == 0 { "<w:tblHeader/>" } else { "" });
        out.push_str("</w:trPr>");
        for (column, cell) in row.iter().enumerate() {
            let below = rows.get(at + 1).and_then(|row| row.get(column));
            let begins = at > 0 && !cell.is_empty() && below.is_some_and(String::is_empty);
            let merge = match (begins, cell.is_empty() && at > 0) {
                (true, _) => "<w:vMerge w:val=\"restart\"/>",
                (_, true) => "<w:vMerge/>",
                _ => "",
            };
            let width = widths.get(column).copied().unwrap_or(0);
            out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merge}<w:vAlign w:val=\"center\"/></w:tcPr>"
            ));
            paragraph(out, if at == 0 { "CellHead" } else { "Cell" }, cell);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// The room shared out by the widest cell of each column.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wants: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width(cell)).max().unwrap_or(0).min(WIDEST) + 2
        })
        .collect();
    let all: usize = wants.iter().sum::<usize>().max(1);
    // the words of the header stay whole
    let least = |column: usize| {
        let header = rows.first().and_then(|row| row.get(column));
        header.map_or(0, |header| width(header) * LETTER + MARGINS)
    };
    let mut widths: Vec<usize> = (0..columns)
        .map(|column| (ROOM * wants[column] / all).max(least(column)))
        .collect();
    // what the narrow ones were given is taken from the widest
    let over = widths.iter().sum::<usize>().saturating_sub(ROOM);
    if let Some((column, _)) = widths.iter().enumerate().max_by_key(|(_, width)| **width) {
        widths[column] = widths[column].saturating_sub(over).max(least(column));
    }
    widths
}
