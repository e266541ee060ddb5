//! A document about rules to Markdown.

use crate::reading::Block;

/// Signs that Markdown would take for its own.
const SPECIAL: &[char] = &['\\', '*', '_', '`', '|', '<', '[', ']', '#'];

/// The whole document.
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("# {}\n\n", plain(text))),
            Block::Heading(text) => out.push_str(&format!("## {}\n\n", plain(text))),
            Block::Subheading(text) => out.push_str(&format!("### {}\n\n", plain(text))),
            Block::Paragraph(text) | Block::Item(text) => out.push_str(&format!("{}\n\n", plain(text))),
            Block::Closing(text) => out.push_str(&format!("---\n\n{}\n\n", plain(text))),
            Block::Table(rows) => table(&mut out, rows),
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn table(out: &mut String, rows: &[Vec<String>]) {
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if at == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
        }
    }
    out.push('\n');
}

/// The text with a stroke before every sign that Markdown would take for its own.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if SPECIAL.contains(&sign) {
            out.push('\\');
        }
        out.push(if sign == '\n' { ' ' } else { sign });
    }
    out
}
