//! 规则声明的指标报告未列（missing-indicator）
//!
//! 查什么：规则用“三级指标：…”声明的指标，自评表里有没有。
//! 为什么：批复的指标要逐项自评，少了的一项可能没有完成，也可能改了名称。
//! 怎么改：补上这一项；只是换了名称的，在规则里加“别名”，或者改回批复的名称。
//! 例：规则声明了“绿色节能水平”，自评表里没有。
//! 不算：名称或别名相同的；报告没有自评表、自评表没有读全的；多数指标都对不上的（可能不是这份规则管的报告，作无从核对）。
//! 依据：自评的指标应与批复的绩效目标一致（财预〔2020〕10号）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, is_whole, told};
use crate::finding::{Finding, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::names::{plain, stem};
use crate::model::{Check, Name};
use std::collections::HashSet;

/// Looks for every indicator of the rules among the rows of the form.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form().filter(|form| is_whole(ledger, form)) else { return };
    let declared: Vec<(usize, &Name)> = ledger
        .model
        .names
        .iter()
        .enumerate()
        .filter(|(_, name)| name.indicator.is_some() && !name.name.contains("执行率"))
        .collect();
    let rows: HashSet<usize> = ledger.row_names.iter().flatten().copied().collect();
    // 标杆企业10个；2、服务机构3个: a cell may state several indicators, whose rows are then not missing
    let first = form.rows.first().map_or(u32::MAX, |row| row.name.range.start);
    let of_rows = |at: u32| at >= first && at < form.range.end;
    let stated = |index: usize| {
        let entry = ledger.entries.get(index);
        let mut mentions = entry.into_iter().flat_map(|entry| &entry.mentions);
        mentions.any(|mention| of_rows(ledger.mention(*mention).2.start))
    };
    let bound = |index: usize| rows.contains(&index) || stated(index);
    let missing: Vec<&(usize, &Name)> = declared.iter().filter(|(index, _)| !bound(*index)).collect();
    judgements.passed += (declared.len() - missing.len()) as u32;
    if missing.len() * 2 > declared.len() {
        judgements.skip(check.id(), "", "规则声明的指标多数不在自评表里，可能不是这份规则管的报告");
        return;
    }
    let free: Vec<usize> = (0..form.rows.len())
        .filter(|row| ledger.row_names.get(*row).copied().flatten().is_none())
        .take(MOST_COMPARED)
        .collect();
    for (_, name) in missing {
        let mut near: Vec<(usize, usize)> = free
            .iter()
            .map(|row| (alike(name, &form.rows[*row].name.text), *row))
            .filter(|(alike, _)| *alike > 0)
            .collect();
        near.sort_by_key(|(alike, row)| (std::cmp::Reverse(*alike), *row));
        near.truncate(NEAREST);
        let mut shown: Vec<usize> = near.iter().map(|(_, row)| *row).collect();
        if shown.is_empty() {
            shown.extend(free.iter().take(NEAREST));
        }
        let finding = told_missing(ledger, check, name, &shown, !near.is_empty());
        judgements.fail(finding);
    }
}

/// No form has more rows that no rule names.
const MOST_COMPARED: usize = 100;

/// How many rows of the form are named as what may be meant.
const NEAREST: usize = 2;

/// How many letters of a name, its aliases included, stand in a row's name.
fn alike(name: &Name, row: &str) -> usize {
    let row = stem(row);
    let held = |word: &str| {
        let word = stem(word);
        let pairs: Vec<char> = word.chars().collect();
        let pairs = pairs.windows(2).map(|pair| pair.iter().collect::<String>());
        pairs.filter(|pair| row.contains(pair.as_str())).count()
    };
    let words = std::iter::once(&name.name).chain(&name.aliases);
    words.map(|word| held(word)).max().unwrap_or(0)
}

fn told_missing(ledger: &Ledger, check: &Check, name: &Name, near: &[usize], alike: bool) -> Finding {
    let rows = ledger.form().map_or(&[][..], |form| &form.rows);
    let names: Vec<String> = near
        .iter()
        .filter_map(|row| rows.get(*row))
        .map(|row| format!("“{}”", plain(&row.name.text)))
        .collect();
    let names = names.join("、");
    let meant = match (names.is_empty(), alike) {
        (true, _) => String::new(),
        (false, true) => format!("名称相近的有{names}。"),
        (false, false) => format!("规则里没有而自评表里有的是{names}。"),
    };
    // Where no row comes near, the finding is shown at the end of the table, where the row would stand.
    let shown = rows.last().filter(|_| near.is_empty());
    let shown = near.iter().filter_map(|row| rows.get(*row)).chain(shown);
    let places = shown.map(|row| cell(ledger, &row.name, "指标")).collect();
    let message = format!("自评表没有列规则声明的指标“{}”。{meant}", name.name);
    Finding {
        rule: Some(RuleLine {
            span: name.span,
            basis: if name.basis.is_empty() { check.basis.clone() } else { name.basis.clone() },
        }),
        ..told(check, &name.name, message, places)
    }
}
