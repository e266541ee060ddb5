//! A picture without colour, as miette draws it: a report has dozens of them, and miette builds each out of many small
//! texts. It draws those in colour, and a test holds both against each other.

use crate::render::wrap;
use miette::LabeledSpan;
use std::fmt::Write;
use std::iter::repeat_n;

/// Draws whole lines, the first of that number, under the name of their place. The marks are in their order, do not
/// overlap, and each lies within one line.
pub fn draw(out: &mut String, name: &str, first: usize, text: &str, marks: &[LabeledSpan]) {
    let last = first + text.lines().count().saturating_sub(1);
    let digits = last.to_string().len();
    blanks(out, digits + 2);
    out.extend(["╭─[", name, "]\n"]);
    let (mut start, mut rest) = (0, marks);
    for (number, line) in (first..).zip(text.lines()) {
        let _ = write!(out, " {number:digits$} │ {line}");
        end(out);
        let end = start + line.len();
        let (own, further) = rest.split_at(rest.partition_point(|mark| mark.offset() <= end));
        if !own.is_empty() {
            marked(out, digits, line, start, own);
        }
        (start, rest) = (end + 1, further);
    }
    blanks(out, digits + 2);
    out.push_str("╰────\n");
}

/// Draws the marks of a line that starts at that byte, and their words from right to left.
fn marked(out: &mut String, digits: usize, line: &str, start: usize, marks: &[LabeledSpan]) {
    let placed = underlined(out, digits, line, start, marks);
    for (at, mark) in marks.iter().enumerate().rev() {
        let Some(label) = mark.label() else { continue };
        begin(out, digits);
        let mut column = 0;
        for middle in &placed[..at] {
            blanks(out, middle.saturating_sub(column));
            out.push('│');
            column = column.max(*middle) + 1;
        }
        blanks(out, placed[at].saturating_sub(column));
        out.extend(["╰── ", label]);
        end(out);
    }
}

/// Underlines the marks; gives the column of the middle of each, from which a line leads to its words.
fn underlined(
    out: &mut String,
    digits: usize,
    line: &str,
    start: usize,
    marks: &[LabeledSpan],
) -> Vec<usize> {
    begin(out, digits);
    let (mut drawn, mut read, mut column) = (0, 0, 0);
    let mut placed = Vec::with_capacity(marks.len());
    let mut column_of = |at: usize| {
        let between = line.get(read..at).unwrap_or("");
        column += between.chars().map(wrap::char_width).sum::<usize>();
        read = at;
        column
    };
    for mark in marks {
        let from = mark.offset() - start;
        let left = column_of(from).max(drawn);
        let right = column_of(from + mark.len()).max(left + 1);
        let (right, sign) = match (mark.len(), mark.label()) {
            (0, _) => (left + 1, '▲'),
            (_, Some(_)) => (right, '┬'),
            (_, None) => (right, '─'),
        };
        let middle = (left + right) / 2;
        blanks(out, left - drawn);
        out.extend(repeat_n('─', middle - left));
        out.push(sign);
        out.extend(repeat_n('─', right - middle - 1));
        drawn = right;
        placed.push(middle);
    }
    end(out);
    placed
}

/// Begins a line that has no number.
fn begin(out: &mut String, digits: usize) {
    blanks(out, digits + 2);
    out.push_str("· ");
}

fn end(out: &mut String) {
    out.truncate(out.trim_end().len());
    out.push('\n');
}

fn blanks(out: &mut String, many: usize) {
    out.extend(repeat_n(' ', many));
}
