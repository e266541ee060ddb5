//! What a user's own file declares and nothing uses. Only what is certain is told: 换算 and 同类单位 change how reports
//! are read, and 数据 are held against the report wherever a check of the program links names, so these count as used.

use super::citations::Library;
use super::{faults, mentioned};
use crate::finding::Finding;
use crate::syntax::keywords::{Word, text};
use crate::syntax::{Content, File, Statement, Words};
use std::collections::HashSet;

/// The 代号 of the checks that look up every declared name in a report.
const LINKING: [&str; 3] = ["target-mismatch", "actual-mismatch", "amount-mismatch"];

/// What all files use.
#[derive(Default)]
struct Used<'a> {
    /// Names in formulas.
    names: HashSet<&'a str>,
    /// 评分标准 by which something is scored.
    standards: HashSet<&'a str>,
    /// Whether declared names are looked up in reports.
    links: bool,
    /// Whether there is anything to be scored.
    scores: bool,
}

/// Tells what nothing uses.
pub fn check(library: &Library, findings: &mut Vec<Finding>) {
    // Where a line could not be read, it may be the one that uses something.
    let unread = library
        .findings
        .iter()
        .any(|finding| finding.check == "rule-syntax");
    let mut used = Used::default();
    for statement in library.files.iter().flat_map(|file| &file.statements) {
        used.by(statement);
    }
    used.scores &= !unread;
    used.links |= unread;
    let mut users = library.users.clone();
    users.sort_unstable();
    users.dedup();
    for file in users.into_iter().filter_map(|at| library.files.get(at)) {
        unused(file, &used, findings);
    }
}

impl<'a> Used<'a> {
    fn by(&mut self, statement: &'a Statement) {
        mentioned::by_statement(statement, &mut self.names);
        let code = statement.all(Word::Code).find_map(|line| line.words());
        let built_in = statement.all(Word::BuiltIn).next().is_some();
        self.links |= built_in && code.is_some_and(|code| LINKING.contains(&code.text.as_str()));
        self.scores |= statement.word == Word::Third;
        for line in std::iter::once(statement).chain(&statement.attributes) {
            match &line.content {
                Content::Scoring(scoring) => {
                    self.standards.insert(&scoring.standard.text);
                }
                Content::DefaultScoring(parts) => {
                    self.standards
                        .extend(parts.iter().map(|(_, scoring)| scoring.standard.text.as_str()));
                }
                _ => {}
            }
        }
    }
}

fn unused(file: &File, used: &Used, findings: &mut Vec<Finding>) {
    for statement in &file.statements {
        let Some(name) = statement.words() else { continue };
        match statement.word {
            Word::Check if statement.all(Word::BuiltIn).next().is_none() => parameters(statement, findings),
            Word::Standard => {
                parameters(statement, findings);
                if used.scores && !used.standards.contains(name.text.as_str()) {
                    findings.push(standard(statement, name));
                }
            }
            Word::Data if !used.links && !is_named(statement, name, used) => {
                findings.push(data(statement, name))
            }
            _ => {}
        }
    }
}

/// Whether a formula speaks of it by its name or an 别名.
fn is_named(statement: &Statement, name: &Words, used: &Used) -> bool {
    let aliases = statement.all(Word::Aliases).flat_map(|line| match &line.content {
        Content::List(items) => items.as_slice(),
        _ => &[],
    });
    std::iter::once(name)
        .chain(aliases)
        .any(|call| used.names.contains(call.text.as_str()))
}

/// 参数 that no formula beside them speaks of.
fn parameters(statement: &Statement, findings: &mut Vec<Finding>) {
    if statement.incomplete {
        return;
    }
    let mut names = HashSet::new();
    mentioned::by_statement(statement, &mut names);
    for line in statement.all(Word::Parameter) {
        if let Content::Parameter(parameter) = &line.content
            && names.insert(parameter.name.text.as_str())
        {
            let name = &parameter.name.text;
            let kind = text(statement.word);
            let message = format!("参数“{name}”在这条{kind}里没有用到。");
            let help = format!("公式里该用它的地方写“{name}”，或者删去这一行。");
            findings.push(faults::warning("rule-unused", message, line.span).help(help));
        }
    }
}

fn standard(statement: &Statement, name: &Words) -> Finding {
    let message = format!("评分标准“{}”没有指标用到。", name.text);
    let help = format!("指标下面写“评分：{}”才会用它；不用就删去。", name.text);
    faults::info("rule-unused", message, statement.span).help(help)
}

fn data(statement: &Statement, name: &Words) -> Finding {
    let message = format!("数据“{}”没有一条检查用到。", name.text);
    let help = format!(
        "写一条用到它的检查，例如：要求：{}.实际 有值；或者加一行“引用：通用/自评表”，各处写的数会互相对照。",
        name.text
    );
    faults::info("rule-unused", message, statement.span).help(help)
}
