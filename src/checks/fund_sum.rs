//! 资金分项合计不符（fund-sum）
//!
//! 查什么：自评表的资金构成各项相加是不是等于总额；规则给一笔资金写了“分项”的，报告写的各分项相加是不是等于总数；写了“其中”
//! 的，其中一项有没有超过总数；分几个项目列的资金，各项目相加是不是等于合计；比预算节约多少、比上年增加多少，是不是算得对；
//! 部门整体支出按收入性质、按支出性质分的总数，与年度资金总额是不是一致。
//! 为什么：资金总额和构成对不上，说明有一处写错或者漏列了一笔。
//! 怎么改：核对账目，使各项相加等于总额；口径不同的，写明口径。
//! 例：规则写“分项：省级资金、市级资金”，报告写下拨资金 500 万元，省级 300 万元、市级 150 万元。
//! 不算：四舍五入造成的尾差；有一项没有写数（无从核对）；“其中”各项相加不等于总数；已经另写检查核对同一个合计的。
//! 依据：《项目支出绩效自评表》的“年度资金总额”为各项资金之和（财预〔2020〕10号所附表格）。

use crate::checks::said_differences::{self, Measure};
use crate::checks::{Judgements, count_sum, fund_lists, said_sums};
use crate::ledger::Ledger;
use crate::model::Check;

/// Judges the sums of money that the rules demand.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    count_sum::demanded(ledger, check, judgements);
    of_form(ledger, check, judgements);
    said_sums::judge(ledger, check, true, judgements);
    said_differences::judge(ledger, check, Measure::Money, judgements);
}

/// Judges the sums of money that a form prints.
pub fn of_form(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    fund_lists::judge(ledger, check, judgements);
}
