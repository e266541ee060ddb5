//! Whether a short text holds one of a few words: most of them are ruled out by the letters of the text alone.

/// The letters of a text, one bit for all whose last bytes are alike in six bits: what lacks a bit of a word does not
/// hold the word.
pub fn letters(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut at, mut held) = (0, 0);
    while let Some(first) = bytes.get(at) {
        at += match first {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        held |= bytes.get(at - 1).map_or(0, |last| 1 << (last & 0x3F));
    }
    held
}

/// Whether a text holds one of the words.
pub fn holds(text: &str, words: &[&str]) -> bool {
    holds_by(letters(text), text, words)
}

/// The same, where the letters of the text (or more) are known.
pub fn holds_by(held: u64, text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let needed = letters(word);
        held & needed == needed && text.contains(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_wherever_it_stands_and_only_whole() {
        let words = ["目标", "a", "×"];
        for text in ["目标", "年度目标的", "3a", "2×3", "𠮷目标"] {
            assert!(holds(text, &words), "{text}");
        }
        for text in ["", "标目", "目", "标", "A", "𠮷"] {
            assert!(!holds(text, &words), "{text}");
        }
        assert!(holds("", &[""]) && !holds("目标", &[]));
    }
}
