//! Traditional characters to simplified ones.

use super::lexicon::{Layout, Lexicon, lexicon};
use super::{Bits, LETTERS};
use std::borrow::Cow;

/// Traditional letters, each with its simplified one, and whether simplified texts hold it too.
const ROWS: &str = include_str!("../../data/traditional.tsv");

static PAIRS: Lexicon = lexicon!(Layout::rows(ROWS));

/// The letters that no simplified text holds: most letters of most texts are none, and a bit says so.
static ONLY_TRADITIONAL: Bits = only_traditional(ROWS.as_bytes());

const fn only_traditional(rows: &[u8]) -> Bits {
    let (mut letters, mut at) = ([0; LETTERS], 0);
    while at < rows.len() {
        let (begins, mut tabs) = (at, 0);
        while at < rows.len() && rows[at] != b'\n' {
            tabs += (rows[at] == b'\t') as usize;
            at += 1;
        }
        at += 1;
        if tabs == 1 && rows[begins] != b'#' {
            let row = (rows[begins] as usize & 0xF) << 6 | rows[begins + 1] as usize & 0x3F;
            letters[row] |= 1 << (rows[begins + 2] & 0x3F);
        }
    }
    letters
}

/// A text in simplified characters, if it is in traditional ones: 覆盖 is not.
pub fn simplified(text: &str) -> Cow<'_, str> {
    match holds_one_of(text, &ONLY_TRADITIONAL) {
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
    let letters = text.char_indices().map(|(at, letter)| {
        let pair = PAIRS.beginning(&text[at..]).next();
        let simple = pair.and_then(|pair| PAIRS.rest(pair).chars().next());
        simple.unwrap_or(letter)
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_traditional_text_is_changed() {
        assert_eq!(simplified("覆蓋範圍與績效"), "复盖范围与绩效");
        assert_eq!(simplified("道路覆盖率、后勤、里程"), "道路覆盖率、后勤、里程");
    }

    #[test]
    fn every_row_of_the_table_is_a_letter_and_its_simplified_one() {
        for row in crate::words::rows(ROWS) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(matches!(cells[..], [_, _] | [_, _, "both"]), "{row}");
            assert!(cells[..2].iter().all(|cell| cell.chars().count() == 1), "{row}");
            assert_eq!(with_all(cells[0]), cells[1]);
            let changed = if cells.len() == 2 { cells[1] } else { cells[0] };
            assert_eq!(simplified(cells[0]), changed);
        }
    }
}
