//! The list of checks that only code can make, each one file with its documentation and its page of cases; and the
//! judgements that all checks bring in. Formulas of the rule language are judged by `formulas`.

use crate::finding::{CheckTally, Finding, NotJudged, Place, RuleLine};
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
    /// What came of each check.
    pub tallies: Vec<CheckTally>,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
    /// How many of the judgements were only of letters: a report of which nothing else was judged has not passed.
    pub of_letters: u32,
    /// Numbers that findings call wrong, for `one_fault`.
    pub suspects: Vec<one_fault::Suspect>,
}

impl Judgements {
    /// A judgement that did not hold.
    pub fn fail(&mut self, finding: Finding) {
        self.failed += 1;
        self.findings.push(finding);
    }

    /// What a check has brought in beside what there was `before`. Statements of one name count as one.
    fn count(&mut self, check: &model::Check, before: (u32, u32, usize)) {
        let tally = CheckTally {
            check: check.id().to_owned(),
            title: check.name.clone(),
            passed: self.passed - before.0,
            failed: self.failed - before.1,
            not_judged: (self.not_judged.len() - before.2) as u32,
        };
        self.add_tally(tally);
    }

    /// Adds what came of a check to what is known of it.
    fn add_tally(&mut self, tally: CheckTally) {
        if tally.passed + tally.failed + tally.not_judged == 0 {
            return;
        }
        match self.tallies.iter_mut().find(|known| known.title == tally.title) {
            Some(known) => {
                known.passed += tally.passed;
                known.failed += tally.failed;
                known.not_judged += tally.not_judged;
            }
            None => self.tallies.push(tally),
        }
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
    pub run: Run,
    /// Judges each form behind the first, where it looks at forms one by one.
    of_form: Option<Run>,
}

/// How a check judges what a ledger holds.
type Run = fn(&mut Ledger, &model::Check, &mut Judgements);

/// Declares the modules and the list at once; the id is the file's name with hyphens. What follows `each form by` is
/// the function that judges one form of several.
macro_rules! checks {
    (@of $name:ident) => { None };
    (@of $name:ident $run:ident) => { Some($name::$run) };
    ($($name:ident = $id:literal $(, each form by $run:ident)?);* $(;)?) => {
        $(pub mod $name;)*
        /// Every check that only code can make.
        pub const CHECKS: &[BuiltIn] = &[$(BuiltIn {
            id: $id,
            documentation: include_str!(concat!(stringify!($name), ".rs")),
            run: $name::run,
            of_form: checks!(@of $name $($run)?),
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

mod cells;
mod consequences;
mod forms;
pub mod formulas;
mod said_differences;
mod said_sums;
mod fund_lists;
mod one_fault;
pub mod pages;
mod schemes;
mod sentence_sum;
mod statements;
mod told;

checks! {
    target_mismatch = "target-mismatch";
    actual_mismatch = "actual-mismatch";
    amount_mismatch = "amount-mismatch";
    missing_section = "missing-section";
    missing_step = "missing-step";
    missing_attachment = "missing-attachment";
    forbidden_word = "forbidden-word";
    weight_scheme = "weight-scheme", each form by run;
    score_over_weight = "score-over-weight", each form by run;
    count_sum = "count-sum";
    fund_sum = "fund-sum", each form by of_form;
    score_sum = "score-sum";
    ratio_claim = "ratio-claim";
    enumeration_count = "enumeration-count";
    contradiction = "contradiction";
    year_mismatch = "year-mismatch";
    numbering = "numbering";
    unit_scale = "unit-scale", each form by of_form;
    unit_mismatch = "unit-mismatch", each form by run;
    actual_not_numeric = "actual-not-numeric", each form by run;
    actual_as_comparator = "actual-as-comparator", each form by of_form;
    comparator_direction = "comparator-direction", each form by run;
    missing_value = "missing-value", each form by run;
    missing_group = "missing-group", each form by run;
    missing_indicator = "missing-indicator";
    explanation_required = "explanation-required", each form by run;
    goal_copied = "goal-copied", each form by run;
    goal_text = "goal-text", each form by run;
    wrong_category = "wrong-category", each form by run;
    template_leftover = "template-leftover";
    confusable_character = "confusable-character";
    typo = "typo";
}

/// Judges a report by every check of its rules; a number that several of them stumble over is told once.
pub fn judge(ledger: &mut Ledger) -> Judgements {
    let checks = formulas::in_order(&ledger.model.checks);
    one_fault::told_once(ledger, &mut |ledger| by_all(&checks, ledger))
}

/// The judgements of all checks, in the order of dependence.
fn by_all<'a>(checks: &[&'a model::Check], ledger: &mut Ledger<'a>) -> Judgements {
    let mut judgements = Judgements::default();
    for check in checks.iter().copied() {
        let before = (judgements.passed, judgements.failed, judgements.not_judged.len());
        match forms::built_in(check) {
            Some(built_in) => settled(ledger, &mut judgements, |ledger, judgements| {
                (built_in.run)(ledger, check, judgements)
            }),
            None if check.built_in => judgements.skip(check.id(), "", "本版程序还没有这一项检查"),
            None => formulas::run(ledger, check, &mut judgements),
        }
        judgements.count(check, before);
    }
    settled(ledger, &mut judgements, |ledger, judgements| {
        forms::judge_others(ledger, checks, judgements)
    });
    consequences::leave_out(&mut judgements);
    forms::name_forms(ledger, &mut judgements.findings);
    judgements
}

/// Makes a judgement, unless it has been made before and would tell nothing once more.
fn settled<'a>(
    ledger: &mut Ledger<'a>,
    judgements: &mut Judgements,
    make: impl FnOnce(&mut Ledger<'a>, &mut Judgements),
) {
    let corrections = &ledger.corrections;
    if ledger.memory.is_settled(|cell| corrections.contains_key(&cell)) {
        return;
    }
    let before = judgements.findings.len();
    make(ledger, judgements);
    ledger.memory.made(judgements.findings.len() > before);
}

/// Every id that code or a built-in pack judges by.
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
