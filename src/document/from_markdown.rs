//! Markdown to a document: headings, lists, paragraphs and tables as pulldown-cmark finds them.

use super::layout::Layout;
use super::lines::lines_of;
use super::rows;
use super::{BlockKind, Document};
use super::{from_text, lines};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A leaf of the Markdown tree.
enum Leaf {
    Heading(u8, Vec<Range<usize>>),
    /// The lines of a paragraph or an item, each as its pieces.
    Text(bool, Vec<Vec<Range<usize>>>),
    Table(Range<usize>),
}

/// Reads the decoded text of a file.
pub fn read(text: &str) -> Document {
    let leaves = leaves(text);
    let mut layout = Layout::new(text);
    let mut above = 0;
    for leaf in leaves {
        match leaf {
            Leaf::Heading(level, pieces) => {
                above = level;
                layout.block(BlockKind::Heading(level), &pieces);
            }
            Leaf::Text(item, text_lines) => {
                let first = layout.blocks();
                lay_text(&mut layout, text, item, &text_lines);
                layout.deepen(first, above);
            }
            Leaf::Table(range) => lay_table(&mut layout, text, range),
        }
    }
    layout.finish()
}

fn lay_text(layout: &mut Layout, text: &str, item: bool, text_lines: &[Vec<Range<usize>>]) {
    let plain = text_lines.iter().all(|pieces| pieces.len() == 1);
    let whole = text_lines.first().and_then(|pieces| pieces.first());
    let last = text_lines.last().and_then(|pieces| pieces.last());
    let (Some(whole), Some(last)) = (whole, last) else {
        return;
    };
    if item || !plain {
        let kind = if item {
            BlockKind::Item
        } else {
            BlockKind::Paragraph
        };
        let pieces: Vec<Range<usize>> = text_lines.iter().flatten().cloned().collect();
        return layout.block(kind, &pieces);
    }
    // Plain lines are judged as in a text file: many authors part paragraphs by a single line break.
    let range = whole.start..last.end;
    let mut found = lines_of(&text[range.clone()]);
    for line in &mut found {
        line.range = range.start + line.range.start..range.start + line.range.end;
    }
    from_text::paragraphs(layout, &found, false);
}

fn lay_table(layout: &mut Layout, text: &str, range: Range<usize>) {
    let mut found = lines_of(&text[range.clone()]);
    for line in &mut found {
        line.range = range.start + line.range.start..range.start + line.range.end;
    }
    if let Some(rows) = rows::rows_at(&found, 0) {
        layout.table(&rows.rows, rows.grid);
    }
}

/// The leaves in the order of the text.
fn leaves(text: &str) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut level = None;
    let mut items = 0u32;
    let mut table = false;
    let mut open: Vec<Vec<Range<usize>>> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: found, .. }) => level = Some(depth(found)),
            Event::End(TagEnd::Heading(_)) => {
                let pieces = open.drain(..).flatten().collect();
                leaves.push(Leaf::Heading(level.take().unwrap_or(1), pieces));
            }
            Event::Start(Tag::Table(_)) => {
                flush(&mut leaves, &mut open, items > 0);
                leaves.push(Leaf::Table(range));
                table = true;
            }
            Event::End(TagEnd::Table) => table = false,
            Event::Start(Tag::Item) => {
                flush(&mut leaves, &mut open, items > 0);
                items += 1;
            }
            Event::End(TagEnd::Item) => {
                flush(&mut leaves, &mut open, true);
                items = items.saturating_sub(1);
            }
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock)
            | Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                flush(&mut leaves, &mut open, items > 0);
            }
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_)
                if !table && !is_comment(&text[range.clone()]) =>
            {
                push(&mut open, inner(text, range));
            }
            Event::SoftBreak | Event::HardBreak if !table => open.push(Vec::new()),
            _ => {}
        }
    }
    flush(&mut leaves, &mut open, false);
    leaves
}

/// Tags of HTML and its comments are no text of the report.
fn is_comment(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// `code` without its quotes.
fn inner(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let bare = lines::trim(whole.trim_matches('`'));
    let start = range.start + (bare.as_ptr() as usize - whole.as_ptr() as usize);
    start..start + bare.len()
}

/// Adds a piece to the last line, growing its last piece where they touch.
fn push(open: &mut Vec<Vec<Range<usize>>>, piece: Range<usize>) {
    if piece.is_empty() {
        return;
    }
    if open.is_empty() {
        open.push(Vec::new());
    }
    let Some(line) = open.last_mut() else { return };
    match line.last_mut() {
        Some(last) if last.end == piece.start => last.end = piece.end,
        _ => line.push(piece),
    }
}

fn flush(leaves: &mut Vec<Leaf>, open: &mut Vec<Vec<Range<usize>>>, item: bool) {
    open.retain(|line| !line.is_empty());
    if !open.is_empty() {
        leaves.push(Leaf::Text(item, std::mem::take(open)));
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
