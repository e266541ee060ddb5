//! 等级: read, and shown to cover every total once.

use super::draft::Draft;
use super::{Grade, faults, targets};
use crate::quantity::{End, Interval, Ratio};
use crate::source::Span;
use crate::syntax::{Range, RangeEnd, Statement, Words};

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

/// Looks for a total that has no grade, or two.
pub fn check(draft: &mut Draft) {
    let grades = &draft.model.grades;
    let Some(first) = grades.first() else {
        return;
    };
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
        for other in grades[..at]
            .iter()
            .filter(|other| other.interval.meets(&grade.interval))
        {
            findings.push(overlap(grade, other));
        }
    }
    if findings.is_empty()
        && let Some(gap) = gap(grades.iter().map(|grade| grade.interval).collect())
    {
        findings.push(missing(gap, whole));
    }
    draft.findings.append(&mut findings);
}

fn overlap(grade: &Grade, other: &Grade) -> crate::finding::Finding {
    let common = grade.interval.intersection(&other.interval);
    let example = inner(&common).and_then(|at| at.to_plain(4)).unwrap_or_default();
    let message = format!("{example} 分既是“{}”又是“{}”。", other.name, grade.name);
    faults::error("rule-grade-bands", message, grade.span)
        .help("一个分数只归一个等级，例如：优 [90，100]；良 [80，90)。")
        .and(other.span, "", format!("“{}”也包含它", other.name))
}

fn missing(gap: Interval, span: Span) -> crate::finding::Finding {
    let example = inner(&gap).and_then(|at| at.to_plain(4)).unwrap_or_default();
    faults::error("rule-grade-bands", format!("{example} 分没有等级。"), span)
        .help("从 0 分到满分的每个分数都要有等级，例如：良 [80，90)；中 [60，80)；差 [0，60)。")
}

/// The lowest stretch of [0，100], or up to the highest grade, that no interval covers.
fn gap(mut intervals: Vec<Interval>) -> Option<Interval> {
    let start = |interval: &Interval| {
        interval
            .low
            .map_or((Ratio::whole(-1), false), |low| (low.at, !low.closed))
    };
    intervals.sort_by_key(start);
    // What is covered so far reaches up to here; closed says that the number itself is covered.
    let mut reached = End::open(Ratio::ZERO);
    for interval in &intervals {
        if let Some(low) = interval.low {
            let touches = low.at < reached.at || (low.at == reached.at && (low.closed || reached.closed));
            if !touches {
                return Some(Interval {
                    low: Some(End {
                        at: reached.at,
                        closed: !reached.closed,
                    }),
                    high: Some(End {
                        at: low.at,
                        closed: !low.closed,
                    }),
                });
            }
        }
        match interval.high {
            None => return None,
            Some(high) if (high.at, high.closed) > (reached.at, reached.closed) => reached = high,
            Some(_) => {}
        }
    }
    let hundred = Ratio::whole(100);
    let open = reached.at < hundred || (reached.at == hundred && !reached.closed);
    open.then_some(Interval {
        low: Some(End {
            at: reached.at,
            closed: !reached.closed,
        }),
        high: Some(End::closed(hundred)),
    })
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
