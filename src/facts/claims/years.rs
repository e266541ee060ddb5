//! Years that do not fit together: the form's and its period, the title's and the form's, the report's and its money's.

use super::YearClash;
use super::prose::Prose;
use crate::facts::form::Form;
use crate::facts::form::kind::year_in;
use crate::facts::{Heading, Period, Role};
use std::ops::Range;

/// Labels of the form behind which its period stands.
const PERIODS: [&str; 8] = [
    "建设周期",
    "项目周期",
    "实施周期",
    "实施期限",
    "项目实施期限",
    "起止时间",
    "项目起止时间",
    "执行期限",
];
/// How far behind its label, in bytes.
const REACH: usize = 90;

/// All clashes.
pub fn find(
    prose: &Prose,
    outline: &[Heading],
    form: Option<&Form>,
    title: Option<&Range<u32>>,
) -> Vec<YearClash> {
    let mut clashes = Vec::new();
    let titled = title.and_then(|title| only_year(prose, title));
    let formed = form.and_then(|form| {
        form.title
            .as_ref()
            .and_then(|title| only_year(prose, title))
            .or_else(|| head_year(prose, form))
    });
    if let Some(year) = formed.clone().or_else(|| titled.clone()) {
        clashes.extend(
            period(prose, form)
                .filter(|period| year.0 < period.0 || year.0 > period.1)
                .map(|period| YearClash::Period { year, period }),
        );
    }
    match (&titled, &formed) {
        (Some(title), Some(of_form))
            if title.0 != of_form.0 && of_a_year(prose, title) && of_a_year(prose, of_form) =>
        {
            clashes.push(YearClash::Title {
                title: title.clone(),
                form: of_form.clone(),
            });
        }
        _ => {}
    }
    let named = titled.filter(|title| of_a_year(prose, title));
    clashes.extend(named.and_then(|title| money(prose, outline, title)));
    clashes
}

/// The year of a line, where it names one only.
fn only_year(prose: &Prose, line: &Range<u32>) -> Option<(i32, Range<u32>)> {
    let text = prose.slice(line.start as usize..line.end as usize);
    let year = year_in(text)?;
    let digits = year.to_string();
    let at = text.find(&digits)?;
    let others = text.match_indices("20").filter(|(place, _)| {
        let four = text.get(*place..*place + 4).unwrap_or("");
        four.len() == 4 && four.bytes().all(|b| b.is_ascii_digit()) && four != digits
    });
    if others.count() > 0 {
        return None;
    }
    let start = line.start + at as u32;
    let end = if text[at + digits.len()..].starts_with('年') {
        start + 7
    } else {
        start + 4
    };
    Some((year, start..end))
}

/// （2023年度） near the beginning of the form.
fn head_year(prose: &Prose, form: &Form) -> Option<(i32, Range<u32>)> {
    let year = form.year?;
    let from = (form.range.start as usize).saturating_sub(2 * REACH);
    let from = (from..).find(|at| prose.text.is_char_boundary(*at))?;
    let digits = format!("{year}年度");
    let text = prose.text.get(from..)?;
    let at = text.find(&digits).filter(|at| *at < 6 * REACH)?;
    let start = (from + at) as u32;
    Some((year, start..start + digits.len() as u32))
}

/// 2023年度…报告 names its year; 2021年中央补助 names that of a fund.
fn of_a_year(prose: &Prose, year: &(i32, Range<u32>)) -> bool {
    let (start, end) = (year.1.start as usize, year.1.end as usize);
    prose.text[end..].starts_with("度") || prose.slice(start..end).ends_with('度')
}

/// The period that the form prints.
fn period(prose: &Prose, form: Option<&Form>) -> Option<(i32, i32, Range<u32>)> {
    let form = form?;
    let from = form.range.start.saturating_sub(600) as usize;
    let from = (from..).find(|at| prose.text.is_char_boundary(*at))?;
    let to = (form.range.end as usize).min(prose.text.len()).min(from + 6000);
    let to = (0..=to).rev().find(|at| prose.text.is_char_boundary(*at))?;
    let text = &prose.text[from..to];
    let (at, label) = PERIODS
        .iter()
        .find_map(|label| Some((text.find(label)?, label)))?;
    let start = at + label.len();
    let end = (0..=(start + REACH).min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))?;
    let rest = &text[start..end];
    let years: Vec<(usize, i32)> = rest
        .match_indices("年")
        .filter_map(|(at, _)| Some((at, rest.get(at.checked_sub(4)?..at)?.parse::<i32>().ok()?)))
        .filter(|(_, year)| (1990..2100).contains(year))
        .collect();
    let [(first_at, first), (last_at, last)] = years[..] else {
        return None;
    };
    let between = rest.get(first_at..last_at)?;
    let joined = between.contains(['-', '—', '至', '－', '~', '～', '–']);
    let begin = from + start + first_at - 4;
    let day = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日');
    let tail = &rest[last_at..];
    let stop = from + start + last_at + tail.find(|c| !day(c)).unwrap_or(tail.len());
    (joined && first <= last).then_some((first, last, begin as u32..stop as u32))
}

/// Whether words say that another year's money is only told of.
fn is_background(heading: Option<&Heading>, sentence: &str) -> bool {
    let above = ["背景", "上年", "往年", "历年", "整改"]
        .iter()
        .any(|word| heading.is_some_and(|heading| heading.title.contains(word)));
    above
        || ["结转", "上年", "较", "比"]
            .iter()
            .any(|word| sentence.contains(word))
}

/// All money of the prose that has a year is of one year before the report's, and is told as the report's own.
fn money(prose: &Prose, outline: &[Heading], title: (i32, Range<u32>)) -> Option<YearClash> {
    let digits = title.0.to_string();
    let mut clash: Option<(i32, Range<u32>, Range<u32>)> = None;
    for at in 0..prose.count() {
        let mention = prose.mention(at);
        let range = prose.range(at);
        let told = matches!(mention.role, Role::Budget | Role::Spent | Role::Actual);
        if !prose.quantity(at).unit.is_money()
            || !told
            || prose.in_table(range.start)
            || prose.in_form(range.start)
        {
            continue;
        }
        let start = prose.sentence_start(range.start);
        let sentence = prose.slice(start..prose.sentence_end(range.start));
        let clause = prose.slice(prose.item_start(range.start)..range.start);
        if clause.contains("总投资") || clause.contains("概算") {
            continue;
        }
        match mention.period {
            Period::Year(year) if year < title.0 && year + 4 > title.0 => {
                let spent = ["支出", "使用", "执行", "支付"]
                    .iter()
                    .any(|word| sentence.contains(word));
                let heading = mention.section.and_then(|section| outline.get(section));
                let other = sentence.contains(&digits) || is_background(heading, sentence);
                if other || clash.as_ref().is_some_and(|(known, ..)| *known != year) {
                    return None;
                }
                if spent && clash.is_none() {
                    let named = sentence.find(&year.to_string()).map(|at| start + at)?;
                    let place = named as u32..(named + 4) as u32;
                    clash = Some((year, place, range.start as u32..range.end as u32));
                }
            }
            // Money of the report's own year, or of none: the year before is only background.
            _ if clash.is_none() => return None,
            Period::Year(_) | Period::Report => {
                let carried = clash.as_ref().is_some_and(|(.., amount)| {
                    range.start < amount.end as usize + 900 && !sentence.contains(&digits)
                });
                if !carried {
                    return None;
                }
            }
            _ => {}
        }
    }
    let (year, place, amount) = clash?;
    Some(YearClash::Money {
        title,
        year: (year, place),
        amount,
    })
}
