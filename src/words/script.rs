//! Traditional characters to simplified ones.

use super::{Bits, LETTERS, has};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

struct Script {
    pairs: HashMap<char, char>,
    /// The letters that no simplified text holds: most letters of most texts are none, and a bit says so.
    letters: Box<Bits>,
}

static TRADITIONAL: LazyLock<Script> = LazyLock::new(|| {
    let mut pairs = HashMap::new();
    let mut letters = Box::new([0; LETTERS]);
    for row in include_str!("../../data/traditional.tsv").lines() {
        let mut cells = row.split('\t').map(|cell| cell.chars().next());
        let (Some(Some(from)), Some(Some(to))) = (cells.next(), cells.next()) else {
            continue;
        };
        pairs.insert(from, to);
        let place = letters
            .get_mut(from as usize / 64)
            .filter(|_| cells.next().is_none());
        if let Some(word) = place {
            *word |= 1 << (from as usize % 64);
        }
    }
    Script { pairs, letters }
});

/// A text in simplified characters, if it is in traditional ones: 覆盖 is not.
pub fn simplified(text: &str) -> Cow<'_, str> {
    let script = &*TRADITIONAL;
    match text.chars().any(|letter| has(&script.letters, letter as usize)) {
        true => Cow::Owned(with_all(text)),
        false => Cow::Borrowed(text),
    }
}

/// A word with every letter that is also a traditional one in its simplified form.
pub fn with_all(text: &str) -> String {
    let pairs = &TRADITIONAL.pairs;
    text.chars()
        .map(|letter| pairs.get(&letter).copied().unwrap_or(letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_traditional_text_is_changed() {
        assert_eq!(simplified("覆蓋範圍與績效"), "复盖范围与绩效");
        assert_eq!(simplified("道路覆盖率、后勤、里程"), "道路覆盖率、后勤、里程");
    }
}
