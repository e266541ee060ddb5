//! A 汉字 word to what may be typed for it: the word, its pinyin, its initials, or some of each.

use pinyin::{ToPinyin, ToPinyinMulti};

/// The letters of a word: all of its pinyin, and the initials.
pub fn letters(word: &str) -> (String, String) {
    let (mut whole, mut initials) = (String::new(), String::new());
    for (sign, sound) in word.chars().zip(word.to_pinyin()) {
        match sound {
            Some(sound) => {
                whole.push_str(sound.plain());
                initials.push_str(sound.first_letter());
            }
            None if sign.is_ascii() => {
                whole.push(sign.to_ascii_lowercase());
                initials.push(sign.to_ascii_lowercase());
            }
            None => {}
        }
    }
    (whole, initials)
}

/// What an editor holds the typed letters against: the form that was typed comes first, because some editors look only
/// at the beginning. Nothing where the letters mean another word.
pub fn fitting(typed: &str, word: &str) -> Option<String> {
    let (whole, initials) = letters(word);
    let typed = typed.to_lowercase();
    let forms = [word.to_owned(), whole, initials];
    if let Some(first) = forms
        .iter()
        .position(|form| form.to_lowercase().starts_with(&typed))
    {
        let mut ordered: Vec<&str> = vec![&forms[first]];
        ordered.extend(
            forms
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != first)
                .map(|(_, form)| form.as_str()),
        );
        ordered.dedup();
        return Some(ordered.join(" "));
    }
    let inside = word.to_lowercase().contains(&typed) || tails(word).any(|tail| spells(&typed, tail));
    inside.then(|| format!("{typed} {}", forms.join(" ")))
}

/// The word from each of its signs on.
fn tails(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().map(|(at, _)| &word[at..])
}

/// Whether letters spell the beginning of a word, each sign by itself or by the beginning of one of its sounds.
fn spells(typed: &str, word: &str) -> bool {
    if typed.is_empty() {
        return true;
    }
    let Some(sign) = word.chars().next() else {
        return false;
    };
    let rest = &word[sign.len_utf8()..];
    if let Some(left) = typed.strip_prefix(sign.to_ascii_lowercase()) {
        return spells(left, rest);
    }
    let Some(sounds) = sign.to_pinyin_multi() else {
        return false;
    };
    sounds.into_iter().any(|sound| {
        let sound = sound.plain();
        let shared = sound
            .bytes()
            .zip(typed.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        (1..=shared).rev().any(|length| spells(&typed[length..], rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_signs_its_sounds_and_their_initials() {
        for typed in ["", "目", "mubiao", "mb", "mub", "MB", "biao"] {
            let held = fitting(typed, "目标");
            assert!(
                held.as_ref()
                    .is_some_and(|held| held.contains("mubiao") && held.contains("mb")),
                "{typed}"
            );
        }
        assert_eq!(fitting("mb", "目标").as_deref(), Some("mb 目标 mubiao"));
        assert_eq!(fitting("zb", "目标"), None);
        assert!(fitting("zbh", "指标行").is_some(), "a sign with several sounds");
        assert!(fitting("zbx", "指标行").is_some());
        assert!(fitting("企业", "上云企业数").is_some());
        assert!(fitting("sysum", "score-sum").is_none());
    }
}
