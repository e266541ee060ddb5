//! Formulas as they are written: values from syntax, the signs between them from the text, so that brackets and lines
//! stay as their author set them.

use super::signs::{self, Sign};
use super::{amounts, names};
use crate::syntax::from_text::is_blank;
use crate::syntax::{Expr, ExprKind};
use std::ops::Range;

/// A piece of a formula in the order in which it is read.
enum Piece {
    /// A number or a name; the name of a function stands close to its bracket.
    Value(String, bool),
    Sign(Sign, &'static str),
    /// The line ends, perhaps with a comment and some lines of comments or blanks below.
    Break(Vec<String>),
    /// A comment at the end of this line.
    Comment(String),
}

/// The formula or formulas that a part of a text consists of, in their canonical form. Nothing where a sign is not known.
pub fn written<'a>(
    text: &str,
    body: Range<usize>,
    formulas: impl IntoIterator<Item = &'a Expr>,
) -> Option<String> {
    let mut values = Vec::new();
    for formula in formulas {
        collect(text, formula, &mut values);
    }
    let mut pieces = Vec::new();
    let mut at = body.start;
    for (range, value, function) in values {
        between(text, at..range.start, &mut pieces)?;
        pieces.push(Piece::Value(value, function));
        at = range.end;
    }
    between(text, at..body.end, &mut pieces)?;
    drop_stops(&mut pieces);
    set_brackets(&mut pieces);
    Some(join(&pieces))
}

/// The values of a formula from left to right.
fn collect(text: &str, formula: &Expr, values: &mut Vec<(Range<usize>, String, bool)>) {
    match &formula.kind {
        ExprKind::Number(amount) => {
            let range = amount.span.start as usize..amounts::end_of(text, amount);
            values.push((range, amounts::amount(text, amount), false));
        }
        ExprKind::Otherwise => values.push((formula.span.range(), "其余".to_owned(), false)),
        ExprKind::Path(path) => {
            let (first, last) = (path.first(), path.last());
            if let (Some(first), Some(last)) = (first, last) {
                let range = first.span.join(last.span).range();
                let steps: Vec<String> = path.iter().map(names::as_it_is).collect();
                values.push((range, steps.join("."), false));
            }
        }
        ExprKind::Call(name, arguments) => {
            values.push((name.span.range(), name.text.clone(), true));
            arguments.iter().for_each(|inner| collect(text, inner, values));
        }
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => {
            collect(text, inner, values);
        }
        ExprKind::Binary(_, left, right) | ExprKind::Interval(left, _, right, _) => {
            collect(text, left, values);
            collect(text, right, values);
        }
        ExprKind::Among(left, members) => {
            collect(text, left, values);
            members.iter().for_each(|member| collect(text, member, values));
        }
    }
}

/// The signs, line breaks and comments of what stands between two values.
fn between(text: &str, range: Range<usize>, pieces: &mut Vec<Piece>) -> Option<()> {
    let mut rest = text.get(range)?;
    // What stands on lines of its own since the line broke.
    let mut below: Option<Vec<String>> = None;
    loop {
        let line = rest.trim_start_matches(|sign| is_blank(sign) && !matches!(sign, '\n' | '\r'));
        let Some(first) = line.chars().next() else { break };
        if matches!(first, '\n' | '\r') {
            rest = line.strip_prefix("\r\n").unwrap_or(&line[1..]);
            match &mut below {
                Some(lines) if lines.last().is_none_or(|last| !last.is_empty()) => lines.push(String::new()),
                Some(_) => {}
                None => below = Some(Vec::new()),
            }
        } else if matches!(first, '#' | '＃') {
            let end = line.find(['\n', '\r']).unwrap_or(line.len());
            let mut comment = String::new();
            super::comments::put(&mut comment, &line[..end]);
            rest = line[end..].strip_prefix("\r\n").unwrap_or(&line[end..]);
            rest = rest.strip_prefix(['\n', '\r']).unwrap_or(rest);
            match &mut below {
                Some(lines) => lines.push(comment),
                None => {
                    pieces.push(Piece::Comment(comment));
                    below = Some(Vec::new());
                }
            }
        } else {
            if let Some(lines) = below.take() {
                pieces.push(Piece::Break(lines));
            }
            let (length, sign, written) = signs::beginning(line)?;
            pieces.push(Piece::Sign(sign, written));
            rest = &line[length..];
        }
    }
    // A line breaks only before 并且 and 或者.
    below.is_none().then_some(())
}

/// Full stops at the end of a line that goes on say nothing; nor does a semicolon there.
fn drop_stops(pieces: &mut Vec<Piece>) {
    let joined: Vec<bool> = (0..pieces.len())
        .map(|at| {
            let mut after = pieces[at + 1..].iter();
            let next = after.find(|piece| !matches!(piece, Piece::Break(_) | Piece::Comment(_)));
            matches!(next, Some(Piece::Sign(Sign::Joint, _)))
        })
        .collect();
    let mut at = 0;
    pieces.retain(|piece| {
        at += 1;
        let stop = matches!(piece, Piece::Sign(Sign::Stop | Sign::Semicolon, _));
        !(stop && joined[at - 1])
    });
}

/// Brackets with a comma between are those of an interval, which keep their kind; all others are round.
fn set_brackets(pieces: &mut [Piece]) {
    // Where each open bracket stands, whether it is a function's, whether a comma stands in it.
    let mut open: Vec<(usize, bool, bool)> = Vec::new();
    let mut function = false;
    for at in 0..pieces.len() {
        match pieces[at] {
            Piece::Sign(Sign::Open(_), _) => open.push((at, function, false)),
            Piece::Sign(Sign::Comma, _) => {
                if let Some((_, _, comma)) = open.last_mut() {
                    *comma = true;
                }
            }
            Piece::Sign(Sign::Shut(_), _) => {
                if let Some((from, function, comma)) = open.pop()
                    && (function || !comma)
                {
                    pieces[from] = Piece::Sign(Sign::Open(true), "(");
                    pieces[at] = Piece::Sign(Sign::Shut(true), ")");
                }
            }
            _ => {}
        }
        function = matches!(pieces[at], Piece::Value(_, true));
    }
}

fn join(pieces: &[Piece]) -> String {
    let mut out = String::new();
    // Whether a value or a closing bracket stands before, so that − is between two.
    let (mut close, mut valued) = (true, false);
    for piece in pieces {
        match piece {
            Piece::Break(lines) => {
                out.push('\n');
                lines.iter().for_each(|line| {
                    out.push_str(line);
                    out.push('\n');
                });
                close = true;
            }
            Piece::Comment(comment) => {
                out.push(' ');
                out.push_str(comment);
            }
            Piece::Value(value, function) => {
                blank(&mut out, close);
                out.push_str(value);
                (close, valued) = (*function, true);
            }
            Piece::Sign(sign, written) => {
                let before = matches!(
                    sign,
                    Sign::Shut(_) | Sign::Comma | Sign::Pause | Sign::Semicolon | Sign::Stop
                );
                blank(&mut out, close || before);
                out.push_str(written);
                let alone = *sign == Sign::Minus && !valued;
                close = alone || matches!(sign, Sign::Open(_) | Sign::Comma | Sign::Pause | Sign::Semicolon);
                // 有值 and 无值 stand behind what they judge.
                valued = matches!(sign, Sign::Shut(_)) || matches!(*written, "有值" | "无值");
            }
        }
    }
    out
}

fn blank(out: &mut String, close: bool) {
    if !close {
        out.push(' ');
    }
}
