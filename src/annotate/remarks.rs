//! Findings to remarks: the whole of each at its first place in the report, a pointer at the others where they are few.

use crate::document::Document;
use crate::finding::{Finding, Outcome, Place, Severity};
use crate::source::{SourceId, Span};
use std::ops::Range;
use std::sync::Arc;

/// A finding with more places than this shows them in its own remark only.
const MOST_POINTERS: usize = 5;
/// More pointers than this would bury the remarks that they point to.
const MOST_POINTERS_OF_ALL: usize = 40;

/// A remark.
#[derive(Debug)]
pub(super) struct Remark {
    /// What it is about, in the report's text.
    pub range: Range<u32>,
    /// Its paragraphs.
    pub lines: Vec<String>,
    /// Whether it only points to another.
    pub is_pointer: bool,
}

/// The remarks on a report. What somebody has accepted needs none.
pub(super) fn of(document: &Document, outcome: &Outcome) -> Vec<Remark> {
    let own = outcome
        .sources
        .iter()
        .position(|source| Arc::ptr_eq(source, &document.source));
    let own = own.map(|own| SourceId(own as u32));
    let is_own = |span: Span| Some(span.source) == own;
    let (mut remarks, mut pointers) = (Vec::new(), Vec::new());
    for finding in outcome.findings.iter().filter(|finding| finding.stands()) {
        let mut places = finding.places.iter().filter(|place| is_own(place.span));
        let first = places.next();
        // what lies nowhere in the report is said where the report begins
        let range = first.map_or_else(|| beginning(document), |place| range(place.span));
        let others: Vec<&Place> = places.filter(|place| range_differs(&range, place.span)).collect();
        if others.len() <= MOST_POINTERS {
            let pointer = |place: &&Place| Remark {
                range: self::range(place.span),
                lines: vec![pointer(finding, first)],
                is_pointer: true,
            };
            pointers.extend(others.iter().map(pointer));
        }
        remarks.push(Remark {
            range,
            lines: lines(finding, first),
            is_pointer: false,
        });
    }
    if pointers.len() <= MOST_POINTERS_OF_ALL {
        remarks.extend(pointers);
    }
    remarks
}

fn range(span: Span) -> Range<u32> {
    span.start..span.end
}

fn range_differs(range: &Range<u32>, span: Span) -> bool {
    span.end <= range.start || range.end <= span.start
}

/// The first block of a document that says something.
fn beginning(document: &Document) -> Range<u32> {
    document.blocks.first().map_or(0..0, |block| block.range.clone())
}

fn lines(finding: &Finding, first: Option<&Place>) -> Vec<String> {
    let severity = match finding.severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提醒",
    };
    let mut lines = vec![
        format!("【{severity}】{}", finding.title),
        finding.message.clone(),
    ];
    if !finding.help.is_empty() {
        lines.push(format!("怎么改：{}", finding.help));
    }
    let others: Vec<String> = finding
        .places
        .iter()
        .filter(|place| !place.address.is_empty() && first.is_none_or(|first| !std::ptr::eq(*place, first)))
        .map(told)
        .collect();
    if !others.is_empty() {
        lines.push(format!("另见：{}。", others.join("；")));
    }
    if let Some(rule) = finding.rule.as_ref().filter(|rule| !rule.basis.is_empty()) {
        lines.push(format!("依据：{}", rule.basis));
    }
    lines
}

/// 表1 第4行第6列（目标，这里是 8000 家）
fn told(place: &Place) -> String {
    let remarks: Vec<&str> = [place.role.as_str(), place.note.as_str()]
        .into_iter()
        .filter(|remark| !remark.is_empty() && *remark != place.address)
        .collect();
    match remarks.is_empty() {
        true => place.address.clone(),
        false => format!("{}（{}）", place.address, remarks.join("，")),
    }
}

fn pointer(finding: &Finding, first: Option<&Place>) -> String {
    let address = first.map_or("", |place| place.address.as_str());
    // several findings of one check may meet in a paragraph
    let about = match finding.subject.as_str() {
        "" => finding.title.clone(),
        subject => format!("{}（{subject}）", finding.title),
    };
    match address {
        "" => format!("见文件开头的批注：{about}。"),
        address => format!("见 {address} 的批注：{about}。"),
    }
}
