//! The title of a form, its year and its kind.

use super::sections::{Part, Section};
use super::{Form, FormKind};
use crate::document::{BlockKind, Document};
use crate::facts::columns::Column;
use std::ops::Range;

/// Sets title, year and kind of a form that was read.
pub(super) fn read(form: &mut Form, document: &Document, sections: &[Section]) {
    let (title, year) = title_before(document, form.range.start);
    form.title = title.or_else(|| title_inside(sections));
    let own = form
        .title
        .as_ref()
        .and_then(|title| year_in(document.text(title)));
    form.year = own.or(year).or_else(|| year_inside(sections));
    let title = form
        .title
        .as_ref()
        .map_or("", |title| document.text(title))
        .to_owned();
    form.kind = kind_of(&title, sections);
}

/// Whether a line is the title of a form.
pub(super) fn is_title(text: &str) -> bool {
    let text = text.trim();
    // 绩效目标申报表（农田建设）: a note may follow.
    let noted = text
        .ends_with(['）', ')'])
        .then(|| text.rfind(['（', '(']))
        .flatten();
    let text = noted
        .filter(|open| *open > 0)
        .map_or(text, |open| text[..open].trim_end());
    let bare = text.trim_end_matches(|c: char| "（）()年度0123456789 ".contains(c));
    let short = text.chars().count() <= 50;
    let ends = ["表", "表格"].iter().any(|end| bare.ends_with(end));
    let about = ["自评", "绩效目标", "绩效评价"]
        .iter()
        .any(|word| bare.contains(word));
    short && ends && about && !text.contains(['。', '；'])
}

/// The nearest title among the few lines before a place, and the year in brackets between the two.
fn title_before(document: &Document, start: u32) -> (Option<Range<u32>>, Option<i32>) {
    let after = document.blocks.partition_point(|block| block.range.end <= start);
    let mut year = None;
    for block in document.blocks[..after].iter().rev().take(12) {
        if matches!(block.kind, BlockKind::Table(_)) {
            break;
        }
        let text = document.text(&block.range);
        if is_title(text) {
            return (Some(block.range.clone()), year);
        }
        if text.chars().count() <= 14 && year.is_none() {
            year = year_in(text);
        }
    }
    (None, None)
}

/// A title in a row of its own inside the table.
fn title_inside(sections: &[Section]) -> Option<Range<u32>> {
    let keys = sections.iter().filter(|section| section.part == Part::Keys);
    let mut pieces = keys.flat_map(|section| &section.rows).flat_map(|row| &row.raw);
    pieces
        .find(|piece| is_title(&piece.text))
        .map(|piece| piece.range.clone())
}

/// （2022年度） in a line of its own between the title and the first row.
fn year_inside(sections: &[Section]) -> Option<i32> {
    let keys = sections.iter().filter(|section| section.part == Part::Keys);
    let pieces = keys.flat_map(|section| &section.rows).flat_map(|row| &row.raw);
    pieces
        .filter(|piece| piece.text.starts_with(['（', '(']) && piece.text.chars().count() <= 14)
        .find_map(|piece| year_in(&piece.text))
}

/// The first year of a title: 2022年度, 2022 年.
pub(crate) fn year_in(text: &str) -> Option<i32> {
    for (at, _) in text.match_indices('年') {
        let before = text[..at].trim_end();
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        if digits.len() == 4 {
            let year: String = digits.chars().rev().collect();
            return year.parse().ok().filter(|year| (1990..2100).contains(year));
        }
    }
    // （2021）
    let inner = text.trim().trim_end_matches(['）', ')']);
    let (_, digits) = inner.rsplit_once(['（', '('])?;
    let year = digits.trim().parse().ok();
    year.filter(|year| (1990..2100).contains(year))
}

/// The kind by what is scored, then by the title's words.
fn kind_of(title: &str, sections: &[Section]) -> Option<FormKind> {
    let has = |column: Column| {
        sections
            .iter()
            .filter(|section| section.part == Part::Indicators)
            .flat_map(|section| &section.heads)
            .any(|head| head.column == column)
    };
    let indicators = sections
        .iter()
        .any(|section| section.part == Part::Indicators && !section.rows.is_empty());
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(Column::Weight) && has(Column::Score) {
        let department = says(&["整体支出", "部门整体", "单位整体"]);
        return Some(if department {
            FormKind::Department
        } else {
            FormKind::Project
        });
    }
    if says(&["申报表", "批复表", "审批表", "目标表", "申请表"]) {
        return Some(FormKind::Targets);
    }
    if says(&["衔接资金"]) {
        return Some(FormKind::Linking);
    }
    if says(&["转移支付", "区域（项目）", "区域(项目)"]) {
        return Some(FormKind::Transfer);
    }
    if !indicators {
        return says(&["自评表"]).then_some(FormKind::Project);
    }
    match has(Column::Actual) {
        true if has(Column::Weight) => Some(FormKind::Project),
        true => Some(FormKind::Transfer),
        false => Some(FormKind::Targets),
    }
}
