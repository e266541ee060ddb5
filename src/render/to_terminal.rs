//! Outcomes to text for people: each finding with its places underlined, then what the verdict rests on.

use crate::finding::{Finding, NotJudged, Outcome, Place, RuleLine, Severity, Verdict};
use crate::render::positions::Positions;
use crate::render::to_terminal_snippet::{Pen, location};
use crate::render::{Look, words, wrap};
use std::fmt::Write;

/// Reasons for what could not be judged that are listed; the rest is counted.
const REASONS: usize = 6;
/// Subjects that are named for one reason; the rest is counted.
const SUBJECTS: usize = 4;

/// Writes outcomes in one look.
pub struct Terminal {
    look: Look,
    pen: Pen,
}

/// How many reports came to which verdict.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Totals {
    /// 通过
    pub passed: usize,
    /// 不通过
    pub failed: usize,
    /// 无法判定
    pub undetermined: usize,
}

impl Totals {
    /// How many reports there were.
    pub fn reports(&self) -> usize {
        self.passed + self.failed + self.undetermined
    }

    /// Counts one more report.
    pub fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Pass => self.passed += 1,
            Verdict::Fail => self.failed += 1,
            Verdict::Undetermined => self.undetermined += 1,
        }
    }
}

impl Terminal {
    /// A writer for that look.
    pub fn new(look: Look) -> Terminal {
        Terminal {
            look,
            pen: Pen::new(look),
        }
    }

    /// Writes the findings of a report and what its verdict rests on.
    pub fn report(&self, out: &mut String, outcome: &Outcome) {
        self.findings(out, outcome);
        self.verdict(out, outcome);
        if outcome.summary.judged + outcome.summary.not_judged > 0 {
            self.wrapped(out, "  ", &words::summary(&outcome.summary));
        }
        if !outcome.rules.is_empty() {
            let packs: Vec<String> = outcome.rules.iter().map(words::pack).collect();
            self.wrapped(out, "  规则：", &packs.join("\n"));
        }
        self.not_judged(out, &outcome.not_judged);
        for note in &outcome.notes {
            self.wrapped(out, "  说明：", note);
        }
    }

    /// Writes the findings of a rule file and whether it can be used.
    pub fn rule_file(&self, out: &mut String, outcome: &Outcome) {
        self.findings(out, outcome);
        self.verdict(out, outcome);
        for change in &outcome.adjusted {
            self.wrapped(out, "  调整：", &words::adjusted(change));
        }
        for note in &outcome.notes {
            self.wrapped(out, "  说明：", note);
        }
    }

    /// Writes the line that sums up several reports.
    pub fn totals(&self, out: &mut String, totals: Totals) {
        let Totals {
            passed,
            failed,
            undetermined,
        } = totals;
        let all = totals.reports();
        let _ = writeln!(
            out,
            "\n共 {all} 份报告：通过 {passed}，不通过 {failed}，无法判定 {undetermined}。"
        );
    }

    fn findings(&self, out: &mut String, outcome: &Outcome) {
        let positions = Positions::new(&outcome.sources);
        for finding in &outcome.findings {
            self.finding(out, finding, outcome, &positions);
            out.push('\n');
        }
    }

    fn finding(&self, out: &mut String, finding: &Finding, outcome: &Outcome, positions: &Positions) {
        match finding.stands() {
            true => self.painted(out, color_of(finding.severity), words::severity(finding.severity)),
            false => self.painted(out, "2", "已采纳"),
        }
        out.push(' ');
        self.painted(out, "1", &wrap::one_line(&finding.title));
        if finding.check != finding.title {
            let _ = write!(out, " [{}]", finding.check);
        }
        if !finding.subject.is_empty() {
            let _ = write!(out, " · {}", wrap::one_line(&finding.subject));
        }
        out.push('\n');
        self.wrapped(out, "  ", &finding.message);
        // what somebody has answered for needs no picture and no advice any more
        if let Some(accepted) = &finding.accepted {
            let own = |place: &&Place| outcome.is_own(positions.path(place.span));
            if let Some(place) = finding.places.iter().find(own) {
                let at = format!("{} {}", location(place.span, positions), place.address);
                self.wrapped(out, "  位置：", at.trim_end());
            }
            self.wrapped(out, "  理由：", &words::accepted(accepted));
            self.wrapped(out, "  采纳：", &location(accepted.span, positions));
            return;
        }
        // what is at fault stands in this report; rules that took part are shown after it
        let (mut places, others): (Vec<&Place>, Vec<&Place>) = finding
            .places
            .iter()
            .partition(|place| outcome.is_own(positions.path(place.span)));
        places.extend(others);
        self.pen.draw(out, &places, positions);
        self.file_without_text(out, finding, positions);
        if !finding.help.is_empty() {
            self.wrapped(out, "  怎么改：", &finding.help);
        }
        if let Some(rule) = &finding.rule {
            self.rule(out, rule, positions);
        }
    }

    /// A file that was not read has no line to show, but its path.
    fn file_without_text(&self, out: &mut String, finding: &Finding, positions: &Positions) {
        let source = finding
            .places
            .first()
            .and_then(|place| positions.source(place.span));
        if let Some(source) = source.filter(|source| source.text.is_empty()) {
            self.wrapped(out, "  文件：", &source.name);
        }
    }

    fn rule(&self, out: &mut String, rule: &RuleLine, positions: &Positions) {
        if !rule.basis.is_empty() {
            self.wrapped(out, "  依据：", &rule.basis);
        }
        let line = positions.text(rule.span).trim().lines().next().unwrap_or("");
        if !line.is_empty() {
            let place = location(rule.span, positions);
            self.wrapped(out, "  规则：", &format!("{place} {line}"));
        }
    }

    fn verdict(&self, out: &mut String, outcome: &Outcome) {
        let color = match outcome.verdict {
            Verdict::Pass => "32;1",
            Verdict::Fail => "31;1",
            Verdict::Undetermined => "33;1",
        };
        let _ = write!(out, "{}：", wrap::one_line(&outcome.path));
        self.painted(out, color, words::verdict(outcome.verdict));
        let tally = words::tally(outcome);
        if !tally.is_empty() {
            let _ = write!(out, "（{tally}）");
        }
        out.push('\n');
        for reason in words::untold_reasons(outcome) {
            self.wrapped(out, "  原因：", reason);
        }
    }

    /// What could not be judged, those of one check and with one reason together.
    fn not_judged(&self, out: &mut String, entries: &[NotJudged]) {
        let mut groups: Vec<(&NotJudged, Vec<&str>)> = Vec::new();
        for entry in entries {
            let same = |first: &NotJudged| first.check == entry.check && first.reason == entry.reason;
            match groups.iter_mut().find(|(first, _)| same(first)) {
                Some((_, subjects)) if subjects.contains(&entry.subject.as_str()) => {}
                Some((_, subjects)) => subjects.push(&entry.subject),
                None => groups.push((entry, vec![&entry.subject])),
            }
        }
        for (first, subjects) in groups.iter().take(REASONS) {
            let named: Vec<&str> = subjects
                .iter()
                .copied()
                .filter(|subject| !subject.is_empty())
                .collect();
            let mut text = named[..named.len().min(SUBJECTS)].join("、");
            if named.len() > SUBJECTS {
                let _ = write!(text, "等 {} 项", named.len());
            }
            let check = if text.is_empty() {
                first.check.clone()
            } else {
                format!("（{}）", first.check)
            };
            self.wrapped(out, "  无从核对：", &format!("{text}{check}：{}", first.reason));
        }
        let rest: usize = groups
            .iter()
            .skip(REASONS)
            .map(|(_, subjects)| subjects.len())
            .sum();
        if rest > 0 {
            let text = format!("另有 {rest} 项，用 --format json 可看全部。");
            self.wrapped(out, "  无从核对：", &text);
        }
    }

    fn wrapped(&self, out: &mut String, first: &str, text: &str) {
        wrap::wrapped(out, first, text, self.look.width);
    }

    fn painted(&self, out: &mut String, code: &str, text: &str) {
        if self.look.color {
            let _ = write!(out, "\u{1b}[{code}m{text}\u{1b}[0m");
        } else {
            out.push_str(text);
        }
    }
}

fn color_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "31;1",
        Severity::Warning => "33;1",
        Severity::Info => "36;1",
    }
}
