//! Which numbers were taken as one thing, and why, for people and for programs.

use crate::document::Document;
use crate::ledger::linked::{Link, Linked, Why};
use crate::render::positions::Positions;
use crate::render::{Look, words, wrap};
use crate::source::{SourceId, Span};
use serde_json::{Value, json};
use std::fmt::Write;

/// Why numbers were taken as one thing, in words.
fn why(why: Why) -> &'static str {
    match why {
        Why::Declared => "规则声明的名称或别名",
        Why::Row => "自评表三级指标的名称相同",
        Why::SameWords => "去掉引号和地名后说法相同，口径、年度、范围也相同",
        Why::Parts => "同一段话里的总数和分项",
        Why::Share => "百分比和旁边用来计算的数",
    }
}

/// The name of a reason for programs.
fn key(why: Why) -> &'static str {
    match why {
        Why::Declared => "declared",
        Why::Row => "row",
        Why::SameWords => "same-words",
        Why::Parts => "parts",
        Why::Share => "share",
    }
}

fn place(document: &Document, positions: &Positions, number: &Linked) -> (usize, usize) {
    let range = document.view.range_in_source(number.range.clone());
    positions.line_column(Span::new(SourceId(0), range))
}

/// A list for people.
pub fn write(out: &mut String, document: &Document, links: &[Link], look: Look) {
    let sources = [&*document.source];
    let positions = Positions::new(&sources);
    out.push('\n');
    if links.is_empty() {
        wrap::wrapped(out, "", "没有看作同一件事的数。", look.width);
        return;
    }
    let _ = writeln!(out, "看作同一件事的数 {} 组：", links.len());
    for link in links {
        wrap::wrapped(
            out,
            "  ",
            &format!("{}（{}）", link.label, why(link.why)),
            look.width,
        );
        let row = |number: &Linked| {
            let (line, column) = place(document, &positions, number);
            let note = if number.compared {
                ""
            } else {
                "只列出，不比较"
            };
            vec![
                format!("{line}:{column}"),
                wrap::one_line(document.text(&number.range)),
                words::role(number.role).to_owned(),
                note.to_owned(),
            ]
        };
        let rows: Vec<Vec<String>> = link.numbers.iter().map(row).collect();
        wrap::table(out, "    ", &rows, &[], 40);
    }
}

/// A list for programs.
pub fn json(document: &Document, links: &[Link]) -> Value {
    let sources = [&*document.source];
    let positions = Positions::new(&sources);
    let number = |number: &Linked| {
        let range = document.view.range_in_source(number.range.clone());
        let (line, column) = place(document, &positions, number);
        json!({
            "text": document.text(&number.range), "line": line, "column": column,
            "start": range.start, "end": range.end, "address": document.address(number.range.start),
            "role": words::role_code(number.role), "compared": number.compared,
        })
    };
    let link = |link: &Link| {
        let numbers: Vec<Value> = link.numbers.iter().map(number).collect();
        json!({ "label": link.label, "why": key(link.why), "reason": why(link.why), "numbers": numbers })
    };
    Value::Array(links.iter().map(link).collect())
}
