//! The self-evaluation form as it was understood: each cell by its meaning, with its place.

mod assemble;
mod fund_lists;
mod funds;
mod headless;
mod indicators;
pub(crate) mod kind;
mod labelled;
mod labels;
mod lay;
mod pieces;
mod poured;
mod poured_funds;
mod poured_rows;
mod run_rows;
mod run_together;
mod sections;
mod sentences;
mod settle;
mod stream;
mod totals;
mod two_rows;
mod under;
mod values;

use crate::document::Document;
use crate::facts::Number;
use crate::quantity::{Quantity, UnitTable};
use std::ops::Range;
use std::sync::Arc;

/// The kinds of form (REPORTS.md).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FormKind {
    /// 项目支出绩效自评表
    Project,
    /// 部门整体支出绩效自评表
    Department,
    /// 转移支付区域（项目）绩效目标自评表: no marks
    Transfer,
    /// 衔接资金绩效目标自评表
    Linking,
    /// 绩效目标申报（批复）表: targets only
    Targets,
}

impl FormKind {
    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            FormKind::Project => "项目支出绩效自评表",
            FormKind::Department => "部门整体支出绩效自评表",
            FormKind::Transfer => "转移支付区域（项目）绩效目标自评表",
            FormKind::Linking => "衔接资金绩效目标自评表",
            FormKind::Targets => "绩效目标申报（批复）表",
        }
    }

    /// Whether this kind has 分值 and 得分.
    pub fn is_scored(self) -> bool {
        matches!(self, FormKind::Project | FormKind::Department)
    }
}

/// How far the form could be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reading {
    /// From a grid: every cell under its header. Empty cells are known to be empty.
    Grid,
    /// From rows or a list of cells without merged ones: cells were laid to columns by what they hold.
    Rows,
    /// From a text that pours the form out in disorder: only what confirms itself was read, and what is not there is
    /// not known to be missing.
    Poured,
    /// From sentences that tell a row each: what they do not tell is not known to be missing.
    Sentences,
}

impl Reading {
    /// Whether what was not found may still stand in the report.
    pub fn is_partial(self) -> bool {
        matches!(self, Reading::Poured | Reading::Sentences)
    }
}

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Content {
    /// The form has no such cell, or it could not be found.
    #[default]
    Absent,
    /// The cell is there and empty.
    Empty,
    /// `/ - —`: declared not applicable.
    NotApplicable,
    /// A number, with the header's unit put to it where the cell has none.
    Number(Quantity),
    /// Any other text.
    Text,
}

/// A cell by its meaning.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Datum {
    /// Its text, without blanks around it and without line breaks.
    pub text: String,
    /// Where it stands in the view; for an empty cell where the text would stand.
    pub range: Range<u32>,
    /// What it holds.
    pub content: Content,
    /// The cell is merged with the row above and was counted there (marks and amounts; other cells belong to each row).
    pub covered: bool,
    /// The cell is merged with rows below: its mark is that of all of them together.
    pub merged: bool,
    /// The printed header of its column (得分), for addresses.
    pub header: Arc<str>,
}

impl Datum {
    /// The number that it holds.
    pub fn number(&self) -> Option<&Quantity> {
        match &self.content {
            Content::Number(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// Whether something is written there.
    pub fn is_filled(&self) -> bool {
        matches!(self.content, Content::Number(_) | Content::Text)
    }
}

/// A row of the fund table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FundRow {
    /// 年度资金总额, 其中：财政拨款 …
    pub name: Datum,
    /// 年初预算数
    pub initial: Datum,
    /// 全年预算数
    pub budget: Datum,
    /// 全年执行数
    pub spent: Datum,
    /// The row's reason or remark.
    pub reason: Datum,
    /// The row of which it is a direct part, as an index.
    pub part_of: Option<usize>,
    /// Whether the form prints all direct parts of this row.
    pub complete: bool,
    /// The row whose money this one counts once more in another way (按收入性质分, 按支出性质分), as an index.
    pub restates: Option<usize>,
    /// The row of the total list of which this one is the share of a programme, as an index.
    pub share_of: Option<usize>,
    /// The programme that the list is of, in its first row.
    pub of: Datum,
}

/// The one row with the execution rate.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ExecutionRow {
    /// 执行率
    pub rate: Datum,
    /// 分值
    pub weight: Datum,
    /// 得分
    pub score: Datum,
    /// The reason.
    pub reason: Datum,
    /// The budget that the rate is reckoned on, and the amount spent: those of the total row.
    pub budget: Datum,
    /// 全年执行数
    pub spent: Datum,
}

/// A 一级指标 or 二级指标 with its rows.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Group {
    /// Its name as printed, without the weight in brackets: 产出指标.
    pub name: Datum,
    /// Its printed weight: 产出指标（50分）.
    pub weight: Datum,
    /// Its printed score, where the form has one.
    pub score: Datum,
    /// Its rows, as indices into `Form::rows`.
    pub rows: Vec<usize>,
    /// Whether all its rows were found, so that sums over them may be held against it.
    pub complete: bool,
}

/// A row of the indicator table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct IndicatorRow {
    /// Index into `Form::groups`.
    pub first: Option<usize>,
    /// Index into `Form::subgroups`.
    pub second: Option<usize>,
    /// 三级指标
    pub name: Datum,
    /// 年度指标值, with the comparator of a column of its own put to it.
    pub target: Datum,
    /// 实际完成值
    pub actual: Datum,
    /// 度量单位, where it has a column of its own.
    pub unit: Datum,
    /// 分值
    pub weight: Datum,
    /// 得分
    pub score: Datum,
    /// 偏差原因分析及改进措施
    pub reason: Datum,
}

/// A row of bonus or deduction points.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ExtraRow {
    /// 加分项, 扣分
    pub name: Datum,
    /// 分值
    pub weight: Datum,
    /// 得分, negative for deductions.
    pub score: Datum,
}

/// A question of the form that is answered in words: 下达及时性.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// The question.
    pub label: Datum,
    /// 情况说明
    pub text: Datum,
    /// 存在问题和改进措施
    pub problem: Datum,
}

/// The form as it was understood.
#[derive(Clone, PartialEq, Debug)]
pub struct Form {
    /// Its kind, where it could be told.
    pub kind: Option<FormKind>,
    /// How far it could be read.
    pub reading: Reading,
    /// Its title in the view, where there is one.
    pub title: Option<Range<u32>>,
    /// The year of its title.
    pub year: Option<i32>,
    /// The part of the view that it covers.
    pub range: Range<u32>,
    /// 项目名称
    pub project: Datum,
    /// The fund rows in order.
    pub funds: Vec<FundRow>,
    /// The execution row.
    pub execution: Option<ExecutionRow>,
    /// 一级指标
    pub groups: Vec<Group>,
    /// 二级指标
    pub subgroups: Vec<Group>,
    /// The rows of 三级指标, without unused template rows.
    pub rows: Vec<IndicatorRow>,
    /// Bonus and deduction rows.
    pub extras: Vec<ExtraRow>,
    /// What it asks about the management of the money, with the answers.
    pub answers: Vec<Answer>,
    /// The 分值 of the 总分 row.
    pub full: Datum,
    /// The 得分 of the 总分 row.
    pub total: Datum,
    /// 优 良 中 差, as printed.
    pub grade: Datum,
    /// 说明
    pub note: Datum,
    /// 预期目标
    pub goal: Datum,
    /// 实际完成情况
    pub goal_done: Datum,
    /// What could not be understood: where, and why, in words for the reader.
    pub unread: Vec<(Range<u32>, String)>,
    /// How many other forms stand in the file: they are read too.
    pub others: usize,
}

impl Form {
    /// What stands in the report's forms and was not read, in words for the verdict: whole tables, and rows.
    pub fn not_read(&self) -> Vec<String> {
        let rows = self.unread.len();
        let mut reasons = Vec::new();
        if rows > 0 {
            reasons.push(format!("自评表里有 {rows} 处没有读懂"));
        }
        reasons
    }
}

impl Default for Form {
    fn default() -> Form {
        Form {
            kind: None,
            reading: Reading::Poured,
            title: None,
            year: None,
            range: 0..0,
            project: Datum::default(),
            funds: Vec::new(),
            execution: None,
            groups: Vec::new(),
            subgroups: Vec::new(),
            rows: Vec::new(),
            extras: Vec::new(),
            answers: Vec::new(),
            full: Datum::default(),
            total: Datum::default(),
            grade: Datum::default(),
            note: Datum::default(),
            goal: Datum::default(),
            goal_done: Datum::default(),
            unread: Vec::new(),
            others: 0,
        }
    }
}

/// Reads the forms of a document: the one with the most rows first, the others in the order of the text.
pub fn read(document: &Document, numbers: &[Number], units: &UnitTable) -> Vec<Form> {
    let ordered = sections::of(document).map_or(Vec::new(), |(sections, range)| {
        assemble::assemble(document, &sections, (units, numbers), range)
    });
    if !ordered.is_empty() {
        return ordered;
    }
    if let Some((sections, range)) = headless::of(document) {
        return assemble::assemble(document, &sections, (units, numbers), range);
    }
    let poured = poured::read(document, units);
    let found = poured
        .or_else(|| sentences::read(document, units))
        .or_else(|| fund_lists::read_lines(document, units))
        .or_else(|| run_together::read(document, units));
    found.into_iter().collect()
}
