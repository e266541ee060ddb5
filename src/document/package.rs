//! A docx or xlsx file to its parts, each as text: what is too large, broken or locked is refused in words.

use super::xml::{Event, Xml};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// More entries than this no document has.
const MOST_ENTRIES: usize = 4096;
/// The longest part, and the longest that all parts together may be.
const LONGEST_PART: u64 = 64 << 20;
const LONGEST: u64 = 256 << 20;

/// An open file.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that were unpacked so far.
    unpacked: u64,
}

/// What one part says of another.
pub(super) struct Relation {
    pub id: String,
    /// The last word of its type: styles, numbering, footnotes, worksheet.
    pub kind: String,
    /// The path of the other part.
    pub target: String,
}

impl<'b> Package<'b> {
    /// Opens a file.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, String> {
        if entries(bytes).is_some_and(|entries| entries > MOST_ENTRIES) {
            return Err(too_large());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        if archive.len() > MOST_ENTRIES {
            return Err(too_large());
        }
        Ok(Package { archive, unpacked: 0 })
    }

    /// A part as text, where the file has it.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, String> {
        let Some(index) = self.index(path) else {
            return Ok(None);
        };
        let left = LONGEST_PART.min(LONGEST - self.unpacked.min(LONGEST));
        let file = self.archive.by_index(index).map_err(|error| refused(&error))?;
        if file.size() > left {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(file.size() as usize);
        file.take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| broken())?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > left {
            return Err(too_large());
        }
        text_of(bytes).map(Some)
    }

    fn index(&self, path: &str) -> Option<usize> {
        let path = path.trim_start_matches('/');
        self.archive.index_for_name(path).or_else(|| {
            // Some programs write the names in other letters than they refer to.
            (0..self.archive.len()).find(|index| {
                let name = self.archive.name_for_index(*index);
                name.is_some_and(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(path)))
            })
        })
    }

    /// The parts that a part refers to.
    pub(super) fn relations(&mut self, path: &str) -> Result<Vec<Relation>, String> {
        let path = path.trim_start_matches('/');
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(text) = self.part(&joined(folder, &format!("_rels/{name}.rels")))? else {
            return Ok(Vec::new());
        };
        let mut xml = Xml::new(&text, "package");
        let mut found = Vec::new();
        loop {
            match xml.next()? {
                Event::Open(tag) if tag.name() == "Relationship" => {
                    let get = |name| tag.get(name).unwrap_or_default();
                    let (kind, target) = (get("Type"), get("Target"));
                    if get("TargetMode") == "External" {
                        continue;
                    }
                    found.push(Relation {
                        id: get("Id").into_owned(),
                        kind: kind.rsplit('/').next().unwrap_or("").to_owned(),
                        target: joined(folder, &target),
                    });
                }
                Event::End => return Ok(found),
                _ => {}
            }
        }
    }

    /// The path of the part that the whole file is about.
    pub(super) fn main(&mut self, usual: &str) -> Result<String, String> {
        let relations = self.relations("")?;
        let main = relations
            .into_iter()
            .find(|relation| relation.kind == "officeDocument");
        Ok(main.map_or_else(|| usual.to_owned(), |relation| relation.target))
    }
}

/// How many entries the end of the file says that it has, before any of them is looked at.
fn entries(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memmem::rfind(bytes, b"PK\x05\x06")?;
    let count = bytes.get(end + 10..end + 12)?;
    Some(usize::from(count[0]) | usize::from(count[1]) << 8)
}

/// A target as a path: beside the part, or from the root.
pub(crate) fn joined(folder: &str, target: &str) -> String {
    if let Some(rooted) = target.strip_prefix('/') {
        return rooted.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn text_of(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(
            "文件内部用了少见的 UTF-16 编码，这一版不读。请用 Word、Excel 或 WPS 打开后另存一份再核对。"
                .into(),
        );
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

fn refused(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            "文件是加密的压缩包，打不开。请先解密，再另存一份后核对。".into()
        }
        _ => broken(),
    }
}

fn broken() -> String {
    "文件已损坏或没有下载完整，打不开。请重新取一份，或用 Word、Excel、WPS 修复后另存再核对。".into()
}

pub(super) fn too_large() -> String {
    "文件解开后太大，不像是一份报告，没有读。请确认文件，或把报告部分另存一份再核对。".into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_beside_the_part_or_from_the_root() {
        assert_eq!(joined("word", "styles.xml"), "word/styles.xml");
        assert_eq!(
            joined("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(joined("xl/worksheets", "../tables/t.xml"), "xl/tables/t.xml");
    }
}
