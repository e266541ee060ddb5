//! A text to its lines, each with its width, the blank lines before it and what it looks like.

use super::marks::{Mark, mark_of};
use crate::quantity::signs::Letters;
use std::ops::Range;

/// A line that is not blank.
pub(super) struct Line<'t> {
    /// Its bytes in the source without blanks around it.
    pub range: Range<usize>,
    /// Its text without blanks around it.
    pub text: &'t str,
    /// How wide it is in print, in halves of a Chinese character.
    pub width: u32,
    /// Blank lines before it.
    pub gap: u32,
    /// Whether it is indented as a new paragraph is.
    pub indented: bool,
    /// The list or heading mark that it begins with.
    pub mark: Option<Mark>,
    /// Whether the sentence or the item ends with it.
    pub ends_sentence: bool,
    /// A row of nothing but numbers and dashes, or one that ends with two of them: cells of a table, never prose.
    pub is_figures: bool,
    /// Whether it holds a `|`.
    pub is_piped: bool,
}

/// The lines of a text that are not blank.
pub(super) fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut gap = 0;
    let mut start = 0;
    let piped = memchr::memchr(b'|', text.as_bytes()).is_some();
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        if start > end {
            break;
        }
        let whole = &text[start..end];
        let lead = trim_start(whole);
        let trimmed = trim_end(lead);
        if trimmed.is_empty() {
            gap += 1;
        } else {
            let from = start + (whole.len() - lead.len());
            lines.push(Line {
                range: from..from + trimmed.len(),
                text: trimmed,
                width: width(trimmed),
                gap,
                indented: whole.starts_with("\u{3000}\u{3000}") || whole.starts_with("    "),
                mark: mark_of(trimmed),
                ends_sentence: ends_sentence(trimmed),
                is_figures: is_figures(trimmed),
                is_piped: piped && memchr::memchr(b'|', trimmed.as_bytes()).is_some(),
            });
            gap = 0;
        }
        start = end + 1;
    }
    lines
}

fn is_blank(c: char) -> bool {
    // Most letters are Chinese.
    !('\u{3001}'..'\u{FEFF}').contains(&c)
        && (c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{C}'))
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_blank)
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(is_blank)
}

/// Without blanks, byte order marks and page feeds at both ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// So many bytes have no more halves than a byte can count.
const PIECE: usize = 127;

/// Halves of a Chinese character: letters of two bytes are narrow, those of three are wide.
fn width(text: &str) -> u32 {
    // The sum of a piece fits into a byte, so that many bytes are taken at once.
    let halves = |byte: &u8| u8::from(*byte < 0x80) + u8::from(*byte >= 0xC0) + u8::from(*byte >= 0xE1);
    let piece = |bytes: &[u8]| u32::from(bytes.iter().map(halves).sum::<u8>());
    text.as_bytes().chunks(PIECE).map(piece).sum()
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['”', '’', '"', '）', ')', '」', '』']);
    bare.ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?', '…'])
}

fn is_figures(text: &str) -> bool {
    if !text.ends_with(ends_figure) {
        return false;
    }
    let words = text.split_whitespace().count();
    let last = text
        .split_whitespace()
        .rev()
        .take_while(|word| is_figure(word))
        .count();
    last == words || (last >= 2 && words <= 12)
}

/// What a cell of figures may end with.
fn ends_figure(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '.' | ',' | '-' | '—' | '/' | '－' | '%' | '％' | '≥' | '≤' | '='
        )
}

impl Line<'_> {
    /// Whether the line begins a block of its own whatever stands before it.
    pub(super) fn begins_block(&self) -> bool {
        // Most lines begin with a letter that begins no block.
        static FIRST: Letters = Letters::of("#|★☆□☑√≥≤＞＜><注—附一二三四五");
        if self.mark.is_some() || self.indented {
            return true;
        }
        if !self.text.starts_with(|first| FIRST.has(first)) {
            return false;
        }
        self.text.starts_with([
            '#', '|', '★', '☆', '□', '☑', '√', '≥', '≤', '＞', '＜', '>', '<', '注',
        ]) || self.text.starts_with("——")
            || self.text.starts_with('—') && self.text.chars().count() > 1
            || self.text.starts_with("附件")
            || ["一是", "二是", "三是", "四是", "五是"]
                .iter()
                .any(|word| self.text.starts_with(word))
                && self.gap > 0
    }

    /// Whether it can only go on with what the line before it began: no line begins with ， or ）.
    pub(super) fn begins_inside(&self) -> bool {
        self.text.starts_with([
            '，', '。', '、', '；', '：', '）', '》', '”', '’', '！', '？', ',', ';', '%', '％',
        ]) && !self.indented
    }

    /// A title of a report or a form: it goes on in no other line.
    pub(super) fn is_title(&self) -> bool {
        const ENDS: &[&str] = &[
            "报告",
            "自评表",
            "评价表",
            "申报表",
            "批复表",
            "审批表",
            "情况表",
            "年度）",
            "年度)",
            "年）",
            "年)",
        ];
        self.text.ends_with(['告', '表', '）', ')']) && ENDS.iter().any(|end| self.text.ends_with(end))
    }
}

/// 600 84.66% — / ≥ are cells of their own.
pub(super) fn is_figure(word: &str) -> bool {
    let bare = word.trim_end_matches(['%', '％']);
    !word.is_empty()
        && (bare
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '—' | '/' | '－'))
            || matches!(word, "≥" | "≤" | "="))
}
