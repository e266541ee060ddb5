//! Traditional characters to simplified ones.

use super::{Bits, LETTERS};
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
    match holds_one_of(text, &TRADITIONAL.letters) {
        true => Cow::Owned(with_all(text)),
        false => Cow::Borrowed(text),
    }
}

/// Whether a text holds a letter of a set. None of ours is of fewer than three bytes.
fn holds_one_of(text: &str, letters: &Bits) -> bool {
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        rest = match (first, behind) {
            (0..0xC0, _) => behind,
            (0xE0..0xF0, [second, third, behind @ ..]) => {
                let row = usize::from(first & 0xF) << 6 | usize::from(second & 0x3F);
                if letters[row] >> (third & 0x3F) & 1 == 1 {
                    return true;
                }
                behind
            }
            _ => behind,
        };
    }
    false
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
