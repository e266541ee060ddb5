//! Remarks to the comments of a workbook: one for each cell, in the part of its sheet, and a box for it in the drawing.

use super::package::Package;
use super::relations::{self, Names, Relation};
use super::remarks::{self, Remark};
use super::scan::{self, Element, unfit};
use super::splice::Edits;
use super::{AUTHOR, Made, threads, vml};
use crate::document::{CellPlace, Document, from_xlsx};
use crate::finding::Outcome;
use crate::markup::escaped;
use std::collections::BTreeMap;

const OF_SHEETS: &str = "spreadsheetml";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// What stands behind `legacyDrawing` in a sheet.
const BEHIND: &[&str] = &[
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];
/// Characters that a line of a box shows.
const LINE: usize = 22;
/// Bytes of one comment: Excel refuses a file with one of more than 32,767 characters, and nobody reads so much.
const LONGEST: usize = 12_000;

/// The remarks of a sheet by their cells, row first: the text of each.
type Cells = BTreeMap<(u32, u32), String>;

/// The copy.
pub(super) fn copy(bytes: &[u8], document: &Document, outcome: &Outcome) -> Result<Made, String> {
    let sheets = from_xlsx::sheet_parts(bytes)?;
    let (mut package, mut earlier) = (Package::open(bytes)?, 0);
    for (number, cells) in by_cell(document, outcome) {
        let name = document.sheets.get(number as usize).ok_or_else(unfit)?;
        let part = sheets.iter().find(|(own, _)| own == name).ok_or_else(unfit)?;
        earlier += sheet(&mut package, &part.1, &cells)?;
    }
    let (bytes, was_signed) = package.made()?;
    Ok((bytes, was_signed, earlier))
}

/// A cell has one comment, whatever was found in it, and of that only as much as Excel takes.
fn by_cell(document: &Document, outcome: &Outcome) -> BTreeMap<u32, Cells> {
    let mut sheets: BTreeMap<u32, Cells> = BTreeMap::new();
    let mut left: BTreeMap<(u32, u32, u32), usize> = BTreeMap::new();
    for remark in remarks::of(document, outcome) {
        let Some(place) = place_of(document, &remark) else {
            continue;
        };
        let cells = sheets.entry(place.sheet).or_default();
        let text = cells.entry((place.row, place.column)).or_default();
        let told = remark.lines.join("\n");
        if text.len() + told.len() > LONGEST {
            *left.entry((place.sheet, place.row, place.column)).or_default() += 1;
        } else if !text.contains(&told) {
            let apart = if text.is_empty() { "" } else { "\n\n" };
            text.push_str(apart);
            text.push_str(&told);
        }
    }
    for ((sheet, row, column), count) in left {
        let cell = sheets.entry(sheet).or_default().entry((row, column)).or_default();
        cell.push_str(&format!("\n\n还有 {count} 处写不下，见核对结果。"));
    }
    sheets
}

fn place_of(document: &Document, remark: &Remark) -> Option<CellPlace> {
    let after = document
        .places
        .partition_point(|(start, _)| *start <= remark.range.start);
    document
        .places
        .get(after.saturating_sub(1))
        .map(|(_, place)| *place)
}

/// Puts the remarks of a sheet into it; gives how many of an earlier copy it has.
fn sheet(package: &mut Package, part: &str, cells: &Cells) -> Result<usize, String> {
    let text = package.part(part)?.ok_or_else(unfit)?;
    let names = Names::of(&text);
    let known = relations::of(package, part)?;
    let cells = &threads::beside(package, &text, &known, cells)?;
    let path = match known.iter().find(|relation| relation.kind == "comments") {
        Some(relation) => relation.target.clone(),
        None => new_comments(package, part, &names)?,
    };
    let comments = package.part(&path)?.ok_or_else(unfit)?;
    let earlier = earlier(&comments)?;
    let (comments, new) = commented(&comments, cells)?;
    package.put(&path, comments);
    let drawing = drawing_of(package, part, &text, &known, &names, new.len())?;
    let boxes: Vec<(u32, u32, u32)> = new
        .iter()
        .map(|(row, column)| (*row, *column, height(&cells[&(*row, *column)])))
        .collect();
    let old = package.part(&drawing)?.ok_or_else(unfit)?;
    package.put(&drawing, vml::with(&old, &boxes)?);
    Ok(earlier)
}

/// How many comments of ours a part has.
fn earlier(comments: &str) -> Result<usize, String> {
    let elements = scan::outline(comments, 3)?;
    let authors = elements.iter().filter(|element| element.local() == "author");
    let own = authors
        .enumerate()
        .find(|(_, author)| comments.get(author.inner.clone()) == Some(AUTHOR));
    let own = own.map(|(number, _)| number.to_string());
    let is_own = |element: &&Element| {
        element.local() == "comment" && own.as_deref().is_some_and(|own| element.get("authorId") == own)
    };
    Ok(elements.iter().filter(is_own).count())
}

/// How many lines a text takes in its box.
fn height(text: &str) -> u32 {
    let lines = text.lines().map(|line| line.chars().count() / LINE + 1);
    lines.sum::<usize>().min(100) as u32
}

fn new_comments(package: &mut Package, part: &str, names: &Names) -> Result<String, String> {
    let path = package.free("xl/comments", ".xml");
    let kind = format!("{}/comments", names.relation());
    relations::add(package, part, &kind, &target(part, &path))?;
    relations::declare(package, &path, KIND)?;
    package.put(
        &path,
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors></authors>\
             <commentList></commentList></comments>",
            names.main(OF_SHEETS)
        ),
    );
    Ok(path)
}

/// A part of `xl` as its sheets name it.
fn target(part: &str, path: &str) -> String {
    match (part.starts_with("xl/worksheets/"), path.strip_prefix("xl/")) {
        (true, Some(rest)) if !part["xl/worksheets/".len()..].contains('/') => format!("../{rest}"),
        _ => format!("/{path}"),
    }
}

/// The drawing of a sheet; a new one, to hold so many boxes, where it has none.
fn drawing_of(
    package: &mut Package,
    part: &str,
    text: &str,
    known: &[Relation],
    names: &Names,
    boxes: usize,
) -> Result<String, String> {
    let elements = scan::outline(text, 2)?;
    let root = elements.first().ok_or_else(unfit)?;
    if let Some(old) = elements.iter().find(|element| element.local() == "legacyDrawing") {
        let relation = known.iter().find(|relation| relation.id == old.get("id"));
        return Ok(relation.ok_or_else(unfit)?.target.clone());
    }
    let path = package.free("xl/drawings/vmlDrawing", ".vml");
    let kind = format!("{}/vmlDrawing", names.relation());
    let id = relations::add(package, part, &kind, &target(part, &path))?;
    relations::declare_ending(package, "vml", DRAWING)?;
    let others = package.ending(".vml")?;
    package.put(&path, vml::blank(&others, boxes));
    let piece = format!(
        "<{}legacyDrawing xmlns:r=\"{}\" r:id=\"{id}\"/>",
        root.prefix(),
        names.relation()
    );
    // the elements of a sheet have an order that Excel insists on
    let mut children = elements.iter().filter(|element| element.depth == 2);
    let before = children
        .rfind(|element| !BEHIND.contains(&element.local()))
        .ok_or_else(unfit)?;
    let mut edits = Edits::default();
    edits.put(before.whole.end, piece);
    package.put(part, edits.made(text));
    Ok(path)
}

/// A part of comments with those of the cells, and which of them are new: a cell that has one gets no second.
fn commented(text: &str, cells: &Cells) -> Result<(String, Vec<(u32, u32)>), String> {
    let elements = scan::outline(text, 6)?;
    let find = |name: &str| elements.iter().find(|element| element.local() == name);
    let (authors, list) = (
        find("authors").ok_or_else(unfit)?,
        find("commentList").ok_or_else(unfit)?,
    );
    let mut edits = Edits::default();
    let known = elements
        .iter()
        .filter(|element| element.local() == "author" && element.depth == 3);
    let known: Vec<&str> = known
        .map(|element| text.get(element.inner.clone()).unwrap_or_default())
        .collect();
    let prefix = list.prefix();
    let author = known.iter().position(|name| *name == AUTHOR).unwrap_or_else(|| {
        edits.append(authors, &format!("<{prefix}author>{AUTHOR}</{prefix}author>"));
        known.len()
    });
    let mut new = Vec::new();
    for ((row, column), told) in cells {
        let address = from_xlsx::address((*row, *column));
        let old = elements
            .iter()
            .position(|element| element.local() == "comment" && element.get("ref") == address);
        if let Some(old) = old {
            extend(&mut edits, &elements[old..], told)?;
            continue;
        }
        new.push((*row, *column));
        let run = run(prefix, told);
        edits.append(
            list,
            &format!(
                "<{prefix}comment ref=\"{address}\" authorId=\"{author}\" shapeId=\"0\"><{prefix}text>{run}</{prefix}text>\
                 </{prefix}comment>"
            ),
        );
    }
    Ok((edits.made(text), new))
}

fn run(prefix: &str, text: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"9\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escaped(text)
    )
}

/// Puts a text behind that of a comment, with which `elements` begin.
fn extend(edits: &mut Edits, elements: &[Element], told: &str) -> Result<(), String> {
    let own = |element: &&Element| element.whole.end <= elements[0].whole.end;
    let inside = || elements.iter().take_while(own);
    // not how the text is pronounced
    let last = inside()
        .filter(|element| element.local() == "t" && !element.is_empty)
        .last();
    let told = format!("\n\n{AUTHOR}：\n{told}");
    match last {
        Some(last) => edits.put(last.inner.end, escaped(&told)),
        None => {
            let text = inside()
                .find(|element| element.local() == "text")
                .ok_or_else(unfit)?;
            edits.append(text, &run(text.prefix(), told.trim_start()));
        }
    }
    Ok(())
}
