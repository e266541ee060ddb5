//! The properties of a paragraph: its style, its list, its level in the outline.

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
}

impl Paragraph {
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
