//! Whether two sides of a formula can be added or compared, by what is known of their units before a report is read.

use super::exprs::{Scope, Typed};
use super::faults;
use crate::expr::ExprKind;
use crate::finding::Finding;
use crate::quantity::{Ratio, Unit};
use crate::source::Span;

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
