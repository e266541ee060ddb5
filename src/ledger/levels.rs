//! Whether a statement speaks of a government above the one that reports: the province's target is not the county's.

use crate::document::Document;
use crate::facts::{Heading, Mention};
use crate::ledger::link::clauses_before;
use crate::words::Words;
use std::sync::LazyLock;

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

static FINDER: LazyLock<Words<Level>> = LazyLock::new(|| Words::of(WORDS.iter().copied()));

/// A word of level in the text.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: u32,
    end: u32,
    level: Level,
    /// Where a bracket around it closes: before a number further on it is a remark (含省定任务12处).
    closes: u32,
}

/// The words of level in a report, and the level of government that reports.
#[derive(Clone, Debug)]
pub struct Levels {
    own: Level,
    marks: Vec<Mark>,
}

impl Levels {
    /// Finds them in one pass.
    pub fn of(document: &Document, outline: &[Heading]) -> Levels {
        let text = document.view.text.as_str();
        let mut marks = Vec::new();
        let mut counts = [0usize; 3];
        FINDER.each(text, |start, word, level| {
            let own = word.starts_with(['全', '我', '本']);
            if let Some(count) = counts.get_mut(level as usize).filter(|_| own) {
                *count += 1;
            }
            let rest = &text[start + word.len()..];
            let whole = !word.ends_with('级') && word != "中央";
            let plan = PLANS.iter().find(|plan| rest.starts_with(**plan));
            if whole || plan.is_some() {
                let end = start
                    + word.len()
                    + if whole {
                        0
                    } else {
                        plan.map_or(0, |plan| plan.len())
                    };
                marks.push(Mark {
                    start: start as u32,
                    end: end as u32,
                    level,
                    closes: closes(rest).map_or(u32::MAX, |at| (start + word.len() + at) as u32),
                });
            }
        });
        Levels {
            own: own(document, outline, counts),
            marks,
        }
    }

    /// The level above the report's own that a mention speaks of, where the nearest word of place before it says so.
    pub fn above(&self, document: &Document, mention: &Mention, number: u32) -> Option<Level> {
        let after = self.marks.partition_point(|mark| mark.start < number);
        let mut before = self.marks[..after].iter().rev();
        let nearest = before.find(|mark| mark.end <= number && mark.closes >= number)?;
        let from = number - clauses_before(document, number).len() as u32;
        if nearest.level <= self.own || nearest.start < from {
            return None;
        }
        // Of what was planned a paragraph speaks of one government until it names another; else only the sentence counts.
        let planned = mention.role == crate::facts::Role::Target;
        let near = || !document.text(&(nearest.start..number)).contains('。');
        (planned || near()).then_some(nearest.level)
    }
}

/// Where the bracket that was opened before a text closes in it, if it does near by.
fn closes(rest: &str) -> Option<usize> {
    let bracket = rest
        .char_indices()
        .take(NEAR)
        .find(|(_, c)| matches!(c, '）' | ')' | '（' | '('))?;
    matches!(bracket.1, '）' | ')').then_some(bracket.0)
}

/// A remark in brackets is no longer than this many characters.
const NEAR: usize = 200;

/// The highest level that can be the report's own: its title's, else the one that its words of place name most.
fn own(document: &Document, outline: &[Heading], counts: [usize; 3]) -> Level {
    let text = document.view.text.as_str();
    let title = match outline.first() {
        Some(first) => text.get(..first.range.end as usize),
        None => text.get(..text.find('\n').unwrap_or(text.len())),
    };
    let title = title.unwrap_or("");
    let named = |signs: &[char]| title.contains(signs);
    let most = counts.iter().copied().max().unwrap_or(0);
    // Of equals the lower one: whoever reports to a higher government names that too.
    let by_count = [County, City, Province]
        .into_iter()
        .zip(counts)
        .find(|(_, count)| *count == most && most > 0)
        .map(|(level, _)| level);
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
