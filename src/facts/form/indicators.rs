//! The indicator rows of a form: groups with their weights, targets, actual values, marks and reasons.

use super::pieces::{Class, Piece, is_unused, label_and_weight};
use super::sections::{Row, Section};
use super::totals::{is_extra, is_note, is_note_label, is_total, read_extra, read_total};
use super::values::{Reader, datum, of_each_row};
use super::{Content, Datum, Form, Group, IndicatorRow, assemble};
use crate::facts::columns::Column;
use crate::quantity::{Dimension, Ratio, Unit};
use std::sync::Arc;

/// More rows than this that could not be laid say no more than these.
const MOST_UNREAD: usize = 20;

/// A row with its section, so that a cell can be asked for by its meaning.
struct View<'s, 'd> {
    section: &'s Section<'d>,
    row: &'s Row<'d>,
}

impl<'d> View<'_, 'd> {
    fn cell(&self, column: Column) -> Option<(Option<&Piece<'d>>, &Arc<str>)> {
        let at = self.section.heads.iter().position(|head| head.column == column)?;
        Some((self.row.cells.get(at)?.as_ref(), &self.section.heads[at].name))
    }

    fn filled(&self, column: Column) -> Option<&Piece<'d>> {
        self.cell(column)?.0.filter(|piece| !piece.is_empty())
    }
}

/// Reads the rows below an indicator header.
pub(super) fn read(form: &mut Form, section: &Section, reader: &Reader) {
    let columns: Vec<Column> = section.heads.iter().map(|head| head.column).collect();
    let mut ended = false;
    let mut extra = false;
    for row in &section.rows {
        let Some(first) = assemble::first_of(row) else {
            continue;
        };
        if row.doubtful && !ended && !is_total(&first.text) {
            unread(form, row);
            continue;
        }
        if is_total(&first.text) {
            read_total(form, row, &columns, reader);
            ended = true;
        } else if is_note_label(&first.text) {
            let words = row.raw.iter().filter(|piece| !piece.is_empty()).nth(1);
            form.note = datum(words, "说明");
            ended = true;
        } else if is_note(&first.text) {
            form.note = datum(Some(first), "说明");
        } else if ended {
            read_below(form, row);
        } else {
            let view = View { section, row };
            let label = view.filled(Column::First).filter(|piece| !piece.covered);
            extra = label.map_or(extra, |piece| is_extra(&piece.text));
            if extra || is_extra(&first.text) {
                form.extras.extend(read_extra(row, &columns, reader));
            } else {
                read_row(form, &view, reader);
            }
        }
    }
}

/// Lines under the totals: the grade may stand alone.
fn read_below(form: &mut Form, row: &Row) {
    let labelled = row
        .raw
        .iter()
        .find(|piece| piece.text.contains("等级") || piece.text.chars().count() <= 2);
    if form.grade.text.is_empty()
        && let Some(grade) = labelled.and_then(super::totals::grade_in)
    {
        form.grade = datum(Some(&grade), "等级");
    }
}

fn read_row(form: &mut Form, view: &View, reader: &Reader) {
    open_groups(form, view, reader);
    let name = view.filled(Column::Name);
    let values = [Column::Target, Column::Actual, Column::Weight, Column::Score];
    let filled = values
        .iter()
        .filter(|column| view.filled(**column).is_some())
        .count();
    if name.is_none_or(|name| is_unused(&name.text)) && filled == 0 {
        return;
    }
    // A line of a broken cell looks like a name; a name behind the label of its group is one.
    let labelled = view.filled(Column::Second).is_some_and(|label| !label.covered);
    let shown = view
        .cell(Column::Target)
        .is_some_and(|(piece, _)| piece.is_some());
    let bare_name = filled == 0 && !view.section.grid && !(labelled && shown);
    if (name.is_none() && filled < 2) || bare_name {
        unread(form, view.row);
        return;
    }
    let read = IndicatorRow {
        first: form.groups.len().checked_sub(1),
        second: current_subgroup(form),
        name: of_each_row(name_of(view)),
        target: of_each_row(target(view, reader)),
        unit: of_each_row(plain(view, Column::Unit)),
        weight: mark(view, Column::Weight, reader),
        score: mark(view, Column::Score, reader),
        reason: of_each_row(reason(view)),
        ..IndicatorRow::default()
    };
    let read = IndicatorRow {
        actual: of_each_row(actual(view, reader, &read)),
        ..read
    };
    if takes_execution(form, &read) {
        return;
    }
    let index = form.rows.len();
    if let Some(first) = read.first {
        form.groups[first].rows.push(index);
    }
    if let Some(second) = read.second {
        form.subgroups[second].rows.push(index);
    }
    form.rows.push(read);
}

/// 预算执行率 printed as a group of its own among the indicators is the execution row, unless the funds gave it.
fn takes_execution(form: &mut Form, read: &IndicatorRow) -> bool {
    let group = read.first.map_or("", |at| form.groups[at].name.text.as_str());
    let own = group.contains("执行率") || (group.contains("预算执行") && read.name.text.contains("执行率"));
    if !own {
        return false;
    }
    let execution = form.execution.get_or_insert_default();
    if execution.weight.number().is_none() {
        execution.weight = read.weight.clone();
        execution.score = read.score.clone();
        execution.reason = read.reason.clone();
        if execution.rate.number().is_none() {
            execution.rate = read.actual.clone();
        }
        return true;
    }
    false
}

fn unread(form: &mut Form, row: &Row) {
    let filled: Vec<&Piece> = row.raw.iter().filter(|piece| !piece.is_empty()).collect();
    let (Some(first), Some(last)) = (filled.first(), filled.last()) else {
        return;
    };
    let long = filled.iter().any(|piece| piece.class() == Class::Long) || filled.len() >= 2;
    let label = filled
        .iter()
        .all(|piece| matches!(piece.class(), Class::First | Class::Second));
    if long && !label && form.unread.len() < MOST_UNREAD {
        let range = first.range.start..last.range.end.max(first.range.end);
        form.unread
            .push((range, "无法确定这一行的各格属于哪一列。".into()));
    }
}

/// Opens the groups whose labels the row prints.
fn open_groups(form: &mut Form, view: &View, reader: &Reader) {
    // A label that is printed in each row of its group opens none.
    let repeats = |last: Option<&Group>, label: &Piece| {
        last.is_some_and(|last| last.name.text == label_and_weight(&label.text).0)
    };
    let first = view.filled(Column::First).filter(|piece| !piece.covered);
    if let Some(label) = first.filter(|label| !repeats(form.groups.last(), label)) {
        let mut group = group_of(label, "一级指标", reader);
        weigh(&mut group, view, Column::FirstWeight, reader);
        form.groups.push(group);
        form.subgroups.push(Group::default());
    }
    let second = view.filled(Column::Second).filter(|piece| !piece.covered);
    if let Some(label) = second.filter(|label| !repeats(form.subgroups.last(), label)) {
        let mut group = group_of(label, "二级指标", reader);
        weigh(&mut group, view, Column::SecondWeight, reader);
        match form.subgroups.last_mut() {
            // The nameless subgroup that a new group began with was not used.
            Some(last) if last.name.text.is_empty() && last.rows.is_empty() => *last = group,
            _ => form.subgroups.push(group),
        }
    }
}

/// The group's weight from a column of its own, where the label prints none.
fn weigh(group: &mut Group, view: &View, column: Column, reader: &Reader) {
    if let Some((Some(piece), header)) = view.cell(column)
        && group.weight.text.is_empty()
        && !piece.is_empty()
    {
        group.weight = reader.mark(Some(piece), header.clone());
    }
}

fn current_subgroup(form: &Form) -> Option<usize> {
    let last = form.subgroups.last()?;
    (!last.name.text.is_empty()).then_some(form.subgroups.len() - 1)
}

/// 产出指标（50分） to a name and a weight, each with its place.
pub(super) fn group_of(label: &Piece, header: &str, reader: &Reader) -> Group {
    let header: Arc<str> = header.into();
    let (name, weight) = label_and_weight(&label.text);
    let mut group = Group {
        name: datum(Some(label), header.clone()),
        ..Group::default()
    };
    group.name.text = name.to_owned();
    if let Some(weight) = weight {
        let piece = Piece::new(weight, reader.part(label, weight));
        group.weight = reader.mark(Some(&piece), header);
        let shown = reader.part(label, name);
        group.name.range = shown;
    }
    group
}

/// The name without 指标1： before it.
fn name_of(view: &View) -> Datum {
    match view.cell(Column::Name) {
        Some((piece, header)) => {
            let mut name = datum(piece, header.clone());
            if let Some(rest) = name.text.strip_prefix("指标") {
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                if let Some(rest) = rest.strip_prefix(['：', ':']) {
                    name.text = rest.trim().to_owned();
                }
            }
            name
        }
        None => Datum::default(),
    }
}

fn plain(view: &View, column: Column) -> Datum {
    view.cell(column)
        .map_or_else(Datum::default, |(piece, header)| datum(piece, header.clone()))
}

fn mark(view: &View, column: Column, reader: &Reader) -> Datum {
    view.cell(column).map_or_else(Datum::default, |(piece, header)| {
        reader.mark(piece, header.clone())
    })
}

/// The target with the comparator of 指标性质 before it and the unit of 度量单位 put to its number.
fn target(view: &View, reader: &Reader) -> Datum {
    let Some((piece, header)) = view.cell(Column::Target) else {
        return Datum::default();
    };
    let unit = view.filled(Column::Unit).and_then(|unit| reader.unit(&unit.text));
    let sign = view
        .filled(Column::Nature)
        .filter(|sign| sign.class() == Class::Sign && sign.text != "定性");
    let Some((sign, piece)) = sign.zip(piece.filter(|piece| !piece.is_empty())) else {
        return reader.number(piece, header.clone(), unit);
    };
    let together = Piece::new(format!("{}{}", sign.text, piece.text), piece.range.clone());
    let together = if piece.covered {
        together.covered()
    } else {
        together
    };
    reader.number(Some(&together), header.clone(), unit)
}

/// The actual value; a number without a unit has that of 度量单位 or of its target.
fn actual(view: &View, reader: &Reader, row: &IndicatorRow) -> Datum {
    let Some((piece, header)) = view.cell(Column::Actual) else {
        return Datum::default();
    };
    let own = view.filled(Column::Unit).and_then(|unit| reader.unit(&unit.text));
    let of_target: Option<(Unit, u8)> =
        row.target
            .number()
            .filter(|target| !target.unit.is_none())
            .map(|target| {
                let scale = target.printed.map_or(0, |printed| printed.scale);
                (target.unit, scale)
            });
    let read = reader.number(piece, header.clone(), own.or(of_target));
    if is_fraction(&read, row) {
        return reader.number(piece, header.clone(), None);
    }
    read
}

/// 0.985 beside ≥98%: a share as spreadsheets hold it, and not 0.985%.
fn is_fraction(actual: &Datum, row: &IndicatorRow) -> bool {
    let share = |datum: &Datum| {
        let number = datum.number()?;
        let share = number.unit.dimension() == Some(Dimension::Share);
        share.then_some(number.value)
    };
    let bare = !actual.text.contains(['%', '％', '‰', '百']);
    let far = share(&row.target).is_some_and(|target| target > Ratio::whole(5));
    bare && far && share(actual).is_some_and(|actual| actual <= Ratio::ONE && actual > Ratio::ZERO)
}

/// The reason; where the row is known to be whole a reason that is not there is empty.
fn reason(view: &View) -> Datum {
    let mut reason = plain(view, Column::Reason);
    let others = [
        Column::Name,
        Column::Target,
        Column::Actual,
        Column::Weight,
        Column::Score,
    ];
    let whole = others
        .iter()
        .all(|column| view.cell(*column).is_none_or(|(piece, _)| piece.is_some()));
    let has_column = view.cell(Column::Reason).is_some();
    if reason.content == Content::Absent && has_column && view.row.whole && whole {
        let end = view.row.raw.last().map_or(0, |piece| piece.range.end);
        reason.content = Content::Empty;
        reason.range = end..end;
    }
    reason
}

/// Says which groups are complete and drops the nameless ones.
pub(super) fn close(form: &mut Form) {
    let ended = !form.total.text.is_empty() || !form.full.text.is_empty();
    let known = form.unread.is_empty();
    let groups = form.groups.len();
    for (at, group) in form.groups.iter_mut().enumerate() {
        group.complete = known && (ended || at + 1 < groups) && !group.rows.is_empty();
    }
    let mut kept = Vec::new();
    let mut places = Vec::with_capacity(form.subgroups.len());
    for group in std::mem::take(&mut form.subgroups) {
        let named = !group.name.text.is_empty();
        places.push(named.then_some(kept.len()));
        kept.extend(named.then_some(group));
    }
    for row in &mut form.rows {
        row.second = row.second.and_then(|second| *places.get(second)?);
    }
    let count = kept.len();
    for (at, group) in kept.iter_mut().enumerate() {
        group.complete = known && (ended || at + 1 < count) && !group.rows.is_empty();
    }
    form.subgroups = kept;
}
