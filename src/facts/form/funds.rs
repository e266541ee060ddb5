//! The fund rows of a form: amounts, the nesting of the parts, and the row with the execution rate.

use super::pieces::{Class, Piece, is_unused};
use super::sections::{Row, Section};
use super::values::{Reader, datum, of_each_row};
use super::{Datum, ExecutionRow, Form, FundRow, assemble};
use crate::facts::columns::{Column, bare};

/// Reads the rows below a fund header.
pub(super) fn read(form: &mut Form, section: &Section, reader: &Reader) {
    let unit = section.unit.as_deref().and_then(|unit| reader.unit(unit));
    for row in &section.rows {
        // From here on the money is told once more, by its nature, and not in these columns.
        if row.raw.iter().any(|piece| piece.text.contains("性质分")) {
            break;
        }
        let cell = |column: Column| {
            let at = section.heads.iter().position(|head| head.column == column)?;
            let piece = row.cells.get(at)?.as_ref();
            Some((piece, section.heads[at].name.clone()))
        };
        let money = |column| match cell(column) {
            Some((piece, header)) => reader.number(piece, header, unit),
            None => Datum::default(),
        };
        let Some((Some(name), _)) = cell(Column::Fund) else {
            assemble::read_keys(form, row);
            continue;
        };
        if !is_fund(name, row) {
            assemble::read_keys(form, row);
            continue;
        }
        let reason = cell(Column::Reason).map_or_else(Datum::default, |(piece, header)| {
            of_each_row(datum(piece, header))
        });
        let fund = FundRow {
            name: datum(Some(name), "资金名称"),
            initial: money(Column::Initial),
            budget: money(Column::Budget),
            spent: money(Column::Spent),
            reason: reason.clone(),
            ..FundRow::default()
        };
        let rate = cell(Column::Rate).map(|(piece, header)| reader.number(piece, header, reader.unit("%")));
        let mark = |column| match cell(column) {
            Some((piece, header)) => reader.mark(piece, header),
            None => Datum::default(),
        };
        let execution = ExecutionRow {
            rate: rate.unwrap_or_default(),
            weight: mark(Column::Weight),
            score: mark(Column::Score),
            reason,
            budget: fund.budget.clone(),
            spent: fund.spent.clone(),
        };
        choose(form, execution);
        form.funds.push(fund);
    }
    nest(&mut form.funds);
}

/// The first row with a 分值 carries the rate that is scored; without marks it is the first row with a rate.
fn choose(form: &mut Form, row: ExecutionRow) {
    let marked = row.weight.number().is_some() || row.score.number().is_some();
    let found = form.execution.as_ref();
    let better =
        found.is_none_or(|found| found.weight.number().is_none() && found.score.number().is_none() && marked);
    if better && (marked || row.rate.number().is_some()) {
        form.execution = Some(row);
    }
}

/// A name of money with an amount beside it, or with cells for one.
fn is_fund(name: &Piece, row: &Row) -> bool {
    const WORDS: &[&str] = &[
        "资金", "拨款", "合计", "总额", "总计", "收入", "补助", "其他", "结转", "支出", "经费", "预算",
        "中央", "省", "市", "县", "区",
    ];
    let text = bare(&name.text);
    let prose = row
        .cells
        .iter()
        .skip(1)
        .flatten()
        .any(|piece| piece.class() == Class::Long);
    if prose
        && !row
            .raw
            .iter()
            .any(|piece| matches!(piece.class(), Class::Bare | Class::Dash))
    {
        return false;
    }
    if ["情况", "性", "管理", "说明", "目标"]
        .iter()
        .any(|end| text.ends_with(end))
    {
        return false;
    }
    let amounts = row
        .raw
        .iter()
        .filter(|piece| matches!(piece.class(), Class::Bare | Class::Measure | Class::Dash));
    let known = WORDS.iter().any(|word| text.contains(word));
    !is_unused(&name.text)
        && text.chars().count() <= 24
        && (known || (amounts.count() >= 2 && name.class() == Class::Words))
}

fn is_whole(name: &str) -> bool {
    ["总额", "合计", "总计", "资金总量"]
        .iter()
        .any(|word| name.contains(word))
        && !name.starts_with("其中")
}

/// 财政拨款 and 财政资金, of which 中央 and 省 are parts.
fn is_public(name: &str) -> bool {
    let bare = name.trim_start_matches("其中").trim_start_matches(['：', ':']);
    ["财政拨款", "财政资金", "财政性资金", "一般公共预算"]
        .iter()
        .any(|word| bare.ends_with(word))
        && level(bare).is_none()
}

/// 中央 省 市 县 of a name of public money.
fn level(name: &str) -> Option<u8> {
    let bare = name.trim_start_matches("其中").trim_start_matches(['：', ':']);
    const LEVELS: &[(&str, u8)] = &[
        ("中央", 1),
        ("上级", 2),
        ("省", 2),
        ("自治区", 2),
        ("市", 3),
        ("州", 3),
        ("县", 4),
        ("区", 4),
        ("地方", 5),
        ("本级", 5),
        ("乡", 5),
        ("镇", 5),
    ];
    LEVELS
        .iter()
        .find(|(word, _)| bare.starts_with(word))
        .map(|(_, level)| *level)
}

/// What is left when all named parts are taken: its row ends a list of parts.
fn is_rest(name: &str) -> bool {
    ["其他", "其它", "单位资金", "自有资金", "自筹"]
        .iter()
        .any(|word| name.contains(word))
}

/// Sets the row of which each row is a direct part, and which rows print all of theirs.
pub(super) fn nest(funds: &mut [FundRow]) {
    let names: Vec<String> = funds.iter().map(|fund| bare(&fund.name.text)).collect();
    let mut whole = None;
    let mut public = None;
    for at in 0..funds.len() {
        let name = names[at].as_str();
        if is_whole(name) || (whole.is_none() && at == 0) {
            whole = Some(at);
            public = None;
            continue;
        }
        let of_public = level(name).is_some() && !is_rest(name);
        funds[at].part_of = if of_public { public.or(whole) } else { whole };
        if is_public(name) {
            public = Some(at);
        }
    }
    let mut parts_of: Vec<Vec<&str>> = vec![Vec::new(); funds.len()];
    for (fund, name) in funds.iter().zip(&names) {
        if let Some(whole) = fund.part_of {
            parts_of[whole].push(name);
        }
    }
    for (fund, parts) in funds.iter_mut().zip(parts_of) {
        let ends = parts.iter().any(|name| is_rest(name));
        let lowest = parts.iter().filter_map(|name| level(name)).max();
        let levels = parts.iter().filter(|name| level(name).is_some()).count();
        fund.complete = parts.len() >= 2 && (ends || (levels == parts.len() && lowest >= Some(3)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(names: &[&str]) -> Vec<(Option<usize>, bool)> {
        let mut funds: Vec<FundRow> = names
            .iter()
            .map(|name| FundRow {
                name: Datum {
                    text: (*name).into(),
                    ..Datum::default()
                },
                ..FundRow::default()
            })
            .collect();
        nest(&mut funds);
        funds.iter().map(|fund| (fund.part_of, fund.complete)).collect()
    }

    #[test]
    fn parts_of_public_money_are_not_parts_of_the_whole() {
        let found = nested(&[
            "年度资金总额",
            "其中：财政拨款",
            "其中：中央补助",
            "省级资金",
            "县级资金",
            "其他资金",
        ]);
        assert_eq!(found[1].0, Some(0));
        assert_eq!(found[2].0, Some(1));
        assert_eq!(found[4].0, Some(1));
        assert_eq!(found[5].0, Some(0));
        assert!(found[0].1 && found[1].1);
    }

    #[test]
    fn a_single_part_is_no_whole_list() {
        assert_eq!(
            nested(&["合计", "其中：财政资金"]),
            [(None, false), (Some(0), false)]
        );
    }
}
