//! Money that is told in lists of names with one amount each, without a header over them: an application's total and
//! its parts, the lists of several programmes under one total, and a department's money by 收入性质 and 支出性质.

use super::labelled::{Labelled, in_cells, in_one};
use super::pieces::Piece;
use super::sections::{Part, Section};
use super::values::{Reader, datum};
use super::{Form, FundRow, funds, kind};
use crate::document::{BlockKind, Document};
use crate::facts::columns::{bare, unit_in};
use crate::quantity::UnitTable;
use std::ops::Range;

/// The header that stands for the missing one.
const AMOUNT: &str = "金额";

/// A total with the parts below it.
struct List<'d> {
    /// What the list is of, where a line above names it.
    name: Option<Piece<'d>>,
    rows: Vec<Labelled<'d>>,
    unit: Option<String>,
    /// Whether 其中 stands alone above it: it is a share of the list before.
    is_share: bool,
}

fn row_of(labelled: &Labelled, unit: Option<&str>, reader: &Reader) -> FundRow {
    let unit = labelled
        .unit
        .as_deref()
        .or(unit)
        .and_then(|unit| reader.unit(unit));
    FundRow {
        name: datum(Some(&labelled.name), "资金名称"),
        budget: reader.number(labelled.amount.as_ref(), AMOUNT, unit),
        ..FundRow::default()
    }
}

/// Reads the list among the keys of a form that has no fund table.
pub(super) fn read_keys(form: &mut Form, sections: &[Section], reader: &Reader) {
    let keys = sections.iter().filter(|section| section.part == Part::Keys);
    let pieces = keys.flat_map(|section| &section.rows).flat_map(|row| &row.raw);
    let found = in_cells(pieces, reader);
    // 项目总预算 and 实施期资金总额 are of several years; the year's own total is what the report is about.
    let wholes = || (0..found.len()).filter(|at| found[*at].is_whole() && found[*at].amount.is_some());
    let of_year = |at: &usize| {
        ["年度", "当年", "本年"]
            .iter()
            .any(|word| found[*at].label.contains(word))
    };
    let Some(begins) = wholes().find(of_year).or_else(|| wholes().next()) else {
        return;
    };
    let next = (begins + 1..found.len()).find(|at| found[*at].is_whole());
    let list = &found[begins..next.unwrap_or(found.len())];
    form.funds = list
        .iter()
        .map(|labelled| row_of(labelled, None, reader))
        .collect();
    funds::nest(&mut form.funds);
}

/// Reads a department's money by its nature: 按收入性质分：…, 按支出性质分：… and what is listed below them.
pub(super) fn read_natures<'p, 'd: 'p>(
    form: &mut Form,
    pieces: impl Iterator<Item = &'p Piece<'d>>,
    unit: Option<&str>,
    reader: &Reader<'d>,
) {
    let Some(total) = form.funds.iter().position(|row| row.part_of.is_none()) else {
        return;
    };
    let found = in_cells(pieces, reader);
    let Some(begins) = found.iter().position(Labelled::is_nature) else {
        return;
    };
    let unit = unit.map(str::to_owned).or_else(|| found[begins].unit.clone());
    let mut wholes: [Option<usize>; 2] = [None, None];
    let mut listed: [Vec<&str>; 2] = [Vec::new(), Vec::new()];
    for labelled in &found[begins..] {
        let side = usize::from(match labelled.is_nature() {
            true => labelled.label.contains("支出"),
            false if labelled.is_spending() => true,
            false if labelled.is_income() => false,
            false => break,
        });
        let mut row = row_of(labelled, unit.as_deref(), reader);
        if labelled.is_nature() {
            row.restates = Some(total);
            wholes[side] = Some(form.funds.len());
        } else {
            row.part_of = wholes[side];
            listed[side].push(&labelled.label);
        }
        if labelled.is_nature() || row.part_of.is_some() {
            form.funds.push(row);
        }
    }
    // All of them were printed where the last one of the usual list was.
    let complete = [
        listed[0].len() >= 2 && listed[0].iter().any(|name| name.starts_with("其他")),
        ["基本", "项目"]
            .iter()
            .all(|begin| listed[1].iter().any(|name| name.starts_with(begin))),
    ];
    for (whole, complete) in wholes.into_iter().zip(complete) {
        if let Some(row) = whole.and_then(|whole| form.funds.get_mut(whole)) {
            row.complete = complete;
        }
    }
}

/// Reads the lists that stand in lines of text, where no form tells the money otherwise.
pub(super) fn read_lines(document: &Document, units: &UnitTable) -> Option<Form> {
    let reader = Reader {
        document,
        units,
        numbers: &[],
    };
    let lists = lists_of(&reader);
    let amounts = |list: &List| list.rows.iter().filter(|row| row.amount.is_some()).count();
    if lists.iter().map(amounts).sum::<usize>() < FEWEST_AMOUNTS {
        return None;
    }
    let mut form = Form::default();
    let first = lists.first()?.rows.first()?.name.range.start;
    let mut end = first;
    let mut starts = Vec::new();
    for list in &lists {
        starts.push(form.funds.len());
        end = list
            .rows
            .last()
            .map_or(end, |row| row.amount.as_ref().unwrap_or(&row.name).range.end);
        let mut rows: Vec<FundRow> = list
            .rows
            .iter()
            .map(|labelled| row_of(labelled, list.unit.as_deref(), &reader))
            .collect();
        funds::nest(&mut rows);
        let from = form.funds.len();
        rows.iter_mut()
            .for_each(|row| row.part_of = row.part_of.map(|whole| whole + from));
        if let (Some(name), Some(row)) = (&list.name, rows.first_mut()) {
            row.of = datum(Some(name), "项目");
        }
        form.funds.extend(rows);
    }
    share_out(&mut form.funds, &lists, &starts);
    form.range = first..end;
    kind::read(&mut form, document, &[]);
    Some(form)
}

/// Fewer amounts than this are no list.
const FEWEST_AMOUNTS: usize = 4;

/// Of the lists that stand as shares below a total list, each row is a share of the row of the same name in it.
fn share_out(funds: &mut [FundRow], lists: &[List], starts: &[usize]) {
    let mut above = None;
    for (at, list) in lists.iter().enumerate() {
        let Some(whole) = above.filter(|_| list.is_share) else {
            above = Some(at);
            continue;
        };
        let wholes: &List = &lists[whole];
        for (index, labelled) in list.rows.iter().enumerate() {
            let same = wholes.rows.iter().position(|row| row.label == labelled.label);
            if let Some(same) = same {
                funds[starts[at] + index].share_of = Some(starts[whole] + same);
            }
        }
    }
}

/// The lines of a paragraph as the file has them: those of a list are cells, though they may look like broken prose.
fn lines_of(document: &Document, range: &Range<u32>) -> Vec<Range<u32>> {
    let runs = &document.view.runs;
    let inside = runs.partition_point(|(view, _)| *view <= range.start);
    let mut from = range.start;
    let mut lines = Vec::new();
    for (at, _) in runs[inside..].iter().take_while(|(view, _)| *view < range.end) {
        lines.push(from..*at);
        from = *at;
    }
    lines.push(from..range.end);
    lines
}

/// The lists in the lines of a document outside its tables.
fn lists_of<'d>(reader: &Reader<'d>) -> Vec<List<'d>> {
    let mut lists: Vec<List> = Vec::new();
    let mut open = false;
    let mut marked = false;
    let mut unit: Option<String> = None;
    let mut above: Option<Piece> = None;
    let blocks = reader
        .document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Table(_)));
    for line in blocks.flat_map(|block| lines_of(reader.document, &block.range)) {
        let text = reader.document.text(&line).trim();
        if bare(text) == "其中" {
            marked = true;
            continue;
        }
        let labelled = in_one(&line, reader);
        match labelled {
            Some(whole) if whole.is_whole() => {
                unit = whole
                    .unit
                    .clone()
                    .or_else(|| {
                        above
                            .as_ref()
                            .and_then(|line| unit_in(&line.text).map(str::to_owned))
                    })
                    .or(unit);
                lists.push(List {
                    name: whole.before.clone().or(above.take()),
                    rows: vec![whole],
                    unit: unit.clone(),
                    is_share: std::mem::take(&mut marked),
                });
                open = true;
            }
            // Below 其中 alone stands the name of the programme, which is one of money too.
            Some(part) if open && !(marked && part.amount.is_none()) => {
                if let Some(list) = lists.last_mut() {
                    list.rows.push(part);
                }
            }
            _ => {
                open = false;
                let short = text.chars().count() <= 40;
                above = short.then(|| Piece::of(reader.document, line.clone()));
                marked &= short;
            }
        }
    }
    lists.retain(|list| list.rows.len() >= 3);
    lists
}
