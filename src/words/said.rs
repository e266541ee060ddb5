//! What names of indicators and cells of a form say, by the words of data/indicator_words.tsv.

use super::lexicon::{Layout, Lexicon, lexicon};

/// What a word tells of the name or cell that holds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// 已完成: an answer that holds no number
    Done,
    /// 全部完成, 100%: a completion that says nothing of the goal
    EmptyGoal,
    /// 成本, 单价: the less the better
    Cost,
    /// 成本节约率: a cost word in it does not say so
    NoCost,
    /// 事故, 投诉: the less the better
    Harm,
    /// 投诉处理: a word of harm in it does not say so
    NoHarm,
    /// 合格率, 满意度: the more the better
    Good,
    /// 不合格率
    NoGood,
    /// 率, 比例: the name of a share
    Share,
    /// 效率: no share
    NoShare,
    /// 人数, 里程: the name of a count or a size
    Counted,
    /// 实际完成值: what is said to be done stands right behind it
    ActualLabel,
    /// 100字以内, 需说明原因: the form's own words, not the author's
    Hint,
    /// 下拨项目资金: words that name all the money of a report, one behind the other, and no single fund
    AllMoney,
}

const TEXT: &str = include_str!("../../data/indicator_words.tsv");

/// The words of one label, by their first letters and by their last.
struct Set {
    first: Lexicon,
    last: Lexicon,
}

macro_rules! sets {
    ($($label:literal),+ $(,)?) => {
        /// The labels in the order of `Said`.
        #[cfg(test)]
        const LABELS: &[&str] = &[$($label),+];
        static SETS: &[Set] = &[$(Set {
            first: lexicon!(Layout::lists(TEXT, &[$label])),
            last: lexicon!(Layout::lists(TEXT, &[$label]).by_last()),
        }),+];
    };
}

sets![
    "done",
    "empty goal",
    "cost",
    "no cost",
    "harm",
    "no harm",
    "good",
    "no good",
    "share",
    "no share",
    "counted",
    "actual labels",
    "hints",
    "all money",
];

impl Said {
    fn set(self) -> &'static Set {
        &SETS[self as usize]
    }

    /// Whether a text holds one of the words.
    pub fn in_text(self, text: &str) -> bool {
        self.set().first.find(text).next().is_some()
    }

    /// Whether a text is one of the words.
    pub fn is(self, text: &str) -> bool {
        self.set().first.exactly(text).next().is_some()
    }

    /// Whether a text is nothing but the words, one behind the other.
    pub fn is_all_of(self, text: &str) -> bool {
        let mut rest = text;
        while let Some(word) = self.set().first.beginning(rest).next() {
            rest = &rest[word.length as usize..];
        }
        rest.is_empty() && !text.is_empty()
    }

    /// Whether a text ends with one of the words.
    pub fn ends(self, text: &str) -> bool {
        self.set().last.ending(text).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_table_is_read() {
        for row in crate::words::rows(TEXT) {
            let (label, words) = row.split_once('\t').unwrap();
            assert!(LABELS.contains(&label), "{label}");
            assert!(words.split(' ').all(|word| !word.is_empty()), "{label}");
        }
        assert!(SETS.iter().all(|set| !set.first.entries.is_empty()));
        assert_eq!(LABELS.len(), Said::AllMoney as usize + 1);
        assert!(Said::Done.is("已完成") && Said::Harm.in_text("安全事故起数"));
        assert!(Said::AllMoney.is_all_of("拨付补助资金") && !Said::AllMoney.is_all_of("道路养护资金"));
    }
}
