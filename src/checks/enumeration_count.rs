//! 列举个数与说法不符（enumeration-count）
//!
//! 查什么：说“三个方面”“五个子项”“设置9项指标”，后面逐个列出来的是不是这么多。
//! 为什么：说的和列的不一样多，不是漏写了一项，就是改稿时忘了改数。
//! 怎么改：数一数列出的项，补上漏的，或者改正说的数；只举几个例子的，在后面加“等”。
//! 例：“存在三个方面的问题：一是……。二是……。”只列了两个。
//! 不算：后面有“等”；分在几个标题下列的；“和”字两边算一项或两项都说得通的；报告在中间截断的。
//! 依据：财预〔2020〕10号要求绩效自评内容完整、数据真实。

use crate::checks::{Judgements, told};
use crate::ledger::Ledger;
use crate::model::Check;

/// Holds every announced number against the list behind it.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let facts = ledger.facts;
    for list in &facts.claims.listings {
        if (list.least..=list.most).contains(&list.stated) {
            judgements.passed += 1;
            continue;
        }
        let said = ledger.quote(&list.said);
        let counted = match list.least == list.most {
            true => format!("{}", list.least),
            false => format!("{}到{}", list.least, list.most),
        };
        let message = format!("说“{said}”，后面列出的是 {counted} 项。");
        let places = vec![ledger.place(&list.said, "说的个数", ""), ledger.place(&list.items, "列出的各项", "")];
        judgements.fail(crate::finding::Finding {
            stated: Some(list.stated.to_string()),
            expected: (list.least == list.most).then(|| list.least.to_string()),
            ..told::finding(check, said, message, places)
        });
    }
}
