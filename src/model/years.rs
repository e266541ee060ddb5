//! 适用年度: the years for which a rule file judges, and the stretches of years in which the same files do.

use super::faults;
use crate::finding::Finding;
use crate::source::Span;

/// A stretch of years, open where no end is given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Years {
    /// The first year.
    pub from: Option<i32>,
    /// The last year.
    pub to: Option<i32>,
}

impl Years {
    /// 2021 起 · 2018—2020 · 2020 · 2018 至 2020 · 2020 止
    pub fn read(text: &str) -> Option<Years> {
        let bare: String = text
            .chars()
            .filter(|sign| !sign.is_whitespace() && !"年度自从“”\"。；;".contains(*sign))
            .map(digit)
            .collect();
        let years = |from: Option<i32>, to: Option<i32>| Some(Years { from, to });
        for end in ["及以后", "以后", "起", "开始"] {
            if let Some(year) = bare.strip_suffix(end) {
                return years(Some(number(year)?), None);
            }
        }
        for end in ["及以前", "以前", "止", "为止"] {
            if let Some(year) = bare.strip_suffix(end)
                && let Some(year) = number(year.trim_start_matches(['至', '到']))
            {
                return years(None, Some(year));
            }
        }
        let bare = bare.trim_end_matches('止');
        match bare.split_once(TO) {
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to.trim_start_matches(TO))?);
                (from <= to).then_some(Years {
                    from: Some(from),
                    to: Some(to),
                })
            }
            None => {
                let year = number(bare)?;
                years(Some(year), Some(year))
            }
        }
    }

    /// Whether a year lies within.
    pub fn holds(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

impl std::fmt::Display for Years {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(out, "{from} 年"),
            (Some(from), Some(to)) => write!(out, "{from}—{to} 年"),
            (Some(from), None) => write!(out, "{from} 年起"),
            (None, Some(to)) => write!(out, "{to} 年及以前"),
            (None, None) => write!(out, "各年"),
        }
    }
}

/// Signs and words between two years.
const TO: [char; 10] = ['—', '-', '–', '－', '至', '到', '~', '～', '―', '－'];

fn digit(sign: char) -> char {
    match sign {
        '０'..='９' => char::from(b'0' + (sign as u32 - '０' as u32) as u8),
        other => other,
    }
}

fn number(text: &str) -> Option<i32> {
    let year = text.parse().ok()?;
    (text.len() == 4 && (1949..=2199).contains(&year)).then_some(year)
}

/// 适用年度 that cannot be read.
pub fn unread(span: Span) -> Finding {
    faults::error("rule-syntax", "看不出适用哪些年度。", span).help(
        "写成下面的一种：适用年度：2021 起；适用年度：2018—2020；适用年度：2020。几段不相连的年度，分成几个文件写。",
    )
}

/// The first years of the stretches in which the same files judge, after all the years before.
pub fn borders(dated: impl Iterator<Item = Years>) -> Vec<i32> {
    let ends = |years: Years| [years.from, years.to.map(|to| to + 1)];
    let mut borders: Vec<i32> = dated.flat_map(ends).flatten().collect();
    borders.sort_unstable();
    borders.dedup();
    borders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_as_officials_write_them() {
        let read = |text: &str| Years::read(text).map(|years| years.to_string());
        for (text, shown) in [
            ("2021 起", "2021 年起"),
            ("2021年及以后", "2021 年起"),
            ("自２０２１年度起", "2021 年起"),
            ("2018—2020", "2018—2020 年"),
            ("2018 至 2020", "2018—2020 年"),
            ("2018年度——2020年度", "2018—2020 年"),
            ("2020", "2020 年"),
            ("2020年度。", "2020 年"),
            ("2020 年及以前", "2020 年及以前"),
            ("至2020年止", "2020 年及以前"),
        ] {
            assert_eq!(read(text).as_deref(), Some(shown), "{text}");
        }
        for text in ["明年起", "2020—2018", "202", "2020、2022", "2024-01-01 起", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_border_stands_where_a_file_begins_or_ends() {
        let years = |from, to| Years { from, to };
        let dated = [years(Some(2020), Some(2023)), years(Some(2024), None)];
        assert_eq!(borders(dated.into_iter()), [2020, 2024]);
    }
}
