//! Plain sentences that the form can refute: nothing was left, all indicators were met, the budget was not changed.

use super::prose::Prose;
use super::words::{self, Hit, Opens};
use super::{Saying, SayingKind};
use crate::facts::Period;

/// All of them, ascending.
pub fn find(prose: &Prose, hits: &[Hit]) -> Vec<Saying> {
    hits.iter().filter_map(|hit| saying(prose, hit)).collect()
}

fn saying(prose: &Prose, hit: &Hit) -> Option<Saying> {
    let kind = match hit.opens {
        Opens::NoneLeft => SayingKind::NothingLeft,
        Opens::AllMet => SayingKind::AllMet,
        Opens::NotAdjusted => SayingKind::NotAdjusted,
        Opens::NotExceeded => SayingKind::NotExceeded,
        _ => return None,
    };
    let start = prose.sentence_start(hit.start);
    let end = prose.sentence_end(hit.end);
    let clause = prose.slice(prose.item_start(hit.start)..hit.start);
    let rest = prose.slice(hit.end..end);
    // What is said before 但 or of 除…外 is not all that is said.
    let open = ["除", "但", "不过", "仅", "尚", "基本"]
        .iter()
        .any(|word| rest.contains(word) || clause.contains(word));
    let sentence = prose.slice(start..hit.start);
    // An adjustment of what? 预算 or 资金 must be spoken of.
    let of_money = kind != SayingKind::NotAdjusted || sentence.contains("预算") || sentence.contains("资金");
    if open
        || words::is_confined(sentence)
        || words::is_modal(clause)
        || sentence.contains("除")
        || !of_money
        || prose.in_table(hit.start)
        || prose.in_form(hit.start)
    {
        return None;
    }
    let rate = prose.within(start..end).find(|at| {
        let range = prose.range(*at);
        let lead = prose.slice(prose.item_start(range.start)..range.start);
        prose.quantity(*at).unit.name() == "%"
            && ["执行率", "支出率", "使用率"]
                .iter()
                .any(|word| lead.contains(word))
    });
    Some(Saying {
        kind,
        range: hit.start as u32..hit.end as u32,
        rate,
        year: prose
            .within(start..end)
            .find_map(|at| match prose.mention(at).period {
                Period::Year(year) => Some(year),
                _ => None,
            }),
    })
}
