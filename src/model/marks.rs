//! How marks are given: which standard scores what, its 情形, the grades of a total.

use super::{Check, Model};
use crate::expr::Expr;
use crate::quantity::{Interval, Quantity, Ratio, Unit};
use crate::source::Span;

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
    /// Whether every 情形 that is written could be read: only then is anything proven of them.
    pub whole: bool,
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

/// The share of its target from which on an actual value is far above it, where no rule says otherwise.
const FAR_ABOVE: (i128, i128) = (130, 100);

impl Model {
    /// The share of its target from which on an actual value is far above it: 超额界限 of the check that asks for reasons.
    pub fn far_above(&self) -> Option<Ratio> {
        let asking = |check: &&Check| check.code == "overachievement-unexplained";
        let limits = self
            .checks
            .iter()
            .filter(asking)
            .flat_map(|check| &check.parameters);
        let stated = limits
            .filter(|(name, _)| name == "超额界限")
            .filter_map(|(_, limit)| limit.value_in(Unit::none()));
        stated.min().or(Ratio::new(FAR_ABOVE.0, FAR_ABOVE.1))
    }

    /// A total as it is graded: rounded where an office grades whole marks (等级取整).
    pub fn graded(&self, total: Ratio) -> Option<Ratio> {
        match self.grade_step {
            Some((step, _)) => total.div(step)?.round(0)?.mul(step),
            None => Some(total),
        }
    }

    /// The grade of a total.
    pub fn grade_of(&self, total: Ratio) -> Option<&Grade> {
        let total = self.graded(total)?;
        self.grades.iter().find(|grade| grade.interval.contains(total))
    }
}
