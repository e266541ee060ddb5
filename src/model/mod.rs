//! What the rules demand, with every name resolved and every unit known to fit. Plain data: made by `from_syntax`,
//! read by the ledger and the checks.

pub mod from_syntax;

mod calls;
mod checks;
mod citations;
mod declare;
mod digest;
mod draft;
mod exprs;
mod faults;
mod fits;
mod grades;
mod likely;
mod lookup;
mod named;
mod names;
mod scoring;
mod targets;
#[cfg(test)]
mod tests;
pub mod trials;
mod units;
mod unobeyed;
mod weights;

pub use faults::TITLES;
pub use weights::Allotted;

use crate::expr::fields::Context;
use crate::expr::{Expr, Template};
use crate::finding::Severity;
use crate::quantity::{Bound, Interval, Quantity, Unit, UnitTable};
use crate::source::{Source, Span};
use std::sync::Arc;

/// All rules that judge a report together: the user's files and the packs that they cite.
#[derive(Clone, Debug)]
pub struct Model {
    /// The rule sources, by their `SourceId`.
    pub sources: Vec<Arc<Source>>,
    /// The files and packs in the order in which they were loaded, cited ones first.
    pub packs: Vec<Pack>,
    /// 年度 of the user's file.
    pub year: Option<i32>,
    /// 数据 and 三级指标, in order.
    pub names: Vec<Name>,
    /// 一级指标 and 二级指标, in order.
    pub groups: Vec<Group>,
    /// 等级; empty when no rule gives any.
    pub grades: Vec<Grade>,
    /// 章节 that must be there, in order.
    pub sections: Vec<Section>,
    /// 流程 with their 步骤.
    pub processes: Vec<Process>,
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
    /// The units that the rules know: the built-in table, and what 换算 and 同类单位 add.
    pub units: UnitTable,
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

/// Which 评分标准 applies, with the 参数 given.
#[derive(Clone, PartialEq, Debug)]
pub struct Scoring {
    /// The standard's name: 按完成比例.
    pub standard: String,
    /// 参数 given at the place: (及格门槛, 60%).
    pub arguments: Vec<(String, Quantity)>,
    /// The line that says so.
    pub span: Span,
}

/// 默认评分：定量 …；定性 …
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DefaultScoring {
    /// For numeric targets.
    pub quantitative: Option<Scoring>,
    /// For others.
    pub qualitative: Option<Scoring>,
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

/// A grade and the marks that earn it.
#[derive(Clone, PartialEq, Debug)]
pub struct Grade {
    /// 优
    pub name: String,
    /// [90，100]
    pub interval: Interval,
    /// The line.
    pub span: Span,
}

/// A section that must be there. Parts of a title joined by 、 may stand apart in the report.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// Its title.
    pub title: String,
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
    /// The line.
    pub span: Span,
}

/// A 分值方案.
#[derive(Clone, PartialEq, Debug)]
pub struct Scheme {
    /// (产出指标, 50)
    pub parts: Vec<(String, Quantity)>,
    /// The line.
    pub span: Span,
}

/// A 评分标准.
#[derive(Clone, PartialEq, Debug)]
pub struct Standard {
    /// Its name.
    pub name: String,
    /// 参数 with their defaults.
    pub parameters: Vec<(String, Quantity)>,
    /// 情形 in order. 参数 stand in the expressions as fields of one segment: the evaluator puts the values in.
    pub cases: Vec<Case>,
    /// The line that declares it.
    pub span: Span,
}

/// A 情形: a condition, and the marks (a number or an interval) that it earns.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The condition; `Otherwise` for 其余.
    pub condition: Expr,
    /// 得 …
    pub result: Expr,
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
