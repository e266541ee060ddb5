//! A document to what it states: each gatherer is called once, in the order in which they need one another.

use crate::document::Document;
use crate::facts::{Facts, form, glyphs, mentions, numbers, outline};
use crate::quantity::UnitTable;

/// Reads all facts of a document. `units` may hold units that the rules declare.
pub fn facts_of(document: &Document, units: &UnitTable) -> Facts {
    let numbers = numbers::scan(&document.view.text, units);
    let outline = outline::headings(document);
    let form = form::read(document, &numbers, units);
    let mentions = mentions::gather(document, &numbers, &outline, form.as_ref());
    Facts {
        year: form.as_ref().and_then(|form| form.year),
        title: None,
        oddities: glyphs::oddities(document),
        numbers,
        mentions,
        outline,
        form,
    }
}
