//! 等级: read, and shown to cover every total once.

use super::draft::Draft;
use super::{Grade, faults, targets, units};
use crate::finding::Finding;
use crate::quantity::{End, Interval, Ratio};
use crate::source::Span;
use crate::syntax::{Amount, Range, RangeEnd, Statement, Words};

/// Declares the grades of a line. An end of which nothing is said belongs unless a neighbour claims it (含).
pub fn declare(draft: &mut Draft, statement: &Statement, written: &[(Words, Range)]) {
    let mut grades = Vec::new();
    for (at, (name, range)) in written.iter().enumerate() {
        let mut range = range.clone();
        let others = || {
            written
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, (_, r))| r)
        };
        let marked = |end: &RangeEnd| {
            let claims = |other: &Option<RangeEnd>| {
                other
                    .as_ref()
                    .is_some_and(|o| o.at.number == end.at.number && o.closed == Some(true))
            };
            end.closed
                .or(Some(!others().any(|r| claims(&r.low) || claims(&r.high))))
        };
        for end in range.low.iter_mut().chain(range.high.iter_mut()) {
            end.closed = marked(end);
        }
        if let Some((interval, _)) = targets::interval(draft, &range, true) {
            // 60以下 reaches down to nought: no total lies below it.
            let low = interval.low.or(Some(End::closed(Ratio::ZERO)));
            grades.push(Grade {
                name: name.text.clone(),
                interval: Interval { low, ..interval },
                span: name.span.join(range.span),
            });
        }
    }
    for (at, grade) in grades.iter().enumerate() {
        if let Some(before) = grades[..at].iter().find(|before| before.name == grade.name) {
            draft.duplicate("等级", &grade.name, grade.span, before.span);
        }
    }
    let held = &draft.model.grades;
    let Some(before) = held.first().map(|grade| grade.span) else {
        draft.model.grades = grades;
        return;
    };
    let same = held.len() == grades.len()
        && held
            .iter()
            .zip(&grades)
            .all(|(a, b)| a.name == b.name && a.interval == b.interval);
    if before.source == statement.span.source {
        draft.duplicate("等级", "", statement.span, before);
    } else if draft.implied.contains(&before.source) {
        draft.model.grades = grades;
    } else if !same {
        let finding = faults::error("rule-duplicate", "等级与所引用的规则不同。", statement.span)
            .help("要改动所引用的等级，写“调整：等级／优”，下面写“区间：…”和“理由：…”。")
            .and(before, "", "所引用的等级");
        draft.tell(finding);
    }
}

/// 等级取整：1 分
pub fn step(draft: &mut Draft, statement: &Statement, written: &Amount) {
    let points = units::points(written, &draft.model.units);
    let Some(step) = draft.keep(points) else {
        return;
    };
    if step.value <= Ratio::ZERO {
        let finding = faults::error("rule-grade-bands", "总分不能按 0 分取整。", statement.span)
            .help("例如：等级取整：1 分");
        draft.tell(finding);
        return;
    }
    match draft.model.grade_step {
        Some((_, before)) if before.source == statement.span.source => {
            draft.tell(two_steps(statement.span, before).help("留下一处。"));
        }
        Some((known, before)) if known != step.value && !draft.implied.contains(&before.source) => {
            let finding = two_steps(statement.span, before);
            draft.tell(finding.help("与所引用的规则不同；核对总分按几分取整，留下一处。"));
        }
        _ => draft.model.grade_step = Some((step.value, statement.span)),
    }
}

fn two_steps(span: Span, before: Span) -> Finding {
    faults::error("rule-duplicate", "“等级取整”写了两次。", span).and(before, "", "先写在这里")
}

/// Looks for a total that has no grade, or two.
pub fn check(draft: &mut Draft) {
    let grades = &draft.model.grades;
    let Some(first) = grades.first() else {
        return;
    };
    let step = draft.model.grade_step.map(|(step, _)| step);
    let whole = grades
        .iter()
        .skip(1)
        .filter(|g| g.span.source == first.span.source)
        .fold(first.span, |s, g| s.join(g.span));
    let mut findings = Vec::new();
    for (at, grade) in grades.iter().enumerate() {
        if grade.interval.is_empty() {
            let message = format!("等级“{}”的区间里没有数。", grade.name);
            findings.push(
                faults::error("rule-grade-bands", message, grade.span)
                    .help("小的数写在前面，例如：优 [90，100]。"),
            );
            continue;
        }
        let meeting = grades[..at]
            .iter()
            .filter(|other| example(&other.interval.intersection(&grade.interval), step).is_some());
        findings.extend(meeting.map(|other| overlap(grade, other, step)));
    }
    if findings.is_empty() {
        let all = gaps(grades.iter().map(|grade| grade.interval).collect());
        let all: Vec<(&Interval, Ratio)> = all
            .iter()
            .filter_map(|gap| Some((gap, example(gap, step)?)))
            .collect();
        // The only gap is told of the whole line, several each of the grade below it.
        let place = |gap: &Interval| {
            let below = grades
                .iter()
                .find(|grade| grade.interval.high.map(|high| high.at) == gap.low.map(|low| low.at));
            below
                .filter(|grade| all.len() > 1 && grade.span.source == whole.source)
                .map_or(whole, |grade| grade.span)
        };
        findings.extend(
            all.iter()
                .map(|(gap, at)| missing(grades, gap, *at, step, place(gap))),
        );
    }
    draft.findings.append(&mut findings);
}

fn overlap(grade: &Grade, other: &Grade, step: Option<Ratio>) -> Finding {
    let common = grade.interval.intersection(&other.interval);
    let at = example(&common, step);
    let message = format!("{} 分既是“{}”又是“{}”。", shown(at), other.name, grade.name);
    let (upper, lower) = match grade.interval.low.map(|low| low.at) > other.interval.low.map(|low| low.at) {
        true => (grade, other),
        false => (other, grade),
    };
    let help = match (common.as_point(), lower.interval.low) {
        // Both name the shared end and neither says that it is its own.
        (Some(shared), Some(bottom)) => {
            let top = upper.interval.high.map_or(Ratio::whole(100), |high| high.at);
            let (shared, top, bottom) = (shown(Some(shared)), shown(Some(top)), shown(Some(bottom.at)));
            format!(
                "写明 {shared} 分归哪一档，例如：{0} {shared}（含）—{top}；或者：{0} [{shared}，{top}]；{1} [{bottom}，{shared})。",
                upper.name, lower.name
            )
        }
        _ => "一个分数只归一个等级，例如：优 [90，100]；良 [80，90)。".to_owned(),
    };
    faults::error("rule-grade-bands", message, grade.span)
        .help(help)
        .and(other.span, "", format!("“{}”也包含它", other.name))
}

fn missing(grades: &[Grade], gap: &Interval, at: Ratio, step: Option<Ratio>, span: Span) -> Finding {
    let below = |low: End| {
        grades
            .iter()
            .find(|grade| grade.interval.high.map(|high| high.at) == Some(low.at))
    };
    let help = match (gap.low, gap.high, gap.low.and_then(below)) {
        // 80—89；90—100: whole marks, and nothing between them.
        (Some(low), Some(high), Some(below)) if step.is_none() && !low.closed && is_one(low, high) => {
            format!(
                "{0} 和 {1} 之间的分数没有归属。总分取整后才评等级的，加一行：等级取整：1 分；不取整的，写成：{2} [{3}，{1})。",
                shown(Some(low.at)),
                shown(Some(high.at)),
                below.name,
                shown(below.interval.low.map(|low| low.at)),
            )
        }
        (_, Some(high), Some(below)) => filled(below, below.interval.low, Some(high)),
        (Some(low), Some(high), None) => match above(grades, high) {
            Some(above) => filled(above, Some(low), above.interval.high),
            None => EVERY.to_owned(),
        },
        _ => EVERY.to_owned(),
    };
    faults::error(
        "rule-grade-bands",
        format!("{} 分没有等级。", shown(Some(at))),
        span,
    )
    .help(help)
}

const EVERY: &str = "从 0 分到满分的每个分数都要有等级，例如：良 [80，90)；中 [60，80)；差 [0，60)。";

/// The grade that begins where a gap ends.
fn above(grades: &[Grade], high: End) -> Option<&Grade> {
    grades
        .iter()
        .find(|grade| grade.interval.low.map(|low| low.at) == Some(high.at))
}

/// A grade with ends that leave no gap.
fn filled(grade: &Grade, low: Option<End>, high: Option<End>) -> String {
    let (Some(low), Some(high)) = (low, high) else {
        return EVERY.to_owned();
    };
    format!(
        "从 0 分到满分的每个分数都要有等级，例如写成：{} {}{}，{}{}。",
        grade.name,
        if low.closed { '[' } else { '(' },
        shown(Some(low.at)),
        shown(Some(high.at)),
        if high.closed { ']' } else { ')' },
    )
}

fn is_one(low: End, high: End) -> bool {
    high.at.sub(low.at) == Some(Ratio::ONE)
}

fn shown(at: Option<Ratio>) -> String {
    at.and_then(|at| at.to_plain(4)).unwrap_or_default()
}

/// The stretches of [0，100], or up to the highest grade, that no interval covers, lowest first.
fn gaps(mut intervals: Vec<Interval>) -> Vec<Interval> {
    let start = |interval: &Interval| {
        interval
            .low
            .map_or((Ratio::whole(-1), false), |low| (low.at, !low.closed))
    };
    intervals.sort_by_key(start);
    let mut gaps = Vec::new();
    // What is covered so far reaches up to here; closed says that the number itself is covered.
    let mut reached = End::open(Ratio::ZERO);
    let opposite = |end: End| End {
        at: end.at,
        closed: !end.closed,
    };
    for interval in &intervals {
        if let Some(low) = interval.low {
            let touches = low.at < reached.at || (low.at == reached.at && (low.closed || reached.closed));
            if !touches {
                gaps.push(Interval {
                    low: Some(opposite(reached)),
                    high: Some(opposite(low)),
                });
            }
        }
        match interval.high {
            None => return gaps,
            Some(high) if (high.at, high.closed) > (reached.at, reached.closed) => reached = high,
            Some(_) => {}
        }
    }
    let hundred = Ratio::whole(100);
    if reached.at < hundred || (reached.at == hundred && !reached.closed) {
        gaps.push(Interval {
            low: Some(opposite(reached)),
            high: Some(End::closed(hundred)),
        });
    }
    gaps
}

/// A total that lies in an interval; where totals are rounded first, one that is left after rounding.
fn example(interval: &Interval, step: Option<Ratio>) -> Option<Ratio> {
    let Some(step) = step else {
        return inner(interval);
    };
    let (low, high) = (interval.low.map(|low| low.at), interval.high.map(|high| high.at));
    let next = |at: Ratio, more: i128| at.div(step)?.round(0)?.add(Ratio::whole(more))?.mul(step);
    let near = [high, low].into_iter().flatten();
    near.flat_map(|at| [0, -1, 1].map(|more| next(at, more)))
        .flatten()
        .find(|at| interval.contains(*at))
}

/// A number that lies in an interval and is easy to say: an end, or one just inside, or the middle.
fn inner(interval: &Interval) -> Option<Ratio> {
    let (low, high) = (interval.low, interval.high);
    let half = Ratio::new(1, 2)?;
    let mut wanted = Vec::new();
    if let Some(high) = high {
        wanted.extend([Some(high.at), high.at.sub(half), high.at.sub(Ratio::new(1, 10)?)]);
    }
    if let Some(low) = low {
        wanted.extend([Some(low.at), low.at.add(half), low.at.add(Ratio::new(1, 10)?)]);
    }
    if let (Some(low), Some(high)) = (low, high) {
        wanted.push(low.at.add(high.at).and_then(|sum| sum.mul(half)));
    }
    wanted.into_iter().flatten().find(|at| interval.contains(*at))
}
