//! Percentages with the numbers beside them that they are reckoned from.

use super::prose::Prose;
use super::{Difference, Parts, Share, ShareKind, Sum};
use super::{portions, rates, words};
use crate::facts::{Role, Scope};
use crate::words::held::holds;

/// How many numbers before a percentage are looked at.
const MOST: usize = 12;

/// The percentages of the prose whose numbers are named, ascending.
pub fn find(prose: &Prose, sums: &[Sum], differences: &[Difference]) -> Vec<Share> {
    let all = 0..prose.count();
    all.filter_map(|at| share(prose, sums, differences, at)).collect()
}

fn share(prose: &Prose, sums: &[Sum], differences: &[Difference], percent: usize) -> Option<Share> {
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
        .or_else(|| rates::of_rate(prose, own, &before))
        .or_else(|| rates::of_named(prose, own, percent, &before))
        .or_else(|| rates::of_called(prose, own, percent, &before))
        .or_else(|| of_change(prose, own, range.start, &before))
        .or_else(|| of_difference(prose, own, percent, differences, &before))
        .or_else(|| of_whole(prose, own, sums, &before))
        .or_else(|| portions::of_number(prose, own, &before))
        .or_else(|| portions::of_planned(prose, own, &before))
        .or_else(|| portions::of_phrase(prose, own, percent))
        .or_else(|| portions::of_those(prose, own, percent, &before))
        .or_else(|| rates::of_swapped(prose, own, percent, &before))?;
    Some(Share {
        percent,
        part,
        base,
        kind,
    })
}

pub(super) struct Numbers {
    pub part: Option<usize>,
    pub base: Option<usize>,
    pub kind: ShareKind,
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

pub(super) fn holds_end(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Verbs of growth right before a percentage.
const GROWN: &[&str] = &["增长", "增加", "增幅", "提高", "上升", "增速"];
/// Verbs of decline right before a percentage.
const SHRUNK: &[&str] = &["下降", "减少", "降低", "降幅", "压减", "减幅"];

/// 由79元提高到84元，增加5元，增长6.33%: the percentage of a difference that was told right before.
fn of_difference(
    prose: &Prose,
    own: &str,
    percent: usize,
    differences: &[Difference],
    before: &[usize],
) -> Option<Numbers> {
    let stated = *before.first()?;
    let own = own.trim();
    let (grown, shrunk) = (GROWN.contains(&own), SHRUNK.contains(&own));
    let done = matches!(own, "完成率" | "完成");
    let found = differences.binary_search_by_key(&stated, |difference| difference.stated);
    let difference = &differences[found.ok()?];
    let from = difference.from?;
    let next_to = prose.adjoins(stated, prose.lead_start(percent));
    if done && next_to {
        // 比计划40条多6条，完成率115%
        let planned = holds(prose.lead(from), &["目标", "计划", "任务"]);
        return planned.then_some(Numbers {
            part: Some(difference.to),
            base: Some(from),
            kind: ShareKind::OfTarget,
        });
    }
    let pure = prose.quantity(stated).unit.is_pure() || prose.quantity(from).unit.is_pure();
    let rose = prose
        .quantity(difference.to)
        .value_in(prose.quantity(from).unit)?
        >= prose.quantity(from).value;
    let (part, base, kind) = match difference.sure {
        true => (difference.to, from, ShareKind::Change),
        false if grown => (stated, difference.to, ShareKind::Added),
        false => (stated, difference.to, ShareKind::Taken),
    };
    (next_to && (grown || shrunk) && !pure && rose == grown).then_some(Numbers {
        part: Some(part),
        base: Some(base),
        kind,
    })
}

/// 792万元，较上年增加189万元，增长31%; 由80户增加到100户，增长25%
fn of_change(prose: &Prose, own: &str, at: usize, before: &[usize]) -> Option<Numbers> {
    let own = own.trim();
    let (grown, shrunk) = (GROWN.contains(&own), SHRUNK.contains(&own));
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
    if words::ends_in_reaching(words_end(prose.lead(part))) {
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
