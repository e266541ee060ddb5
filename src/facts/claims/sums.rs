//! Wholes and their parts: 其中, 包括, 分别为, 合计, and what was left of what came in.

use super::prose::Prose;
use super::words::{self, Hit, Opens};
use super::{Parts, Sum};
use crate::facts::Scope;
use crate::words::held::holds;
use std::ops::Range;

/// How far before the word the whole may stand, and a part behind it, in bytes.
const NEAR: usize = 75;

/// All wholes whose parts are told beside them, ascending by the words that open them.
pub fn find(prose: &Prose, hits: &[Hit]) -> Vec<Sum> {
    let mut sums = Vec::new();
    let mut next: Option<&Hit> = None;
    for (at, hit) in hits.iter().enumerate().rev() {
        sums.extend(match hit.opens {
            Opens::Part | Opens::Composed | Opens::Respectively => listed(prose, hit, next),
            Opens::Total | Opens::Together => totalled(prose, hits, at),
            Opens::Balance => left(prose, hit),
            _ => None,
        });
        if matches!(
            hit.opens,
            Opens::Part | Opens::Total | Opens::Together | Opens::Balance | Opens::Composed
        ) {
            next = Some(hit);
        }
    }
    sums.reverse();
    sums
}

/// 100公里，其中县道20公里、乡道30公里
fn listed(prose: &Prose, hit: &Hit, next: Option<&Hit>) -> Option<Sum> {
    let end = end_of_list(prose, hit, next);
    let (parts, open) = parts(prose, hit.end..end)?;
    let first = *parts.first()?;
    let start = prose.sentence_start(hit.start);
    let mut from = start;
    // 其中 that begins a sentence speaks of the one before.
    if prose
        .slice(start..hit.start)
        .trim_matches(['（', '(', ' ', '\u{3000}'])
        .is_empty()
    {
        from = prose.sentence_before(start)?.start;
    }
    let before = prose.within(from..hit.start);
    let mut wholes: Vec<usize> = before
        .rev()
        .filter(|at| prose.alike(*at, first) && prose.is_plain(*at) && is_level(prose, *at))
        .collect();
    let whole = (!wholes.is_empty()).then(|| wholes.remove(0))?;
    if hit.start - prose.range(whole).end > NEAR || !parts.iter().all(|part| prose.of_one_time(*part, whole))
    {
        return None;
    }
    let uniform = is_uniform(prose, &parts, end);
    let composed = match hit.opens {
        // 分别为 after a whole that it parts: 120人，县、乡、村分别为20人、40人、60人.
        Opens::Respectively => {
            let between = prose.slice(prose.range(whole).end..hit.start);
            let names = between.matches(['、', '和', '及', '与']).count() + 1;
            let named = parts.len() > 1
                && uniform
                && !open
                && parts.iter().all(|part| is_named(prose, hit.end, *part));
            if (names != parts.len() && !named) || between.contains(['。', '；', '年', '目']) {
                return None;
            }
            true
        }
        Opens::Composed => !open,
        _ => false,
    };
    let how = match () {
        () if composed => Parts::All,
        () if overlap(prose, hit.end, &parts) => Parts::Overlapping,
        () => Parts::Some,
    };
    if adjoins(prose, whole, &parts, hit.start) {
        wholes.clear();
    }
    Some(Sum {
        whole,
        others: wholes,
        parts,
        how,
        uniform,
    })
}

/// 1835人，其中: what stands right before the word is the whole, and no other number; but not what was saved or added.
fn adjoins(prose: &Prose, whole: usize, parts: &[usize], word: usize) -> bool {
    let range = prose.range(whole);
    let lead = prose.slice(prose.item_start(range.start)..range.start);
    let gap = prose.slice(range.end..word);
    // A part that is larger alone is part of another whole: 800万元，年中追加20万元，其中市级320万元.
    let unit = prose.quantity(whole).unit;
    let inside = |part: &usize| {
        let value = prose.quantity(*part).value_in(unit);
        value.is_none_or(|value| value <= prose.quantity(whole).value)
    };
    gap.trim().chars().count() <= 1 && !words::ends_in_change(lead.trim_end()) && parts.iter().all(inside)
}

/// Whether a part has a name of its own before its number.
fn is_named(prose: &Prose, from: usize, part: usize) -> bool {
    let start = prose.range(part).start;
    let item = prose.slice(prose.item_start(start).max(from)..start);
    item.trim().chars().count() >= 2
}

/// Whether one sign parts all parts and nothing follows their numbers.
fn is_uniform(prose: &Prose, parts: &[usize], end: usize) -> bool {
    let signs = parts
        .iter()
        .map(|part| prose.slice(prose.range(*part).end..end).chars().next());
    let mut signs: Vec<char> = signs.flatten().collect();
    // The last one is followed by what ends the list.
    let last = signs.len() >= parts.len() && !super::prose::ends_item(signs[signs.len() - 1]);
    signs.truncate(parts.len() - 1);
    !last
        && signs
            .iter()
            .all(|sign| super::prose::ends_item(*sign) && *sign == signs[0])
}

/// A level, no change and no average.
fn is_level(prose: &Prose, at: usize) -> bool {
    !matches!(prose.mention(at).scope, Scope::Change | Scope::Average)
}

/// Whether the parts may count something twice. Money is spent once.
fn overlap(prose: &Prose, from: usize, parts: &[usize]) -> bool {
    let money = parts.iter().all(|part| prose.quantity(*part).unit.is_money());
    let mut at = from;
    !money
        && parts.iter().any(|part| {
            let range = prose.range(*part);
            let item = at.min(range.start)..prose.item_end(range.end);
            at = range.end;
            words::is_crosscut(prose.slice(item))
        })
}

/// Where the list behind a word ends: at the sentence's end, at the bracket around it, or at another such word.
fn end_of_list(prose: &Prose, hit: &Hit, next: Option<&Hit>) -> usize {
    let mut end = prose.sentence_end(hit.end);
    if let Some(next) = next {
        end = end.min(next.start.max(hit.end));
    }
    let mut depth = 0;
    for (at, c) in prose.slice(hit.end..end).char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => return hit.end + at,
            '）' | ')' => depth -= 1,
            _ => {}
        }
    }
    end
}

/// 分为三类：基础类18个 — the list begins behind the colon.
fn behind_colon(prose: &Prose, region: &mut Range<usize>) -> bool {
    let mut head = prose.slice(region.clone()).char_indices().take(8);
    let Some((at, sign)) = head.find(|(_, c)| matches!(c, '：' | ':')) else {
        return false;
    };
    region.start += at + sign.len_utf8();
    true
}

/// The parts of a list, and whether 等 leaves it open. None where a number in it is not plain.
fn parts(prose: &Prose, mut region: Range<usize>) -> Option<(Vec<usize>, bool)> {
    let colon = behind_colon(prose, &mut region);
    let all: Vec<usize> = prose
        .within(region.clone())
        .filter(|at| !in_bracket(prose, &region, *at))
        .collect();
    let first = *all.iter().find(|at| prose.is_plain(**at))?;
    let alike = |at: &&usize| prose.alike(**at, first);
    let text = prose.slice(region.clone());
    let semicolons = text.contains(['；', ';']);
    let stop = text.find(['；', ';']).map_or(region.end, |at| region.start + at);
    let in_first = all
        .iter()
        .filter(alike)
        .filter(|at| prose.range(**at).start < stop)
        .count();
    // Where the first segment holds one part, each segment is a part; else the list is that segment.
    let by_segment = semicolons && in_first == 1 && (colon || prose.range(first).start == region.start);
    let end = if semicolons && !by_segment {
        stop
    } else {
        region.end
    };
    let (mut parts, mut from) = (Vec::new(), region.start);
    let mut anew = false;
    for at in all.iter().copied().filter(|at| prose.alike(*at, first)) {
        let range = prose.range(at);
        if range.start >= end {
            break;
        }
        let segment =
            by_segment && !parts.is_empty() && !prose.slice(from..range.start).contains(['；', ';']);
        if segment {
            continue;
        }
        let item = prose.slice(prose.item_start(range.start).max(from)..range.start);
        let begins_anew = words::is_anew(item);
        if parts.is_empty() {
            anew = begins_anew;
        } else if begins_anew && !anew && !prose.slice(0..range.start - item.len()).ends_with('、') {
            break;
        }
        let quantity = prose.quantity(at);
        let joined = !parts.is_empty() && !prose.slice(from..range.start).contains(super::prose::ends_item);
        if joined || !prose.is_plain(at) || quantity.approx.is_some() || !is_level(prose, at) {
            return None;
        }
        if prose.slice(from..range.start).len() > 2 * NEAR {
            break;
        }
        parts.push(at);
        from = range.end;
    }
    (!parts.is_empty()).then(|| (parts, text.contains('等') || is_open(prose, from, end)))
}

/// Whether 等 stands behind the last part.
fn is_open(prose: &Prose, from: usize, end: usize) -> bool {
    let near = NEAR.min(prose.text.len() - from);
    let tail = prose.slice(from..prose.sentence_end(from).min(from + near));
    let tail = if tail.is_empty() {
        prose.slice(from..end)
    } else {
        tail
    };
    tail.contains('等')
}

/// Whether a bracket of the region holds the number.
fn in_bracket(prose: &Prose, region: &Range<usize>, at: usize) -> bool {
    let before = prose.slice(region.start..prose.range(at).start);
    before.matches(['（', '(']).count() > before.matches(['）', ')']).count()
}

/// The numbers of a list that ends where its total begins.
fn listed_before(prose: &Prose, passage: Range<usize>, whole: usize) -> Vec<usize> {
    let mut parts: Vec<usize> = Vec::new();
    let mut next = passage.end;
    for part in prose
        .within(passage.clone())
        .rev()
        .filter(|part| prose.alike(*part, whole))
    {
        let range = prose.range(part);
        let gap = prose.slice(range.end..next);
        let fresh = gap.len() > NEAR || !is_level(prose, part) || !prose.is_plain(part);
        if fresh || !prose.of_one_time(part, whole) || prose.quantity(part).approx.is_some() {
            break;
        }
        parts.insert(0, part);
        next = range.start;
    }
    parts
}

/// 15家、17家、4家，共计36家
fn totalled(prose: &Prose, hits: &[Hit], at: usize) -> Option<Sum> {
    let hit = &hits[at];
    let start = prose.sentence_start(hit.start);
    let whole = prose.within(hit.end..prose.sentence_end(hit.end)).next()?;
    let lead = prose.slice(hit.end..prose.range(whole).start);
    let weak = hit.opens == Opens::Together;
    let bound_to_list = is_of_list(prose.slice(prose.item_start(hit.start)..hit.start));
    if !bound_to_list
        || lead.len() > NEAR / 2
        || lead.contains(super::prose::ends_item)
        || (weak && !lead.trim().is_empty())
    {
        return None;
    }
    if !prose.is_plain(whole) || !is_level(prose, whole) {
        return None;
    }
    let mut parts = listed_before(prose, start..hit.start, whole);
    let from = prose.range(*parts.first()?).start;
    let between = |hit: &&Hit| hit.start >= start && hit.end <= hits[at].start;
    let inside: Vec<&Hit> = hits[..at]
        .iter()
        .rev()
        .take_while(|hit| hit.start >= start)
        .filter(between)
        .collect();
    let told = inside.iter().any(|hit| {
        matches!(
            hit.opens,
            Opens::Part | Opens::Total | Opens::Balance | Opens::Composed
        )
    });
    let respectively = inside.iter().find(|hit| hit.opens == Opens::Respectively);
    if let Some(word) = respectively {
        parts.retain(|part| prose.range(*part).start >= word.end);
    }
    let run = prose.slice(from..hit.start);
    let spoiled = holds(run, &["上年", "去年", "目标", "计划", "原有", "其余", "分别较"]);
    let spent = ["支出", "执行", "结余", "完成投资"]
        .iter()
        .any(|word| lead.contains(word) && !prose.slice(start..hit.start).contains(word));
    if told || spoiled || spent || parts.len() < 2 || (weak && respectively.is_none() && !run.contains('、'))
    {
        return None;
    }
    let text = prose.slice(start..hit.start);
    if text.contains('等') {
        return None;
    }
    let uniform = is_uniform(prose, &parts, hit.start);
    Some(Sum {
        whole,
        others: Vec::new(),
        parts,
        how: Parts::All,
        uniform,
    })
}

/// Whether what stands before 合计 in its item is nothing, or takes the list up again: 两类设施, 以上, 各.
fn is_of_list(before: &str) -> bool {
    let before = before.trim();
    before.is_empty()
        || [
            "以上", "上述", "各", "全部", "这", "五", "四", "三", "两", "六", "七", "八",
        ]
        .iter()
        .any(|word| before.starts_with(word))
}

/// 下达600万元，支出568万元，结余32万元
fn left(prose: &Prose, hit: &Hit) -> Option<Sum> {
    let whole = prose.within(hit.end..prose.item_end(hit.end)).next()?;
    let lead = prose.slice(hit.end..prose.range(whole).start);
    let start = prose.sentence_start(hit.start);
    let before: Vec<usize> = prose
        .within(start..hit.start)
        .filter(|at| prose.quantity(*at).unit.is_money())
        .collect();
    let own = prose.slice(start..hit.start);
    let both = holds(own, &["支出", "使用", "执行", "支付"])
        && holds(own, &["预算", "下达", "到位", "安排", "收入", "总额"]);
    let others = [
        "上年",
        "年初结",
        "收回",
        "上缴",
        "追加",
        "调减",
        "调整",
        "以前",
        "其中",
        "累计",
    ];
    let spoiled = holds(own, &others);
    let plain = |at: usize| prose.is_plain(at) && prose.quantity(at).approx.is_none() && is_level(prose, at);
    let adjusted = |at: usize| holds(prose.lead(at), &["全年预算", "调整后", "预算数", "到位"]);
    let (came, spent, spoiled) = match before[..] {
        [came, spent] => (came, spent, spoiled),
        [.., came, spent] if adjusted(came) => {
            let since = prose.slice(prose.range(came).start..hit.start);
            (came, spent, since.contains("其中") || own.contains("上年"))
        }
        _ => return None,
    };
    let ordered = prose.quantity(came).value >= prose.quantity(spent).value;
    let fits = prose.alike(whole, came) && [came, spent, whole].iter().all(|at| plain(*at));
    (both && !spoiled && ordered && fits && lead.len() < NEAR / 2).then(|| Sum {
        whole,
        others: Vec::new(),
        parts: vec![came, spent],
        how: Parts::Left,
        uniform: false,
    })
}
