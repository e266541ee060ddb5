//! The rows below the indicators: 总分 with its grade, bonus points, notes.

use super::pieces::{Class, Piece, label_and_weight};
use super::sections::Row;
use super::values::{Reader, datum};
use super::{Content, ExtraRow, Form};
use crate::facts::columns::Column;

/// 总分, 合计, 总计（100分）
pub(super) fn is_total(text: &str) -> bool {
    let (label, _) = match text.len() <= LONGEST_TOTAL {
        true => label_and_weight(text),
        false => return false,
    };
    matches!(
        label.trim_end_matches(['：', ':']),
        "总分" | "合计" | "总计" | "总得分" | "总分值" | "得分合计" | "分值合计" | "合计得分" | "自评总分"
    )
}

/// The bytes of 自评总分（100分） and some more.
const LONGEST_TOTAL: usize = 48;

/// 加分项 and 扣分项 as labels of a group.
pub(super) fn is_extra(label: &str) -> bool {
    ["加分", "扣分", "减分"]
        .iter()
        .any(|word| label.starts_with(word))
}

/// 总分, or 说明 as the label of the last row.
pub(super) fn ends_rows(text: &str) -> bool {
    is_total(text) || is_note_label(text)
}

/// 说明 | 无: the label of the row below the indicators.
pub(super) fn is_note_label(text: &str) -> bool {
    matches!(
        text.trim_end_matches(['：', ':']),
        "说明" | "其他说明" | "其他需要说明的问题" | "其他需要说明的事项" | "需要说明的问题"
    )
}

/// 注：… 说明：…
pub(super) fn is_note(text: &str) -> bool {
    ["注：", "注:", "说明：", "说明:", "备注：", "备注:"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// Reads 总分 | 100 | 98 | 等级：优 into the form. Two numbers are 分值 and 得分; a single one is told by its column.
pub(super) fn read_total(form: &mut Form, row: &Row, columns: &[Column], reader: &Reader) {
    let under = |column: Column| {
        let at = columns.iter().position(|found| *found == column)?;
        row.cells
            .get(at)?
            .clone()
            .filter(|piece| piece.class() == Class::Bare)
    };
    let bare: Vec<&Piece> = row
        .raw
        .iter()
        .filter(|piece| piece.class() == Class::Bare && !piece.covered)
        .collect();
    let (full, total) = match (under(Column::Weight), under(Column::Score), bare.as_slice()) {
        // 100 | 100 | 100 | 97: a full weight for each level stands before the marks.
        (Some(full), Some(total), [_, _, _, ..]) => (Some(full), Some(total)),
        (_, _, [first, second, ..]) => (Some((*first).clone()), Some((*second).clone())),
        (None, Some(score), _) => (None, Some(score)),
        (weight, score, _) => (weight, score),
    };
    if let Some(full) = full {
        form.full = reader.mark(Some(&full), "分值");
    }
    if let Some(total) = total {
        form.total = reader.mark(Some(&total), "得分");
    }
    for piece in &row.raw {
        if let Some(grade) = grade_in(piece) {
            form.grade = datum(Some(&grade), "等级");
            form.grade.content = Content::Text;
        }
    }
}

/// 优 in 等级：优, 优秀, 优 alone.
pub(super) fn grade_in(piece: &Piece) -> Option<Piece<'static>> {
    let text = piece.text.as_ref();
    let after = text
        .rfind(['：', ':', '为'])
        .map_or(text, |at| text[at..].trim_start_matches(['：', ':', '为', '“']));
    let word = ["优秀", "良好", "优", "良", "中", "差"]
        .into_iter()
        .find(|word| after.trim_matches(['“', '”', ' ']) == *word)?;
    Some(Piece::new(word, piece.range.clone()))
}

/// A row of bonus or deduction points.
pub(super) fn read_extra(row: &Row, columns: &[Column], reader: &Reader) -> Option<ExtraRow> {
    let cell = |column: Column| {
        let at = columns.iter().position(|found| *found == column)?;
        row.cells.get(at)?.as_ref().filter(|piece| !piece.is_empty())
    };
    let name = cell(Column::Name).or_else(|| row.raw.iter().find(|piece| !piece.is_empty()))?;
    let extra = ExtraRow {
        name: datum(Some(name), "加分项"),
        weight: reader.mark(cell(Column::Weight), "分值"),
        score: reader.mark(cell(Column::Score), "得分"),
    };
    Some(extra)
}
