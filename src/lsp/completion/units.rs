//! The units that may stand behind a number: first those that the file writes, then those of the table under their first
//! spelling, with 万 and 亿 where such are counted.

use super::{Offer, word};
use crate::lsp::cursor::{Cursor, lines_of};
use crate::model::Model;
use crate::quantity::Dimension;
use crate::quantity::unit::leading_scale;
use crate::syntax::keywords::Shape;
use lsp_types::CompletionItemKind as Of;
use std::ops::Range;

/// What is large enough to be counted so.
const SCALES: [&str; 2] = ["万", "亿"];

/// A sign that stands in a unit.
fn in_unit(sign: char) -> bool {
    sign.is_alphabetic() || "%％‰/／·()（）".contains(sign)
}

/// The units behind the digits that end before the place; nothing where no digit is there.
pub fn behind_number(cursor: &Cursor, model: &Model) -> Option<(Range<usize>, Vec<Offer>)> {
    let before = cursor.before();
    let length = word(before, in_unit);
    let ahead = before[..before.len() - length].trim_end();
    let is_digit = |sign: char| sign.is_ascii_digit() || ('０'..='９').contains(&sign);
    let is_end = |sign: char| is_digit(sign) || matches!(sign, ']' | '］');
    ahead
        .ends_with(is_end)
        .then(|| of(cursor, &before[before.len() - length..], model))
}

/// The units that go on with what is written of one: after 万 and after a line those that may stand there.
pub fn of(cursor: &Cursor, begun: &str, model: &Model) -> (Range<usize>, Vec<Offer>) {
    let begun = begun.trim_start();
    let part = begun
        .rfind(['/', '／'])
        .map_or(begun, |at| begun[at..].trim_start_matches(['/', '／']));
    let (_, rest) = leading_scale(part);
    let is_whole = begun.len() == rest.len();
    let mut all = Vec::new();
    if is_whole {
        all.extend(written(cursor, model).map(|unit| offer(unit, 1)));
    }
    for (spelling, atom) in model.units.in_order() {
        let is_first = atom.name == spelling;
        let is_counted = matches!(
            atom.dimension,
            Dimension::Counter(_) | Dimension::Piece | Dimension::Money | Dimension::Share
        );
        let rank = match (is_first, is_counted) {
            (true, true) => 3,
            (true, false) => 4,
            _ => 6,
        };
        all.push(offer(spelling, rank));
        let is_scaled = matches!(
            atom.dimension,
            Dimension::Counter(_) | Dimension::Money | Dimension::Length | Dimension::Area | Dimension::Mass
        );
        if is_first && is_whole && is_scaled {
            let rank = if spelling == "元" { 2 } else { 5 };
            all.extend(SCALES.map(|scale| offer(format!("{scale}{spelling}"), rank)));
        }
    }
    (cursor.back(rest.len()), all)
}

fn offer(unit: impl Into<String>, rank: u8) -> Offer {
    Offer::new(unit, Of::UNIT, "计量单位").rank(rank)
}

/// The units of the file's targets and 单位, the commonest first.
fn written<'t>(cursor: &Cursor<'t>, model: &Model) -> impl Iterator<Item = &'t str> {
    let of_line = |shape: Shape, rest: &'t str| match shape {
        Shape::Unit => Some(rest),
        Shape::Target => rest
            .rsplit(|sign: char| sign.is_numeric() || is_separator(sign))
            .next(),
        _ => None,
    };
    let mut counts: Vec<(usize, &'t str)> = Vec::new();
    for (row, rest) in lines_of(cursor.text) {
        let unit = of_line(row.shape, rest)
            .map(str::trim)
            .filter(|unit| !unit.is_empty());
        let unit = unit.filter(|unit| model.units.parse(unit).is_some());
        let Some(unit) = unit else { continue };
        match counts.iter_mut().find(|(_, held)| *held == unit) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, unit)),
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(_, unit)| unit)
}

fn is_separator(sign: char) -> bool {
    "，,；;]］)）".contains(sign)
}
