//! A document about rules to lines for the screen.

use super::wrap;
use crate::reading::Block;

/// As wide as a cell of a table may be.
const WIDEST_CELL: usize = 30;

/// The whole document, wrapped at `width` columns.
pub fn write(blocks: &[Block], width: usize) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("{text}\n")),
            Block::Heading(text) => out.push_str(&format!("\n{text}\n")),
            Block::Subheading(text) => wrap::wrapped(&mut out, "  ", text, width),
            Block::Paragraph(text) => wrap::wrapped(&mut out, "  ", text, width),
            Block::Item(text) => {
                let (number, rest) = text.split_once(' ').unwrap_or(("", text));
                wrap::wrapped(&mut out, &format!("  {number} "), rest, width);
            }
            Block::Table(rows) => table(&mut out, rows, width),
            Block::Closing(text) => {
                out.push('\n');
                wrap::wrapped(&mut out, "", text, width);
            }
        }
    }
    out
}

/// A table, or where a cell would not fit each row as lines of its own.
fn table(out: &mut String, rows: &[Vec<String>], most: usize) {
    let fits = |cell: &String| wrap::width(cell) <= WIDEST_CELL;
    let [header, body @ ..] = rows else { return };
    if body.iter().flatten().all(fits) {
        return wrap::table(out, "  ", rows, &[], WIDEST_CELL);
    }
    for row in body {
        for (at, (label, cell)) in header.iter().zip(row).enumerate() {
            let first = if at == 0 { "  · " } else { "    " };
            wrap::wrapped(out, &format!("{first}{label}："), cell, most);
        }
    }
}
