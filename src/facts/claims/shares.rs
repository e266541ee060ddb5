//! Percentages with the numbers beside them that they are reckoned from.

use super::prose::Prose;
use super::words;
use super::{Parts, Share, ShareKind, Sum};
use crate::facts::{Role, Scope};
use crate::quantity::Ratio;
use crate::words::held::{holds, holds_by, letters};
use std::borrow::Cow;
use std::cmp::Ordering;

/// How many numbers before a percentage are looked at.
const MOST: usize = 12;

/// The percentages of the prose whose numbers are named, ascending.
pub fn find(prose: &Prose, sums: &[Sum]) -> Vec<Share> {
    let all = 0..prose.count();
    all.filter_map(|at| share(prose, sums, at)).collect()
}

fn share(prose: &Prose, sums: &[Sum], percent: usize) -> Option<Share> {
    let quantity = prose.quantity(percent);
    let range = prose.range(percent);
    let plain = quantity.bound.is_none() && quantity.high.is_none() && quantity.approx.is_none();
    if quantity.unit.name() != "%" || !plain || prose.in_table(range.start) {
        return None;
    }
    let own = prose.lead(percent).trim_end_matches([
        '为', '為', '達', '达', '到', '是', '：', ':', '约', '了', ' ', '\u{3000}', '的', '仅',
    ]);
    let start = prose.segment_start(percent);
    let near = (0..percent)
        .rev()
        .skip_while(|at| prose.range(*at).start == range.start);
    let near = near.take_while(|at| prose.range(*at).start >= start);
    let before: Vec<usize> = near.take(MOST).collect();
    let Numbers { part, base, kind } = of_target(prose, own, percent, &before)
        .or_else(|| of_rate(prose, own, &before))
        .or_else(|| of_named(prose, own, percent, &before))
        .or_else(|| of_change(prose, own, range.start, &before))
        .or_else(|| of_whole(prose, own, sums, &before))?;
    Some(Share {
        percent,
        part,
        base,
        kind,
    })
}

struct Numbers {
    part: Option<usize>,
    base: Option<usize>,
    kind: ShareKind,
}

/// 完成年度目标的94%, 超任务43%
fn of_target(prose: &Prose, own: &str, percent: usize, before: &[usize]) -> Option<Numbers> {
    let target = ["目标", "任务", "计划", "指标"];
    let over = ["超", "高于", "超出", "超过"];
    let near = own.char_indices().rev().nth(13);
    let tail = near.map_or(own, |(at, _)| &own[at..]);
    if !holds(tail, &target)
        || holds(own, &["率", "占", "权重", "增长", "省", "满意"])
        || holds(prose.rest(percent).trim_start(), &["以上", "左右"])
    {
        return None;
    }
    let ends = target.iter().any(|word| tail.ends_with(word));
    let kind = match () {
        () if ends && holds(tail, &over) => ShareKind::OverTarget,
        () if ends && holds(tail, &["完成", "为", "达到", "相当于"]) => ShareKind::OfTarget,
        () => return None,
    };
    let level = |at: &&usize| prose.is_plain(**at) && prose.mention(**at).scope == Scope::Whole;
    let part = before.iter().find(level).copied();
    let wanted = |at: &&usize| part.is_some_and(|part| part != **at && prose.alike(**at, part));
    let base = before
        .iter()
        .filter(wanted)
        .find(|at| prose.mention(**at).role == Role::Target || holds(prose.lead(**at), &target));
    Some(Numbers {
        part,
        base: base.copied(),
        kind,
    })
}

/// 合格98批次，合格率98%: the word of the rate stands beside the part.
fn of_rate(prose: &Prose, own: &str, before: &[usize]) -> Option<Numbers> {
    let stem = own
        .strip_suffix('率')
        .or_else(|| own.strip_suffix("满意度").map(|_| "满意"))?;
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
    let base = *others
        .iter()
        .find(|at| admitted.is_none_or(|words| holds(prose.lead(**at), words)))?;
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

/// 在管患者800人，规范管理600人，规范管理率75%: the part is called as the rate is, and those it is taken from stand
/// right before it. Both calls are needed: in 婚检120人，孕检80人 the one is no part of the other.
fn of_named(prose: &Prose, own: &str, percent: usize, before: &[usize]) -> Option<Numbers> {
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
    let from = prose.range(base).end;
    let start = prose.range(part).start - prose.lead(part).len();
    let gap = prose.slice(from..start);
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
    let known = beside(own, stem).is_empty() && whole && matches!(gap, "，" | ",");
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

fn holds_end(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Words between an earlier level and the one that was reached.
const REACHED: &[&str] = &[
    "增加到",
    "增至",
    "提高到",
    "增长到",
    "上升到",
    "提升到",
    "提高至",
    "增加至",
    "增长至",
    "减少到",
    "降至",
    "下降到",
    "减至",
    "下降至",
    "减少至",
    "压减到",
];

/// 792万元，较上年增加189万元，增长31%; 由80户增加到100户，增长25%
fn of_change(prose: &Prose, own: &str, at: usize, before: &[usize]) -> Option<Numbers> {
    let own = own.trim();
    let grown = ["增长", "增加", "增幅", "提高", "上升", "增速"].contains(&own);
    let shrunk = ["下降", "减少", "降低", "降幅", "压减", "减幅"].contains(&own);
    if !grown && !shrunk {
        return None;
    }
    let part = *before.first()?;
    let range = prose.range(part);
    let gap = prose.slice(range.end..at);
    if gap.chars().filter(|c| matches!(c, '，' | ',' | '、')).count() > 1
        || prose.quantity(part).unit.is_pure()
    {
        return None;
    }
    let words = prose.lead(part);
    let moved = |words: &[&str]| holds_end(words_end(prose.lead(part)), words);
    if moved(REACHED) {
        let base = *before.get(1).filter(|base| prose.alike(**base, part))?;
        let from = prose.lead(base);
        let between = prose.slice(prose.range(base).end..range.start);
        let told = !between.contains(super::prose::ends_item) && holds(from, &["由", "从"]);
        return told.then_some(Numbers {
            part: Some(part),
            base: Some(base),
            kind: ShareKind::Change,
        });
    }
    let against = holds(words, &["较上", "比上", "同比", "较去年", "比去年", "上年"]);
    let kind = match () {
        () if grown && moved(&["增加", "增长", "增加了", "增收", "新增"]) => ShareKind::Added,
        () if shrunk && moved(&["减少", "下降", "压减", "减少了", "降低"]) => ShareKind::Taken,
        () => return None,
    };
    let start = prose.item_start(range.start);
    let earlier = prose.within(prose.sentence_start(start)..start);
    let mut earlier = match earlier.is_empty() {
        true => prose.within(prose.sentence_before(prose.sentence_start(start))?),
        false => earlier,
    };
    let base = earlier
        .next_back()
        .filter(|base| prose.alike(*base, part) && prose.is_plain(*base))?;
    let near = start.saturating_sub(prose.range(base).end) <= 9;
    (against && near && prose.mention(base).scope != Scope::Change).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind,
    })
}

fn words_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\u{3000}', '约', '了'])
}

/// 120人，其中女60人，占50%
fn of_whole(prose: &Prose, own: &str, sums: &[Sum], before: &[usize]) -> Option<Numbers> {
    let own = own.trim();
    let bare = [
        "占",
        "占比",
        "占总数",
        "占总额",
        "占总量",
        "占总人数",
        "占全部",
        "占支出总额",
        "占总支出",
        "占总投资",
    ];
    if !bare.contains(&own) {
        return None;
    }
    let part = *before.first().filter(|at| prose.is_plain(**at))?;
    let sum = sums
        .iter()
        .rev()
        .find(|sum| sum.how != Parts::Left && sum.parts.contains(&part))?;
    prose.of_one_time(part, sum.whole).then_some(Numbers {
        part: Some(part),
        base: Some(sum.whole),
        kind: ShareKind::Of,
    })
}
