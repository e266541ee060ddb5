//! The words of a table in data/, looked up by their first or last letters. All is laid out while the program is
//! compiled, so that nothing is built when it starts.

pub use super::layout::{Entry, Layout, Table};

use super::layout::{SHELVES, bit_before, second, shelf};
use super::{Pairs, letter_at, may_begin, next_in, row};
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
    /// How the words begin, or how they end where they are kept by their last letter.
    pub pairs: &'static Pairs,
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
            pairs: &TABLE.pairs,
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

    fn shelf_of(&self, letter: usize) -> Range<usize> {
        let at = shelf(letter as u32);
        self.shelves[at] as usize..self.shelves[at + 1] as usize
    }

    /// Whether a word may begin with this letter (or end with it, where they are kept by their last): hardly ever told
    /// of one with which none does.
    pub fn begins(&self, letter: char) -> bool {
        self.pairs[row(letter as usize)] != 0 && !self.shelf_of(letter as usize).is_empty()
    }

    /// The words with which `text` begins, the longest first.
    #[inline]
    pub fn beginning<'t>(&self, text: &'t str) -> impl Iterator<Item = Entry> + use<'t> {
        let entries = self.entries;
        self.places(text.as_bytes()).map(|place| entries[place])
    }

    /// The same by their places among the entries.
    #[inline]
    fn places<'t>(&self, bytes: &'t [u8]) -> Fitting<'t> {
        let shelf = match bytes.is_empty() || !may_begin(self.pairs, bytes) {
            true => 0..0,
            false => self.shelf_of(letter_at(bytes, 0).0),
        };
        let behind = bytes.first().map_or(0, |first| second(*first));
        self.fitting(shelf, bytes, bytes.get(behind..behind + 2), false)
    }

    /// The words with which `text` ends, the longest first, where they are kept by their last letter.
    #[inline]
    pub fn ending<'t>(&self, text: &'t str) -> impl Iterator<Item = Entry> + use<'t> {
        let bytes = text.as_bytes();
        let last = text.chars().next_back();
        let before = bytes.len() - last.map_or(0, char::len_utf8);
        let shelf = match last {
            Some(last) if self.pairs[row(last as usize)] & bit_before(bytes, 0, before) != 0 => {
                self.shelf_of(last as usize)
            }
            _ => 0..0,
        };
        let two = before.checked_sub(2).map(|from| &bytes[from..before]);
        let entries = self.entries;
        self.fitting(shelf, bytes, two, true).map(|place| entries[place])
    }

    fn fitting<'t>(
        &self,
        shelf: Range<usize>,
        bytes: &'t [u8],
        two: Option<&[u8]>,
        ends: bool,
    ) -> Fitting<'t> {
        Fitting {
            words: self.text.as_bytes(),
            entries: self.entries,
            shelf,
            bytes,
            two: two.map_or(0, |two| u16::from_le_bytes([two[0], two[1]])),
            ends,
        }
    }

    /// The entries of exactly this word.
    pub fn exactly(&self, word: &str) -> impl Iterator<Item = Entry> {
        self.beginning(word)
            .take_while(|entry| entry.length as usize == word.len())
    }

    /// Calls `visit` with the place and the word for every word at every place, overlapping ones too, the longest first.
    pub fn each(&self, text: &str, mut visit: impl FnMut(usize, Entry)) {
        let mut from = 0;
        while let Some((at, first)) = next_in(self.pairs, text, from) {
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

/// The places of the words of a shelf with which a text begins or ends.
#[derive(Clone)]
struct Fitting<'t> {
    words: &'static [u8],
    entries: &'static [Entry],
    shelf: Range<usize>,
    bytes: &'t [u8],
    two: u16,
    ends: bool,
}

impl Iterator for Fitting<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while let Some(entry) = self.entries[..self.shelf.end].get(self.shelf.start) {
            self.shelf.start += 1;
            if entry.second != 0 && entry.second != self.two {
                continue;
            }
            let word = &self.words[entry.start as usize..][..entry.length as usize];
            let fits = match self.ends {
                true => self.bytes.ends_with(word),
                false => self.bytes.starts_with(word),
            };
            if fits {
                return Some(self.shelf.start - 1);
            }
        }
        None
    }
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

impl Hits<'_> {
    /// The next word by its place among the entries.
    #[inline]
    pub fn next_place(&mut self) -> Option<(Range<usize>, usize)> {
        while self.at <= self.last
            && let Some((start, letter)) = next_in(self.lexicon.pairs, self.text, self.at)
            && start <= self.last
        {
            if let Some(place) = self.lexicon.places(&self.text.as_bytes()[start..]).next() {
                self.at = start + self.lexicon.entries[place].length as usize;
                return Some((start..self.at, place));
            }
            self.at = start + letter.len_utf8();
        }
        None
    }
}

impl Iterator for Hits<'_> {
    type Item = (Range<usize>, Entry);

    fn next(&mut self) -> Option<(Range<usize>, Entry)> {
        let (range, place) = self.next_place()?;
        Some((range, self.lexicon.entries[place]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        let found = |text: &str| -> Vec<_> { LAST.ending(text).map(|entry| LAST.word(entry)).collect() };
        assert_eq!(found("共三人次"), ["人次"]);
        assert_eq!(found("人"), ["人", "人"]);
        assert_eq!(found("某É"), ["É"]);
        assert_eq!(found("次"), [""; 0]);
    }

    #[test]
    fn a_word_under_two_labels_has_both_kinds() {
        const LAYOUT: Layout = Layout::lists(TEXT, &["few", "many"]);
        const KINDS: [u32; LAYOUT.count()] = Table::of(&LAYOUT).all_kinds(&LAYOUT);
        let kinds = |word: &str| {
            let mut hits = BOTH.find(word);
            hits.next_place().map(|(_, place)| KINDS[place])
        };
        assert_eq!(
            (kinds("人"), kinds("人次"), kinds("人次数")),
            (Some(3), Some(1), Some(2))
        );
    }

    proptest! {
        #[test]
        fn the_search_finds_what_a_look_at_every_place_finds(text in "[人次数员中é1 a😀É]{0,12}") {
            let words = ["人次数", "人次", "人", "É"];
            let mut expected = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let rest = &text[at..];
                let word = words.iter().find(|word| rest.starts_with(**word));
                expected.extend(word.map(|word| at..at + word.len()));
                at += word.map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), |word| word.len());
            }
            let found: Vec<_> = BOTH.find(&text).map(|(range, _)| range).collect();
            prop_assert_eq!(found, expected);
            let last: Vec<_> = LAST.ending(&text).map(|entry| LAST.word(entry)).collect();
            let ends: Vec<_> = ["人次数", "人次", "人", "人", "É"].into_iter().filter(|word| text.ends_with(word)).collect();
            prop_assert_eq!(last, ends);
        }
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
