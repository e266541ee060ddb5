//! The grade that a report prints to the grade of the rules that it names: 优秀 is 优, 良好 is 良.

use crate::expr::eval::{Reading, Value};
use crate::model::Grade;
use std::borrow::Cow;

/// Words for one grade that may stand for each other.
const ALIKE: &[&[&str]] = &[
    &["优", "优秀", "优等", "优级"],
    &["良", "良好", "良等", "良级"],
    &["中", "中等", "一般"],
    &["差", "较差", "差等"],
    &["合格", "及格"],
    &["不合格", "不及格"],
];

/// A reading whose text names a grade of the rules in another word reads as that grade.
pub(super) fn named<'a>(reading: Reading<'a>, grades: &'a [Grade]) -> Reading<'a> {
    let Value::Text(text) = &reading.value else {
        return reading;
    };
    match grades.iter().find(|grade| same(&grade.name, text.trim())) {
        Some(grade) => Reading {
            value: Value::Text(Cow::Borrowed(&grade.name)),
            ..reading
        },
        None => reading,
    }
}

/// Whether a word names a grade.
pub fn same(grade: &str, text: &str) -> bool {
    grade == text
        || ALIKE
            .iter()
            .any(|words| words.contains(&grade) && words.contains(&text))
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn a_grade_is_known_by_its_longer_word() {
        assert!(same("优", "优秀") && same("优秀", "优") && same("良", "良好"));
        assert!(!same("优", "良好") && !same("合格", "不合格") && !same("优", "优先"));
    }
}
