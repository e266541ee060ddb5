//! Rows of cells to a table of WordprocessingML: columns as wide as they need, an empty cell merged with the one above.

use super::paragraph;
use crate::render::wrap::width;

/// The width between the margins, in twentieths of a point.
const ROOM: usize = 8844;
/// What a Latin letter takes in a cell, and what the cell's margins take.
const LETTER: usize = 122;
const MARGINS: usize = 200;
/// Cells of up to so many Latin letters (按完成比例) are not broken.
const SHORT: usize = 10;
/// No column asks for more than so many.
const WIDEST: usize = 30;

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

/// Every column gets what its short words need; what is left goes to those with long ones.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    let least: Vec<usize> = widest
        .iter()
        .map(|wide| (*wide).min(SHORT) * LETTER + MARGINS)
        .collect();
    let wanted: Vec<usize> = widest
        .iter()
        .map(|wide| (*wide).clamp(SHORT, WIDEST) - SHORT)
        .collect();
    let (needed, all) = (least.iter().sum::<usize>(), wanted.iter().sum::<usize>().max(1));
    let left = ROOM.saturating_sub(needed);
    let share = |column: usize| match needed > ROOM {
        true => ROOM * least[column] / needed,
        false => least[column] + left * wanted[column] / all,
    };
    (0..columns).map(share).collect()
}
