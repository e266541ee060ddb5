//! 分项合计不符（count-sum）
//!
//! 查什么：规则给一项数据写了“分项”，报告写的各分项相加是不是等于总数（完成数、目标分别核对）；写了“其中”的，其中一项有没有
//! 超过总数；句子里自己列的分项和总数，由多少增加到多少、比目标多多少，是不是算得对。不用另写检查。
//! 为什么：总数和分项对不上，说明有一处写错或者口径不同。
//! 怎么改：核对各分项和总数；口径不同（人与人次、含不含上年结转）的，写明口径。
//! 例：规则写“分项：县道、乡道、村道”，报告写养护里程 100 公里，县道 20、乡道 30、村道 40 公里。
//! 不算：有一个分项没有写数，或者各分项不在一处写（无从核对）；“40余家”“约”这样的约数按范围比较；“其中”各项相加不等于总数；
//! 规则里已经另写检查核对同一个合计的。
//! 依据：报告自己列出的数：总数等于各分项之和；分项由规则写明。

use crate::checks::said_differences::{self, Measure};
use crate::checks::{Judgements, formulas, said_sums, sentence_sum};
use crate::expr::eval::{Trace, Value, evaluate};
use crate::expr::{Expr, ExprKind};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::ledger::scope::{Row, Scope};
use crate::model::Check;
use std::ops::Range;

/// Judges the sums of counts that the rules demand, and those that the narrative itself tells.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    demanded(ledger, check, judgements);
    said_sums::judge(ledger, check, false, judgements);
    said_differences::judge(ledger, check, Measure::Count, judgements);
}

/// Judges the sums that the rules demand.
pub(super) fn demanded(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let model = ledger.model;
    for sum in model.sums.iter().filter(|sum| sum.judged_by == check.id()) {
        let Some(whole) = whole_of(&sum.formula) else {
            continue;
        };
        // What no word calls a target or done is judged where it stands in one sentence.
        if sentence_sum::judge(ledger, &sum.formula, whole, judgements) || sum.by_author {
            continue;
        }
        match stand_together(ledger, &sum.formula, whole) {
            true => formulas::run(ledger, &sum.formula, judgements),
            false => judgements.skip(
                check.id(),
                whole,
                "各分项没有和总数写在一处，不能确定说的是同一件事",
            ),
        }
    }
}

/// The name of the whole: the first field of the formula's condition.
fn whole_of(sum: &Check) -> Option<&str> {
    let Some(ExprKind::Has(field, _)) = sum.when.first().map(|when| &when.kind) else {
        return None;
    };
    match &field.kind {
        ExprKind::Field(path) => path.first().map(String::as_str),
        _ => None,
    }
}

/// Whether the parts are told in one place, which speaks of the whole, or in the form: 小学 elsewhere may be the
/// pupils of another number. What cannot be read is left to the formula.
fn stand_together<'a>(ledger: &Ledger<'a>, sum: &'a Check, whole: &str) -> bool {
    let mut trace = Trace::default();
    let scope = Scope::new(ledger, Row::Report);
    let requirement: &'a Expr = match sum.requirements.first() {
        Some(requirement) => requirement,
        None => return true,
    };
    if !matches!(evaluate(requirement, &scope, true, &mut trace), Value::Truth(_)) {
        return true;
    }
    let name = ledger.model.names.iter().find(|name| name.name == whole);
    let calls: Vec<String> = name
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases))
        .map(|call| plain(call).into_owned())
        .collect();
    let form = ledger.form().map(|form| form.range.clone());
    let parts = trace
        .used
        .iter()
        .filter(|used| used.label != whole)
        .filter_map(|used| used.range.as_ref());
    let outside = parts.filter(|range| !form.as_ref().is_some_and(|form| form.contains(&range.start)));
    let blocks: Vec<_> = outside.map(|range| ledger.block(range.start)).collect();
    let Some(first) = blocks.first() else { return true };
    let tells = |block: &Range<u32>| {
        let text = plain(ledger.quote(block));
        calls.iter().any(|call| text.contains(call))
    };
    blocks.iter().all(|block| block == first) && first.as_ref().is_some_and(tells)
}
