//! A report to the indicators that its form has and the rules do not: lines for the rule file, each in its group.

use super::analysis::Analysis;
use crate::cli::load;
use crate::facts::form::{Datum, Form, IndicatorRow};
use crate::facts::from_document::facts_of;
use crate::model::trials::plain;
use crate::source::{SourceId, Span};
use crate::syntax::keywords::{self, Word};
use crate::syntax::to_text::names;
use crate::syntax::{File, Statement, Words, from_text};
use std::collections::HashSet;
use std::path::Path;

/// Lines to put in, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Insertion {
    /// The byte offset.
    pub at: usize,
    /// Whole lines.
    pub lines: String,
}

/// The lines that a report adds, or why there are none.
pub fn from_report(analysis: &Analysis, report: &Path) -> Result<Vec<Insertion>, String> {
    let document =
        load::document(report).map_err(|problem| format!("{}{}", problem.message, problem.help))?;
    let facts = facts_of(&document, &analysis.model.units);
    let form = facts.form.ok_or("这份报告里没有读到自评表。")?;
    let (Some(file), Some(text)) = (analysis.file(), analysis.text(analysis.own)) else {
        return Err("规则文件没有读成。".to_owned());
    };
    let known: Vec<String> = analysis
        .model
        .names
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases))
        .map(|call| plain(call))
        .collect();
    // a form that prints a row twice has the indicator once
    let mut seen = HashSet::new();
    let lacking = form.rows.iter().filter(|row| {
        let name = plain(&row.name.text);
        !name.is_empty() && !known.contains(&name) && seen.insert(name)
    });
    let mut all: Vec<Insertion> = Vec::new();
    // the groups that lines already written open at the end of the file
    let mut opened: Vec<String> = Vec::new();
    for row in lacking {
        let (first, second) = groups(&form, row);
        let (at, mut lines) = place(file, text.as_str(), &first, &second, &mut opened);
        lines.push_str(&statement(row));
        let broken = at > 0 && !text.as_str()[..at].ends_with('\n');
        match all.iter_mut().find(|held| held.at == at) {
            Some(held) => held.lines.push_str(&lines),
            None => all.push(Insertion {
                at,
                lines: if broken { format!("\n{lines}") } else { lines },
            }),
        }
    }
    match all.is_empty() {
        true => Err("这份报告自评表里的指标，规则里都有了。".to_owned()),
        false => Ok(all),
    }
}

/// The names of the groups of a row.
fn groups(form: &Form, row: &IndicatorRow) -> (String, String) {
    let name = |group: Option<&crate::facts::form::Group>| {
        group.map_or(String::new(), |group| group.name.text.clone())
    };
    (
        name(row.first.and_then(|at| form.groups.get(at))),
        name(row.second.and_then(|at| form.subgroups.get(at))),
    )
}

/// Two ways of writing a group's name: 数量, 数量指标.
fn same_group(one: &str, other: &str) -> bool {
    let bare = |name: &str| plain(name).trim_end_matches("指标").to_owned();
    !one.is_empty() && bare(one) == bare(other)
}

/// Where an indicator of these groups is put, and the lines that open them where they are not there.
fn place(file: &File, text: &str, first: &str, second: &str, opened: &mut Vec<String>) -> (usize, String) {
    let named = |statement: &Statement| {
        statement
            .words()
            .map_or(String::new(), |words| words.text.clone())
    };
    let blocks = &file.statements;
    let indicator = |block: &Statement| matches!(block.word, Word::First | Word::Second | Word::Third);
    let top = blocks
        .iter()
        .position(|block| block.word == Word::First && same_group(&named(block), first));
    if let Some(top) = top {
        let inside = 1 + blocks[top + 1..]
            .iter()
            .take_while(|block| matches!(block.word, Word::Second | Word::Third))
            .count();
        let members = &blocks[top..top + inside];
        let below = members
            .iter()
            .position(|block| block.word == Word::Second && same_group(&named(block), second));
        let (last, open) = match below {
            Some(below) => {
                let own = members[below + 1..]
                    .iter()
                    .take_while(|block| block.word == Word::Third)
                    .count();
                (&members[below + own], String::new())
            }
            None => (&members[members.len() - 1], second_line(first, second, opened)),
        };
        return (line_after(text, last), open);
    }
    let last = blocks.iter().rev().find(|block| indicator(block));
    let header = || {
        blocks
            .iter()
            .rev()
            .find(|block| matches!(keywords::of(block.word).place, keywords::Place::Header))
    };
    let at = last.or_else(header).map_or(0, |last| line_after(text, last));
    let mut lines = String::new();
    if !first.is_empty() && !opened.contains(&plain(first)) {
        opened.push(plain(first));
        lines.push_str(&format!("一级指标：{}\n", head(first)));
    }
    lines.push_str(&second_line(first, second, opened));
    (at, lines)
}

fn second_line(first: &str, second: &str, opened: &mut Vec<String>) -> String {
    let key = format!("{}／{}", plain(first), plain(second));
    if second.is_empty() || opened.contains(&key) {
        return String::new();
    }
    opened.push(key);
    format!("　二级指标：{}\n", head(second))
}

/// The offset behind the line in which a block ends.
fn line_after(text: &str, block: &Statement) -> usize {
    let end = block
        .attributes
        .last()
        .map_or(block.span.end, |last| last.span.end) as usize;
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

fn head(name: &str) -> String {
    names::head(&Words {
        text: name.to_owned(),
        span: Span::default(),
        quoted: true,
    })
}

/// The lines of an indicator. What would not be read is left out.
fn statement(row: &IndicatorRow) -> String {
    let name = head(&row.name.text);
    let marks = row
        .weight
        .number()
        .filter(|_| !row.weight.covered && !row.weight.merged);
    let marks = marks
        .and_then(|marks| marks.value.to_plain(4))
        .map_or(String::new(), |marks| format!("，{marks} 分"));
    let mut lines = format!("　　三级指标：{name}{marks}\n");
    if let Some(target) = target(&row.target) {
        lines.push_str(&format!("　　　目标：{target}\n"));
    }
    lines
}

fn target(target: &Datum) -> Option<String> {
    if !target.is_filled() {
        return None;
    }
    let reads = |written: &str| {
        let text = format!("三级指标：甲\n目标：{written}\n");
        from_text::parse(&text, SourceId(0)).1.is_empty()
    };
    let quoted = format!("“{}”", target.text);
    [target.text.clone(), quoted]
        .into_iter()
        .find(|written| reads(written))
}
