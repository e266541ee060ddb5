//! A name of money with its amount beside it: 其中：省级补助 120.50, in one cell, in two, or in a line of text.

use super::pieces::{Class, Piece};
use super::values::Reader;
use crate::facts::columns::{bare, unit_in};
use crate::words::lexicon::{Layout, Lexicon, lexicon};
use std::ops::Range;

static NAMES: Lexicon = lexicon!(Layout::lists(
    include_str!("../../../data/fund_names.tsv"),
    &KINDS
));
const KINDS: [&str; 4] = ["whole", "part", "income", "spending"];

/// The characters of the longest name of money.
const LONGEST_NAME: usize = 22;

/// A name of money and the amount beside it.
#[derive(Clone, Debug)]
pub(super) struct Labelled<'d> {
    /// The name without what stands in brackets and without 其中.
    pub label: String,
    /// The name as it stands.
    pub name: Piece<'d>,
    /// The amount, where one is printed.
    pub amount: Option<Piece<'d>>,
    /// What stands before the name in its line.
    pub before: Option<Piece<'d>>,
    /// The unit that the name or what stands before it gives.
    pub unit: Option<String>,
}

/// Without 其中 and what parts it from the name.
pub(super) fn own_name(label: &str) -> &str {
    label
        .trim_start_matches("其中")
        .trim_start_matches(['：', ':', '，', ',', ' '])
}

fn is_of(kind: &str, fits: impl Fn(&str) -> bool) -> bool {
    let words = NAMES
        .entries
        .iter()
        .filter(|word| KINDS[word.kind as usize] == kind);
    words.into_iter().any(|word| fits(NAMES.word(*word)))
}

impl Labelled<'_> {
    /// 年度资金总额, 合计
    pub(super) fn is_whole(&self) -> bool {
        is_of("whole", |end| self.label.ends_with(end)) && !self.name.text.starts_with("其中")
    }

    /// 一般公共预算, 政府性基金: where the money of a department comes from.
    pub(super) fn is_income(&self) -> bool {
        is_of("income", |begin| self.label.starts_with(begin))
    }

    /// 基本支出, 项目支出: what a department's money is spent on.
    pub(super) fn is_spending(&self) -> bool {
        is_of("spending", |begin| self.label.starts_with(begin))
    }

    /// 按收入性质分 and 按支出性质分
    pub(super) fn is_nature(&self) -> bool {
        self.label.contains("性质分")
    }
}

fn is_name(label: &str) -> bool {
    let short = label.chars().count() <= LONGEST_NAME && label.chars().count() >= 2;
    let plain = !label.contains(['。', '；', '，', ',', '、', '|']);
    let known = || {
        label.contains("性质分")
            || is_of("whole", |end| label.ends_with(end))
            || is_of("part", |end| label.ends_with(end))
            || is_of("income", |begin| label.starts_with(begin))
            || is_of("spending", |begin| label.starts_with(begin))
    };
    short && plain && known()
}

/// The amount at the end of a text, with its unit, and what stands before it.
fn amount_at_end(text: &str) -> Option<Range<usize>> {
    let ends = ["万元", "亿元", "千元", "元"];
    let unit = ends
        .iter()
        .find(|unit| text.ends_with(**unit))
        .map_or(0, |unit| unit.len());
    let body = text[..text.len() - unit].trim_end();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let start = body.trim_end_matches(digits).len();
    let found = body[start..].starts_with(|c: char| c.is_ascii_digit());
    (found && start > 0).then_some(start..text.len())
}

/// A name with the amount in the same cell or line, or with a colon behind it and nothing more.
pub(super) fn in_one<'d>(range: &Range<u32>, reader: &Reader<'d>) -> Option<Labelled<'d>> {
    let whole = reader.document.text(range);
    // A long text is a sentence.
    if whole.len() > 240 {
        return None;
    }
    let text = whole.trim();
    let from = range.start + (text.as_ptr() as usize - whole.as_ptr() as usize) as u32;
    let amount = amount_at_end(text);
    let head = amount
        .as_ref()
        .map_or(text, |amount| text[..amount.start].trim_end());
    if amount.is_none() && !text.ends_with([':', '：']) && !is_name(own_name(&bare(text))) {
        return None;
    }
    // 某项目补助资金合计（万元） 年度资金总额：1084.25: the name is the last word.
    let name = head.trim_end_matches([':', '：', ' ']);
    let last = name
        .rfind(|c: char| c.is_whitespace())
        .map_or(0, |at| at + name[at..].chars().next().map_or(1, char::len_utf8));
    let label = bare(&name[last..]);
    let label = own_name(&label);
    if !is_name(label) {
        return None;
    }
    let piece =
        |part: Range<usize>| Piece::of(reader.document, from + part.start as u32..from + part.end as u32);
    let unit = unit_in(&name[last..]).or_else(|| unit_in(name[..last].trim()));
    Some(Labelled {
        label: label.to_owned(),
        before: (!name[..last].trim().is_empty()).then(|| piece(0..name[..last].trim_end().len())),
        name: piece(last..name.len()),
        amount: amount.map(piece),
        unit: unit.map(str::to_owned),
    })
}

/// The value behind a key at the beginning of a line: 项目名称：农村公路养护。
pub(super) fn value_of(line: &str, key: &str) -> Option<Range<usize>> {
    let rest = line.strip_prefix(key)?;
    let value = rest
        .strip_prefix(['：', ':'])?
        .trim()
        .trim_end_matches(['。', '；', ';']);
    let start = value.as_ptr() as usize - line.as_ptr() as usize;
    (!value.is_empty()).then_some(start..start + value.len())
}

/// Whether a cell holds an amount of money, perhaps with a remark in brackets behind it.
fn is_amount(piece: &Piece) -> bool {
    let measured = matches!(piece.class(), Class::Bare | Class::Measure) && !piece.text.ends_with('%');
    let remarked = || {
        let digits = piece
            .text
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        digits.len() < piece.text.len() && ["万", "亿", "元"].iter().any(|unit| digits.starts_with(unit))
    };
    measured || remarked()
}

/// 854万元（…）其中：财政拨款: lines that were joined are an amount and the next name again.
fn unjoined<'d>(piece: &Piece<'d>, reader: &Reader<'d>) -> Vec<Piece<'d>> {
    let text = reader.document.text(&piece.range);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return vec![piece.clone()];
    }
    let bracket = text
        .rfind(['）', ')'])
        .map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let parts = text
        .find("其中")
        .filter(|at| *at > 0)
        .or(bracket.filter(|at| *at < text.len()));
    let Some(at) = parts.filter(|at| is_name(own_name(&bare(&text[*at..])))) else {
        return vec![piece.clone()];
    };
    let place = piece.range.start + at as u32;
    let part = |range| Piece::of(reader.document, range);
    vec![part(piece.range.start..place), part(place..piece.range.end)]
}

/// The names of money among cells in the order of the text, each with the amount in it or in the cell behind it.
pub(super) fn in_cells<'p, 'd: 'p>(
    pieces: impl Iterator<Item = &'p Piece<'d>>,
    reader: &Reader<'d>,
) -> Vec<Labelled<'d>> {
    let filled: Vec<Piece> = pieces
        .filter(|piece| !piece.is_empty() && !piece.covered)
        .flat_map(|piece| unjoined(piece, reader))
        .collect();
    let mut found: Vec<Labelled> = Vec::new();
    let mut unit: Option<String> = None;
    for (at, piece) in filled.iter().enumerate() {
        if let Some(named) = unit_in(&piece.text) {
            unit = Some(named.to_owned());
        }
        let Some(mut labelled) = in_one(&piece.range, reader) else {
            continue;
        };
        if labelled.amount.is_none() {
            let next = filled.get(at + 1).filter(|next| is_amount(next));
            labelled.amount = next.map(|next| (*next).clone());
        }
        labelled.unit = labelled.unit.or_else(|| unit.clone());
        found.push(labelled);
    }
    found
}
