//! The entries of a docx or xlsx file: those that are not changed are copied as they are packed.

use super::scan::unfit;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, ZipArchive};

/// No part that is changed is longer.
const LONGEST: u64 = 64 << 20;

/// A file that is being changed.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The parts that are changed or new, by their names.
    changed: BTreeMap<String, String>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Package<'b>, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unfit())?;
        Ok(Package {
            archive,
            changed: BTreeMap::new(),
        })
    }

    /// The name of a part as the file writes it; some programs refer to it in other letters.
    fn name(&self, path: &str) -> String {
        let path = path.trim_start_matches('/');
        let mut names = self.archive.file_names().flatten();
        let own = names.find(|name| name.eq_ignore_ascii_case(path));
        own.map_or_else(|| path.to_owned(), |name| name.into_owned())
    }

    /// Whether the file has a part, or will have it.
    pub(super) fn has(&self, path: &str) -> bool {
        let name = self.name(path);
        self.changed.contains_key(&name) || self.archive.index_for_name(&name).is_some()
    }

    /// The first of `xl/comments1.xml`, `xl/comments2.xml` … that the file does not have.
    pub(super) fn free(&self, before: &str, after: &str) -> String {
        let mut number = 1;
        loop {
            let path = format!("{before}{number}{after}");
            if !self.has(&path) {
                return path;
            }
            number += 1;
        }
    }

    /// A part as it is by now.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, String> {
        let name = self.name(path);
        if let Some(text) = self.changed.get(&name) {
            return Ok(Some(text.clone()));
        }
        let Some(index) = self.archive.index_for_name(&name) else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|_| unfit())?;
        let mut bytes = Vec::new();
        file.take(LONGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| unfit())?;
        if bytes.len() as u64 > LONGEST {
            return Err(unfit());
        }
        String::from_utf8(bytes).map(Some).map_err(|_| unfit())
    }

    /// Changes a part, or adds it.
    pub(super) fn put(&mut self, path: &str, text: String) {
        let name = self.name(path);
        self.changed.insert(name, text);
    }

    /// Whether somebody has signed the file.
    fn is_signed(&self) -> bool {
        let mut names = self.archive.file_names().flatten();
        names.any(|name| name.to_ascii_lowercase().starts_with("_xmlsignatures/"))
    }

    /// The texts of the parts with an ending.
    pub(super) fn ending(&mut self, ending: &str) -> Result<Vec<String>, String> {
        let mut names: BTreeSet<String> = self.changed.keys().cloned().collect();
        names.extend(self.archive.file_names().flatten().map(|name| name.into_owned()));
        let own = names
            .into_iter()
            .filter(|name| name.to_ascii_lowercase().ends_with(ending));
        own.filter_map(|name| self.part(&name).transpose()).collect()
    }

    /// The bytes of the changed file, new parts at its end, and whether the file was signed.
    pub(super) fn made(mut self) -> Result<(Vec<u8>, bool), String> {
        let was_signed = self.is_signed();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|_| unfit())?;
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            match self.changed.remove(&name) {
                None => writer.raw_copy_file(file).map_err(|_| unfit())?,
                Some(text) => {
                    let options = options(file.last_modified());
                    write(&mut writer, &name, &text, options)?;
                }
            }
        }
        for (name, text) in &self.changed {
            write(&mut writer, name, text, options(None))?;
        }
        let made = writer.finish().map_err(|_| unfit())?;
        Ok((made.into_inner(), was_signed))
    }
}

/// No clock is asked: a part has the time that it had, a new one the earliest that the format knows.
fn options(time: Option<DateTime>) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.unwrap_or_default())
}

fn write(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    text: &str,
    options: SimpleFileOptions,
) -> Result<(), String> {
    writer.start_file(name, options).map_err(|_| unfit())?;
    writer.write_all(text.as_bytes()).map_err(|_| unfit())
}
