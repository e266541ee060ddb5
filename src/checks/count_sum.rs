//! 分项合计不符（count-sum）
//!
//! 查什么：规则给一项数据写了“分项”，报告写的各分项相加是不是等于总数（完成数、目标分别核对）；写了“其中”的，其中一项有没有
//! 超过总数。不用另写检查。
//! 为什么：总数和分项对不上，说明有一处写错或者口径不同。
//! 怎么改：核对各分项和总数；口径不同（人与人次、含不含上年结转）的，写明口径。
//! 例：规则写“分项：县道、乡道、村道”，报告写养护里程 100 公里，县道 20、乡道 30、村道 40 公里。
//! 不算：有一个分项没有写数（无从核对）；“40余家”“约”这样的约数按范围比较；“其中”各项相加不等于总数；
//! 规则里已经另写检查核对同一个合计的。

use crate::checks::{Judgements, formulas};
use crate::ledger::Ledger;
use crate::model::Check;

/// Judges the sums of counts that the rules demand.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let model = ledger.model;
    for sum in model.sums.iter().filter(|sum| sum.id() == check.id()) {
        formulas::run(ledger, sum, judgements);
    }
}
