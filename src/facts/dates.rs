//! Dates, spans of years and times of day, by the digits and the words after them.

use super::masks::{Place, digit_run, is_year, skip};
use crate::quantity::{Ratio, numeral};

impl Place<'_> {
    /// Where the date, the span of years or the time of day ends that begins here.
    pub fn date(&self) -> Option<usize> {
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
            let month = skip(text, stop);
            let in_words = || chinese_month_at(text, month).filter(|_| !self.arabic);
            return Some(month_at(text, month).or_else(in_words).unwrap_or(stop));
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
        let told = || named.iter().any(|word| self.before().ends_with(word));
        let hour = mark == '时' && !text[end..].starts_with("时间") || matches!(mark, '点' | '點') && told();
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
        if !self.arabic
            && let Some(stop) = chinese_month_at(text, self.start)
        {
            return Some(stop);
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
        let day = self.arabic && (1..=31).contains(&value) && text[next..].starts_with('日');
        if !day {
            return None;
        }
        let limited = self.before().ends_with([
            '≤', '≥', '<', '>', '过', '于', '＜', '＞', '=', '每', '少', '期', '约',
        ]);
        let spans = ["提前", "推迟", "延长", "延期", "公示", "缩短", "不足", "未满"];
        let limited = limited || spans.iter().any(|word| self.before().ends_with(word));
        (!limited && !within.iter().any(|word| text[next..].starts_with(word))).then(|| next + "日".len())
    }
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

/// 五月, 五月十二日 at `at`: where it ends.
fn chinese_month_at(text: &str, at: usize) -> Option<usize> {
    let upto = |at: usize, most: i128| {
        let number = numeral::read(text, at).filter(|number| !number.arabic && number.high.is_none())?;
        let whole =
            number.value >= Ratio::ONE && number.value <= Ratio::whole(most) && number.value.is_whole();
        whole.then(|| skip(text, number.end))
    };
    let end = upto(at, 12).filter(|end| text[*end..].starts_with('月'))? + "月".len();
    let day = upto(skip(text, end), 31).filter(|day| text[*day..].starts_with(['日', '号']));
    Some(day.map_or(end, |day| day + "日".len()))
}
