//! Two documents to one: the blocks of the second follow those of the first, each with its place in the joined text.

use super::{Block, BlockKind, Document, Table};
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// What parts the two texts: an empty line, as between any two blocks.
const BREAK: &str = "\n\n";

impl Document {
    /// This document with another behind it, under the name of the first.
    pub fn followed_by(mut self, other: &Document) -> Document {
        let text = [self.source.text.as_str(), BREAK, &other.source.text].concat();
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
    use crate::document::read;
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
