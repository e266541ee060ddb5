//! The styles of a Word file: which are headings, which number their paragraphs, which are tables of contents.

use super::elements;
use super::paragraph::Paragraph;
use crate::document::xml::{Event, Tag};
use rustc_hash::FxHashMap;

/// A style as it is written down.
#[derive(Debug, Default)]
struct Written {
    name: String,
    based_on: Option<String>,
    outline: Option<u32>,
    list: Option<String>,
    list_level: Option<u32>,
}

/// All styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    written: FxHashMap<String, Written>,
    default: Option<String>,
}

/// What a paragraph is by its style and its own properties.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// The level of a heading, from 1.
    pub level: Option<u8>,
    /// Its list and its level in it.
    pub numbered: Option<(String, u32)>,
    /// A line of the table of contents, which only repeats headings.
    pub is_contents: bool,
}

/// Styles that stand on one another further than this are a circle.
const LONGEST_CHAIN: usize = 16;

/// Reads styles.xml.
pub(super) fn read(text: &str) -> Result<Styles, String> {
    let mut styles = Styles::default();
    let Some(mut xml) = elements(text) else {
        return Ok(styles);
    };
    let mut id = String::new();
    loop {
        match xml.next()? {
            Event::Open(tag) => match tag.name() {
                "style" => {
                    id = tag.get("styleId").unwrap_or_default().into_owned();
                    let by_default = matches!(tag.get("default").as_deref(), Some("1" | "true"));
                    if by_default && tag.get("type").as_deref() == Some("paragraph") {
                        styles.default = Some(id.clone());
                    }
                    styles.written.insert(id.clone(), Written::default());
                }
                "rPr" | "tblPr" | "tblStylePr" | "latentStyles" | "docDefaults" | "tcPr" | "trPr" => {
                    xml.skip()?
                }
                _ => {
                    if let Some(style) = styles.written.get_mut(&id) {
                        note(style, &tag);
                    }
                }
            },
            Event::End => return Ok(styles),
            _ => {}
        }
    }
}

fn note(style: &mut Written, tag: &Tag) {
    let val = || tag.val().map(|val| val.into_owned());
    match tag.name() {
        "name" => style.name = val().unwrap_or_default().to_lowercase(),
        "basedOn" => style.based_on = val(),
        "outlineLvl" => style.outline = tag.number("val"),
        "numId" => style.list = val(),
        "ilvl" => style.list_level = tag.number("val"),
        _ => {}
    }
}

impl Styles {
    /// What a paragraph is.
    pub(super) fn of(&self, paragraph: &Paragraph) -> Resolved {
        let mut outline = paragraph.outline;
        let (mut list, mut list_level) = (paragraph.list.clone(), paragraph.list_level);
        let mut is_contents = false;
        let mut next = paragraph.style.as_ref().or(self.default.as_ref());
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.written.get(id)) else {
                break;
            };
            outline = outline.or(style.outline).or_else(|| outline_of(&style.name));
            if list.is_none() {
                list = style.list.clone();
                list_level = list_level.or(style.list_level);
            }
            is_contents |= is_contents_name(&style.name);
            next = style.based_on.as_ref();
        }
        let level = outline.filter(|level| *level < 9).map(|level| level as u8 + 1);
        let numbered = list
            .filter(|list| list != "0")
            .map(|list| (list, list_level.unwrap_or(0)));
        Resolved {
            level,
            numbered,
            is_contents,
        }
    }
}

/// heading 1, 标题 1, title: the level in the outline, from 0.
fn outline_of(name: &str) -> Option<u32> {
    if matches!(name, "title" | "标题") {
        return Some(0);
    }
    let digits = name
        .strip_prefix("heading")
        .or_else(|| name.strip_prefix("标题"))?;
    let level: u32 = digits.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

fn is_contents_name(name: &str) -> bool {
    ["toc ", "目录 "].iter().any(|word| {
        let rest = name.strip_prefix(word);
        rest.is_some_and(|rest| rest.trim().parse::<u32>().is_ok())
    })
}
