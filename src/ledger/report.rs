//! The fields of the report as a whole and of the names that the rules declare.

use crate::expr::eval::{Places, Printed, Reading, Used, Value};
use crate::facts::form::Datum;
use crate::facts::overall::Overall;
use crate::facts::{Mention, Period, Role, Scope as Part};
use crate::ledger::grades;
use crate::ledger::link::{period_of, scope_of};
use crate::ledger::scope::{Row, Scope, count};
use smallvec::smallvec;
use std::borrow::Cow;

impl<'l, 'a> Scope<'l, 'a> {
    pub(super) fn report_field(&self, head: &'a str, rest: &'a [String]) -> Option<Reading<'a>> {
        if let Some(name) = self.ledger.model.names.iter().position(|name| name.name == head) {
            let attribute = rest.first().map_or("实际", String::as_str);
            if let ("其中", Some(part)) = (attribute, rest.get(1)) {
                let attribute = rest.get(2).map_or("实际", String::as_str);
                return Some(
                    self.part(part, attribute)
                        .unwrap_or(Reading::bare(Value::Missing)),
                );
            }
            return Some(self.declared(name, attribute));
        }
        Some(match head {
            "自评表" => return self.at(Row::Form).own_field(rest.first()?, &rest[1..]),
            "年度" => Reading::bare(
                self.ledger
                    .year
                    .map_or(Value::Missing, |year| count(i128::from(year))),
            ),
            "项目名称" => match self.ledger.form() {
                Some(form) => self.cell(head, &form.project),
                None => Reading::bare(Value::Missing),
            },
            "章节" => {
                let titles = self
                    .ledger
                    .facts
                    .outline
                    .iter()
                    .map(|heading| Value::Text(Cow::Borrowed(heading.title.as_str())));
                Reading::bare(Value::List(titles.collect()))
            }
            "自评总分" => self.overall(head, |overall| &overall.score),
            "自评等级" => grades::named(
                self.overall(head, |overall| &overall.grade),
                &self.ledger.model.grades,
            ),
            "正文" => Reading::bare(Value::Text(Cow::Borrowed(self.ledger.text()))),
            _ => return None,
        })
    }

    /// What the prose states of the total and the grade.
    fn overall(&self, label: &'a str, of: fn(&Overall) -> &Datum) -> Reading<'a> {
        match &self.ledger.facts.overall {
            Some(overall) => self.cell(label, of(overall)),
            None => Reading::bare(Value::Missing),
        }
    }

    /// An attribute of a declared name: the form's cell where there is one, else what the prose says.
    fn declared(&self, name: usize, attribute: &str) -> Reading<'a> {
        let entry = &self.ledger.entries[name];
        let row = entry.row.and_then(|row| Some(&self.ledger.form()?.rows[row]));
        let in_form = self.ledger.model.names[name].in_form.as_ref();
        let cell = |datum: Option<&'a Datum>, label: &'static str| datum.map(|datum| self.cell(label, datum));
        let from_form = match attribute {
            "规则目标" => return self.rule_target(Some(name)),
            "完成率" => match entry.row {
                Some(row) => return self.completion(row),
                None => None,
            },
            "目标" => cell(row.map(|row| &row.target), "目标"),
            "实际" => match in_form {
                Some(path) => self.at(Row::Form).own_field(&path[0], &path[1..]),
                None => cell(row.map(|row| &row.actual), "完成值"),
            },
            "预算" => in_form.and_then(|path| self.beside(path, "全年预算数")),
            "执行" => in_form.and_then(|path| self.beside(path, "全年执行数")),
            "分值" => cell(row.map(|row| &row.weight), "分值"),
            "得分" => cell(row.map(|row| &row.score), "得分"),
            "原因" => {
                return row.map_or(Reading::bare(Value::Missing), |row| {
                    self.reason("原因", &row.reason)
                });
            }
            "正文" | "全部" | "表中" | "分项" => return self.several(name, attribute),
            _ => None,
        };
        match from_form {
            Some(reading) if matches!(reading.value, Value::Number(..)) => reading,
            form => self
                .in_prose(name, attribute)
                .or_else(|| self.part_of_another(name, attribute))
                .or(form)
                .unwrap_or(Reading::bare(Value::Missing)),
        }
    }

    /// What is told of a name as a part, where the rules say that it is a part of another.
    fn part_of_another(&self, name: usize, attribute: &str) -> Option<Reading<'a>> {
        let names = &self.ledger.model.names;
        let own = &names[name];
        let is_own = |part: &String| *part == own.name || own.aliases.contains(part);
        let listed = names
            .iter()
            .any(|whole| whole.parts.iter().chain(&whole.some_parts).any(is_own));
        let wanted = listed && matches!(attribute, "实际" | "目标");
        wanted.then(|| self.as_part(name, attribute == "目标")).flatten()
    }

    /// What the prose says of a name in one role; of several different statements the one that is being tried.
    fn in_prose(&self, name: usize, attribute: &str) -> Option<Reading<'a>> {
        let role = role_of(attribute)?;
        let choice = self
            .choices
            .iter()
            .find(|choice| (choice.name, choice.role) == (name, role));
        let different = self.different(name, role);
        Some(self.mentioned(name, *different.get(choice.map_or(0, |choice| choice.at))?))
    }

    /// The declared name and role that a path reads, and how many different statements the prose makes of it.
    pub fn alternatives(&self, path: &[String]) -> Option<(usize, Role, usize)> {
        let (head, rest) = path.split_first()?;
        let name = self
            .ledger
            .model
            .names
            .iter()
            .position(|name| name.name == *head)?;
        let role = role_of(rest.first().map_or("实际", String::as_str))?;
        Some((name, role, self.different(name, role).len().max(1)))
    }

    /// The mentions that state the whole of a name in a role for the report's year.
    fn stated(&self, name: usize, role: Role) -> impl Iterator<Item = usize> {
        let (ledger, entry) = (self.ledger, &self.ledger.entries[name]);
        let fits = move |index: &usize| states(ledger.mention(*index).0, &entry.label, role, ledger.year);
        entry.mentions.iter().copied().filter(fits)
    }

    /// The first mention of each different value.
    fn different(&self, name: usize, role: Role) -> Vec<usize> {
        let value = |index: usize| self.ledger.mention(index).1.value;
        let mut different: Vec<usize> = Vec::new();
        for index in self.stated(name, role) {
            if different.iter().all(|other| value(*other) != value(index)) {
                different.push(index);
            }
        }
        different
    }

    /// A mention of a name as a value with its place.
    fn mentioned(&self, name: usize, index: usize) -> Reading<'a> {
        let (_, quantity, range) = self.ledger.mention(index);
        let used = Used {
            label: &self.ledger.model.names[name].name,
            printed: Printed::Number(quantity),
            range: Some(range.clone()),
            corrected: None,
        };
        Reading {
            value: Value::number(*quantity),
            used: smallvec![used],
        }
    }

    /// All statements of a name: in the prose, in the form, or both; or the values of its 分项.
    fn several(&self, name: usize, attribute: &str) -> Reading<'a> {
        let names = &self.ledger.model.names;
        let mut readings = Vec::new();
        if attribute == "分项" {
            return self.parts(name);
        }
        if matches!(attribute, "正文" | "全部") {
            readings.extend(
                self.stated(name, Role::Actual)
                    .map(|index| self.mentioned(name, index)),
            );
        }
        if matches!(attribute, "表中" | "全部") {
            let row = self.ledger.entries[name]
                .row
                .and_then(|row| Some(&self.ledger.form()?.rows[row]));
            readings.extend(row.map(|row| self.cell("完成值", &row.actual)));
            let path = names[name].in_form.as_ref();
            readings.extend(path.and_then(|path| self.at(Row::Form).own_field(&path[0], &path[1..])));
        }
        readings.retain(|reading| matches!(reading.value, Value::Number(..)));
        let used = readings.iter().flat_map(|reading| reading.used.clone()).collect();
        let values = readings.into_iter().map(|reading| reading.value).collect();
        Reading {
            value: Value::List(values),
            used,
        }
    }
}

impl<'a> Scope<'_, 'a> {
    /// What the prose states of a name as a part of a whole (其中城镇老人 700 人), where it says one thing only.
    fn as_part(&self, name: usize, target: bool) -> Option<Reading<'a>> {
        let entry = &self.ledger.entries[name];
        let mut stated = entry.mentions.iter().map(|index| self.ledger.mention(*index));
        let part = |mention: &Mention| {
            (mention.role == Role::Target) == target
                && matches!(mention.role, Role::Target | Role::Actual | Role::Spent)
                && mention.scope == Part::Part
                && period_of(mention, self.ledger.year) == Period::Report
        };
        let (_, quantity, range) = stated.find(|(mention, ..)| part(mention))?;
        if stated.any(|(mention, other, _)| part(mention) && other.value != quantity.value) {
            return None;
        }
        let used = Used {
            label: &self.ledger.model.names[name].name,
            printed: Printed::Number(quantity),
            range: Some(range.clone()),
            corrected: None,
        };
        Some(Reading {
            value: Value::number(*quantity),
            used: smallvec![used],
        })
    }

    /// Another amount of the fund row in which 表中 finds a name.
    fn beside(&self, path: &[String], field: &'static str) -> Option<Reading<'a>> {
        let (last, row) = path.split_last()?;
        let of_total = matches!(row, [funds, total] if funds == "资金" && total == "总额");
        let amount = matches!(last.as_str(), "年初预算数" | "全年预算数" | "全年执行数");
        (of_total && amount).then(|| self.total_field(field))?
    }

    /// What the report states of a part, as a whole of its own or as a part of another.
    fn part(&self, part: &str, attribute: &str) -> Option<Reading<'a>> {
        let names = &self.ledger.model.names;
        let index = names
            .iter()
            .position(|other| other.name == part || other.aliases.iter().any(|alias| alias == part))?;
        let known = |reading: &Reading| matches!(reading.value, Value::Number(..));
        Some(self.declared(index, attribute)).filter(known)
    }

    /// The values of the 分项 of a name; one that the report does not state makes their sum 未知.
    fn parts(&self, name: usize) -> Reading<'a> {
        let names = &self.ledger.model.names;
        let (mut values, mut used) = (Vec::new(), Places::new());
        for part in &names[name].parts {
            match self.part(part, "实际") {
                Some(reading) => {
                    values.push(reading.value);
                    used.extend(reading.used);
                }
                None => values.push(Value::Unknown(format!("没有读到分项“{part}”的数").into())),
            }
        }
        Reading {
            value: Value::List(values),
            used,
        }
    }
}

fn role_of(attribute: &str) -> Option<Role> {
    Some(match attribute {
        "目标" => Role::Target,
        "实际" => Role::Actual,
        "预算" => Role::Budget,
        "执行" => Role::Spent,
        "分值" => Role::Weight,
        "得分" => Role::Score,
        _ => return None,
    })
}

/// Whether a mention states the whole of its name in this role for the report's year.
fn states(mention: &Mention, label: &str, role: Role, year: Option<i32>) -> bool {
    let fits = mention.role == role || (role == Role::Actual && mention.role == Role::Spent);
    fits && scope_of(mention, label) == Part::Whole && period_of(mention, year) == Period::Report
}
