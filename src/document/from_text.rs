//! Text to a document: lines to joined blocks, headings by their marks, rows to tables.

use super::join;
use super::layout::Layout;
use super::lines::{Line, lines_of};
use super::marks::MarkKind;
use super::rows;
use super::{BlockKind, Document};
use std::ops::Range;

/// Reads the decoded text of a file.
pub fn read(text: &str) -> Document {
    let mut layout = Layout::new(text);
    let lines = lines_of(text);
    let mut prose = 0;
    let mut at = 0;
    while at < lines.len() {
        let Some(found) = rows::rows_at(&lines, at) else {
            at += 1;
            continue;
        };
        paragraphs(&mut layout, &lines[prose..at], prose == 0);
        layout.table(&found.rows, found.grid);
        at = found.lines.end;
        prose = at;
    }
    paragraphs(&mut layout, &lines[prose..], prose == 0);
    layout.finish()
}

/// Lays a run of lines without tables out. `first`: the report begins with it.
pub(super) fn paragraphs(layout: &mut Layout, lines: &[Line], first: bool) {
    for group in join::groups(lines) {
        let title = first && group.start == 0;
        let pieces: Vec<Range<usize>> = lines[group.clone()]
            .iter()
            .map(|line| line.range.clone())
            .collect();
        layout.block(kind_of(&lines[group], title), &pieces);
    }
}

/// What a group of lines is, by its mark, its length and its end.
pub(super) fn kind_of(group: &[Line], title: bool) -> BlockKind {
    let (Some(head), Some(last)) = (group.first(), group.last()) else {
        return BlockKind::Paragraph;
    };
    let width: u32 = group.iter().map(|line| line.width).sum();
    let ends = last.ends_sentence || last.text.ends_with(['，', ',', '、']);
    match head.mark.map(|mark| mark.kind) {
        Some(kind @ (MarkKind::Chapter | MarkKind::Section)) if is_headed(head.text, width) => {
            BlockKind::Heading(kind.level())
        }
        Some(MarkKind::Number) if width <= 40 && !ends => BlockKind::Heading(3),
        Some(_) => BlockKind::Item,
        None if head.is_title() && width <= 100 && !ends => BlockKind::Heading(1),
        None if title && width <= 80 && !ends && width >= 8 => BlockKind::Heading(1),
        None => BlockKind::Paragraph,
    }
}

/// Whether a text with 一、 or （一） has a heading's length up to its first stop, though text may go on behind it.
fn is_headed(text: &str, width: u32) -> bool {
    let head = text.find(['。', '：', ':', '；', ';']).unwrap_or(text.len());
    width <= 120 || text[..head].chars().count() <= 24
}
