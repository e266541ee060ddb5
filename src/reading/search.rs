//! The fields that formulas ask for, and the values that are worth trying for each: near the constants of the formulas.

use super::numbers::{unit, whole};
use super::sample::Sample;
use crate::expr::eval::{Trace, Value, evaluate, truth};
use crate::expr::fields::Context;
use crate::expr::{Expr, ExprKind, Function};
use crate::model::Model;
use crate::quantity::{Bound, Dimension, Quantity, Ratio};

/// No example is worth more trials than this.
pub(super) const MOST_TRIALS: usize = 4_000;

/// The shares of a target that are tried as its actual value, in hundredths, the most telling first.
const SHARES: &[i128] = &[
    90, 75, 50, 110, 125, 100, 150, 200, 250, 60, 40, 80, 95, 30, 10, 0,
];

/// What formulas ask for.
#[derive(Default)]
pub(super) struct Asked<'e> {
    /// Paths of single fields, each once, in order.
    pub(super) fields: Vec<&'e [String]>,
    /// Sums and counts over rows.
    pub(super) columns: Vec<&'e Expr>,
    /// The numbers of the formulas.
    pub(super) constants: Vec<Quantity>,
    /// The texts of the formulas.
    pub(super) texts: Vec<&'e str>,
}

impl<'e> Asked<'e> {
    /// What these formulas ask for.
    pub(super) fn by(formulas: impl IntoIterator<Item = &'e Expr>) -> Asked<'e> {
        let mut asked = Asked::default();
        for formula in formulas {
            asked.walk(formula);
        }
        asked
    }

    /// Whether a field of this name is asked for.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields
            .iter()
            .any(|path| matches!(path, [only] if only == name))
    }

    /// Whether anything is asked that follows from target and actual value.
    pub(super) fn needs_indicator(&self) -> bool {
        ["目标", "规则目标", "实际", "完成率", "达标", "方向"]
            .iter()
            .any(|name| self.has(name))
    }

    fn walk(&mut self, expr: &'e Expr) {
        match &expr.kind {
            ExprKind::Constant(constant) => self.constants.push(*constant),
            ExprKind::Text(text) => self.texts.push(text),
            ExprKind::Field(path) if !self.fields.contains(&path.as_slice()) => self.fields.push(path),
            ExprKind::Field(_) | ExprKind::SectionText(_) | ExprKind::Otherwise => {}
            ExprKind::Call(function, arguments) => match (function, arguments.as_slice()) {
                (
                    Function::Sum | Function::Count,
                    [
                        Expr {
                            kind: ExprKind::Field(_),
                            ..
                        },
                        ..,
                    ],
                )
                | (
                    _,
                    [
                        Expr {
                            kind: ExprKind::Field(_),
                            ..
                        },
                    ],
                ) if *function != Function::GradeName => {
                    self.columns.push(expr);
                }
                _ => arguments.iter().for_each(|argument| self.walk(argument)),
            },
            ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Has(inner, _) => self.walk(inner),
            ExprKind::And(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::Compute(_, left, right)
            | ExprKind::OrElse(left, right)
            | ExprKind::Contains(left, right)
            | ExprKind::Interval(left, _, right, _) => {
                self.walk(left);
                self.walk(right);
            }
            ExprKind::Among(inner, choices) => {
                self.walk(inner);
                choices.iter().for_each(|choice| self.walk(choice));
            }
        }
    }

    /// What is worth trying for a field, the likeliest first.
    pub(super) fn candidates<'m>(
        &self,
        model: &'m Model,
        sample: &Sample<'m>,
        path: &[String],
    ) -> Vec<Value<'m>>
    where
        'e: 'm,
    {
        let held = sample.get(&path.join(".")).cloned();
        match held.or_else(|| declared(model, path)) {
            Some(Value::Number(usual, _)) => self.numbers(&usual),
            Some(Value::Truth(_)) => vec![Value::Truth(true), Value::Truth(false)],
            Some(list @ Value::List(_)) => vec![list],
            held => {
                let explains = path
                    .last()
                    .is_some_and(|last| ["原因", "说明"].contains(&last.as_str()));
                let said = explains.then_some("已写明");
                let texts = said.into_iter().chain(self.texts.iter().copied());
                let texts = texts.map(|text| Value::Text(text.into()));
                held.into_iter().chain([Value::Missing]).chain(texts).collect()
            }
        }
    }

    /// The usual number, those of the formulas, and some around them.
    fn numbers<'m>(&self, usual: &Quantity) -> Vec<Value<'m>> {
        let fitting = self
            .constants
            .iter()
            .filter(|constant| !constant.value.is_zero())
            .filter_map(|constant| constant.value_in(usual.unit));
        let marks = usual.unit.dimension() == Some(Dimension::Score);
        let money = usual.unit.is_money();
        let mut values = vec![usual.value];
        // a year is not tried at eighty per cent
        let year = usual.unit.is_none() && usual.value > Ratio::whole(1900);
        for centre in fitting.chain([usual.value]) {
            if year {
                values.extend([Some(centre), centre.sub(Ratio::ONE)].into_iter().flatten());
                continue;
            }
            for share in [100, 80, 120, 150] {
                let near = Ratio::new(share, 100).and_then(|share| centre.mul(share));
                let near = near.and_then(|near| match share {
                    100 => Some(near),
                    _ if marks => near.round(0),
                    // 万元 without a fraction
                    _ if money && near > Ratio::whole(100_000) => near.round(4),
                    _ => Some(near),
                });
                values.extend(near);
            }
        }
        if self.constants.iter().any(|constant| constant.value.is_zero()) {
            values.push(Ratio::ZERO);
        }
        let mut seen = Vec::new();
        values.retain(|value| {
            !seen.contains(value) && {
                seen.push(*value);
                true
            }
        });
        values
            .into_iter()
            .map(|value| Value::number(Quantity::computed(value, usual.unit)))
            .collect()
    }

    /// Actual values for a target, and for a qualitative one what is said of it.
    pub(super) fn actuals<'m>(&self, target: &Value<'m>) -> Vec<Value<'m>> {
        let (goal, of) = match target {
            Value::Number(goal, _) => (goal.value, goal.unit),
            Value::Interval(interval, of) => match interval.low.or(interval.high) {
                Some(end) => (end.at, *of),
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let constants = self
            .constants
            .iter()
            .filter(|constant| constant.unit.is_pure() && !constant.value.is_zero());
        let near = constants.filter_map(|constant| constant.value_in(unit("")));
        let usual = SHARES.iter().filter_map(|share| Ratio::new(*share, 100));
        usual
            .chain(near)
            .filter_map(|share| goal.mul(share))
            .filter(|actual| !of.is_counter() || actual.is_whole())
            .map(|actual| Value::number(Quantity::computed(actual, of)))
            .collect()
    }
}

/// Usual values of a declared name.
pub(super) fn declared<'m>(model: &'m Model, path: &[String]) -> Option<Value<'m>> {
    let [name, field] = path else { return None };
    let name = model.names.iter().find(|known| known.name == *name)?;
    let of = name.unit.unwrap_or(unit(""));
    let size = match () {
        () if of.is_money() && of.dimension().is_some() => 5_000_000,
        () if of.is_money() => 250_000,
        () if of == unit("%") => 90,
        () => 20,
    };
    Some(match field.as_str() {
        "实际" | "目标" | "规则目标" | "预算" | "执行" => Value::number(whole(size, of)),
        "分值" => Value::number(whole(10, unit("分"))),
        "得分" => Value::number(whole(8, unit("分"))),
        "完成率" => Value::number(whole(90, unit("%"))),
        "分项" | "正文" | "表中" | "全部" => {
            let part = |tenths| Value::number(whole(size / 10 * tenths, of));
            Value::List(vec![part(6), part(4)])
        }
        _ => Value::Missing,
    })
}

/// Targets of every kind, for rules that no indicator of the model uses.
pub(super) fn usual_targets<'m>() -> Vec<Value<'m>> {
    let with = |bound, quantity: Quantity| {
        Value::number(Quantity {
            bound: Some(bound),
            ..quantity
        })
    };
    let interval = crate::quantity::Interval::closed(Ratio::whole(90), Ratio::whole(100));
    vec![
        with(Bound::AtLeast, whole(100, unit("家"))),
        with(Bound::AtMost, whole(1_000_000, unit("元"))),
        with(Bound::Exactly, whole(100, unit("家"))),
        Value::Interval(interval, unit("%")),
    ]
}

/// Fills fields in every way until `wanted` is content or no trials are left; the sample as it then is.
pub(super) fn fill<'m, T>(
    sample: &Sample<'m>,
    choices: &[(String, Vec<Value<'m>>)],
    left: &mut usize,
    mut wanted: impl FnMut(&mut Sample<'m>) -> Option<T>,
) -> Option<(Sample<'m>, T)> {
    let all: usize = choices
        .iter()
        .map(|(_, values)| values.len().max(1))
        .fold(1, usize::saturating_mul);
    let trials = all.min(*left);
    *left -= trials;
    for trial in 0..trials {
        let mut tried = sample.clone();
        let mut rest = trial;
        for (path, values) in choices {
            if let Some(value) = values.get(rest % values.len().max(1)) {
                tried.set(path, value.clone());
            }
            rest /= values.len().max(1);
        }
        if let Some(found) = wanted(&mut tried) {
            return Some((tried, found));
        }
    }
    None
}

/// Whether a condition holds; nothing where that is 未知.
pub(super) fn holds<'m>(condition: &'m Expr, sample: &Sample<'m>) -> Option<bool> {
    truth(evaluate(condition, sample, false, &mut Trace::default()))
}

/// The context in which rows of indicators are judged.
pub(super) fn judges_indicators(context: Context) -> bool {
    context == Context::IndicatorRow
}
