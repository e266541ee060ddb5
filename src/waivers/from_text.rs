//! The text of a 采纳 file to its entries; one that does not say who accepts what and why is an error and accepts
//! nothing.

use super::{Waiver, fault};
use crate::finding::{Finding, Severity};
use crate::source::{SourceId, Span};
use crate::syntax::date::Date;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, Statement, from_text};

/// The entries of a file, and what is wrong with it.
pub fn read(text: &str, id: SourceId) -> (Vec<Waiver>, Vec<Finding>) {
    let (file, mut findings) = from_text::parse(text, id);
    let mut waivers = Vec::new();
    for statement in &file.statements {
        match statement.word {
            Word::Accept => match entry(statement) {
                Ok(waiver) => waivers.extend(waiver),
                Err(finding) => findings.push(*finding),
            },
            Word::Rules | Word::Remark | Word::Basis => {}
            word => findings.push(no_rule(statement, word)),
        }
    }
    (waivers, findings)
}

fn no_rule(statement: &Statement, word: Word) -> Finding {
    let message = format!("采纳文件里不能写“{}”，这里只写采纳。", keywords::text(word));
    fault("waiver-incomplete", Severity::Error, message, statement.span)
        .help("规则写在规则文件里，用 --rules 或者和报告一起列出。")
}

/// An entry; nothing where a line of it could not be read, which is told already.
fn entry(statement: &Statement) -> Result<Option<Waiver>, Box<Finding>> {
    let Content::Path(path) = &statement.content else {
        return Ok(None);
    };
    let steps: Vec<&str> = path.iter().map(|step| step.text.as_str()).collect();
    let target = steps.join("／");
    let text = |word: Word| {
        let line = statement.all(word).find_map(|line| line.words());
        line.map_or("", |words| words.text.trim())
    };
    let lacking: Vec<&str> = [(Word::Fingerprint, "指纹"), (Word::Reason, "理由")]
        .into_iter()
        .filter(|(word, _)| text(*word).is_empty())
        .map(|(_, name)| name)
        .collect();
    if !lacking.is_empty() {
        return match statement.incomplete {
            true => Ok(None),
            false => Err(Box::new(incomplete(statement, &target, &lacking))),
        };
    }
    let until = text(Word::Until);
    let whole = statement.attributes.iter().map(|line| line.span);
    Ok(Some(Waiver {
        target,
        fingerprint: text(Word::Fingerprint).to_ascii_lowercase(),
        reason: text(Word::Reason).to_owned(),
        by: text(Word::By).to_owned(),
        until: Date::read(until).map(|day| (until.to_owned(), day)),
        span: statement.span,
        whole: whole.fold(statement.span, Span::join),
    }))
}

fn incomplete(statement: &Statement, target: &str, lacking: &[&str]) -> Finding {
    let message = format!(
        "采纳“{target}”没有写{}，这一条不起作用。",
        lacking.join("，也没有写")
    );
    let help = match lacking {
        ["理由"] => "下面写一行“理由：…”，说明为什么这样写没有问题。",
        _ => "用 jixiao accept 写采纳文件，指纹由程序写上。",
    };
    fault("waiver-incomplete", Severity::Error, message, statement.span).help(help)
}
