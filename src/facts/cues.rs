//! Words around numbers, compiled in from data/cues.tsv: looked up at the edge of a text, or all found in a sentence.

use crate::words::lexicon::{Layout, Lexicon, Table, lexicon};
use std::ops::Range;

/// The table.
pub const TEXT: &str = include_str!("../../data/cues.tsv");

/// Words by their last letter and by their first, each with the number of its kind.
pub struct Edges {
    /// By their last letter.
    pub last: Lexicon,
    /// By their first letter.
    pub first: Lexicon,
}

/// The words of some kinds; where a word is of several, the last one counts.
macro_rules! edges {
    ($kinds:expr) => {
        $crate::facts::cues::Edges {
            last: lexicon!(Layout::lists($crate::facts::cues::TEXT, $kinds).by_last()),
            first: lexicon!(Layout::lists($crate::facts::cues::TEXT, $kinds)),
        }
    };
}
pub(crate) use edges;

impl Edges {
    /// The longest word with which `text` ends, and its kind.
    pub fn ending<'t>(&self, text: &'t str) -> Option<(&'t str, usize)> {
        let word = self.last.ending(text).next()?;
        Some((&text[text.len() - word.length as usize..], word.kind as usize))
    }

    /// The longest word with which `text` begins, and its kind.
    pub fn beginning<'t>(&self, text: &'t str) -> Option<(&'t str, usize)> {
        let word = self.first.beginning(text).next()?;
        Some((&text[..word.length as usize], word.kind as usize))
    }
}

/// What a word in a sentence may say. One word may say several things (累计完成).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Say {
    /// 目标 计划 要实现
    Target,
    /// 实际 已 完成了: something was done.
    Done,
    /// 完成 实现: done or to be done, by what stands before.
    Do,
    /// 预算 安排
    Budget,
    /// 执行 支出
    Spent,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// 新增
    Added,
    /// 其中 分别为
    Part,
    /// 人均 每户
    Average,
    /// 同比 增长
    Change,
    /// 累计 以来
    Cumulative,
    /// 规划期 三年
    Plan,
    /// 上半年
    PartOfYear,
    /// A verb before which no subject reaches.
    Verb,
    /// 培训 服务: a verb at the head of a phrase, part of a noun further in.
    SoftVerb,
    /// 采集 接听: a soft verb that belongs to no short noun.
    LeadVerb,
    /// 在建 未开工: what is counted was not done.
    Undone,
}

/// The labels of the table in the order of `Say`, so that a word's kind is what it says; at last words that say nothing
/// and keep shorter ones inside them from being heard (主要 is not 要).
const SAID: [&str; 19] = [
    "target",
    "done",
    "do",
    "budget",
    "spent",
    "weight",
    "score",
    "added",
    "part",
    "average",
    "change",
    "cumulative",
    "plan",
    "part of year",
    "verb",
    "soft verb",
    "lead verb",
    "undone",
    "neutral",
];
const NEUTRAL: u16 = SAID.len() as u16 - 1;

const LAYOUT: Layout = Layout::lists(TEXT, &SAID);
static WORDS: Lexicon = lexicon!(LAYOUT);
/// What each word says, a bit for each kind.
static SAYS: [u32; LAYOUT.count()] = Table::of(&LAYOUT).all_kinds(&LAYOUT);

/// A word found in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cue {
    /// Where it stands, in bytes of the text that was searched.
    pub range: Range<usize>,
    says: u32,
}

impl Cue {
    /// Whether the word says so.
    #[inline]
    pub fn says(&self, say: Say) -> bool {
        self.says >> (say as u32) & 1 == 1
    }
}

/// All words of a sentence from left to right, the longest where several begin; `offset` is added to their places.
pub fn find(sentence: &str, offset: usize, found: &mut Vec<Cue>) {
    let mut words = WORDS.find(sentence);
    while let Some((range, place)) = words.next_place() {
        let says = SAYS[place] & !(1 << NEUTRAL);
        if says != 0 {
            found.push(Cue {
                range: range.start + offset..range.end + offset,
                says,
            });
        }
    }
}
