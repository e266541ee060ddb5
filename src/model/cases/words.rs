//! What is wrong with 情形, in words.

use super::super::{Model, Standard, faults};
use super::axes::{Axis, Piece, Point, Subject, closed_words};
use super::proof::{Fault, Proof, Unreached, Wrong};
use crate::expr::{Comparison, Expr, ExprKind};
use crate::finding::{Finding, Severity};
use crate::quantity::{Interval, Quantity, Ratio, Unit};
use std::cmp::Ordering;

const ID: &str = "rule-score-cases";

/// The finding of a fault.
pub fn finding(model: &Model, standard: &Standard, proof: &Proof, fault: &Fault) -> Finding {
    match fault {
        Fault::Gap(gap) => missing(standard, proof, gap),
        Fault::NoOtherwise(example) => no_otherwise(standard, proof, example.as_deref()),
        Fault::Unreached(unreached) => never_reached(model, standard, unreached),
        Fault::Marks {
            case,
            severity,
            with,
            wrong,
        } => marks(model, standard, *case, *severity, with, wrong),
    }
}

fn missing(standard: &Standard, proof: &Proof, gap: &[Piece]) -> Finding {
    let whole = match (gap, proof.axes.as_slice()) {
        ([piece], [axis]) => piece
            .numbers
            .filter(|numbers| numbers.as_point().is_none())
            .map(|numbers| format!("{}还没有写到。", range(axis, &numbers))),
        _ => None,
    };
    let message = format!("{}没有一种情形适用。", when(&place(&proof.axes, gap)));
    let help = format!(
        "{}补上这一种情形，或者最后加一行：情形：其余，得 0 分",
        whole.unwrap_or_default()
    );
    at_head(standard, message, help)
}

fn no_otherwise(standard: &Standard, proof: &Proof, example: Option<&[Piece]>) -> Finding {
    let mut names: Vec<String> = Vec::new();
    for axis in &proof.axes {
        match &axis.subject {
            Subject::Number(name) | Subject::Text(name) | Subject::Truth(name) => names.push(name.clone()),
            Subject::Share(over, under) => names.extend([over.clone(), under.clone()]),
            Subject::Other(text) => names.push(text.clone()),
        }
    }
    names.dedup();
    let more = if names.len() > 4 { "等" } else { "" };
    let message = match example {
        Some(example) => format!("{}没有一种情形适用。", when(&place(&proof.axes, example))),
        None if names.len() <= 1 => format!(
            "评分标准“{}”的情形太多，没有逐一核对有没有空缺，最后要写“其余”。",
            standard.name
        ),
        None => format!(
            "评分标准“{}”最后没有“其余”。条件里用到{}{more}，不能证明每种情况都有情形适用。",
            standard.name,
            faults::quoted(names.iter().take(4).map(String::as_str))
        ),
    };
    at_head(standard, message, "最后加一行：情形：其余，得 0 分".to_owned())
}

fn at_head(standard: &Standard, message: String, help: String) -> Finding {
    let finding = faults::error(ID, message, standard.span).help(help);
    match standard.cases.last() {
        Some(last) => finding.and(last.span, "", "最后一种情形"),
        None => finding,
    }
}

fn never_reached(model: &Model, standard: &Standard, unreached: &Unreached) -> Finding {
    let text = |case: usize| condition_text(model, &standard.cases[case].condition);
    let own = text(unreached.case);
    let before: Vec<String> = unreached.before.iter().map(|before| text(*before)).collect();
    let otherwise = |case: &usize| standard.cases[*case].condition.kind == ExprKind::Otherwise;
    let (why, help) = match unreached.before.as_slice() {
        [] => match unknown_word(&standard.cases[unreached.case].condition) {
            Some((field, word, known)) => (
                format!("“{field}”不会是“{word}”。"),
                format!("“{field}”只有：{}。", faults::quoted(known.iter().copied())),
            ),
            None => (
                "这个条件不可能成立。".to_owned(),
                "核对条件里的数和比较的方向。".to_owned(),
            ),
        },
        [one] if unreached.undecided => (
            format!("前面的情形“{}”先要判断，判断不了就不再往下看。", before[0]),
            format!("把这一行移到“{}”前面。", text(*one)),
        ),
        [one] if otherwise(one) => (
            "前面已经写了“其余”。".to_owned(),
            "把“其余”那一行移到最后。".to_owned(),
        ),
        [_] if unreached.wider => (
            format!("符合它的，前面的情形“{}”已经包括。", before[0]),
            format!("把这一行移到“{}”前面，或者删去。", before[0]),
        ),
        [_] => (
            format!("前面的情形“{}”与它相同。", before[0]),
            "删去其中一行，或者改正条件。".to_owned(),
        ),
        _ => (
            format!(
                "符合它的，前面的情形{}{}已经包括。",
                faults::quoted(before.iter().take(3).map(String::as_str)),
                if before.len() > 3 { "等" } else { "" }
            ),
            "把这一行移到前面，或者删去。".to_owned(),
        ),
    };
    let message = format!("情形“{own}”用不到：{why}");
    let mut finding = faults::error(ID, message, standard.cases[unreached.case].span).help(help);
    for before in &unreached.before {
        finding = finding.and(standard.cases[*before].span, "", "这一种先适用");
    }
    finding
}

/// A word that a field never is: 达成情况 = 完成.
fn unknown_word(condition: &Expr) -> Option<(String, String, &'static [&'static str])> {
    let mut found = None;
    condition.walk(&mut |expr| {
        if let ExprKind::Compare(Comparison::Equal, field, word) = &expr.kind
            && let (ExprKind::Field(path), ExprKind::Text(word)) = (&field.kind, &word.kind)
            && let Some(name) = path.last()
            && let Some(known) = closed_words(name)
            && !known.contains(&word.as_str())
        {
            found.get_or_insert((name.clone(), word.clone(), known));
        }
    });
    found
}

fn marks(
    model: &Model,
    standard: &Standard,
    case: usize,
    severity: Severity,
    with: &[(String, Quantity)],
    wrong: &Wrong,
) -> Finding {
    let values: Vec<String> = with
        .iter()
        .map(|(name, value)| format!("{name}为 {}", value.text()))
        .collect();
    let at = match values.is_empty() {
        true => "总是".to_owned(),
        false => when(&values.join("、")),
    };
    let result = match &standard.cases[case].result.kind {
        ExprKind::Interval(..) => "…".to_owned(),
        _ => condition_text(model, &standard.cases[case].result),
    };
    let (message, help) = match wrong {
        Wrong::Above(marks) => (
            format!("{at}得 {}，超过分值。", marks.text()),
            format!("得分最多等于分值，写成：得 最小(分值，{result})"),
        ),
        Wrong::Below(marks) => (
            format!("{at}得 {}，比 0 分还少。", marks.text()),
            format!("得分最少 0 分，写成：得 最大(0 分，{result})"),
        ),
        Wrong::Empty(low, high) => (
            format!(
                "{at}得 {} 到 {} 之间的分数，这个区间里没有数。",
                low.text(),
                high.text()
            ),
            "小的数写在前面，例如：得 [0 分，分值]".to_owned(),
        ),
    };
    let span = standard.cases[case].result.span;
    let tell = match severity {
        Severity::Error => faults::error,
        _ => faults::warning as fn(&str, String, _) -> Finding,
    };
    tell(ID, message, span).help(help)
}

/// 完成率为 85% 时: a blank stands between a sign and 时.
pub fn when(what: &str) -> String {
    match what.ends_with(|last: char| last.is_ascii()) {
        true => format!("{what} 时"),
        false => format!("{what}时"),
    }
}

/// A combination of values in words: 完成率为 85%; 方向为“反向”、没有达标.
fn place(axes: &[Axis], here: &[Piece]) -> String {
    let words: Vec<String> = axes
        .iter()
        .zip(here)
        .map(|(axis, piece)| value(axis, piece))
        .collect();
    words.join("、")
}

fn value(axis: &Axis, piece: &Piece) -> String {
    let unit = axis.unit.unwrap_or(Unit::none());
    match (&axis.subject, piece.point) {
        (Subject::Number(name), Point::Number(number)) => {
            format!("{name}为 {}", Quantity::computed(number, unit).text())
        }
        (Subject::Share(over, under), Point::Number(number)) => {
            let share = number.mul(Ratio::whole(100)).and_then(|share| share.to_plain(2));
            format!("{over}为{under}的 {}%", share.unwrap_or_default())
        }
        (Subject::Share(over, under), Point::OfNothing(order)) => {
            let over_is = match order {
                Ordering::Less => "小于 0",
                Ordering::Equal => "为 0",
                Ordering::Greater => "大于 0",
            };
            format!("{under}为 0、{over}{over_is}")
        }
        (Subject::Text(name), Point::Word(word)) => match axis.words.get(word) {
            Some(word) => format!("{name}为“{word}”"),
            None => format!("{name}为其他文字"),
        },
        (Subject::Truth(name), Point::Truth(true)) => name.clone(),
        (Subject::Truth(name), Point::Truth(false)) => format!("没有{name}"),
        (Subject::Other(text), Point::Truth(true)) => format!("“{text}”成立"),
        (Subject::Other(text), _) => format!("“{text}”不成立"),
        (Subject::Number(name) | Subject::Text(name) | Subject::Truth(name), _) => format!("没有{name}"),
        (Subject::Share(over, under), _) => format!("没有{over}或{under}"),
    }
}

fn range(axis: &Axis, numbers: &Interval) -> String {
    let unit = axis.unit.unwrap_or(Unit::none());
    let Subject::Number(name) = &axis.subject else {
        return String::new();
    };
    let text = |at| Quantity::computed(at, unit).text();
    match (numbers.low, numbers.high) {
        (Some(low), Some(high)) => format!(
            "{name}在 {}{}，{}{} 之内的",
            if low.closed { "[" } else { "(" },
            text(low.at),
            text(high.at),
            if high.closed { "]" } else { ")" },
        ),
        (Some(low), None) => format!(
            "{name} {} {} 的",
            if low.closed { "≥" } else { ">" },
            text(low.at)
        ),
        (None, Some(high)) => format!(
            "{name} {} {} 的",
            if high.closed { "≤" } else { "<" },
            text(high.at)
        ),
        (None, None) => String::new(),
    }
}

fn condition_text(model: &Model, condition: &Expr) -> String {
    let source = model.sources.get(condition.span.source.0 as usize);
    source
        .map_or("", |source| source.slice(condition.span))
        .trim()
        .to_owned()
}
