//! The words that open claims, from data/claims.tsv, all found in one pass over the text.

use crate::facts::cues::Edges;
use crate::words::lexicon::{Layout, Lexicon, lexicon};

const TEXT: &str = include_str!("../../../data/claims.tsv");

/// What a word opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opens {
    /// 其中
    Part,
    /// 包括
    Composed,
    /// 分别为
    Respectively,
    /// 合计
    Total,
    /// 共
    Together,
    /// 结余
    Balance,
    /// 没有剩余
    NoneLeft,
    /// A word that only holds one of the others.
    Nothing,
    /// 各项指标全部完成
    AllMet,
    /// 未作调整
    NotAdjusted,
    /// 未超预算
    NotExceeded,
    /// 一是, by its number.
    Ordinal(u32),
}

const GROUPS: [&str; 21] = [
    "part",
    "composed",
    "respectively",
    "total",
    "together",
    "balance",
    "none left",
    "not none",
    "all met",
    "not adjusted",
    "not exceeded",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
];
const OPENS: [Opens; 11] = [
    Opens::Part,
    Opens::Composed,
    Opens::Respectively,
    Opens::Total,
    Opens::Together,
    Opens::Balance,
    Opens::NoneLeft,
    Opens::Nothing,
    Opens::AllMet,
    Opens::NotAdjusted,
    Opens::NotExceeded,
];

static WORDS: Lexicon = lexicon!(Layout::lists(TEXT, &GROUPS));
static CROSSCUT: Lexicon = lexicon!(Layout::lists(TEXT, &["crosscut"]));
static CONFINED: Lexicon = lexicon!(Layout::lists(TEXT, &["confined"]));
static BODY: Lexicon = lexicon!(Layout::lists(TEXT, &["body"]));
static MODAL: Lexicon = lexicon!(Layout::lists(TEXT, &["modal"]));
static CHANGE: Lexicon = lexicon!(Layout::lists(TEXT, &["change"]).by_last());
static SAVING: Lexicon = lexicon!(Layout::lists(TEXT, &["saving"]));
static COUNTED: Lexicon = lexicon!(Layout::lists(TEXT, &["counted"]).by_last());
static REACH: Lexicon = lexicon!(Layout::lists(TEXT, &["reach"]).by_last());
static COMPARE: Lexicon = lexicon!(Layout::lists(TEXT, &["compare"]));
static YARDSTICK: Lexicon = lexicon!(Layout::lists(TEXT, &["budget", "target", "earlier"]));
static ANEW: Edges = Edges {
    last: lexicon!(Layout::lists(TEXT, &["anew"]).by_last()),
    first: lexicon!(Layout::lists(TEXT, &["anew"])),
};

/// A word that opens a claim.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it opens.
    pub opens: Opens,
}

/// All of them, ascending.
pub fn hits(text: &str) -> Vec<Hit> {
    let opens = |kind: usize| match OPENS.get(kind) {
        Some(opens) => *opens,
        None => Opens::Ordinal((kind - OPENS.len()) as u32 + 1),
    };
    WORDS
        .find(text)
        .map(|(range, entry)| Hit {
            start: range.start,
            end: range.end,
            opens: opens(entry.kind as usize),
        })
        .filter(|hit| hit.opens != Opens::Nothing)
        .collect()
}

/// Whether a part that begins so tells of something else than the list before.
pub fn is_anew(item: &str) -> bool {
    ANEW.beginning(item.trim_start()).is_some()
}

/// Whether a part names people or things that another part may count again.
pub fn is_crosscut(item: &str) -> bool {
    CROSSCUT.find(item).next().is_some()
}

/// Whether words name all those of whom a share is taken: 患者, 应种.
pub fn is_body(clause: &str) -> bool {
    BODY.find(clause).next().is_some()
}

/// Whether words before a saying leave it open of what it is said.
pub fn is_confined(clause: &str) -> bool {
    CONFINED.find(clause).next().is_some()
}

/// Whether words right before a saying take it back: 未, 计划, 确保.
pub fn is_modal(clause: &str) -> bool {
    MODAL.find(clause).next().is_some()
}

/// What a number is compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Yardstick {
    /// 预算
    Budget,
    /// 目标
    Target,
    /// 上年
    Earlier,
}

/// Whether words end in a verb of change: 增加, 较预算节约.
pub fn ends_in_change(words: &str) -> bool {
    CHANGE.ending(words).next().is_some()
}

/// Whether a word is a verb of change and nothing else.
pub fn is_change(word: &str) -> bool {
    CHANGE
        .ending(word)
        .any(|entry| entry.length as usize == word.len())
}

/// Whether a word says that less was spent than was planned, or more.
pub fn is_saving(word: &str) -> bool {
    SAVING.exactly(word).next().is_some()
}

/// Words without those at their end for how something is counted: 受益学生总数 → 受益学生.
pub fn uncounted(words: &str) -> &str {
    let counted = COUNTED.ending(words).next();
    &words[..words.len() - counted.map_or(0, |word| word.length as usize)]
}

/// Whether words end in how a level was reached: 提高到.
pub fn ends_in_reaching(words: &str) -> bool {
    REACH.ending(words).next().is_some()
}

/// Whether words compare with something: 比, 较, 超.
pub fn begins_comparison(words: &str) -> bool {
    COMPARE.beginning(words).next().is_some()
}

/// What words call the number that another is compared with; nothing where they call two.
pub fn yardstick_in(words: &str) -> Option<Yardstick> {
    const ALL: [Yardstick; 3] = [Yardstick::Budget, Yardstick::Target, Yardstick::Earlier];
    let mut found = YARDSTICK.find(words).map(|(_, entry)| entry.kind as usize);
    let first = found.next()?;
    found
        .all(|other| other == first)
        .then(|| ALL.get(first).copied())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_table_is_known() {
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            let label = line.split('\t').next().unwrap_or("");
            let known = GROUPS.contains(&label)
                || [
                    "anew", "crosscut", "confined", "modal", "body", "change", "saving", "counted",
                    "compare", "reach", "budget", "target", "earlier",
                ]
                .contains(&label);
            assert!(known, "{label}");
        }
    }

    #[test]
    fn a_longer_word_keeps_the_shorter_one_from_being_heard() {
        let opened = |text: &str| hits(text).iter().map(|hit| hit.opens).collect::<Vec<_>>();
        assert_eq!(opened("上年结转20万元"), []);
        assert_eq!(opened("资金没有剩余"), [Opens::NoneLeft]);
        assert_eq!(opened("一是；二是"), [Opens::Ordinal(1), Opens::Ordinal(2)]);
    }
}
