//! What one part of a file says of another, and the types of parts: read, and added to.

use super::package::Package;
use super::scan::{self, unfit};
use super::splice::Edits;
use crate::document::package::joined;
use crate::markup::escaped;

const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The namespaces of a file, which differ where it keeps to the strict form of the standard.
pub(super) struct Names {
    is_strict: bool,
}

impl Names {
    /// Those of the file that a part is of.
    pub(super) fn of(part: &str) -> Names {
        Names {
            is_strict: part.contains("http://purl.oclc.org/ooxml/"),
        }
    }

    /// That of the elements: of `wordprocessingml` or `spreadsheetml`.
    pub(super) fn main(&self, of: &str) -> String {
        match self.is_strict {
            true => format!("http://purl.oclc.org/ooxml/{of}/main"),
            false => format!("http://schemas.openxmlformats.org/{of}/2006/main"),
        }
    }

    /// That of references from part to part.
    pub(super) fn relation(&self) -> &'static str {
        match self.is_strict {
            true => "http://purl.oclc.org/ooxml/officeDocument/relationships",
            false => "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        }
    }
}

/// A reference from part to part.
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type.
    pub kind: String,
    /// The name of the other part.
    pub target: String,
}

/// The references of a part.
pub(super) fn of(package: &mut Package, part: &str) -> Result<Vec<Relation>, String> {
    let Some(text) = package.part(&beside(part))? else {
        return Ok(Vec::new());
    };
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let elements = scan::outline(&text, 2)?;
    let relations = elements
        .iter()
        .filter(|element| element.local() == "Relationship" && element.get("TargetMode") != "External");
    Ok(relations
        .map(|element| Relation {
            id: element.get("Id").to_owned(),
            kind: element.get("Type").rsplit('/').next().unwrap_or("").to_owned(),
            target: joined(folder, element.get("Target")),
        })
        .collect())
}

/// Adds a reference to a part, and gives its id.
pub(super) fn add(package: &mut Package, part: &str, kind: &str, target: &str) -> Result<String, String> {
    let path = beside(part);
    let text = match package.part(&path)? {
        Some(text) => text,
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{RELATIONS}\"></Relationships>"
        ),
    };
    let elements = scan::outline(&text, 2)?;
    let root = elements.first().ok_or_else(unfit)?;
    let mut number = elements.len();
    let taken = |id: &str| elements.iter().any(|element| element.get("Id") == id);
    while taken(&format!("rId{number}")) {
        number += 1;
    }
    let mut edits = Edits::default();
    edits.append(
        root,
        &format!(
            "<{}Relationship Id=\"rId{number}\" Type=\"{}\" Target=\"{}\"/>",
            root.prefix(),
            escaped(kind),
            escaped(target)
        ),
    );
    package.put(&path, edits.made(&text));
    Ok(format!("rId{number}"))
}

/// Says what a new part is.
pub(super) fn declare(package: &mut Package, part: &str, kind: &str) -> Result<(), String> {
    types(package, |elements, prefix| {
        let name = format!("/{part}");
        let known = elements
            .iter()
            .any(|element| element.get("PartName").eq_ignore_ascii_case(&name));
        (!known).then(|| {
            format!(
                "<{prefix}Override PartName=\"{}\" ContentType=\"{kind}\"/>",
                escaped(&name)
            )
        })
    })
}

/// Says what parts of an ending are.
pub(super) fn declare_ending(package: &mut Package, ending: &str, kind: &str) -> Result<(), String> {
    types(package, |elements, prefix| {
        let known = elements
            .iter()
            .any(|element| element.get("Extension").eq_ignore_ascii_case(ending));
        (!known).then(|| format!("<{prefix}Default Extension=\"{ending}\" ContentType=\"{kind}\"/>"))
    })
}

fn types(
    package: &mut Package,
    piece: impl Fn(&[scan::Element], &str) -> Option<String>,
) -> Result<(), String> {
    let text = package.part(TYPES)?.ok_or_else(unfit)?;
    let elements = scan::outline(&text, 2)?;
    let root = elements.first().ok_or_else(unfit)?;
    if let Some(piece) = piece(&elements, root.prefix()) {
        let mut edits = Edits::default();
        edits.append(root, &piece);
        package.put(TYPES, edits.made(&text));
    }
    Ok(())
}

/// The part that holds the references of a part.
fn beside(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}
