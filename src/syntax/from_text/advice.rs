//! What people say in a line of its own and the language says otherwise, to what to write instead.

use super::contents::{ascii_digit, is_quote};
use super::lines::{COLONS, is_blank};

/// 须含：公示期、无异议: the words that a text must hold, as the requirement of a check.
pub fn as_check(written: &str) -> String {
    let items = written
        .trim_start_matches(COLONS)
        .split(['、', '，', ',', '；', '#', '＃']);
    let bare = |item: &str| {
        let item = item.trim_matches(|sign| is_blank(sign) || is_quote(sign) || sign == '。');
        format!("正文 包含 “{item}”")
    };
    let all: Vec<String> = items
        .filter(|item| !item.trim().is_empty())
        .take(6)
        .map(bare)
        .collect();
    match all.is_empty() {
        true => "文字里应有某个词，另写一条检查，例如：要求：正文 包含 “公示期”".to_owned(),
        false => format!(
            "另写一条检查（检查：名称），下一行写：要求：{}",
            all.join(" 并且 ")
        ),
    }
}

/// 施行：2024-01-01 起: the years of a file, ready to be copied, from the dates that one rule was given.
pub fn as_years(written: &str) -> Option<String> {
    let digits: Vec<char> = written.chars().map(ascii_digit).collect();
    let mut years: Vec<String> = Vec::new();
    let mut from = 0;
    while from < digits.len() {
        let run = digits[from..]
            .iter()
            .take_while(|sign| sign.is_ascii_digit())
            .count();
        let year: String = digits[from..from + run].iter().take(4).collect();
        // 20240101 is a date without signs; 01 and 31 are no years.
        let is_year = matches!(run, 4 | 8) && matches!(year.get(..2), Some("19" | "20"));
        years.extend(is_year.then_some(year));
        from += run.max(1);
    }
    let until = ["止", "以前", "之前", "前"]
        .iter()
        .any(|word| written.contains(word));
    let years = match years.as_slice() {
        [first, .., last] if first < last => format!("{first}—{last}"),
        [first, ..] if years.len() > 1 => first.clone(),
        [first] if !until => format!("{first} 起"),
        _ => return None,
    };
    Some(format!(
        "一条规则不能单独写施行日期。把这些年份的规则放在一个文件里，文件开头写：适用年度：{years}"
    ))
}
