//! The list of checks that only code can make, each one file with its documentation and its page of cases; and the
//! judgements that all checks bring in. Formulas of the rule language are judged by `formulas`.

use crate::finding::{Finding, NotJudged, Place, RuleLine};
use crate::ledger::Ledger;
use crate::model;
use crate::packs;

/// What checks bring in, in the order in which they were made.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Judgements {
    /// What did not hold.
    pub findings: Vec<Finding>,
    /// How many judgements held.
    pub passed: u32,
    /// How many did not.
    pub failed: u32,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
    /// How many of the judgements were only of letters: a report of which nothing else was judged has not passed.
    pub of_letters: u32,
}

impl Judgements {
    /// A judgement that did not hold.
    pub fn fail(&mut self, finding: Finding) {
        self.failed += 1;
        self.findings.push(finding);
    }

    /// A judgement that could not be made.
    pub fn skip(&mut self, check: &str, subject: &str, reason: impl Into<String>) {
        let (check, subject) = (check.to_owned(), subject.to_owned());
        self.not_judged.push(NotJudged {
            check,
            subject,
            reason: reason.into(),
        });
    }
}

/// A check that only code can make. The rules switch it on with 内置, and give it severity, basis and advice.
pub struct BuiltIn {
    /// Its id, forever.
    pub id: &'static str,
    /// Its documentation: the head of its file.
    pub documentation: &'static str,
    /// Judges a report.
    pub run: fn(&mut Ledger, &model::Check, &mut Judgements),
}

/// Declares the modules and the list at once; the id is the file's name with hyphens.
macro_rules! checks {
    ($($name:ident = $id:literal),* $(,)?) => {
        $(pub mod $name;)*
        /// Every check that only code can make.
        pub const CHECKS: &[BuiltIn] = &[$(BuiltIn {
            id: $id,
            documentation: include_str!(concat!(stringify!($name), ".rs")),
            run: $name::run,
        }),*];
    };
}

/// What a check says of a line of the rules that the report does not meet, with the check's own advice.
fn unmet(check: &model::Check, message: String, rule: RuleLine, places: Vec<Place>) -> Finding {
    let finding = Finding::new(
        check.id(),
        &check.name,
        check.severity,
        message,
        Default::default(),
    );
    Finding {
        rule: Some(rule),
        places,
        ..finding.help(formulas::plain_help(check))
    }
}

pub mod formulas;
mod said_sums;
mod schemes;
mod sentence_sum;
mod statements;
mod told;

checks! {
    target_mismatch = "target-mismatch",
    actual_mismatch = "actual-mismatch",
    amount_mismatch = "amount-mismatch",
    missing_section = "missing-section",
    missing_step = "missing-step",
    missing_attachment = "missing-attachment",
    forbidden_word = "forbidden-word",
    weight_scheme = "weight-scheme",
    score_over_weight = "score-over-weight",
    count_sum = "count-sum",
    fund_sum = "fund-sum",
    ratio_claim = "ratio-claim",
    enumeration_count = "enumeration-count",
    contradiction = "contradiction",
    year_mismatch = "year-mismatch",
    numbering = "numbering",
    confusable_character = "confusable-character",
    typo = "typo",
}

/// Judges a report by every check of its rules, in the order of dependence.
pub fn judge(ledger: &mut Ledger) -> Judgements {
    let mut judgements = Judgements::default();
    let model = ledger.model;
    for check in formulas::in_order(&model.checks) {
        match CHECKS
            .iter()
            .find(|built_in| check.built_in && built_in.id == check.id())
        {
            Some(built_in) => (built_in.run)(ledger, check, &mut judgements),
            None if check.built_in => judgements.skip(check.id(), "", "本版程序还没有这一项检查"),
            None => formulas::run(ledger, check, &mut judgements),
        }
    }
    judgements
}

/// What a check finds, in Chinese: the head of its file, and the formulas that a built-in pack states for it.
pub fn explain(id: &str) -> Option<String> {
    let of_code = CHECKS.iter().find(|check| check.id == id).map(documentation);
    let statements = packs::PACKS.iter().flat_map(|pack| statements_of(pack, id));
    // The statement that only switches code on says no more than the code's own documentation.
    let formulas = statements.filter(|statement| of_code.is_none() || !statement.contains("\n　内置"));
    let all: Vec<String> = of_code.iter().cloned().chain(formulas).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

fn documentation(check: &BuiltIn) -> String {
    let head = check
        .documentation
        .lines()
        .take_while(|line| line.starts_with("//!"));
    let lines: Vec<&str> = head.map(|line| line[3..].trim_start_matches(' ')).collect();
    lines.join("\n")
}

/// The 检查 blocks of a pack that bear this id or name, as they are written.
fn statements_of(pack: &packs::BuiltIn, id: &str) -> Vec<String> {
    let blocks = pack
        .text
        .split("\n\n")
        .map(str::trim)
        .filter(|block| block.starts_with("检查："));
    let bears = |block: &&str| {
        block
            .lines()
            .any(|line| line.trim() == format!("代号：{id}") || line == format!("检查：{id}"))
    };
    blocks
        .filter(bears)
        .map(|block| format!("{block}\n（见规则包“{}”）", pack.name))
        .collect()
}

/// Every id that `explain` knows.
pub fn known_ids() -> Vec<String> {
    let mut ids: Vec<String> = CHECKS.iter().map(|check| check.id.to_owned()).collect();
    for line in packs::PACKS.iter().flat_map(|pack| pack.text.lines()) {
        if let Some(code) = line.trim().strip_prefix("代号：")
            && !ids.iter().any(|id| id == code)
        {
            ids.push(code.to_owned());
        }
    }
    ids.sort();
    ids
}
