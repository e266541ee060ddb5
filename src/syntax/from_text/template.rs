//! 提示 and 建议 to pieces: words, and the formulas in 【…】.

use super::build::Builder;
use super::grammar::{self, Rule};
use super::lines::Line;
use super::{mistakes, quick, stops};
use crate::finding::Finding;
use crate::syntax::keywords::{Keyword, Shape};
use crate::syntax::{Content, Piece};

/// Reads a template; `【【` is a literal bracket.
pub fn read(text: &str, line: &Line, base: usize, row: &'static Keyword) -> Result<Content, Box<Finding>> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('【') {
        let open = at + found;
        words.push_str(&text[at..open]);
        let inner = open + '【'.len_utf8();
        if text[inner..].starts_with('【') {
            words.push('【');
            at = inner + '【'.len_utf8();
            continue;
        }
        let Some(length) = text[inner..].find('】') else {
            return Err(mistakes::open_template(line.span(base + open..base + text.len())));
        };
        let formula = &text[inner..inner + length];
        if formula.contains('【') {
            return Err(mistakes::open_template(
                line.span(base + open..base + inner + length),
            ));
        }
        if formula.trim().is_empty() {
            return Err(mistakes::empty_template(
                line.span(base + open..base + inner + length + '】'.len_utf8()),
            ));
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
        }
        if let Some(expr) = quick::formula(formula, line, base + inner) {
            pieces.push(Piece::Value(expr));
            at = inner + length + '】'.len_utf8();
            continue;
        }
        let builder = Builder::new(line, base + inner);
        let expr = match grammar::run(Rule::condition_line, formula) {
            Ok(pair) => builder.line_expr(pair),
            Err(failure) => {
                let at = base + inner;
                return Err(stops::refused(failure, Shape::Condition, formula, line, at, row));
            }
        };
        let Some(expr) = expr else {
            return Err(stops::unbuilt(&builder, formula, line, base + inner, row));
        };
        pieces.push(Piece::Value(expr));
        at = inner + length + '】'.len_utf8();
    }
    words.push_str(&text[at..]);
    mistakes::loose_template(text, line, base, row)?;
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    Ok(Content::Template(pieces))
}
