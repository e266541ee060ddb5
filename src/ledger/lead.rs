//! What a statement says before its number, without the words that say when, where and how firmly: without rules,
//! only statements that are the same but for the number are held against each other.

use crate::document::Document;
use crate::facts::{Heading, Mention, Number};
use crate::ledger::names::plain;
use crate::words;
use crate::words::held::{holds, letters};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The words in their order, each with the letters that it needs.
static WORDS: LazyLock<Vec<(&'static str, u64)>> = LazyLock::new(|| {
    words::rows(include_str!("../../data/leads.tsv"))
        .map(|word| (word, letters(word)))
        .collect()
});

/// Endings of headings that name one of several like things: what stands below is said of that one alone.
const OF_ONE: &[&str] = &[
    "镇", "乡", "村", "街道", "社区", "县", "区", "市", "局", "所", "站", "中心", "学校", "医院", "公司",
    "项目", "工程", "子项", "标段", "批", "期",
];

/// The words before the number, from the beginning of its clause or list item.
pub fn lead<'d>(document: &'d Document, mention: &Mention, number: &Number) -> Cow<'d, str> {
    let clause = document.text(&(mention.clause.start..number.range.start.max(mention.clause.start)));
    let item = clause.rsplit(['、', ',', '，']).next().unwrap_or(clause);
    let mut lead = plain(item);
    if lead.contains(|c: char| c.is_ascii_digit()) {
        lead = Cow::Owned(lead.chars().filter(|c| !c.is_ascii_digit()).collect());
    }
    let held = letters(&lead);
    for (word, needed) in WORDS.iter() {
        if held & needed == *needed && lead.contains(word) {
            lead = Cow::Owned(lead.replace(word, ""));
        }
    }
    match lead {
        Cow::Borrowed(lead) => Cow::Borrowed(lead.trim_start_matches(DATES)),
        Cow::Owned(lead) => Cow::Owned(lead.trim_start_matches(DATES).to_owned()),
    }
}

/// What is left of a date without its digits.
const DATES: [char; 3] = ['年', '月', '日'];

/// Whether the heading above names one of several like things (（一）青溪镇, 二期).
pub fn is_of_one(heading: &Heading) -> bool {
    let title = heading.title.trim_end_matches(['。', '：', ':']);
    title.chars().count() <= 12 && OF_ONE.iter().any(|ending| title.ends_with(ending))
}

/// Whether the heading speaks of times to come: plans for another year are no targets of this one.
pub fn is_of_the_future(heading: &Heading) -> bool {
    let words = [
        "下一步",
        "打算",
        "建议",
        "今后",
        "明年",
        "来年",
        "改进措施",
        "改进方向",
    ];
    holds(&heading.title, &words)
}
