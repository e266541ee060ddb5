//! Words kept by their first or last letter, so that a text is asked with one look instead of one a length.

/// How many letters one page holds.
const PAGE: usize = 64;

/// Words with a value each, by one of their letters; under each letter the longest first. A letter is found by two
/// looks into tables: its page, and its list there.
#[derive(Clone, Debug)]
pub struct ByLetter<W, V> {
    /// For each 64 letters the number of their page; page 0 is empty.
    index: Vec<u16>,
    pages: Vec<[u16; PAGE]>,
    /// The words of each letter; list 0 is empty.
    lists: Vec<Vec<(W, V)>>,
}

impl<W, V> Default for ByLetter<W, V> {
    fn default() -> ByLetter<W, V> {
        ByLetter {
            index: vec![0; 0x11_0000 / PAGE],
            pages: vec![[0; PAGE]],
            lists: vec![Vec::new()],
        }
    }
}

impl<W: AsRef<str>, V: Copy> ByLetter<W, V> {
    /// Adds a word under a letter of it, or gives it another value.
    pub fn add(&mut self, letter: char, word: W, value: V) {
        let list = self.list_for(letter);
        if let Some(held) = list.iter_mut().find(|(held, _)| held.as_ref() == word.as_ref()) {
            held.1 = value;
            return;
        }
        let at = list.partition_point(|(held, _)| held.as_ref().len() >= word.as_ref().len());
        list.insert(at, (word, value));
    }

    /// The list of a letter, a new one where it has none yet.
    fn list_for(&mut self, letter: char) -> &mut Vec<(W, V)> {
        let letter = letter as usize;
        let page = &mut self.index[letter / PAGE];
        if *page == 0 {
            *page = self.pages.len() as u16;
            self.pages.push([0; PAGE]);
        }
        let list = &mut self.pages[usize::from(*page)][letter % PAGE];
        if *list == 0 {
            *list = self.lists.len() as u16;
            self.lists.push(Vec::new());
        }
        &mut self.lists[usize::from(*list)]
    }

    /// The longest word with which `text` begins, for words kept by their first letter: its length and value.
    pub fn beginning(&self, text: &str) -> Option<(usize, V)> {
        self.longest(text.chars().next()?, |word| text.starts_with(word))
    }

    /// The longest word with which `text` ends, for words kept by their last letter.
    pub fn ending(&self, text: &str) -> Option<(usize, V)> {
        self.longest(text.chars().next_back()?, |word| text.ends_with(word))
    }

    fn longest(&self, letter: char, fits: impl Fn(&str) -> bool) -> Option<(usize, V)> {
        let page = &self.pages[usize::from(self.index[letter as usize / PAGE])];
        let list = &self.lists[usize::from(page[letter as usize % PAGE])];
        let (word, value) = list.iter().find(|(word, _)| fits(word.as_ref()))?;
        Some((word.as_ref().len(), *value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_at_either_end() {
        let mut words = ByLetter::default();
        for word in ["人", "人次"] {
            words.add('人', word, word.len());
        }
        assert_eq!(words.beginning("人次数"), Some((6, 6)));
        assert_eq!(words.beginning("人员"), Some((3, 3)));
        let mut words = ByLetter::default();
        words.add('过', "超过", 1);
        assert_eq!(words.ending("已超过"), Some((6, 1)));
        assert_eq!(words.ending("通过"), None);
    }
}
