//! 用了禁用的词（forbidden-word）
//!
//! 查什么：报告里有没有规则用“禁用词：…”列出的词，一个词合成一条，写明各处。
//! 为什么：“圆满完成”“显著成效”这类套话代替不了数，主管部门要求写完成了多少。
//! 怎么改：改写成数字，例如“完成 8000 家，完成率 100%”；规则写了“建议”的，照建议改。
//! 例：规则写“禁用词：圆满完成”，报告写“我单位圆满完成了全年任务”。
//! 不算：引号、书名号里引用的词；“不得使用……”这样说不许用的；“未圆满完成”；指标、项目的名称里本来就有的；
//! 后面接“率”“度”“性”等字、成了另一个词的（禁用“满意”，报告写“满意度”）。
//! 依据：规则中“禁用词”一行所写的依据；没有写依据的，是制定规则的单位的要求。

use crate::checks::unmet;
use crate::checks::Judgements;
use crate::facts::form::Form;
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::names::plain;
use crate::model::phrases::Phrase;
use crate::model::{Check, Forbidden};
use std::ops::Range;

/// How many places of one word are shown.
const MOST_SHOWN: usize = 5;

/// Looks for every word that the rules forbid.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let words = &ledger.model.forbidden;
    let mut found: Vec<Vec<Range<u32>>> = vec![Vec::new(); words.len()];
    let hits = ledger.phrases.iter().filter_map(|hit| match hit.phrase {
        Phrase::Forbidden(word) => Some((word, &hit.range)),
        _ => None,
    });
    let mut hits = hits.peekable();
    if hits.peek().is_some() {
        let mut blocks: Vec<Range<u32>> =
            hits.clone().filter_map(|(_, range)| ledger.block(range.start)).collect();
        blocks.dedup();
        let quotes = blocks.iter().flat_map(|block| cited(ledger.quote(block), block.start));
        let cited: Vec<Range<u32>> = quotes.collect();
        let names = names(ledger);
        let mut end = 0;
        // The longest of several that begin together or overlap is the one that was written.
        for (word, range) in hits {
            if range.start >= end && !is_silent(ledger, range, &cited, &names) {
                end = range.end;
                found[word].push(range.clone());
            }
        }
    }
    for (word, places) in words.iter().zip(&found) {
        judgements.of_letters += 1;
        match places.is_empty() {
            true => judgements.passed += 1,
            false => judgements.fail(used(ledger, check, word, places)),
        }
    }
}

fn used(ledger: &Ledger, check: &Check, word: &Forbidden, ranges: &[Range<u32>]) -> Finding {
    let shown = ranges.iter().take(MOST_SHOWN);
    let places: Vec<Place> = shown.map(|range| ledger.place(range, "", "")).collect();
    let mut addresses: Vec<&str> = Vec::new();
    for place in &places {
        if !addresses.contains(&place.address.as_str()) {
            addresses.push(&place.address);
        }
    }
    let many = match ranges.len() {
        1 => String::new(),
        many => format!("，共 {many} 处"),
    };
    let more = if ranges.len() > places.len() { "等" } else { "" };
    let message = format!(
        "用了不得使用的“{}”{many}（{}{more}）。",
        word.word,
        addresses.join("、")
    );
    let help = match word.help.as_str() {
        "" => super::formulas::plain_help(check),
        own => own.to_owned(),
    };
    let basis = if word.basis.is_empty() {
        &check.basis
    } else {
        &word.basis
    };
    let rule = RuleLine {
        span: word.span,
        basis: basis.clone(),
    };
    Finding {
        subject: word.word.clone(),
        stated: Some(word.word.clone()),
        severity: word.severity.unwrap_or(check.severity),
        help,
        ..unmet(check, message, rule, places)
    }
}

/// What stands in quotes in a block that begins there, ascending; a quote that its paragraph does not close is none.
fn cited(text: &str, from: u32) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, sign) in text.char_indices() {
        match (sign, open) {
            ('\n', _) => open = None,
            ('“', _) => open = open.or(Some((at, '”'))),
            ('「', _) => open = open.or(Some((at, '」'))),
            ('《', _) => open = open.or(Some((at, '》'))),
            ('"' | '＂', None) => open = Some((at, sign)),
            (closing, Some((start, wanted))) if closing == wanted => {
                found.push(from + start as u32..from + at as u32);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The names in which a forbidden word is no claim: of the rules, of the form's rows, of the project.
fn names(ledger: &Ledger) -> Vec<String> {
    let of_rules = ledger
        .model
        .names
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases));
    let of_form = ledger.form().into_iter().flat_map(form_names);
    let all = of_rules.map(|name| plain(name).into_owned()).chain(of_form);
    let mut names: Vec<String> = all
        .filter(|name| {
            ledger
                .model
                .forbidden
                .iter()
                .any(|held| name.contains(&held.word))
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

fn form_names(form: &Form) -> impl Iterator<Item = String> {
    let rows = form.rows.iter().map(|row| &row.name);
    rows.chain([&form.project])
        .map(|datum| plain(&datum.text).into_owned())
}

/// What makes another word of a word before it (满意度, 显著性, 一流程序).
const ENDINGS: &[char] = &['率', '度', '性', '值', '型', '感', '程'];

/// What denies or forbids the word behind it.
const DENIALS: &[&str] = &[
    "未", "没有", "没能", "未能", "尚未", "不", "非", "并未", "无法", "难以",
];

/// Words of a clause that speaks of not using a word.
const BANS: &[&str] = &[
    "不得",
    "严禁",
    "禁止",
    "不准",
    "避免",
    "杜绝",
    "不应",
    "不要",
    "不使用",
    "不用",
];

fn is_silent(ledger: &Ledger, range: &Range<u32>, cited: &[Range<u32>], names: &[String]) -> bool {
    let at = cited.partition_point(|quote| quote.start <= range.start);
    if at
        .checked_sub(1)
        .is_some_and(|before| range.end <= cited[before].end)
    {
        return true;
    }
    let text = ledger.text();
    let (before, after) = (
        near_before(text, range.start as usize),
        &text[range.end as usize..],
    );
    let word = &text[range.start as usize..range.end as usize];
    let other_word = after.starts_with(ENDINGS) && !word.ends_with(ENDINGS);
    let clause = before
        .rsplit(['。', '；', '，', ',', ';', '\n'])
        .next()
        .unwrap_or(before);
    let banned = BANS.iter().any(|ban| clause.contains(ban));
    let denied = DENIALS.iter().any(|denial| before.ends_with(denial));
    other_word || banned || denied || in_name(text, range, word, names)
}

/// Whether one of the names covers the place.
fn in_name(text: &str, range: &Range<u32>, word: &str, names: &[String]) -> bool {
    let covers = |name: &String| {
        name.match_indices(word).any(|(offset, _)| {
            let start = (range.start as usize).checked_sub(offset);
            start.is_some_and(|start| {
                text.get(start..)
                    .is_some_and(|rest| rest.starts_with(name.as_str()))
            })
        })
    };
    names.iter().any(covers)
}

/// How many bytes before a word are looked at.
const NEAR: usize = 60;

fn near_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}
