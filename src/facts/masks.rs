//! Numerals that state no quantity: dates, document numbers, codes, list marks and ordinals, by what stands around them.

use super::NumberKind;
use crate::quantity::numeral::Numeral;
use crate::quantity::signs::{Sign, sign};
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
struct Place<'a> {
    text: &'a str,
    start: usize,
    /// The whole number in digits that begins here, and where it ends; nothing for 百分之五 and the like.
    whole: Option<(u32, usize)>,
    digits: usize,
    arabic: bool,
}

/// The mask over the numeral that begins at `start`, if there is one.
pub fn at(text: &str, start: usize, numeral: Option<&Numeral>, units: &UnitTable) -> Option<Mask> {
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

    fn before(&self) -> &'a str {
        self.text[..self.start].trim_end_matches(is_blank)
    }

    /// 第N, 附件N, 表N, N级: the number orders and does not count.
    fn ordinal(&self, numeral: Option<&Numeral>, units: &UnitTable) -> Option<Range<usize>> {
        let end = self.whole.map(|(_, end)| end).or(numeral.map(|n| n.end))?;
        let before = self.before();
        if let Some(rest) = before.strip_suffix('第') {
            let unit = units
                .longest_at(&self.text[end..])
                .map_or(0, |(_, length)| length);
            return Some(rest.len()..end + unit);
        }
        for word in [
            "附件", "附表", "附录", "附图", "附注", "专栏", "方向", "子项", "标段", "项目", "类型", "阶段",
        ] {
            let counts = word.len() == "方向".len() && !word.starts_with('附') && self.unit_at(end, units);
            if before.ends_with(word) && !counts && before.len() == self.start {
                return Some(before.len() - word.len()..end);
            }
        }
        let labelled = before.ends_with(['表', '图', '注']) && !self.unit_at(end, units);
        if labelled && before.len() == self.start {
            return Some(before.len() - 3..end);
        }
        let built = ["项目", "工程", "建设", "改造", "规划"]
            .iter()
            .any(|word| before.ends_with(word));
        if built && !self.arabic && self.text[end..].starts_with('期') {
            return Some(self.start..end + "期".len());
        }
        let graded = [
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
        let words = ["号", "国道", "省道", "县道", "乡道", "号线"];
        let word = words.iter().find(|word| after.starts_with(**word))?;
        let close = rest.len() - after.len() <= 1 || *word == "号";
        (close && !after.starts_with("号召")).then(|| self.start..self.text.len() - after.len() + word.len())
    }

    /// Where the date, the span of years or the time of day ends that begins here.
    fn date(&self) -> Option<usize> {
        let (value, end) = self.whole?;
        let chinese_year =
            !self.arabic && (1900..2100).contains(&value) && self.text[end..].starts_with('年');
        if (self.digits == 4 && is_year(value)) || chinese_year {
            return self.after_year(end);
        }
        if self.digits > 2 || value > 60 {
            return None;
        }
        let part_of_decimal = self.text[..self.start].ends_with(['.', '．']) && self.arabic;
        if part_of_decimal {
            return None;
        }
        self.clock(value, end).or_else(|| self.month_or_day(value, end))
    }

    fn after_year(&self, end: usize) -> Option<usize> {
        let text = self.text;
        let next = skip(text, end);
        if text[next..].starts_with('年') {
            let mut stop = next + "年".len();
            if text[stop..].starts_with('度') {
                stop += "度".len();
            }
            return Some(month_at(text, skip(text, stop)).unwrap_or(stop));
        }
        let mark = text[next..].chars().next()?;
        let (second, stop, digits) = digit_run(text, skip(text, next + mark.len_utf8()));
        if matches!(
            mark,
            '-' | '—' | '–' | '－' | '~' | '～' | '至' | '到' | '、' | '和' | '/' | '─' | '一'
        ) {
            let last = skip(text, stop);
            let joined = digits == 4 && is_year(second) || digits == 2 && mark != '、';
            if joined && text[last..].starts_with('年') {
                return Some(last + "年".len());
            }
            if digits == 4 && is_year(second) && mark == '、' {
                return Some(end);
            }
        }
        if matches!(mark, '.' | '-' | '/' | '．' | '－') && (1..=12).contains(&second) && digits <= 2 {
            let other = text[stop..].chars().next().filter(|c| *c == mark)?;
            let (day, stop, digits) = digit_run(text, stop + other.len_utf8());
            return (digits <= 2 && (1..=31).contains(&day)).then_some(stop);
        }
        None
    }

    /// 14:30, 8时30分, 上午9点.
    fn clock(&self, value: u32, end: usize) -> Option<usize> {
        let text = self.text;
        let mark = text[end..].chars().next()?;
        if matches!(mark, ':' | '：') && self.arabic && value < 25 {
            let (minutes, mut stop, digits) = digit_run(text, end + mark.len_utf8());
            if digits != 2 || minutes > 59 {
                return None;
            }
            if text[stop..].starts_with(mark) {
                stop = digit_run(text, stop + mark.len_utf8()).1;
            }
            return Some(stop);
        }
        let named = [
            "上午", "下午", "晚上", "晚", "早上", "早", "凌晨", "中午", "日", "每天",
        ];
        let told = named.iter().any(|word| self.before().ends_with(word));
        let hour = mark == '时' && !text[end..].starts_with("时间") || matches!(mark, '点' | '點') && told;
        if !hour || value > 24 {
            return None;
        }
        let after = end + mark.len_utf8();
        let (_, stop, digits) = digit_run(text, after);
        let minutes = digits > 0 && text[stop..].starts_with('分');
        Some(if minutes { stop + "分".len() } else { after })
    }

    /// 3月, 1—6月, 3月15日, 15日, 三季度.
    fn month_or_day(&self, value: u32, end: usize) -> Option<usize> {
        let text = self.text;
        let next = skip(text, end);
        if let Some(stop) = month_at(text, self.start) {
            return Some(stop);
        }
        if !self.arabic && (1..=12).contains(&value) && text[next..].starts_with('月') {
            return Some(next + "月".len());
        }
        let mark = text[next..].chars().next()?;
        if matches!(mark, '-' | '—' | '–' | '－' | '~' | '～' | '至' | '到' | '、') {
            let last = next
                + mark.len_utf8()
                + if text[next..].starts_with("——") {
                    "—".len()
                } else {
                    0
                };
            if let Some(stop) = month_at(text, skip(text, last)).filter(|_| (1..=12).contains(&value)) {
                return Some(stop);
            }
        }
        if text[next..].starts_with("季度") {
            return Some(next + "季度".len());
        }
        let within = [
            "日内",
            "日以内",
            "日之内",
            "日游",
            "日左右",
            "日以上",
            "日制",
            "日龄",
        ];
        let limited = self.before().ends_with([
            '≤', '≥', '<', '>', '过', '于', '＜', '＞', '=', '每', '少', '期', '约',
        ]);
        let day = self.arabic && (1..=31).contains(&value) && text[next..].starts_with('日');
        (day && !limited && !within.iter().any(|word| text[next..].starts_with(word)))
            .then(|| next + "日".len())
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

fn skip(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(is_blank).len()
}

fn is_year(value: u32) -> bool {
    (1949..2100).contains(&value)
}

fn whole_of(value: Ratio) -> Option<i64> {
    value.to_plain(0)?.parse().ok()
}

/// A run of Arabic digits at `at`: its value (as far as it fits), its end, and how many digits.
fn digit_run(text: &str, at: usize) -> (u32, usize, usize) {
    let (mut value, mut end, mut count) = (0u32, at, 0);
    for c in text[at..].chars() {
        let Sign::Arabic(digit) = sign(c) else { break };
        value = value.saturating_mul(10).saturating_add(u32::from(digit));
        end += c.len_utf8();
        count += 1;
    }
    (value, end, count)
}

/// 12月, 12月份, 12月31日 at `at`: where it ends.
fn month_at(text: &str, at: usize) -> Option<usize> {
    let (month, end, digits) = digit_run(text, at);
    let next = skip(text, end);
    if digits == 0 || digits > 2 || !(1..=12).contains(&month) || !text[next..].starts_with('月') {
        return None;
    }
    let mut stop = next + "月".len();
    if text[stop..].starts_with('份') {
        return Some(stop + "份".len());
    }
    let (day, end, digits) = digit_run(text, skip(text, stop));
    let last = skip(text, end);
    if (1..=2).contains(&digits) && (1..=31).contains(&day) && text[last..].starts_with(['日', '号']) {
        stop = last + "日".len();
    }
    Some(stop)
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
