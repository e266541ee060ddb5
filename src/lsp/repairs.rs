//! What a finding tells its reader to write, to an edit that writes it. An edit is offered only where the text with it
//! no longer has the finding and nothing else is wrong in that line for it: a sentence that was taken for an instruction
//! changes nothing.

use super::analysis::Analysis;
use super::candidates;
use super::text::Text;
use super::world::World;
use crate::finding::Finding;
use crate::source::SourceId;
use crate::syntax::from_text::{self, is_blank};
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

/// The repairs of the finding with that number, of the text itself. They are kept with what is known of the text; none
/// where they would have to be tried and no trial is left.
pub fn of(analysis: &Analysis, number: usize, world: &World, trials: &mut usize) -> Vec<Repair> {
    if let Some(known) = analysis.repairs_of(number) {
        return known;
    }
    let (Some(text), Some(finding)) = (analysis.text(analysis.own), analysis.findings.get(number)) else {
        return Vec::new();
    };
    let Some(span) = finding.places.first().map(|place| place.span.range()) else {
        return Vec::new();
    };
    if *trials == 0 {
        return reason(text, finding, span).into_iter().collect();
    }
    let mut found: Vec<Repair> = Vec::new();
    let likely = candidates::of(text, finding, span.clone()).into_iter();
    let likely = likely.filter(|repair| reads_better(analysis, text, finding, repair));
    for repair in likely.take(MOST) {
        if *trials == 0 {
            return found;
        }
        *trials -= 1;
        // one thing that is offered in several places is offered in the first that mends
        if found.iter().all(|held| held.title != repair.title)
            && mends(analysis, text, finding, &repair, world)
        {
            found.push(repair);
        }
    }
    found.extend(reason(text, finding, span));
    analysis.keep_repairs(number, found.clone());
    found
}

fn edited(text: &str, repair: &Repair) -> Option<String> {
    text.get(repair.range.clone())?;
    let mut new = text.to_owned();
    new.replace_range(repair.range.clone(), &repair.new);
    Some(new)
}

/// Whether the block reads no worse: what can be told from it alone costs nothing.
fn reads_better(analysis: &Analysis, text: &Text, finding: &Finding, repair: &Repair) -> bool {
    let blocks = analysis.file().map_or(&[][..], |file| &file.statements);
    let starts = blocks.iter().map(|block| block.span.start as usize);
    let start = starts
        .clone()
        .rfind(|start| *start <= repair.range.start)
        .unwrap_or(0);
    let mut ends = starts.filter(|start| *start >= repair.range.end && *start > repair.range.start);
    let end = ends.next().unwrap_or(text.as_str().len());
    let Some(block) = text.as_str().get(start..end) else {
        return false;
    };
    let inside = Repair {
        range: repair.range.start - start..repair.range.end - start,
        ..repair.clone()
    };
    let Some(new) = edited(block, &inside) else {
        return false;
    };
    // nothing at all is no fault of a part
    let faults = |text: &str| match text.trim_matches(is_blank).trim().is_empty() {
        true => Vec::new(),
        false => from_text::parse(text, SourceId(0)).1,
    };
    let (before, after) = (faults(block), faults(&new));
    let is_read_here = before.iter().any(|fault| fault.message == finding.message);
    after.len() < before.len() || (after.len() == before.len() && !is_read_here)
}

/// Whether the text is the better for it.
fn mends(analysis: &Analysis, text: &Text, finding: &Finding, repair: &Repair, world: &World) -> bool {
    let Some(source) = analysis.model.sources.get(analysis.own.0 as usize) else {
        return false;
    };
    let after = edited(text.as_str(), repair).and_then(|new| Analysis::of(&source.name, &new, world));
    let Some(after) = after else { return false };
    let same = |other: &&Finding| other.check == finding.check && other.message == finding.message;
    let count = |analysis: &Analysis| analysis.findings.iter().filter(same).count();
    // what a repair brings to light elsewhere was there before
    let line = candidates::line_at(text.as_str(), &repair.range);
    let grown = (line.end + repair.new.len()).saturating_sub(repair.range.len());
    let in_line = |analysis: &Analysis, line: Range<usize>| {
        let places = analysis
            .findings
            .iter()
            .filter_map(|finding| finding.places.first());
        let own = places.filter(|place| place.span.source == analysis.own);
        own.filter(|place| place.span.start as usize <= line.end && line.start <= place.span.end as usize)
            .count()
    };
    // where a line cannot be read, others that belong to it are not held against each other yet
    let faults = |analysis: &Analysis| match finding.check == "rule-syntax" {
        true => (analysis.findings.iter())
            .filter(|other| other.check == finding.check)
            .count(),
        false => analysis.findings.len(),
    };
    count(&after) < count(analysis)
        && faults(&after) <= faults(analysis)
        && in_line(&after, line.start..grown) < in_line(analysis, line)
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
    let mut end = candidates::line_at(source, &span).end;
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
