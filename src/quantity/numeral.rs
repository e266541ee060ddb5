//! Numerals of every kind in Chinese reports to exact values: 1，234.5 · 壹佰贰拾 · 3亿5000万 · 百分之五 · 十几.

use super::signs::{Sign, sign};
use super::sum::Sum;
pub use super::sum::skip_blanks;
use super::{Approx, Printed, Ratio};

/// What a numeral states besides its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Share {
    /// Nothing: a plain number.
    Plain,
    /// 百分之X, X成, X折: the value is in hundredths.
    Percent,
    /// 千分之X: the value is in thousandths.
    PerMille,
    /// a分之b, 一半: a part of a whole.
    Fraction,
    /// 翻一番: how many times as much.
    Multiple,
}

/// A numeral that was read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Numeral {
    /// Its value; for a span (十几) the lower end.
    pub value: Ratio,
    /// The upper end of a span.
    pub high: Option<Ratio>,
    /// How it was printed.
    pub printed: Printed,
    /// 余 多 来 inside or directly after the digits.
    pub approx: Option<Approx>,
    /// Whether it is a part of a whole.
    pub share: Share,
    /// Where it ends in the text, in bytes.
    pub end: usize,
    /// How many signs it has.
    pub signs: u32,
    /// Whether Arabic digits take part.
    pub arabic: bool,
}

/// The numeral that begins at byte `at`, which is a character boundary.
pub fn read(text: &str, at: usize) -> Option<Numeral> {
    let rest = &text[at..];
    if let Some(found) = fixed_word(rest) {
        return Some(Numeral {
            end: at + found.end,
            ..found
        });
    }
    let first = Sum::read(text, at)?;
    if let Some(end) = after_words(text, first.end, &["分", "之"])
        && !first.approximate()
    {
        let below = first.value()?;
        if let Some(part) = Sum::read(text, skip_blanks(text, end)) {
            return share_of(below, &first, &part);
        }
    }
    if first.bare_multiplier && !first.approximate() && !is_led(&text[..at]) {
        return None;
    }
    let plain = first.numeral()?;
    if let Some(fraction) = slashed(text, &plain) {
        return Some(fraction);
    }
    Some(tenths(text, &first, plain).unwrap_or(plain))
}

/// Words that are a number by themselves: 一半, 翻一番, 百分百.
fn fixed_word(rest: &str) -> Option<Numeral> {
    let printed = Printed {
        last: 0,
        lowest: 0,
        digits: 1,
        scale: 0,
    };
    let word = |end: usize, value: Ratio, share: Share| Numeral {
        value,
        high: None,
        printed,
        approx: None,
        share,
        end,
        signs: 2,
        arabic: false,
    };
    if let Some(after) = rest.strip_prefix('翻') {
        let number = after.chars().next()?;
        let times = match sign(number) {
            Sign::Chinese(n) | Sign::Arabic(n) if (1..=9).contains(&n) => n,
            _ => return None,
        };
        let tail = &after[number.len_utf8()..];
        tail.strip_prefix('番').or_else(|| tail.strip_prefix('倍'))?;
        let end = "翻".len() + number.len_utf8() + "番".len();
        return Some(word(end, Ratio::whole(1 << times), Share::Multiple));
    }
    let half = Ratio::new(1, 2)?;
    let hundred = Ratio::whole(100);
    match () {
        () if rest.starts_with("一半") => Some(word("一半".len(), half, Share::Fraction)),
        () if rest.starts_with("百分百") => Some(word("百分百".len(), hundred, Share::Percent)),
        () if rest.starts_with("百分之百") => Some(word("百分之百".len(), hundred, Share::Percent)),
        () if rest.starts_with("对折") => Some(word("对折".len(), Ratio::whole(50), Share::Percent)),
        () => None,
    }
}

/// 近千人, 逾百家, 上万元: the words before stand for the missing one.
fn is_led(before: &str) -> bool {
    before.ends_with(['近', '逾', '超', '约'])
        || (before.ends_with('上') && !before.ends_with("以上") && !before.ends_with("线上"))
}

/// `below` 分之 `part`.
fn share_of(below: Ratio, first: &Sum, part: &Sum) -> Option<Numeral> {
    let mut numeral = part.numeral()?;
    numeral.signs += first.signs + 2;
    numeral.arabic |= first.arabic;
    let named = first.bare_multiplier;
    let scaled = |factor: Ratio| -> Option<(Ratio, Option<Ratio>)> {
        let high = match numeral.high {
            Some(high) => Some(high.mul(factor)?),
            None => None,
        };
        Some((numeral.value.mul(factor)?, high))
    };
    (numeral.share, (numeral.value, numeral.high)) = if named && below == Ratio::whole(1000) {
        (Share::PerMille, (numeral.value, numeral.high))
    } else if named {
        (Share::Percent, scaled(Ratio::whole(100).div(below)?)?)
    } else {
        (Share::Fraction, scaled(Ratio::ONE.div(below)?)?)
    };
    if named && below > Ratio::whole(1000) {
        // 万分之三 is 0.03 %: two digits further down.
        let shift = i8::try_from(digits_of(below)?).ok()? - 3;
        numeral.printed.last = numeral.printed.last.checked_sub(shift)?;
        numeral.printed.lowest = numeral.printed.lowest.checked_sub(shift)?;
    }
    Some(numeral)
}

fn digits_of(whole: Ratio) -> Option<usize> {
    Some(whole.to_plain(0)?.len())
}

/// 1/3: two short whole numbers about a stroke.
fn slashed(text: &str, above: &Numeral) -> Option<Numeral> {
    let rest = text[above.end..].strip_prefix(['/', '／'])?;
    let at = text.len() - rest.len();
    let short = |n: &Numeral| n.arabic && n.printed.scale == 0 && n.printed.last == 0 && n.signs <= 3;
    let below = Sum::read(text, at)?.numeral()?;
    let plain = short(above) && short(&below) && !text[below.end..].starts_with(['/', '／']);
    plain.then_some(Numeral {
        value: above.value.div(below.value)?,
        share: Share::Fraction,
        end: below.end,
        signs: above.signs + below.signs,
        ..*above
    })
}

/// Words that 成 and 折 begin; there it is no share.
const NOT_TENTHS: &[char] = &[
    '员', '果', '效', '本', '功', '立', '为', '品', '熟', '交', '长', '绩', '就', '分', '年', '都', '人',
    '套', '型', '群', '片', '批', '合', '旧', '算', '叠', '扣', '线', '鱼', '因', '形',
];

/// X成 and X折 as hundredths; 七成六 and 三八折 have two digits.
fn tenths(text: &str, sum: &Sum, plain: Numeral) -> Option<Numeral> {
    let at = skip_blanks(text, sum.end);
    let mut rest = text[at..].chars();
    let word = rest.next().filter(|c| matches!(c, '成' | '折'))?;
    if rest.as_str().starts_with(NOT_TENTHS) || sum.approximate() || plain.printed.scale > 0 {
        return None;
    }
    let mut end = at + word.len_utf8();
    // 七五折: two digits, the second of which is the tenth part of the first.
    let pair = sum.digit_pair.filter(|_| word == '折');
    let mut value = match pair {
        Some(pair) => Ratio::whole(pair),
        None if plain.high.is_some() => return None,
        None => plain.value.mul(Ratio::whole(10))?,
    };
    let mut last = plain.printed.last + i8::from(pair.is_none());
    let next = rest.next();
    if let (true, Some(next)) = (word == '成' && last == 1, next) {
        let more = match sign(next) {
            Sign::Chinese(n) => Some(n),
            _ if next == '半' => Some(5),
            _ => None,
        };
        if let Some(more) = more {
            value = value.add(Ratio::whole(i128::from(more)))?;
            (last, end) = (0, end + next.len_utf8());
        }
    }
    let printed = Printed {
        last,
        lowest: last,
        ..plain.printed
    };
    (value <= Ratio::whole(100)).then_some(Numeral {
        value,
        high: None,
        share: Share::Percent,
        printed,
        end,
        signs: plain.signs + 1,
        ..plain
    })
}

/// Past these words with blanks between and before them, where all of them follow.
fn after_words(text: &str, mut at: usize, words: &[&str]) -> Option<usize> {
    for word in words {
        at = skip_blanks(text, at);
        at += text[at..].starts_with(word).then_some(word.len())?;
    }
    Some(at)
}

impl Sum {
    /// The lower end.
    pub fn value(&self) -> Option<Ratio> {
        Ratio::scaled(self.total.low, -i32::from(self.total.places))
    }

    /// Whether it is a span or 余 stands in it.
    pub fn approximate(&self) -> bool {
        self.approx.is_some() || self.total.is_wide()
    }

    /// The number as a numeral.
    pub fn numeral(&self) -> Option<Numeral> {
        let places = -i32::from(self.total.places);
        let high = match self.total.is_wide() {
            true => Some(Ratio::scaled(self.total.high, places)?),
            false => None,
        };
        Some(Numeral {
            value: self.value()?,
            high,
            printed: self.printed()?,
            approx: self.approx,
            share: Share::Plain,
            end: self.end,
            signs: self.signs,
            arabic: self.arabic,
        })
    }

    fn printed(&self) -> Option<Printed> {
        let all = i8::try_from(self.total.places).ok()?;
        // Trailing places that 万 has moved: 2.4万 is 240000 tenths, its last digit stands for thousands.
        let last = i8::try_from(self.scale).ok()? - all;
        let mut mantissa = self.total.low.unsigned_abs();
        let mut lowest = -all;
        while lowest < last && mantissa.is_multiple_of(10) && mantissa > 0 {
            mantissa /= 10;
            lowest += 1;
        }
        let digits = mantissa.checked_ilog10().map_or(1, |log| log + 1);
        while mantissa > 0 && mantissa.is_multiple_of(10) {
            mantissa /= 10;
            lowest += 1;
        }
        let lowest = if self.total.low == 0 { last } else { lowest };
        Some(Printed {
            last: last.min(lowest),
            lowest,
            digits: u8::try_from(digits).ok()?,
            scale: self.tail_scale(),
        })
    }

    /// The power of ten of 万 亿 at the end; also under a colloquial tail (三万五 is in 万).
    fn tail_scale(&self) -> u8 {
        match self.scale {
            3 | 4 | 7 | 8 | 12 => self.scale,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A numeral that takes up all of a text, as it would be written in digits.
    fn value(text: &str) -> String {
        let numeral = read(text, 0).unwrap_or_else(|| panic!("{text} is no numeral"));
        assert_eq!(numeral.end, text.len(), "{text} is read only in part");
        let high = numeral
            .high
            .map_or(String::new(), |high| format!("..{}", high.to_plain(6).unwrap()));
        format!("{}{high}", numeral.value.to_plain(12).unwrap())
    }

    #[test]
    fn numerals_of_every_kind_are_exact() {
        for (text, expected) in [
            ("1,234.50", "1234.5"),
            ("１２３４", "1234"),
            ("壹佰贰拾", "120"),
            ("二〇二〇", "2020"),
            ("一千零五", "1005"),
            ("3亿5000万", "350000000"),
            ("2.4万", "24000"),
            ("三万五", "35000"),
            ("一百二十余万", "1200000"),
            ("三点五", "3.5"),
            ("百分之九十五点五", "95.5"),
            ("万分之三", "0.03"),
            ("三分之一", "0.333333333333"),
            ("2/5", "0.4"),
            ("八成五", "85"),
            ("七五折", "75"),
            ("翻两番", "4"),
            ("4.78万亿", "4780000000000"),
            ("5千万", "50000000"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn words_for_some_are_spans() {
        for (text, expected) in [
            ("十几", "11..19"),
            ("三五十", "30..50"),
            ("七八", "7..8"),
            ("几十", "20..90"),
            ("二十几万", "210000..290000"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn a_numeral_ends_where_its_grammar_does() {
        let end = |text: &str| read(text, 0).map(|numeral| text[..numeral.end].to_owned());
        assert_eq!(end("854万854万").as_deref(), Some("854万"));
        assert_eq!(end("1,2345").as_deref(), Some("1"));
        assert_eq!(end("3成员").as_deref(), Some("3"));
        assert_eq!(end("2千米").as_deref(), Some("2"));
        assert_eq!(end("100百分").as_deref(), Some("100"));
        assert_eq!(end("百姓"), None);
        assert_eq!(end("数据"), None);
    }

    #[test]
    fn the_print_is_kept() {
        let printed = |text: &str| {
            read(text, 0)
                .map(|n| {
                    (
                        n.printed.last,
                        n.printed.lowest,
                        n.printed.digits,
                        n.printed.scale,
                    )
                })
                .unwrap()
        };
        assert_eq!(printed("84.66"), (-2, -2, 4, 0));
        assert_eq!(printed("300"), (0, 2, 3, 0));
        assert_eq!(printed("2.40万"), (2, 3, 3, 4));
        assert_eq!(printed("1万"), (4, 4, 1, 4));
        assert_eq!(printed("3亿5000万"), (4, 7, 5, 4));
    }
}
