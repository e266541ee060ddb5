//! Parts of a whole and multiples of a dozen: 百分之五, 三又三分之一, 2/5, 八成五, 七五折, 五十打.

use super::numeral::{Numeral, Share};
use super::signs::{Sign, sign_at};
use super::sum::{Sum, skip_blanks};
use super::{Printed, Ratio, technical};

/// a分之b: what stands below, and the part of it. A part may have 负 before it.
pub fn below_and_part(text: &str, first: &Sum) -> Option<Numeral> {
    let end = after_words(text, first.end, &["分", "之"])?;
    if first.approximate() {
        return None;
    }
    let at = skip_blanks(text, end);
    let bare = text[at..].strip_prefix(['负', '負']);
    let part = Sum::read(text, bare.map_or(at, |bare| text.len() - bare.len()))?;
    let mut numeral = share_of(first.value()?, first, &part)?;
    if bare.is_some() {
        numeral.value = numeral.value.negate()?;
    }
    // 百分之15K
    Some(technical::raised(text, &numeral).unwrap_or(numeral))
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

/// 三百五又三分之一, 1 4/3: a whole number and a part of one more.
pub fn mixed(text: &str, first: &Sum, whole: &Numeral) -> Option<Numeral> {
    if first.approximate() || whole.printed.last < 0 {
        return None;
    }
    let at = skip_blanks(text, whole.end);
    let part = if let Some(rest) = text[at..].strip_prefix('又') {
        let below = Sum::read(text, skip_blanks(text, text.len() - rest.len()))?;
        below_and_part(text, &below).or_else(|| slashed(text, &below.numeral()?))?
    } else {
        if !whole.arabic || at == whole.end {
            return None;
        }
        slashed(text, &Sum::read(text, at)?.numeral()?)?
    };
    let value = match part.share {
        Share::Fraction => part.value,
        Share::Percent => part.value.div(Ratio::whole(100))?,
        Share::PerMille => part.value.div(Ratio::whole(1000))?,
        _ => return None,
    };
    let printed = Printed {
        scale: 0,
        ..whole.printed
    };
    Some(Numeral {
        value: whole.value.add(value)?,
        end: part.end,
        signs: whole.signs + part.signs,
        printed,
        ..*whole
    })
}

/// 五十打: twelve of each. The word is a verb before many others.
pub fn dozens(text: &str, number: &Numeral) -> Option<Numeral> {
    let rest = text[number.end..].strip_prefix('打')?;
    let verb = rest.starts_with([
        '击', '造', '工', '印', '架', '赢', '卡', '分', '通', '破', '开', '响', '掉', '下', '出', '好', '一',
        '扫', '药',
    ]);
    let plain = number.share == Share::Plain && number.printed.last >= 0 && !verb;
    plain.then_some(Numeral {
        value: number.value.mul(Ratio::whole(12))?,
        end: number.end + "打".len(),
        signs: number.signs + 1,
        ..*number
    })
}

/// 1/3: two short whole numbers about a stroke.
pub fn slashed(text: &str, above: &Numeral) -> Option<Numeral> {
    let rest = text[above.end..].strip_prefix(['/', '／'])?;
    if !above.arabic {
        return None;
    }
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
pub fn tenths(text: &str, sum: &Sum, plain: Numeral) -> Option<Numeral> {
    let at = skip_blanks(text, sum.end);
    let mut rest = text[at..].chars();
    let word = rest.next().filter(|c| matches!(c, '成' | '折'))?;
    // 六七成 is a span of tenths.
    let span = plain.high.filter(|_| word == '成' && sum.digit_pair.is_some());
    let vague = sum.approx.is_some() || plain.high.is_some() && span.is_none();
    let after = rest.as_str();
    // 剩余2成年底兑付
    let year = ["年底", "年末", "年初", "年内"]
        .iter()
        .any(|word| after.starts_with(word));
    if (after.starts_with(NOT_TENTHS) && !year) || vague || plain.printed.scale > 0 {
        return None;
    }
    let mut end = at + word.len_utf8();
    // 七五折: two digits, the second of which is the tenth part of the first.
    let pair = sum.digit_pair.filter(|_| word == '折');
    let mut value = match pair {
        Some(pair) => Ratio::whole(pair),
        None => plain.value.mul(Ratio::whole(10))?,
    };
    let mut last = plain.printed.last + i8::from(pair.is_none());
    let high = match span {
        Some(high) => Some(high.mul(Ratio::whole(10))?),
        None => None,
    };
    if word == '成' && last == 1 && span.is_none() {
        let next = skip_blanks(text, end);
        let (more, length) = match sign_at(text.as_bytes(), next) {
            (Sign::Chinese(n), length) => (Some(n), length),
            (_, length) if text[next..].starts_with('半') => (Some(5), length),
            _ => (None, 0),
        };
        // 七成 六: with a blank between, nothing may follow that the digit could count.
        let ends = !text[next + length..].starts_with(|c: char| c.is_alphanumeric());
        if let Some(more) = more.filter(|_| next == end || ends) {
            value = value.add(Ratio::whole(i128::from(more)))?;
            (last, end) = (0, next + length);
        }
    }
    let printed = Printed {
        last,
        lowest: last,
        ..plain.printed
    };
    // 十折 is no discount.
    let limit = Ratio::whole(100);
    (value < limit || word == '成' && value == limit).then_some(Numeral {
        value,
        high,
        share: Share::Percent,
        printed,
        end,
        signs: plain.signs + 1,
        ..plain
    })
}

/// 九 九 折: where a lone digit and a blank stand before another one and 折, both are one discount.
pub fn parted_discount(text: &str, sum: &Sum, plain: Numeral) -> Option<Numeral> {
    let digit = |at: usize| match sign_at(text.as_bytes(), at) {
        (Sign::Arabic(n) | Sign::Chinese(n), length) => Some((i128::from(n), length)),
        _ => None,
    };
    if sum.signs != 1 || plain.printed.scale > 0 {
        return None;
    }
    let at = skip_blanks(text, sum.end);
    let (second, length) = digit(at).filter(|_| at > sum.end)?;
    let end = after_words(text, at + length, &["折"])?;
    let fits = !text[end..].starts_with(NOT_TENTHS);
    fits.then_some(Numeral {
        value: plain.value.mul(Ratio::whole(10))?.add(Ratio::whole(second))?,
        share: Share::Percent,
        end,
        signs: 3,
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
