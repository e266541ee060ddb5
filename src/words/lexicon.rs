//! The words of a table in data/, looked up by their first or last letters. All is laid out while the program is
//! compiled, so that nothing is built when it starts.

pub use super::layout::{Entry, Layout, Table};

use super::layout::{SHELVES, second, shelf};
use super::{Bits, goes_on, has, next_in};
use std::ops::Range;

/// The words of a table, ready to be asked.
#[derive(Clone, Copy)]
pub struct Lexicon {
    /// The table.
    pub text: &'static str,
    /// The words on their shelves.
    pub entries: &'static [Entry],
    /// Where each shelf begins.
    pub shelves: &'static [u16; SHELVES + 1],
    /// The letters by which the words are kept.
    pub letters: &'static Bits,
}

/// A lexicon made while the program is compiled.
macro_rules! lexicon {
    ($layout:expr) => {{
        const LAID: $crate::words::lexicon::Layout = $layout;
        static TABLE: $crate::words::lexicon::Table<{ LAID.count() }> =
            $crate::words::lexicon::Table::of(&LAID);
        $crate::words::lexicon::Lexicon {
            text: LAID.text,
            entries: &TABLE.entries,
            shelves: &TABLE.shelves,
            letters: &TABLE.letters,
        }
    }};
}
pub(crate) use lexicon;

impl Lexicon {
    /// The word itself.
    pub fn word(&self, entry: Entry) -> &'static str {
        &self.text[entry.start as usize..][..entry.length as usize]
    }

    /// Where the word stands in the table.
    pub fn place(&self, entry: Entry) -> usize {
        entry.start as usize
    }

    /// What follows the word in its line.
    pub fn rest(&self, entry: Entry) -> &'static str {
        let rest = &self.text[(entry.start + entry.length) as usize..];
        rest.lines().next().unwrap_or("").trim_start_matches('\t')
    }

    /// The line that the word stands in.
    pub fn line(&self, entry: Entry) -> &'static str {
        let begins = self.text[..entry.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        self.text[begins..].lines().next().unwrap_or("")
    }

    fn bytes(&self, entry: Entry) -> &'static [u8] {
        &self.text.as_bytes()[entry.start as usize..][..entry.length as usize]
    }

    fn of(&self, letter: char) -> &'static [Entry] {
        if !has(self.letters, letter as usize) {
            return &[];
        }
        let at = shelf(letter as u32);
        &self.entries[self.shelves[at] as usize..self.shelves[at + 1] as usize]
    }

    /// Whether a word may begin with this letter (or end with it, where they are kept by their last).
    pub fn begins(&self, letter: char) -> bool {
        !self.of(letter).is_empty()
    }

    /// The words with which `text` begins, the longest first.
    pub fn beginning(&self, text: &str) -> impl Iterator<Item = Entry> {
        let shelf = text.chars().next().map_or(&[][..], |letter| self.of(letter));
        let bytes = text.as_bytes();
        let behind = bytes.first().map_or(0, |first| second(*first));
        let two = bytes.get(behind..behind + 2);
        let two = two.map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
        let fits = move |entry: &&Entry| {
            (entry.second == 0 || entry.second == two) && goes_on(bytes, self.bytes(**entry))
        };
        shelf.iter().filter(fits).copied()
    }

    /// The words with which `text` ends, the longest first, where they are kept by their last letter.
    pub fn ending(&self, text: &str) -> impl Iterator<Item = Entry> {
        let shelf = text.chars().next_back().map_or(&[][..], |letter| self.of(letter));
        let fits = |entry: &&Entry| ends_like(text.as_bytes(), self.bytes(**entry));
        shelf.iter().filter(fits).copied()
    }

    /// The entries of exactly this word.
    pub fn exactly(&self, word: &str) -> impl Iterator<Item = Entry> {
        self.beginning(word)
            .take_while(|entry| entry.length as usize == word.len())
    }

    /// Calls `visit` with the place and the word for every word at every place, overlapping ones too, the longest first.
    pub fn each(&self, text: &str, mut visit: impl FnMut(usize, Entry)) {
        let mut from = 0;
        while let Some((at, first)) = next_in(|code| has(self.letters, code), text, from) {
            from = at + first.len_utf8();
            self.beginning(&text[at..]).for_each(|entry| visit(at, entry));
        }
    }

    /// The words of a text from left to right, none over another, the longest where several begin.
    pub fn find<'t>(&self, text: &'t str) -> Hits<'t> {
        Hits {
            lexicon: *self,
            text,
            at: 0,
            last: text.len(),
        }
    }
}

/// Most words differ within a letter or two: a loop is cheaper than a call.
fn ends_like(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text.iter().rev().zip(word.iter().rev()).all(|(a, b)| a == b)
}

/// The words of a text.
#[derive(Clone)]
pub struct Hits<'t> {
    lexicon: Lexicon,
    text: &'t str,
    at: usize,
    last: usize,
}

impl Hits<'_> {
    /// Only the words that begin at this byte, which is a boundary, or before it.
    pub fn beginning_up_to(mut self, last: usize) -> Self {
        self.last = last;
        self
    }
}

impl Iterator for Hits<'_> {
    type Item = (Range<usize>, Entry);

    fn next(&mut self) -> Option<(Range<usize>, Entry)> {
        let letters = self.lexicon.letters;
        while self.at <= self.last
            && let Some((start, letter)) = next_in(|code| has(letters, code), self.text, self.at)
            && start <= self.last
        {
            if let Some(entry) = self.lexicon.beginning(&self.text[start..]).next() {
                self.at = start + entry.length as usize;
                return Some((start..self.at, entry));
            }
            self.at = start + letter.len_utf8();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# label\twords\nfew\t人 人次\tÉ\nmany\t人次数 人\nnone\t人员\r\n";
    static BOTH: Lexicon = lexicon!(Layout::lists(TEXT, &["few", "many"]));
    static LAST: Lexicon = lexicon!(Layout::lists(TEXT, &["few", "many"]).by_last());
    static ROWS: Lexicon = lexicon!(Layout::rows("# 甲\t乙\n元\t素 旦\n分 米\t类\r\n米"));

    #[test]
    fn the_longest_word_stands_first_and_of_equal_ones_the_last() {
        let found = |text: &str| -> Vec<_> {
            let entries = BOTH.beginning(text);
            entries.map(|entry| (BOTH.word(entry), entry.kind)).collect()
        };
        assert_eq!(
            found("人次数"),
            [("人次数", 1), ("人次", 0), ("人", 1), ("人", 0)]
        );
        assert_eq!(found("人员"), [("人", 1), ("人", 0)]);
        assert_eq!(found("É"), [("É", 0)]);
        assert_eq!(found("次"), []);
        assert_eq!(BOTH.exactly("人").count(), 2);
    }

    #[test]
    fn words_are_found_by_their_last_letter() {
        let found: Vec<_> = LAST.ending("共三人次").map(|entry| LAST.word(entry)).collect();
        assert_eq!(found, ["人次"]);
    }

    #[test]
    fn words_in_a_text_do_not_overlap() {
        let found: Vec<_> = BOTH.find("5人次和7人").map(|(range, _)| range).collect();
        assert_eq!(found, [1..7, 11..14]);
    }

    #[test]
    fn a_row_tells_what_follows_its_word() {
        let rest = |word: &str| ROWS.exactly(word).next().map(|entry| ROWS.rest(entry));
        assert_eq!(rest("元"), Some("素 旦"));
        assert_eq!(rest("分 米"), Some("类"));
        assert_eq!(rest("米"), None, "a line without a tab is no row");
    }
}
