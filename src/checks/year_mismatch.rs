//! 年度不一致（year-mismatch）
//!
//! 查什么：自评表的年度与项目周期、报告标题的年度与自评表的年度是不是合得上；报告写到的资金是不是全是以前年度的。
//! 为什么：套用上一年的报告或表格时最容易漏改年度，数据就成了别的年度的。
//! 怎么改：改正写错的年度；确实是以前年度的资金，写明结转的年度和金额，并写出本年度的资金。
//! 例：自评表写“2023年度”，项目周期写“2025年1月1日至2025年12月31日”。
//! 不算：作为背景写到的年度；写明结转、上年、比较的；本年度的资金也写了的；标题里有两个年度的。
//! 依据：财预〔2020〕10号，绩效自评以本年度预算和绩效目标为对象。

use crate::checks::{Judgements, told};
use crate::facts::claims::YearClash;
use crate::ledger::Ledger;
use crate::model::Check;

/// Reports every clash of years.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let facts = ledger.facts;
    for clash in &facts.claims.years {
        let (subject, message, places) = match clash {
            YearClash::Period { year, period } => {
                let message = format!("这里的年度是{}年，项目周期写作{}。", year.0, ledger.quote(&period.2));
                ("项目周期", message, vec![ledger.place(&year.1, "年度", ""), ledger.place(&period.2, "项目周期", "")])
            }
            YearClash::Title { title, form } => {
                let message = format!("标题的年度是{}年，自评表的年度是{}年。", title.0, form.0);
                ("年度", message, vec![ledger.place(&title.1, "标题", ""), ledger.place(&form.1, "自评表", "")])
            }
            YearClash::Money { title, year, amount } => {
                let message = format!("报告是{}年度的，写到的资金（{}）是{}年的，没有写{}年的资金。", title.0, ledger.quote(amount), year.0, title.0);
                let places = vec![ledger.place(&year.1, "资金年度", ""), ledger.place(amount, "资金", ""), ledger.place(&title.1, "标题", "")];
                ("资金年度", message, places)
            }
        };
        judgements.fail(told::finding(check, subject, message, places));
    }
}
