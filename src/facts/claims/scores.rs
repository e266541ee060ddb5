//! Totals of marks with the marks that make them up, as sentences list them: 自评得分95.2分，其中：预算执行9.2分、产出48分…

use super::prose::Prose;
use super::words::{Hit, Opens};
use super::{Parts, Sum};
use crate::quantity::Dimension;
use crate::words::held::holds;

/// How far before a list its total may stand, in bytes.
const NEAR: usize = 90;
/// The fewest marks that make a list.
const FEWEST: usize = 3;

/// All totals whose marks are listed beside them, ascending by the words that open the lists.
pub fn find(prose: &Prose, hits: &[Hit]) -> Vec<Sum> {
    let sums = hits.iter().filter_map(|hit| match hit.opens {
        Opens::Part | Opens::Composed => listed(prose, hit),
        Opens::Total | Opens::Together => totalled(prose, hit),
        _ => None,
    });
    sums.collect()
}

/// 自评得分95.2分，其中：预算执行9.2分、产出指标48分、效益指标28分、满意度指标10分
fn listed(prose: &Prose, hit: &Hit) -> Option<Sum> {
    let end = prose.sentence_end(hit.end);
    let parts: Vec<usize> = marks(prose, hit.end, end)?;
    let list = prose.slice(hit.end..end);
    // A list of the scheme's parts is whole; of others nobody knows what was left out.
    let whole_list = holds(list, &["产出"]) && holds(list, &["效益", "效果"]);
    let start = prose.sentence_start(hit.start);
    let opens = prose
        .slice(start..hit.start)
        .trim_matches(['（', '(', ' ', '\u{3000}']);
    let from = match opens.is_empty() {
        true => prose.sentence_before(start)?.start,
        false => start,
    };
    let whole = prose
        .within(from..hit.start)
        .rev()
        .find(|at| is_mark(prose, *at))?;
    let near = hit.start - prose.range(whole).end <= NEAR && !prose.slice(from..hit.start).contains("加分");
    (whole_list && near && is_total(prose, whole) && is_largest(prose, whole, &parts))
        .then(|| sum(whole, parts))
}

/// 预算执行得9.5分，产出指标得49分，效益指标得29分，满意度指标得10分，合计97.5分
fn totalled(prose: &Prose, hit: &Hit) -> Option<Sum> {
    let start = prose.sentence_start(hit.start);
    let whole = prose.within(hit.end..prose.sentence_end(hit.end)).next()?;
    let between = prose.slice(hit.end..prose.range(whole).start);
    let own = prose.slice(prose.item_start(hit.start)..hit.start).trim();
    let plain =
        is_mark(prose, whole) && own.is_empty() && between.chars().count() <= 6 && !between.contains('扣');
    let parts = marks(prose, start, hit.start).filter(|_| plain)?;
    let adjoins = prose.slice(prose.range(*parts.last()?).end..hit.start).len() <= 6;
    // 合计…，加2分: a total is larger than each of its marks.
    let largest = parts
        .iter()
        .all(|part| prose.quantity(*part).value <= prose.quantity(whole).value);
    (adjoins && largest).then(|| sum(whole, parts))
}

fn sum(whole: usize, parts: Vec<usize>) -> Sum {
    Sum {
        whole,
        others: Vec::new(),
        parts,
        how: Parts::All,
        uniform: true,
    }
}

fn is_mark(prose: &Prose, at: usize) -> bool {
    let quantity = prose.quantity(at);
    let exact = quantity.bound.is_none() && quantity.high.is_none() && quantity.approx.is_none();
    quantity.unit.dimension() == Some(Dimension::Score) && exact
}

/// 另有加分2分: a total is larger than each of its marks.
fn is_largest(prose: &Prose, whole: usize, parts: &[usize]) -> bool {
    parts
        .iter()
        .all(|part| prose.quantity(*part).value <= prose.quantity(whole).value)
}

/// Whether a mark is a total by the words before it.
fn is_total(prose: &Prose, at: usize) -> bool {
    let words = prose.lead(at);
    holds(words, &["得分", "总分", "自评", "评分", "合计"]) && !holds(words, &["满分", "分值", "扣"])
}

/// The marks of a passage, one an item; none where one of them is a weight, a deduction or a total, or the list is open.
fn marks(prose: &Prose, from: usize, end: usize) -> Option<Vec<usize>> {
    let text = prose.slice(from..end);
    if text.contains('等') || text.contains('扣') || prose.in_table(from) {
        return None;
    }
    let outside = |at: &usize| {
        let before = prose.slice(from..prose.range(*at).start);
        before.matches(['（', '(']).count() == before.matches(['）', ')']).count()
    };
    let parts: Vec<usize> = prose
        .within(from..end)
        .filter(|at| is_mark(prose, *at) && outside(at))
        .collect();
    let mut last = from;
    for part in &parts {
        let range = prose.range(*part);
        let start = prose.item_start(range.start).max(from);
        let weight = holds(
            prose.slice(start..range.start),
            &["满分", "分值", "权重", "占", "总分", "标准", "以上", "以下", "至"],
        );
        if start < last || weight {
            return None;
        }
        last = range.end;
    }
    (parts.len() >= FEWEST).then_some(parts)
}
