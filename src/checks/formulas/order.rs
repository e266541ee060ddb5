//! The order of dependence: what determines a field is judged before what reads it.

use crate::expr::fields::Context;
use crate::expr::{Comparison, ExprKind};
use crate::model::Check;

/// The checks in the order of dependence: what determines a field comes before what reads it. Stable otherwise.
pub fn in_order(checks: &[Check]) -> Vec<&Check> {
    let mut waiting: Vec<(&Check, Vec<String>, Vec<String>)> = checks
        .iter()
        .map(|check| (check, determined(check), read(check)))
        .collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        // The first that reads nothing another waiting check determines; in a cycle simply the first.
        let free = (0..waiting.len()).find(|at| {
            let reads = &waiting[*at].2;
            !waiting
                .iter()
                .enumerate()
                .any(|(other, (_, fields, _))| other != *at && fields.iter().any(|f| reads.contains(f)))
        });
        ordered.push(waiting.remove(free.unwrap_or(0)).0);
    }
    ordered
}

/// Fields whose value follows from others; what is declared (分值, 目标) is never replaced.
pub(super) const FOLLOWING: &[&str] = &["执行率", "得分", "总分"];

fn determined(check: &Check) -> Vec<String> {
    let heads = check
        .requirements
        .iter()
        .filter_map(|requirement| match &requirement.kind {
            ExprKind::Compare(Comparison::Equal, left, _) | ExprKind::Among(left, _) => Some(left),
            _ => None,
        });
    let paths = heads.filter_map(|expr| match &expr.kind {
        ExprKind::Field(path) => path.last().cloned(),
        _ => None,
    });
    paths
        .filter(|field| FOLLOWING.contains(&field.as_str()))
        .map(|field| key(check.context, &field))
        .collect()
}

/// 得分 of the execution row is another cell than 得分 of an indicator row; sums over rows read the latter.
fn key(context: Context, field: &str) -> String {
    if context == Context::ExecutionRow {
        format!("执行.{field}")
    } else {
        field.to_owned()
    }
}

fn read(check: &Check) -> Vec<String> {
    let mut fields = Vec::new();
    for expr in check.when.iter().chain(&check.requirements) {
        let own = determined(check);
        expr.walk(&mut |expr| {
            if let ExprKind::Field(path) = &expr.kind {
                let execution =
                    check.context == Context::ExecutionRow || path.iter().any(|part| part == "执行");
                let last = path.last().map_or("", String::as_str);
                let reads: &[&str] = if last == "应得分" {
                    &["执行率"]
                } else {
                    &[last]
                };
                for field in reads {
                    let field = if execution {
                        format!("执行.{field}")
                    } else {
                        (*field).to_owned()
                    };
                    if !own.contains(&field) {
                        fields.push(field);
                    }
                }
            }
        });
    }
    fields
}
