//! What names of indicators and cells of a form say, by the words of data/indicator_words.tsv.

use std::sync::LazyLock;

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

const LABELS: [(&str, Said); 14] = [
    ("done", Said::Done),
    ("empty goal", Said::EmptyGoal),
    ("cost", Said::Cost),
    ("no cost", Said::NoCost),
    ("harm", Said::Harm),
    ("no harm", Said::NoHarm),
    ("good", Said::Good),
    ("no good", Said::NoGood),
    ("share", Said::Share),
    ("no share", Said::NoShare),
    ("counted", Said::Counted),
    ("actual labels", Said::ActualLabel),
    ("hints", Said::Hint),
    ("all money", Said::AllMoney),
];

static WORDS: LazyLock<[Vec<&'static str>; LABELS.len()]> = LazyLock::new(|| {
    LABELS.map(|(label, _)| {
        let rows = super::rows(include_str!("../../data/indicator_words.tsv"));
        let of = rows
            .filter_map(|row| row.split_once('\t'))
            .filter(|(of, _)| *of == label);
        of.flat_map(|(_, words)| words.split(' ')).collect()
    })
});

impl Said {
    fn words(self) -> &'static [&'static str] {
        let at = LABELS.iter().position(|(_, said)| *said == self);
        at.map_or(&[], |at| &WORDS[at])
    }

    /// Whether a text holds one of the words.
    pub fn in_text(self, text: &str) -> bool {
        self.words().iter().any(|word| text.contains(word))
    }

    /// Whether a text is one of the words.
    pub fn is(self, text: &str) -> bool {
        self.words().contains(&text)
    }

    /// Whether a text is nothing but the words, one behind the other.
    pub fn is_all_of(self, text: &str) -> bool {
        let mut rest = text;
        while let Some(word) = self.words().iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[word.len()..];
        }
        rest.is_empty() && !text.is_empty()
    }

    /// Whether a text ends with one of the words.
    pub fn ends(self, text: &str) -> bool {
        self.words().iter().any(|word| text.ends_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_table_is_read() {
        let table = include_str!("../../data/indicator_words.tsv");
        for row in crate::words::rows(table) {
            let (label, words) = row.split_once('\t').unwrap();
            assert!(LABELS.iter().any(|(known, _)| *known == label), "{label}");
            assert!(words.split(' ').all(|word| !word.is_empty()), "{label}");
        }
        assert!(LABELS.iter().all(|(_, said)| !said.words().is_empty()));
        assert!(Said::Done.is("已完成") && Said::Harm.in_text("安全事故起数"));
        assert!(Said::AllMoney.is_all_of("拨付补助资金") && !Said::AllMoney.is_all_of("道路养护资金"));
    }
}
