//! 完成情况照抄目标（goal-copied）
//!
//! 查什么：自评表上“实际完成情况”是不是和“预期目标”写得一样，或者只在前面加了“已完成”。
//! 为什么：完成情况要写实际做了多少；照抄目标，看不出完成了没有、完成了多少。
//! 怎么改：逐项写实际完成的数，没有完成的写明原因。
//! 例：预期目标和实际完成情况都写“培训村医120人，合格率达到95%”。
//! 不算：逐项指标的目标和完成值相同（正好完成）；一栏是空的；只有几个字的。
//! 依据：年度总体目标完成情况要写实际完成情况（自评表填报说明）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, told};
use crate::facts::form::Datum;
use crate::ledger::Ledger;
use crate::model::Check;

/// Holds the completion of the goal against the goal.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form().filter(|form| form.goal.is_filled() && form.goal_done.is_filled()) else {
        return;
    };
    let (goal, done) = (words(&form.goal), words(&form.goal_done));
    if goal.chars().count() < SHORTEST {
        return;
    }
    if goal != done {
        judgements.passed += 1;
        return;
    }
    let message = "“实际完成情况”与“预期目标”写得一样，没有写实际完成了多少。".to_owned();
    let places = vec![
        cell(ledger, &form.goal_done, "完成情况"),
        cell(ledger, &form.goal, "预期目标"),
    ];
    judgements.fail(told(check, "年度总体目标", message, places));
}

/// Shorter goals are the same by chance.
const SHORTEST: usize = 8;

/// Words that turn a goal into its completion and say no more.
const LEADS: &[&str] = &["已经", "已", "全部", "全面", "圆满", "按期", "完成了", "完成", "实现了", "实现", "本年度", "全年", "年度", "均"];
const TAILS: &[&str] = &["已经完成", "已全部完成", "全部完成", "均已完成", "已完成", "的目标", "目标", "任务", "完成", "以上"];

/// The letters of a cell without what only says that it was done.
fn words(datum: &Datum) -> String {
    let letters: String = datum.text.chars().filter(|c| c.is_alphanumeric() || *c == '%').collect();
    let mut words = letters.as_str();
    while let Some(rest) = LEADS.iter().find_map(|lead| words.strip_prefix(lead)) {
        words = rest;
    }
    while let Some(rest) = TAILS.iter().find_map(|tail| words.strip_suffix(tail)) {
        words = rest;
    }
    words.to_owned()
}
