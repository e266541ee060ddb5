//! Syntax back to text in its one canonical form, comments and blank lines kept.

mod amounts;
mod comments;
mod contents;
mod formula;
mod indents;
mod meaning;
pub mod names;
mod signs;

use crate::finding::Finding;
use crate::source::{SourceId, Span};
use crate::syntax::{File, Statement, from_text, keywords};
use comments::Held;
use std::ops::Range;

/// Why a text was not formatted.
#[derive(Clone, PartialEq, Debug)]
pub enum Refusal {
    /// Lines that cannot be read: nothing is guessed at.
    Unreadable(Vec<Finding>),
    /// What was written would not read as before. This is a fault of the program, and must cost nobody his rules.
    Unsure,
}

/// A rule file in its canonical form.
pub fn format(text: &str) -> Result<String, Refusal> {
    let (file, findings) = from_text::parse(text, SourceId(0));
    if !findings.is_empty() {
        return Err(Refusal::Unreadable(findings));
    }
    let written = write(text, &file);
    let (again, findings) = from_text::parse(&written, SourceId(0));
    if !findings.is_empty() || !meaning::is_same((text, file), (&written, again)) {
        return Err(Refusal::Unsure);
    }
    Ok(written)
}

fn write(text: &str, file: &File) -> String {
    let lines = lines(text);
    let mut statements = indents::of(file);
    statements.sort_by_key(|(statement, _)| statement.span.start);
    let mut comments = file.comments.clone();
    comments.sort_by_key(|comment| comment.start);
    let mut out = String::with_capacity(text.len());
    let mut held = Held::new();
    let mut at = 0;
    let mut next = statements.iter();
    while at < lines.len() {
        let line = &lines[at];
        let words = &text[line.words.clone()];
        at += 1;
        if words.is_empty() {
            held.blank();
        } else if words.starts_with(['#', '＃']) {
            held.comment(&text[line.indent.clone()], words);
        } else if let Some((statement, indent)) = next.next() {
            held.put(&mut out, *indent);
            let end = statement.span.end as usize;
            // The lines in which a 当 or 要求 goes on are a part of it.
            at = at.max(lines.partition_point(|other| other.words.start < end));
            let last = &lines[at - 1];
            let comment = comment_behind(&comments, end, last).map(|span| &text[span.range()]);
            put(&mut out, text, statement, *indent, comment);
            held.below(&text[line.indent.clone()], *indent);
        }
    }
    held.put_last(&mut out);
    out
}

/// A physical line: the blanks before its words, and the words.
struct Line {
    indent: Range<usize>,
    words: Range<usize>,
}

/// The lines of a text; `\r\n`, `\n` and `\r` end one each.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let words = from_text::trim(text, start..start + length);
        lines.push(Line {
            indent: start..words.start,
            words,
        });
        let ending = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
        start += length + ending;
    }
    lines
}

/// The comment that stands behind a statement on its last line.
fn comment_behind(comments: &[Span], end: usize, line: &Line) -> Option<Span> {
    let first = comments.partition_point(|comment| (comment.start as usize) < end);
    comments
        .get(first)
        .filter(|comment| (comment.start as usize) < line.words.end)
        .copied()
}

fn put(out: &mut String, text: &str, statement: &Statement, indent: usize, comment: Option<&str>) {
    let content = contents::written(text, statement);
    let mut pieces = content.split('\n');
    comments::indent(out, indent);
    out.push_str(keywords::text(statement.word));
    out.push('：');
    out.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        out.push('\n');
        if !piece.is_empty() {
            comments::indent(out, indent + 1);
            out.push_str(piece);
        }
    }
    if let Some(comment) = comment {
        out.push(' ');
        comments::put(out, comment);
    }
    out.push('\n');
}
