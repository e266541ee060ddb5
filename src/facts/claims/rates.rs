//! Rates in words (合格率, 覆盖率, 满意度) with the numbers beside them that they are reckoned from.

use super::ShareKind;
use super::prose::Prose;
use super::shares::{Numbers, holds_end};
use super::words;
use crate::facts::Scope;
use crate::quantity::Ratio;
use crate::quantity::mistyped::{Mistyped, mistyped};
use crate::words::held::{holds, holds_by, letters};
use std::borrow::Cow;
use std::cmp::Ordering;

/// 合格98批次，合格率98%: the word of the rate stands beside the part.
pub(super) fn of_rate(prose: &Prose, own: &str, before: &[usize]) -> Option<Numbers> {
    let stem = rate_stem(own).or_else(|| own.strip_suffix("满意度").map(|_| "满意"))?;
    let words = beside(own, stem);
    if words.is_empty() {
        return None;
    }
    let plain = |at: &&usize| prose.is_plain(**at) && prose.quantity(**at).approx.is_none();
    let told = |at: &&usize| {
        // 满意度调查发放问卷400份 counts no one who was 满意.
        let item = prose.item(**at);
        let held = letters(item);
        let text = match holds_by(held, item, &["满意度"]) {
            true => Cow::Owned(item.replace("满意度", "")),
            false => Cow::Borrowed(item),
        };
        let other = ["不满意", "未", "不合格", "应", "计划", "目标"];
        holds_by(held, &text, words) && !holds_by(held, &text, &other)
    };
    let part = *before.iter().filter(plain).find(told)?;
    // 非常满意的310份、满意的66份: more than one number has a claim to be the part.
    let mut rivals = before.iter().filter(|at| **at != part && prose.alike(**at, part));
    if rivals.any(|at| told(&at)) {
        return None;
    }
    let others: Vec<usize> = before
        .iter()
        .copied()
        .filter(|at| *at < part && prose.alike(*at, part) && plain(&at))
        .collect();
    let money = prose.quantity(part).unit.is_money();
    let admitted: Option<&[&str]> = match () {
        () if money => Some(&["预算", "到位", "下达", "安排", "落实", "收到", "拨入", "投入"]),
        () if words[0] == "完成" => Some(&[
            "计划", "目标", "任务", "应", "需", "实施", "實施", "安排", "下达", "设计",
        ]),
        () => None,
    };
    let base = others
        .iter()
        .find(|at| admitted.is_none_or(|words| holds(prose.lead(**at), words)));
    let Some(base) = base.copied() else {
        let far = stem.ends_with("完成") && !money && prose.mention(part).scope == Scope::Whole;
        return far.then_some(Numbers {
            part: Some(part),
            base: None,
            kind: ShareKind::OfFarTarget,
        });
    };
    let level = |at: usize| matches!(prose.mention(at).scope, Scope::Whole | Scope::Part | Scope::Added);
    // 累计, 上年: another base than the sentence shows.
    let foreign = [part, base]
        .iter()
        .any(|at| holds(prose.lead(*at), &["累计", "上年", "去年"]));
    (level(part) && level(base) && !foreign && prose.of_one_time(part, base)).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind: ShareKind::Of,
    })
}

/// 执行率, 支付进度: the call of a rate without the word for rate.
fn rate_stem(own: &str) -> Option<&str> {
    own.strip_suffix('率').or_else(|| own.strip_suffix("进度"))
}

/// 在管患者800人，规范管理600人，规范管理率75%: the part is called as the rate is, and those it is taken from stand
/// right before it. Both calls are needed: in 婚检120人，孕检80人 the one is no part of the other.
pub(super) fn of_named(prose: &Prose, own: &str, percent: usize, before: &[usize]) -> Option<Numbers> {
    let stem = own
        .trim()
        .strip_suffix('率')
        .filter(|stem| stem.chars().count() >= 2)?;
    let [part, base] = *before.get(..2)? else {
        return None;
    };
    let called = prose.lead(part).trim().trim_start_matches(['已', '共']) == stem;
    if !called {
        return None;
    }
    let body = prose.lead(base);
    let whole = words::is_body(body)
        && !holds(
            body,
            &["累计", "上年", "去年", "新增", "目标", "计划", "其中", "未"],
        );
    let fits = |at: usize| {
        let level = matches!(prose.mention(at).scope, Scope::Whole | Scope::Part);
        prose.is_plain(at) && prose.quantity(at).approx.is_none() && level
    };
    let known = beside(own, stem).is_empty() && whole && prose.adjoins(base, prose.lead_start(part));
    let smaller = prose.quantity(part).value <= prose.quantity(base).value;
    let alike = prose.alike(part, base) && prose.quantity(part).unit == prose.quantity(base).unit;
    let sound = alike && smaller && fits(part) && fits(base) && prose.of_one_time(part, base);
    let sound = sound && is_near(prose, percent, part, base);
    (known && sound).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind: ShareKind::OfThose,
    })
}

/// How many points a rate may be off before its base is rather another than the number before it.
const MOST_OFF: i128 = 15;

/// Whether a slip may part the percentage from its numbers. 100 % beside fewer people speaks of those who asked for it.
fn is_near(prose: &Prose, percent: usize, part: usize, base: usize) -> bool {
    let stated = prose.quantity(percent).value;
    let share = prose.quantity(part).value.div(prose.quantity(base).value);
    let reckoned = share.and_then(|share| share.mul(Ratio::whole(100)));
    let off = reckoned.and_then(|reckoned| reckoned.sub(stated)?.abs());
    let near = off.is_some_and(|off| off.compare(Ratio::whole(MOST_OFF)) != Ordering::Greater);
    near && stated.compare(Ratio::whole(100)) != Ordering::Equal
}

/// The words that stand beside the part of which a rate tells.
fn beside(own: &str, stem: &str) -> &'static [&'static str] {
    match () {
        () if own.ends_with("满意度") => &["满意"],
        () if holds_end(stem, &["执行", "支出", "使用", "支付", "執行", "使用"]) => {
            &["支出", "使用", "执行", "支付", "執行"]
        }
        () if holds_end(stem, &["完成", "完工", "竣工"]) => &["完成", "建成", "完工", "竣工", "实际"],
        () if holds_end(stem, &["回收", "收回"]) => &["收回", "回收"],
        () if holds_end(stem, &["到位"]) => &["到位"],
        () if holds_end(stem, &["合格"]) => &["合格"],
        () if holds_end(stem, &["达标"]) => &["达标"],
        () if holds_end(stem, &["通过"]) => &["通过"],
        () if holds_end(stem, &["就业"]) => &["就业"],
        () if holds_end(stem, &["验收"]) => &["验收"],
        () if holds_end(stem, &["整改"]) => &["整改"],
        () if holds_end(stem, &["办结"]) => &["办结"],
        () => &[],
    }
}

/// What slip of the pen makes the percentage of the share that two numbers come to.
pub(super) fn slip_of(prose: &Prose, percent: usize, part: usize, base: usize) -> Option<Mistyped> {
    let stated = prose.quantity(percent);
    let unit = prose.quantity(base).unit;
    let part = prose.quantity(part).value_in(unit)?;
    let share = part.div(prose.quantity(base).value)?.mul(Ratio::whole(100))?;
    let last = stated.printed.map_or(0, |printed| i32::from(printed.last));
    mistyped(stated.value, share, last)
}

/// 应覆盖小区980个，已覆盖813个，覆盖率82.96%: the item of the part holds the verb of the rate, and those of whom it is
/// taken stand in the same sentence before it. Where they are not called so (应, 需) only a slip of the pen is told.
pub(super) fn of_called(prose: &Prose, own: &str, percent: usize, before: &[usize]) -> Option<Numbers> {
    let stem = own.trim().strip_suffix('率')?;
    let called = called_part(prose, stem, before);
    let due = done_of_due(prose, before).filter(|(part, _)| called.is_none_or(|called| called == *part));
    let part = due.map(|(part, _)| part).or(called)?;
    let sound = |at: &usize| {
        let alike = prose.alike(*at, part) && prose.of_one_time(part, *at);
        alike && is_own_level(prose, *at) && prose.is_within(part, *at)
    };
    let near = |base: &usize| is_near(prose, percent, part, *base);
    let slipped = |base: &usize| slip_of(prose, percent, part, *base).is_some();
    let earlier = before.iter().copied().filter(|at| *at < part);
    let bases: Vec<usize> = earlier.filter(sound).collect();
    let named = bases
        .iter()
        .copied()
        .find(|at| holds(prose.lead(*at), &["应", "需"]));
    let told = due.map(|(_, base)| base).filter(sound).or(named).filter(near);
    let (base, kind) = match told {
        Some(base) => (base, ShareKind::Of),
        None => (bases.into_iter().find(slipped)?, ShareKind::OfThose),
    };
    is_own_level(prose, part).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind,
    })
}

/// The one number whose item holds the call of a rate. 集中供养412人、分散供养1423人，集中供养率: the longer call decides.
fn called_part(prose: &Prose, stem: &str, before: &[usize]) -> Option<usize> {
    let whole = stem.rsplit(['）', ')', '其', '的']).next().unwrap_or(stem).trim();
    let verb = last_two(whole);
    let denied = ["未", "不", "应", "需", "计划", "目标", "拟", "其余"];
    let by = |word: &str| -> Vec<usize> {
        let called = |at: &usize| {
            let text = prose.item(*at);
            prose.is_plain(*at) && prose.is_exact(*at) && text.contains(word) && !holds(text, &denied)
        };
        before.iter().copied().filter(called).collect()
    };
    let longer = by(whole);
    let parts = if longer.is_empty() { by(verb) } else { longer };
    (parts.len() == 1).then(|| parts[0])
}

/// 应种5.62万剂次，实种5.58万剂次，接种率99.29%: what was due and what was done stand right before the rate.
fn done_of_due(prose: &Prose, before: &[usize]) -> Option<(usize, usize)> {
    let [last, first] = *before.get(..2)? else {
        return None;
    };
    let next_to = prose.adjoins(first, prose.lead_start(last));
    let due = |at: usize| prose.lead(at).trim_start().starts_with('应');
    let done = |at: usize| {
        let lead = prose.lead(at).trim_start();
        lead.starts_with(['实', '已']) || lead.contains("实际")
    };
    match (done(last) && due(first), done(first) && due(last)) {
        (true, false) if next_to => Some((last, first)),
        (false, true) if next_to => Some((first, last)),
        _ => None,
    }
}

/// The last two letters: 集中供养 → 供养.
fn last_two(words: &str) -> &str {
    words
        .char_indices()
        .rev()
        .nth(1)
        .map_or("", |(at, _)| &words[at..])
}

/// A level of the report's own time.
fn is_own_level(prose: &Prose, at: usize) -> bool {
    prose.is_level(at) && !holds(prose.lead(at), &["累计", "上年", "去年"])
}

/// How many numbers before the sentence of a rate are looked at for what it is taken of.
const FAR: usize = 40;
/// How many significant digits a percentage has at least whose swapped digits are looked for far away.
const DIGITS: u8 = 4;

/// 全年支出9812.35万元，执行率98.10%: what it is taken of stands paragraphs before. Only where two digits of what that
/// comes to changed places, and no number before comes to the percentage as it is printed.
pub(super) fn of_swapped(prose: &Prose, own: &str, percent: usize, before: &[usize]) -> Option<Numbers> {
    let stem = rate_stem(own.trim())?;
    let stated = prose.quantity(percent);
    let printed = stated.printed.filter(|printed| printed.digits >= DIGITS)?;
    let words = [beside(own, stem), &[last_two(stem)]].concat();
    let exact = |at: usize| prose.is_plain(at) && prose.is_exact(at);
    let part = *before
        .first()
        .filter(|part| exact(**part) && holds(prose.lead(**part), &words))?;
    let bases = (part.saturating_sub(FAR)..part)
        .rev()
        .filter(|base| prose.alike(*base, part) && exact(*base));
    let mut swapped = None;
    for base in bases {
        let share = || {
            let part = prose.quantity(part).value_in(prose.quantity(base).unit)?;
            part.div(prose.quantity(base).value)?
                .mul(Ratio::whole(100))?
                .round(i32::from(printed.last))
        };
        if share() == Some(stated.value) {
            return None;
        }
        if slip_of(prose, percent, part, base) == Some(Mistyped::Swapped) && prose.of_one_time(part, base) {
            swapped = swapped.or(Some(base));
        }
    }
    swapped.map(|base| Numbers {
        part: Some(part),
        base: Some(base),
        kind: ShareKind::OfThose,
    })
}
