//! A day of the calendar as people write it: 2026-12-31, 2026年12月31日.

use std::fmt;

/// A day; days compare as they follow one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    /// The year.
    pub year: u32,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
}

impl Date {
    /// The day that a text writes in any of the usual ways; nothing for what is no day of the calendar.
    pub fn read(text: &str) -> Option<Date> {
        let plain: String = text
            .chars()
            .filter(|sign| !sign.is_whitespace())
            .map(super::from_text::ascii_digit)
            .collect();
        let bare = plain.strip_suffix(['日', '号']).unwrap_or(&plain);
        let parts: Vec<u32> = bare
            .split(['-', '－', '—', '/', '／', '.', '年', '月'])
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        let [year, month, day] = parts[..] else {
            return None;
        };
        let known = (1949..=2199).contains(&year) && (1..=12).contains(&month);
        (known && (1..=days(year, month)).contains(&day)).then_some(Date { year, month, day })
    }

    /// The day that is so many days after 1970-01-01.
    pub fn after_epoch(mut days_left: u64) -> Date {
        let (mut year, mut month) = (1970, 1);
        let length = |year| if is_leap(year) { 366 } else { 365 };
        while days_left >= length(year) {
            days_left -= length(year);
            year += 1;
        }
        while days_left >= u64::from(days(year, month)) {
            days_left -= u64::from(days(year, month));
            month += 1;
        }
        let day = days_left as u32 + 1;
        Date { year, month, day }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let written = [
            "2026-12-31",
            "2026年12月31日",
            "2026.12.31",
            "2026/12/31",
            "２０２６年１２月３１日",
            "2026 年 12 月 31 号",
        ];
        for text in written {
            let day = Date::read(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2026-12-31"), "{text}");
        }
        assert!(Date::read("2026-3-1") < Date::read("2026-11-30"));
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026年",
            "年底",
            "",
            "31-12-2026",
            "2026-12-31-1",
        ] {
            assert_eq!(Date::read(text), None, "{text}");
        }
        assert!(Date::read("2024-02-29").is_some());
    }

    #[test]
    fn days_are_counted_from_the_epoch() {
        for (days, day) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_783, "2026-11-26"),
        ] {
            assert_eq!(Date::after_epoch(days).to_string(), day);
        }
    }
}
