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
            Block::Table(rows) => wrap::table(&mut out, "  ", rows, &[], WIDEST_CELL),
            Block::Closing(text) => {
                out.push('\n');
                wrap::wrapped(&mut out, "", text, width);
            }
        }
    }
    out
}
