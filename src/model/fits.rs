//! Whether two sides of a formula can be added or compared, by what is known of their units before a report is read.

use super::exprs::{Scope, Typed};
use super::faults;
use crate::expr::{Comparison, Expr, ExprKind};
use crate::finding::Finding;
use crate::quantity::{Ratio, Unit};
use crate::source::Span;
use crate::syntax;
use crate::words::is_no_reason;

/// Tells two units that cannot be added or compared, and says whether they can. A unit that only the report knows is
/// not judged.
pub fn fits(scope: &mut Scope, left: &Typed, right: &Typed, span: Span) -> bool {
    let (Some(a), Some(b)) = (left.unit, right.unit) else {
        return true;
    };
    if let Some(finding) = without_percent(left, right).or_else(|| without_percent(right, left)) {
        scope.draft.tell(finding);
        return false;
    }
    if a.compares_with(b) || zero(left) || zero(right) {
        return true;
    }
    let name = |unit: Unit| match unit.is_none() {
        true => "没有单位".to_owned(),
        false => format!("单位是“{}”", unit.name()),
    };
    let message = format!(
        "两边的单位不同：左边{}，右边{}，不能相加或比较。",
        name(a),
        name(b)
    );
    let product = a.name().contains('·') || b.name().contains('·');
    let help = match a.is_none() || b.is_none() {
        _ if product => "每家、每项的数要把单位写全，例如 27 万元/家、1 分/项。",
        true => "给数写上单位，例如 60%、10 分、27 万元。",
        false => "核对是不是写错了字段；不同的计数单位要比较，写“同类单位：…”。",
    };
    let finding = faults::error("rule-unit", message, span).help(help);
    scope.draft.tell(finding);
    false
}

/// 完成率 > 130: a bare number beside a percentage is a hundred times as much.
fn without_percent(share: &Typed, number: &Typed) -> Option<Finding> {
    let ExprKind::Constant(constant) = &number.expr.kind else {
        return None;
    };
    let field = matches!(share.expr.kind, ExprKind::Field(_));
    let percent = field && share.unit?.name() == "%";
    if !percent || !constant.unit.is_none() || constant.value <= Ratio::whole(2) {
        return None;
    }
    let shown = constant.value.to_plain(4)?;
    let message = format!("这里比较的是百分数，{shown} 少写了 %。");
    Some(faults::error("rule-unit", message, number.expr.span).help(format!("写成 {shown}%。")))
}

/// Nought is nought in every unit.
fn zero(side: &Typed) -> bool {
    matches!(&side.expr.kind, ExprKind::Constant(constant) if constant.value.is_zero() && constant.unit.is_none())
}

/// 原因 = “”, 原因 ≠ 空: nothing is no text to compare with.
pub fn empty_text(
    scope: &Scope,
    comparison: Comparison,
    left: &syntax::Expr,
    right: &syntax::Expr,
) -> Option<Finding> {
    let syntax::ExprKind::Path(path) = &right.kind else {
        return None;
    };
    let [word] = path.as_slice() else {
        return None;
    };
    let plain = word
        .text
        .trim_matches(|sign: char| "“”\"＂「」 　".contains(sign));
    let empty = plain.is_empty() || ["空", "null", "NULL", "空白", "空值"].contains(&plain);
    if !empty || (!word.quoted && super::lookup::is_known(scope, word)) {
        return None;
    }
    let name = scope.draft.model.sources[left.span.source.0 as usize].slice(left.span);
    let has = match comparison {
        Comparison::Different => "有值",
        _ => "无值",
    };
    let finding = faults::error("rule-syntax", "有没有填写，不用等号来比。", right.span);
    Some(finding.help(format!("写成：{name} {has}")))
}

/// Whether a side is the number nought, whatever its unit.
pub fn is_zero(side: &Typed) -> bool {
    matches!(&side.expr.kind, ExprKind::Constant(constant) if constant.value.is_zero())
}

/// 并非 原因 属于 “无”、“—”: words that count as no reason at all, so that no 原因 ever is one of them.
pub fn says_nothing(condition: &Expr) -> Option<Finding> {
    let of_reason = |expr: &Expr| matches!(&expr.kind, ExprKind::Field(path) if path.last().is_some_and(|last| last == "原因"));
    let nothing = |expr: &Expr| matches!(&expr.kind, ExprKind::Text(text) if is_no_reason(text));
    let mut found = None;
    condition.walk(&mut |expr| {
        let vain = match &expr.kind {
            ExprKind::Among(left, all) => of_reason(left) && all.iter().all(nothing),
            ExprKind::Compare(_, left, right) => of_reason(left) && nothing(right),
            _ => false,
        };
        if vain {
            found.get_or_insert(expr.span);
        }
    });
    let message = "原因栏里只写“无”“不涉及”或者只有符号的，本来就算没有填写（无值），这个条件用不到。";
    Some(faults::info("rule-unused", message, found?).help("要求写明原因，写成：要求：原因 有值"))
}
