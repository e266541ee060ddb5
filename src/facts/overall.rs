//! The total and the grade that the prose states: 自评得分84.47分，评价等级为“优”.

use crate::document::{Block, BlockKind, Document};
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
/// Words that name a total where nothing stands before them in their clause.
const BARE: &[&str] = &[
    "自评",
    "项目自评",
    "本项目自评",
    "综合自评",
    "自我评价",
    "综合评价",
    "综合评定",
];
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

/// The first total with a grade in the prose; `forms` are the parts of the view that are not prose.
pub fn find(document: &Document, numbers: &[Number], forms: &[Range<u32>]) -> Option<Overall> {
    let text = &document.view.text;
    numbers
        .iter()
        .filter(|number| !forms.iter().any(|form| form.contains(&number.range.start)))
        .find_map(|number| {
            let score = number.kind == NumberKind::Quantity
                && number.quantity.unit.dimension() == Some(Dimension::Score)
                && number.quantity.bound.is_none();
            let before = text[..number.range.start as usize].trim_end_matches(BETWEEN);
            if !score || !names_total(before) {
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

/// Whether words end with what names a total. 自评92分 is one where its clause begins so: 产出指标自评49分 is a part.
fn names_total(before: &str) -> bool {
    let bare = |word: &&str| {
        let rest = before.strip_suffix(*word);
        rest.is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
    };
    TOTALS.iter().any(|word| before.ends_with(word)) || BARE.iter().any(bare)
}

/// How far from the form a line with its grade may stand, in bytes.
const BESIDE: usize = 200;
/// What begins a line that names the grade of a form.
const LINES: &[&str] = &["自评等级", "评价等级", "等级", "自评结果", "自评等次", "等次"];

/// 自评等级：优 on a line of its own right below or above the form, which has no cell for it.
pub fn grade_beside(document: &Document, form: &Range<u32>) -> Option<Datum> {
    let near = |block: &&Block| {
        // What is read as the form may reach over the line.
        let below = block.range.start.saturating_sub(form.end);
        let above = form.start.saturating_sub(block.range.end);
        !matches!(block.kind, BlockKind::Table(_)) && below.max(above) as usize <= BESIDE
    };
    let from = document
        .blocks
        .partition_point(|block| (block.range.end as usize) + BESIDE < form.start as usize);
    let mut lines = document.blocks[from..]
        .iter()
        .take_while(|block| (block.range.start as usize) < form.end as usize + BESIDE)
        .filter(near);
    let grade = lines.find_map(|block| grade_line(document.text(&block.range), block.range.start))?;
    Some(Datum {
        text: document.text(&grade).to_owned(),
        range: grade,
        content: Content::Text,
        header: "等级".into(),
        ..Datum::default()
    })
}

/// The grade of a line that names nothing else.
fn grade_line(line: &str, start: u32) -> Option<Range<u32>> {
    let word = LINES.iter().find(|word| line.starts_with(**word))?;
    let rest = line[word.len()..].trim_start_matches(BETWEEN);
    let letter = rest
        .chars()
        .next()
        .filter(|letter| "优良中差".contains(*letter))?;
    let end = rest[letter.len_utf8()..].trim_end_matches(['。', '”', '"', '」', ' ', '\u{3000}', '级', '等']);
    let at = start + (line.len() - rest.len()) as u32;
    end.is_empty().then(|| at..at + letter.len_utf8() as u32)
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
        find(&document, &numbers, &[]).map(|overall| (overall.score.text, overall.grade.text))
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
        assert_eq!(found("项目自评91.5分，等级为“良”。"), both("91.5分", "良"));
        assert_eq!(
            found("经认真核对，自评为86分，评定等级为优。"),
            both("86分", "优")
        );
    }

    #[test]
    fn a_line_beside_the_form_names_its_grade() {
        let found = |line: &str| {
            grade_line(line, 0).map(|range| line[range.start as usize..range.end as usize].to_owned())
        };
        assert_eq!(found("自评等级：优。"), Some("优".to_owned()));
        assert_eq!(found("等级为“良”"), Some("良".to_owned()));
        assert_eq!(found("等级：优、良、中、差"), None);
        assert_eq!(found("自评等级：优（90分以上）"), None);
    }

    #[test]
    fn other_marks_and_other_words_are_no_total_and_no_grade() {
        assert_eq!(found("产出指标分值50分，等级划分为优、良、中、差。"), None);
        assert_eq!(found("自评得分95分，评价等级为优秀。"), None);
        assert_eq!(found("自评得分95分。上年评价等级为良。"), None);
        assert_eq!(found("满分100分，评级为优。"), None);
        // What names a part before 自评 makes it the score of that part.
        assert_eq!(found("产出指标自评48分，效益指标自评29分，等级为优。"), None);
        assert_eq!(found("预算执行自评9.5分，评价等级为优。"), None);
    }
}
