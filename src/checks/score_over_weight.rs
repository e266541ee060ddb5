//! 得分超过分值（score-over-weight）
//!
//! 查什么：每一项的得分有没有超过它的分值；规则写了“加分项：名称，几分”的，表上这项加分有没有超过所写的分数。
//! 为什么：得分以分值为限，加分以规定的上限为限，超出的部分不能计入总分。
//! 怎么改：按上限改正得分，并重新计算总分。
//! 例：规则写“加分项：获奖加分，5 分”，表上获奖加分 6 分。
//! 不算：规则没有写的加分、扣分；名称对不上、不知道是哪一项的加分（无从核对）。
//! 依据：财预〔2020〕10号：各项指标得分最高不能超过该指标的分值。

use crate::checks::Judgements;
use crate::facts::form::ExtraRow;
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::{Bonus, Check};
use crate::quantity::Ratio;

/// Holds bonus rows against what the rules allow.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let bonuses = &ledger.model.bonuses;
    let rows = ledger.form().map_or(&[][..], |form| form.extras.as_slice());
    for row in rows.iter().filter(|_| !bonuses.is_empty()) {
        let Some(score) = row.score.number().filter(|score| score.value > Ratio::ZERO) else {
            continue;
        };
        let Some((bonus, most)) = allowed(bonuses, row) else {
            judgements.skip(check.id(), &row.name.text, "不知道是规则里的哪一项加分");
            continue;
        };
        ledger.used.insert(row.score.range.start);
        if score.value <= most {
            judgements.passed += 1;
            continue;
        }
        let (stated, most) = (shown(score.value), shown(most));
        let name = plain(&row.name.text).into_owned();
        let message = format!("“{name}”加了 {stated} 分，最多加 {most} 分。");
        let rule = Place {
            span: bonus.span,
            role: "规则".into(),
            note: format!("规则规定最多 {most} 分"),
            address: "规则".into(),
        };
        judgements.fail(Finding {
            subject: name,
            stated: Some(stated),
            expected: Some(most),
            ..super::unmet(check, message, RuleLine {
                span: bonus.span,
                basis: check.basis.clone(),
            }, vec![ledger.place(&row.score.range, "得分", ""), rule])
        });
    }
}

/// Names of a row that stands for all that is added.
const ALL: &[&str] = &["加分", "加分项", "附加分", "奖励加分", "加分指标", "附加项"];

/// What a row may add: by its own name, or all that the rules allow together.
fn allowed<'m>(bonuses: &'m [Bonus], row: &ExtraRow) -> Option<(&'m Bonus, Ratio)> {
    let name = plain(&row.name.text);
    let bare = name.trim_end_matches(['：', ':']);
    let own = bonuses.iter().find(|bonus| {
        let wanted = plain(&bonus.name);
        bare == wanted || bare.contains(&*wanted)
    });
    if let Some(own) = own {
        return Some((own, own.most.value));
    }
    let sum = bonuses
        .iter()
        .try_fold(Ratio::ZERO, |sum, bonus| sum.add(bonus.most.value))?;
    ALL.contains(&bare).then(|| (&bonuses[0], sum))
}

fn shown(points: Ratio) -> String {
    points.to_plain(4).unwrap_or_default()
}
