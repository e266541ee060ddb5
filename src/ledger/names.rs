//! Names as they are compared: without quotes, blanks and the little words that offices add or leave out.

use std::borrow::Cow;

/// A name without quotes, blanks and brackets' contents such as （个）.
pub fn plain(name: &str) -> Cow<'_, str> {
    if !holds_left_out(name) {
        return Cow::Borrowed(name);
    }
    let mut depth = 0;
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '（' | '(' | '［' | '[' | '【' => depth += 1,
            '）' | ')' | '］' | ']' | '】' => depth = (depth - 1).max(0),
            _ if depth > 0 || is_left_out(c) => {}
            _ => kept.push(c),
        }
    }
    Cow::Owned(kept)
}

/// Whether any of them stands in a name: a look at its bytes, for most of its letters are Chinese.
fn holds_left_out(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        at += match first {
            0xE4..=0xE9 => 3,
            b'0'..=b'9' => 1,
            _ => match name.get(at..).and_then(|rest| rest.chars().next()) {
                Some(letter) if !is_left_out(letter) => letter.len_utf8(),
                _ => return true,
            },
        };
    }
    false
}

/// Brackets, quotes, marks and blanks.
fn is_left_out(c: char) -> bool {
    match c {
        // Most characters are Chinese and stay.
        '\u{3400}'..='\u{9FFF}' => false,
        '（' | '(' | '［' | '[' | '【' | '）' | ')' | '］' | ']' | '】' => true,
        '“' | '”' | '"' | '＂' | '「' | '」' | '‘' | '’' | '\'' | '《' | '》' => true,
        '★' | '☆' | '▲' | '*' | '\u{200b}' | '\u{feff}' => true,
        _ => c.is_whitespace(),
    }
}

/// A name as forms print it, reduced further: without a leading `1.`, `指标1：` and without a tail like 数量.
pub fn stem(name: &str) -> String {
    let plain = plain(name);
    let body = without_mark(&plain);
    for tail in ["数量", "个数", "总数", "情况", "数"] {
        if let Some(rest) = body.strip_suffix(tail)
            && rest.chars().count() >= 2
        {
            return rest.to_owned();
        }
    }
    body.to_owned()
}

/// Without 指标1： or 1、 in front.
fn without_mark(name: &str) -> &str {
    let rest = name.strip_prefix("指标").unwrap_or(name);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &rest[digits..];
    let parted = after.trim_start_matches(['、', '.', '．', '：', ':']);
    if digits > 0 && parted.len() < after.len() {
        parted
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_blanks_marks_and_tails_do_not_part_names() {
        assert_eq!(plain("省级“上云” 标杆企业（家）"), "省级上云标杆企业");
        assert_eq!(stem("指标1：维修渠道数量"), "维修渠道");
        assert_eq!(stem("2、受益人数"), "受益人");
        assert_eq!(stem("5G基站数"), "5G基站");
    }
}
