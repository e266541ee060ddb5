//! A count of days and a date format to the printed date.

use super::decimal::Decimal;

/// The date that a number of days stands for, printed by a code.
pub(super) fn printed(number: &Decimal, code: &str, is_1904: bool) -> Option<String> {
    let (days, seconds) = number.days_and_seconds()?;
    let date = date_of(days + if is_1904 { 1462 } else { 0 })?;
    let mut text = String::new();
    let signs: Vec<char> = code.chars().collect();
    let mut at = 0;
    let mut after_hour = false;
    while at < signs.len() {
        let sign = signs[at].to_ascii_lowercase();
        let run = signs[at..]
            .iter()
            .take_while(|c| c.to_ascii_lowercase() == sign)
            .count();
        match sign {
            '"' => {
                let inner = signs[at + 1..].iter().take_while(|c| **c != '"');
                let literal: String = inner.collect();
                at += literal.chars().count() + 2;
                text.push_str(&literal);
                continue;
            }
            '[' => {
                let length = signs[at..].iter().take_while(|c| **c != ']').count();
                at += length + 1;
                continue;
            }
            '\\' => {
                text.extend(signs.get(at + 1));
                at += 2;
                continue;
            }
            '_' | '*' => {
                at += 2;
                continue;
            }
            'y' | 'e' => text.push_str(&year(date.0, run)),
            'm' => {
                let minutes = after_hour || is_before_seconds(&signs[at + run..]);
                let number = if minutes { seconds / 60 % 60 } else { date.1 };
                text.push_str(&padded(number, run));
            }
            'd' => text.push_str(&padded(date.2, run)),
            'h' => text.push_str(&padded(seconds / 3600, run)),
            's' => text.push_str(&padded(seconds % 60, run)),
            '@' | ';' | 'a' | 'p' => {}
            _ => text.extend(signs[at..at + run].iter()),
        }
        if sign.is_ascii_alphabetic() {
            after_hour = sign == 'h';
        }
        at += run;
    }
    Some(text.trim().to_owned())
}

fn is_before_seconds(rest: &[char]) -> bool {
    let next = rest.iter().find(|c| c.is_ascii_alphabetic());
    next.is_some_and(|c| c.eq_ignore_ascii_case(&'s'))
}

fn year(year: i64, run: usize) -> String {
    match run {
        1 | 2 => format!("{:02}", year % 100),
        _ => year.to_string(),
    }
}

fn padded(number: i64, run: usize) -> String {
    match run {
        1 => number.to_string(),
        _ => format!("{number:02}"),
    }
}

/// Year, month and day of a count of days from 1900, in which 1900 has a day too many (as Excel counts).
fn date_of(days: i64) -> Option<(i64, i64, i64)> {
    if !(0..=2_958_465).contains(&days) {
        return None;
    }
    if days == 60 {
        return Some((1900, 2, 29));
    }
    // Days from the first of March of the year 0, in which a year's last day is the leap day.
    let days = if days > 60 { days - 1 } else { days } + 693_900;
    let era = days / 146_097;
    let day = days % 146_097;
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    Some((era * 400 + year + next, month, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        assert_eq!(date_of(1), Some((1900, 1, 1)));
        assert_eq!(date_of(59), Some((1900, 2, 28)));
        assert_eq!(date_of(61), Some((1900, 3, 1)));
        assert_eq!(date_of(43831), Some((2020, 1, 1)));
        assert_eq!(date_of(43890), Some((2020, 2, 29)));
        assert_eq!(date_of(44196), Some((2020, 12, 31)));
        assert_eq!(date_of(3_000_000), None);
    }
}
