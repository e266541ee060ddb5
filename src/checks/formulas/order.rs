//! The order of dependence: what determines a field is judged before what reads it.

use crate::expr::fields::Context;
use crate::expr::{Comparison, ExprKind};
use crate::model::Check;

/// The checks in the order of dependence: what determines a field comes before what reads it. Stable otherwise.
pub fn in_order(checks: &[Check]) -> Vec<&Check> {
    let mut waiting: Vec<(&Check, Fields, Fields)> = checks
        .iter()
        .map(|check| (check, determined(check), read(check)))
        .collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        // The first that reads nothing another waiting check determines; in a cycle simply the first.
        let free = (0..waiting.len()).find(|at| {
            let reads = waiting[*at].2;
            let others = waiting.iter().enumerate().filter(|(other, _)| other != at);
            !others.into_iter().any(|(_, (_, fields, _))| fields & reads != 0)
        });
        ordered.push(waiting.remove(free.unwrap_or(0)).0);
    }
    ordered
}

/// Fields whose value follows from others; what is declared (分值, 目标) is never replaced.
pub(super) const FOLLOWING: &[&str] = &["执行率", "得分", "总分"];

/// Some of them, one bit each.
type Fields = u8;

/// The bit of a field; none for one that follows from no other. 得分 of the execution row is another cell than 得分 of an
/// indicator row; sums over rows read the latter.
fn bit(execution: bool, field: &str) -> Fields {
    let place = FOLLOWING.iter().position(|following| *following == field);
    place.map_or(0, |place| {
        1 << (place + if execution { FOLLOWING.len() } else { 0 })
    })
}

fn determined(check: &Check) -> Fields {
    let heads = check
        .requirements
        .iter()
        .filter_map(|requirement| match &requirement.kind {
            ExprKind::Compare(Comparison::Equal, left, _) | ExprKind::Among(left, _) => Some(left),
            _ => None,
        });
    let fields = heads.map(|expr| match &expr.kind {
        ExprKind::Field(path) => {
            let last = path.last().map_or("", String::as_str);
            bit(check.context == Context::ExecutionRow, last)
        }
        _ => 0,
    });
    fields.fold(0, |all, field| all | field)
}

fn read(check: &Check) -> Fields {
    let mut fields = 0;
    for expr in check.when.iter().chain(&check.requirements) {
        expr.walk(&mut |expr| {
            if let ExprKind::Field(path) = &expr.kind {
                let execution =
                    check.context == Context::ExecutionRow || path.iter().any(|part| part == "执行");
                fields |= match path.last().map_or("", String::as_str) {
                    "应得分" => bit(execution, "执行率"),
                    last => bit(execution, last),
                };
            }
        });
    }
    fields & !determined(check)
}
