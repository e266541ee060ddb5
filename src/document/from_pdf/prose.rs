//! Lines outside tables to paragraphs: a line that is not full, an indent or a wider gap ends one.

use super::lines::{Line, go_on};
use crate::document::marks::mark_of;

/// A paragraph and the page on which it begins, from 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub text: String,
    pub page: u32,
}

/// The column in which lines are set: from where to where full lines run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    pub left: f64,
    pub right: f64,
}

/// The measure of a text's lines.
pub(super) fn measure<'l>(lines: impl Iterator<Item = &'l Line>) -> Measure {
    let (mut lefts, mut rights): (Vec<f64>, Vec<f64>) = lines.map(|line| (line.left, line.right)).unzip();
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    Measure {
        left: lefts.get(lefts.len() / 20).copied().unwrap_or(0.0),
        right: rights
            .get(rights.len().saturating_sub(1 + rights.len() / 50))
            .copied()
            .unwrap_or(0.0),
    }
}

/// The paragraphs of lines in reading order, each with its page.
pub(super) fn paragraphs(lines: &[(u32, Line)], measure: Measure) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for (at, (page, line)) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        match (before, found.last_mut()) {
            (Some((on, before)), Some(last)) if continues(before, line, on == page, measure) => {
                go_on(&mut last.text, &line.text);
            }
            _ => found.push(Paragraph {
                text: line.text.clone(),
                page: *page,
            }),
        }
    }
    found
}

fn continues(before: &Line, line: &Line, same_page: bool, measure: Measure) -> bool {
    if (before.size - line.size).abs() > 0.15 * before.size.max(line.size) {
        return false;
    }
    let other_column = before.measure.map(|own| own.left) != line.measure.map(|own| own.left);
    let room_of = |line: &Line| line.measure.unwrap_or(measure);
    let gap = if other_column { 0.0 } else { line.y - before.y };
    if same_page && (gap > 2.6 * line.size.max(before.size) || gap < 0.0) {
        return false;
    }
    let size = line.size;
    let is_centered = |line: &Line| {
        let (left, right) = (line.left - room_of(line).left, room_of(line).right - line.right);
        left > 2.5 * size && (left - right).abs() < 1.5 * size
    };
    if is_centered(before) && is_centered(line) {
        return same_page && !other_column && mark_of(&line.text).is_none();
    }
    let room = room_of(before).right - before.right;
    let is_full = room < line.opening + 0.9 * size;
    let is_indented = line.left - room_of(line).left > 1.2 * size;
    // an item whose further lines hang below its first
    let hangs = (line.left - before.left).abs() < 0.6 * size
        && mark_of(&line.text).is_none()
        && is_indented
        && before.left - room_of(before).left > 2.6 * size;
    is_full && (!is_indented || hangs)
}
