//! 单位不一致或缺失（unit-mismatch）
//!
//! 查什么：一项指标的目标和完成值单位是不是能比较；单位有没有写错（100百分比）、写漏（≥85，应为85%）；表头已经写了万元，格子里
//! 又写“万”。
//! 为什么：单位不同的两个数不能比较，核对不出是否完成。
//! 怎么改：完成值用和目标相同的单位；漏写的补上。
//! 例：目标“37个乡镇社区医疗机构”，完成值“100%”。
//! 不算：可以换算的（公里和米、天和月）；完成值没有写单位而目标写了的、两个量词不同的（个和家），只作提醒。
//! 依据：指标值要写明计量单位（自评表填报说明）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, hint, is_bare, name_of, quantities_in, row_places, told};
use crate::facts::form::{Datum, Form, IndicatorRow};
use crate::facts::{Number, NumberKind, Oddity, OddityKind};
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Dimension, Unit};
use crate::words::said::Said;

/// Holds the units of each indicator against one another, and looks for units written wrongly.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let mut told_rows: Vec<u32> = Vec::new();
    let written = ledger.facts.oddities.iter();
    for oddity in written.filter(|oddity| oddity.kind == OddityKind::WrongUnit) {
        let quote = ledger.quote(&oddity.range);
        let message = format!("“{quote}”的单位写错了，应为“{}”。", oddity.meant);
        told_rows.push(oddity.range.start);
        let place = ledger.place(&oddity.range, "", format!("应为“{}”", oddity.meant));
        judgements.fail(told(check, quote, message, vec![place]));
    }
    let placeholders = ledger.facts.oddities.iter();
    for oddity in placeholders.filter(|oddity| oddity.kind == OddityKind::Placeholder) {
        judgements.findings.extend(behind_placeholder(ledger, check, oddity));
    }
    let Some(form) = ledger.form() else { return };
    for row in &form.rows {
        let within = |cell: &Datum| told_rows.get(told_rows.partition_point(|at| *at < cell.range.start)).is_some_and(|at| *at < cell.range.end);
        if within(&row.target) || within(&row.actual) {
            continue;
        }
        match of_row(ledger, check, row) {
            Some(finding) => judgements.fail(finding),
            None => judgements.passed += u32::from(row.target.number().is_some()),
        }
    }
    funds(ledger, check, form, judgements);
}

fn of_row(ledger: &Ledger, check: &Check, row: &IndicatorRow) -> Option<Finding> {
    let name = name_of(row);
    let tell = |message: String| told(check, &name, message, row_places(ledger, row, &row.actual, "完成值"));
    let (target, actual) = (row.target.number(), row.actual.number());
    let share = Said::Share.ends(&name) && !Said::NoShare.in_text(&name);
    match (target, actual) {
        (Some(target), Some(actual)) => {
            let bare = [is_bare(&row.target.text), is_bare(&row.actual.text)];
            match bare {
                [false, false] => differing(target.unit, actual.unit).map(|sure| {
                    let finding = tell(format!(
                        "“{name}”的目标是“{}”，完成值是“{}”，单位不同，不能比较。",
                        row.target.text, row.actual.text
                    ));
                    if sure { finding } else { hint(finding) }
                }),
                // 96 beside ≥95%, 50 beside ≥50个: what was meant is plain.
                [false, true] if !row.unit.is_filled() && !target.unit.is_none() => Some(hint(tell(format!(
                    "“{name}”的目标是“{}”，完成值“{}”没有写单位。",
                    row.target.text, row.actual.text
                )))),
                [true, _] if share && target.unit.is_none() && is_hundreds(&row.target) => {
                    let missing = format!("“{name}”的目标“{}”没有写单位“%”。", row.target.text);
                    let places = row_places(ledger, row, &row.target, "目标");
                    Some(told(check, &name, missing, places))
                }
                _ => None,
            }
        }
        // 37个医疗机构 answered by 100%.
        (None, Some(actual)) if actual.unit.dimension() == Some(Dimension::Share) && !share => {
            let counted = only_count(ledger, &row.target)?;
            Some(tell(format!(
                "“{name}”的目标是“{}”，说的是“{}”，完成值写的是“{}”，单位不同，不能比较。",
                row.target.text,
                ledger.quote(&counted.range),
                row.actual.text
            )))
        }
        (Some(target), _) if share && target.unit.is_counter() => Some(hint(tell(format!(
            "“{name}”是比率，目标“{}”写的是数量。",
            row.target.text
        )))),
        _ => None,
    }
}

/// Whether two units cannot be compared, and whether that is beyond doubt.
fn differing(target: Unit, actual: Unit) -> Option<bool> {
    let (a, b) = (target.dimension(), actual.dimension());
    let time = |of: Option<Dimension>| matches!(of, Some(Dimension::Day | Dimension::Month));
    let share = |of: Option<Dimension>| matches!(of, Some(Dimension::Share | Dimension::Points | Dimension::Multiple));
    if target.is_none() || actual.is_none() || target == actual || (time(a) && time(b)) || (share(a) && share(b)) {
        return None;
    }
    if target.compares_with(actual) {
        // 个 beside 家: comparable, and still two words.
        let piece = target.is_counter() && actual.is_counter();
        return piece.then_some(false);
    }
    // 2元/人 beside 2元, 3次/年 beside 3次: the same thing said shorter.
    if a.is_none() != b.is_none() {
        return None;
    }
    // Words for one thing differ among counters (场 and 期); people, visits, households and places do not.
    let counters = target.is_counter() && actual.is_counter();
    let apart = |unit: Unit| matches!(unit.name(), "人" | "人次" | "户" | "家" | "村" | "亩" | "次");
    Some(!counters || (apart(target) && apart(actual)))
}

/// 95 for a share, and not 0.95.
fn is_hundreds(datum: &Datum) -> bool {
    datum
        .number()
        .is_some_and(|number| number.value > crate::quantity::Ratio::whole(1))
}

/// The one quantity of a target in words, where it counts something.
fn only_count<'a>(ledger: &Ledger<'a>, target: &Datum) -> Option<&'a Number> {
    let all = quantities_in(ledger, &target.range);
    match all.as_slice() {
        [only] if only.quantity.unit.is_counter() => Some(only),
        _ => None,
    }
}

/// （≥**%）≥85: what stands behind a placeholder takes its unit.
fn behind_placeholder(ledger: &Ledger, check: &Check, oddity: &Oddity) -> Option<Finding> {
    let numbers = &ledger.facts.numbers;
    let from = numbers.partition_point(|number| number.range.start < oddity.range.end);
    let number = numbers.get(from)?;
    let between = ledger.text().get(oddity.range.end as usize..number.range.start as usize)?;
    if between.len() > 60 {
        return None;
    }
    // The whole unit of the placeholder: 元/株 in (≤**元/株).
    let (rest, after) = between.split_once(['）', ')'])?;
    let near = after.trim_start_matches(['≥', '≤', '>', '<', '=', '＝', ' ', '：', ':']).is_empty();
    let unit = format!("{}{rest}", oddity.meant);
    let behind = ledger.text().get(number.digits.end as usize..)?.trim_start();
    let short = unit.chars().count() <= 6;
    let meant = number.kind == NumberKind::Quantity && ledger.model.units.parse(&unit).is_some_and(|(unit, _)| {
        number.quantity.unit.compares_with(unit) && !number.quantity.unit.is_none()
    });
    if !near || !short || behind.starts_with(unit.as_str()) || meant {
        return None;
    }
    let quote = ledger.quote(&number.range);
    let message = format!("模板上的单位是“{unit}”，这里写的是“{}”，单位写漏或者写错了。", written(quote, behind));
    let places = vec![ledger.place(&number.range, "", format!("应带单位“{unit}”")), ledger.place(&oddity.range, "模板", "")];
    Some(told(check, quote, message, places))
}

/// 28.40/株: the number and what stands right behind it.
fn written(quote: &str, behind: &str) -> String {
    let tail: String = behind.chars().take_while(|c| *c == '/' || c.is_alphabetic()).take(4).collect();
    match tail.starts_with('/') {
        true => format!("{quote}{tail}"),
        false => quote.to_owned(),
    }
}

/// 项目资金（万元） | 80万: the unit of the header once more.
fn funds(ledger: &Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    for row in &form.funds {
        for datum in [&row.initial, &row.budget, &row.spent] {
            let again = datum.number().is_some() && datum.text.contains(['万', '元', '亿']);
            if again {
                let message = format!("“{}”又写了单位，表头已经写明单位的，格子里只写数。", datum.text);
                let finding = told(check, &row.name.text, message, vec![cell(ledger, datum, "金额")]);
                judgements.fail(hint(finding));
                return;
            }
        }
    }
}
