//! The signs and words between the values of a formula, each spelling with the one that is written.

/// What a sign is, as far as blanks around it go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// A blank on both sides.
    Between,
    /// 并且, 或者: may begin a line.
    Joint,
    /// Plus a number or minus it.
    Minus,
    /// An opening bracket; round ones leave an end of an interval out.
    Open(bool),
    /// A closing bracket.
    Shut(bool),
    /// ，
    Comma,
    /// 、
    Pause,
    /// ；
    Semicolon,
    /// A full stop, which says nothing.
    Stop,
}

use Sign::*;

const SIGNS: &[(&str, Sign, &str)] = &[
    ("并且", Joint, "并且"),
    ("或者", Joint, "或者"),
    ("并非", Between, "并非"),
    ("属于", Between, "属于"),
    ("包含", Between, "包含"),
    ("有值", Between, "有值"),
    ("已填", Between, "有值"),
    ("无值", Between, "无值"),
    ("未填", Between, "无值"),
    ("若无", Between, "若无"),
    ("得", Between, "得"),
    ("计", Between, "得"),
    ("大于或等于", Between, "≥"),
    ("大于等于", Between, "≥"),
    ("不低于", Between, "≥"),
    ("不少于", Between, "≥"),
    ("不小于", Between, "≥"),
    ("至少", Between, "≥"),
    ("小于或等于", Between, "≤"),
    ("小于等于", Between, "≤"),
    ("不超过", Between, "≤"),
    ("不高于", Between, "≤"),
    ("不大于", Between, "≤"),
    ("至多", Between, "≤"),
    ("不等于", Between, "≠"),
    ("等于", Between, "="),
    ("高于", Between, ">"),
    ("超过", Between, ">"),
    ("大于", Between, ">"),
    ("低于", Between, "<"),
    ("不足", Between, "<"),
    ("小于", Between, "<"),
    ("≥", Between, "≥"),
    ("≧", Between, "≥"),
    (">=", Between, "≥"),
    ("＞＝", Between, "≥"),
    (">＝", Between, "≥"),
    ("＞=", Between, "≥"),
    ("》=", Between, "≥"),
    ("》＝", Between, "≥"),
    ("≤", Between, "≤"),
    ("≦", Between, "≤"),
    ("<=", Between, "≤"),
    ("＜＝", Between, "≤"),
    ("<＝", Between, "≤"),
    ("＜=", Between, "≤"),
    ("《=", Between, "≤"),
    ("《＝", Between, "≤"),
    ("≠", Between, "≠"),
    ("!=", Between, "≠"),
    ("！=", Between, "≠"),
    ("！＝", Between, "≠"),
    ("<>", Between, "≠"),
    ("==", Between, "="),
    ("=", Between, "="),
    ("＝", Between, "="),
    (">", Between, ">"),
    ("＞", Between, ">"),
    ("》", Between, ">"),
    ("<", Between, "<"),
    ("＜", Between, "<"),
    ("《", Between, "<"),
    ("+", Between, "+"),
    ("＋", Between, "+"),
    ("-", Minus, "−"),
    ("－", Minus, "−"),
    ("−", Minus, "−"),
    ("﹣", Minus, "−"),
    ("×", Between, "×"),
    ("*", Between, "×"),
    ("＊", Between, "×"),
    ("✕", Between, "×"),
    ("÷", Between, "÷"),
    ("/", Between, "÷"),
    ("／", Between, "÷"),
    ("(", Open(true), "("),
    ("（", Open(true), "("),
    ("[", Open(false), "["),
    ("［", Open(false), "["),
    ("【", Open(false), "["),
    ("〔", Open(false), "["),
    (")", Shut(true), ")"),
    ("）", Shut(true), ")"),
    ("]", Shut(false), "]"),
    ("］", Shut(false), "]"),
    ("】", Shut(false), "]"),
    ("〕", Shut(false), "]"),
    ("，", Comma, "，"),
    (",", Comma, "，"),
    ("、", Pause, "、"),
    ("﹑", Pause, "、"),
    ("；", Semicolon, "；"),
    (";", Semicolon, "；"),
    ("。", Stop, ""),
];

/// The sign with which a text begins, the longest one where several fit: how many bytes it takes, what it is, and
/// what is written for it.
pub fn beginning(text: &str) -> Option<(usize, Sign, &'static str)> {
    SIGNS
        .iter()
        .filter(|(spelling, _, _)| text.starts_with(spelling))
        .max_by_key(|(spelling, _, _)| spelling.len())
        .map(|(spelling, sign, written)| (spelling.len(), *sign, *written))
}
