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

/// The last letters of words, in the same bits: what ends with none of them ends with no word.
pub const fn lasts(words: &[&str]) -> u64 {
    let (mut at, mut lasts) = (0, 0);
    while at < words.len() {
        let word = words[at].as_bytes();
        lasts |= 1 << (word[word.len() - 1] & 0x3F);
        at += 1;
    }
    lasts
}

/// What stands before one of the words at the end of a text, whose last letters are known.
pub fn before_end<'t>(text: &'t str, words: &[&str], lasts: u64) -> Option<&'t str> {
    let last = text.as_bytes().last()?;
    let may_be = lasts >> (last & 0x3F) & 1 == 1;
    may_be.then(|| words.iter().find_map(|word| text.strip_suffix(word)))?
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

    #[test]
    fn a_word_is_taken_from_the_end() {
        const WORDS: &[&str] = &["情况", "的", "a"];
        let before = |text| before_end(text, WORDS, lasts(WORDS));
        assert_eq!(before("项目情况"), Some("项目"));
        assert_eq!(before("的"), Some(""));
        assert_eq!(before("2a"), Some("2"));
        for text in ["", "项目", "况", "情况下"] {
            assert_eq!(before(text), None, "{text}");
        }
    }
}
