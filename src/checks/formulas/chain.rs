//! How marks follow from a row, in words: 完成率, the 情形 that applied, its formula with the numbers put in.

use crate::checks::formulas::words;
use crate::expr::eval::{Trace, Value, evaluate};
use crate::expr::{Expr, ExprKind, Function, Operation};
use crate::ledger::scope::{Row, Scope};
use crate::ledger::scoring::{Applied, Ground, reads_rate};
use crate::model::Scoring;
use crate::quantity::{Interval, Quantity, Ratio, Unit, compare};
use crate::source::Span;

/// The chain of a row's marks, and the rule line that decided.
pub(super) struct Chain {
    /// Sentences to be put after the message.
    pub words: String,
    /// The 情形, or the 默认评分.
    pub rule: Span,
    /// 依据 of the indicator that the rules score so, may be empty.
    pub basis: String,
}

/// The chain of a requirement on 应得分, or on a grade for which totals are rounded; nothing for any other.
pub(super) fn of<'a>(
    scope: &Scope<'_, 'a>,
    requirement: &'a Expr,
    stated: Option<&Quantity>,
) -> Option<Chain> {
    if !requirement.fields().contains(&"应得分") {
        return rounded_total(scope, requirement);
    }
    match scope.row {
        Row::Execution => {
            let applied = scope.execution_due().ok()?;
            Some(Chain {
                words: steps(scope, &applied),
                rule: applied.case.span,
                basis: String::new(),
            })
        }
        Row::Indicator(index) => {
            let rate = rate_words(scope, index);
            let name = scope.ledger.row_names.get(index).copied().flatten();
            let basis = name.map_or(String::new(), |name| scope.ledger.model.names[name].basis.clone());
            Some(match scope.due(index).ok()?.ground {
                Ground::Standard(applied) => Chain {
                    words: format!(
                        "{rate}{}{}",
                        steps(scope, &applied),
                        other_standard(scope, &applied, stated).unwrap_or_default()
                    ),
                    rule: applied.case.span,
                    basis,
                },
                Ground::Unmet(scoring) => Chain {
                    words: format!("{rate}没有达到目标，不能得满分。"),
                    rule: scoring.span,
                    basis,
                },
                Ground::Free => return None,
            })
        }
        _ => None,
    }
}

/// 等级取整: what the total was rounded to before its grade was looked up.
fn rounded_total<'a>(scope: &Scope<'_, 'a>, requirement: &'a Expr) -> Option<Chain> {
    let model = scope.ledger.model;
    let (_, rule) = model.grade_step?;
    let mut asked = None;
    requirement.walk(&mut |expr| {
        if let ExprKind::Call(Function::GradeName, arguments) = &expr.kind {
            asked = asked.or(arguments.first());
        }
    });
    let Value::Number(total, _) = evaluate(asked?, scope, false, &mut Trace::default()) else {
        return None;
    };
    let whole = model.graded(total.value)?;
    let words = match whole == total.value {
        true => String::new(),
        false => format!(
            "评等级前总分取整为 {}。",
            rounded(&Quantity::computed(whole, total.unit))
        ),
    };
    Some(Chain {
        words,
        rule,
        basis: String::new(),
    })
}

/// 完成率 93.75%，
fn rate_words(scope: &Scope, index: usize) -> String {
    match scope.completion(index).value {
        Value::Number(rate, _) if rate.high.is_some() => format!("完成值是约数，完成率 {}，", rounded(&rate)),
        Value::Number(rate, _) => format!("完成率 {}，", rounded(&rate)),
        _ => String::new(),
    }
}

/// Which 情形 applied, and what it comes to.
fn steps(scope: &Scope, applied: &Applied) -> String {
    let sources = &scope.ledger.model.sources;
    let condition = sources
        .get(applied.case.condition.span.source.0 as usize)
        .map_or("", |source| source.slice(applied.case.condition.span))
        .trim();
    let parameters: Vec<String> = named(applied)
        .map(|(name, value)| format!("{name} = {}", value.text()))
        .collect();
    let parameters = match parameters.is_empty() {
        true => String::new(),
        false => format!("（{}）", parameters.join("，")),
    };
    format!(
        "适用“{}”的情形“{condition}”{parameters}：{}。",
        applied.standard.name,
        result(scope, applied)
    )
}

/// The 参数 that this case speaks of, or one before it that did not hold.
fn named<'x>(applied: &'x Applied) -> impl Iterator<Item = (&'x str, &'x Quantity)> {
    let cases = &applied.standard.cases;
    let at = cases.iter().position(|case| case.span == applied.case.span);
    let spoken = move |name: &str| {
        let before = cases.iter().take(at.unwrap_or(0));
        let mut conditions = before.chain([applied.case]).map(|case| &case.condition);
        conditions.any(|condition| condition.fields().contains(&name))
            || applied.case.result.fields().contains(&name)
    };
    let parameters = applied.standard.parameters.iter();
    parameters.filter_map(move |(name, _)| {
        let (name, value) = applied.values.iter().find(|(known, _)| known == name)?;
        spoken(name).then_some((name.as_str(), value))
    })
}

/// 20 分 × 7500 家 ÷ 8000 家 = 18.75 分, or the interval in which the marks must lie.
fn result(scope: &Scope, applied: &Applied) -> String {
    let inner = Scope {
        parameters: &applied.values,
        ..*scope
    };
    let number = |value| rounded(&Quantity::computed(value, applied.unit));
    let Some(marks) = applied.marks.as_point() else {
        return format!("得分应在 {} 之内", bracketed(&applied.marks, applied.unit));
    };
    let expr = chosen(&inner, &applied.case.result);
    if matches!(expr.kind, ExprKind::Field(_) | ExprKind::Constant(_)) {
        return format!("得 {}", number(marks));
    }
    let exact = marks.round(-2) == Some(marks);
    format!(
        "{} {} {}",
        formula(&inner, expr, 0),
        if exact { "=" } else { "≈" },
        number(marks)
    )
}

/// [16 分，20 分)
pub(super) fn bracketed(interval: &Interval, unit: Unit) -> String {
    let number = |value| rounded(&Quantity::computed(value, unit));
    let low = interval.low.map_or(String::new(), |low| {
        format!("{}{}", if low.closed { "[" } else { "(" }, number(low.at))
    });
    let high = interval.high.map_or("不限)".to_owned(), |high| {
        format!("{}{}", number(high.at), if high.closed { "]" } else { ")" })
    });
    format!("{low}，{high}")
}

/// At most two places: nobody reckons marks finer.
fn rounded(quantity: &Quantity) -> String {
    if quantity.printed.is_some() {
        return quantity.text();
    }
    let round = |value: Ratio| value.round(-2).unwrap_or(value);
    let shown = Quantity {
        value: round(quantity.value),
        high: None,
        ..*quantity
    };
    match quantity.high {
        Some(high) => format!(
            "{} 至 {}",
            shown.text(),
            Quantity {
                value: round(high),
                ..shown
            }
            .text()
        ),
        None => shown.text(),
    }
}

/// Of 最大(0 分，x) and the like the argument that counts.
fn chosen<'e>(scope: &Scope<'_, 'e>, expr: &'e Expr) -> &'e Expr {
    let ExprKind::Call(Function::Greatest | Function::Least, arguments) = &expr.kind else {
        return expr;
    };
    let value = |expr: &'e Expr| match evaluate(expr, scope, false, &mut Trace::default()) {
        Value::Number(number, _) => Some(number),
        _ => None,
    };
    let whole = value(expr);
    let same = |argument: &&'e Expr| {
        // Both in one unit: 0 分 and 18.75 分.
        matches!((value(argument), &whole), (Some(a), Some(b)) if a.value_in(b.unit) == Some(b.value))
    };
    arguments
        .iter()
        .rev()
        .find(same)
        .map_or(expr, |found| chosen(scope, found))
}

/// A formula with its numbers put in; `around` is how tightly the operation outside binds.
fn formula<'e>(scope: &Scope<'_, 'e>, expr: &'e Expr, around: u8) -> String {
    let (words, binds) = match &expr.kind {
        ExprKind::Compute(operation, left, right) => {
            let (sign, binds) = match operation {
                Operation::Add => ("+", 1),
                Operation::Subtract => ("−", 1),
                Operation::Multiply => ("×", 2),
                Operation::Divide => ("÷", 2),
            };
            // What is taken off or divided by stands in brackets of its own.
            let tight = matches!(operation, Operation::Subtract | Operation::Divide);
            let left = formula(scope, left, binds);
            let right = formula(scope, right, binds + u8::from(tight));
            (format!("{left} {sign} {right}"), binds)
        }
        ExprKind::Call(Function::Greatest | Function::Least, _) => {
            let inner = chosen(scope, expr);
            match std::ptr::eq(inner, expr) {
                true => (value_words(scope, expr), 3),
                false => return formula(scope, inner, around),
            }
        }
        ExprKind::Field(path) if path.last().is_some_and(|last| last == "完成率") => match quotient(scope)
        {
            Some(words) => (words, 2),
            None => (value_words(scope, expr), 3),
        },
        _ => (value_words(scope, expr), 3),
    };
    match binds < around {
        true => format!("（{words}）"),
        false => words,
    }
}

/// 7500 家 ÷ 8000 家
fn quotient(scope: &Scope) -> Option<String> {
    let Row::Indicator(index) = scope.row else {
        return None;
    };
    let (target, actual, _) = scope.pair(index).ok()?;
    let target = Quantity {
        bound: None,
        ..target
    };
    Some(format!("{} ÷ {}", actual.text(), target.text()))
}

fn value_words<'e>(scope: &Scope<'_, 'e>, expr: &'e Expr) -> String {
    match evaluate(expr, scope, false, &mut Trace::default()) {
        Value::Number(number, _) => rounded(&number),
        other => words::words(&other, None),
    }
}

/// Another standard by which the stated marks come out: two schools reckon a reverse indicator differently. Standards of
/// the execution rate are no such school.
fn other_standard(scope: &Scope, applied: &Applied, stated: Option<&Quantity>) -> Option<String> {
    let reckoned = matches!(
        applied.case.result.kind,
        ExprKind::Compute(..) | ExprKind::Call(..)
    );
    let stated = stated.filter(|_| reckoned && !reads_rate(applied.standard))?;
    let standards = &scope.ledger.model.standards;
    let comes_out = |name: &str| {
        let scoring = Scoring {
            standard: name.to_owned(),
            arguments: Vec::new(),
            span: Span::default(),
        };
        let other = scope.apply(&scoring, &[]).ok()?;
        // Full marks and none come out by many standards and say nothing.
        let reckoned = matches!(other.case.result.kind, ExprKind::Compute(..) | ExprKind::Call(..));
        let marks = other
            .marks
            .as_point()
            .filter(|marks| !marks.is_zero() && reckoned)?;
        compare::belongs(stated, &Interval::point(marks))
    };
    let other = standards
        .iter()
        .filter(|other| other.name != applied.standard.name && !reads_rate(other))
        .find(|other| comes_out(&other.name) == Some(true))?;
    Some(format!(
        "{}是按“{}”算出来的，规则用的是“{}”。",
        stated.text(),
        other.name,
        applied.standard.name
    ))
}
