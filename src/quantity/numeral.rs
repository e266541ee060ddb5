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
