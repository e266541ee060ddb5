//! 必填项空白（missing-value）
//!
//! 查什么：自评表上用到的行，完成值、目标、分值、得分是不是空着；列了总分值而没有总得分；实际完成情况是不是空着；
//! “下达及时性”这样要用文字回答的栏目是不是空着。
//! 为什么：空着的格子没有办法核对，也没有办法计分，报上去会退回补填。
//! 怎么改：补填；这一项确实不适用的，写“/”并说明。
//! 例：“工程验收合格率”目标100%，得分10分，完成值一格是空的。
//! 不算：没有用到的模板行（“……”“指标2：”）；写了“/”“—”的；几项合用一个分值、得分的；没有读全的表；申报表没有完成值。
//! 依据：自评表各栏应当填写完整（自评表填报说明）。

use crate::checks::Judgements;
use crate::checks::cells::{cell, name_of, told};
use crate::facts::form::{Answer, Content, Datum, Form, FormKind, IndicatorRow, Reading};
use crate::finding::Place;
use crate::ledger::Ledger;
use crate::model::Check;
use crate::words::held::holds;

/// Looks for empty cells of the form that ought to be filled.
pub fn run(ledger: &mut Ledger, check: &Check, judgements: &mut Judgements) {
    let Some(form) = ledger.form() else { return };
    if !ledger.is_read_whole() {
        judgements.skip(check.id(), "", "报告没有读全，空白的地方可能是没有读到");
        return;
    }
    for Answer { label, text, .. } in &form.answers {
        match text.content {
            Content::Empty => {
                let message = format!("“{}”一栏没有填写。", label.text);
                judgements.fail(told(check, &label.text, message, vec![cell(ledger, label, "栏目")]));
            }
            _ => judgements.passed += 1,
        }
    }
    if form.kind == Some(FormKind::Targets) || form.reading.is_partial() {
        return;
    }
    goal(ledger, check, form, judgements);
    for column in COLUMNS {
        judge_column(ledger, check, form, column, judgements);
    }
    total(ledger, check, form, judgements);
}

/// A column of the indicator table that ought to be filled in each row that is used.
struct Column {
    word: &'static str,
    of: fn(&IndicatorRow) -> &Datum,
    /// Whether what else the row holds demands this cell.
    due: fn(&IndicatorRow) -> bool,
}

const COLUMNS: &[Column] = &[
    Column {
        word: "完成值",
        of: |row| &row.actual,
        due: |row| row.target.is_filled(),
    },
    Column {
        word: "目标",
        of: |row| &row.target,
        due: |row| row.actual.is_filled() && row.name.is_filled(),
    },
    Column {
        word: "分值",
        of: |row| &row.weight,
        due: |row| row.score.is_filled() && row.target.is_filled(),
    },
    Column {
        word: "得分",
        of: |row| &row.score,
        due: |row| row.weight.is_filled() && row.target.is_filled(),
    },
];

fn judge_column(ledger: &Ledger, check: &Check, form: &Form, column: &Column, judgements: &mut Judgements) {
    let cell_of = column.of;
    let due = |row: &&IndicatorRow| row.name.is_filled() && !is_template(row) && (column.due)(row);
    let used: Vec<&IndicatorRow> = form.rows.iter().filter(due).collect();
    let shared = |row: &IndicatorRow| cell_of(row).covered || cell_of(row).merged;
    // A mark printed once for several rows leaves the others empty.
    if used.iter().any(|row| shared(row)) && matches!(column.word, "分值" | "得分") {
        return;
    }
    let is_empty = |row: &&&IndicatorRow| cell_of(row).content == Content::Empty;
    let empty: Vec<&&IndicatorRow> = used.iter().filter(is_empty).collect();
    let filled = used.iter().filter(|row| cell_of(row).is_filled()).count();
    judgements.passed += filled as u32;
    if empty.is_empty() {
        return;
    }
    if filled == 0 && used.len() > 1 {
        judgements.fail(whole_column(ledger, check, column, &empty));
        return;
    }
    // Where most rows leave it empty the column means something else than was read.
    if filled < empty.len() {
        judgements.skip(check.id(), column.word, "这一栏多数是空的，不能确定是漏填");
        return;
    }
    for row in empty {
        let name = name_of(row);
        let message = format!("“{name}”的{}没有填写。", column.word);
        let empty = ledger.place(&cell_of(row).range, column.word, "这一格是空的");
        let mut places = vec![empty, cell(ledger, &row.name, "指标")];
        if row.target.is_filled() {
            places.push(cell(ledger, &row.target, "目标"));
        }
        judgements.fail(told(check, &name, message, places));
    }
}

/// One finding for a column that nobody filled.
fn whole_column(ledger: &Ledger, check: &Check, column: &Column, rows: &[&&IndicatorRow]) -> crate::finding::Finding {
    let message = format!("{} 项指标的{}都没有填写。", rows.len(), column.word);
    let places: Vec<Place> = rows.iter().map(|row| cell(ledger, &row.name, "指标")).collect();
    told(check, column.word, message, places)
}

/// ≥**套: nobody replaced the placeholder of the target, so nobody uses the row.
fn is_template(row: &IndicatorRow) -> bool {
    holds(&row.target.text, &["**", "＊＊", "××", "XX"])
}

fn goal(ledger: &Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    let pairs = [
        (&form.goal_done, &form.goal, "实际完成情况"),
        (&form.goal, &form.goal_done, "预期目标"),
    ];
    for (datum, other, what) in pairs {
        if datum.content == Content::Empty && other.is_filled() {
            let message = format!("“{what}”没有填写。");
            let places = vec![
                ledger.place(&datum.range, what, "这一格是空的"),
                cell(ledger, other, ""),
            ];
            judgements.fail(told(check, what, message, places));
        }
    }
}

/// 总分 with its weight and without its score, in a form that scores its rows.
fn total(ledger: &Ledger, check: &Check, form: &Form, judgements: &mut Judgements) {
    let scored = form.rows.iter().filter(|row| row.score.number().is_some()).count();
    let blank = matches!(form.total.content, Content::Absent | Content::Empty);
    if form.full.number().is_none() || scored < 2 || form.reading != Reading::Grid {
        return;
    }
    if !blank {
        judgements.passed += 1;
        return;
    }
    let message = format!("总分一行只有分值“{}”，没有填总得分。", form.full.text);
    judgements.fail(told(check, "总分", message, vec![cell(ledger, &form.full, "分值")]));
}
