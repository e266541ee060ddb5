//! A cell's text to what it looks like: a group's name, a number, a comparison, a sentence.

use crate::document::{Cell, Document};
use crate::facts::columns::{Column, column_of};
use crate::words::lexicon::{Layout, Lexicon, lexicon};
use crate::words::may_hold_blank;
use crate::words::script::simplified;
use std::borrow::Cow;
use std::ops::Range;

/// A cell before its meaning is known.
#[derive(Clone, Debug)]
pub(super) struct Piece<'d> {
    /// Without blanks around it, line breaks and the blanks that stand between two Chinese characters.
    pub text: Cow<'d, str>,
    /// Where it stands in the view.
    pub range: Range<u32>,
    /// The cell is merged and began in a row above.
    pub covered: bool,
    /// The cell is merged with rows below.
    pub merged: bool,
    /// How many columns of a grid it covers.
    pub columns: u32,
    class: Class,
    column: Option<Column>,
}

/// What a cell looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Nothing is written.
    Empty,
    /// `/ - —`
    Dash,
    /// 产出指标, 效益指标 …
    First,
    /// 数量指标, 经济效益指标 …
    Second,
    /// 成本指标: of the first level in one scheme, of the second in the other.
    Either,
    /// ≥46公里
    Comparison,
    /// ≥ alone
    Sign,
    /// 47.2公里
    Measure,
    /// 100%
    Percent,
    /// 10
    Bare,
    /// A few words.
    Words,
    /// A sentence.
    Long,
}

impl Class {
    /// 600 84.66% —: a cell of its own in a row that only blanks part.
    pub(super) fn is_figure(self) -> bool {
        matches!(self, Class::Bare | Class::Percent | Class::Dash)
    }
}

impl<'d> Piece<'d> {
    /// The piece of a view range.
    pub(super) fn of(document: &'d Document, range: Range<u32>) -> Piece<'d> {
        Piece::new(tidy(document.text(&range)), range)
    }

    /// A piece with this text, tidy already. What it looks like is asked for many times and found out once.
    pub(super) fn new(text: impl Into<Cow<'d, str>>, range: Range<u32>) -> Piece<'d> {
        let text = text.into();
        Piece {
            class: class_of(&text),
            column: column_of(&text),
            text,
            range,
            covered: false,
            merged: false,
            columns: 1,
        }
    }

    /// The piece of a cell, with what it covers.
    pub(super) fn of_cell(document: &'d Document, cell: &Cell) -> Piece<'d> {
        Piece {
            merged: cell.rows > 1,
            columns: cell.columns.max(1),
            ..Piece::of(document, cell.range.clone())
        }
    }

    /// The same piece in a row below the one in which it began.
    pub(super) fn covered(mut self) -> Piece<'d> {
        self.covered = true;
        self
    }

    /// An empty piece at a place.
    pub(super) fn empty(at: u32) -> Piece<'d> {
        Piece::new("", at..at)
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    #[inline]
    pub(super) fn class(&self) -> Class {
        self.class
    }

    /// What it says as a header.
    #[inline]
    pub(super) fn column(&self) -> Option<Column> {
        self.column
    }
}

/// A blank of any width, or of none; no letter of Chinese is asked about twice.
fn is_blank(c: char) -> bool {
    c <= '\u{3000}' && (c.is_whitespace() || c == '\u{200B}')
}

/// Without line breaks and blanks beside Chinese characters, and in simplified ones: 產 出 指 標 → 产出指标.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.bytes().all(|byte| (b'!'..=b'~').contains(&byte)) {
        return Cow::Borrowed(text);
    }
    if !may_hold_blank(text) || !text.contains(is_blank) {
        return simplified(text);
    }
    let latin = |c: char| c.is_ascii_alphanumeric();
    let mut tidied = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_blank) {
        tidied.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches(is_blank);
        if tidied.ends_with(latin) && rest.starts_with(latin) {
            tidied.push(' ');
        }
    }
    tidied.push_str(rest);
    match simplified(&tidied) {
        Cow::Owned(simple) => Cow::Owned(simple),
        Cow::Borrowed(_) => Cow::Owned(tidied),
    }
}

static GROUPS: Lexicon = lexicon!(Layout::lists(
    include_str!("../../../data/groups.tsv"),
    &["first", "second"]
));

/// Whether a label names a 一级指标 (without its weight).
pub(super) fn is_first(label: &str) -> bool {
    GROUPS.exactly(label).any(|word| word.kind == 0)
}

/// Whether a label names a 二级指标 (without its weight).
pub(super) fn is_second(label: &str) -> bool {
    GROUPS.exactly(label).any(|word| word.kind == 1)
}

/// The longest name of a group with which a text begins.
pub(super) fn group_at(text: &str) -> Option<&'static str> {
    GROUPS.beginning(text).next().map(|word| GROUPS.word(word))
}

/// A label and the weight in brackets or after it: 产出指标（50分） → (产出指标, 50).
pub(super) fn label_and_weight(text: &str) -> (&str, Option<&str>) {
    let whole = (text, None);
    let Some(open) = text.find(['（', '(']) else {
        return match text.strip_suffix('分') {
            Some(bare) => {
                let label = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
                if label.is_empty() || label.len() == bare.len() {
                    whole
                } else {
                    (label, Some(&bare[label.len()..]))
                }
            }
            None => whole,
        };
    };
    let inner = text[open..].trim_start_matches(['（', '(']);
    let Some(close) = inner.find(['）', ')']) else {
        return whole;
    };
    let rest = inner[close..].trim_start_matches(['）', ')']);
    let number = inner[..close].trim().trim_end_matches('分').trim();
    if number.is_empty() || !(rest.is_empty() || rest == "分") {
        return whole;
    }
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let label = text[..open].trim_end();
    match number.chars().all(digits) {
        true => (label, Some(number)),
        // 产出指标（40-50分）: between which ends the weight may lie.
        false
            if number.chars().all(|c| digits(c) || "-—－–~～至".contains(c))
                && number.starts_with(digits) =>
        {
            (label, None)
        }
        false => whole,
    }
}

fn class_of(text: &str) -> Class {
    if text.is_empty() {
        return Class::Empty;
    }
    // Half of the cells of a form are digits and nothing else.
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Class::Bare;
    }
    if is_dash(text) {
        return Class::Dash;
    }
    if let Some(class) = group_class(text) {
        return class;
    }
    if matches!(text, "≥" | "≤" | "=" | ">" | "<" | "＝" | "＞" | "＜" | "定性") {
        return Class::Sign;
    }
    if text.starts_with(['≥', '≤', '=', '>', '<', '＝', '＞', '＜', '≧', '≦']) {
        return Class::Comparison;
    }
    numeric(text).unwrap_or(if text.len() > 20 && text.chars().nth(20).is_some() {
        Class::Long
    } else {
        Class::Words
    })
}

/// The labels of groups, 产出指标（50分）, 数量指标.
fn group_class(text: &str) -> Option<Class> {
    let weighed = text.ends_with(['）', ')', '分']);
    if !weighed && text.len() > LONGEST_LABEL {
        return None;
    }
    let (label, weight) = match weighed {
        true => label_and_weight(text),
        false => (text, None),
    };
    let label = match label.contains(char::is_whitespace) {
        true => Cow::Owned(label.chars().filter(|c| !c.is_whitespace()).collect()),
        false => Cow::Borrowed(label),
    };
    let level = |level: u16| GROUPS.exactly(&label).any(|word| word.kind == level);
    let known = GROUPS.exactly(&label).next().is_some();
    if label == "成本指标" && weight.is_none() {
        Some(Class::Either)
    } else if known && level(0) {
        Some(Class::First)
    } else if known || (weight.is_some() && label.ends_with("指标")) {
        Some(Class::Second)
    } else {
        None
    }
}

/// The bytes of the longest label, with a blank beside each of its characters.
const LONGEST_LABEL: usize = 72;

/// A text that begins with digits and holds few other characters.
fn numeric(text: &str) -> Option<Class> {
    let digits =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | ',' | '，' | '．');
    let body = text.strip_prefix(['-', '－', '+', '加', '扣']).unwrap_or(text);
    let rest = body.trim_start_matches(digits);
    if rest.len() == body.len() {
        return None;
    }
    match rest.trim() {
        "" | "分" => Some(Class::Bare),
        "%" | "％" => Some(Class::Percent),
        unit if unit.chars().count() <= 8 && !unit.contains(['年', '，', '。']) => Some(Class::Measure),
        _ => None,
    }
}

/// `/ - — 无`: a cell that says that nothing belongs there.
pub(super) fn is_dash(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| matches!(c, '/' | '-' | '—' | '－' | '–' | '─' | '／' | '\\'))
}

/// `……`, `指标2：`, `…`: a row of the template that nobody used.
pub(super) fn is_unused(name: &str) -> bool {
    let bare = name.trim_end_matches(['：', ':', '.', '、', ' ']);
    let number = bare
        .strip_prefix("指标")
        .map(|rest| rest.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()));
    bare.chars().all(|c| matches!(c, '…' | '.' | '·')) || number == Some("")
}

/// 600 84.66% —: a cell of its own in a row that only blanks part.
pub(super) fn is_figure(word: &str) -> bool {
    class_of(word).is_figure()
}

/// Whether a text is the label of a group, with or without a weight.
pub(super) fn is_group(text: &str) -> bool {
    matches!(class_of(text), Class::First | Class::Second | Class::Either)
}
