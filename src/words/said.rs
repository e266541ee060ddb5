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
}

const LABELS: [(&str, Said); 13] = [
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
    }
}
