//! Remarks to the comments of a Word file: markers around the runs that they are about, and a part with their texts.

use super::package::Package;
use super::relations::{self, Names};
use super::remarks::{self, Remark};
use super::scan::{self, unfit};
use super::splice::Edits;
use super::{AUTHOR, Made};
use crate::document::Document;
use crate::document::from_docx;
use crate::document::from_docx::places::{Places, Spot};
use crate::finding::Outcome;
use crate::markup::escaped;
use std::collections::HashSet;
use std::ops::Range;

const OF_WORD: &str = "wordprocessingml";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// Plain lines of nine points, whatever the text of the file looks like.
const LOOK: &str = "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>\
<w:ind w:left=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/></w:pPr>";
/// How much of the words that are meant is quoted.
const LONGEST_QUOTE: usize = 60;

/// The copy.
pub(super) fn copy(bytes: &[u8], document: &Document, outcome: &Outcome) -> Result<Made, String> {
    let (again, places) = from_docx::read_with_places(&document.source.name, bytes)?;
    if again.source.text != document.source.text {
        return Err("核对的时候文件被改动了，没有写批注。请再核对一次。".into());
    }
    let mut package = Package::open(bytes)?;
    let text = package.part(&places.part)?.ok_or_else(unfit)?;
    let names = Names::of(&text);
    let known = relations::of(&mut package, &places.part)?
        .into_iter()
        .find(|relation| relation.kind == "comments");
    let comments = match &known {
        Some(relation) => package.part(&relation.target)?.ok_or_else(unfit)?,
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\"></w:comments>",
            names.main(OF_WORD)
        ),
    };
    let found = scan::outline(&comments, 2)?;
    let root = found.first().ok_or_else(unfit)?;
    let own = declaration(&comments[root.whole.start..], &names);
    let mut marked = Marked::new(&text, &places, &names, next_id(&found, &text));
    let mut texts = String::new();
    for remark in remarks::of(document, outcome) {
        if let Some((id, around)) = marked.mark(&remark) {
            let quoted = quote(document, &remark, &around);
            texts.push_str(&comment(id, &remark, quoted, &own));
        }
    }
    let mut edits = Edits::default();
    edits.append(root, &texts);
    let comments = edits.made(&comments);
    package.put(&places.part, marked.edits.made(&text));
    let path = match known {
        Some(relation) => relation.target,
        None => {
            let folder = places.part.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = new_part(&package, folder);
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            let kind = format!("{}/comments", names.relation());
            relations::add(&mut package, &places.part, &kind, &name)?;
            path
        }
    };
    package.put(&path, comments);
    relations::declare(&mut package, &path, KIND)?;
    let (bytes, was_signed) = package.made()?;
    let earlier = found.iter().filter(|comment| comment.get("author") == AUTHOR);
    Ok((bytes, was_signed, earlier.count()))
}

fn new_part(package: &Package, folder: &str) -> String {
    let usual = format!("{folder}/comments.xml");
    let usual = usual.trim_start_matches('/');
    match package.has(usual) {
        true => package.free(usual.trim_end_matches(".xml"), ".xml"),
        false => usual.to_owned(),
    }
}

/// The binding of `w:` where the part does not have it.
fn declaration(part: &str, names: &Names) -> String {
    let head = part.split('>').next().unwrap_or_default();
    let bound = format!("xmlns:w=\"{}\"", names.main(OF_WORD));
    match head.contains(&bound) || head.contains(&bound.replace('"', "'")) {
        true => String::new(),
        false => format!(" {bound}"),
    }
}

/// An id above all that the comments or the text have.
fn next_id(comments: &[scan::Element], text: &str) -> u32 {
    let ids = comments.iter().map(|comment| comment.get("id"));
    let in_text = ["commentRangeStart", "commentRangeEnd", "commentReference"]
        .iter()
        .flat_map(|name| text.split(name).skip(1))
        .filter_map(|rest| rest.split('>').next()?.split("id=").nth(1))
        .map(|id| id.trim_start_matches(['"', '\'']))
        .map(|id| id.split(['"', '\'']).next().unwrap_or_default());
    let largest = ids.chain(in_text).filter_map(|id| id.parse::<u32>().ok()).max();
    largest.map_or(0, |id| id.saturating_add(1))
}

/// The main part with markers.
struct Marked<'t> {
    text: &'t str,
    places: &'t Places,
    edits: Edits,
    /// Bytes of the mark of byte order, which the reader does not count.
    before: usize,
    declaration: String,
    next: u32,
    /// The runs that pointers already stand at.
    pointers: HashSet<(Spot, Spot, Vec<String>)>,
}

impl<'t> Marked<'t> {
    fn new(text: &'t str, places: &'t Places, names: &Names, next: u32) -> Marked<'t> {
        let root = text
            .find("<w:document")
            .or_else(|| text.find(":document"))
            .or_else(|| text.find("<document"));
        Marked {
            text,
            places,
            edits: Edits::default(),
            before: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            declaration: declaration(&text[root.unwrap_or(0)..], names),
            next,
            pointers: HashSet::new(),
        }
    }

    /// Puts markers around what a remark is about; gives its id and what the markers stand around.
    fn mark(&mut self, remark: &Remark) -> Option<(u32, Range<u32>)> {
        let (from, to) = self.places.of(&remark.range)?;
        let around = self.places.around(from, to);
        let (first, last) = (self.places.marks[from].spot, self.places.marks[to].spot);
        if remark.is_pointer && !self.pointers.insert((first, last, remark.lines.clone())) {
            return None;
        }
        let (id, own) = (self.next, &self.declaration);
        let begin = format!("<w:commentRangeStart{own} w:id=\"{id}\"/>");
        let end = format!(
            "<w:commentRangeEnd{own} w:id=\"{id}\"/><w:r{own}><w:commentReference w:id=\"{id}\"/></w:r>"
        );
        let child = |spot: Spot| self.places.parts.children.get(spot.child? as usize);
        match (child(first), child(last)) {
            (Some(from), Some(to)) => {
                self.edits.put(from.start + self.before, begin);
                self.edits.put(to.end + self.before, end);
            }
            _ => {
                let home = self.places.parts.paragraphs.get(first.paragraph as usize)?;
                let piece = format!("{begin}{end}");
                if home.is_empty {
                    let tag = self.text.get(home.start + self.before + 1..)?;
                    let name = tag.split(['/', '>', ' ', '\t', '\r', '\n']).next()?;
                    self.edits.fill(home.inner_end + self.before, name, &piece);
                } else {
                    self.edits.put(home.inner_end + self.before, piece);
                }
            }
        }
        self.next += 1;
        Some((id, around))
    }
}

/// The words that are meant, where the markers stand around more.
fn quote(document: &Document, remark: &Remark, around: &Range<u32>) -> Option<String> {
    let slice = |range: &Range<u32>| document.source.text.get(range.start as usize..range.end as usize);
    let (meant, marked) = (slice(&remark.range)?.trim(), slice(around)?.trim());
    let is_part = !meant.is_empty() && meant.len() < marked.len();
    is_part.then(|| {
        let short: String = meant.chars().take(LONGEST_QUOTE).collect();
        let more = if short.len() < meant.len() { "…" } else { "" };
        format!("指“{short}{more}”")
    })
}

fn comment(id: u32, remark: &Remark, quoted: Option<String>, own: &str) -> String {
    let mut lines = remark.lines.clone();
    lines.splice(1..1, quoted);
    let paragraph = |line: &String| {
        format!(
            "<w:p>{LOOK}<w:r><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(line)
        )
    };
    let paragraphs: String = lines.iter().map(paragraph).collect();
    format!("<w:comment{own} w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"jx\">{paragraphs}</w:comment>")
}
