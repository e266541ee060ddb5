//! 指标类别缺失（missing-group）
//!
//! 查什么：评分的自评表里，产出、效益、满意度这几类指标是不是有一类完全没有。
//! 为什么：只有产出没有效果，或者不问服务对象是否满意，看不出花钱的效果；批复目标时要求这几类齐全。
//! 怎么改：补上这一类指标；项目没有直接服务对象的，说明不设满意度指标的原因。
//! 例：只有产出指标和效益指标，没有满意度指标。
//! 不算：名称不同的（效果、履职效能）；列在别的类别下面的满意度；本地方案不设这一类的（规则用“分值方案”写明）；没有读全的、只有三行以内的表；
//! 只缺满意度的，只作提醒。
//! 依据：绩效指标包括产出、效益和满意度（财预〔2020〕10号）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, hint, is_whole, told};
use crate::facts::form::{Form, FormKind, Reading};
use crate::finding::Place;
use crate::ledger::Ledger;
use crate::model::Check;
use crate::quantity::Ratio;

/// The kinds of indicators that a scored form has, by the words that name them, and whether many forms lack them.
const KINDS: &[(&str, &[&str], bool)] = &[
    ("产出指标", &["产出", "数量", "质量", "时效", "履职", "过程", "投入"], false),
    ("效益指标", &["效益", "效果", "影响", "效能", "结果"], false),
    ("满意度指标", &["满意"], true),
];

/// No form that is scored has fewer.
const FEWEST_ROWS: usize = 4;

/// Looks for each kind among the groups and rows of the form.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    without_execution(ledger, check, form, judgements);
    let scored = form.kind.is_some_and(FormKind::is_scored) && form.rows.iter().any(|row| row.score.is_filled());
    let ended = form.full.number().is_some() || form.total.number().is_some();
    let named = form.groups.iter().any(|group| group.name.text.contains("指标"));
    // A table of a few rows is an excerpt.
    let long = form.rows.len() >= FEWEST_ROWS;
    if !long || !scored || !ended || !named || !is_whole(ledger, form) {
        return;
    }
    for (name, words, optional) in KINDS {
        if has(form, words) || left_out(ledger, words) {
            judgements.passed += 1;
            continue;
        }
        let message = format!("自评表没有{name}。");
        let places: Vec<Place> = form
            .groups
            .iter()
            .map(|group| cell(ledger, &group.name, "一级指标"))
            .collect();
        let finding = told(check, name, message, places);
        judgements.fail(if *optional { hint(finding) } else { finding });
    }
}

/// Indicators that carry all hundred points by themselves leave nothing for 预算执行率.
fn without_execution(ledger: &Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    // A table that lacks the row may have it in another; sentences tell all that is scored.
    if form.reading != Reading::Sentences {
        return;
    }
    let named = has(form, &["执行率", "预算执行", "资金执行"]);
    if named || form.execution.is_some() || !form.funds.is_empty() || form.rows.len() < FEWEST_ROWS {
        return;
    }
    let scores = || form.rows.iter().map(|row| &row.score);
    let sum = scores().try_fold(Ratio::ZERO, |sum, score| sum.add(score.number()?.value));
    if sum != Some(Ratio::whole(100)) || left_out(ledger, &["执行"]) {
        return;
    }
    let message = "各项指标的得分相加已是 100 分，没有预算执行率这一项。".to_owned();
    let places = scores().map(|score| cell(ledger, score, "得分")).collect();
    judgements.fail(hint(told(check, "预算执行率", message, places)));
}

/// Whether a group or row of the form bears one of the words.
fn has(form: &Form, words: &[&str]) -> bool {
    let groups = form.groups.iter().chain(&form.subgroups).map(|group| &group.name);
    let mut names = groups.chain(form.rows.iter().map(|row| &row.name));
    names.any(|name| words.iter().any(|word| name.text.contains(word)))
}

/// Whether every scheme of the rules does without this kind.
fn left_out(ledger: &Ledger, words: &[&str]) -> bool {
    let groups = &ledger.model.groups;
    let declared = groups.iter().filter(|group| group.level == 1);
    let mut own = declared.map(|group| group.name.as_str()).peekable();
    own.peek().is_some() && !own.any(|name| words.iter().any(|word| name.contains(word)))
}
