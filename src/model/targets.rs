//! 目标 of indicators: read, held against each other.

use super::draft::Draft;
use super::{Target, faults, units};
use crate::expr::fields::Context;
use crate::expr::{Comparison, Expr, ExprKind};
use crate::finding::Finding;
use crate::quantity::{Bound, End, Interval, Ratio, Unit};
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{self, Amount, Content, Range, RangeEnd, Statement, Words, places};

/// The target of an indicator and its line. Two that differ, and an empty interval, are told.
pub fn of(draft: &mut Draft, statement: &Statement) -> (Option<Target>, Span) {
    let lines: Vec<&Statement> = statement.all(Word::Target).collect();
    let Some(first) = lines.first() else {
        return (None, statement.span);
    };
    for other in &lines[1..] {
        let name = statement.words().map_or("", |words| &words.text);
        draft.tell(two(name, other.span, first.span));
    }
    let Content::Target(written) = &first.content else {
        return (None, first.span);
    };
    (read(draft, written), first.span)
}

fn two(name: &str, span: Span, before: Span) -> Finding {
    faults::error("rule-target-conflict", format!("指标“{name}”有两个目标。"), span)
        .help("一个指标只写一个目标；上下限写成区间，例如：目标：[90，100]。")
        .and(before, "", "先写的目标")
}

/// Whether an indicator that is stated twice has two targets; told as that, not as a mere duplicate.
pub fn conflict(draft: &mut Draft, name: &Words, before: &Statement, now: &Statement) -> bool {
    let target = |statement: &Statement| statement.all(Word::Target).next().cloned();
    let (Some(first), Some(second)) = (target(before), target(now)) else {
        return false;
    };
    if places::same(&first, &second) || draft.implied.contains(&before.span.source) {
        return false;
    }
    draft.tell(two(&name.text, second.span, first.span));
    true
}

fn read(draft: &mut Draft, target: &syntax::Target) -> Option<Target> {
    match target {
        syntax::Target::Number(None, amount) if is_prose(draft, amount) => {
            let source = &draft.model.sources[amount.span.source.0 as usize];
            Some(Target::Text(source.slice(amount.span).to_owned()))
        }
        syntax::Target::Number(bound, amount) => {
            let stated = units::stated(amount, *bound, &draft.model.units);
            draft.keep(stated).map(Target::Number)
        }
        syntax::Target::Interval(written) => {
            let (interval, unit) = interval(draft, written, true)?;
            if interval.is_empty() {
                draft.tell(
                    faults::error(
                        "rule-target-conflict",
                        "这个区间里没有数，目标无法达到。",
                        written.span,
                    )
                    .help(turned(draft, written)),
                );
            }
            Some(Target::Interval(interval, unit))
        }
        syntax::Target::Date(words) => Some(Target::Date(words.text.clone())),
        syntax::Target::Text(words) => {
            if let Some(number) = number_within(draft, words) {
                draft.tell(number);
            }
            Some(Target::Text(words.text.clone()))
        }
    }
}

/// 达到 90% 以上: words, of which the number may have been meant as the target.
fn number_within(draft: &Draft, words: &Words) -> Option<Finding> {
    if words.quoted || !draft.users.contains(&words.span.source) {
        return None;
    }
    let number = syntax::from_text::within(&words.text)?;
    let message = format!("目标“{}”是当作文字读的，里面的数不参与核对。", words.text);
    let help = format!(
        "要核对这个数，写成：目标：{number}；本来就是一句话的，加上引号：目标：“{}”",
        words.text
    );
    Some(faults::info("rule-syntax", message, words.span).help(help))
}

/// An empty interval with its ends the other way round, or what to write instead.
fn turned(draft: &Draft, range: &Range) -> String {
    let source = &draft.model.sources[range.span.source.0 as usize];
    match (&range.low, &range.high) {
        (Some(low), Some(high)) if low.at.number != high.at.number => format!(
            "小的数写在前面，写成：目标：[{}，{}]",
            source.slice(high.at.span),
            source.slice(low.at.span)
        ),
        (Some(low), _) => format!("只有一个数时写成：目标：= {}", source.slice(low.at.span)),
        _ => "小的数写在前面，例如：目标：[90，100]".to_owned(),
    }
}

/// 3类设备采购: what looks like a unit goes on too long to be one that was misspelt.
fn is_prose(draft: &Draft, amount: &Amount) -> bool {
    amount
        .unit
        .as_ref()
        .is_some_and(|unit| unit.text.chars().count() >= 3 && units::unit(unit, &draft.model.units).is_err())
}

/// An interval as written; `unmarked` says whether ends of which nothing is said belong.
pub fn interval(draft: &mut Draft, range: &Range, unmarked: bool) -> Option<(Interval, Unit)> {
    let mut unit = Unit::none();
    let mut end = |draft: &mut Draft, end: &RangeEnd| -> Option<End> {
        let stated = units::stated(&end.at, None, &draft.model.units);
        let quantity = draft.keep(stated)?;
        if !unit.is_none() && !quantity.unit.compares_with(unit) {
            let message = format!(
                "区间的两头单位不同：“{}”和“{}”。",
                unit.name(),
                quantity.unit.name()
            );
            draft.tell(faults::error("rule-unit", message, range.span).help("两头写同一个单位。"));
            return None;
        }
        let at = match unit.is_none() {
            true => quantity.value,
            false => quantity.value_in(unit)?,
        };
        if unit.is_none() {
            unit = quantity.unit;
        }
        Some(End {
            at,
            closed: end.closed.unwrap_or(unmarked),
        })
    };
    let low = match &range.low {
        Some(low) => Some(end(draft, low)?),
        None => None,
    };
    let high = match &range.high {
        Some(high) => Some(end(draft, high)?),
        None => None,
    };
    Some((Interval { low, high }, unit))
}

/// Asks about a 当 that wants 完成率 at 100% or above where indicators are the better the less they are: these have no
/// 完成率, so that the check never concerns them.
pub fn without_rate(draft: &mut Draft) {
    let reverse: Vec<(&str, Span)> = draft
        .model
        .names
        .iter()
        .filter_map(|name| {
            let indicator = name.indicator.as_ref()?;
            let bound = indicator.target.as_ref()?.bound()?;
            matches!(bound, Bound::AtMost | Bound::Below)
                .then_some((name.name.as_str(), indicator.target_span))
        })
        .collect();
    let mut findings = Vec::new();
    for check in &draft.model.checks {
        for when in &check.when {
            let Some((path, span)) = wants_full_rate(when) else {
                continue;
            };
            let of_rows = check.context == Context::IndicatorRow && path.len() == 1;
            // Any further condition (方向, 三级指标) may already say which indicators are meant.
            let all_rows = of_rows && check.when.iter().all(|when| when.fields() == ["完成率"]);
            let concerned = |name: &str| match of_rows {
                true => all_rows,
                false => path.first().is_some_and(|first| first == name),
            };
            let mut names = reverse.iter().filter(|(name, _)| concerned(name));
            if let Some((name, target)) = names.next() {
                let others = names.count();
                findings.push(never_concerned(name, others, of_rows, span).and(*target, "", "目标写在这里"));
            }
        }
    }
    draft.findings.append(&mut findings);
}

fn never_concerned(name: &str, others: usize, of_rows: bool, span: Span) -> Finding {
    let more = match others {
        0 => String::new(),
        others => format!("等 {} 项指标", others + 1),
    };
    let message = format!("“{name}”{more}越少越好，没有完成率，这一条检查管不到。是这个意思吗？");
    let help = match of_rows {
        true => "只管越多越好的指标，写成：当：方向 = 正向 并且 完成率 ≥ 130%；要管超支，另写一条检查，例如：当：方向 = 反向 并且 并非 达标".to_owned(),
        false => format!("要管超支，直接比较实际和目标，例如：当：{name}.实际 > {name}.目标"),
    };
    faults::info("rule-target-conflict", message, span).help(help)
}

/// The 完成率 that a condition wants at 100% or above: its way, and where that is said.
fn wants_full_rate(when: &Expr) -> Option<(&[String], Span)> {
    let mut found = None;
    when.walk(&mut |expr| {
        let ExprKind::Compare(comparison, left, right) = &expr.kind else {
            return;
        };
        let (field, limit) = match (&left.kind, &right.kind) {
            (ExprKind::Field(path), ExprKind::Constant(limit))
                if matches!(comparison, Comparison::AtLeast | Comparison::Greater) =>
            {
                (path, limit)
            }
            (ExprKind::Constant(limit), ExprKind::Field(path))
                if matches!(comparison, Comparison::AtMost | Comparison::Less) =>
            {
                (path, limit)
            }
            _ => return,
        };
        let full = limit
            .value_in(Unit::none())
            .is_some_and(|limit| limit >= Ratio::ONE);
        if full && field.last().is_some_and(|last| last == "完成率") {
            found.get_or_insert((field.as_slice(), expr.span));
        }
    });
    found
}
