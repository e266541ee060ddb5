//! 总分与各项得分合计不符（score-sum）
//!
//! 查什么：总分是不是等于各项得分（加上预算执行率得分、加分，减去扣分）的和；正文列出各项得分的，也核对。
//! 为什么：总分决定等级，加错一分就可能跨过优、良的界限；提示里会写明更正后的总分和等级。
//! 怎么改：把各项得分重新相加，改正总分；总分变了等级的，等级一起改。
//! 例：各项得分相加是 96.47 分，总分写作 94.6 分；更正后等级不变。
//! 不算：有一项得分没有填或没有读出来（无从核对）；声明过的加分使总分超过 100 分。
//! 依据：财预〔2020〕10号：自评总分为各项指标得分之和。

use crate::checks::{Judgements, said_sums};
use crate::ledger::Ledger;
use crate::model::Check;

/// Judges the totals of marks whose marks the narrative lists; those of forms are formulas of the rules.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let facts = ledger.facts;
    said_sums::judge_each(ledger, check, &facts.claims.scores, judgements);
}
