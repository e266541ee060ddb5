//! A part of an Office file to its elements with the bytes between which they stand, so that text can be put between
//! them and nothing else changes.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::ops::Range;

/// An element of a part.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// Its name as it is written, with its prefix.
    pub name: String,
    /// How deep it stands: the outermost stands at 1.
    pub depth: usize,
    /// Its attributes by their names without a prefix.
    pub attributes: BTreeMap<String, String>,
    /// From the first byte of its opening tag to the last of its closing tag.
    pub whole: Range<usize>,
    /// What stands between both tags; empty, behind the tag, where that closes itself.
    pub inner: Range<usize>,
    /// Whether it is one tag that closes itself.
    pub is_empty: bool,
}

impl Element {
    /// Its name without a prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// `w:` or nothing.
    pub(super) fn prefix(&self) -> &str {
        &self.name[..self.name.len() - self.local().len()]
    }

    /// An attribute; empty where it has none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// The elements down to a depth, in the order in which they begin; the first is the outermost.
pub(super) fn outline(text: &str, deepest: usize) -> Result<Vec<Element>, String> {
    let mut reader = Reader::from_str(text);
    let mut found: Vec<Element> = Vec::new();
    // the numbers of the open elements that were kept
    let (mut open, mut depth): (Vec<usize>, usize) = (Vec::new(), 0);
    loop {
        let begin = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| unfit())?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth <= deepest {
                    open.push(found.len());
                    found.push(element(&tag, depth, begin, end));
                }
            }
            Event::Empty(tag) if depth < deepest => {
                found.push(Element {
                    is_empty: true,
                    ..element(&tag, depth + 1, begin, end)
                });
            }
            Event::End(_) => {
                if depth <= deepest
                    && let Some(number) = open.pop()
                {
                    found[number].inner.end = begin;
                    found[number].whole.end = end;
                }
                depth = depth.saturating_sub(1);
            }
            Event::DocType(_) => return Err(unfit()),
            Event::Eof if found.is_empty() || !open.is_empty() => return Err(unfit()),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn element(tag: &BytesStart, depth: usize, begin: usize, end: usize) -> Element {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let attributes = attributes.flatten().map(|attribute| {
        let name = attribute.key.local_name().into_inner().to_owned();
        let value = unescape(&attribute.value)
            .map(|value| value.into_owned())
            .unwrap_or_default();
        (name, value)
    });
    Element {
        name: tag.name().into_inner().to_owned(),
        depth,
        attributes: attributes.collect(),
        whole: begin..end,
        inner: end..end,
        is_empty: false,
    }
}

/// What to say of a file that remarks cannot be written into.
pub(super) fn unfit() -> String {
    "文件的内部写法少见，没有写批注。请用 Word、Excel 或 WPS 打开，另存一份后再试。".into()
}
