//! What a statement says before its number, without the words that say when, where and how firmly: without rules,
//! only statements that are the same but for the number are held against each other.

use crate::document::Document;
use crate::facts::{Heading, Mention, Number};
use crate::ledger::names::plain;

const WORDS: &str = include_str!("../../data/leads.tsv");

/// Endings of headings that name one of several like things: what stands below is said of that one alone.
const OF_ONE: &[&str] = &[
    "镇", "乡", "村", "街道", "社区", "县", "区", "市", "局", "所", "站", "中心", "学校", "医院", "公司",
    "项目", "工程", "子项", "标段", "批", "期",
];

/// The words before the number, from the beginning of its clause or list item.
pub fn lead(document: &Document, mention: &Mention, number: &Number) -> String {
    let clause = document.text(&(mention.clause.start..number.range.start.max(mention.clause.start)));
    let item = clause.rsplit(['、', ',', '，']).next().unwrap_or(clause);
    let mut words: String = plain(item).chars().filter(|c| !c.is_ascii_digit()).collect();
    for word in WORDS
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        if words.contains(word) {
            words = words.replace(word, "");
        }
    }
    words.trim_start_matches(['年', '月', '日']).to_owned()
}

/// Whether the heading above names one of several like things (（一）青溪镇, 二期).
pub fn is_of_one(heading: &Heading) -> bool {
    let title = heading.title.trim_end_matches(['。', '：', ':']);
    title.chars().count() <= 12 && OF_ONE.iter().any(|ending| title.ends_with(ending))
}

/// Whether the heading speaks of times to come: plans for another year are no targets of this one.
pub fn is_of_the_future(heading: &Heading) -> bool {
    [
        "下一步",
        "打算",
        "建议",
        "今后",
        "明年",
        "来年",
        "改进措施",
        "改进方向",
    ]
    .iter()
    .any(|word| heading.title.contains(word))
}
