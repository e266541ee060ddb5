//! Many outcomes to what is left of them when their text is written: how often each check found something, and which
//! reports were left undetermined and why.

use crate::finding::{Finding, Outcome, Verdict};
use crate::render::to_terminal::{Terminal, Totals};
use crate::render::{Look, wrap};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// Every id with its Chinese name.
const LIST: &str = include_str!("../../data/checks.tsv");
/// Reasons for reports without a verdict that the page lists, and reports that it names for each; the rest is counted.
const REASONS: usize = 10;
const NAMED: usize = 5;

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
    /// How many findings were left out because an earlier run has told them.
    pub known: usize,
    /// Whether an earlier run was named that has not judged this report.
    pub is_strange: bool,
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
    /// How many findings were left out because an earlier run has told them.
    pub known: usize,
    /// How many reports that earlier run has not judged.
    pub strange: usize,
    checks: BTreeMap<String, CheckCount>,
}

impl Tally {
    /// What is to be kept of an outcome.
    pub fn of(outcome: &Outcome) -> Tally {
        let mut checks: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for finding in outcome.findings.iter().filter(|finding| finding.stands()) {
            let count = checks.entry(finding.check.clone());
            count.or_insert_with(|| (title(finding), 0)).1 += 1;
        }
        let open = outcome.verdict == Verdict::Undetermined;
        Tally {
            path: outcome.path.clone(),
            verdict: outcome.verdict,
            reasons: if open { outcome.reasons.clone() } else { Vec::new() },
            checks,
            known: outcome.known().len(),
            is_strange: false,
        }
    }
}

impl Batch {
    /// Counts one more report.
    pub fn count(&mut self, tally: Tally) {
        self.verdicts.count(tally.verdict);
        self.known += tally.known;
        self.strange += usize::from(tally.is_strange);
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

/// The check's own name: its findings may be titled by what they are about.
fn title(finding: &Finding) -> String {
    let named = |line: &'static str| line.strip_prefix(finding.check.as_str())?.strip_prefix('\t');
    let listed = LIST
        .lines()
        .find_map(named)
        .and_then(|rest| rest.split('\t').next());
    listed.unwrap_or(&finding.title).to_owned()
}

/// Writes the page that closes a batch; its last line is the sum.
pub fn write(out: &mut String, batch: &Batch, look: Look) {
    let checks = batch.checks();
    if !checks.is_empty() {
        out.push_str("\n发现的问题：\n");
        let rows: Vec<Vec<String>> = checks.iter().map(|check| row(check)).collect();
        wrap::table(out, "  ", &rows, &[1, 2], look.width);
    }
    undetermined(out, &batch.undetermined, look);
    if let Some(all) = batch.stopped_before {
        let _ = writeln!(
            out,
            "\n没有核对完：共 {all} 份报告，核对了 {} 份。",
            batch.verdicts.reports()
        );
    }
    known(out, batch);
    Terminal::new(look).totals(out, batch.verdicts);
}

/// Those of one reason stand together: a whole folder may have been left open for the same.
fn undetermined(out: &mut String, reports: &[Undetermined], look: Look) {
    if reports.is_empty() {
        return;
    }
    out.push_str("\n无法判定的报告：\n");
    let mut reasons: Vec<&str> = Vec::new();
    let mut groups: HashMap<&str, (usize, Vec<String>)> = HashMap::new();
    for report in reports {
        let reason = report.reasons.first().map_or("", String::as_str);
        let (count, paths) = groups.entry(reason).or_default();
        *count += 1;
        if *count == 1 {
            reasons.push(reason);
        }
        if paths.len() < NAMED {
            paths.push(wrap::one_line(&report.path));
        }
    }
    let mut rest = reports.len();
    for reason in reasons.into_iter().take(REASONS) {
        let (count, paths) = &groups[reason];
        let more = if *count > NAMED {
            format!("等 {count} 份")
        } else {
            String::new()
        };
        let reason = wrap::one_line(reason.trim_end_matches('。'));
        wrap::wrapped(
            out,
            "  ",
            &format!("{reason}：{}{more}", paths.join("、")),
            look.width,
        );
        rest -= count;
    }
    if rest > 0 {
        let _ = writeln!(out, "  另有 {rest} 份，原因见各份的结果。");
    }
}

/// What is not told because an earlier run has told it, and what that run knew nothing of.
pub fn known(out: &mut String, batch: &Batch) {
    if batch.known > 0 {
        let _ = writeln!(out, "\n对照基线，略去已知的问题 {} 处。", batch.known);
    }
    if batch.strange > 0 {
        let _ = writeln!(out, "\n基线里没有的报告 {} 份，问题都算新的。", batch.strange);
    }
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
    use crate::finding::Severity;
    use crate::source::{SourceId, Span};

    fn tally(path: &str, verdict: Verdict, checks: &[(&str, usize)]) -> Tally {
        Tally {
            path: path.into(),
            verdict,
            known: 0,
            is_strange: false,
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
    fn a_check_bears_its_own_name_and_one_without_an_id_that_of_its_findings() {
        let titled = |check: &str, title: &str| {
            let span = Span::new(SourceId(0), 0..0);
            super::title(&Finding::new(check, title, Severity::Error, String::new(), span))
        };
        assert_eq!(
            titled("score-rule", "执行率得分与评分规则不符"),
            "得分与评分规则不符"
        );
        assert_eq!(titled("本地的检查", "路灯数不符"), "路灯数不符");
    }

    #[test]
    fn reports_without_a_verdict_stand_together_by_their_reason_and_a_long_list_is_cut() {
        let open = |path: &str, reason: &str| Tally {
            reasons: vec![reason.into()],
            ..tally(path, Verdict::Undetermined, &[])
        };
        let mut many: Vec<Tally> = (0..25)
            .map(|n| open(&format!("{n}.txt"), "文件是空的。"))
            .collect();
        many.insert(3, open("无.txt", "找不到这个文件。"));
        many.extend((0..20).map(|n| open("多.txt", &format!("原因{n}"))));
        let page = page(many);
        let empty = "  文件是空的：0.txt、1.txt、2.txt、3.txt、4.txt等 25 份\n  找不到这个文件：无.txt\n  原因0：多.txt\n";
        assert!(page.contains(empty), "{page}");
        assert!(page.contains("  另有 12 份，原因见各份的结果。\n"), "{page}");
        assert!(
            page.ends_with("共 46 份报告：通过 0，不通过 0，无法判定 46。\n"),
            "{page}"
        );
    }
}
