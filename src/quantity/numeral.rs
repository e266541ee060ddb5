//! Numerals of every kind in Chinese reports to exact values: 1，234.5 · 壹佰贰拾 · 3亿5000万 · 百分之五 · 十几.

use super::plain;
use super::shares;
use super::signs::{Sign, sign, sign_at};
use super::sum::Sum;
pub use super::sum::skip_blanks;
use super::technical;
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

/// How a numeral is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// As reports write numbers.
    Written,
    /// As one speaks: 百三, 千五.
    Spoken,
    /// As machines and engineers write: 2e5, 2^5, 40k.
    Technical,
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
    /// How it is written.
    pub form: Form,
    /// Where it ends in the text, in bytes.
    pub end: usize,
    /// How many signs it has.
    pub signs: u32,
    /// Whether Arabic digits take part.
    pub arabic: bool,
}

/// The numeral that begins at byte `at`, which is a character boundary.
pub fn read(text: &str, at: usize) -> Option<Numeral> {
    match sign_at(text.as_bytes(), at).0 {
        Sign::Arabic(_) => {
            if let Some(plain) = plain::digits(text, at) {
                return Some(plain);
            }
        }
        Sign::Dot => return technical::after_point(text, at),
        Sign::Some => {}
        _ => {
            if let Some(found) = fixed_word(&text[at..]) {
                return Some(Numeral {
                    end: at + found.end,
                    ..found
                });
            }
        }
    }
    let first = Sum::read(text, at)?;
    if let Some(share) = shares::below_and_part(text, &first) {
        return Some(share);
    }
    let plain = first.numeral()?;
    if first.bare_multiplier && !first.approximate() && !is_led(&text[..at]) {
        // 百三 and 千五 are spoken numbers; 百 alone, and 百十 before a noun, are none.
        return (first.tail && first.signs == 2).then_some(Numeral {
            form: Form::Spoken,
            ..plain
        });
    }
    let longer = shares::slashed(text, &plain)
        .or_else(|| shares::mixed(text, &first, &plain))
        .or_else(|| shares::tenths(text, &first, plain))
        .or_else(|| shares::parted_discount(text, &first, plain))
        .or_else(|| technical::raised(text, &plain))
        .or_else(|| shares::dozens(text, &plain));
    Some(longer.unwrap_or(plain))
}

/// Words that are a number by themselves: 一半, 翻一番, 百分百, 对折, 半百.
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
        form: Form::Written,
        end,
        signs: 2,
        arabic: false,
    };
    if let Some(after) = rest.strip_prefix('翻') {
        let after = after.strip_prefix('了').unwrap_or(after);
        let number = after.chars().next()?;
        let (times, tail) = match sign(number) {
            Sign::Chinese(n) | Sign::Arabic(n) if (1..=9).contains(&n) => (n, &after[number.len_utf8()..]),
            // 翻番 is 翻一番.
            _ => (1, after),
        };
        let tail = tail.strip_prefix('番').or_else(|| tail.strip_prefix('倍'))?;
        let end = rest.len() - tail.len();
        return Some(word(end, Ratio::whole(1 << times), Share::Multiple));
    }
    let first = rest.chars().next()?;
    if !matches!(first, '一' | '百' | '半' | '对' | '對') {
        return None;
    }
    let half = Ratio::new(1, 2)?;
    let percent = |value: i128| (Ratio::whole(value), Share::Percent);
    let words = [
        ("一半", (half, Share::Fraction)),
        ("百分百", percent(100)),
        ("百分之百", percent(100)),
        ("对折", percent(50)),
        ("對折", percent(50)),
        ("半折", percent(50)),
        ("半成", percent(5)),
        ("半数", (half, Share::Fraction)),
        ("半百", (Ratio::whole(50), Share::Plain)),
    ];
    if first == '半' && is_half_of_time(&rest[first.len_utf8()..]) {
        let mut numeral = word(first.len_utf8(), half, Share::Plain);
        (numeral.printed.last, numeral.printed.lowest) = (-1, -1);
        return Some(numeral);
    }
    let (found, (value, share)) = words.into_iter().find(|(found, _)| rest.starts_with(found))?;
    // 半成品, 半百分: the second letter belongs to what follows.
    let broken = first == '半'
        && rest[found.len()..].starts_with(['品', '熟', '分', '型', '套', '扣', '叠', '据', '字']);
    (!broken).then(|| word(found.len(), value, share))
}

/// 半个月, 半小时; 半年 and 半天 only where nothing goes on behind them that makes another word (半年报, 半天鹅绒).
fn is_half_of_time(after: &str) -> bool {
    let whole = ["个月", "个小时", "个学时", "个学期", "个工作日", "小时"];
    let ends = |rest: &str| {
        rest.is_empty()
            || rest.starts_with(['内', '以', '之', '左', '时', '，', '。', '；', '、', '）', '\n'])
    };
    let short = after.strip_prefix(['年', '天']);
    whole.iter().any(|word| after.starts_with(word)) || short.is_some_and(ends)
}

/// 近千人, 逾百家, 上万元: the words before stand for the missing one.
fn is_led(before: &str) -> bool {
    before.ends_with(['近', '逾', '超', '约'])
        || (before.ends_with('上') && !before.ends_with("以上") && !before.ends_with("线上"))
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
            form: Form::Written,
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
            ("翻番", "2"),
            ("六七成", "60..70"),
            ("半数", "0.5"),
            ("3'500'000", "3500000"),
            ("4.78万亿", "4780000000000"),
            ("5千万", "50000000"),
            ("49万亿9592亿", "49959200000000"),
            ("1.2万亿3000亿", "1500000000000"),
            ("三万亿五", "3500000000000"),
            ("廿八", "28"),
            ("卅", "30"),
            ("叁仟零肆拾万", "30400000"),
            ("一万万", "100000000"),
            ("一亿亿", "10000000000000000"),
            ("一九七八", "1978"),
            ("二 百 六 十", "260"),
            ("8 万3 千", "83000"),
            ("五又四分之三", "5.75"),
            ("2 1/2", "2.5"),
            ("百分之十二点五", "12.5"),
            ("3分之负六", "-2"),
            ("半百", "50"),
            ("半成", "5"),
            ("六成 二", "62"),
            ("8 8 折", "88"),
            ("翻了两番", "4"),
            ("三打", "36"),
            ("百六", "160"),
            ("3e4", "30000"),
            ("1.5E-2", "0.015"),
            ("2^10", "1024"),
            ("4^-1", "0.25"),
            ("25k", "25000"),
            ("1.2 M", "1200000"),
            (".75", "0.75"),
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
        assert_eq!(end("三百点两个").as_deref(), Some("三百"));
        assert_eq!(end("3kg").as_deref(), Some("3"));
        assert_eq!(end("2e").as_deref(), Some("2"));
        assert_eq!(end("五打工妹").as_deref(), Some("五"));
        assert_eq!(end("百十"), None);
        assert_eq!(end("半成品"), None);
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
