//! Whether two sides of a formula can be added or compared, by what is known of their units before a report is read.

use super::exprs::{Scope, Typed};
use super::faults;
use crate::expr::ExprKind;
use crate::quantity::Unit;
use crate::source::Span;

/// Tells two units that cannot be added or compared. A unit that only the report knows is not judged.
pub fn fits(scope: &mut Scope, left: &Typed, right: &Typed, span: Span) {
    let (Some(a), Some(b)) = (left.unit, right.unit) else {
        return;
    };
    if a.compares_with(b) || zero(left) || zero(right) {
        return;
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
}

/// Nought is nought in every unit.
fn zero(side: &Typed) -> bool {
    matches!(&side.expr.kind, ExprKind::Constant(constant) if constant.value.is_zero() && constant.unit.is_none())
}
