//! 分项合计不符（count-sum）
//!
//! 查什么：规则给一项数据写了“分项”，报告写的各分项相加是不是等于总数（完成数、目标分别核对）；写了“其中”的，其中一项有没有
//! 超过总数。不用另写检查。
//! 为什么：总数和分项对不上，说明有一处写错或者口径不同。
//! 怎么改：核对各分项和总数；口径不同（人与人次、含不含上年结转）的，写明口径。
//! 例：规则写“分项：县道、乡道、村道”，报告写养护里程 100 公里，县道 20、乡道 30、村道 40 公里。
//! 不算：有一个分项没有写数，或者各分项不在一处写（无从核对）；“40余家”“约”这样的约数按范围比较；“其中”各项相加不等于总数；
//! 规则里已经另写检查核对同一个合计的。

use crate::checks::{Judgements, formulas};
use crate::expr::eval::{Trace, Value, evaluate};
use crate::expr::{Expr, ExprKind};
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::ledger::passage::together;
use crate::ledger::scope::{Row, Scope};
use crate::model::{Check, Name};
use crate::quantity::{Interval, Quantity, Ratio, compare};
use std::cmp::Ordering;
use std::ops::Range;

/// Judges the sums of counts that the rules demand.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let model = ledger.model;
    for sum in model.sums.iter().filter(|sum| sum.judged_by == check.id()) {
        let Some(whole) = whole_of(&sum.formula) else {
            continue;
        };
        // What no word calls a target or done is judged where it stands in one sentence.
        if in_sentence(ledger, &sum.formula, whole, judgements) || sum.by_author {
            continue;
        }
        match stand_together(ledger, &sum.formula, whole) {
            true => formulas::run(ledger, &sum.formula, judgements),
            false => judgements.skip(
                check.id(),
                whole,
                "各分项没有和总数写在一处，不能确定说的是同一件事",
            ),
        }
    }
}

/// The name of the whole: the first field of the formula's condition.
fn whole_of(sum: &Check) -> Option<&str> {
    let Some(ExprKind::Has(field, _)) = sum.when.first().map(|when| &when.kind) else {
        return None;
    };
    match &field.kind {
        ExprKind::Field(path) => path.first().map(String::as_str),
        _ => None,
    }
}

/// Whether the parts are told in one place, which speaks of the whole, or in the form: 小学 elsewhere may be the
/// pupils of another number. What cannot be read is left to the formula.
fn stand_together<'a>(ledger: &Ledger<'a>, sum: &'a Check, whole: &str) -> bool {
    let mut trace = Trace::default();
    let scope = Scope::new(ledger, Row::Report);
    let requirement: &'a Expr = match sum.requirements.first() {
        Some(requirement) => requirement,
        None => return true,
    };
    if !matches!(evaluate(requirement, &scope, true, &mut trace), Value::Truth(_)) {
        return true;
    }
    let name = ledger.model.names.iter().find(|name| name.name == whole);
    let calls: Vec<String> = name
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases))
        .map(|call| plain(call).into_owned())
        .collect();
    let form = ledger.form().map(|form| form.range.clone());
    let parts = trace
        .used
        .iter()
        .filter(|used| used.label != whole)
        .filter_map(|used| used.range.as_ref());
    let outside = parts.filter(|range| !form.as_ref().is_some_and(|form| form.contains(&range.start)));
    let blocks: Vec<_> = outside.map(|range| ledger.block(range.start)).collect();
    let Some(first) = blocks.first() else { return true };
    let tells = |block: &Range<u32>| {
        let text = plain(ledger.quote(block));
        calls.iter().any(|call| text.contains(call))
    };
    blocks.iter().all(|block| block == first) && first.as_ref().is_some_and(tells)
}

/// The parts that a formula is about: all 分项 of the whole, or the one of 其中.
enum About<'a> {
    Sum(&'a Name),
    Part(&'a String),
}

fn about<'a>(ledger: &Ledger<'a>, sum: &Check, whole: &str) -> Option<About<'a>> {
    let name = ledger.model.names.iter().find(|name| name.name == whole)?;
    let condition = sum.when.get(1).map(|when| &when.kind);
    match condition {
        None => Some(About::Sum(name)),
        Some(ExprKind::Has(field, _)) => match &field.kind {
            ExprKind::Field(path) if path.len() == 3 => Some(About::Part(
                name.some_parts.iter().find(|part| **part == path[2])?,
            )),
            _ => None,
        },
        _ => None,
    }
}

/// Judges a whole and its parts that one sentence tells without saying what they are; false where there are none.
fn in_sentence(ledger: &mut Ledger, sum: &Check, whole: &str, judgements: &mut Judgements) -> bool {
    let Some(about) = about(ledger, sum, whole) else {
        return false;
    };
    let told = match &about {
        About::Sum(name) => together(ledger, whole, &name.parts),
        About::Part(part) => together(ledger, whole, std::slice::from_ref(part)),
    };
    let Some((at, parts)) = told else { return false };
    let (_, stated, range) = ledger.mention(at);
    let parts: Vec<(&Quantity, &Range<u32>)> = parts
        .iter()
        .map(|part| ledger.mention(*part))
        .map(|(_, quantity, range)| (quantity, range))
        .collect();
    let Some(added) = add(stated, &parts) else {
        return false;
    };
    let holds = match &about {
        About::Sum(_) => stated.range().map(|range| range.meets(&added.1)),
        About::Part(..) => compare::order(stated, parts[0].0, Ordering::is_ge),
    };
    let Some(holds) = holds else { return false };
    let ranges: Vec<Range<u32>> = std::iter::once(range)
        .chain(parts.iter().map(|part| part.1))
        .cloned()
        .collect();
    ledger.take_part(&ranges);
    if holds {
        judgements.passed += 1;
        return true;
    }
    let (added, written) = (Quantity::computed(added.0, stated.unit), ledger.quote(range));
    let (message, names): (String, Vec<&String>) = match about {
        About::Sum(name) => {
            let listed = name.parts.join("、");
            let sum = added.text_like(stated);
            (
                format!("“{whole}”写作{written}，各分项（{listed}）相加是{sum}。"),
                name.parts.iter().collect(),
            )
        }
        About::Part(part) => {
            let exceeding = ledger.quote(parts[0].1);
            (
                format!("其中“{part}”写作{exceeding}，超过了“{whole}”的{written}。"),
                vec![part],
            )
        }
    };
    let mut places: Vec<Place> = vec![ledger.place(range, whole, "")];
    places.extend(
        names
            .iter()
            .zip(&parts)
            .map(|(name, (_, range))| ledger.place(range, name, "")),
    );
    let span = sum
        .requirements
        .first()
        .map_or(sum.span, |requirement| requirement.span);
    judgements.fail(Finding {
        subject: whole.to_owned(),
        stated: Some(stated.digits_like(stated)),
        expected: (names.len() > 1).then(|| added.digits_like(stated)),
        rule: Some(RuleLine {
            span,
            basis: sum.basis.clone(),
        }),
        places,
        ..Finding::new(sum.id(), &sum.name, sum.severity, message, Default::default())
            .help(formulas::plain_help(sum))
    });
    true
}

/// The sum of the parts in the unit of the whole, as a value and as a range.
fn add(whole: &Quantity, parts: &[(&Quantity, &Range<u32>)]) -> Option<(Ratio, Interval)> {
    let nothing = (Ratio::ZERO, Interval::point(Ratio::ZERO));
    parts.iter().try_fold(nothing, |(value, range), (part, _)| {
        let factor = part.unit.to(whole.unit)?;
        let own = part.range()?.scale(factor)?;
        Some((value.add(part.value.mul(factor)?)?, range.add(&own)?))
    })
}
