//! 完成值写成比较式（actual-as-comparator）
//!
//! 查什么：实际完成值一栏，或者“实际完成值…”这样的句子里，写的是不是“≥95%”“95%及以上”这样的比较式。
//! 为什么：目标可以写成“≥95%”，完成值要写实际达到多少；照抄目标的写法，看不出完成了多少，也没法计分。
//! 怎么改：写实际数，如“96.3%”；只知道一个范围的，补做统计，或者说明数据来源。
//! 例：目标“≥90%”，完成值也写“≥90%”。
//! 不算：目标一栏的比较式；正文里“达90%以上”这样的叙述；写“=100%”的；定性目标旁边的比较式只作提醒。
//! 依据：完成值要填写实际完成数（自评表填报说明）。

use crate::checks::cells::{hint, name_of, row_places, told, with_actuals};
use crate::checks::Judgements;
use crate::facts::Role;
use crate::facts::form::IndicatorRow;
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::{Bound, Quantity};
use crate::words::said::Said;
use std::ops::Range;

/// Looks for comparisons among the actual values of the form, and behind 实际完成值 in the prose.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    of_form(ledger, check, judgements);
    for (subject, range) in labelled(ledger) {
        let message = format!("完成值写成了比较式“{}”，没有写实际达到多少。", ledger.quote(&range));
        let place = ledger.place(&range, "完成值", "");
        judgements.fail(told(check, &subject, message, vec![place]));
    }
}

/// Looks among the actual values of a form.
pub fn of_form(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    for row in with_actuals(ledger).iter().flat_map(|form| &form.rows) {
        let Some(actual) = row.actual.number() else { continue };
        ledger.used.insert(row.actual.range.start);
        if !is_bounded(actual) {
            judgements.passed += 1;
            continue;
        }
        let name = name_of(row);
        let message = format!(
            "“{name}”的完成值写成了比较式“{}”，没有写实际达到多少。",
            row.actual.text
        );
        let finding = told(check, &name, message, row_places(ledger, row, &row.actual, "完成值"));
        judgements.fail(match is_open(row) {
            true => hint(finding),
            false => finding,
        });
    }
}

/// ≥ ≤ > <, 以上, 以内: not how much it is.
fn is_bounded(actual: &Quantity) -> bool {
    matches!(
        actual.bound,
        Some(Bound::AtLeast | Bound::Above | Bound::AtMost | Bound::Below)
    )
}

/// A target in words may be answered by a bound.
fn is_open(row: &IndicatorRow) -> bool {
    row.target.is_filled() && row.target.number().is_none()
}

/// Comparisons right behind 实际完成值 in the prose, with what they are said of.
fn labelled(ledger: &Ledger) -> Vec<(String, Range<u32>)> {
    let mut found = Vec::new();
    for mention in &ledger.facts.mentions {
        let number = &ledger.facts.numbers[mention.number];
        if mention.in_form || mention.role != Role::Actual || !is_bounded(&number.quantity) {
            continue;
        }
        let before = ledger.quote(&(mention.clause.start..number.range.start.max(mention.clause.start)));
        let label = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        if Said::ActualLabel.ends(label) {
            found.push((mention.subject.clone(), number.range.clone()));
        }
    }
    found
}
