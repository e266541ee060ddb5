//! 形近字符（confusable-character）
//!
//! 查什么：看上去一样、其实不是汉字或数字的字符，如日文的“ー”（应为汉字“一”）、“ニ”（应为“二”）。
//! 为什么：这类字符多半来自扫描识别或输入法，检索、排序和目录都会出错。
//! 怎么改：删去这个字符，重新输入。
//! 例：“ー、基本情况”里的第一个字符是日文长音符号。
//! 不算：日文、希腊文、英文词语里的字符。
//! 依据：《通用规范汉字表》；公文和表格应当使用规范汉字。

use crate::checks::Judgements;
use crate::checks::typo::report;
use crate::facts::OddityKind;
use crate::ledger::Ledger;
use crate::model::Check;

/// Reports every look-alike that was found.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    report(ledger, check, OddityKind::LookAlike, judgements, |found, meant| {
        let code = found.chars().next().map_or(0, u32::from);
        format!("这里的“{found}”不是“{meant}”，是另一个形状相近的字符（U+{code:04X}）。")
    });
}
