//! The proof of 情形 agrees with trying every value.

use crate::finding::Finding;
use crate::model::from_syntax::load;
use crate::source::Source;
use proptest::prelude::*;

/// One 情形: its condition as written, and whether it holds at so many quarters of a per cent.
#[derive(Clone, Debug)]
struct Written {
    text: String,
    low: Option<(i64, bool)>,
    high: Option<(i64, bool)>,
    /// 并非
    not: bool,
}

impl Written {
    fn holds(&self, quarters: i64) -> bool {
        let above = self
            .low
            .is_none_or(|(at, closed)| quarters > at * 4 || (closed && quarters == at * 4));
        let below = self
            .high
            .is_none_or(|(at, closed)| quarters < at * 4 || (closed && quarters == at * 4));
        (above && below) != self.not
    }
}

fn written() -> impl Strategy<Value = Written> {
    let end = (0i64..=15, any::<bool>()).prop_map(|(tens, closed)| (tens * 10, closed));
    (end.clone(), end, 0..4u8, any::<bool>()).prop_map(|(a, b, form, not)| {
        let (low, high) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        let above = if low.1 { "≥" } else { ">" };
        let below = if high.1 { "≤" } else { "<" };
        let (text, low, high) = match form {
            0 => (format!("完成率 {above} {}%", low.0), Some(low), None),
            1 => (
                format!("{}% {} 完成率", high.0, if high.1 { "≥" } else { ">" }),
                None,
                Some(high),
            ),
            2 => (
                format!("完成率 {above} {}% 并且 完成率 {below} {}%", low.0, high.0),
                Some(low),
                Some(high),
            ),
            _ => (
                format!(
                    "完成率 属于 {}{}%，{}%{}",
                    if low.1 { "[" } else { "(" },
                    low.0,
                    high.0,
                    if high.1 { "]" } else { ")" }
                ),
                Some(low),
                Some(high),
            ),
        };
        let text = if not { format!("并非（{text}）") } else { text };
        Written { text, low, high, not }
    })
}

fn proven(cases: &[Written]) -> Vec<Finding> {
    let mut text = "规则：甲\n评分标准：试\n".to_owned();
    for case in cases {
        text.push_str(&format!("情形：{}，得 分值\n", case.text));
    }
    load(vec![Source::new("试.jx", text)], &mut |_, _| None).1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_gap_is_told_where_some_value_has_no_case(cases in prop::collection::vec(written(), 1..5)) {
        let gap = (0..=1000).any(|at| cases.iter().all(|case| !case.holds(at)));
        let told = proven(&cases);
        prop_assert_eq!(told.iter().any(|one| one.message.contains("没有一种情形适用")), gap, "{:?}", told);
    }

    #[test]
    fn a_case_is_told_that_no_value_reaches(cases in prop::collection::vec(written(), 1..5)) {
        let told = proven(&cases);
        prop_assert!(told.iter().all(|one| one.check == "rule-score-cases"), "{:?}", told);
        for (at, case) in cases.iter().enumerate() {
            // A rate may lie below nought where work was undone; nobody has to write a case for it.
            let reached = (-1000..=1000).any(|value| {
                case.holds(value) && cases[..at].iter().all(|before| !before.holds(value))
            });
            let line = told.iter().filter(|one| one.message.contains("用不到")).any(|one| {
                let start = one.places[0].span.start as usize;
                line_of(&cases, start) == at
            });
            prop_assert_eq!(line, !reached, "{} {:?}", at, told);
        }
    }
}

/// Which 情形 begins at this byte of the text that `proven` writes.
fn line_of(cases: &[Written], start: usize) -> usize {
    let mut begins = "规则：甲\n评分标准：试\n".len();
    for (at, case) in cases.iter().enumerate() {
        let ends = begins + format!("情形：{}，得 分值\n", case.text).len();
        if start < ends {
            return at;
        }
        begins = ends;
    }
    cases.len()
}

#[test]
fn the_built_in_standards_have_neither_gap_nor_idle_case() {
    let packs = crate::packs::PACKS;
    for pack in packs {
        let (_, findings) = load(vec![Source::new(pack.name, pack.text)], &mut |_, _| None);
        assert!(findings.is_empty(), "{}: {findings:?}", pack.name);
    }
}

#[test]
fn a_standard_of_thousands_of_cases_is_answered_at_once() {
    let mut text = "规则：甲\n评分标准：试\n".to_owned();
    for number in 0..5000 {
        text.push_str(&format!("情形：完成率 = {number}%，得 {number} 分\n"));
    }
    let (_, findings) = load(vec![Source::new("试.jx", text)], &mut |_, _| None);
    assert_eq!(findings.len(), 1, "{:?}", findings.first());
    assert!(findings[0].help.contains("其余"));
}
