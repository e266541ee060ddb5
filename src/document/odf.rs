//! What OpenDocument texts and workbooks share: the part that holds the content, and the text of a paragraph.

use super::package::Package;
use super::xml::{Event, Tag, Xml};

/// More blanks or repetitions than this stand for none.
const MOST_BLANKS: u32 = 100;

/// The content of a file.
pub(super) fn content(bytes: &[u8]) -> Result<String, String> {
    let mut package = Package::open(bytes)?;
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("文件设了打开密码，读不了。请打开文件，去掉密码后另存再核对。".into());
    }
    package.part("content.xml")?.ok_or_else(|| {
        "文件里没有正文，不是完整的 OpenDocument 文件。请打开后另存为 .docx 或 .xlsx 再核对。".into()
    })
}

/// Begins to read it. Its names keep their prefixes, which all programs write alike.
pub(super) fn elements(text: &str) -> Xml<'_> {
    Xml::new(text, "opendocument")
}

/// How often a cell or row stands there.
pub(super) fn count(tag: &Tag, name: &str) -> u32 {
    tag.number(name).unwrap_or(1).max(1)
}

/// What stands in a paragraph besides its text.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The texts of notes and text boxes, a paragraph each.
    pub texts: Vec<String>,
    /// Pictures.
    pub pictures: usize,
}

/// The text of the paragraph that was opened last. Comments and what is hidden are no part of it.
pub(super) fn paragraph(xml: &mut Xml, beside: &mut Beside) -> Result<String, String> {
    // The texts that are open: the paragraph, and those of boxes and notes in it.
    let mut open: Vec<Option<String>> = vec![Some(String::new())];
    loop {
        match xml.next()? {
            Event::Open(tag) => {
                let own = match tag.name() {
                    "text:p" | "text:h" => Some(String::new()),
                    name => {
                        if is_left_out(name) {
                            xml.skip()?;
                            continue;
                        }
                        beside.pictures += usize::from(name == "draw:image");
                        let blanks = tag.number("c").unwrap_or(1).min(MOST_BLANKS) as usize;
                        add(&mut open, &sign(name, blanks));
                        None
                    }
                };
                open.push(own);
            }
            Event::Close => {
                let ended = open.pop().flatten();
                match (ended, open.is_empty()) {
                    (Some(text), true) => return Ok(text),
                    (Some(text), false) => beside.texts.push(text),
                    _ => {}
                }
            }
            Event::Text(text) => add(&mut open, &text.replace(['\n', '\r', '\t'], " ")),
            Event::End => return Ok(String::new()),
        }
    }
}

fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "office:annotation"
            | "text:note-citation"
            | "text:ruby-text"
            | "text:hidden-text"
            | "text:hidden-paragraph"
            | "svg:title"
            | "svg:desc"
            | "office:binary-data"
            | "office:event-listeners"
    )
}

fn sign(name: &str, blanks: usize) -> String {
    match name {
        "text:s" => " ".repeat(blanks),
        "text:tab" => "\t".into(),
        "text:line-break" => "\n".into(),
        _ => String::new(),
    }
}

/// Adds to the innermost open paragraph.
fn add(open: &mut [Option<String>], text: &str) {
    if let Some(Some(last)) = open.iter_mut().rev().find(|text| text.is_some()) {
        last.push_str(text);
    }
}
