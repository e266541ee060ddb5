//! 编号不连续（numbering）
//!
//! 查什么：标题和列举的编号（一、（一）1.）有没有连着用两次，有没有跳号。
//! 为什么：编号重复、跳号，多半是删改段落时漏了一段或者忘了改号，读的人会以为缺了内容。
//! 怎么改：从这一处起顺着改编号；确实删了一段的，把后面的编号往前提。
//! 例：“（一）项目基本情况”后面紧接着又是“（一）项目概况”。
//! 不算：另起一组、从 1 重新编号的；跨标题连续编号的；目录里的编号；从 PDF 取出的文字可能丢了标题，后面的编号不能印证的不报。
//! 依据：《党政机关公文格式》（GB/T 9704—2012）规定的结构层次序数。

use crate::checks::{Judgements, told};
use crate::ledger::Ledger;
use crate::model::Check;

/// Reports every mark that does not follow from the one before.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let facts = ledger.facts;
    judgements.of_letters += facts.claims.misnumbered.len().max(1) as u32;
    if facts.claims.misnumbered.is_empty() {
        judgements.passed += 1;
    }
    for fault in &facts.claims.misnumbered {
        let (before, mark) = (ledger.quote(&fault.before), ledger.quote(&fault.mark));
        let message = match fault.repeated {
            true => format!("编号“{mark}”连着用了两次，这里应为“{}”。", fault.expected),
            false => format!("编号从“{before}”跳到“{mark}”，中间缺“{}”。", fault.expected),
        };
        let places = vec![ledger.place(&fault.mark, "", format!("应为“{}”", fault.expected)), ledger.place(&fault.before, "前一个编号", "")];
        judgements.fail(crate::finding::Finding {
            stated: Some(mark.to_owned()),
            expected: Some(fault.expected.clone()),
            ..told::finding(check, mark, message, places)
        });
    }
}
