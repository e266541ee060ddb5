//! Words and signs directly before and after a number: bounds (≥ 以上), approximation (约 余), change (下降).

use super::cues::{Edges, edges};
use crate::quantity::{Approx, Bound};
use crate::words::lexicon::{Layout, lexicon};

/// What stands around a number, and how far it reaches.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Modifiers {
    /// A comparison.
    pub bound: Option<Bound>,
    /// A word of approximation.
    pub approx: Option<Approx>,
    /// How many bytes it takes.
    pub length: usize,
}

type Word = (&'static str, Option<Bound>, Option<Approx>);

const BEFORE: [Word; 8] = [
    ("before ≥", Some(Bound::AtLeast), None),
    ("before ≤", Some(Bound::AtMost), None),
    ("about", None, Some(Approx::About)),
    ("nearly", None, Some(Approx::Nearly)),
    ("over", None, Some(Approx::Over)),
    ("before >", Some(Bound::Above), None),
    ("before <", Some(Bound::Below), None),
    ("before =", Some(Bound::Exactly), None),
];

const AFTER: [Word; 4] = [
    ("after ≥", Some(Bound::AtLeast), None),
    ("after ≤", Some(Bound::AtMost), None),
    ("after ~", None, Some(Approx::About)),
    ("after +", None, Some(Approx::Over)),
];

const BEFORE_KINDS: [&str; 8] = kinds(&BEFORE);
const AFTER_KINDS: [&str; 4] = kinds(&AFTER);
static LEFT: Edges = edges!(&BEFORE_KINDS);
static RIGHT: Edges = edges!(&AFTER_KINDS);
static CHANGE: Edges = edges!(&["level", "rise", "fall"]);

const fn kinds<const N: usize>(words: &[Word; N]) -> [&'static str; N] {
    let (mut kinds, mut at) = ([""; N], 0);
    while at < N {
        kinds[at] = words[at].0;
        at += 1;
    }
    kinds
}

fn modifiers((_, bound, approx): Word, length: usize) -> Modifiers {
    Modifiers {
        bound,
        approx,
        length,
    }
}

/// The modifiers that end where `number` begins. Blanks may stand between.
pub fn before(text: &str, number: &str) -> Modifiers {
    let bare = text.trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    let Some((word, kind)) = LEFT.ending(bare) else {
        return reaching(text, number).unwrap_or_else(|| at_a_distance(bare));
    };
    let found = modifiers(BEFORE[kind], text.len() - bare.len() + word.len());
    let ahead = bare[..bare.len() - word.len()].chars().next_back();
    // 最近3年, 附近20户, 通过12项, 节约100元, 预约30人: the word belongs to another one.
    let broken = match word {
        "近" => ahead.is_some_and(|c| "最附邻临靠新远亲就".contains(c)),
        "约" => ahead.is_some_and(|c| "节预签合违条公制履续邀集契".contains(c)),
        "过" => !ahead.is_some_and(|c| "超已".contains(c)) && !number.starts_with("半数"),
        "超" => ahead.is_some_and(|c| "高赶反彩B".contains(c)),
        "《" | "》" => true,
        "高达" | "多达" => ahead == Some('最'),
        "最高" | "最低" => ahead.is_some_and(|c| c == '的'),
        _ => false,
    };
    if broken { Modifiers::default() } else { found }
}

/// 上千人, 上百家: the letter before a bare multiplier.
fn reaching(text: &str, number: &str) -> Option<Modifiers> {
    let ahead = text.strip_suffix('上')?;
    // 在此基础上百分之五
    let share = number.chars().nth(1) == Some('分');
    let bare = number.starts_with(['百', '千', '万']) && !share && !ahead.ends_with(['以', '线', '网', '之']);
    bare.then(|| modifiers(("over", None, Some(Approx::Over)), "上".len()))
}

/// 至少完成10项: one verb may stand between the word and the number; it stays outside the number.
fn at_a_distance(text: &str) -> Modifiers {
    let Some((cut, _)) = text.char_indices().rev().nth(1) else {
        return Modifiers::default();
    };
    let ahead = &text[..cut];
    if !ahead.ends_with(['少', '多']) {
        return Modifiers::default();
    }
    let bound = match () {
        () if ahead.ends_with("至少") || ahead.ends_with("最少") => Some(Bound::AtLeast),
        () if ahead.ends_with("至多") || ahead.ends_with("最多") => Some(Bound::AtMost),
        () => None,
    };
    Modifiers {
        bound,
        ..Modifiers::default()
    }
}

/// The modifiers that begin where a number ends.
pub fn after(text: &str) -> Modifiers {
    let bare = text.trim_start_matches([' ', '\u{3000}', '\u{a0}']);
    let Some((word, kind)) = RIGHT.beginning(bare) else {
        return Modifiers::default();
    };
    let found = modifiers(AFTER[kind], text.len() - bare.len() + word.len());
    let next = &bare[word.len()..];
    let broken = match word {
        "内" => next.starts_with([
            '部', '容', '外', '涵', '地', '陆', '部', '设', '科', '在', '资', '生',
        ]),
        "多" => next.starts_with(['样', '元', '层', '功', '种', '方', '媒', '发', '次']),
        "余" => next.starts_with(['额', '款', '下', '姚', '杭']),
        "上下" => next.starts_with(['游', '联', '级']),
        _ => false,
    };
    if broken { Modifiers::default() } else { found }
}

/// The sign of the change that the words before a number state. A word followed by 到 or 至 leads to a level.
pub fn change(before: &str) -> i8 {
    let bare = before.trim_end_matches([' ', '\u{3000}', '了', '约', '近', '超', '逾', '过']);
    match CHANGE.ending(bare) {
        Some((_, 1)) => 1,
        Some((_, 2)) => -1,
        _ => 0,
    }
}
