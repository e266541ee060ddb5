//! Numerals that state no quantity: dates, document numbers, codes, list marks and ordinals, by what stands around them.

use super::NumberKind;
use crate::quantity::numeral::Numeral;
use crate::quantity::signs::{Letters, Sign, sign};
use crate::quantity::{Ratio, UnitTable};
use std::ops::Range;

/// A masked stretch of text.
#[derive(Clone, PartialEq, Debug)]
pub struct Mask {
    /// What it is.
    pub kind: NumberKind,
    /// All of it: 2020年12月31日, 〔2020〕6号.
    pub range: Range<usize>,
}

/// A numeral with its surroundings.
pub struct Place<'a> {
    /// The text.
    pub text: &'a str,
    /// Where the numeral begins.
    pub start: usize,
    /// The whole number in digits that begins here, and where it ends; nothing for 百分之五 and the like.
    pub whole: Option<(u32, usize)>,
    /// How many Arabic digits the whole number has.
    pub digits: usize,
    /// Whether it is in Arabic digits.
    pub arabic: bool,
}

/// The mask over the numeral that begins at `start`, if there is one.
pub fn at(text: &str, start: usize, numeral: Option<&Numeral>, units: &UnitTable) -> Option<Mask> {
    if numeral.is_some_and(|numeral| is_free(text, start, numeral)) {
        return None;
    }
    let place = Place::new(text, start, numeral);
    let end = place.whole.map_or(start, |(_, end)| end);
    let found = place
        .ordinal(numeral, units)
        .map(|range| (NumberKind::Ordinal, range))
        .or_else(|| place.document().map(|range| (NumberKind::Code, range)))
        .or_else(|| place.date().map(|end| (NumberKind::Date, start..end)))
        .or_else(|| place.telephone().map(|end| (NumberKind::Code, start..end)))
        .or_else(|| place.code(end, units).map(|range| (NumberKind::Code, range)))
        .or_else(|| place.list_mark().map(|range| (NumberKind::Ordinal, range)))?;
    Some(Mask {
        kind: found.0,
        range: found.1,
    })
}

/// The last letters of words before which a number is none, and opening brackets.
static LEADS: Letters = Letters::of("第件表录图注栏向项段目型阶〔[［【（(﹝﹙{");
/// The first letters and signs of what makes something else of the digits before it.
static FOLLOWS: Letters =
    Letters::of("级届等年世线型类期号国省县乡:：时点點月季日-—–－~～至到、/.．─一和）)");

/// Whether the letters around a numeral show that no mask can lie over it: this is so of most numbers.
fn is_free(text: &str, start: usize, numeral: &Numeral) -> bool {
    const LONG: u32 = 11;
    let bytes = text.as_bytes();
    let (before, after) = (&text[..start], &text[numeral.end..]);
    let part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let joined = before.as_bytes().last().is_some_and(part) || after.as_bytes().first().is_some_and(part);
    let leading = numeral.arabic && matches!(bytes[start], b'0' | 0xEF);
    if joined || leading || numeral.signs >= LONG {
        return false;
    }
    let last = before.chars().rev().find(|c| !is_blank(*c));
    let mut behind = after.chars();
    let next = behind.next();
    let far = match next {
        Some(c) if is_blank(c) => behind.find(|c| !is_blank(*c)),
        _ => next,
    };
    !last.is_some_and(|c| LEADS.has(c)) && !far.is_some_and(|c| FOLLOWS.has(c))
}

impl<'a> Place<'a> {
    fn new(text: &'a str, start: usize, numeral: Option<&Numeral>) -> Place<'a> {
        let arabic = matches!(text[start..].chars().next().map(sign), Some(Sign::Arabic(_)));
        let (whole, digits) = if arabic {
            let (value, end, digits) = digit_run(text, start);
            (Some((value, end)), digits)
        } else {
            let small = numeral.filter(|n| n.high.is_none() && n.approx.is_none() && n.value.is_whole());
            let value = small.and_then(|n| {
                (0..10_000)
                    .contains(&whole_of(n.value)?)
                    .then_some((whole_of(n.value)?, n.end))
            });
            (value.map(|(value, end)| (value as u32, end)), 0)
        };
        Place {
            text,
            start,
            whole,
            digits,
            arabic,
        }
    }

    /// The text before it without blanks at its end.
    pub fn before(&self) -> &'a str {
        self.text[..self.start].trim_end_matches(is_blank)
    }

    /// 第N, 附件N, 表N, N级: the number orders and does not count.
    fn ordinal(&self, numeral: Option<&Numeral>, units: &UnitTable) -> Option<Range<usize>> {
        let end = self.whole.map(|(_, end)| end).or(numeral.map(|n| n.end))?;
        let before = self.before();
        if let Some(rest) = before.strip_suffix('第') {
            // 第2.3条
            let end = numeral.map_or(end, |numeral| numeral.end.max(end));
            let unit = units
                .longest_at(&self.text[end..])
                .map_or(0, |(_, length)| length);
            return Some(rest.len()..end + unit);
        }
        let led = before.chars().next_back().is_some_and(|last| LEADS.has(last));
        const WORDS: &[&str] = &[
            "附件", "附表", "附录", "附图", "附注", "专栏", "方向", "子项", "标段", "项目", "类型", "阶段",
        ];
        for word in if led { WORDS } else { &[] } {
            let counts = || word.len() == "方向".len() && !word.starts_with('附') && self.unit_at(end, units);
            if before.ends_with(*word) && before.len() == self.start && !counts() {
                return Some(before.len() - word.len()..end);
            }
        }
        let labelled = before.ends_with(['表', '图', '注']) && before.len() == self.start;
        if labelled && !self.unit_at(end, units) {
            return Some(before.len() - 3..end);
        }
        const BUILT: &[&str] = &["项目", "工程", "建设", "改造", "规划"];
        if !self.arabic
            && self.text[end..].starts_with('期')
            && BUILT.iter().any(|word| before.ends_with(word))
        {
            return Some(self.start..end + "期".len());
        }
        const GRADED: &[&str] = &[
            "级",
            "届",
            "等奖",
            "年代",
            "世纪",
            "年级",
            "线城市",
            "型糖",
            "类地区",
            "类事业",
            "期工程",
            "期项目",
            "期建设",
            "等次",
        ];
        let next = self.text[end..].chars().next();
        let may = next.is_some_and(|next| FOLLOWS.has(next));
        let graded = if may { GRADED } else { &[] };
        graded
            .iter()
            .find(|word| self.text[end..].starts_with(**word))
            .map(|word| self.start..end + word.len())
    }

    fn unit_at(&self, at: usize, units: &UnitTable) -> bool {
        let rest = self.text[at..].trim_start_matches(is_blank);
        units.longest_at(rest).is_some() || rest.starts_with(['万', '亿', '多', '余', '.', '．'])
    }

    /// 〔2020〕6号, 第6号, 107国道.
    fn document(&self) -> Option<Range<usize>> {
        let (value, end) = self.whole?;
        let rest = &self.text[end..];
        if self.digits == 4 && is_year(value) && self.before().ends_with(OPENERS) {
            let open = self.before().len() - self.before().chars().next_back()?.len_utf8();
            let after = skip(self.text, end);
            let closer = self.text[after..]
                .chars()
                .next()
                .filter(|c| CLOSERS.contains(c))?;
            let number = skip(self.text, after + closer.len_utf8());
            let number = number
                + if self.text[number..].starts_with('第') {
                    "第".len()
                } else {
                    0
                };
            let (_, stop, digits) = digit_run(self.text, number);
            let stop = skip(self.text, stop);
            return (digits > 0 && self.text[stop..].starts_with('号')).then(|| open..stop + "号".len());
        }
        let after = rest.trim_start_matches(is_blank);
        const WORDS: &[&str] = &["号", "国道", "省道", "县道", "乡道", "号线"];
        let word = WORDS.iter().find(|word| after.starts_with(**word))?;
        let close = rest.len() - after.len() <= 1 || *word == "号";
        (close && !after.starts_with("号召")).then(|| self.start..self.text.len() - after.len() + word.len())
    }

    /// 0731-28681234, 13800138000, and long rows of digits.
    fn telephone(&self) -> Option<usize> {
        let (_, end) = self.whole?;
        if !self.arabic {
            return None;
        }
        if (3..=4).contains(&self.digits) && self.text[self.start..].starts_with('0') {
            let mark = self.text[end..]
                .chars()
                .next()
                .filter(|c| matches!(c, '-' | '—' | '－'))?;
            let (_, stop, digits) = digit_run(self.text, end + mark.len_utf8());
            return (7..=8).contains(&digits).then_some(stop);
        }
        let mobile = self.digits == 11 && self.text[self.start..].starts_with('1');
        let next = self.text[end..].trim_start_matches(is_blank).chars().next();
        let counted = next.is_some_and(|c| matches!(c, '元' | '万' | '亿' | '.' | '人'));
        ((mobile || self.digits > 11) && !counted).then_some(end)
    }

    /// ISO9001, 5G, 510000_0013zp, 1.2.3: letters and digits without a blank between.
    fn code(&self, end: usize, units: &UnitTable) -> Option<Range<usize>> {
        if !self.arabic {
            return None;
        }
        let bytes = self.text.as_bytes();
        let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let begin = (0..self.start)
            .rev()
            .take_while(|i| is_part(bytes[*i]))
            .last()
            .unwrap_or(self.start);
        let joined = begin < self.start;
        let stop = word_end(self.text, end);
        let rest = &self.text[end..];
        let unit = units.longest_at(rest).map_or(0, |(_, length)| length);
        let lettered = stop > end && end + unit < stop && !rest.starts_with(['.', '-', '/', '~', '+', '%']);
        let dotted =
            version_end(self.text, self.start).filter(|stop| !self.text[*stop..].starts_with(is_percent));
        if joined || lettered {
            return Some(begin..stop.max(end));
        }
        dotted.map(|stop| self.start..stop)
    }

    /// `1.` `1、` `（1）` at the start of a line or after a full stop.
    fn list_mark(&self) -> Option<Range<usize>> {
        let (_, end) = self.whole?;
        let rest = &self.text[end..];
        let before = self.before();
        if before.ends_with(['（', '(']) && rest.starts_with(['）', ')']) {
            let open = before.len() - before.chars().next_back()?.len_utf8();
            return Some(open..end + rest.chars().next()?.len_utf8());
        }
        let begins = before.is_empty() || before.ends_with(['\n', '。', '；', '：', '|', ';']);
        if !begins || self.digits > 2 {
            return None;
        }
        let mark = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '.' | '．' | '、' | ')' | '）'))?;
        let after = &rest[mark.len_utf8()..];
        // 1.5倍 begins with a decimal, 1.2020年 with a list mark.
        let year = matches!(digit_run(after, 0), (year, end, 4) if is_year(year) && after[end..].trim_start_matches(is_blank).starts_with('年'));
        let decimal =
            matches!(after.chars().next().map(sign), Some(Sign::Arabic(_))) && mark != '）' && mark != ')';
        (!decimal || year).then(|| self.start..end + mark.len_utf8())
    }
}

const OPENERS: &[char] = &['〔', '[', '［', '【', '（', '(', '﹝', '﹙', '{'];
const CLOSERS: &[char] = &['〕', ']', '］', '】', '）', ')', '﹞', '﹚', '}'];

fn is_blank(c: char) -> bool {
    sign(c) == Sign::Blank
}

fn is_percent(c: char) -> bool {
    matches!(c, '%' | '％')
}

/// Past blanks.
pub fn skip(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(is_blank).len()
}

/// Whether a number can be a year.
pub fn is_year(value: u32) -> bool {
    (1949..2100).contains(&value)
}

fn whole_of(value: Ratio) -> Option<i64> {
    value.to_whole()
}

/// A run of Arabic digits at `at`: its value (as far as it fits), its end, and how many digits.
pub fn digit_run(text: &str, at: usize) -> (u32, usize, usize) {
    let (mut value, mut end, mut count) = (0u32, at, 0);
    for c in text[at..].chars() {
        let Sign::Arabic(digit) = sign(c) else { break };
        value = value.saturating_mul(10).saturating_add(u32::from(digit));
        end += c.len_utf8();
        count += 1;
    }
    (value, end, count)
}

/// Where a run of letters, digits, `_` and `-` ends.
fn word_end(text: &str, at: usize) -> usize {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let length = text.as_bytes()[at..].iter().take_while(|b| part(b)).count();
    let word = &text[at..at + length];
    at + word.trim_end_matches('-').len()
}

/// Three numbers and more with points between: 1.2.3, 10.0.0.1.
fn version_end(text: &str, at: usize) -> Option<usize> {
    let (mut end, mut parts) = (digit_run(text, at).1, 1);
    while text[end..].starts_with('.') {
        let (_, stop, digits) = digit_run(text, end + 1);
        if digits == 0 {
            break;
        }
        (end, parts) = (stop, parts + 1);
    }
    (parts >= 3).then_some(end)
}
