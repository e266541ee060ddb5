//! What was read of a report to tables for people, so that they can see what the tool understood and what it did not.

use crate::document::Document;
use crate::facts::form::{Content, Datum, Form, FundRow, Group, IndicatorRow};
use crate::facts::{Facts, Mention, Number, NumberKind};
use crate::render::positions::Positions;
use crate::render::{Look, words, wrap};
use crate::source::{SourceId, Span};
use std::fmt::Write;
use std::ops::Range;

/// The widest cell of a table, in columns.
const CELL: usize = 28;

/// Writes what was read of a report. Only quantities are listed, unless `all_numbers`.
pub fn write(out: &mut String, document: &Document, facts: &Facts, all_numbers: bool, look: Look) {
    let sources = document.sources();
    let page = Page {
        document,
        positions: Positions::new(&sources),
        look,
    };
    let year = facts.year.map_or(String::new(), |year| format!("（{year} 年）"));
    let _ = writeln!(out, "{}{year}", wrap::one_line(&document.source.name));
    for note in &document.notes {
        page.line(out, "  说明：", note);
    }
    for unread in &document.unread {
        page.line(out, "  没有读：", unread);
    }
    let forms = facts.forms();
    for (at, form) in forms.iter().enumerate() {
        page.form(out, form, (at + 1, forms.len()));
    }
    if forms.is_empty() {
        page.line(out, "  ", "没有认出自评表。");
    }
    page.numbers(out, facts, all_numbers);
}

/// A report and how it is shown.
struct Page<'a> {
    document: &'a Document,
    positions: Positions<'a>,
    look: Look,
}

impl Page<'_> {
    fn line(&self, out: &mut String, first: &str, text: &str) {
        wrap::wrapped(out, first, text, self.look.width);
    }

    fn place(&self, range: &Range<u32>) -> String {
        let (source, bytes) = self.document.place_in_sources(range);
        let of_us = |document: &Document| document.is_laid_out;
        let part = self.document.parts.get(source as usize);
        if of_us(part.map_or(self.document, |part| &part.document)) {
            return self.document.address(range.start);
        }
        let span = Span::new(SourceId(source), bytes);
        let (line, column) = self.positions.line_column(span);
        match part {
            Some(part) => format!("{} {line}:{column}", part.file()),
            None => format!("{line}:{column}"),
        }
    }

    fn form(&self, out: &mut String, form: &Form, (at, of): (usize, usize)) {
        let kind = form.kind.map_or("自评表（种类不明）", |kind| kind.name());
        let year = form.year.map_or(String::new(), |year| format!("（{year} 年）"));
        let number = match of {
            1 => String::new(),
            _ => format!("第 {at} 张（共 {of} 张）　"),
        };
        out.push('\n');
        self.line(
            out,
            "",
            &format!("{number}{kind}{year}：{}。", words::reading(form.reading)),
        );
        let data = [
            ("项目名称", &form.project),
            ("预期目标", &form.goal),
            ("完成情况", &form.goal_done),
            ("总分值", &form.full),
            ("总得分", &form.total),
            ("等级", &form.grade),
            ("说明", &form.note),
        ];
        for (name, datum) in data.iter().filter(|(_, datum)| datum.content != Content::Absent) {
            self.line(out, &format!("  {name}："), &cell(datum));
        }
        self.funds(out, form);
        self.answers(out, form);
        self.indicators(out, form);
        self.groups(out, form);
        self.unread(out, form);
    }

    fn funds(&self, out: &mut String, form: &Form) {
        let mut rows = vec![head(&["资金", "年初预算数", "全年预算数", "全年执行数", "原因"])];
        for row in &form.funds {
            if row.of.is_filled() {
                rows.push(vec![
                    cell(&row.of),
                    String::new(),
                    String::new(),
                    String::new(),
                    String::new(),
                ]);
            }
            rows.push(fund(row, form));
        }
        section(out, rows, &[1, 2, 3]);
        if let Some(row) = &form.execution {
            let data = [&row.rate, &row.weight, &row.score, &row.reason];
            let rows = vec![head(&["执行率", "分值", "得分", "原因"]), data.map(cell).to_vec()];
            section(out, rows, &[0, 1, 2]);
        }
    }

    fn answers(&self, out: &mut String, form: &Form) {
        let mut rows = vec![head(&["资金管理", "情况说明", "存在问题和改进措施"])];
        rows.extend(
            form.answers
                .iter()
                .map(|row| [&row.label, &row.text, &row.problem].map(cell).to_vec()),
        );
        section(out, rows, &[]);
    }

    fn indicators(&self, out: &mut String, form: &Form) {
        let names = [
            "位置",
            "一级指标",
            "二级指标",
            "三级指标",
            "目标",
            "完成值",
            "单位",
            "分值",
            "得分",
            "原因",
        ];
        let mut rows = vec![head(&names)];
        let mut above: [Option<usize>; 2] = [None, None];
        for row in &form.rows {
            rows.push(self.indicator(row, form, &mut above));
        }
        section(out, rows, &[4, 5, 7, 8]);
        let extras = form
            .extras
            .iter()
            .map(|row| [&row.name, &row.weight, &row.score].map(cell).to_vec());
        let mut rows = vec![head(&["加分扣分", "分值", "得分"])];
        rows.extend(extras);
        section(out, rows, &[1, 2]);
    }

    /// A group is named in its first row only, as the form prints it.
    fn indicator(&self, row: &IndicatorRow, form: &Form, above: &mut [Option<usize>; 2]) -> Vec<String> {
        // A row of a poured form may lack its name.
        let own = [&row.name, &row.target, &row.actual, &row.weight];
        let place = own
            .iter()
            .find(|cell| !cell.range.is_empty())
            .map_or(&row.name.range, |cell| &cell.range);
        let mut cells = vec![self.place(place)];
        let groups = [(row.first, &form.groups), (row.second, &form.subgroups)];
        for (at, (group, all)) in groups.into_iter().enumerate() {
            let shown = group.filter(|group| above[at] != Some(*group));
            let name = shown.and_then(|group| all.get(group));
            cells.push(name.map_or(String::new(), |group| group.name.text.clone()));
            above[at] = group;
        }
        let data = [
            &row.name,
            &row.target,
            &row.actual,
            &row.unit,
            &row.weight,
            &row.score,
            &row.reason,
        ];
        cells.extend(data.map(cell));
        cells
    }

    fn groups(&self, out: &mut String, form: &Form) {
        let mut rows = vec![head(&["指标类别", "分值", "得分", "三级指标", "是否读全"])];
        for group in form.groups.iter().chain(&form.subgroups) {
            rows.push(group_row(group));
        }
        section(out, rows, &[1, 2, 3]);
    }

    fn unread(&self, out: &mut String, form: &Form) {
        if form.unread.is_empty() {
            return;
        }
        out.push_str("\n  没有读懂的地方：\n");
        for (range, reason) in &form.unread {
            let text = wrap::clipped(self.document.text(range), CELL);
            let first = format!("    {} ", self.place(range));
            self.line(out, &first, &format!("“{text}”：{reason}"));
        }
    }

    fn numbers(&self, out: &mut String, facts: &Facts, all: bool) {
        let mut mentions: Vec<Option<&Mention>> = vec![None; facts.numbers.len()];
        for mention in &facts.mentions {
            if let Some(slot) = mentions.get_mut(mention.number) {
                *slot = Some(mention);
            }
        }
        let mut names = vec!["位置", "数字", "数值", "单位", "是什么", "所指", "时间"];
        if all {
            names.push("种类");
        }
        let mut rows = vec![head(&names)];
        let listed = facts.numbers.iter().zip(mentions);
        for (number, mention) in listed.filter(|(number, _)| all || number.kind == NumberKind::Quantity) {
            rows.push(self.number(number, mention, all));
        }
        let _ = write!(out, "\n数字 {} 个", rows.len() - 1);
        out.push_str(if rows.len() == 1 { "。\n" } else { "：\n" });
        section_plain(out, rows, &[2]);
    }

    fn number(&self, number: &Number, mention: Option<&Mention>, all: bool) -> Vec<String> {
        let quantity = &number.quantity;
        let high = quantity.high.and_then(|high| high.to_plain(10));
        let high = high.map_or(String::new(), |high| format!("—{high}"));
        let about = if quantity.approx.is_some() { "约 " } else { "" };
        let bound = quantity.bound.map_or("", |bound| bound.sign());
        let mut cells = vec![
            self.place(&number.range),
            self.document.text(&number.range).to_owned(),
            format!("{about}{bound}{}{high}", quantity.plain()),
            quantity.unit.name().to_owned(),
            mention.map_or(String::new(), |mention| words::role(mention.role).to_owned()),
            mention.map_or(String::new(), |mention| mention.subject.clone()),
            mention
                .and_then(|mention| words::period(mention.period))
                .unwrap_or_default(),
        ];
        if all {
            cells.push(words::number_kind(number.kind).to_owned());
        }
        cells
    }
}

fn fund(row: &FundRow, form: &Form) -> Vec<String> {
    let mut depth = 0;
    let mut part_of = row.part_of;
    // a row that is a part of itself would be a fault of the reader; it must not hang this table
    while let Some(whole) = part_of.filter(|_| depth < 4) {
        depth += 1;
        part_of = form.funds.get(whole).and_then(|whole| whole.part_of);
    }
    let name = format!("{}{}", "  ".repeat(depth), cell(&row.name));
    let mut cells = vec![name];
    cells.extend([&row.initial, &row.budget, &row.spent, &row.reason].map(cell));
    cells
}

fn group_row(group: &Group) -> Vec<String> {
    let complete = if group.complete { "是" } else { "否" };
    vec![
        cell(&group.name),
        cell(&group.weight),
        cell(&group.score),
        format!("{} 个", group.rows.len()),
        complete.to_owned(),
    ]
}

fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn section(out: &mut String, rows: Vec<Vec<String>>, right: &[usize]) {
    if rows.len() > 1 {
        out.push('\n');
        section_plain(out, rows, right);
    }
}

/// A table without the columns in which nothing is written.
fn section_plain(out: &mut String, mut rows: Vec<Vec<String>>, right: &[usize]) {
    for column in 0..rows[0].len() {
        if rows[1..].iter().all(|row| row[column].is_empty()) {
            rows[0][column].clear();
        }
    }
    if rows.len() > 1 {
        wrap::table(out, "  ", &rows, right, CELL);
    }
}

/// A cell as it was understood: what is empty on the form differs from what the form does not have.
fn cell(datum: &Datum) -> String {
    match datum.content {
        _ if datum.covered => "（同上）".to_owned(),
        Content::Absent => String::new(),
        Content::Empty => "（空）".to_owned(),
        Content::NotApplicable | Content::Number(_) | Content::Text => datum.text.clone(),
    }
}
