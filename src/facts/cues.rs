//! Words around numbers, compiled in from data/cues.tsv: looked up at the edge of a text, or all found in a sentence.

use crate::quantity::heads::ByLetter;
use crate::words::Words;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Words by their last letter and by their first, each with the number of its kind.
pub struct Edges {
    last: ByLetter<&'static str, usize>,
    first: ByLetter<&'static str, usize>,
}

impl Edges {
    /// The words of some kinds; where a word is of several, the last one counts.
    pub fn of(kinds: &[&str]) -> Edges {
        let mut edges = Edges {
            last: ByLetter::default(),
            first: ByLetter::default(),
        };
        for (kind, word) in rows() {
            let ends = kinds
                .iter()
                .position(|name| *name == kind)
                .zip(word.chars().next())
                .zip(word.chars().next_back());
            if let Some(((number, first), last)) = ends {
                edges.first.add(first, word, number);
                edges.last.add(last, word, number);
            }
        }
        edges
    }

    /// The longest word with which `text` ends, and its kind.
    pub fn ending<'t>(&self, text: &'t str) -> Option<(&'t str, usize)> {
        let (length, kind) = self.last.ending(text)?;
        Some((&text[text.len() - length..], kind))
    }

    /// The longest word with which `text` begins, and its kind.
    pub fn beginning<'t>(&self, text: &'t str) -> Option<(&'t str, usize)> {
        let (length, kind) = self.first.beginning(text)?;
        Some((&text[..length], kind))
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../../data/cues.tsv").lines();
    let rows = lines.filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(kind, list)| list.split_whitespace().map(move |word| (kind, word)))
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
}

const SAID: [(&str, Say); 16] = [
    ("target", Say::Target),
    ("done", Say::Done),
    ("do", Say::Do),
    ("budget", Say::Budget),
    ("spent", Say::Spent),
    ("weight", Say::Weight),
    ("score", Say::Score),
    ("added", Say::Added),
    ("part", Say::Part),
    ("average", Say::Average),
    ("change", Say::Change),
    ("cumulative", Say::Cumulative),
    ("plan", Say::Plan),
    ("part of year", Say::PartOfYear),
    ("verb", Say::Verb),
    ("soft verb", Say::SoftVerb),
];

/// A word found in a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cue {
    /// Where it stands, in bytes of the text that was searched.
    pub range: Range<usize>,
    says: u32,
}

impl Cue {
    /// Whether the word says so.
    pub fn says(&self, say: Say) -> bool {
        self.says >> (say as u32) & 1 == 1
    }
}

static FINDER: LazyLock<Words<u32>> = LazyLock::new(|| {
    let mut says: BTreeMap<&'static str, u32> = BTreeMap::new();
    for (kind, word) in rows() {
        // A neutral word says nothing; it keeps shorter ones inside it from being heard (主要 is not 要).
        match SAID.iter().find(|(name, _)| *name == kind) {
            Some((_, say)) => *says.entry(word).or_default() |= 1 << (*say as u32),
            None if kind == "neutral" => _ = says.entry(word).or_default(),
            None => {}
        }
    }
    Words::of(says)
});

/// All words of a sentence from left to right, the longest where several begin; `offset` is added to their places.
pub fn find(sentence: &str, offset: usize, found: &mut Vec<Cue>) {
    FINDER.longest(sentence, |at, word, says| {
        if says != 0 {
            let start = at + offset;
            found.push(Cue {
                range: start..start + word.len(),
                says,
            });
        }
    });
}
