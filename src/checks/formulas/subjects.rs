//! What a judgement is about, for people.

use crate::expr::ExprKind;
use crate::ledger::Ledger;
use crate::ledger::scope::Row;
use crate::model::Check;

/// What a judgement is about, for people.
pub(super) fn subject_of(ledger: &Ledger, check: &Check, row: Row) -> String {
    let Some(form) = ledger.form().filter(|_| row != Row::Report) else {
        return declared_subject(ledger, check);
    };
    match row {
        Row::Indicator(index) => form.rows[index].name.text.clone(),
        Row::First(index) => form.groups[index].name.text.clone(),
        Row::Second(index) => form.subgroups[index].name.text.clone(),
        Row::Fund(index) => form.funds[index]
            .name
            .text
            .trim_end_matches([':', '：'])
            .to_owned(),
        Row::Extra(index) => form.extras[index].name.text.clone(),
        Row::Execution => "预算执行率".to_owned(),
        Row::Form | Row::Funds | Row::Report | Row::Lost => match stated_field(check).as_str() {
            "" => "自评表".to_owned(),
            field => field.to_owned(),
        },
    }
}

/// The first declared name that a check of the whole report speaks of.
fn declared_subject(ledger: &Ledger, check: &Check) -> String {
    let mut found = String::new();
    for requirement in &check.requirements {
        requirement.walk(&mut |expr| {
            if let ExprKind::Field(path) = &expr.kind
                && found.is_empty()
                && path
                    .first()
                    .is_some_and(|head| ledger.model.names.iter().any(|name| name.name == *head))
            {
                found.clone_from(&path[0]);
            }
        });
    }
    if found.is_empty() {
        stated_field(check)
    } else {
        found
    }
}

/// The field that the first requirement is about.
fn stated_field(check: &Check) -> String {
    let sides = match check.requirements.first().map(|requirement| &requirement.kind) {
        Some(ExprKind::Compare(_, left, right)) => vec![left, right],
        Some(ExprKind::Among(left, _) | ExprKind::Contains(left, _) | ExprKind::Has(left, _)) => vec![left],
        _ => Vec::new(),
    };
    let mut names = sides.into_iter().filter_map(|side| match &side.kind {
        ExprKind::Field(path) => path.last().cloned(),
        ExprKind::SectionText(title) => Some(title.clone()),
        _ => None,
    });
    names.next().unwrap_or_default()
}
