//! Pieces of text to be put into a part: everything that stood in it stays as it was.

use super::scan::Element;
use std::collections::BTreeMap;

/// What is to be put into a part.
#[derive(Default)]
pub(super) struct Edits {
    /// What is put before which byte.
    pieces: Vec<(usize, String)>,
    /// What is put into elements of one tag, by the byte behind it, with the element's name.
    filled: BTreeMap<usize, (String, String)>,
}

impl Edits {
    /// Puts a piece before a byte, behind those that were put there before.
    pub(super) fn put(&mut self, at: usize, piece: impl Into<String>) {
        self.pieces.push((at, piece.into()));
    }

    /// Puts a piece behind all that stands in an element.
    pub(super) fn append(&mut self, element: &Element, piece: &str) {
        match element.is_empty {
            true => self.fill(element.whole.end, &element.name, piece),
            false => self.put(element.inner.end, piece),
        }
    }

    /// Puts a piece into an element of one tag that ends before that byte: `<p/>` becomes `<p>…</p>`, whose `/` is
    /// still the old one.
    pub(super) fn fill(&mut self, end: usize, name: &str, piece: &str) {
        let filled = self
            .filled
            .entry(end)
            .or_insert_with(|| (name.to_owned(), String::new()));
        filled.1.push_str(piece);
    }

    /// The part with all of it.
    pub(super) fn made(mut self, text: &str) -> String {
        for (end, (name, piece)) in self.filled {
            self.pieces.push((end.saturating_sub(2), format!(">{piece}<")));
            self.pieces.push((end.saturating_sub(1), name));
        }
        self.pieces.sort_by_key(|(at, _)| *at);
        let mut made = String::with_capacity(text.len() + 1024);
        let mut from = 0;
        for (at, piece) in self.pieces {
            made.push_str(text.get(from..at).unwrap_or_default());
            made.push_str(&piece);
            from = at;
        }
        made.push_str(text.get(from..).unwrap_or_default());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_of_one_tag_is_opened_and_nothing_is_lost() {
        let mut edits = Edits::default();
        edits.fill(15, "w:p", "甲");
        edits.fill(15, "w:p", "乙");
        edits.put(0, "前");
        assert_eq!(edits.made("<w:p w:x=\"1\" />"), "前<w:p w:x=\"1\" >甲乙</w:p>");
    }
}
