//! Documents to one: the blocks of the next follow those of the first, each with its place in the joined text, and, where
//! they are files of one report, in its own file.

use super::{Block, BlockKind, Document, Table};
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// A file of a report that is several files.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it begins in the view of the whole.
    pub start: u32,
    /// The file as it was read.
    pub document: Arc<Document>,
}

/// What parts the two texts: an empty line, as between any two blocks.
const BREAK: &str = "\n\n";

impl Document {
    /// Several files as one report, under a name of its own. Every place stays a place of its file.
    pub fn together(name: &str, documents: Vec<Document>) -> Document {
        let mut whole: Option<Document> = None;
        let mut parts = Vec::with_capacity(documents.len());
        for document in documents {
            let (start, joined) = match whole {
                None => (0, document.clone()),
                Some(whole) => (
                    (whole.view.text.len() + BREAK.len()) as u32,
                    whole.followed_by(&document),
                ),
            };
            let document = Arc::new(document);
            parts.push(Part { start, document });
            whole = Some(joined);
        }
        let of_file = |told: fn(&Document) -> &[String]| -> Vec<String> {
            let each = parts.iter().flat_map(|part| {
                let file = part.file();
                told(&part.document)
                    .iter()
                    .map(move |text| format!("{file}：{text}"))
            });
            each.collect()
        };
        let (notes, unread) = (
            of_file(|document| &document.notes),
            of_file(|document| &document.unread),
        );
        let whole = whole.unwrap_or_default();
        Document {
            source: Arc::new(Source::new(name, &*whole.source.text)),
            sheets: Vec::new(),
            places: Vec::new(),
            parts,
            notes,
            unread,
            ..whole
        }
    }

    /// The files whose texts places lie in: the report's own, or those of its parts.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        if self.parts.is_empty() {
            return vec![self.source.clone()];
        }
        let of = |part: &Part| part.document.source.clone();
        self.parts.iter().map(of).collect()
    }

    /// Which of the `sources` a view range lies in, and its bytes there. What runs over the end of a file stays in it.
    pub fn place_in_sources(&self, range: &Range<u32>) -> (u32, Range<usize>) {
        match self.part_at(range.start) {
            None => (0, self.view.range_in_source(range.clone())),
            Some((number, part)) => {
                let view = &part.document.view;
                let within = |offset: u32| offset.saturating_sub(part.start).min(view.text.len() as u32);
                let range = within(range.start)..within(range.end);
                (number, view.range_in_source(range))
            }
        }
    }

    /// The part that a view offset lies in.
    pub(super) fn part_at(&self, offset: u32) -> Option<(u32, &Part)> {
        let after = self.parts.partition_point(|part| part.start <= offset);
        let number = after.checked_sub(1)?;
        Some((number as u32, &self.parts[number]))
    }

    /// This document with another behind it, under the name of the first.
    pub fn followed_by(mut self, other: &Document) -> Document {
        let text = [&*self.source.text, BREAK, &other.source.text].concat();
        let in_source = (self.source.text.len() + BREAK.len()) as u32;
        let in_view = (self.view.text.len() + BREAK.len()) as u32;
        let break_in_source = self.source.text.len() as u32;
        self.view
            .runs
            .push((self.view.text.len() as u32, break_in_source));
        self.view.text.push_str(BREAK);
        self.view.text.push_str(&other.view.text);
        // the first run begins at the first byte of the view, whatever was left out before it
        let runs = other.view.runs.iter();
        self.view
            .runs
            .extend(runs.map(|(view, source)| (view + in_view, source + in_source)));
        let tables = self.tables.len() as u32;
        let paragraphs = self.blocks.iter().map(|block| block.number).max().unwrap_or(0);
        self.blocks.extend(other.blocks.iter().map(|block| Block {
            kind: match block.kind {
                BlockKind::Table(index) => BlockKind::Table(index + tables),
                kind => kind,
            },
            range: moved(&block.range, in_view),
            number: block.number + paragraphs,
        }));
        self.tables
            .extend(other.tables.iter().map(|table| shifted(table, in_view)));
        self.pages
            .extend(other.pages.iter().map(|(start, page)| (start + in_view, *page)));
        self.notes.extend(other.notes.iter().cloned());
        self.unread.extend(other.unread.iter().cloned());
        self.source = Arc::new(Source::new(self.source.name.clone(), text));
        self
    }
}

impl Part {
    /// The file's name without its folder.
    pub fn file(&self) -> &str {
        let name = self.document.source.name.as_str();
        name.rsplit(['/', '\\']).next().unwrap_or(name)
    }

    /// The address of an offset in the view of the whole.
    pub(super) fn address(&self, offset: u32) -> String {
        let address = self.document.address(offset.saturating_sub(self.start));
        format!("{} {address}", self.file()).trim_end().to_owned()
    }
}

fn shifted(table: &Table, by: u32) -> Table {
    let mut table = table.clone();
    for cell in table.rows.iter_mut().flatten() {
        cell.range = moved(&cell.range, by);
    }
    table
}

fn moved(range: &Range<u32>, by: u32) -> Range<u32> {
    range.start + by..range.end + by
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, read};
    use std::ops::Range;

    /// Each block's text in the view and in the source.
    fn blocks(texts: &[&str]) -> Vec<(String, String)> {
        let mut documents = texts.iter().map(|text| read("报告.md", text.as_bytes()).unwrap());
        let first = documents.next().unwrap();
        let whole = documents.fold(first, |whole, next| whole.followed_by(&next));
        let in_source =
            |range: &Range<u32>| whole.source.text[whole.view.range_in_source(range.clone())].to_owned();
        whole
            .blocks
            .iter()
            .map(|block| (whole.text(&block.range).to_owned(), in_source(&block.range)))
            .collect()
    }

    #[test]
    fn blocks_and_tables_of_the_second_keep_their_words_and_places() {
        let first = "一、基本情况\n\n全年培训8000\n人。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n";
        let second = "\n\n二、有关建议\n\n| 丙 | 丁 |\n| --- | --- |\n| 3 | 4 |\n";
        let mut apart = blocks(&[first]);
        apart.extend(blocks(&[second]));
        assert_eq!(blocks(&[first, second]), apart);
        assert_eq!(apart[1].0, "全年培训8000人。");
    }

    #[test]
    fn places_of_one_report_in_two_files_are_places_of_their_files() {
        let one = read("甲/报告.md", "一、概况\n\n全年培训8000\n人。\n".as_bytes()).unwrap();
        let two = read("甲/表.txt", "全年节约30万元。\n".as_bytes()).unwrap();
        let whole = Document::together("甲", vec![one, two]);
        let sources = whole.sources();
        assert_eq!((whole.source.name.as_str(), sources.len()), ("甲", 2));
        let found = |word: &str| {
            let start = whole.view.text.find(word).unwrap() as u32;
            let (file, range) = whole.place_in_sources(&(start..start + word.len() as u32));
            (
                file,
                sources[file as usize].text[range].to_owned(),
                whole.address(start),
            )
        };
        assert_eq!(found("8000人"), (0, "8000\n人".into(), "报告.md 第2段".into()));
        assert_eq!(found("30万元"), (1, "30万元".into(), "表.txt 第1段".into()));
        let all = 0..whole.view.text.len() as u32;
        assert_eq!(
            whole.place_in_sources(&all),
            (0, 0..sources[0].text.trim_end().len() + 1)
        );
    }

    #[test]
    fn addresses_go_on_counting() {
        let one = read(
            "甲.md",
            "第一段。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n".as_bytes(),
        )
        .unwrap();
        let two = read(
            "乙.md",
            "第二段。\n\n| 丙 | 丁 |\n| --- | --- |\n| 3 | 4 |\n".as_bytes(),
        )
        .unwrap();
        let whole = one.followed_by(&two);
        let address = |word: &str| whole.address(whole.view.text.find(word).unwrap() as u32);
        assert_eq!(address("第二段"), "第2段");
        assert_eq!(address("4"), "表2 第2行第2列");
    }
}
