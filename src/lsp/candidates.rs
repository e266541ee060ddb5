//! What a finding says in words to the edits that it may mean; whether one mends is for others to try.

use super::repairs::Repair;
use super::text::Text;
use crate::finding::Finding;
use crate::syntax::from_text::{is_blank, keyword_of, trim};
use std::ops::Range;

/// All that may be meant, each once, the likeliest first.
pub fn of(text: &Text, finding: &Finding, span: Range<usize>) -> Vec<Repair> {
    let (help, source) = (finding.help.as_str(), text.as_str());
    let line = line_at(source, &span);
    let mut all = Vec::new();
    for (at, _) in help.match_indices("写成：") {
        let rest = &help[at + "写成：".len()..];
        for said in shorter(rest) {
            let title = format!("写成：{said}");
            let has_keyword = keyword_of(said).is_some_and(|(_, end)| end < said.len());
            let ranges = match has_keyword {
                true => vec![line.clone()],
                false => around(source, &span, &line, said),
            };
            all.extend(ranges.into_iter().map(|range| repair(title.clone(), range, said)));
        }
    }
    for lead in ["是不是", "改成"] {
        let Some((_, rest)) = help.split_once(lead) else {
            continue;
        };
        let sentence = rest.split(['？', '。']).next().unwrap_or("");
        let words: Vec<&str> = quoted(sentence).collect();
        // each word in the likeliest place before any in another
        let swaps = words
            .iter()
            .map(|word| swapped(source, finding, &span, &line, word));
        let swaps: Vec<Vec<Repair>> = swaps.collect();
        let most = swaps.iter().map(Vec::len).max().unwrap_or(0);
        all.extend((0..most).flat_map(|at| swaps.iter().filter_map(move |swaps| swaps.get(at).cloned())));
    }
    if help.contains("删去这一行") {
        let end = source[line.end..]
            .find('\n')
            .map_or(source.len(), |at| line.end + at + 1);
        let start = source[..line.start].rfind('\n').map_or(0, |at| at + 1);
        all.push(repair("删去这一行".to_owned(), start..end, ""));
    }
    let mut once: Vec<Repair> = Vec::new();
    for repair in all {
        let same = |held: &Repair| held.range == repair.range && held.new == repair.new;
        if !once.iter().any(same) {
            once.push(repair);
        }
    }
    once
}

/// The places that what is said may take: the span with as much around it as is said, too; the call or the path that
/// begins or lies there; the comparison; all behind the colon.
fn around(source: &str, span: &Range<usize>, line: &Range<usize>, said: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (before, after) = (
        &source[line.start..span.start],
        &source[span.end..line.end.max(span.end)],
    );
    let is_part = |sign: char| sign.is_alphanumeric() || "._．/／“”".contains(sign);
    let start = line.start + before.trim_end_matches(is_part).len();
    let end = span.end + (after.len() - after.trim_start_matches(is_part).len());
    if let Some(call) = call_end(source, end, line.end) {
        all.push(start..call);
    }
    if let Some(own) = source.get(span.clone())
        && let Some((ahead, behind)) = said.split_once(own)
    {
        // 得 0 分 for 0, where 得 is there already
        let (ahead, behind) = (ahead.trim_matches(is_blank), behind.trim_matches(is_blank));
        let left = before.trim_end_matches(is_blank);
        let right = after.trim_start_matches(is_blank);
        let from = match !ahead.is_empty() && left.ends_with(ahead) {
            true => line.start + left.len() - ahead.len(),
            false => span.start,
        };
        let to = match !behind.is_empty() && right.starts_with(behind) {
            true => span.end + (after.len() - right.len()) + behind.len(),
            false => span.end,
        };
        all.push(from..to);
    }
    all.push(span.clone());
    all.push(start..end);
    // 原因 = “” for 原因 无值: the word with which it begins stands before the place
    let first = said.split(is_blank).next().unwrap_or("");
    if !first.is_empty()
        && let Some(at) = before.rfind(first)
    {
        all.push(line.start + at..span.end);
    }
    if let Some((_, colon)) = keyword_of(&source[line.clone()]) {
        let content = line.start + colon..line.end;
        all.push(trim(source, content));
    }
    all.retain(|range| range.start < range.end);
    all
}

/// Where a call ends whose bracket opens at a place.
fn call_end(source: &str, open: usize, end: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, sign) in source.get(open..end)?.char_indices() {
        match sign {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ => {}
        }
        match depth {
            0 if at == 0 => return None,
            0 => return Some(open + at + sign.len_utf8()),
            _ => {}
        }
    }
    None
}

fn repair(title: String, range: Range<usize>, new: &str) -> Repair {
    Repair {
        title,
        range,
        new: new.to_owned(),
        to_fill: false,
    }
}

/// The line that a place lies in, without the blanks around it.
pub fn line_at(source: &str, span: &Range<usize>) -> Range<usize> {
    let start = source[..span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let last = span.end.max(span.start);
    let end = source[last..]
        .find(['\n', '\r'])
        .map_or(source.len(), |at| last + at);
    trim(source, start..end)
}

/// What was said, and what is left of it when explanations that follow are cut off.
fn shorter(said: &str) -> Vec<&str> {
    let cuts = [
        said.len(),
        said.find('　').unwrap_or(said.len()),
        said.find("。").unwrap_or(said.len()),
        said.find('；').unwrap_or(said.len()),
    ];
    let mut all: Vec<&str> = cuts
        .iter()
        .map(|cut| said[..*cut].trim_matches(is_blank))
        .collect();
    all.push(said.trim_end_matches('。'));
    all.sort_by_key(|said| std::cmp::Reverse(said.len()));
    all.dedup();
    all.retain(|said| !said.is_empty());
    all
}

/// The words in quotes.
fn quoted(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split('“')
        .skip(1)
        .filter_map(|part| Some(part.split_once('”')?.0))
}

/// A word in the place of the wrong one, which the message quotes.
fn swapped(
    source: &str,
    finding: &Finding,
    span: &Range<usize>,
    line: &Range<usize>,
    right: &str,
) -> Vec<Repair> {
    let title = format!("改为“{right}”");
    let mut all = Vec::new();
    for range in [span, line] {
        for wrong in quoted(&finding.message).filter(|wrong| !wrong.is_empty() && *wrong != right) {
            if let Some(at) = source[range.clone()].find(wrong) {
                let start = range.start + at;
                all.push(repair(title.clone(), start..start + wrong.len(), right));
            }
        }
    }
    all.push(repair(title, span.clone(), right));
    all
}
