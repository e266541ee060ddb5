//! The parts of a form to the form: which part gives what, and where one form ends and the next begins.

use super::pieces::Piece;
use super::sections::{Part, Row, Section};
use super::values::{Reader, datum};
use super::{Form, Reading, funds, indicators, kind, totals};
use crate::document::Document;
use crate::facts::columns::{Column, bare};
use crate::quantity::UnitTable;
use std::ops::Range;

/// Reads the form of these sections; of several forms the one with the most rows, the others are named as unread.
pub(super) fn assemble<'d>(
    document: &'d Document,
    sections: &[Section<'d>],
    units: &UnitTable,
    range: Range<u32>,
) -> Option<Form> {
    let forms = parted(sections);
    let weight = |form: &&[Section]| -> usize {
        let rows = form.iter().filter(|section| section.part != Part::Keys);
        rows.flat_map(|section| &section.rows)
            .filter(|row| holds_numbers(row))
            .count()
    };
    let (best, _) = forms
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(_, form)| weight(form))?;
    let reader = Reader { document, units };
    let mut form = Form {
        reading: reading_of(forms[best]),
        range: range_of(forms[best]).unwrap_or(range),
        ..Form::default()
    };
    let indicators = forms[best]
        .iter()
        .filter(|section| section.part == Part::Indicators);
    form.rows
        .reserve(indicators.map(|section| section.rows.len()).sum());
    for section in forms[best] {
        read_section(&mut form, section, &reader);
    }
    form.rows.shrink_to_fit();
    indicators::close(&mut form);
    kind::read(&mut form, document, forms[best]);
    for (_, other) in forms
        .iter()
        .enumerate()
        .filter(|(at, other)| *at != best && weight(other) > 2)
    {
        if let Some(range) = range_of(other) {
            form.others += 1;
            form.unread
                .push((range, "同一份文件里的另一张表，本次只核对了一张。".into()));
        }
    }
    // More lines that fit no column than rows that do: the order of the cells is lost.
    if form.reading == Reading::Rows && form.unread.len() > form.rows.len() && form.rows.len() < 3 {
        return None;
    }
    let empty = form.rows.is_empty() && form.funds.is_empty();
    (!empty).then_some(form)
}

/// Whether a row holds at least two numbers: it says something that can be checked.
fn holds_numbers(row: &Row) -> bool {
    use super::pieces::Class::{Bare, Comparison, Measure, Percent};
    let numbers = row
        .raw
        .iter()
        .filter(|piece| matches!(piece.class(), Bare | Comparison | Measure | Percent));
    numbers.count() >= 2
}

fn reading_of(sections: &[Section]) -> Reading {
    let mut read = sections.iter().filter(|section| section.part != Part::Keys);
    match read.all(|section| section.grid) {
        true => Reading::Grid,
        false => Reading::Rows,
    }
}

fn range_of(sections: &[Section]) -> Option<Range<u32>> {
    let mut pieces = sections
        .iter()
        .flat_map(|section| &section.rows)
        .flat_map(|row| &row.raw)
        .map(|piece| piece.range.clone());
    let first = pieces.next()?;
    Some(pieces.fold(first, |all, next| {
        all.start.min(next.start)..all.end.max(next.end)
    }))
}

/// A new form begins where funds or keys follow indicators, or indicators follow a total.
fn parted<'s, 'd>(sections: &'s [Section<'d>]) -> Vec<&'s [Section<'d>]> {
    let mut forms = Vec::new();
    let mut start = 0;
    let mut seen = false;
    let mut total = false;
    for (at, section) in sections.iter().enumerate() {
        let begins = match section.part {
            Part::Indicators => total,
            Part::Funds | Part::Keys => seen,
            Part::Goal => total,
        };
        if begins {
            forms.push(&sections[start..at]);
            start = at;
            seen = false;
            total = false;
        }
        if section.part == Part::Indicators && !section.rows.is_empty() {
            seen = true;
            total |= section
                .rows
                .iter()
                .any(|row| first_of(row).is_some_and(|piece| totals::is_total(&piece.text)));
        }
    }
    forms.push(&sections[start..]);
    forms
}

/// The first cell of a row that is filled and is not the label of a part.
pub(super) fn first_of<'r, 'd>(row: &'r Row<'d>) -> Option<&'r Piece<'d>> {
    row.raw
        .iter()
        .find(|piece| !piece.is_empty() && !piece.covered && !super::sections::is_label(piece))
}

fn read_section(form: &mut Form, section: &Section, reader: &Reader) {
    match section.part {
        Part::Keys => section.rows.iter().for_each(|row| read_keys(form, row)),
        Part::Funds => funds::read(form, section, reader),
        Part::Goal => read_goal(form, section),
        Part::Indicators => indicators::read(form, section, reader),
    }
}

/// 项目名称 | 农村公路养护
pub(super) fn read_keys(form: &mut Form, row: &Row) {
    let mut filled = row.raw.iter().filter(|piece| !piece.is_empty());
    while let Some(piece) = filled.next() {
        let key = bare(&piece.text);
        if form.project.text.is_empty()
            && matches!(
                key.as_str(),
                "项目名称" | "专项名称" | "转移名称" | "转移支付名称"
            )
            && let Some(value) = filled.next().filter(|value| !is_key(&value.text))
        {
            form.project = datum(Some(value), piece.text.as_ref());
        }
    }
}

/// The name of another cell: the value before it is missing or stands elsewhere.
fn is_key(text: &str) -> bool {
    ["部门", "单位", "负责人", "电话", "名称", "类别", "属性", "周期"]
        .iter()
        .any(|end| text.ends_with(end))
        && text.chars().count() <= 8
}

/// The goal and what became of it stand under their headers, or one after the other.
fn read_goal(form: &mut Form, section: &Section) {
    for row in &section.rows {
        for (head, cell) in section.heads.iter().zip(&row.cells) {
            let Some(cell) = cell else { continue };
            let slot = match head.column {
                Column::Goal => &mut form.goal,
                Column::Done => &mut form.goal_done,
                _ => continue,
            };
            if slot.range.is_empty() {
                *slot = datum(Some(cell), head.name.clone());
            }
        }
        if row.cells.is_empty() {
            for piece in row.raw.iter().filter(|piece| piece.text.chars().count() >= 2) {
                let mut heads = section.heads.iter();
                let next = heads.find(|head| match head.column {
                    Column::Goal => form.goal.range.is_empty(),
                    Column::Done => form.goal_done.range.is_empty(),
                    _ => false,
                });
                match next.map(|head| (head.column, head.name.clone())) {
                    Some((Column::Goal, name)) => form.goal = datum(Some(piece), name),
                    Some((_, name)) => form.goal_done = datum(Some(piece), name),
                    None => {}
                }
            }
        }
    }
}
