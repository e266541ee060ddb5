//! 原文 and 原文文件 of a trial to the one report that they make together.

use crate::document::{self, Document, from_markdown};
use crate::facts::columns::column_of;
use crate::model::trials::{Line, Trial};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::sync::Arc;

/// The header of the standard form, for rows that stand without one.
const HEADER: &str =
    "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |";

/// How the text of 原文 is called in messages.
const NAME: &str = "原文";

/// Gives the bytes of a 原文文件, or says why it cannot.
pub type Read<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// What could not be read of a trial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// What is wrong and what to do.
    pub message: String,
    /// The line of the trial.
    pub span: Span,
}

/// The report of a trial.
pub fn document(trial: &Trial, read: &Read) -> Result<Document, Problem> {
    let mut whole: Option<Document> = None;
    for file in &trial.files {
        let next = of_file(file, read)?;
        whole = Some(match whole {
            Some(before) => before.followed_by(&next),
            None => next,
        });
    }
    let samples: Vec<&str> = trial.samples.iter().map(|line| line.text.as_str()).collect();
    match whole {
        Some(before) if samples.is_empty() => Ok(before),
        Some(before) => Ok(before.followed_by(&of_lines(&samples))),
        None => Ok(of_lines(&samples)),
    }
}

fn of_file(file: &Line, read: &Read) -> Result<Document, Problem> {
    read(&file.text)
        .and_then(|bytes| document::read(&file.text, &bytes))
        .map_err(|why| Problem {
            message: format!("原文文件“{}”没有读成：{why}", file.text),
            span: file.span,
        })
}

fn of_lines(lines: &[&str]) -> Document {
    // an input method may give the twin of the sign that parts cells
    let lines: Vec<Cow<str>> = lines
        .iter()
        .map(|line| match line.trim_start().starts_with('｜') {
            true => Cow::Owned(line.replace('｜', "|")),
            false => Cow::Borrowed(*line),
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(|line| &**line).collect();
    let text = markdown(&lines);
    let mut document = from_markdown::read(&text);
    document.source = Arc::new(Source::new(NAME, text));
    document
}

/// The lines as Markdown: rows that stand together become a table, with the ruling and, where they have none and show
/// the columns of the standard form, the header that they lack.
fn markdown(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|line| is_row(line)).count();
        if count == 0 {
            push(&mut text, first);
            rest = &rest[1..];
            continue;
        }
        table(&mut text, &rest[..count]);
        rest = &rest[count..];
    }
    text
}

fn table(text: &mut String, rows: &[&str]) {
    let widest = rows.iter().map(|row| cells(row).count()).max().unwrap_or(0);
    let headed = rows.iter().any(|row| is_header(row));
    push(text, "");
    let rows: Vec<&str> = if !headed && fits_standard(rows) {
        std::iter::once(HEADER).chain(rows.iter().copied()).collect()
    } else {
        rows.to_vec()
    };
    for (at, row) in rows.iter().enumerate() {
        push(text, row);
        let ruled = rows.get(1).is_some_and(|second| is_ruling(second));
        if at == 0 && !ruled {
            push(text, &["|", &" --- |".repeat(widest.max(1))].concat());
        }
    }
    push(text, "");
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// A row of a table begins with the sign that parts its cells.
fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|') && line.matches('|').count() >= 2
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim();
    let inner = row.strip_prefix('|').unwrap_or(row);
    inner.strip_suffix('|').unwrap_or(inner).split('|').map(str::trim)
}

fn is_ruling(row: &str) -> bool {
    row.contains("--")
        && row
            .chars()
            .all(|sign| matches!(sign, '|' | '-' | ':' | ' ' | '\t'))
}

/// Whether a row names columns: two of its cells at least are header words.
fn is_header(row: &str) -> bool {
    cells(row).filter(|cell| column_of(cell).is_some()).count() >= 2
}

/// Rows as wide as the standard form, or without its last column.
fn fits_standard(rows: &[&str]) -> bool {
    let width = cells(HEADER).count();
    rows.iter()
        .all(|row| is_ruling(row) || (width - 1..=width).contains(&cells(row).count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_alone_stands_under_the_header_of_the_standard_form() {
        let text = markdown(&["| 产出指标 | 数量指标 | 上云企业数 | ≥8000家 | 7500家 | 20 | 20 |  |"]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], HEADER);
        assert_eq!(lines[2], "| --- | --- | --- | --- | --- | --- | --- | --- |");
        assert!(lines[3].contains("上云企业数"));
    }

    #[test]
    fn rows_with_a_header_of_their_own_get_only_the_ruling() {
        let text = markdown(&[
            "文字。",
            "| 三级指标 | 分值 | 得分 |",
            "| 甲 | 10 | 9 |",
            "后面。",
        ]);
        let expected =
            "文字。\n\n| 三级指标 | 分值 | 得分 |\n| --- | --- | --- |\n| 甲 | 10 | 9 |\n\n后面。\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn rows_of_full_width_signs_are_rows() {
        let document = of_lines(&["｜ 三级指标 ｜ 分值 ｜ 得分 ｜", "｜ 甲 ｜ 10 ｜ 9 ｜"]);
        assert_eq!(document.tables.len(), 1);
        assert_eq!(document.tables[0].rows.len(), 2);
    }

    #[test]
    fn a_ruling_that_is_there_is_not_written_again() {
        let text = markdown(&["| 三级指标 | 得分 |", "|---|---|", "| 甲 | 9 |"]);
        assert_eq!(text.matches("--").count(), 2, "{text}");
    }
}
