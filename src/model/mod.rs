//! What the rules demand, with every name resolved and every unit known to fit. Plain data: made by `from_syntax`,
//! read by the ledger and the checks.

pub mod from_syntax;

mod adjust;
mod built_in;
mod calls;
pub mod cases;
mod checks;
mod citations;
mod declare;
mod demands;
mod digest;
mod draft;
mod editions;
mod exprs;
mod faults;
mod fits;
mod grades;
mod likely;
mod lookup;
mod marks;
mod mentioned;
mod named;
mod names;
pub mod phrases;
pub mod ready;
mod scoring;
mod sums;
mod targets;
#[cfg(test)]
mod tests;
pub mod trials;
mod units;
mod unobeyed;
mod unused;
mod weights;
mod years;

pub use faults::TITLES;
pub use weights::Allotted;

use crate::expr::fields::Context;
use crate::expr::{Expr, Template};
use crate::finding::{Adjusted, Severity};
use crate::quantity::{Bound, Interval, Quantity, Ratio, Unit, UnitTable};
use crate::source::{Source, Span};
pub use marks::{Case, DefaultScoring, Grade, Scheme, Scoring, Standard};
use std::sync::Arc;
pub use years::Years;

/// All rules that judge a report together: the user's files and the packs that they cite.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The rule sources, by their `SourceId`.
    pub sources: Vec<Arc<Source>>,
    /// The files and packs that judge, in the order in which they were loaded, cited ones first.
    pub packs: Vec<Pack>,
    /// Those that do not judge in these years (适用年度), each with whether the user himself named it.
    pub dormant: Vec<(Pack, bool)>,
    /// Whether a rule cannot be used for reports of which the year is not known, and these are of such a report.
    pub needs_year: bool,
    /// The rules of every stretch of years, where they are not the same in all; see `Model::in_year`.
    pub editions: Vec<Edition>,
    /// What 调整 and 不适用 changed.
    pub changes: Vec<Adjusted>,
    /// 年度 of the user's file.
    pub year: Option<i32>,
    /// 数据 and 三级指标, in order.
    pub names: Vec<Name>,
    /// 一级指标 and 二级指标, in order.
    pub groups: Vec<Group>,
    /// 等级; empty when no rule gives any.
    pub grades: Vec<Grade>,
    /// 等级取整: to a multiple of how many marks the total is rounded before its grade is looked up, and the line.
    pub grade_step: Option<(Ratio, Span)>,
    /// 章节 that must be there, in order.
    pub sections: Vec<Section>,
    /// 流程 with their 步骤.
    pub processes: Vec<Process>,
    /// 附件 that must be there, in order.
    pub attachments: Vec<Attachment>,
    /// 禁用词, in order.
    pub forbidden: Vec<Forbidden>,
    /// The words that are looked for in the text: of 禁用词 and 流程.
    pub phrases: phrases::Phrases,
    /// 加分项.
    pub bonuses: Vec<Bonus>,
    /// 评分标准.
    pub standards: Vec<Standard>,
    /// 默认评分.
    pub default_scoring: DefaultScoring,
    /// 分值方案: each a list of (一级指标, points).
    pub schemes: Vec<Scheme>,
    /// 检查, in order, 内置 ones among them.
    pub checks: Vec<Check>,
    /// 验证 of the user's own files, in order.
    pub trials: Vec<trials::Trial>,
    /// What 分项 and 其中 demand.
    pub sums: Vec<Sum>,
    /// The units that the rules know: the built-in table, and what 换算 and 同类单位 add.
    pub units: UnitTable,
}

/// The rules that judge in a stretch of years.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The years; none for reports of which the year is not known.
    pub years: Option<Years>,
    /// The rules.
    pub model: Model,
}

/// A rule file or a built-in pack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    /// 规则
    pub name: String,
    /// 版本, may be empty.
    pub version: String,
    /// The index of its source in `Model::sources`.
    pub source: usize,
    /// Whether it is built into the program.
    pub built_in: bool,
    /// 适用年度; none where it judges in every year.
    pub years: Option<Years>,
    /// The indexes of what it cites among all files that were loaded.
    pub cites: Vec<usize>,
}

/// A declared name: 数据 or 三级指标. The ledger sets it beside what the report says of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    /// The name.
    pub name: String,
    /// 别名.
    pub aliases: Vec<String>,
    /// 单位, of 数据 given, of an indicator that of its target.
    pub unit: Option<Unit>,
    /// The indicator's own statements; none for 数据.
    pub indicator: Option<Indicator>,
    /// 表中: the path of the form's cell that holds it (资金.总额.全年执行数).
    pub in_form: Option<Vec<String>>,
    /// 分项: the parts, which must add up to the whole.
    pub parts: Vec<String>,
    /// 其中: parts that need not.
    pub some_parts: Vec<String>,
    /// The line that declares it.
    pub span: Span,
    /// 依据 of the line or of its file.
    pub basis: String,
}

impl Name {
    /// Whether it is 数据 that is an amount of money.
    pub fn is_amount(&self) -> bool {
        self.indicator.is_none() && self.unit.is_some_and(Unit::is_money)
    }
}

/// What a 三级指标 says besides its name.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Indicator {
    /// Index of its 一级指标 in `Model::groups`.
    pub first: Option<usize>,
    /// Index of its 二级指标 in `Model::groups`.
    pub second: Option<usize>,
    /// 分值.
    pub weight: Option<Quantity>,
    /// 目标.
    pub target: Option<Target>,
    /// The line of the target.
    pub target_span: Span,
    /// 评分, its own or inherited.
    pub scoring: Option<Scoring>,
}

/// A target.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// ≥ 8000 家; without a sign (bound none) it is a bare target.
    Number(Quantity),
    /// An interval with the unit of its ends.
    Interval(Interval, Unit),
    /// A date with 前: kept as written.
    Date(String),
    /// Any other text: a qualitative target.
    Text(String),
}

impl Target {
    /// The comparison that a numeric target states.
    pub fn bound(&self) -> Option<Bound> {
        match self {
            Target::Number(quantity) => quantity.bound,
            _ => None,
        }
    }
}

/// A 一级指标 or 二级指标.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// 1 or 2.
    pub level: u8,
    /// The 一级指标 of a 二级指标.
    pub parent: Option<usize>,
    /// 分值.
    pub weight: Option<Quantity>,
    /// 评分 for all below it; 按执行率 binds a 一级指标 to the execution row.
    pub scoring: Option<Scoring>,
    /// The line that declares it.
    pub span: Span,
}

/// A section that must be there. Parts of a title joined by 、 may stand apart in the report.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// 别名: other titles that it may have.
    pub aliases: Vec<String>,
    /// 级别, where it has one of its own.
    pub severity: Option<Severity>,
    /// The line.
    pub span: Span,
    /// 依据.
    pub basis: String,
}

/// A 流程 with its steps.
#[derive(Clone, PartialEq, Debug)]
pub struct Process {
    /// Its name.
    pub name: String,
    /// 步骤.
    pub steps: Vec<String>,
    /// 级别, where it has one of its own.
    pub severity: Option<Severity>,
    /// The line.
    pub span: Span,
    /// 依据.
    pub basis: String,
}

/// A material that must be attached.
#[derive(Clone, PartialEq, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// 级别, where it has one of its own.
    pub severity: Option<Severity>,
    /// The line.
    pub span: Span,
    /// 依据.
    pub basis: String,
}

/// A word that a report must not use.
#[derive(Clone, PartialEq, Debug)]
pub struct Forbidden {
    /// The word.
    pub word: String,
    /// 建议, may be empty.
    pub help: String,
    /// 级别, where it has one of its own.
    pub severity: Option<Severity>,
    /// The line.
    pub span: Span,
    /// 依据.
    pub basis: String,
}

/// A 加分项: marks beyond the full ones.
#[derive(Clone, PartialEq, Debug)]
pub struct Bonus {
    /// Its name.
    pub name: String,
    /// The most that it may add.
    pub most: Quantity,
    /// The line.
    pub span: Span,
}

/// How numbers are held against each other in a check.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Manner {
    /// 按所列数字
    #[default]
    AsPrinted,
    /// 按约数范围
    AsRanges,
}

/// What 分项 or 其中 of a name demands.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// The 代号 of the built-in check that judges it.
    pub judged_by: &'static str,
    /// The demand as a formula.
    pub formula: Check,
    /// Whether the author wrote a check of the same sum: then only what that check cannot read is judged, in its name.
    pub by_author: bool,
}

/// A 检查.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// Its name, after the fault that it finds.
    pub name: String,
    /// 代号, empty where it has none. For 内置 checks the id under which the program knows it.
    pub code: String,
    /// 级别.
    pub severity: Severity,
    /// 逐项.
    pub context: Context,
    /// 比对.
    pub manner: Manner,
    /// 当, all of which must hold.
    pub when: Vec<Expr>,
    /// 要求, each judged on its own. Empty for 内置 checks.
    pub requirements: Vec<Expr>,
    /// 提示.
    pub message: Template,
    /// 建议.
    pub help: Template,
    /// 依据.
    pub basis: String,
    /// Whether the program's own code judges (内置).
    pub built_in: bool,
    /// 参数 with their values, for 内置 checks; in formulas they are already put in.
    pub parameters: Vec<(String, Quantity)>,
    /// The line that declares it.
    pub span: Span,
}

impl Check {
    /// The id that findings carry: 代号, or the name where there is none.
    pub fn id(&self) -> &str {
        if self.code.is_empty() {
            &self.name
        } else {
            &self.code
        }
    }
}
