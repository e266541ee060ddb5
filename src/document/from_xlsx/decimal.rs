//! A stored number to decimal digits, rounded and printed without ever being a float.

/// A number as its digits and where its point stands: 0.8466 is 8466 with the point four places left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Decimal {
    pub negative: bool,
    /// Digits without leading noughts; empty for nought.
    digits: Vec<u8>,
    /// How many digits stand before the point; may be negative.
    point: i32,
}

/// Excel keeps fifteen digits; what a file holds beyond them is noise of the arithmetic.
const KEPT: i32 = 15;

impl Decimal {
    /// Reads 508, -0.5, 8.466E-1, 0.84666666666666701.
    pub(super) fn parse(text: &str) -> Option<Decimal> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.trim_start_matches('+')),
        };
        let (body, power) = match text.split_once(['e', 'E']) {
            Some((body, power)) => (body, power.parse::<i32>().ok().filter(|power| power.abs() < 400)?),
            None => (text, 0),
        };
        let (whole, part) = body.split_once('.').unwrap_or((body, ""));
        let sound = |text: &str| text.len() < 400 && text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && part.is_empty() || !sound(whole) || !sound(part) {
            return None;
        }
        let all = whole.bytes().chain(part.bytes()).map(|byte| byte - b'0');
        let digits: Vec<u8> = all.collect();
        let lead = digits.iter().take_while(|digit| **digit == 0).count();
        let mut number = Decimal {
            negative,
            digits: digits[lead..].to_vec(),
            point: whole.len() as i32 + power - lead as i32,
        };
        number.keep(KEPT);
        Some(number)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The same number with the point moved right (or left).
    pub(super) fn shifted(mut self, places: i32) -> Decimal {
        self.point += places;
        self
    }

    /// Keeps so many digits, rounded half away from nought, without noughts at the end.
    fn keep(&mut self, count: i32) {
        if count < 0 {
            self.digits.clear();
        } else if let Some(next) = self.digits.get(count as usize).copied() {
            self.digits.truncate(count as usize);
            if next >= 5 {
                self.count_up();
            }
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
    }

    fn count_up(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// The whole part and `most` digits behind the point, of which `least` are shown even when they are noughts.
    pub(super) fn rounded(mut self, least: usize, most: usize) -> (String, String) {
        let kept = self.point.saturating_add(most as i32);
        self.keep(kept);
        if self.is_zero() {
            return ("0".into(), "0".repeat(least));
        }
        let digit = |at: i32| match usize::try_from(at).ok().and_then(|at| self.digits.get(at)) {
            Some(digit) => char::from(b'0' + digit),
            None => '0',
        };
        let whole: String = (0..self.point).map(digit).collect();
        let mut part: String = (0..most as i32).map(|at| digit(self.point + at)).collect();
        while part.len() > least && part.ends_with('0') {
            part.pop();
        }
        (if whole.is_empty() { "0".into() } else { whole }, part)
    }

    /// How many digits stand before the point, at least one.
    pub(super) fn whole_digits(&self) -> usize {
        self.point.max(1) as usize
    }

    /// The number of whole days and the seconds of the day.
    pub(super) fn days_and_seconds(&self) -> Option<(i64, i64)> {
        if self.negative || self.point > 8 {
            return None;
        }
        let (whole, part) = self.clone().rounded(10, 10);
        let days: i64 = whole.parse().ok()?;
        let part: i64 = part.parse().ok()?;
        Some((days, (part * 86_400 + 5_000_000_000) / 10_000_000_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, least: usize, most: usize) -> String {
        let (whole, part) = Decimal::parse(text).map_or_else(Default::default, |n| n.rounded(least, most));
        format!("{whole}.{part}")
    }

    #[test]
    fn numbers_are_rounded_half_up_as_they_are_printed() {
        assert_eq!(shown("84.666666666666667", 2, 2), "84.67");
        assert_eq!(shown("2.675", 2, 2), "2.68");
        assert_eq!(shown("0.999", 2, 2), "1.00");
        assert_eq!(shown("99.995", 2, 2), "100.00");
        assert_eq!(shown("0.004", 2, 2), "0.00");
        assert_eq!(shown("0.005", 2, 2), "0.01");
        assert_eq!(shown("1.2E3", 0, 2), "1200.");
        assert_eq!(shown("1.5e-7", 0, 9), "0.00000015");
        assert_eq!(shown("8.4499999999999993", 2, 2), "8.45");
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", ".", "abc", "1e999999999", "--1", "1.2.3", "NaN"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
