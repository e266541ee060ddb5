//! A line without any keyword to whether it is the second half of the line above, or mere words.

use super::lines::{Line, is_blank};
use super::mistakes::wrong;
use crate::finding::Finding;

/// What is wrong with a line that says nothing by itself, and whether it is the second half of the line above.
pub fn told(line: &Line, text: &str) -> (Finding, bool) {
    let words = &text[line.range.clone()];
    let span = line.span(line.range.clone());
    if words.starts_with("并且") || words.starts_with("或者") {
        let finding = wrong("这一行接不上：上面一行不是“当”或“要求”。", span);
        return (
            finding.help("以“并且”“或者”开头的行，要紧接在“当”或“要求”的下面。"),
            false,
        );
    }
    let before = line_before(text, line.range.start);
    if is_second_half(before, words) {
        let whole = format!("{}{words}", before.trim_matches(is_blank));
        let finding = wrong("这一行像是上一行断开的后半截。", span);
        let help = match whole.chars().count() <= 60 {
            true => format!("和上一行写在一起：{whole}"),
            false => "接到上一行的后面，写成一行。".to_owned(),
        };
        return (finding.help(help), true);
    }
    let help = match words.chars().count() <= 30 {
        true => format!("每行写成“关键词：内容”；如果是说明文字，写成：备注：{words}"),
        false => "每行写成“关键词：内容”；如果是说明文字，在行首写“备注：”或者 #。".to_owned(),
    };
    (wrong("这一行没有关键词。", span).help(help), false)
}

fn line_before(text: &str, start: usize) -> &str {
    let before = text[..start].trim_end_matches(is_blank);
    let from = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    &before[from..]
}

/// Whether a line goes on where the line before it broke off.
fn is_second_half(before: &str, words: &str) -> bool {
    let open = [
        '，', ',', '、', '：', ':', '=', '＝', '≥', '≤', '<', '>', '＜', '＞', '+', '＋', '×', '÷', '－',
        '（', '(', '“',
    ];
    let goes_on = [
        '，', '、', '）', ')', '≥', '≤', '<', '＞', '＜', '=', '＝', '×', '÷', '+', '＋', '％', '%', '；',
    ];
    let marks = words.strip_suffix('分').is_some_and(|number| {
        number
            .trim()
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == '.')
    });
    let comment = before.trim_start_matches(is_blank).starts_with(['#', '＃']);
    !before.is_empty() && !comment && (before.ends_with(open) || words.starts_with(goes_on) || marks)
}
