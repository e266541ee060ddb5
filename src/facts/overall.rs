//! The total and the grade that the prose states: 自评得分84.47分，评价等级为“优”.

use crate::document::Document;
use crate::facts::form::{Content, Datum};
use crate::facts::{Number, NumberKind};
use crate::quantity::Dimension;
use std::ops::Range;

/// A total with the grade named beside it.
#[derive(Clone, PartialEq, Debug)]
pub struct Overall {
    /// The total.
    pub score: Datum,
    /// 优 良 中 差
    pub grade: Datum,
}

/// Words that name a total, right before its number.
const TOTALS: &[&str] = &["得分", "总分", "评分", "自评分", "评价分", "总得分", "分数"];
/// Words that name a grade, right before its letter.
const GRADES: &[&str] = &[
    "等级",
    "评级",
    "等次",
    "级别",
    "档次",
    "评为",
    "评定为",
    "定为",
    "结果",
    "结论",
];
/// What may stand between such a word and what it names.
const BETWEEN: &[char] = &[
    '为', '是', '：', ':', '“', '”', '"', '「', '『', '‘', '达', '到', '共', '计', ' ', '\u{3000}',
];
/// How far behind its total a grade may stand, in bytes.
const REACH: usize = 90;

/// The first total with a grade in the prose; `form` is the part of the view that is not prose.
pub fn find(document: &Document, numbers: &[Number], form: Range<u32>) -> Option<Overall> {
    let text = &document.view.text;
    numbers
        .iter()
        .filter(|number| !form.contains(&number.range.start))
        .find_map(|number| {
            let score = number.kind == NumberKind::Quantity
                && number.quantity.unit.dimension() == Some(Dimension::Score)
                && number.quantity.bound.is_none();
            let before = text[..number.range.start as usize].trim_end_matches(BETWEEN);
            if !score || !TOTALS.iter().any(|word| before.ends_with(word)) {
                return None;
            }
            let grade = grade_after(text, number.range.end as usize)?;
            Some(Overall {
                score: Datum {
                    text: document.text(&number.range).to_owned(),
                    range: number.range.clone(),
                    content: Content::Number(number.quantity),
                    ..Datum::default()
                },
                grade: Datum {
                    text: document.text(&grade).to_owned(),
                    range: grade,
                    content: Content::Text,
                    ..Datum::default()
                },
            })
        })
}

/// The letter of the grade in the same sentence, a whole word: 优, but not 优秀.
fn grade_after(text: &str, from: usize) -> Option<Range<u32>> {
    let mut to = (from + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let sentence = &text[from..to];
    let sentence = &sentence[..sentence.find(['。', '\n', '；']).unwrap_or(sentence.len())];
    let (at, word) = GRADES
        .iter()
        .filter_map(|word| Some((sentence.find(word)?, *word)))
        .min()?;
    let rest = sentence[at + word.len()..].trim_start_matches(BETWEEN);
    let letter = rest
        .chars()
        .next()
        .filter(|letter| "优良中差".contains(*letter))?;
    let next = rest[letter.len_utf8()..].chars().next();
    let ends = next.is_none_or(|next| !next.is_alphanumeric() || matches!(next, '级' | '等' | '档'));
    let start = from + sentence.len() - rest.len();
    ends.then(|| start as u32..(start + letter.len_utf8()) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_text;
    use crate::facts::numbers;
    use crate::quantity::UnitTable;

    fn found(text: &str) -> Option<(String, String)> {
        let document = from_text::read(text);
        let numbers = numbers::scan(&document.view.text, UnitTable::built_in());
        find(&document, &numbers, 0..0).map(|overall| (overall.score.text, overall.grade.text))
    }

    #[test]
    fn a_total_and_its_grade_are_read_from_one_sentence() {
        let both = |score: &str, grade: &str| Some((score.to_owned(), grade.to_owned()));
        assert_eq!(
            found("经自评，项目综合得分为86.5分，评价等级为“良”。"),
            both("86.5分", "良")
        );
        assert_eq!(found("自评总分91分，评定为优。"), both("91分", "优"));
        assert_eq!(found("自评得分：78.2分，等级：中"), both("78.2分", "中"));
    }

    #[test]
    fn other_marks_and_other_words_are_no_total_and_no_grade() {
        assert_eq!(found("产出指标分值50分，等级划分为优、良、中、差。"), None);
        assert_eq!(found("自评得分95分，评价等级为优秀。"), None);
        assert_eq!(found("自评得分95分。上年评价等级为良。"), None);
        assert_eq!(found("满分100分，评级为优。"), None);
    }
}
