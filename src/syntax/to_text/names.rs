//! Names as they are written: in quotes only where they would not be read otherwise.

use crate::syntax::Words;
use crate::syntax::from_text::{COLONS, ascii_digit, is_blank, is_quote, is_reserved};

/// A name that stands alone or in a list.
pub fn listed(words: &Words) -> String {
    written(words, is_plain_item)
}

/// A name before `，10 分`.
pub fn head(words: &Words) -> String {
    written(words, |text| {
        is_plain_item(text) && !text.trim_end_matches(['）', ')']).ends_with('分')
    })
}

/// A name of 分值方案, behind which a number follows.
pub fn before_number(words: &Words) -> String {
    written(words, |text| {
        is_plain_item(text) && !text.contains(char::is_numeric)
    })
}

/// A name that the grammar of formulas reads.
pub fn in_formula(words: &Words) -> String {
    written(words, is_bare_name)
}

/// A name with its quotes, if it has any: a quoted name alone may be a text.
pub fn as_it_is(words: &Words) -> String {
    written(words, |_| false)
}

fn written(words: &Words, reads: impl Fn(&str) -> bool) -> String {
    match words.quoted && !reads(&words.text) {
        true => format!("“{}”", words.text),
        false => words.text.clone(),
    }
}

/// Whether a text is read as one item without quotes.
fn is_plain_item(text: &str) -> bool {
    let special = |sign: char| {
        "、﹑，,；;#＃".contains(sign) || COLONS.contains(&sign) || is_quote(sign) || is_blank(sign)
    };
    !text.is_empty() && !text.contains(special) && !text.ends_with('。')
}

/// Whether a text is a name of formulas. Letters of other scripts are left in their quotes.
fn is_bare_name(text: &str) -> bool {
    let letter =
        |sign: char| sign == '_' || sign.is_ascii_alphabetic() || ('\u{4E00}'..='\u{9FFF}').contains(&sign);
    text.starts_with(letter)
        && text
            .char_indices()
            .all(|(at, sign)| (letter(sign) || sign.is_ascii_digit()) && !is_reserved(&text[at..]))
}

/// A document number in its usual signs: 财预[２０２０]10 号 is 财预〔2020〕10号. Nothing where the text is none.
pub fn document_number(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|sign| !is_blank(*sign)).collect();
    let (issuer, rest) = bare.split_once(['〔', '［', '[', '【', '（', '('])?;
    let (year, number) = rest.split_once(['〕', '］', ']', '】', '）', ')'])?;
    let year: String = year.chars().map(ascii_digit).collect();
    let number: String = number.chars().map(ascii_digit).collect();
    let digits = number.strip_suffix('号')?;
    let digits = digits.strip_prefix('第').unwrap_or(digits);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_issuer = |sign: char| ('\u{4E00}'..='\u{9FFF}').contains(&sign);
    let known = !issuer.is_empty() && issuer.chars().all(is_issuer) && year.len() == 4 && is_number(&year);
    (known && is_number(digits)).then(|| format!("{issuer}〔{year}〕{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_number_is_written_with_its_own_brackets() {
        for twin in ["财预[2020]10号", "财预［２０２０］１０ 号", "财预（2020）10号"] {
            assert_eq!(
                document_number(twin).as_deref(),
                Some("财预〔2020〕10号"),
                "{twin}"
            );
        }
        for other in [
            "./财预[2020]10号.jx",
            "通用/自评表",
            "财预〔2020〕10号及补充",
            "第10号",
        ] {
            assert_eq!(document_number(other), None, "{other}");
        }
    }
}
