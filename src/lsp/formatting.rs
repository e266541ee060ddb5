//! A rule file to the edits that bring it into its canonical form, line by line, so that the editor keeps its place.

use super::text::{Encoding, Text};
use crate::syntax::to_text;
use lsp_types::{Position, Range, TextEdit};
use similar::{DiffOp, TextDiff};

/// The edits; none where lines cannot be read, which their marks tell.
pub fn edits(text: &Text, encoding: Encoding) -> Vec<TextEdit> {
    let Ok(new) = to_text::format(text.as_str()) else {
        return Vec::new();
    };
    let old: Vec<&str> = text.as_str().split_inclusive('\n').collect();
    let lines: Vec<&str> = new.split_inclusive('\n').collect();
    let diff = TextDiff::from_slices(&old, &lines);
    let starts: Vec<usize> = old
        .iter()
        .scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        })
        .collect();
    let offset = |line: usize| {
        line.checked_sub(1).map_or(0, |before| {
            starts.get(before).copied().unwrap_or(text.as_str().len())
        })
    };
    let edit = |from: usize, count: usize, new: &[&str]| {
        let range = offset(from)..offset(from + count);
        text.edit(range, new.concat(), encoding)
    };
    diff.ops()
        .iter()
        .filter_map(|op| match *op {
            DiffOp::Equal { .. } => None,
            DiffOp::Delete {
                old_index, old_len, ..
            } => Some(edit(old_index, old_len, &[])),
            DiffOp::Insert {
                old_index,
                new_index,
                new_len,
            } => Some(edit(old_index, 0, &lines[new_index..new_index + new_len])),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => Some(edit(old_index, old_len, &lines[new_index..new_index + new_len])),
        })
        .collect()
}

/// The whole of a text, for a request that names no range.
pub fn whole(text: &Text) -> Range {
    Range::new(Position::new(0, 0), Position::new(text.lines() as u32, 0))
}
