//! The words that every output shares: severities, verdicts, and the sentence that tells how much stood behind one.

use crate::finding::{Outcome, PackUsed, Place, Severity, Summary, Verdict};

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
                .filter(|finding| finding.severity == kind)
                .count();
            (kind, count)
        })
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {count}", severity(kind)))
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
    format!("{}{version}（摘要 {}）", pack.name, pack.digest)
}

/// What is written at a place: its role, its note, or both.
pub fn label(place: &Place) -> String {
    match (place.role.is_empty(), place.note.is_empty()) {
        (false, false) => format!("{}：{}", place.role, place.note),
        (true, _) => place.note.clone(),
        (_, true) => place.role.clone(),
    }
}
