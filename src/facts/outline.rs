//! The headings of a report with their levels, titles and bodies.

use crate::document::marks::{Mark, mark_of};
use crate::document::{Block, BlockKind, Document};
use crate::facts::Heading;

/// A longer text behind a mark is a sentence, unless a stop ends its heading before.
const LONGEST: usize = 40;

/// The headings in order.
pub fn headings(document: &Document) -> Vec<Heading> {
    let mut headings: Vec<Heading> = document
        .blocks
        .iter()
        .filter_map(|block| heading(document, block))
        .collect();
    close(&mut headings, document.view.text.len() as u32);
    headings
}

fn heading(document: &Document, block: &Block) -> Option<Heading> {
    let BlockKind::Heading(level) = block.kind else {
        return None;
    };
    let text = document.text(&block.range);
    let mark = mark_of(text).map_or(0, |Mark { len, .. }| len);
    let rest = &text[mark..];
    // （一）项目概况。本项目… : the heading ends at the first stop, what follows belongs to its body.
    let stop = rest
        .find(['。', '；', ';'])
        .or_else(|| rest.find(['：', ':']))
        .unwrap_or(rest.len());
    let stop = match rest.find(['：', ':']) {
        Some(colon) if colon < stop => colon,
        _ => stop,
    };
    let words = &rest[..stop];
    if words.trim().is_empty() || (mark > 0 && words.chars().count() > LONGEST) {
        return None;
    }
    let start = block.range.start;
    let mark_end = start + text[..mark].trim_end().len() as u32;
    Some(Heading {
        level,
        mark: start..mark_end,
        title: title_of(words),
        range: start..start + (mark + stop) as u32,
        body: start + (mark + stop) as u32..start,
    })
}

/// The words without blanks and without a note in brackets at the end: 评价结论（附相关评分表） → 评价结论.
fn title_of(words: &str) -> String {
    let mut bare = words.trim();
    while let Some(inner) = bare.strip_suffix(['）', ')']) {
        match inner.rfind(['（', '(']) {
            Some(open) if !inner[..open].trim().is_empty() => bare = inner[..open].trim_end(),
            _ => break,
        }
    }
    bare.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A body goes up to the next heading of its level or a higher one.
fn close(headings: &mut [Heading], end: u32) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..headings.len() {
        let (level, start) = (headings[at].level, headings[at].range.start);
        while let Some(last) = open.pop_if(|last| headings[*last].level >= level) {
            headings[last].body.end = start;
        }
        open.push(at);
    }
    for last in open {
        headings[last].body.end = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    fn outline(text: &str) -> Vec<(u8, String, String)> {
        let document = document::read("a.txt", text.as_bytes()).unwrap();
        let headings = headings(&document);
        headings
            .iter()
            .map(|heading| {
                (
                    heading.level,
                    heading.title.clone(),
                    document.text(&heading.body).trim().to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn a_heading_has_its_title_without_mark_and_note() {
        let found = outline(
            "二、评价结论（附评分表）\n总体较好。\n（一）得分情况。自评九十分。\n三、建议\n加强管理。\n",
        );
        assert_eq!(found[0].0, 1);
        assert_eq!(found[0].1, "评价结论");
        assert!(found[0].2.starts_with("总体较好。") && found[0].2.ends_with("自评九十分。"));
        assert_eq!(found[1].1, "得分情况");
        assert_eq!(found[1].2, "。自评九十分。");
        assert_eq!(found[2].2, "加强管理。");
    }

    #[test]
    fn characters_that_look_alike_still_mark_headings() {
        let found = outline("ー、基本情况\n甲。\n（ニ）评价方法\n乙。\n");
        assert_eq!((found[0].0, found[0].1.as_str()), (1, "基本情况"));
        assert_eq!((found[1].0, found[1].1.as_str()), (2, "评价方法"));
    }
}
