//! Judges the 检查 that the rule language says by a formula: each 要求 on each row of its context, three-valued. A
//! refuted rate, score or total is replaced by its recomputed value in the checks that come after.

mod chain;
mod grade;
mod order;
mod subjects;
mod ways;
mod words;

use crate::checks::one_fault::Suspect;
use crate::checks::{Judgements, settled};
use crate::expr::eval::{Compared, NOT_FILLED, Trace, UNDECIDED, Used, Value, evaluate, truth};
use crate::expr::fields::Context;
use crate::expr::{Comparison, Expr, ExprKind};
use crate::finding::{Finding, Severity};
use crate::ledger::Ledger;
use crate::ledger::scope::{Choice, Row, Scope};
use crate::model::{Check, Manner};
use crate::quantity::Quantity;
use crate::source::Span;
use order::FOLLOWING;
pub use order::in_order;
use std::ops::Range;
use subjects::subject_of;
use ways::{Ways, ways};
use words::finding;
pub(super) use words::plain_help;

/// Judges one check on every row of its context.
pub fn run<'a>(ledger: &mut Ledger<'a>, check: &'a Check, judgements: &mut Judgements) {
    let rows = rows(ledger, check.context);
    if rows.is_empty() {
        judgements.skip(check.id(), "", nothing_to_judge(ledger, check.context));
    }
    let mut known: Vec<Option<Ways>> = vec![None; check.requirements.len()];
    for row in rows {
        settled(ledger, judgements, |ledger, judgements| {
            judge_row(ledger, check, row, &mut known, judgements)
        });
    }
}

fn judge_row<'a>(
    ledger: &mut Ledger<'a>,
    check: &'a Check,
    row: Row,
    known: &mut [Option<Ways>],
    judgements: &mut Judgements,
) {
    let mut trace = Trace::default();
    match applies(ledger, check, row, &mut trace) {
        Ok(true) => {}
        Ok(false) => return,
        Err(reason) => {
            judgements.skip(check.id(), &subject_of(ledger, check, row), reason);
            return;
        }
    }
    for (requirement, known) in check.requirements.iter().zip(known) {
        let case = Case {
            check,
            row,
            requirement,
            used: trace.used.len(),
            compared: trace.compared.len(),
        };
        let own = || ways(&Scope::new(ledger, row), check, requirement);
        let known = known.get_or_insert_with(own);
        judge(ledger, &case, known, &mut trace, judgements);
        trace.cut(case.used, case.compared);
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

/// Why a check has nothing to go through.
fn nothing_to_judge(ledger: &Ledger, context: Context) -> String {
    let word = match context {
        _ if ledger.form().is_none() => return "报告里没有读到自评表".to_owned(),
        Context::FundRow => "项目资金",
        Context::ExecutionRow => "执行率一行",
        Context::FirstGroup => "一级指标",
        Context::SecondGroup => "二级指标",
        _ => "指标",
    };
    format!("自评表里没有读到{word}")
}

/// 当: false is 不适用, unknown is 无从核对.
fn applies<'a>(
    ledger: &Ledger<'a>,
    check: &'a Check,
    row: Row,
    trace: &mut Trace<'a>,
) -> Result<bool, String> {
    for condition in &check.when {
        match evaluate(
            condition,
            &Scope::new(ledger, row),
            check.manner == Manner::AsRanges,
            trace,
        ) {
            Value::Truth(true) => {}
            Value::Truth(false) => return Ok(false),
            other => return Err(reason_of(other, trace)),
        }
    }
    Ok(true)
}

/// Why something could not be judged: what the value itself says, else the cells that are empty, by name.
fn reason_of(value: Value, trace: &Trace) -> String {
    let said = match value {
        Value::Unknown(reason) | Value::Unread(reason) => reason.into_owned(),
        _ => NOT_FILLED.to_owned(),
    };
    let empty = trace.used.iter().filter(|used| used.printed.is_nothing());
    let mut labels: Vec<&str> = empty.map(|used| used.label).collect();
    labels.dedup();
    let general = said == NOT_FILLED || said == UNDECIDED;
    if general && !labels.is_empty() {
        format!("“{}”没有填", labels.join("”“"))
    } else {
        said
    }
}

/// One 要求 on one row, and how much its 当 has read already.
struct Case<'a> {
    check: &'a Check,
    row: Row,
    requirement: &'a Expr,
    used: usize,
    compared: usize,
}

impl<'a> Case<'a> {
    /// What it is about, for people.
    fn subject(&self, ledger: &Ledger) -> String {
        subject_of(ledger, self.check, self.row)
    }

    /// Whether by this reading of the names the check does not apply.
    fn is_excluded(&self, ledger: &Ledger<'a>, choices: &[Choice]) -> bool {
        let scope = Scope {
            choices,
            ..Scope::new(ledger, self.row)
        };
        let ranges = self.check.manner == Manner::AsRanges;
        let value = |when| truth(evaluate(when, &scope, ranges, &mut Trace::default()));
        self.check.when.iter().any(|when| value(when) == Some(false))
    }

    /// The requirement's value when cells are read with their corrections, or as they are stated.
    fn value(
        &self,
        ledger: &Ledger<'a>,
        choices: &[Choice],
        as_stated: bool,
        trace: &mut Trace<'a>,
    ) -> Value<'a> {
        let scope = Scope {
            choices,
            as_stated,
            ..Scope::new(ledger, self.row)
        };
        evaluate(
            self.requirement,
            &scope,
            self.check.manner == Manner::AsRanges,
            trace,
        )
    }
}

fn judge<'a>(
    ledger: &mut Ledger<'a>,
    case: &Case<'a>,
    ways: &Ways,
    trace: &mut Trace<'a>,
    judgements: &mut Judgements,
) {
    let Some(ways) = ways else {
        let reason = "报告里有许多种说法，没有逐一核对";
        judgements.skip(case.check.id(), &case.subject(ledger), reason);
        return;
    };
    let mut failed = None;
    // Where mentions of a name disagree, only what fails for each of them is reported.
    for choices in ways {
        if ways.len() > 1 && case.is_excluded(ledger, choices) {
            return;
        }
        trace.cut(case.used, case.compared);
        match case.value(ledger, choices, false, trace) {
            Value::Truth(true) => {
                ledger.take_part(trace.used.iter().filter_map(|used| used.range.as_ref()));
                judgements.passed += 1;
                return;
            }
            Value::Truth(false) => {
                failed.get_or_insert_with(|| (trace.clone(), choices));
            }
            unknown => {
                let reason = reason_of(unknown, trace);
                judgements.skip(case.check.id(), &case.subject(ledger), reason);
                return;
            }
        }
    }
    if let Some((trace, choices)) = failed {
        fail(ledger, case, choices, &trace, judgements);
    }
}

/// Tells a requirement that does not hold, unless it is the consequence of a fault that was told already.
fn fail<'a>(
    ledger: &mut Ledger<'a>,
    case: &Case<'a>,
    choices: &[Choice],
    trace: &Trace<'a>,
    judgements: &mut Judgements,
) {
    ledger.memory.rests_on_more();
    ledger.take_part(trace.used.iter().filter_map(|used| used.range.as_ref()));
    let subject = case.subject(ledger);
    let corrected = trace.used.iter().any(|used| used.corrected.is_some());
    let own = own_comparisons(trace, case.compared, case.requirement);
    if corrected && truth(case.value(ledger, choices, true, &mut Trace::default())) == Some(true) {
        // It was right by the number that an earlier finding refutes: one fault, told there.
        follow_up(ledger, &subject, &own, judgements);
    } else if refuted_already(ledger, &own) {
        return;
    } else if let Some(cause) = told_by_a_sum(ledger, case.check, trace, judgements) {
        // The same number in another sum: told with the first, so that the author sees what else it spoils.
        let scope = Scope {
            choices,
            ..Scope::new(ledger, case.row)
        };
        let further = finding(&scope, case.check, case.requirement, trace, &subject);
        words::add_sum(&mut judgements.findings[cause], further);
    } else {
        let scope = Scope {
            choices,
            ..Scope::new(ledger, case.row)
        };
        let told = finding(&scope, case.check, case.requirement, trace, &subject);
        judgements
            .suspects
            .extend(suspect(&own, judgements.findings.len()));
        judgements.fail(told);
        ledger.refuted.extend(stated_cell(&own).map(|cell| cell.start));
    }
    if let Some((cell, value)) = refuted(case.check, case.requirement, &own) {
        ledger.correct(cell, value, case.check.id());
    }
}

/// The trace with the comparisons that refute a number: none of 当, and none of which another might have held.
fn own_comparisons<'a>(trace: &Trace<'a>, before: usize, requirement: &Expr) -> Trace<'a> {
    let mut own = trace.clone();
    own.compared.drain(..before);
    if !matches!(
        requirement.kind,
        ExprKind::Compare(..) | ExprKind::Among(..) | ExprKind::And(..)
    ) {
        own.compared.clear();
    }
    own
}

/// Adds to the finding that refuted a number what has to be changed along with it.
fn follow_up(ledger: &Ledger, subject: &str, trace: &Trace, judgements: &mut Judgements) {
    let cells = trace
        .used
        .iter()
        .filter(|used| used.corrected.is_some())
        .filter_map(|used| used.range.as_ref());
    let starts: Vec<u32> = cells.map(|cell| ledger.span(cell).start).collect();
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

/// The finding of the same kind that already shows one of the numbers in question: part of a sum, or its whole.
fn told_by_a_sum(ledger: &Ledger, check: &Check, trace: &Trace, judgements: &Judgements) -> Option<usize> {
    if !SUMS.contains(&check.id()) {
        return None;
    }
    let ranges = trace.used.iter().filter_map(|used| used.range.as_ref());
    let spans: Vec<Span> = ranges.map(|range| ledger.span(range)).collect();
    let shares = |finding: &Finding| {
        finding.check == check.id() && finding.places.iter().any(|place| spans.contains(&place.span))
    };
    judgements.findings.iter().position(shares)
}

/// Whether the cell in question was refuted by an earlier finding: one fault is told once.
fn refuted_already(ledger: &Ledger, trace: &Trace) -> bool {
    stated_cell(trace).is_some_and(|cell| ledger.refuted.contains(&cell.start))
}

/// The cell on the stated side of the comparison that decided, where it is one whose value follows from others.
fn stated_cell<'t>(trace: &'t Trace) -> Option<&'t Range<u32>> {
    let field = decisive(trace)?.field.as_ref()?.last()?;
    let used = trace.used.iter().find(|used| used.label == *field)?;
    used.range
        .as_ref()
        .filter(|_| FOLLOWING.contains(&field.as_str()))
}

/// 得分 ≤ 分值
fn caps(requirement: &Expr) -> bool {
    matches!(&requirement.kind, ExprKind::Compare(Comparison::AtMost, left, _) if matches!(left.kind, ExprKind::Field(_)))
}

/// The cell that an error refuted, with the value that it should have.
fn refuted<'t>(check: &Check, requirement: &Expr, trace: &'t Trace) -> Option<(&'t Range<u32>, Quantity)> {
    let compared = decisive(trace)?;
    let field = compared.field.as_ref()?.last()?;
    // More than the marks of a row cannot be had: at best they are what it gets.
    let follows = compared.determines || caps(requirement);
    if check.severity != Severity::Error || !follows || !FOLLOWING.contains(&field.as_str()) {
        return None;
    }
    let (Value::Number(stated, _), Value::Number(expected, _)) = (&compared.stated, &compared.expected)
    else {
        return None;
    };
    let cell = trace
        .used
        .iter()
        .find(|used| used.label == *field)?
        .range
        .as_ref()?;
    Some((cell, expected.printed_like(stated)?))
}

/// The number that a finding calls wrong, with what it should be where the other numbers determine it.
fn suspect(trace: &Trace, finding: usize) -> Option<Suspect> {
    let compared = decisive(trace)?;
    let field = compared.field.as_ref()?.last()?;
    let Value::Number(stated, _) = compared.stated else {
        return None;
    };
    let is_it = |used: &&Used| used.label == *field && used.printed.text() == stated.text();
    let expected = match &compared.expected {
        Value::Number(expected, _) if compared.determines => expected.printed_like(&stated),
        _ => None,
    };
    Some(Suspect {
        finding,
        cell: trace.used.iter().find(is_it)?.range.clone()?,
        field: field.clone(),
        stated,
        expected,
    })
}

/// The comparison that decided: the last that did not hold.
fn decisive<'t, 'a>(trace: &'t Trace<'a>) -> Option<&'t Compared<'a>> {
    trace.compared.last()
}
