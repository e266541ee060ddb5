//! Single characters to their meaning in a numeral: digits of every script, multipliers, points, commas, blanks.

/// What a character is in a numeral.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// An Arabic digit, of normal or full width.
    Arabic(u8),
    /// A Chinese digit (一 壹 两 〇).
    Chinese(u8),
    /// 十 百 千 as a power of ten.
    Small(u8),
    /// 万 亿 兆 as a power of ten.
    Big(u8),
    /// 廿 and 卅: so many tens.
    Tens(u8),
    /// 几 数: some digit.
    Some,
    /// `.` or `．`
    Dot,
    /// 点, a point among Chinese digits.
    Point,
    /// `,` or `，`
    Comma,
    /// A blank inside a line.
    Blank,
    /// 余 多 成 又 and the like, with which a number may go on.
    Word,
    /// Anything else.
    Other,
}

/// Every character with a meaning, one group a line.
const MEANINGS: [(&str, Sign); 25] = [
    ("零〇", Sign::Chinese(0)),
    ("一壹幺弌", Sign::Chinese(1)),
    ("二贰貳弍两兩俩倆", Sign::Chinese(2)),
    ("三叁叄弎仨", Sign::Chinese(3)),
    ("四肆", Sign::Chinese(4)),
    ("五伍", Sign::Chinese(5)),
    ("六陆陸", Sign::Chinese(6)),
    ("七柒", Sign::Chinese(7)),
    ("八捌", Sign::Chinese(8)),
    ("九玖", Sign::Chinese(9)),
    ("十拾", Sign::Small(1)),
    ("百佰", Sign::Small(2)),
    ("千仟", Sign::Small(3)),
    ("万萬", Sign::Big(4)),
    ("亿億", Sign::Big(8)),
    ("兆", Sign::Big(12)),
    ("廿", Sign::Tens(2)),
    ("卅", Sign::Tens(3)),
    ("卌", Sign::Tens(4)),
    ("几幾数數", Sign::Some),
    ("．", Sign::Dot),
    ("点點", Sign::Point),
    ("，", Sign::Comma),
    ("\u{3000}", Sign::Blank),
    // What may lead a number on without being a part of its digits.
    ("余餘多来分成折又打半个個", Sign::Word),
];

/// The meaning of each character below U+10000: one look for each.
static SIGNS: [Sign; 0x10000] = meanings();

const fn meanings() -> [Sign; 0x10000] {
    let mut signs = [Sign::Other; 0x10000];
    let mut group = 0;
    while group < MEANINGS.len() {
        let bytes = MEANINGS[group].0.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            signs[code_of(bytes[at], bytes[at + 1], bytes[at + 2])] = MEANINGS[group].1;
            at += 3;
        }
        group += 1;
    }
    let mut digit = 0u8;
    while digit < 10 {
        signs[b'0' as usize + digit as usize] = Sign::Arabic(digit);
        signs['０' as usize + digit as usize] = Sign::Arabic(digit);
        digit += 1;
    }
    signs['.' as usize] = Sign::Dot;
    signs[',' as usize] = Sign::Comma;
    signs[' ' as usize] = Sign::Blank;
    signs['\t' as usize] = Sign::Blank;
    signs[0xA0] = Sign::Blank;
    signs
}

/// The meaning of a character.
#[inline]
pub fn sign(c: char) -> Sign {
    SIGNS.get(c as usize).copied().unwrap_or(Sign::Other)
}

/// The meaning of the character at `at`, which is a boundary, and its length; no length at the end.
#[inline]
pub fn sign_at(bytes: &[u8], at: usize) -> (Sign, usize) {
    match bytes.get(at) {
        None => (Sign::Other, 0),
        Some(&first @ 0..0x80) => (SIGNS[first as usize], 1),
        Some(0xE0..0xF0) => match bytes[at..].first_chunk() {
            Some(&[first, second, third]) => (SIGNS[code_of(first, second, third)], 3),
            None => (Sign::Other, 1),
        },
        Some(0xF0..) => (Sign::Other, 4),
        Some(_) if bytes[at..].starts_with(&[0xC2, 0xA0]) => (Sign::Blank, 2),
        Some(_) => (Sign::Other, 2),
    }
}

/// Characters with which a numeral, or a word that states one, can begin.
const STARTERS: &str = "０１２３４５６７８９零〇一壹幺二贰貳两兩倆三叁四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億廿卅卌几幾数數半翻对對弌弍弎俩仨叄";

/// A set of letters: one bit for each character of the basic plane.
pub struct Letters([u64; 1024]);

impl Letters {
    /// The letters of `all`, each of one byte or of three.
    pub const fn of(all: &str) -> Letters {
        let mut bits = [0u64; 1024];
        let bytes = all.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let code = if bytes[at] < 0x80 {
                bytes[at] as usize
            } else {
                code_of(bytes[at], bytes[at + 1], bytes[at + 2])
            };
            bits[code / 64] |= 1 << (code % 64);
            at += if bytes[at] < 0x80 { 1 } else { 3 };
        }
        Letters(bits)
    }

    /// Whether a letter belongs to them.
    #[inline]
    pub fn has(&self, letter: char) -> bool {
        let code = letter as usize;
        self.0
            .get(code / 64)
            .is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}

/// Characters with which a numeral can begin.
static STARTS: Letters = Letters::of(STARTERS);

/// The code point of a character of three bytes.
const fn code_of(first: u8, second: u8, third: u8) -> usize {
    ((first as usize & 15) << 12) | ((second as usize & 63) << 6) | (third as usize & 63)
}

/// The next place, from `at` on, where a numeral can begin. `at` is a character boundary.
#[inline]
pub fn next_start(bytes: &[u8], mut at: usize) -> Option<usize> {
    while at < bytes.len() {
        let first = bytes[at];
        match first {
            b'0'..=b'9' => return Some(at),
            0..0xC0 => at += 1,
            0xC0..0xE0 => at += 2,
            0xE0..0xF0 => {
                let [second, third] = *bytes.get(at + 1..at + 3)?.first_chunk()?;
                let code = code_of(first, second, third);
                if STARTS.0[code / 64] >> (code % 64) & 1 == 1 {
                    return Some(at);
                }
                at += 3;
            }
            _ => at += 4,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_that_has_a_value_begins_a_numeral() {
        for c in "0９零兩肆拾仟萬億廿几".chars() {
            let text = format!("（甲{c}");
            assert_eq!(next_start(text.as_bytes(), 0), Some("（甲".len()), "{c}");
            assert_ne!(sign(c), Sign::Other, "{c}");
        }
        assert_eq!(next_start("没有数字。abc 😀".as_bytes(), 0), Some(6));
        assert_eq!(next_start("并无，abc 😀".as_bytes(), 0), None);
    }
}
