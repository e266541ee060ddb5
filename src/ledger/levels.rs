//! Whether a statement speaks of a government above the one that reports: the province's target is not the county's.

use crate::document::Document;
use crate::facts::{Heading, Mention};

/// A level of government.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    County,
    City,
    Province,
    Nation,
}

use Level::{City, County, Nation, Province};

/// Words for a whole level.
const WORDS: &[(&str, Level)] = &[
    ("全国", Nation),
    ("中央", Nation),
    ("全省", Province),
    ("我省", Province),
    ("本省", Province),
    ("省级", Province),
    ("省定", Province),
    ("全市", City),
    ("我市", City),
    ("本市", City),
    ("市级", City),
    ("全县", County),
    ("我县", County),
    ("本县", County),
    ("县级", County),
    ("全区", County),
    ("我区", County),
    ("本区", County),
    ("区级", County),
];

/// 省级 speaks of the province only where its plans follow: 省级标杆企业 are a kind of firm, 省级资金 is money from there.
const PLANS: &[&str] = &["目标", "任务", "要求", "绩效", "指标", "计划", "下达的目标"];

/// The highest level that can be the report's own: the one that its words of place name most, else its title's.
pub fn own(document: &Document, outline: &[Heading]) -> Level {
    let text = document.view.text.as_str();
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let counts = [
        (County, count(&["全县", "我县", "本县", "全区", "我区", "本区"])),
        (City, count(&["全市", "我市", "本市"])),
        (Province, count(&["全省", "我省", "本省"])),
    ];
    let title = match outline.first() {
        Some(first) => text.get(..first.range.end as usize),
        None => text.get(..text.find('\n').unwrap_or(text.len())),
    };
    let title = title.unwrap_or("");
    let named = |signs: &[char]| title.contains(signs);
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    // Of equals the lower one: whoever reports to a higher government names that too.
    let by_count = counts
        .iter()
        .find(|(_, count)| *count == most)
        .filter(|_| most > 0)
        .map(|(level, _)| *level);
    let by_title = if named(&['县', '区', '镇', '乡']) {
        Some(County)
    } else if named(&['市', '州', '盟']) {
        Some(City)
    } else if named(&['省']) {
        Some(Province)
    } else {
        None
    };
    by_title.or(by_count).unwrap_or(City)
}

/// The level above the report's own that a mention speaks of, where the nearest word of place before it says so.
pub fn above(document: &Document, mention: &Mention, number: u32, own: Level) -> Option<Level> {
    let before = super::link::clauses_before(document, number);
    let mut nearest: Option<(usize, Level)> = None;
    for (word, level) in WORDS {
        let found = before.match_indices(word).filter(|(at, word)| {
            let rest = &before[at + word.len()..];
            // （含省定任务12处）, closed before the number, is a remark.
            let closes = rest.find(['）', ')']);
            let remark = closes.is_some_and(|close| !rest[..close].contains(['（', '(']));
            let whole = !word.ends_with('级') && *word != "中央";
            !remark && (whole || PLANS.iter().any(|plan| rest.starts_with(plan)))
        });
        if let Some((at, _)) = found.last()
            && nearest.is_none_or(|(other, _)| at > other)
        {
            nearest = Some((at, *level));
        }
    }
    let sentence = before.rfind('。').map_or(0, |at| at);
    // Of what was planned a paragraph speaks of one government until it names another; else only the sentence counts.
    let planned = mention.role == crate::facts::Role::Target;
    nearest
        .filter(|(at, level)| *level > own && (planned || *at >= sentence))
        .map(|(_, level)| level)
}
