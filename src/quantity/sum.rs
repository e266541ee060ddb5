//! Digits and multipliers summed from left to right (3亿5000万, 一百二十余万, 十几), the core of the numeral grammar.

use super::Approx;
use super::digits::{Span, arabic_run, begins_metric, counts_on, ten};
use super::signs::{Sign, sign, sign_at};

/// What kind of digits wait for their multiplier.
#[derive(Clone, Copy, PartialEq)]
enum Waiting {
    /// None.
    Nothing,
    /// One digit that may be a colloquial tail (三万五).
    Digit,
    /// A run of digits, or a digit after 零.
    Run,
    /// 几, 数 or two neighbours (三五): a span.
    Wide,
}

/// A number under way.
#[derive(Clone, Copy)]
pub struct Sum {
    /// What stands above the last 万 or 亿.
    pub total: Span,
    /// What stands below it, up to the last 十 百 千.
    section: Span,
    waiting: Waiting,
    digits: Span,
    /// The last multiplier as a power of ten, 0 before the first.
    multiplier: u8,
    /// The last 万 or 亿 as a power of ten, 0 before the first.
    big: u8,
    /// The multipliers 千 万 亿 at the very end, as a power of ten.
    pub scale: u8,
    /// 余 多 来 inside the number or after it.
    pub approx: Option<Approx>,
    /// Two Chinese digits that are all of the number, read as digits (七五折).
    pub digit_pair: Option<i128>,
    /// It begins with a multiplier other than 十.
    pub bare_multiplier: bool,
    /// It ends in a digit that stands for the next lower multiplier (三万五).
    pub tail: bool,
    /// How many signs it has.
    pub signs: u32,
    /// Whether Arabic digits take part.
    pub arabic: bool,
    /// Where it ends.
    pub end: usize,
}

/// The first byte at or after `at` that is not a blank.
pub fn skip_blanks(text: &str, at: usize) -> usize {
    let mut end = at;
    while let (Sign::Blank, length) = sign_at(text.as_bytes(), end) {
        end += length;
    }
    end
}

impl Sum {
    /// The longest number that begins at `at`.
    pub fn read(text: &str, at: usize) -> Option<Sum> {
        let mut sum = Sum {
            total: Span::ZERO,
            section: Span::ZERO,
            waiting: Waiting::Nothing,
            digits: Span::ZERO,
            multiplier: 0,
            big: 0,
            scale: 0,
            approx: None,
            digit_pair: None,
            bare_multiplier: false,
            tail: false,
            signs: 0,
            arabic: false,
            end: at,
        };
        let mut complete = None;
        let mut next = sum;
        while next.step(text).is_some() {
            sum = next;
            if sum.scale >= 4 {
                complete = Some(sum);
            }
        }
        // 854万854万 are two numbers that a page has run together.
        if matches!(text[sum.end..].chars().next().map(sign), Some(Sign::Big(_))) && sum.arabic {
            sum = complete.unwrap_or(sum);
        }
        sum.finish()
    }

    /// Takes the next sign in, if it belongs to the number; where it does not, what is left is of no use.
    fn step(&mut self, text: &str) -> Option<()> {
        let (at, sign, length) = self.next_sign(text)?;
        self.end = at + length;
        self.signs += 1;
        match sign {
            Sign::Arabic(_) => self.take_arabic(text, at)?,
            Sign::Chinese(digit) => self.take_chinese(text, at, digit)?,
            Sign::Tens(tens) if self.waiting == Waiting::Nothing => {
                self.section = self.section.add(Span::of(i128::from(tens) * 10))?;
                self.multiplier = 1;
            }
            Sign::Some => self.take_some(text)?,
            Sign::Small(3) | Sign::Big(12) if begins_metric(&text[self.end..]) => return None,
            Sign::Big(12) if self.arabic && !counts_on(&text[self.end..]) => return None,
            Sign::Small(power) => self.take_small(power)?,
            Sign::Big(power) => self.take_big(power)?,
            Sign::Point => self.take_fraction(text)?,
            Sign::Word => self.take_more(text, at)?,
            _ => return None,
        }
        Some(())
    }

    /// Where the next sign stands: blanks may part Chinese signs, and digits from their multiplier.
    fn next_sign(&self, text: &str) -> Option<(usize, Sign, usize)> {
        let bytes = text.as_bytes();
        let (here, length) = sign_at(bytes, self.end);
        if here != Sign::Blank {
            return matches!(here, Sign::Other | Sign::Dot | Sign::Comma)
                .then_some(())
                .map_or(Some((self.end, here, length)), |()| None);
        }
        let at = skip_blanks(text, self.end);
        if self.signs == 0 || at - self.end > 6 {
            return None;
        }
        let (next, length) = sign_at(bytes, at);
        let counted = self.multiplier > 0 && self.waiting == Waiting::Nothing;
        let joins = match next {
            Sign::Chinese(_) => !self.arabic && (self.multiplier > 0 || self.waiting != Waiting::Nothing),
            Sign::Some => !self.arabic && self.multiplier > 0,
            Sign::Small(_) => !self.arabic || self.multiplier > 0,
            Sign::Point => !self.arabic,
            Sign::Big(_) => true,
            // 7 万5 千4 百: digits go on where the multiplier before has been said.
            Sign::Arabic(_) => self.arabic && self.scale >= 3 && counted,
            Sign::Word => text[at..].starts_with(['余', '多', '餘']),
            _ => false,
        };
        joins.then_some((at, next, length))
    }

    fn take_arabic(&mut self, text: &str, at: usize) -> Option<()> {
        if self.waiting != Waiting::Nothing && !self.is_after_zero() || self.approx.is_some() {
            return None;
        }
        let (digits, count, end) = arabic_run(text, at)?;
        self.digits = digits;
        let lone = count == 1 && digits.places == 0 && self.waiting == Waiting::Nothing;
        self.waiting = if lone { Waiting::Digit } else { Waiting::Run };
        (self.arabic, self.scale, self.end) = (true, 0, end);
        self.signs += count - 1;
        Some(())
    }

    /// 零 before a digit: 200亿零四, 1千零1.
    fn is_after_zero(&self) -> bool {
        self.waiting == Waiting::Run && self.digits == Span::ZERO && self.multiplier > 0
    }

    fn take_chinese(&mut self, text: &str, at: usize, digit: u8) -> Option<()> {
        let gap = at > 0 && text[..at].ends_with([' ', '\u{3000}']);
        if self.approx.is_some() || self.waiting == Waiting::Wide || (gap && self.waiting != Waiting::Nothing)
        {
            return None;
        }
        // 20万三档: Chinese digits go on behind Arabic ones only towards a multiplier.
        let next = sign_at(text.as_bytes(), self.end).0;
        let joins = !self.arabic || digit == 0 || self.is_after_zero();
        if !joins && !matches!(next, Sign::Small(_) | Sign::Big(_)) {
            return None;
        }
        let digit = i128::from(digit);
        self.scale = 0;
        match self.waiting {
            Waiting::Nothing => {
                let lone = digit != 0 || self.multiplier == 0;
                self.waiting = if lone { Waiting::Digit } else { Waiting::Run };
                self.digits = Span::of(digit);
            }
            _ if self.arabic && !self.is_after_zero() => return None,
            _ => {
                self.digits = self.digits.times(1)?.add(Span::of(digit))?;
                self.waiting = Waiting::Run;
            }
        }
        Some(())
    }

    /// 几 and 数: before a multiplier or after 十 (十几, 几十, 数百).
    fn take_some(&mut self, text: &str) -> Option<()> {
        let next = text[self.end..].chars().next().map(sign);
        let before = matches!(next, Some(Sign::Small(_) | Sign::Big(_)));
        let after = self.multiplier > 0 && (self.waiting == Waiting::Nothing || self.is_after_zero());
        if !(after || before && self.waiting == Waiting::Nothing) {
            return None;
        }
        self.waiting = Waiting::Wide;
        self.digits = Span {
            low: 1 + i128::from(!after),
            high: 9,
            places: 0,
        };
        Some(())
    }

    fn take_small(&mut self, power: u8) -> Option<()> {
        self.split_pair();
        let amount = match self.waiting {
            Waiting::Nothing if self.approx.is_some() => return None,
            Waiting::Nothing => {
                self.bare_multiplier |= self.signs == 1 && power > 1;
                // 一百十一: 十 without a digit. 二十十 is no number.
                if self.multiplier != 0 && self.multiplier <= power {
                    return None;
                }
                Span::of(1)
            }
            // Two digits and more are a number of their own (二〇二〇十), except where Arabic (25千).
            Waiting::Run if !self.arabic && self.digits.low > 9 => return None,
            Waiting::Run if self.arabic && self.digits.low > 99 => return None,
            _ if self.digits.low == 0 && self.digits.high == 0 => Span::of(1),
            _ => self.digits,
        };
        if self.section.low > 0 && self.multiplier > 0 && self.multiplier <= power && self.multiplier < 4 {
            return None;
        }
        self.section = self.section.add(amount.times(power)?)?;
        self.waiting = Waiting::Nothing;
        (self.multiplier, self.scale) = (power, if power == 3 { 3 } else { 0 });
        Some(())
    }

    fn take_big(&mut self, power: u8) -> Option<()> {
        self.split_pair();
        if self.arabic && self.multiplier >= 4 && self.multiplier <= power && self.waiting != Waiting::Nothing
        {
            return None;
        }
        if self.waiting != Waiting::Nothing {
            self.section = self.section.add(self.digits)?;
        }
        if self.signs == 1 {
            self.bare_multiplier = true;
            self.section = Span::of(1);
        }
        let onward = self.section == Span::ZERO;
        let small = if self.scale == 3 && self.arabic { 3 } else { 0 };
        // 一万六千万 is sixteen thousand 万: the first 万 belongs to the count of the second.
        let again = self.big == power && !self.arabic;
        self.total = if onward || again || (self.total != Span::ZERO && self.below(power)) {
            self.total.add(self.section)?.times(power)?
        } else {
            self.total.add(self.section.times(power)?)?
        };
        self.scale = if onward {
            self.scale.saturating_add(power)
        } else {
            power + small
        };
        self.section = Span::ZERO;
        self.waiting = Waiting::Nothing;
        // 49万亿9592亿: 万亿 is one multiplier, below which 亿 may stand.
        self.multiplier = if onward { self.scale } else { power };
        self.big = power;
        Some(())
    }

    /// Whether the multiplier is above all that came before (五千万亿, 三万二千亿).
    fn below(&self, power: u8) -> bool {
        ten(power)
            .and_then(|by| by.checked_mul(ten(self.total.places)?))
            .is_none_or(|by| self.total.high < by)
    }

    /// 点 and the Chinese or Arabic digits after it.
    fn take_fraction(&mut self, text: &str) -> Option<()> {
        if self.waiting == Waiting::Wide || self.approx.is_some() || self.digits.places > 0 {
            return None;
        }
        let mut fraction = Span::ZERO;
        let mut end = skip_blanks(text, self.end);
        loop {
            let (next, length) = sign_at(text.as_bytes(), end);
            let (Sign::Chinese(digit) | Sign::Arabic(digit)) = next else {
                break;
            };
            // 一点两小时: behind a point one says 二 and never 两.
            if text[end..].starts_with(['两', '兩']) {
                break;
            }
            fraction = fraction.times(1)?.add(Span {
                places: fraction.places,
                ..Span::of(digit.into())
            })?;
            fraction.places += 1;
            self.signs += 1;
            end += length;
        }
        if fraction.places == 0 {
            return None;
        }
        self.end = end;
        self.digits = self.with_tail()?.add(fraction)?;
        self.waiting = Waiting::Run;
        self.scale = 0;
        Some(())
    }

    /// The waiting digits; a colloquial tail at its place (一千六点五: 600.5).
    fn with_tail(&self) -> Option<Span> {
        match self.waiting {
            Waiting::Nothing => Some(Span::ZERO),
            Waiting::Digit if self.multiplier >= 2 => self.digits.times(self.multiplier - 1),
            _ => Some(self.digits),
        }
    }

    /// 余 多 来 after a multiplier or Arabic digits.
    fn take_more(&mut self, text: &str, at: usize) -> Option<()> {
        let rest = &text[at..];
        let approx = match () {
            () if rest.starts_with(['余', '餘', '多']) => Approx::Over,
            () if rest.starts_with('来') && self.multiplier > 0 => Approx::About,
            () => return None,
        };
        let whole = self.waiting == Waiting::Nothing && self.multiplier > 0 || self.arabic;
        let word = [
            "多样",
            "多元化",
            "多元投",
            "多元主",
            "多元参",
            "多元融",
            "多元共",
            "多功能",
            "多层",
            "多种经营",
            "多方",
            "来自",
            "来源",
            "来水",
            "余额",
        ];
        if !whole || self.approx.is_some() || word.iter().any(|word| rest.starts_with(word)) {
            return None;
        }
        self.signs -= 1;
        self.approx = Some(approx);
        Some(())
    }

    /// Two neighbouring digits before a multiplier or at the end are a span: 三五十, 十七八, 七八.
    fn split_pair(&mut self) {
        let value = self.digits.low;
        let (upper, lower) = (value / 10, value % 10);
        let neighbours = upper > 0 && (lower == upper + 1 || (upper, lower) == (3, 5));
        if self.waiting == Waiting::Run
            && !self.arabic
            && value < 100
            && self.digits.places == 0
            && neighbours
        {
            self.digits = Span {
                low: upper,
                high: lower,
                places: 0,
            };
            self.waiting = Waiting::Wide;
        }
    }

    fn finish(mut self) -> Option<Sum> {
        if self.signs == 0 {
            return None;
        }
        if self.waiting == Waiting::Run && self.signs == 2 && !self.arabic && self.multiplier == 0 {
            self.digit_pair = Some(self.digits.low);
        }
        self.split_pair();
        // The last sign's place: three in 三万五 stands for 5000.
        if self.waiting == Waiting::Digit && self.multiplier >= 2 {
            self.scale = self.multiplier - 1;
            self.tail = true;
        }
        self.section = self.section.add(self.with_tail()?)?;
        self.total = self.total.add(self.section)?;
        self.waiting = Waiting::Nothing;
        Some(self)
    }
}
