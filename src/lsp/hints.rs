//! What is allotted and what is left, written behind the lines that have it to give.

use super::analysis::Analysis;
use super::text::Encoding;
use crate::model::Allotted;
use crate::quantity::Ratio;
use crate::syntax::Content;
use crate::syntax::keywords::Word;
use lsp_types::{InlayHint, InlayHintKind, InlayHintLabel};
use std::ops::Range;

/// 已分配 40／50 分
pub fn allotted(group: &Allotted) -> Option<String> {
    if group.members == 0 {
        return None;
    }
    let sum = group.sum.to_plain(4)?;
    Some(match group.whole {
        Some(whole) if whole == group.sum => format!("已分配 {sum}／{sum} 分 ✓"),
        Some(whole) => format!("已分配 {sum}／{} 分", whole.to_plain(4)?),
        None => format!("合计 {sum} 分"),
    })
}

/// The hints of the lines within a range of bytes.
pub fn of(analysis: &Analysis, within: Range<usize>, encoding: Encoding) -> Vec<InlayHint> {
    let (Some(text), Some(file)) = (analysis.text(analysis.own), analysis.file()) else {
        return Vec::new();
    };
    let groups = analysis.model.allotted();
    let mut told: Vec<(usize, String)> = Vec::new();
    for group in &groups {
        let at = match group.span {
            Some(span) if span.source == analysis.own => Some(span.end),
            Some(_) => None,
            // the whole is told where the file is named
            None => file.all(Word::Rules).next().map(|line| line.span.end),
        };
        let own = groups
            .iter()
            .any(|group| group.span.is_some_and(|span| span.source == analysis.own));
        if let (Some(at), Some(words), true) = (at, allotted(group), own) {
            told.push((at as usize, words));
        }
    }
    for line in file.all(Word::Scheme) {
        if let Content::Scheme(parts) = &line.content {
            let sum = parts
                .iter()
                .try_fold(Ratio::ZERO, |sum, (_, points)| sum.add(points.number));
            told.extend(
                sum.and_then(|sum| Some((line.span.end as usize, format!("合计 {} 分", sum.to_plain(4)?)))),
            );
        }
    }
    told.retain(|(at, _)| within.contains(at) || *at == within.end);
    told.sort();
    let hint = |(at, words): (usize, String)| InlayHint {
        position: text.position(at, encoding),
        label: InlayHintLabel::String(words),
        kind: Some(InlayHintKind::PARAMETER),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    told.into_iter().map(hint).collect()
}
