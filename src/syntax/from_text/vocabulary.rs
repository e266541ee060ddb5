//! Other people's words for keywords to ours: traditional characters, English, the terms of printed forms.

use super::lines::is_blank;
use crate::syntax::keywords::{self, Keyword};
use crate::words::script;
use std::collections::HashMap;
use std::sync::LazyLock;

static WORDS: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/keyword_slips.tsv").lines();
    rows.filter(|row| !row.starts_with('#'))
        .filter_map(|row| {
            let mut cells = row.split('\t');
            Some((cells.next()?, (cells.next()?, cells.next().unwrap_or(""))))
        })
        .collect()
});

/// Words by which people say what a text must hold: 须含：公示期.
pub const HOLDS: &[&str] = &["须含", "应含", "必须含", "包含", "含"];

/// Words by which people give one rule its own dates: 施行：2024-01-01 起.
pub const DATED: &[&str] = &["施行", "生效", "施行日期", "有效期"];

/// A text in simplified characters.
pub fn simplified(text: &str) -> String {
    script::with_all(text)
}

/// A word without blanks and control signs, full-width letters as letters, all small.
pub fn plain(word: &str) -> String {
    word.chars()
        .filter(|sign| !is_blank(*sign) && !sign.is_control())
        .map(|sign| match sign {
            '\u{FF01}'..='\u{FF5E}' if sign.is_alphanumeric() => {
                char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign)
            }
            sign => sign,
        })
        .map(|sign| sign.to_ascii_lowercase())
        .collect()
}

/// The keyword that a word stands for, or what to do instead.
pub fn meant(word: &str) -> Option<Result<&'static Keyword, &'static str>> {
    let (keyword, advice) = WORDS.get(word)?;
    Some(keywords::by_spelling(keyword).ok_or(*advice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_others_leads_to_a_keyword_or_to_advice() {
        for (word, (keyword, advice)) in WORDS.iter() {
            assert!(keywords::by_spelling(word).is_none(), "{word} is a keyword");
            let known = keywords::by_spelling(keyword).is_some();
            assert_eq!(known, *keyword != "-", "{word}");
            assert_eq!(known, advice.is_empty(), "{word}");
        }
    }

    #[test]
    fn traditional_characters_are_read_as_simplified_ones() {
        assert_eq!(simplified("檢查：得分超過分值"), "检查：得分超过分值");
        assert_eq!(plain("目 标\u{0}"), "目标");
    }
}
