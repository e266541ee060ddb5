//! A place from which fields are looked up: a row of the form or the report as a whole. The environment of expr.

use crate::expr::eval::{Environment, Printed, Reading, Used, Value};
use crate::facts::Role;
use crate::facts::form::{Content, Datum};
use crate::facts::hints;
use crate::ledger::Ledger;
use crate::quantity::{Quantity, Ratio, Unit, UnitTable};
use smallvec::smallvec;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What fields are looked up in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Row {
    /// 报告
    Report,
    /// 自评表
    Form,
    /// 资金
    Funds,
    /// A fund row.
    Fund(usize),
    /// 执行行
    Execution,
    /// A 一级组.
    First(usize),
    /// A 二级组.
    Second(usize),
    /// An indicator row.
    Indicator(usize),
    /// A bonus or deduction row.
    Extra(usize),
    /// An indicator row that is there and was probably not read: whatever is asked of it is 未知.
    Lost,
}

/// A name that the prose states differently in one role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Its index in `Model::names`.
    pub name: usize,
    /// The role in which it is stated.
    pub role: Role,
    /// Which of the different statements is read.
    pub at: usize,
}

/// A row with the ledger behind it.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'l, 'a> {
    /// The ledger.
    pub ledger: &'l Ledger<'a>,
    /// The row.
    pub row: Row,
    /// 参数 of the 评分标准 that is being applied.
    pub parameters: &'l [(String, Quantity)],
    /// Which of several disagreeing mentions of a name in a role is read, the first unless said: all are tried in turn.
    pub choices: &'l [Choice],
    /// Whether cells are read as they are printed, without the corrections of earlier checks.
    pub as_stated: bool,
}

impl<'l, 'a> Scope<'l, 'a> {
    /// A row of a ledger.
    pub fn new(ledger: &'l Ledger<'a>, row: Row) -> Scope<'l, 'a> {
        Scope {
            ledger,
            row,
            parameters: &[],
            choices: &[],
            as_stated: false,
        }
    }

    /// The same ledger seen from another row.
    pub fn at(self, row: Row) -> Scope<'l, 'a> {
        Scope { row, ..self }
    }

    /// A cell as a value: what it holds, where it stands, and the correction that an earlier check made.
    pub fn cell(&self, label: &'a str, datum: &'a Datum) -> Reading<'a> {
        let ledger = self.ledger;
        let poured = ledger.form().is_some_and(|form| form.reading.is_partial());
        let used = |printed: Printed<'a>| Used {
            label,
            printed,
            range: Some(datum.range.clone()),
            corrected: None,
        };
        if datum.covered {
            return Reading::bare(Value::NotApplicable);
        }
        match &datum.content {
            Content::Absent if poured => {
                Reading::bare(Value::Unread(format!("表格没有读全，没有找到“{label}”").into()))
            }
            Content::Absent => {
                let nowhere = Used {
                    label,
                    printed: Printed::Nothing,
                    range: None,
                    corrected: None,
                };
                Reading {
                    value: Value::Missing,
                    used: smallvec![nowhere],
                }
            }
            Content::Empty => Reading {
                value: Value::Missing,
                used: smallvec![used(Printed::Nothing)],
            },
            Content::NotApplicable => Reading::bare(Value::NotApplicable),
            Content::Text => Reading {
                value: Value::Text(Cow::Borrowed(&datum.text)),
                used: smallvec![used(Printed::Words(&datum.text))],
            },
            Content::Number(quantity) => {
                let mut used = used(Printed::Number(quantity));
                let correction = self.correction(datum);
                used.corrected = correction.map(Box::new);
                Reading {
                    value: Value::number(correction.unwrap_or(*quantity)),
                    used: smallvec![used],
                }
            }
        }
    }

    fn correction(&self, datum: &Datum) -> Option<Quantity> {
        if self.as_stated {
            return None;
        }
        let ledger = self.ledger;
        let correction = match ledger.corrections.is_empty() {
            true => None,
            false => ledger.corrections.get(&datum.range.start),
        };
        match correction {
            Some(_) => ledger.memory.rests_on_more(),
            None => ledger.memory.read(datum.range.start),
        }
        correction.map(|correction| correction.value)
    }

    /// A cell that ought to hold a number: other text is 未知.
    pub fn number(&self, label: &'a str, datum: &'a Datum) -> Reading<'a> {
        let mut reading = self.cell(label, datum);
        if let Value::Text(text) = &reading.value {
            reading.value = Value::Unknown(format!("“{label}”一格写的是“{text}”，不是数").into());
        }
        reading
    }

    /// A reason: 无, …… and the like are no reason; a column that does not exist demands none.
    pub fn reason(&self, label: &'a str, datum: &'a Datum) -> Reading<'a> {
        let mut reading = self.cell(label, datum);
        if datum.content == Content::Absent {
            reading = Reading::bare(Value::Unread(format!("表中没有读到“{label}”一栏").into()));
        } else if crate::words::is_no_reason(&datum.text) || hints::is_only_hint(&datum.text) {
            reading.value = Value::Missing;
        } else if !matches!(reading.value, Value::Unread(_)) {
            reading.value = Value::Text(Cow::Borrowed(&datum.text));
        }
        reading
    }
}

impl<'l, 'a> Scope<'l, 'a> {
    /// The rows that a way of names leads to from this row alone.
    fn own_rows_along(&self, path: &[String]) -> Option<Rows<'l, 'a>> {
        let (head, rest) = path.split_first()?;
        let rows = self.own_rows(head)?;
        if rest.is_empty() {
            return Some(rows);
        }
        let inner: Option<Vec<_>> = rows.iter().map(|row| row.own_rows_along(rest)).collect();
        inner.map(|inner| inner.concat())
    }
}

/// A list of rows.
pub(super) type Rows<'l, 'a> = Vec<Scope<'l, 'a>>;

impl<'l, 'a> Environment<'a> for Scope<'l, 'a> {
    fn field(&self, path: &'a [String]) -> Reading<'a> {
        let Some(head) = path.first() else {
            return Reading::bare(Value::Missing);
        };
        if let [name] = path
            && let Some((_, value)) = self.parameters.iter().find(|(parameter, _)| parameter == name)
        {
            return Reading::bare(Value::number(*value));
        }
        // Of several forms nobody says which one the total of the prose is of.
        if self.row != Row::Report && head == "自评总分" && !self.ledger.facts.other_forms.is_empty() {
            return Reading::bare(Value::Missing);
        }
        // the row itself, then what is around it
        if let Some(own) = self.own_field(head, &path[1..]) {
            return own;
        }
        for around in [Row::Form, Row::Report] {
            if self.row != around
                && let Some(outer) = self.at(around).own_field(head, &path[1..])
            {
                return outer;
            }
        }
        Reading::bare(Value::Unknown(format!("不认识“{}”", path.join(".")).into()))
    }

    fn rows(&self, path: &[String]) -> Option<Vec<Self>> {
        let (head, rest) = path.split_first()?;
        if head == "自评表" {
            return self.at(Row::Form).rows(rest);
        }
        let rows = || self.own_rows(head).or_else(|| self.at(Row::Form).own_rows(head));
        if rest.is_empty() {
            return rows();
        }
        if let Some(rows) = rows().filter(|rows| !rows.is_empty()) {
            // 一级组.指标行: the rows of every row.
            let inner: Option<Vec<_>> = rows.iter().map(|row| row.own_rows_along(rest)).collect();
            return inner.map(|inner| inner.concat());
        }
        if head == "资金" && self.row != Row::Funds {
            return self.at(Row::Funds).rows(rest);
        }
        if head == "总额" {
            return Scope {
                row: Row::Fund(self.total_fund()?),
                ..*self
            }
            .rows(rest);
        }
        None
    }

    fn section_text(&self, title: &str) -> Reading<'a> {
        let wanted = crate::ledger::names::plain(title);
        let found = self
            .ledger
            .facts
            .outline
            .iter()
            .find(|heading| crate::ledger::names::plain(&heading.title).contains(&*wanted));
        match found {
            Some(heading) => {
                let used = Used {
                    label: "章节",
                    printed: Printed::Words(&heading.title),
                    range: Some(heading.range.clone()),
                    corrected: None,
                };
                Reading {
                    value: Value::Text(Cow::Borrowed(self.ledger.quote(&heading.body))),
                    used: smallvec![used],
                }
            }
            None => Reading::bare(Value::Missing),
        }
    }

    fn grade_name(&self, score: &Quantity) -> Value<'a> {
        let model = self.ledger.model;
        if model.grades.is_empty() {
            return Value::Unknown("没有等级划分标准".into());
        }
        match model.grade_of(score.value) {
            Some(grade) => Value::Text(Cow::Borrowed(&grade.name)),
            None => Value::Unknown(format!("{}没有对应的等级", score.text()).into()),
        }
    }
}

/// A bare count.
pub(super) fn count(number: i128) -> Value<'static> {
    Value::number(Quantity::computed(Ratio::whole(number), Unit::none()))
}

/// A share as people write it: 105%.
pub(super) fn percent(share: Ratio) -> Value<'static> {
    static PERCENT: LazyLock<Option<Unit>> = LazyLock::new(|| UnitTable::built_in().atom("%").map(Unit::of));
    let bare = Quantity::computed(share, Unit::none());
    let percent = PERCENT.and_then(|unit| Some(Quantity::computed(bare.value_in(unit)?, unit)));
    Value::number(percent.unwrap_or(bare))
}
