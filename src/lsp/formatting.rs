//! A rule file to the edits that bring it into its canonical form, line by line, so that the editor keeps its place.

use super::text::{Encoding, Text};
use crate::finding::Finding;
use crate::syntax::to_text::{self, Refusal};
use lsp_types::TextEdit;
use similar::{DiffOp, TextDiff};

/// The edits, or in words why there are none. Lines end as they did: an editor keeps to that, and would otherwise be
/// told to change every line whenever the file is saved.
pub fn edits(text: &Text, encoding: Encoding) -> Result<Vec<TextEdit>, String> {
    let new = to_text::format(text.as_str()).map_err(|refusal| why(text, &refusal))?;
    let new = text.lines_ended(&new);
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
    let edits = diff.ops().iter().filter_map(|op| match *op {
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
    });
    Ok(edits.collect())
}

fn why(text: &Text, refusal: &Refusal) -> String {
    let Refusal::Unreadable(findings) = refusal else {
        return "整理后读起来和原来不一样，所以没有整理。这是程序的毛病，请把这个文件告诉维护者。".to_owned();
    };
    let line = |finding: &Finding| {
        let place = finding.places.first()?;
        Some(text.line_of(place.span.start as usize) + 1)
    };
    let first = findings.first().map_or(String::new(), |finding| {
        let line = line(finding).map_or(String::new(), |line| format!("第 {line} 行："));
        format!("{line}{}", finding.message)
    });
    format!("有 {} 处没有读懂，没有整理。先改正：{first}", findings.len())
}
