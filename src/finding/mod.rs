//! A finding is what the tool tells its reader; an outcome is all that was found of one report. Plain data.

pub mod fingerprint;

use crate::source::{Source, Span};
use std::sync::Arc;

/// How grave a finding is, by its consequence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// 错误: what a finance office returns a report for.
    Error,
    /// 警告: what it asks about.
    Warning,
    /// 提醒: a hint.
    Info,
}

/// A place in a report or a rule file that took part in a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Where it stands.
    pub span: Span,
    /// What it is there: 目标, 完成值, 分值, 得分 …; empty where the words speak for themselves.
    pub role: String,
    /// A short remark for the mark at the place, such as “这里是 8000 家”.
    pub note: String,
    /// The address that a reader of the document understands: 第3段, 表2 第4行“得分”.
    pub address: String,
}

/// The line of a rule file that demanded what was not met.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleLine {
    /// The line in the rule file.
    pub span: Span,
    /// The document that it rests on (依据), may be empty.
    pub basis: String,
}

/// Why a finding stands no more: somebody has answered for it in a 采纳 file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Accepted {
    /// 理由
    pub reason: String,
    /// 批准: who answers for it, may be empty.
    pub by: String,
    /// 到期: the last day on which it holds, as written; may be empty.
    pub until: String,
    /// The entry in the 采纳 file.
    pub span: Span,
}

/// One fault, told to the reader with every place that took part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The check's id (代号), or its Chinese name where it has none.
    pub check: String,
    /// The fault's Chinese name.
    pub title: String,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in one or two plain sentences with the numbers.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The indicator, name or group that it is about; may be empty.
    pub subject: String,
    /// The value as stated, in plain decimal notation.
    pub stated: Option<String>,
    /// The value as it should be, in plain decimal notation.
    pub expected: Option<String>,
    /// The rule that was broken.
    pub rule: Option<RuleLine>,
    /// Every place that took part; the first is where the fault is shown.
    pub places: Vec<Place>,
    /// What it is known by in later runs; given by `fingerprint::stamp` when all findings of a report are together.
    pub fingerprint: String,
    /// Who has accepted it and why, where somebody has: it is told, but no longer counts.
    pub accepted: Option<Accepted>,
}

impl Finding {
    /// A finding with its words and one place; the rest is filled in by the caller.
    pub fn new(check: &str, title: &str, severity: Severity, message: String, span: Span) -> Finding {
        Finding {
            check: check.to_owned(),
            title: title.to_owned(),
            severity,
            message,
            help: String::new(),
            subject: String::new(),
            stated: None,
            expected: None,
            rule: None,
            places: vec![Place {
                span,
                role: String::new(),
                note: String::new(),
                address: String::new(),
            }],
            fingerprint: String::new(),
            accepted: None,
        }
    }

    /// Whether it counts: nobody has accepted it.
    pub fn stands(&self) -> bool {
        self.accepted.is_none()
    }

    /// The same finding with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = help.into();
        self
    }

    /// The same finding with a further place.
    pub fn and(mut self, span: Span, role: &str, note: impl Into<String>) -> Finding {
        self.places.push(Place {
            span,
            role: role.to_owned(),
            note: note.into(),
            address: String::new(),
        });
        self
    }
}

/// What a run says of a report (or rule file) as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// 通过
    Pass,
    /// 不通过
    Fail,
    /// 无法判定: something that exists was not read, or nothing was judged.
    Undetermined,
}

/// A check that could not be judged on a subject, and why. Never a verdict by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotJudged {
    /// The check's id.
    pub check: String,
    /// What it would have judged.
    pub subject: String,
    /// Why it could not, in words for the reader.
    pub reason: String,
}

/// What came of one check on a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckTally {
    /// Its id, or its Chinese name where it has none.
    pub check: String,
    /// Its Chinese name.
    pub title: String,
    /// Judgements that held.
    pub passed: u32,
    /// Judgements that did not hold.
    pub failed: u32,
    /// Judgements that could not be made.
    pub not_judged: u32,
}

/// How much stood behind a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Summary {
    /// Judgements made: passed and failed.
    pub judged: u32,
    /// Judgements that held.
    pub passed: u32,
    /// Judgements that did not hold.
    pub failed: u32,
    /// Judgements that could not be made.
    pub not_judged: u32,
    /// Quantities found in the report.
    pub numbers: u32,
    /// Of these, how many took part in a judgement.
    pub used: u32,
}

/// A rule file or built-in pack that judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackUsed {
    /// Its 规则 name.
    pub name: String,
    /// Its 版本, may be empty.
    pub version: String,
    /// 适用年度 as it is shown; empty where it judges in every year.
    pub years: String,
    /// The first 12 hex digits of the SHA-256 of its text.
    pub digest: String,
}

/// What an 调整 or 不适用 changes, old beside new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adjusted {
    /// 检查／超额较多无说明
    pub target: String,
    /// 参数 超额界限; empty where the whole is switched off.
    pub what: String,
    /// As the cited rule says it; empty where it says nothing.
    pub before: String,
    /// As it is now.
    pub after: String,
    /// 理由
    pub reason: String,
    /// The line that changes it.
    pub span: Span,
}

/// All that was found of one report or one rule file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The path as the user gave it.
    pub path: String,
    /// The files that it was read from, where they are several; otherwise empty.
    pub files: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// Why the verdict is 无法判定, where it is; otherwise empty.
    pub reasons: Vec<String>,
    /// The year that the report speaks of.
    pub year: Option<i32>,
    /// The kind of form that was recognised.
    pub kind: Option<String>,
    /// What judged, in the order in which it was loaded.
    pub rules: Vec<PackUsed>,
    /// The figures behind the verdict.
    pub summary: Summary,
    /// What came of each check, in the order in which they were made.
    pub checks: Vec<CheckTally>,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
    /// The findings, in the order of their first places.
    pub findings: Vec<Finding>,
    /// The findings that an earlier run has told already and that are therefore left out; nothing where no earlier run was
    /// named.
    pub known: Option<Vec<Finding>>,
    /// Of a rule file: what it changes of the rules that it cites.
    pub adjusted: Vec<Adjusted>,
    /// Plain remarks on how the file was read, such as the encoding that was assumed.
    pub notes: Vec<String>,
    /// The sources that spans point into, by their id.
    pub sources: Vec<Arc<Source>>,
}

/// What says that the report lacks something: its places show what there is instead, and in a report of several files
/// it may stand in one that was not read.
pub const OF_ABSENCE: &[&str] = &[
    "missing-section",
    "missing-step",
    "missing-attachment",
    "missing-group",
    "missing-indicator",
];

impl Outcome {
    /// Whether anything that grave stands.
    pub fn has(&self, severity: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.stands() && finding.severity == severity)
    }

    /// What somebody has accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.stands())
    }

    /// What an earlier run has told already.
    pub fn known(&self) -> &[Finding] {
        self.known.as_deref().unwrap_or_default()
    }

    /// The verdict by what stands: an error fails, and what was not read leaves it undetermined.
    pub fn settled(&self) -> Verdict {
        if self.has(Severity::Error) {
            Verdict::Fail
        } else if self.reasons.is_empty() {
            Verdict::Pass
        } else {
            Verdict::Undetermined
        }
    }

    /// Whether a path is that of the report, or of one of its files.
    pub fn is_own(&self, path: &str) -> bool {
        path == self.path || self.files.iter().any(|file| file == path)
    }
}
