//! Numbers, targets and intervals as they are written: the digits as the author printed them, a blank before the unit.

use crate::quantity::Bound;
use crate::syntax::from_text::{ascii_digit, is_blank};
use crate::syntax::{Amount, Range, RangeEnd, Target, Words};

/// 8000 家, 60%, −5%
pub fn amount(text: &str, amount: &Amount) -> String {
    let digits = digits(&text[amount.span.start as usize..end_of_digits(text, amount)]);
    format!("{digits}{}", own_unit(amount).map_or(String::new(), spaced))
}

/// Where a number with its unit ends. Its place may reach over a comment behind it, in which a unit was looked for.
pub fn end_of(text: &str, amount: &Amount) -> usize {
    own_unit(amount).map_or_else(|| end_of_digits(text, amount), |unit| unit.span.end as usize)
}

fn end_of_digits(text: &str, amount: &Amount) -> usize {
    let start = amount.span.start as usize;
    let written = &text[amount.span.range()];
    let before = |sign| is_blank(sign) || is_minus(sign);
    let number = written.trim_start_matches(before);
    let digit = |sign| matches!(ascii_digit(sign), '0'..='9' | '.');
    start + written.len() - number.trim_start_matches(digit).len()
}

fn is_minus(sign: char) -> bool {
    matches!(sign, '-' | '－' | '−' | '﹣')
}

/// The unit that is written with this number; both ends of an interval may share one that stands elsewhere.
fn own_unit(amount: &Amount) -> Option<&Words> {
    amount
        .unit
        .as_ref()
        .filter(|unit| amount.span.contains(unit.span))
}

fn digits(written: &str) -> String {
    written
        .chars()
        .map(ascii_digit)
        .filter_map(|sign| match sign {
            '0'..='9' | '.' => Some(sign),
            _ => is_minus(sign).then_some('−'),
        })
        .collect()
}

/// A unit behind its number: a blank stands between, but not before %.
fn spaced(unit: &Words) -> String {
    match unit.text.starts_with(['%', '‰']) {
        true => unit.text.clone(),
        false => format!(" {}", unit.text),
    }
}

/// ≥ 8000 家; nothing where the text says more than syntax keeps.
pub fn target(text: &str, target: &Target) -> Option<String> {
    match target {
        Target::Number(None, number) => Some(amount(text, number)),
        Target::Number(Some(Bound::Exactly), number) => {
            let written = text[..number.span.start as usize].trim_end();
            let equal = ["=", "＝", "等于"].iter().any(|sign| written.ends_with(sign));
            let different = ["!=", "！=", "！＝", "不等于"]
                .iter()
                .any(|sign| written.ends_with(sign));
            (equal && !different).then(|| format!("= {}", amount(text, number)))
        }
        Target::Number(Some(bound), number) => Some(format!("{} {}", bound.sign(), amount(text, number))),
        Target::Interval(interval) => Some(range(text, interval)),
        Target::Date(_) | Target::Text(_) => None,
    }
}

/// `[90，100]`, 80（含）—90, 60以下
pub fn range(text: &str, range: &Range) -> String {
    match (&range.low, &range.high) {
        (Some(low), Some(high)) => match (low.closed, high.closed) {
            (Some(low_closed), Some(high_closed)) => {
                let (open, shut) = (["(", "["], [")", "]"]);
                let open = open[usize::from(low_closed)];
                let shut = shut[usize::from(high_closed)];
                let (low, high) = (&low.at, &high.at);
                // [90，100] 分: a unit that stands with neither end.
                let outside = |unit: &&Words| !low.span.contains(unit.span) && !high.span.contains(unit.span);
                let mut units = low.unit.iter().chain(high.unit.iter());
                let shared = units.find(outside).map_or(String::new(), spaced);
                format!(
                    "{open}{}，{}{shut}{shared}",
                    amount(text, low),
                    amount(text, high)
                )
            }
            _ => format!("{}—{}", printed(text, low), printed(text, high)),
        },
        (Some(low), None) => limit(text, low, "以上"),
        (None, Some(high)) => limit(text, high, "以下"),
        (None, None) => String::new(),
    }
}

fn limit(text: &str, at: &RangeEnd, word: &str) -> String {
    format!("{}{word}", printed(text, at))
}

fn printed(text: &str, end: &RangeEnd) -> String {
    let included = match end.closed {
        Some(true) => "（含）",
        Some(false) => "（不含）",
        None => "",
    };
    format!("{}{included}", amount(text, &end.at))
}
