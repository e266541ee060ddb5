//! The words that every output shares: severities, verdicts, and the sentence that tells how much stood behind one.

use crate::facts::form::Reading;
use crate::facts::{NumberKind, Period, Role};
use crate::finding::{Accepted, Adjusted, Outcome, PackUsed, Place, Severity, Summary, Verdict};

/// 错误, 警告, 提醒
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提醒",
    }
}

/// The word that editors and programs know.
pub fn severity_code(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// 通过, 不通过, 无法判定
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "通过",
        Verdict::Fail => "不通过",
        Verdict::Undetermined => "无法判定",
    }
}

/// The word for programs.
pub fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Undetermined => "undetermined",
    }
}

/// “错误 3，警告 1” of those that there are.
pub fn tally(outcome: &Outcome) -> String {
    [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|kind| {
            let count = outcome
                .findings
                .iter()
                .filter(|finding| finding.stands() && finding.severity == kind)
                .count();
            (severity(kind), count)
        })
        .chain([
            ("已采纳", outcome.accepted().count()),
            ("已知略去", outcome.known().len()),
        ])
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word} {count}"))
        .collect::<Vec<_>>()
        .join("，")
}

/// Why the verdict is 无法判定, without what a finding has already said.
pub fn untold_reasons(outcome: &Outcome) -> impl Iterator<Item = &str> {
    outcome
        .reasons
        .iter()
        .map(String::as_str)
        .filter(|reason| outcome.findings.iter().all(|finding| finding.message != *reason))
}

/// How much stood behind a verdict.
pub fn summary(summary: &Summary) -> String {
    let Summary {
        judged,
        passed,
        failed,
        not_judged,
        numbers,
        used,
    } = summary;
    let all = judged + not_judged;
    format!(
        "核对 {all} 项：通过 {passed}，不符 {failed}，无从核对 {not_judged}；识别数字 {numbers} 个，其中 {used} 个参与核对"
    )
}

/// A pack as every output names it.
pub fn pack(pack: &PackUsed) -> String {
    let version = if pack.version.is_empty() {
        String::new()
    } else {
        format!(" {}", pack.version)
    };
    let years = match pack.years.is_empty() {
        true => String::new(),
        false => format!("适用 {}，", pack.years),
    };
    format!("{}{version}（{years}摘要 {}）", pack.name, pack.digest)
}

/// What a rule file changes of another, old beside new, and why.
pub fn adjusted(change: &Adjusted) -> String {
    let shown = |text: &str| {
        if text.is_empty() {
            "（没有）".to_owned()
        } else {
            text.to_owned()
        }
    };
    let Adjusted {
        target,
        what,
        before,
        after,
        ..
    } = change;
    let changed = match what.as_str() {
        "" => format!("停用 {target}"),
        what if before == after => format!("{target}：{what} {after}，与原来相同"),
        what => format!("{target}：{what} {} → {}", shown(before), shown(after)),
    };
    match change.reason.is_empty() {
        true => changed,
        false => format!("{changed}（理由：{}）", change.reason),
    }
}

/// What is written at a place: its role, its note, or both.
pub fn label(place: &Place) -> String {
    let (role, note) = (place.role.as_str(), place.note.as_str());
    if role.is_empty() || note.is_empty() || note.starts_with(role) {
        return if note.is_empty() { role } else { note }.to_owned();
    }
    format!("{role}：{note}")
}

/// Who has accepted a finding and why.
pub fn accepted(entry: &Accepted) -> String {
    let by = [("批准：", entry.by.as_str()), ("到期：", entry.until.as_str())];
    let by: Vec<String> = by
        .into_iter()
        .filter(|(_, what)| !what.is_empty())
        .map(|(word, what)| format!("{word}{what}"))
        .collect();
    match by.is_empty() {
        true => entry.reason.clone(),
        false => format!("{}（{}）", entry.reason, by.join("，")),
    }
}

/// What a quantity is said to be, for people.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Target => "目标",
        Role::Actual => "完成值",
        Role::Budget => "预算",
        Role::Spent => "执行",
        Role::Weight => "分值",
        Role::Score => "得分",
        Role::Unknown => "",
    }
}

/// What a quantity is said to be, for programs; nothing where it is unknown.
pub fn role_code(role: Role) -> Option<&'static str> {
    match role {
        Role::Target => Some("target"),
        Role::Actual => Some("actual"),
        Role::Budget => Some("budget"),
        Role::Spent => Some("spent"),
        Role::Weight => Some("weight"),
        Role::Score => Some("score"),
        Role::Unknown => None,
    }
}

/// The time that a quantity speaks of; nothing where it is the report's year.
pub fn period(period: Period) -> Option<String> {
    match period {
        Period::Report => None,
        Period::Year(year) => Some(year.to_string()),
        Period::Cumulative => Some("累计".to_owned()),
        Period::Plan => Some("规划期".to_owned()),
        Period::Part => Some("年内一段".to_owned()),
    }
}

/// What a number is, for people.
pub fn number_kind(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Quantity => "数量",
        NumberKind::Numeral => "数",
        NumberKind::Date => "日期",
        NumberKind::Code => "文号或编码",
        NumberKind::Ordinal => "序号",
        NumberKind::Name => "名称",
    }
}

/// What a number is, for programs.
pub fn number_kind_code(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Quantity => "quantity",
        NumberKind::Numeral => "numeral",
        NumberKind::Date => "date",
        NumberKind::Code => "document",
        NumberKind::Ordinal => "ordinal",
        NumberKind::Name => "name",
    }
}

/// How far a form could be read, for people.
pub fn reading(reading: Reading) -> &'static str {
    match reading {
        Reading::Grid => "表格完整，逐格读出",
        Reading::Rows => "没有表格线，按各行内容对应到列",
        Reading::Poured => "文字次序已乱，只读出能互相印证的部分",
        Reading::Sentences => "没有表格，从逐条叙述的句子里读出",
    }
}

/// How far a form could be read, for programs.
pub fn reading_code(reading: Reading) -> &'static str {
    match reading {
        Reading::Grid => "grid",
        Reading::Rows => "rows",
        Reading::Poured => "poured",
        Reading::Sentences => "sentences",
    }
}
