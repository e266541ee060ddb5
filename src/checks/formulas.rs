//! Judges the 检查 that the rule language says by a formula: each 要求 on each row of its context, three-valued. A
//! refuted rate, score or total is replaced by its recomputed value in the checks that come after.

use crate::checks::Judgements;
use crate::expr::eval::{Compared, Trace, Used, Value, evaluate, truth};
use crate::expr::fields::Context;
use crate::expr::{Expr, ExprKind, Piece, Template};
use crate::finding::{Finding, Place, RuleLine, Severity};
use crate::ledger::Ledger;
use crate::ledger::scope::{Row, Scope};
use crate::model::{Check, Manner};
use crate::quantity::compare::Slip;
use crate::quantity::{Interval, Quantity, Unit};

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
const FOLLOWING: &[&str] = &["执行率", "得分", "总分"];

fn determined(check: &Check) -> Vec<String> {
    let heads = check
        .requirements
        .iter()
        .filter_map(|requirement| match &requirement.kind {
            ExprKind::Compare(crate::expr::Comparison::Equal, left, _) | ExprKind::Among(left, _) => {
                Some(left)
            }
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
        walk(expr, &mut |expr| {
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

fn walk(expr: &Expr, visit: &mut dyn FnMut(&Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::Call(_, inner) => inner.iter().for_each(|inner| walk(inner, visit)),
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => walk(inner, visit),
        ExprKind::And(a, b)
        | ExprKind::Or(a, b)
        | ExprKind::Compare(_, a, b)
        | ExprKind::Compute(_, a, b)
        | ExprKind::OrElse(a, b)
        | ExprKind::Contains(a, b)
        | ExprKind::Interval(a, _, b, _) => {
            walk(a, visit);
            walk(b, visit);
        }
        ExprKind::Among(inner, choices) => {
            walk(inner, visit);
            choices.iter().for_each(|choice| walk(choice, visit));
        }
        _ => {}
    }
}

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
        Value::Unknown(reason) => reason,
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
    let finding = finding(&Scope { choice, ..scope }, check, requirement, &trace, subject);
    let refuted = refuted(check, &trace);
    ledger.take_part(trace.used.iter().filter_map(|used| used.span));
    if let Some((cell, value)) = refuted {
        ledger.correct(cell, value, check.id());
    }
    judgements.fail(finding);
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
fn refuted(check: &Check, trace: &Trace) -> Option<(crate::source::Span, Quantity)> {
    let compared = decisive(trace)?;
    let field = compared.field.as_ref()?.last()?;
    if check.severity != Severity::Error || !compared.determines || !FOLLOWING.contains(&field.as_str()) {
        return None;
    }
    let (Value::Number(stated, _), Value::Number(expected, _)) = (&compared.stated, &compared.expected)
    else {
        return None;
    };
    let value = expected
        .value_in(stated.unit)?
        .round(i32::from(stated.printed?.last))?;
    let cell = trace.used.iter().find(|used| used.label == *field)?.span?;
    Some((cell, Quantity { value, ..*stated }))
}

/// The comparison that decided: the last that did not hold.
fn decisive(trace: &Trace) -> Option<&Compared> {
    trace.compared.iter().rev().find(|compared| !compared.holds)
}

fn finding(scope: &Scope, check: &Check, requirement: &Expr, trace: &Trace, subject: &str) -> Finding {
    let compared = decisive(trace);
    let like = compared.and_then(|compared| match compared.stated {
        Value::Number(quantity, _) => Some(quantity),
        _ => None,
    });
    let mut message = if check.message.pieces.is_empty() {
        default_message(check, compared, like.as_ref(), subject)
    } else {
        fill(&check.message, scope, like.as_ref())
    };
    if let Some(words) = compared.and_then(|compared| slip_words(compared, like.as_ref())) {
        message.push_str(&words);
    }
    for used in trace.used.iter().filter(|used| used.corrected.is_some()) {
        let corrected = used.corrected.as_deref().unwrap_or_default();
        message.push_str(&format!(
            "（{}{}前面已查出有误，这里按{corrected}计算。）",
            used.label, used.text
        ));
    }
    let (stated, expected) =
        compared.map_or((None, None), |compared| machine_values(compared, like.as_ref()));
    Finding {
        check: check.id().to_owned(),
        title: check.name.clone(),
        severity: check.severity,
        message,
        help: fill(&check.help, scope, like.as_ref()),
        subject: subject.to_owned(),
        stated,
        expected,
        rule: Some(RuleLine {
            span: requirement.span,
            basis: check.basis.clone(),
        }),
        places: places(scope, trace, compared),
    }
}

fn default_message(
    check: &Check,
    compared: Option<&Compared>,
    like: Option<&Quantity>,
    subject: &str,
) -> String {
    match compared {
        Some(compared) if compared.determines => format!(
            "“{subject}”写作{}，按其他各数计算应为{}。",
            words(&compared.stated, None),
            words(&compared.expected, like)
        ),
        Some(compared) => format!(
            "“{subject}”{}与{}不符合“{}”的要求。",
            words(&compared.stated, None),
            words(&compared.expected, like),
            check.name
        ),
        None => format!("“{subject}”不符合要求：{}。", check.name),
    }
}

fn slip_words(compared: &Compared, like: Option<&Quantity>) -> Option<String> {
    let stated = words(&compared.stated, None);
    Some(match compared.slip? {
        Slip::Truncated => format!("{stated}是把后面的数字直接去掉了，没有四舍五入。"),
        Slip::Shifted(places) => {
            let direction = if places > 0 { "大" } else { "小" };
            let times = format!("1{}", "0".repeat(usize::from(places.unsigned_abs())));
            format!(
                "{stated}与{}数字相同，{direction}了 {times} 倍。",
                words(&compared.expected, like)
            )
        }
    })
}

fn machine_values(compared: &Compared, like: Option<&Quantity>) -> (Option<String>, Option<String>) {
    let text = |value: &Value| match value {
        Value::Number(quantity, _) => Some(quantity.digits_like(like.unwrap_or(quantity))),
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    (text(&compared.stated), text(&compared.expected))
}

/// The places of all values that took part; first the one that was stated.
fn places(scope: &Scope, trace: &Trace, compared: Option<&Compared>) -> Vec<Place> {
    let ledger = scope.ledger;
    let stated = compared.and_then(|compared| compared.field.as_ref()?.last());
    let filled = |used: &&Used| used.span.is_some_and(|span| span.end > span.start);
    let mut all: Vec<&Used> = trace.used.iter().filter(filled).collect();
    all.sort_by_key(|used| stated.is_none_or(|field| used.label != *field));
    let mut places: Vec<Place> = all.iter().filter_map(|used| place(ledger, used)).collect();
    let named = match scope.row {
        Row::Indicator(index) => ledger.form().map(|form| &form.rows[index].name),
        Row::First(index) => ledger.form().map(|form| &form.groups[index].name),
        Row::Second(index) => ledger.form().map(|form| &form.subgroups[index].name),
        Row::Fund(index) => ledger.form().map(|form| &form.funds[index].name),
        _ => None,
    };
    if let Some(name) = named.filter(|name| !name.range.is_empty()) {
        let name = ledger.place(&name.range, "名称", "");
        if !places.iter().any(|place| place.span == name.span) {
            places.push(name);
        }
    }
    if places.is_empty() {
        let range = ledger.form().and_then(|form| form.title.clone()).unwrap_or(0..0);
        places.push(ledger.place(&range, "", ""));
    }
    places
}

fn place(ledger: &Ledger, used: &Used) -> Option<Place> {
    let note = match &used.corrected {
        Some(corrected) => format!("{}（应为{corrected}）", used.label),
        None => used.label.clone(),
    };
    let span = used.span?;
    Some(Place {
        span,
        role: used.label.clone(),
        note,
        address: ledger.address_of(span),
    })
}

/// The advice of a check that has no formulas in it.
pub(super) fn plain_help(check: &Check) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(_) => String::new(),
    };
    check.help.pieces.iter().map(words).collect()
}

/// A template with its 【…】 filled in; computed numbers are printed like the number that was stated.
fn fill(template: &Template, scope: &Scope, like: Option<&Quantity>) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(expr) => words(&evaluate(expr, scope, false, &mut Trace::default()), like),
    };
    template.pieces.iter().map(piece).collect()
}

/// A value in words.
fn words(value: &Value, like: Option<&Quantity>) -> String {
    match value {
        Value::Number(quantity, _) => number_words(quantity, like),
        Value::Text(text) => text.clone(),
        Value::Truth(true) => "是".into(),
        Value::Truth(false) => "否".into(),
        Value::Interval(interval, unit) => interval_words(interval, *unit, like),
        Value::List(items) => items
            .iter()
            .map(|item| words(item, like))
            .collect::<Vec<_>>()
            .join("、"),
        Value::Missing | Value::NotApplicable => "（空）".into(),
        Value::Unknown(_) => "（无从计算）".into(),
    }
}

/// A number as it is printed; a computed one in the places of `like`, where it is of that kind, else in two.
fn number_words(quantity: &Quantity, like: Option<&Quantity>) -> String {
    match like {
        _ if quantity.printed.is_some() => quantity.text(),
        Some(like) if quantity.unit.compares_with(like.unit) => quantity.text_like(like),
        _ => {
            let rounded = quantity.value.round(-2).unwrap_or(quantity.value);
            Quantity {
                value: rounded,
                ..*quantity
            }
            .text()
        }
    }
}

fn interval_words(interval: &Interval, unit: Unit, like: Option<&Quantity>) -> String {
    let number = |value| number_words(&Quantity::computed(value, unit), like);
    if let Some(point) = interval.as_point() {
        return number(point);
    }
    match (interval.low, interval.high) {
        (Some(low), Some(high)) if low.at.is_zero() && !high.closed => format!("少于{}", number(high.at)),
        (Some(low), Some(high)) => {
            let open = if high.closed { "" } else { "（不含）" };
            format!("{}至{}{open}", number(low.at), number(high.at))
        }
        (Some(low), None) => format!("不少于{}", number(low.at)),
        (None, Some(high)) => format!("不超过{}", number(high.at)),
        (None, None) => "不限".into(),
    }
}

/// What a judgement is about, for people.
fn subject_of(ledger: &Ledger, check: &Check, row: Row) -> String {
    let Some(form) = ledger.form().filter(|_| row != Row::Report) else {
        return declared_subject(ledger, check);
    };
    match row {
        Row::Indicator(index) => form.rows[index].name.text.clone(),
        Row::First(index) => form.groups[index].name.text.clone(),
        Row::Second(index) => form.subgroups[index].name.text.clone(),
        Row::Fund(index) => form.funds[index].name.text.clone(),
        Row::Extra(index) => form.extras[index].name.text.clone(),
        Row::Execution => "预算执行率".to_owned(),
        Row::Form | Row::Funds | Row::Report => {
            let fields = check
                .requirements
                .first()
                .and_then(|requirement| match &requirement.kind {
                    ExprKind::Compare(_, left, _) | ExprKind::Among(left, _) => Some(left),
                    _ => None,
                });
            match fields.map(|left| &left.kind) {
                Some(ExprKind::Field(path)) => path.last().cloned().unwrap_or_default(),
                _ => "自评表".to_owned(),
            }
        }
    }
}

/// The first declared name that a check of the whole report speaks of.
fn declared_subject(ledger: &Ledger, check: &Check) -> String {
    let mut found = String::new();
    for requirement in &check.requirements {
        walk(requirement, &mut |expr| {
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
    found
}
