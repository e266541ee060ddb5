//! 验证 to trials: what is tried, what must come of it, and what is wrong with the statement itself.

use super::draft::Draft;
use super::{Check, Model, faults};
use crate::finding::{Finding, Severity};
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File, Statement, nearest};
use std::collections::{HashMap, HashSet};

/// 不应提示：全部
const ALL: &str = "全部";

/// A 验证: a piece of a report, and what the rules must or must not find in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trial {
    /// Its name.
    pub name: String,
    /// 原文, line by line.
    pub samples: Vec<Line>,
    /// 原文文件, as paths beside the rule file.
    pub files: Vec<Line>,
    /// 年度: the year of the report.
    pub year: Option<i32>,
    /// 应提示.
    pub expected: Vec<Expectation>,
    /// 不应提示.
    pub unexpected: Vec<Expectation>,
    /// The line that opens it.
    pub span: Span,
}

/// A line of a trial.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What stands after the colon.
    pub text: String,
    /// The line.
    pub span: Span,
}

/// What 应提示 or 不应提示 names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expectation {
    /// As it is written.
    pub written: String,
    /// The check's name or 代号; none for 全部.
    pub check: Option<String>,
    /// What the finding must be about, where it is said.
    pub subject: Option<String>,
    /// The line.
    pub span: Span,
}

/// A name as it is compared: without blanks and the quotes that some put around it.
pub fn plain(name: &str) -> String {
    let quotes = |sign: &char| {
        matches!(
            sign,
            '“' | '”' | '"' | '＂' | '「' | '」' | '‘' | '’' | '《' | '》'
        )
    };
    let hidden = |sign: &char| sign.is_whitespace() || matches!(sign, '\u{200B}' | '\u{FEFF}');
    let kept = |sign: &char| !quotes(sign) && !hidden(sign);
    name.chars().filter(kept).collect()
}

/// Reads the trials of the user's own files; those of packs that they cite are tried with the packs.
pub fn resolve<'f>(draft: &mut Draft, files: impl Iterator<Item = &'f File>) {
    for file in files.filter(|file| file.all(Word::Trial).next().is_some()) {
        if !draft.users.contains(&file.source) {
            continue;
        }
        let checks = known(draft);
        let mut stated: HashMap<&str, Span> = HashMap::new();
        for statement in file.all(Word::Trial) {
            let Some(name) = statement.words() else { continue };
            match stated.get(name.text.as_str()) {
                Some(before) => draft.duplicate("验证", &name.text, statement.span, *before),
                None => {
                    stated.insert(&name.text, statement.span);
                }
            }
            one(draft, statement, &name.text, &checks);
        }
    }
}

/// The names and ids of all checks, those among them of which a formula could not be read, and those switched off.
fn known(draft: &Draft) -> HashSet<String> {
    let files = draft.library.into_iter().flat_map(|library| &library.files);
    let written = files.flat_map(|file| file.all(Word::Check)).flat_map(|check| {
        let code = check.all(Word::Code).find_map(|line| line.words());
        check.words().into_iter().chain(code)
    });
    written.map(|words| plain(&words.text)).collect()
}

fn one(draft: &mut Draft, statement: &Statement, name: &str, checks: &HashSet<String>) {
    let years: Vec<(i32, Span)> = statement
        .all(Word::Year)
        .filter_map(|line| match line.content {
            Content::Year(year) => Some((year, line.span)),
            _ => None,
        })
        .collect();
    if let [(_, first), .., (_, last)] = years[..] {
        let finding = faults::error("rule-duplicate", "这个验证的年度写了两次。", last);
        draft.tell(finding.help("留下一处。").and(first, "", "先写在这里"));
    }
    let trial = Trial {
        name: name.to_owned(),
        samples: lines(statement, Word::Sample),
        files: lines(statement, Word::SampleFile),
        year: years.first().map(|(year, _)| *year),
        expected: expectations(draft, statement, Word::Expect, checks),
        unexpected: expectations(draft, statement, Word::ExpectNot, checks),
        span: statement.span,
    };
    if !statement.incomplete {
        draft.findings.extend(lacking(&trial, &draft.model));
    }
    draft.findings.extend(opposed(&trial));
    draft.model.trials.push(trial);
}

fn lines(statement: &Statement, word: Word) -> Vec<Line> {
    let words = |line: &Statement| {
        let words = line.words()?;
        Some(Line {
            text: words.text.clone(),
            span: line.span,
        })
    };
    statement.all(word).filter_map(words).collect()
}

fn expectations(
    draft: &mut Draft,
    statement: &Statement,
    word: Word,
    checks: &HashSet<String>,
) -> Vec<Expectation> {
    let mut all = Vec::new();
    for line in lines(statement, word) {
        let expectation = expectation(&line, checks);
        match &expectation.check {
            None if word == Word::Expect => draft.tell(not_all(&line)),
            Some(check) if !checks.contains(&plain(check)) => draft.tell(unknown(&line, check, checks)),
            _ => {}
        }
        all.push(expectation);
    }
    all
}

/// 检查／主体: a name of a check may hold a slash itself, so the longest known one counts.
fn expectation(line: &Line, checks: &HashSet<String>) -> Expectation {
    let text = line.text.trim_end_matches(['。', '；', ';']).trim();
    let is_known = |name: &str| checks.contains(&plain(name));
    let mut cuts = text.char_indices().rev().filter(|(_, sign)| is_slash(*sign));
    let cut = cuts.find(|(at, _)| is_known(&text[..*at]));
    let cut = cut.or_else(|| text.char_indices().find(|(_, sign)| is_slash(*sign)));
    let (check, subject) = match cut.filter(|_| !is_known(text)) {
        Some((at, sign)) => (&text[..at], Some(text[at + sign.len_utf8()..].trim())),
        None => (text, None),
    };
    Expectation {
        written: text.to_owned(),
        check: (plain(text) != ALL).then(|| check.trim().to_owned()),
        subject: subject.filter(|subject| !subject.is_empty()).map(str::to_owned),
        span: line.span,
    }
}

fn is_slash(sign: char) -> bool {
    matches!(sign, '/' | '／')
}

fn not_all(line: &Line) -> Finding {
    faults::error("rule-trial", "“应提示”不能写“全部”。", line.span)
        .help("写应当查出的那一项，例如：应提示：目标前后不一致／上云企业数")
}

fn unknown(line: &Line, check: &str, checks: &HashSet<String>) -> Finding {
    let message = format!("“{check}”不是这份规则用到的检查。");
    let parts: Vec<&str> = check.split(['、', '，', ',']).map(str::trim).collect();
    let near = nearest::like(&plain(check), checks.iter().map(String::as_str));
    let help = if parts.len() > 1 && parts.iter().any(|part| checks.contains(&plain(part))) {
        "一行只写一项检查，其余的另起一行再写。".to_owned()
    } else if near.is_empty() {
        "写检查的名称或代号：本文件“检查：”后面的名称，或用 jixiao explain 查到的名称。".to_owned()
    } else {
        format!("是不是{}？", faults::quoted(near))
    };
    faults::error("rule-unknown-name", message, line.span).help(help)
}

/// A trial tries something and expects something of it.
fn lacking(trial: &Trial, model: &Model) -> Option<Finding> {
    let name = &trial.name;
    let nothing_tried = trial.samples.is_empty() && trial.files.is_empty();
    let nothing_expected = trial.expected.is_empty() && trial.unexpected.is_empty();
    let (message, help) = match (nothing_tried, nothing_expected) {
        (false, false) => return None,
        (true, false) => (format!("验证“{name}”没有原文。"), how_to_try().to_owned()),
        (false, true) => (
            format!("验证“{name}”没有写应当查出什么。"),
            format!("下面{}", how_to_expect(trial, model)),
        ),
        (true, true) => (
            format!("验证“{name}”没有原文，也没有写应当查出什么。"),
            format!("{}再{}", how_to_try(), how_to_expect(trial, model)),
        ),
    };
    Some(faults::error("rule-trial", message, trial.span).help(help))
}

fn how_to_try() -> &'static str {
    "下面写一段报告里的话，例如：原文：全年培训8000人。也可以写报告文件，例如：原文文件：“./样例.md”。"
}

fn how_to_expect(trial: &Trial, model: &Model) -> String {
    let own = |check: &&Check| check.span.source == trial.span.source;
    let example = model.checks.iter().find(own).or(model.checks.first());
    let example = example.map_or("目标前后不一致", |check| check.name.as_str());
    format!("写应当查出的问题，例如：应提示：{example}；原文没有问题的，写：不应提示：全部")
}

/// What must be found cannot be what must not.
fn opposed(trial: &Trial) -> Vec<Finding> {
    let same = |one: &Expectation, other: &Expectation| {
        let key = |it: &Expectation| (it.check.as_deref().map(plain), it.subject.as_deref().map(plain));
        key(one) == key(other)
    };
    let told = trial.unexpected.iter().filter_map(|not| {
        let wanted = trial.expected.iter().find(|wanted| same(wanted, not))?;
        let message = format!("“{}”既写在应提示里，又写在不应提示里。", not.written);
        let finding = faults::error("rule-trial", message, not.span);
        Some(finding.help("删去其中一行。").and(wanted.span, "", "先写在这里"))
    });
    told.collect()
}

impl Expectation {
    /// Whether a finding is what is meant here, leaving aside what it is about. 全部 means each warning and error.
    pub fn names(&self, finding: &Finding) -> bool {
        match self.check.as_deref().map(plain) {
            None => finding.severity <= Severity::Warning,
            Some(check) => check == plain(&finding.check) || check == plain(&finding.title),
        }
    }
}
