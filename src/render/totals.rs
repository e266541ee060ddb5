//! Many outcomes to what is left of them when their text is written: how often each check found something, and which
//! reports were left undetermined and why.

use crate::finding::{Outcome, Verdict};
use crate::render::to_terminal::{Terminal, Totals};
use crate::render::{Look, wrap};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Reports without a verdict that the page names; the rest is counted.
const NAMED: usize = 10;

/// What a batch needs to keep of one report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// The report's path.
    pub path: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why it is 无法判定, where it is.
    pub reasons: Vec<String>,
    /// Its findings by check, each with the check's title.
    pub checks: BTreeMap<String, (String, usize)>,
}

/// How often a check found something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckCount {
    /// The check's id.
    pub check: String,
    /// Its Chinese title.
    pub title: String,
    /// Its findings in all reports.
    pub findings: usize,
    /// In how many reports they stand.
    pub reports: usize,
}

/// A report without a verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undetermined {
    /// The report's path.
    pub path: String,
    /// Why.
    pub reasons: Vec<String>,
}

/// What a batch came to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Batch {
    /// How many reports came to which verdict.
    pub verdicts: Totals,
    /// The reports without a verdict, in their order.
    pub undetermined: Vec<Undetermined>,
    /// How many reports were to be judged, where the run was stopped before it had judged them all.
    pub stopped_before: Option<usize>,
    checks: BTreeMap<String, CheckCount>,
}

impl Tally {
    /// What is to be kept of an outcome.
    pub fn of(outcome: &Outcome) -> Tally {
        let mut checks: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for finding in &outcome.findings {
            let count = checks.entry(finding.check.clone());
            count.or_insert_with(|| (finding.title.clone(), 0)).1 += 1;
        }
        let open = outcome.verdict == Verdict::Undetermined;
        Tally {
            path: outcome.path.clone(),
            verdict: outcome.verdict,
            reasons: if open { outcome.reasons.clone() } else { Vec::new() },
            checks,
        }
    }
}

impl Batch {
    /// Counts one more report.
    pub fn count(&mut self, tally: Tally) {
        self.verdicts.count(tally.verdict);
        for (check, (title, findings)) in tally.checks {
            let known = self.checks.entry(check.clone()).or_insert(CheckCount {
                check,
                title,
                findings: 0,
                reports: 0,
            });
            known.findings += findings;
            known.reports += 1;
        }
        if tally.verdict == Verdict::Undetermined {
            self.undetermined.push(Undetermined {
                path: tally.path,
                reasons: tally.reasons,
            });
        }
    }

    /// The checks that found something, the most frequent first.
    pub fn checks(&self) -> Vec<&CheckCount> {
        let mut checks: Vec<&CheckCount> = self.checks.values().collect();
        checks.sort_by(|a, b| (b.findings, &a.check).cmp(&(a.findings, &b.check)));
        checks
    }
}

/// Writes the page that closes a batch; its last line is the sum.
pub fn write(out: &mut String, batch: &Batch, look: Look) {
    let checks = batch.checks();
    if !checks.is_empty() {
        out.push_str("\n发现的问题：\n");
        let rows: Vec<Vec<String>> = checks.iter().map(|check| row(check)).collect();
        wrap::table(out, "  ", &rows, &[1, 2], look.width);
    }
    if !batch.undetermined.is_empty() {
        out.push_str("\n无法判定的报告：\n");
        for report in batch.undetermined.iter().take(NAMED) {
            let reason = report.reasons.first().map_or("", String::as_str);
            let text = format!("{}：{}", wrap::one_line(&report.path), wrap::one_line(reason));
            wrap::wrapped(out, "  ", &text, look.width);
        }
        if batch.undetermined.len() > NAMED {
            let _ = writeln!(out, "  另有 {} 份。", batch.undetermined.len() - NAMED);
        }
    }
    if let Some(all) = batch.stopped_before {
        let _ = writeln!(
            out,
            "\n没有核对完：共 {all} 份报告，核对了 {} 份。",
            batch.verdicts.reports()
        );
    }
    Terminal::new(look).totals(out, batch.verdicts);
}

fn row(check: &CheckCount) -> Vec<String> {
    let id = if check.check == check.title {
        String::new()
    } else {
        format!(" [{}]", check.check)
    };
    vec![
        format!("{}{id}", check.title),
        format!("{} 处", check.findings),
        format!("{} 份报告", check.reports),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(path: &str, verdict: Verdict, checks: &[(&str, usize)]) -> Tally {
        Tally {
            path: path.into(),
            verdict,
            reasons: vec!["文件是空的。".into()],
            checks: checks
                .iter()
                .map(|(check, count)| ((*check).into(), (format!("{check}的名称"), *count)))
                .collect(),
        }
    }

    fn page(tallies: Vec<Tally>) -> String {
        let mut batch = Batch::default();
        tallies.into_iter().for_each(|tally| batch.count(tally));
        let mut out = String::new();
        write(&mut out, &batch, Look::default());
        out
    }

    #[test]
    fn the_most_frequent_check_stands_first_and_equals_stand_in_the_order_of_their_ids() {
        let page = page(vec![
            tally("甲", Verdict::Fail, &[("a", 1), ("b", 3)]),
            tally("乙", Verdict::Fail, &[("a", 2), ("c", 4)]),
        ]);
        let lines: Vec<&str> = page.lines().map(str::trim).collect();
        assert!(
            lines[2].starts_with("c的名称 [c]") && lines[2].ends_with("1 份报告"),
            "{page}"
        );
        assert!(
            lines[3].starts_with("a的名称 [a]") && lines[3].ends_with("2 份报告"),
            "{page}"
        );
        assert!(lines[4].starts_with("b的名称 [b]"), "{page}");
    }

    #[test]
    fn a_long_list_of_reports_without_a_verdict_is_cut_and_counted() {
        let many = (0..25).map(|n| tally(&format!("{n}.txt"), Verdict::Undetermined, &[]));
        let page = page(many.collect());
        assert!(page.contains("  9.txt：文件是空的。\n  另有 15 份。\n"), "{page}");
        assert!(
            page.ends_with("共 25 份报告：通过 0，不通过 0，无法判定 25。\n"),
            "{page}"
        );
    }
}
