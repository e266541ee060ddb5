//! A document to what it states: each gatherer is called once, in the order in which they need one another.

use crate::document::{BlockKind, Document};
use crate::facts::breaks::Breaks;
use crate::facts::{Facts, attachments, claims, form, glyphs, mentions, numbers, outline, overall};
use crate::quantity::UnitTable;
use std::ops::Range;

/// Reads all facts of a document. `units` may hold units that the rules declare.
pub fn facts_of(document: &Document, units: &UnitTable) -> Facts {
    let numbers = numbers::scan(&document.view.text, units);
    let outline = outline::headings(document);
    let mut forms = form::read(document, &numbers, units);
    for form in forms.iter_mut().filter(|form| form.grade.text.is_empty()) {
        form.grade = overall::grade_beside(document, &form.range).unwrap_or_default();
    }
    let breaks = Breaks::of(&document.view.text);
    let mentions = mentions::gather_between(document, &numbers, &breaks, &outline, &forms);
    let covered: Vec<Range<u32>> = forms.iter().map(|form| form.range.clone()).collect();
    let mut forms = forms.into_iter();
    let form = forms.next();
    let title = title(document);
    let titled = title
        .as_ref()
        .and_then(|title| form::kind::year_in(document.text(title)));
    Facts {
        claims: claims::gather(
            (document, &breaks),
            &numbers,
            &mentions,
            &outline,
            form.as_ref(),
            title.as_ref(),
        ),
        year: form.as_ref().and_then(|form| form.year).or(titled),
        title,
        overall: overall::find(document, &numbers, &covered),
        oddities: glyphs::oddities(document),
        attachments: attachments::find(document),
        numbers,
        mentions,
        outline,
        form,
        other_forms: forms.collect(),
    }
}

/// The first line that looks like the title of a report; a heading with a number is none.
fn title(document: &Document) -> Option<Range<u32>> {
    const WORDS: &[&str] = &["报告", "自评", "评价", "绩效", "说明", "总结", "決", "績效"];
    let head = document.blocks.iter().take(8);
    let mut candidates = head.filter(|block| {
        let text = document.text(&block.range);
        let short = text.chars().count() <= 60 && !text.contains(['。', '；', '|']);
        short && !matches!(block.kind, BlockKind::Table(_) | BlockKind::Item)
    });
    candidates
        .find(|block| {
            let text = document.text(&block.range);
            let numbered = crate::document::marks::mark_of(text).is_some();
            !numbered && WORDS.iter().any(|word| text.contains(word))
        })
        .map(|block| block.range.clone())
}
