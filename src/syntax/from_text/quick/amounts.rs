//! Numbers with their units in one pass.

use super::{Reader, is_letter, is_reserved};
use crate::syntax::from_text::build::plain_unit;
use crate::syntax::from_text::contents::number;
use crate::syntax::{Amount, Words};

/// Words that end a unit besides.
const UNIT_STOPS: [&str; 8] = ["以上", "以下", "以内", "以前", "左右", "至", "到", "含"];

impl Reader<'_> {
    /// 8000 家
    pub(super) fn amount(&mut self) -> Option<Amount> {
        let start = self.start();
        let digits = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(self.rest());
        self.at += whole;
        let places = self.rest().strip_prefix('.').map_or(0, digits);
        if places > 0 {
            self.at += 1 + places;
        }
        let (number, places, counted) = number(&self.text[start..self.at]).filter(|_| whole > 0)?;
        let end = self.at;
        self.skip();
        // Full-width digits and points.
        if self
            .rest()
            .starts_with(|sign: char| sign.is_numeric() || matches!(sign, '.' | '．' | '。'))
        {
            return None;
        }
        let unit = self.unit()?;
        if unit.is_none() {
            self.at = end;
        }
        Some(Amount {
            number,
            places,
            digits: counted,
            unit,
            span: self.span(start),
        })
    }

    /// The unit that stands here, if any: 万元/家. Nothing certain where its signs are not those of most units.
    fn unit(&mut self) -> Option<Option<Words>> {
        let start = self.at;
        if !self.unit_word() {
            return (!is_strange(self.rest())).then_some(None);
        }
        while let Some(rest) = self.rest().strip_prefix(['/', '／']) {
            let slash = self.at;
            self.at = self.text.len() - rest.len();
            if !self.unit_word() {
                if is_strange(self.rest()) {
                    return None;
                }
                self.at = slash;
                break;
            }
        }
        (!is_strange(self.rest())).then(|| Some(plain_unit(self.words(start))))
    }

    fn unit_word(&mut self) -> bool {
        let start = self.at;
        for (at, sign) in self.text[start..].char_indices() {
            if !(is_letter(sign) || matches!(sign, '%' | '％')) || is_stop(&self.text[start + at..]) {
                break;
            }
            self.at = start + at + sign.len_utf8();
        }
        self.at > start
    }
}

fn is_stop(rest: &str) -> bool {
    rest.starts_with(|sign: char| "以左至到含".contains(sign))
        && UNIT_STOPS.iter().any(|word| rest.starts_with(word))
        || is_reserved(rest)
}

/// Whether a sign of a unit, or a letter, follows that is not read here.
fn is_strange(rest: &str) -> bool {
    let unit = |sign: char| matches!(sign, '‰' | '℃' | '°' | '²' | '³' | '㎡' | '㎞' | '·' | '•' | '・');
    rest.starts_with(|sign: char| unit(sign) || (!sign.is_ascii() && sign.is_alphabetic())) && !is_stop(rest)
}
