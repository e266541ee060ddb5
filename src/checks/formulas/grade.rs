//! What a corrected total does to the grade: whether it stays, or a threshold is crossed.

use crate::expr::eval::{Compared, Value};
use crate::ledger::Ledger;
use crate::ledger::grades;

/// The fields that are totals.
const TOTALS: &[&str] = &["总分", "自评总分"];

/// 总分 96.47 分，等级仍是“优”; 等级由“优”变为“良”: of a total that should be another. Nothing where there are no grades.
pub(super) fn kept(ledger: &Ledger, compared: &Compared) -> Option<String> {
    let field = compared.field.as_ref()?.last()?;
    let (Value::Number(stated, _), Value::Number(expected, _)) = (&compared.stated, &compared.expected)
    else {
        return None;
    };
    if !TOTALS.contains(&field.as_str()) || !compared.determines {
        return None;
    }
    let before = ledger.model.grade_of(stated.value).map(|grade| &grade.name);
    let after = &ledger.model.grade_of(expected.value)?.name;
    let printed = ledger
        .form()
        .map(|form| form.grade.text.trim())
        .filter(|text| !text.is_empty());
    Some(match (before, printed) {
        (Some(before), _) if before == after => format!("等级不变，仍是“{after}”"),
        (_, Some(printed)) if grades::same(after, printed) => format!("等级与所写的“{after}”相符"),
        (Some(before), _) => format!("等级由“{before}”变为“{after}”"),
        (None, _) => format!("等级应是“{after}”"),
    })
}
