//! A date to the numerals that stand in it (2021年3月5日), and a version to its (1.2.3), for whoever asks for all numbers.

use crate::facts::masks::digit_run;
use crate::facts::{Number, NumberKind};
use crate::quantity::signs::{self, Sign};
use crate::quantity::{Quantity, Ratio, Unit, numeral};

/// The number and what else stands in it: of a date the number itself, which is the whole date, and then its further
/// numerals; of a version each of its numbers. Any other number is one.
pub fn of(number: &Number, view: &str) -> Vec<Number> {
    let end = number.range.end as usize;
    let Some(text) = view.get(..end) else {
        return vec![number.clone()];
    };
    let (mut parts, mut at) = match number.kind {
        NumberKind::Date => (vec![number.clone()], number.digits.end as usize),
        NumberKind::Code if is_version(&text[number.range.start as usize..]) => {
            (Vec::new(), number.range.start as usize)
        }
        _ => return vec![number.clone()],
    };
    while let Some(start) = signs::next_start(text.as_bytes(), at) {
        let Some((value, stop)) = value_at(text, start) else {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let range = start as u32..stop as u32;
        parts.push(Number {
            range: range.clone(),
            digits: range,
            quantity: Quantity::computed(value, Unit::none()),
            ..*number
        });
        at = stop;
    }
    parts
}

/// 1.2.3: digits and two points or more.
fn is_version(text: &str) -> bool {
    let part = |c: char| c == '.' || matches!(signs::sign(c), Sign::Arabic(_));
    text.chars().all(part) && text.matches('.').count() >= 2
}

fn value_at(text: &str, at: usize) -> Option<(Ratio, usize)> {
    let (digits, end, count) = digit_run(text, at);
    if count > 0 {
        return Some((Ratio::whole(digits.into()), end));
    }
    numeral::read(text, at).map(|numeral| (numeral.value, numeral.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::numbers;
    use crate::quantity::UnitTable;

    #[test]
    fn each_numeral_of_a_date_and_of_a_version_is_listed() {
        let read = |text: &str| {
            let found = numbers::scan(text, UnitTable::built_in());
            let parts = found.iter().flat_map(|number| of(number, text));
            parts.map(|part| part.quantity.plain()).collect::<Vec<_>>()
        };
        assert_eq!(read("2022年7月9日"), ["2022", "7", "9"]);
        assert_eq!(read("１９９５年５月、八月十三日"), ["1995", "5", "8", "13"]);
        assert_eq!(read("9:30—11:45"), ["9", "30", "11", "45"]);
        assert_eq!(read("3.1.4096"), ["3", "1", "4096"]);
        assert_eq!(read("ISO9001，0731-28681234"), ["9001", "731"]);
        assert_eq!(read("12.5万元"), ["125000"]);
        assert_eq!(read(".75"), ["0.75"]);
    }
}
