//! The properties of a paragraph: its style, its list, its level in the outline.

use super::places::{Anchor, Spot};
use crate::document::xml::Xml;

/// A paragraph before its style is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub text: String,
    pub style: Option<String>,
    /// Its own list, where it names one: the number 0 takes the style's list away.
    pub list: Option<String>,
    pub list_level: Option<u32>,
    /// Its own level in the outline, from 0; 9 is none.
    pub outline: Option<u32>,
    /// Its end was deleted: the next paragraph goes on in it.
    pub goes_on: bool,
    /// Which piece of the part each piece of the text was read from, ascending.
    pub anchors: Vec<Anchor>,
    /// Where it stands itself, of which an empty one has nothing but this.
    pub home: Spot,
}

impl Paragraph {
    /// Says that the text that follows is read from there.
    pub(super) fn read_from(&mut self, spot: Spot) {
        if self.anchors.last().is_none_or(|last| last.spot != spot) {
            let at = self.text.len() as u32;
            self.anchors.push(Anchor { at, spot });
        }
    }

    /// The same with the paragraph behind it, as its own end was deleted.
    pub(super) fn followed_by(&mut self, next: &Paragraph) {
        let before = self.text.len() as u32;
        self.text.push_str(&next.text);
        let moved = next.anchors.iter().map(|anchor| Anchor {
            at: anchor.at + before,
            ..*anchor
        });
        self.anchors.extend(moved);
        self.goes_on = next.goes_on;
    }

    /// Says that it is to be found there, as nothing can be fastened where it stands.
    pub(super) fn hang_on(&mut self, spot: Spot) {
        self.home = spot;
        self.anchors = vec![Anchor { at: 0, spot }];
    }

    /// Reads `pPr`.
    pub(super) fn properties(&mut self, xml: &mut Xml) -> Result<(), String> {
        xml.properties(|tag| {
            let val = || tag.val().map(|val| val.into_owned());
            match tag.name() {
                "pStyle" => self.style = val(),
                "numId" => self.list = val(),
                "ilvl" => self.list_level = tag.number("val"),
                "outlineLvl" => self.outline = tag.number("val"),
                "del" | "moveFrom" => self.goes_on = true,
                // How it was before: none of it holds now.
                "pPrChange" | "sectPr" => return false,
                _ => {}
            }
            true
        })
    }
}
