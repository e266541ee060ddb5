//! Judges the 检查 that the rule language says by a formula: each 要求 on each row of its context, three-valued. A
//! refuted rate, score or total is replaced by its recomputed value in the checks that come after.

mod order;
mod subjects;
mod words;

use crate::checks::Judgements;
use crate::expr::eval::{Compared, Trace, Value, evaluate, truth};
use crate::expr::fields::Context;
use crate::expr::{Expr, ExprKind};
use crate::finding::Severity;
use crate::ledger::Ledger;
use crate::ledger::scope::{Row, Scope};
use crate::model::{Check, Manner};
use crate::quantity::Quantity;
use crate::source::Span;
pub use order::in_order;
use order::{FOLLOWING, walk};
use subjects::subject_of;
use words::finding;
pub(super) use words::plain_help;

/// Judges one check on every row of its context.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    for row in rows(ledger, check.context) {
        let subject = subject_of(ledger, check, row);
        let mut before = Trace::default();
        match applies(ledger, check, row, &mut before) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(reason) => {
                judgements.skip(check.id(), &subject, reason);
                continue;
            }
        }
        for requirement in &check.requirements {
            judge(ledger, check, row, requirement, &before, &subject, judgements);
        }
    }
}

fn rows(ledger: &Ledger, context: Context) -> Vec<Row> {
    let form = ledger.form();
    let many = |count: Option<usize>, row: fn(usize) -> Row| (0..count.unwrap_or(0)).map(row).collect();
    match context {
        Context::Form | Context::Funds => form.map(|_| Row::Form).into_iter().collect(),
        Context::ExecutionRow => form
            .and_then(|form| form.execution.as_ref())
            .map(|_| Row::Execution)
            .into_iter()
            .collect(),
        Context::FundRow => many(form.map(|form| form.funds.len()), Row::Fund),
        Context::FirstGroup => many(form.map(|form| form.groups.len()), Row::First),
        Context::SecondGroup => many(form.map(|form| form.subgroups.len()), Row::Second),
        Context::IndicatorRow => many(form.map(|form| form.rows.len()), Row::Indicator),
        Context::ExtraRow => many(form.map(|form| form.extras.len()), Row::Extra),
        Context::Report | Context::Declared => vec![Row::Report],
    }
}

/// 当: false is 不适用, unknown is 无从核对.
fn applies(ledger: &Ledger, check: &Check, row: Row, trace: &mut Trace) -> Result<bool, String> {
    for condition in &check.when {
        match evaluate(
            condition,
            &Scope::new(ledger, row),
            check.manner == Manner::AsRanges,
            trace,
        ) {
            Value::Truth(true) => {}
            Value::Truth(false) => return Ok(false),
            other => return Err(reason_of(other)),
        }
    }
    Ok(true)
}

fn reason_of(value: Value) -> String {
    match value {
        Value::Unknown(reason) | Value::Unread(reason) => reason,
        _ => "有的数没有填".to_owned(),
    }
}

fn judge(
    ledger: &mut Ledger,
    check: &Check,
    row: Row,
    requirement: &Expr,
    before: &Trace,
    subject: &str,
    judgements: &mut Judgements,
) {
    let scope = Scope::new(ledger, row);
    let ways = ways(&scope, requirement);
    let mut failed = None;
    // Where mentions of a name disagree, only what fails for each of them is reported.
    for choice in 0..ways {
        let scope = Scope { choice, ..scope };
        let mut trace = before.clone();
        let value = evaluate(requirement, &scope, check.manner == Manner::AsRanges, &mut trace);
        let spans: Vec<_> = trace.used.iter().filter_map(|used| used.span).collect();
        match truth(value.clone()) {
            Some(true) => {
                ledger.take_part(spans);
                judgements.passed += 1;
                return;
            }
            Some(false) => {
                failed.get_or_insert((trace, choice));
            }
            None => {
                judgements.skip(check.id(), subject, reason_of(value));
                return;
            }
        }
    }
    let Some((trace, choice)) = failed else { return };
    ledger.take_part(trace.used.iter().filter_map(|used| used.span));
    let scope = Scope {
        ledger,
        row,
        parameters: &[],
        choice,
        as_stated: true,
    };
    let corrected = trace.used.iter().any(|used| used.corrected.is_some());
    let ranges = check.manner == Manner::AsRanges;
    let held_before =
        corrected && truth(evaluate(requirement, &scope, ranges, &mut Trace::default())) == Some(true);
    let refuted = refuted(check, &trace);
    if held_before {
        // It was right by the number that an earlier finding refutes: one fault, told there.
        follow_up(ledger, subject, &trace, judgements);
    } else if refuted_already(ledger, &trace) {
        return;
    } else if told_by_a_sum(ledger, check, &trace) {
        let reason = "所用的数里有一个在上面的合计里已经不符，改正后再核对";
        judgements.skip(check.id(), subject, reason);
        return;
    } else {
        judgements.fail(finding(
            &Scope {
                as_stated: false,
                ..scope
            },
            check,
            requirement,
            &trace,
            subject,
        ));
        ledger.refuted.extend(stated_cell(&trace).map(|cell| cell.start));
        if SUMS.contains(&check.id()) {
            let cells = trace.used.iter().filter_map(|used| used.span);
            ledger
                .summed
                .extend(cells.map(|cell| (check.id().to_owned(), cell.start)));
        }
    }
    if let Some((cell, value)) = refuted {
        ledger.correct(cell, value, check.id());
    }
}

/// Adds to the finding that refuted a number what has to be changed along with it.
fn follow_up(ledger: &Ledger, subject: &str, trace: &Trace, judgements: &mut Judgements) {
    let cells = trace
        .used
        .iter()
        .filter(|used| used.corrected.is_some())
        .filter_map(|used| used.span);
    let starts: Vec<u32> = cells.map(|cell| cell.start).collect();
    let cause = judgements.findings.iter_mut().find(|finding| {
        finding
            .places
            .iter()
            .any(|place| starts.contains(&place.span.start))
    });
    if let (Some(cause), Some(compared)) = (cause, decisive(trace)) {
        words::add_consequence(cause, ledger, subject, compared, trace);
    }
}

/// The checks whose sums share cells: one wrong weight makes its group, its group's group and the total wrong.
const SUMS: &[&str] = &["weight-sum", "fund-sum"];

/// Whether a finding of the same kind already shows one of the cells that take part here.
fn told_by_a_sum(ledger: &Ledger, check: &Check, trace: &Trace) -> bool {
    let cells = trace.used.iter().filter_map(|used| used.span);
    SUMS.contains(&check.id())
        && cells
            .map(|cell| (check.id().to_owned(), cell.start))
            .any(|key| ledger.summed.contains(&key))
}

/// Whether the cell in question was refuted by an earlier finding: one fault is told once.
fn refuted_already(ledger: &Ledger, trace: &Trace) -> bool {
    stated_cell(trace).is_some_and(|cell| ledger.refuted.contains(&cell.start))
}

/// The cell on the stated side of the comparison that decided, where it is one whose value follows from others.
fn stated_cell(trace: &Trace) -> Option<Span> {
    let field = decisive(trace)?.field.as_ref()?.last()?;
    let used = trace.used.iter().find(|used| used.label == *field)?;
    used.span.filter(|_| FOLLOWING.contains(&field.as_str()))
}

/// How many different readings there are of the names that a formula uses.
fn ways(scope: &Scope, requirement: &Expr) -> usize {
    let mut most = 1;
    walk(requirement, &mut |expr| {
        if let ExprKind::Field(path) = &expr.kind {
            most = most.max(scope.alternatives(path));
        }
    });
    most.min(16)
}

/// The cell that an error refuted, with the value that it should have.
fn refuted(check: &Check, trace: &Trace) -> Option<(Span, Quantity)> {
    let compared = decisive(trace)?;
    let field = compared.field.as_ref()?.last()?;
    if check.severity != Severity::Error || !compared.determines || !FOLLOWING.contains(&field.as_str()) {
        return None;
    }
    let (Value::Number(stated, _), Value::Number(expected, _)) = (&compared.stated, &compared.expected)
    else {
        return None;
    };
    let cell = trace.used.iter().find(|used| used.label == *field)?.span?;
    Some((cell, expected.printed_like(stated)?))
}

/// The comparison that decided: the last that did not hold.
fn decisive(trace: &Trace) -> Option<&Compared> {
    trace.compared.iter().rev().find(|compared| !compared.holds)
}
