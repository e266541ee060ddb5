//! The parts of a form to the form: which part gives what, and where one form ends and the next begins.

use super::pieces::{Class, Piece};
use super::sections::{Part, Row, Section};
use super::values::{Reader, datum};
use super::{Answer, Content, Datum, Form, Reading, fund_lists, funds, indicators, kind, totals};
use crate::document::Document;
use crate::facts::Number;
use crate::facts::columns::{Column, bare};
use crate::quantity::UnitTable;
use std::ops::Range;

/// Reads the forms of these sections, the one with the most rows first and the others in the order of the text.
pub(super) fn assemble<'d>(
    document: &'d Document,
    sections: &[Section<'d>],
    (units, numbers): (&UnitTable, &[Number]),
    range: Range<u32>,
) -> Vec<Form> {
    let parts = parted(sections);
    let weight = |form: &[Section]| -> usize {
        let rows = form.iter().filter(|section| section.part != Part::Keys);
        rows.flat_map(|section| &section.rows)
            .filter(|row| holds_numbers(row))
            .count()
    };
    let weights: Vec<usize> = parts.iter().map(|part| weight(part)).collect();
    let best = (0..parts.len()).rev().max_by_key(|at| weights[*at]).unwrap_or(0);
    let reader = Reader {
        document,
        units,
        numbers,
    };
    let mut forms = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        // Rows without a number say nothing that can be checked.
        if at != best && weights[at] == 0 {
            continue;
        }
        let form = one(&reader, part, &range);
        match form {
            Some(form) if at == best => forms.insert(0, form),
            Some(form) => forms.push(form),
            None if at == best => return Vec::new(),
            None => {}
        }
    }
    if let Some((first, others)) = forms.split_first_mut() {
        first.others = others.len();
    }
    forms
}

fn one(reader: &Reader, part: &[Section], range: &Range<u32>) -> Option<Form> {
    let mut form = Form {
        reading: reading_of(part),
        range: range_of(part).unwrap_or(range.clone()),
        ..Form::default()
    };
    let indicators = part.iter().filter(|section| section.part == Part::Indicators);
    form.rows
        .reserve(indicators.map(|section| section.rows.len()).sum());
    for section in part {
        read_section(&mut form, section, reader);
    }
    form.rows.shrink_to_fit();
    if form.funds.is_empty() {
        fund_lists::read_keys(&mut form, part, reader);
    }
    for section in part.iter().filter(|section| section.part == Part::Funds) {
        let pieces = section.rows.iter().flat_map(|row| &row.raw);
        fund_lists::read_natures(&mut form, pieces, section.unit.as_deref(), reader);
    }
    indicators::close(&mut form);
    kind::read(&mut form, reader.document, part);
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
    let of_keys = sections.iter().all(|section| section.part == Part::Keys);
    let mut read = sections
        .iter()
        .filter(|section| of_keys || section.part != Part::Keys);
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
            Part::Goal | Part::Accounts => total,
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
        Part::Keys => section.rows.iter().for_each(|row| {
            read_keys(form, row);
            read_result(form, row, reader);
        }),
        Part::Funds => funds::read(form, section, reader),
        Part::Goal => read_goal(form, section),
        Part::Accounts => read_accounts(form, section),
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

/// 自评得分 | 96.5 | 自评等级 | 优 in the head of a form.
fn read_result(form: &mut Form, row: &Row, reader: &Reader) {
    let filled: Vec<&Piece> = row
        .raw
        .iter()
        .filter(|piece| !piece.is_empty() && !piece.covered)
        .collect();
    for pair in filled.windows(2) {
        let [key, value] = [pair[0], pair[1]];
        match bare(&key.text).as_str() {
            "自评得分" | "自评总分" | "自评总得分" | "自评分数" if value.class() == Class::Bare =>
            {
                form.total = reader.mark(Some(value), key.text.as_ref());
            }
            "自评等级" | "自评结果" | "评价等级" | "自评等次" => {
                if let Some(grade) = totals::grade_in(value) {
                    form.grade = datum(Some(&grade), "等级");
                    form.grade.content = Content::Text;
                }
            }
            _ => {}
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

/// 下达及时性 | 已按时下达 | 无
fn read_accounts(form: &mut Form, section: &Section) {
    for row in &section.rows {
        let cell = |column: Column| {
            let at = section.heads.iter().position(|head| head.column == column);
            at.map_or(Datum::default(), |at| {
                datum(
                    row.cells.get(at).and_then(Option::as_ref),
                    section.heads[at].name.clone(),
                )
            })
        };
        let label = cell(Column::Fund);
        if label.is_filled() && label.text.chars().count() <= LONGEST_QUESTION {
            form.answers.push(Answer {
                label,
                text: cell(Column::Account),
                problem: cell(Column::Problem),
            });
        }
    }
}

/// The characters of the longest question that is answered in words.
const LONGEST_QUESTION: usize = 20;

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
