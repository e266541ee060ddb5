//! Whether a number is told of a part only: of one township, of the first batch, of a season.

use crate::facts::Role;
use crate::quantity::Ratio;
use crate::words::{self, Words};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The ends of names of places.
const PLACES: &[&str] = &["街道", "镇", "乡", "村", "县", "区", "市", "州"];

/// Words with such an end that name no single place, one a line.
const COMMON: &str = include_str!("../../data/common_places.tsv");

/// What a project or a year is parted into.
const SHARES: &[&str] = &[
    "第一", "第二", "第三", "第四", "首批", "一期", "二期", "三期", "标段", "上游", "中游", "下游", "季度",
];

/// Words that end what was told of a part.
const WHOLES: &[&str] = &[
    "全县", "全市", "全区", "全省", "全镇", "全乡", "共计", "合计", "总计", "全年",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Share,
    Place,
    Whole,
}

static WORDS: LazyLock<Words<Kind>> = LazyLock::new(|| {
    let of = |list: &'static [&str], kind| list.iter().map(move |word| (*word, kind));
    Words::of(
        of(SHARES, Kind::Share)
            .chain(of(PLACES, Kind::Place))
            .chain(of(WHOLES, Kind::Whole)),
    )
});

/// Whether the words before a name confine it to a part. `title` is where the report's own place is named.
pub fn is_confined(before: &str, title: &str) -> bool {
    confines(before, title).of_a_part
}

/// What words say of what follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Says {
    /// Whether they confine it to a part: 柳沟镇维修…，改造提灌站7座.
    pub of_a_part: bool,
    /// Whether they speak of the whole: what is told of the whole county ends what was told of a part.
    pub of_the_whole: bool,
}

impl Says {
    /// What both say together.
    pub fn and(self, other: Says) -> Says {
        Says {
            of_a_part: self.of_a_part || other.of_a_part,
            of_the_whole: self.of_the_whole || other.of_the_whole,
        }
    }
}

/// What words say of what follows.
pub fn confines(before: &str, title: &str) -> Says {
    let mut says = Says {
        of_a_part: false,
        of_the_whole: false,
    };
    WORDS.each(before, |at, word, kind| match kind {
        Kind::Share => says.of_a_part = true,
        Kind::Place => says.of_a_part = says.of_a_part || names_place(before, at, word, title),
        Kind::Whole => says.of_the_whole = true,
    });
    says
}

/// Whether no word of ours holds this letter, so that none reaches over it.
pub fn is_mark(letter: char) -> bool {
    // the commonest need not be looked up
    matches!(letter, '，' | '。' | '、' | '；' | '：' | '\n' | '|' | '\t') || !letter.is_alphanumeric()
}

/// Behind the last ；。： or line break.
pub fn after_stop(clauses: &str) -> usize {
    let bytes = clauses.as_bytes();
    let ends = |at: &usize| match bytes[*at] {
        b';' | b':' | b'\n' | b'|' => true,
        0x82 | 0x9A | 0x9B => {
            matches!(bytes.get(at.saturating_sub(2)..=*at), Some(end) if STOPS.contains(&end))
        }
        _ => false,
    };
    (0..bytes.len()).rev().find(ends).map_or(0, |at| at + 1)
}

/// 。 ： ； in bytes.
const STOPS: [&[u8]; 3] = ["。".as_bytes(), "：".as_bytes(), "；".as_bytes()];

/// 清水镇: at least two characters before the end, none of them a mark, and not the report's own place.
fn names_place(before: &str, at: usize, end: &str, title: &str) -> bool {
    let ahead = &before[..at];
    let two = ahead
        .char_indices()
        .rev()
        .nth(1)
        .map_or("", |(from, _)| &ahead[from..]);
    let letters = !two.is_empty() && two.chars().all(char::is_alphabetic);
    let place = &before[at - two.len()..at + end.len()];
    letters && !title.contains(place) && !in_common_word(before, at)
}

/// Whether the end of a place's name at this byte is a part of a common word (项目区, 示范村).
fn in_common_word(before: &str, at: usize) -> bool {
    words::rows(COMMON).any(|word| {
        // the word may begin as many letters before as it has
        let begins = |(ahead, _): (usize, char)| before.get(at.checked_sub(ahead)?..);
        let mut texts = word.char_indices().filter_map(begins);
        texts.any(|text| text.starts_with(word))
    })
}

/// Whether months of the year are named as the time up to which something was done: 9月底.
pub fn is_progress(before: &str) -> bool {
    let month = before.find('月').map(|at| &before[..at]);
    month.is_some_and(|month| {
        let digits = month.trim_start_matches(|c: char| !c.is_ascii_digit());
        !month.contains('年')
            && !digits.is_empty()
            && digits != "12"
            && digits.chars().all(|c| c.is_ascii_digit())
    })
}

/// A mention of a name: its index, its role, where its paragraph begins, its value.
pub type Placed = (usize, Role, u32, Ratio);

/// Of mentions of one name in one paragraph that state three values or more, all: they list parts.
pub fn lists_of_parts(mentions: impl Iterator<Item = Placed>) -> HashSet<usize> {
    let mut lists: HashMap<(u32, Role), (Vec<usize>, HashSet<Ratio>)> = HashMap::new();
    for (index, role, block, value) in mentions {
        let (indices, values) = lists.entry((block, role)).or_default();
        indices.push(index);
        values.insert(value);
    }
    let long = lists.into_values().filter(|(_, values)| values.len() > 2);
    long.flat_map(|(indices, _)| indices).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_township_or_a_batch_is_a_part() {
        let title = "青岩县2023年渠道维修项目绩效自评报告";
        assert!(is_confined("清水镇", title));
        assert!(is_confined("其中石坪乡完成", title));
        assert!(is_confined("第一批", title));
        assert!(!is_confined("青岩县", title), "the report's own place");
        for whole in [
            "全县",
            "项目区",
            "老旧小区",
            "实际",
            "美丽乡村",
            "2023年我区",
            "示范村",
        ] {
            assert!(!is_confined(whole, title), "{whole}");
        }
        assert!(is_progress("9月底") && !is_progress("12月底") && !is_progress("2023年9月验收"));
    }
}
