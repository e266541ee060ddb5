//! 疑似笔误（typo）
//!
//! 查什么：常见的错别字，如“参于”（参与）、“按装”（安装），以及数字后面把“个”写成“各”。
//! 为什么：错别字影响报告的严肃性，数字旁边的错字还会让人读错数。
//! 怎么改：对照原意改正；确实要这样写的，可以不改。
//! 例：“两化融合专项有5各子项”应为“5个子项”。
//! 不算：引用的原文、专有名称里本来就这样写的字。
//! 依据：《通用规范汉字表》《现代汉语词典》的通行写法；词表在 data/slips.tsv，可以补充。

use crate::checks::Judgements;
use crate::facts::{Oddity, OddityKind};
use crate::finding::{Finding, RuleLine};
use crate::ledger::Ledger;
use crate::model::Check;

/// Reports every common slip that was found.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    report(ledger, check, OddityKind::Slip, judgements, |found, meant| {
        format!("“{found}”疑为“{meant}”之误。")
    });
}

/// Reports the oddities of one kind; a report without any has passed.
pub(super) fn report(
    ledger: &Ledger,
    check: &Check,
    kind: OddityKind,
    judgements: &mut Judgements,
    message: fn(&str, &str) -> String,
) {
    let found: Vec<&Oddity> = ledger.facts.oddities.iter().filter(|oddity| oddity.kind == kind).collect();
    judgements.of_letters += found.len().max(1) as u32;
    if found.is_empty() {
        judgements.passed += 1;
    }
    for oddity in found {
        let quote = ledger.quote(&oddity.range);
        let place = ledger.place(&oddity.range, "", format!("应为“{}”", oddity.meant));
        let words = message(quote, &oddity.meant);
        let mut finding = Finding::new(check.id(), &check.name, check.severity, words, place.span)
            .help(super::formulas::plain_help(check));
        finding.subject = quote.to_owned();
        finding.stated = Some(quote.to_owned());
        finding.expected = Some(oddity.meant.clone());
        finding.rule = Some(RuleLine { span: check.span, basis: check.basis.clone() });
        finding.places = vec![place];
        judgements.fail(finding);
    }
}
