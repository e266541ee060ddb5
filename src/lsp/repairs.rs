//! What a finding tells its reader to write, to an edit that writes it. An edit is offered only where the text with it
//! no longer has the finding and has fewer than before: a sentence that was taken for an instruction changes nothing.

use super::analysis::{Analysis, Open};
use super::text::Text;
use crate::finding::Finding;
use crate::syntax::from_text::{is_blank, keyword_of, trim};
use std::ops::Range;

/// An edit with its name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repair {
    /// What it does, in words.
    pub title: String,
    /// What it takes the place of.
    pub range: Range<usize>,
    /// What it writes.
    pub new: String,
    /// Whether its writer has to fill something in.
    pub to_fill: bool,
}

/// Of one finding no more are tried than these.
const MOST: usize = 6;

/// The repairs of a finding of the text itself.
pub fn of(analysis: &Analysis, finding: &Finding, open: &Open) -> Vec<Repair> {
    let (Some(text), Some(span)) = (
        analysis.text(analysis.own),
        finding.places.first().map(|place| place.span),
    ) else {
        return Vec::new();
    };
    let mut found: Vec<Repair> = Vec::new();
    for repair in candidates(text, finding, span.range()).into_iter().take(MOST) {
        let same = found
            .iter()
            .any(|held| held.range == repair.range && held.new == repair.new);
        if !same && mends(analysis, text, finding, &repair, open) {
            found.push(repair);
        }
    }
    found.extend(reason(text, finding, span.range()));
    found
}

/// Whether the text is the better for it.
fn mends(analysis: &Analysis, text: &Text, finding: &Finding, repair: &Repair, open: &Open) -> bool {
    let Some(source) = analysis.model.sources.get(analysis.own.0 as usize) else {
        return false;
    };
    let mut new = text.as_str().to_owned();
    if !new.is_char_boundary(repair.range.start) || !new.is_char_boundary(repair.range.end) {
        return false;
    }
    new.replace_range(repair.range.clone(), &repair.new);
    let Some(after) = Analysis::of(&source.name, &new, open) else {
        return false;
    };
    let same = |other: &&Finding| other.check == finding.check && other.message == finding.message;
    let count = |analysis: &Analysis| analysis.findings.iter().filter(same).count();
    after.findings.len() < analysis.findings.len() && count(&after) < count(analysis)
}

fn candidates(text: &Text, finding: &Finding, span: Range<usize>) -> Vec<Repair> {
    let (help, source) = (finding.help.as_str(), text.as_str());
    let line = line_at(source, &span);
    let mut all = Vec::new();
    for (at, _) in help.match_indices("写成：") {
        let rest = &help[at + "写成：".len()..];
        for said in shorter(rest) {
            let (range, new) = match keyword_of(said) {
                Some((_, end)) if end < said.len() => (line.clone(), said),
                _ => (span.clone(), said),
            };
            all.push(repair(format!("写成：{said}"), range, new));
        }
    }
    for lead in ["是不是", "改成"] {
        let Some((_, rest)) = help.split_once(lead) else {
            continue;
        };
        let sentence = rest.split(['？', '。']).next().unwrap_or("");
        for word in quoted(sentence) {
            all.extend(swapped(source, finding, &span, &line, word));
        }
    }
    if help.starts_with("删去这一行") {
        let end = source[line.end..]
            .find('\n')
            .map_or(source.len(), |at| line.end + at + 1);
        let start = source[..line.start].rfind('\n').map_or(0, |at| at + 1);
        all.push(repair("删去这一行".to_owned(), start..end, ""));
    }
    all
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
fn line_at(source: &str, span: &Range<usize>) -> Range<usize> {
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

/// A line for the 理由 of an 调整 or 不适用, which its writer has to give.
fn reason(text: &Text, finding: &Finding, span: Range<usize>) -> Option<Repair> {
    if finding.check != "rule-override"
        || !finding.help.contains("理由：")
        || !finding.message.contains("没有写理由")
    {
        return None;
    }
    let source = text.as_str();
    // below the attributes that the block has, each in a line that begins with a blank
    let mut end = line_at(source, &span).end;
    while let Some(next) = source[end..].find('\n').map(|at| end + at + 1) {
        let stop = source[next..].find('\n').map_or(source.len(), |at| next + at);
        if source[next..stop].trim().is_empty() || !source[next..].starts_with(is_blank) {
            break;
        }
        end = next + source[next..stop].trim_end().len();
    }
    Some(Repair {
        title: "补一行“理由：”".to_owned(),
        range: end..end,
        new: "\n　理由：".to_owned(),
        to_fill: true,
    })
}
