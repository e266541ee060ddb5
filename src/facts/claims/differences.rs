//! Differences that a sentence tells of two of its numbers: 由480公斤提高到552公斤，增产72公斤; 比目标值90%高4个百分点.

use super::Difference;
use super::prose::{Prose, ends_item};
use super::words;
use crate::quantity::Unit;

/// How many letters may stand between a comparison and its difference.
const LONGEST: usize = 12;
/// How many numbers may stand between a comparison and what is compared.
const PASSED: usize = 2;
/// How many numbers of a sentence before a difference are looked at.
const MOST: usize = 10;

/// All differences whose two numbers stand in the same sentence, ascending.
pub fn find(prose: &Prose) -> Vec<Difference> {
    (0..prose.count())
        .filter_map(|at| difference(prose, at))
        .collect()
}

fn difference(prose: &Prose, stated: usize) -> Option<Difference> {
    let range = prose.range(stated);
    if !prose.is_exact(stated) || prose.quantity(stated).unit.name() == "%" || prose.in_table(range.start) {
        return None;
    }
    let own = prose.slice(prose.item_start(range.start)..range.start).trim();
    let own = own.trim_end_matches(['了', '仅', ' ', '\u{3000}']);
    if !words::ends_in_change(own) && !words::begins_comparison(own) {
        return None;
    }
    let start = prose.sentence_start(range.start);
    let before: Vec<usize> = prose.within(start..range.start).rev().take(MOST).collect();
    risen(prose, stated, own, &before)
        .or_else(|| compared(prose, stated, &before))
        .or_else(|| set_against(prose, stated, own, &before))
        .or_else(|| saved(prose, stated, own, &before))
}

/// Whether the first is told in the unit in which the other two differ, and all are exact.
fn fits(prose: &Prose, stated: usize, from: usize, to: usize) -> bool {
    alike(prose, stated, from, to, prose.is_exact(from))
}

fn alike(prose: &Prose, stated: usize, from: usize, to: usize, exact: bool) -> bool {
    let unit = |at: usize| prose.quantity(at).unit;
    let (stated, from_unit, to_unit) = (unit(stated), unit(from), unit(to));
    let alike = |a: Unit, b: Unit| a == b || (a.is_money() && b.is_money());
    let points = stated.name() == "个百分点" && from_unit.name() == "%";
    exact
        && prose.is_exact(to)
        && !from_unit.is_none()
        && alike(from_unit, to_unit)
        && (points || alike(stated, from_unit))
}

/// The number that is compared, of those before: what stands between may tell of it too (完成102.85%，比目标多148万公里).
fn compared_one(prose: &Prose, mut item: usize, before: &[usize]) -> Option<usize> {
    for (passed, at) in before.iter().enumerate() {
        if !prose.adjoins(*at, item) {
            return None;
        }
        let unit = prose.quantity(*at).unit;
        let lead = prose.lead(*at);
        let share = unit.name() == "%" && !lead.trim_end().ends_with(['率', '度']);
        let points = unit.name() == "个百分点" && words::ends_in_change(lead.trim_end());
        if !share && !points || passed == PASSED {
            return Some(*at).filter(|_| passed > 0);
        }
        item = prose.lead_start(*at);
        // 由81.2%提高到87.6%: the level that was reached is compared, not the change.
        if words::ends_in_reaching(lead.trim_end()) {
            return Some(*at);
        }
    }
    None
}

/// 由480公斤提高到552公斤，增产72公斤
fn risen(prose: &Prose, stated: usize, own: &str, before: &[usize]) -> Option<Difference> {
    let [to, from] = *before.get(..2)? else {
        return None;
    };
    let item = prose.item_start(prose.range(stated).start);
    let verb = words::is_change(own.trim_start_matches(['净', '共', '年', '均']));
    let between = prose.slice(prose.range(from).end..prose.range(to).start);
    let reached = words::ends_in_reaching(prose.lead(to).trim());
    let left = prose.lead(from);
    let told =
        verb && reached && !between.contains(ends_item) && (left.contains('由') || left.contains('从'));
    (told && prose.adjoins(to, item) && fits(prose, stated, from, to)).then_some(Difference {
        stated,
        from: Some(from),
        to,
        sure: true,
    })
}

/// 满意度94%，比目标值90%高4个百分点: what it is compared with stands in the claim itself.
fn compared(prose: &Prose, stated: usize, before: &[usize]) -> Option<Difference> {
    let from = *before.first()?;
    let range = prose.range(stated);
    let item = prose.item_start(range.start);
    let own = prose.range(from);
    let call = prose.slice(item..own.start.max(item)).trim();
    let verb = prose.slice(own.end..range.start).trim();
    let verb = verb.trim_start_matches("相比").trim_end_matches('了');
    let verb = verb.trim_start_matches(['的', '要', '还']);
    // 比目标1500人多184人: the 多 belongs to the difference, not to 1500人.
    let over = verb.is_empty() && prose.slice(own.clone()).ends_with('多');
    if own.start <= item || !words::begins_comparison(call) || !(over || words::is_change(verb)) {
        return None;
    }
    let exact = over || prose.is_exact(from);
    let fitting = |to: usize| alike(prose, stated, from, to, exact).then_some(to);
    let next = *before.get(1).filter(|to| prose.adjoins(**to, item))?;
    let to = fitting(next).or_else(|| fitting(compared_one(prose, item, &before[1..])?))?;
    Some(Difference {
        stated,
        from: Some(from),
        to,
        sure: true,
    })
}

/// 预算18万元，实际支出11.2万元，较预算节约6.8万元: what it is compared with is called by its word.
fn set_against(prose: &Prose, stated: usize, own: &str, before: &[usize]) -> Option<Difference> {
    let next = *before.first()?;
    let item = prose.item_start(prose.range(stated).start);
    let number_inside = prose.range(next).end > item;
    if number_inside || own.chars().count() > LONGEST || !words::begins_comparison(own) {
        return None;
    }
    // 超额完成6个 is told of a plan.
    let beyond = || own.starts_with('超').then_some(words::Yardstick::Target);
    let call = words::yardstick_in(own).or_else(beyond)?;
    let called = |at: &usize| words::yardstick_in(prose.lead(*at)) == Some(call);
    let to = match fits(prose, stated, next, next) {
        true => next,
        false => compared_one(prose, item, before)?,
    };
    if called(&to) || (to == next && !prose.adjoins(to, item)) {
        return None;
    }
    let mut named = before.iter().copied().filter(|at| *at < to && called(at));
    let Some(from) = named.next() else {
        // 比目标多184人: the target may stand elsewhere in the report.
        let own_target =
            call == words::Yardstick::Target && prose.is_exact(to) && fits(prose, stated, to, to);
        return own_target.then_some(Difference {
            stated,
            from: None,
            to,
            sure: false,
        });
    };
    let one_time = prose.of_one_time(from, to) || call == words::Yardstick::Earlier;
    // Two yardsticks in one sentence: which of them is meant is not said.
    let alone = named.all(|other| !fits(prose, stated, other, to));
    (alone && one_time && fits(prose, stated, from, to)).then_some(Difference {
        stated,
        from: Some(from),
        to,
        sure: false,
    })
}

/// 采购预算426万元，实际采购398.2万元，节约27.8万元
fn saved(prose: &Prose, stated: usize, own: &str, before: &[usize]) -> Option<Difference> {
    let [to, from] = *before.get(..2)? else {
        return None;
    };
    let money = prose.quantity(stated).unit.is_money() && words::is_saving(own);
    let budget = words::yardstick_in(prose.lead(from)) == Some(words::Yardstick::Budget);
    let own_item = prose.item_start(prose.range(stated).start);
    let start = prose.lead_start(to);
    let spent = words::yardstick_in(prose.lead(to)).is_none() && prose.adjoins(from, start);
    let told = money && budget && spent && prose.adjoins(to, own_item);
    (told && fits(prose, stated, from, to) && prose.of_one_time(from, to)).then_some(Difference {
        stated,
        from: Some(from),
        to,
        sure: false,
    })
}
