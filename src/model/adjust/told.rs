//! What is wrong with a 调整 or 不适用, each with what to write instead.

use super::From;
use super::find::{Target, View, called};
use crate::finding::Finding;
use crate::model::faults::{error, quoted};
use crate::source::Span;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Statement, Words};

fn wrong(message: String, span: Span, help: impl Into<String>) -> Finding {
    error("rule-override", message, span).help(help)
}

fn verb(statement: &Statement) -> &'static str {
    keywords::text(statement.word)
}

/// 理由 as written.
pub fn reason(statement: &Statement) -> String {
    said(statement, Word::Reason)
}

/// 依据 of a change, else its 理由.
pub fn basis(statement: &Statement) -> String {
    let basis = said(statement, Word::Basis);
    if basis.is_empty() {
        reason(statement)
    } else {
        basis
    }
}

fn said(statement: &Statement, word: Word) -> String {
    let lines = statement.all(word).filter_map(|line| line.words());
    lines
        .map(|words| words.text.as_str())
        .collect::<Vec<_>>()
        .join("；")
}

/// A change without 理由.
pub fn no_reason(statement: &Statement, path: &[Words]) -> Finding {
    let path: Vec<&str> = path.iter().map(|words| words.text.as_str()).collect();
    let message = format!("“{}：{}”没有写理由。", verb(statement), path.join("／"));
    wrong(
        message,
        statement.span,
        "下面加一行，写明依据哪份文件，例如：理由：市级办法第六条",
    )
}

/// An 调整 that changes nothing.
pub fn nothing(statement: &Statement, target: &Target) -> Finding {
    let row = super::apply::allowed(target.kind)
        .first()
        .map(|word| keywords::of(*word));
    let row = keywords::whole(target.kind)
        .filter(|_| target.name.is_empty())
        .or(row);
    let example = match (target.kind, row) {
        (Word::Check, _) => "参数：超额界限 = 150%".to_owned(),
        (_, Some(row)) => format!("{}：{}", row.text, row.example),
        _ => String::new(),
    };
    wrong(
        format!("“{target}”下面没有写要改什么。"),
        statement.span,
        format!("下面写改成什么，例如：{example}"),
    )
}

/// A kind that cannot be changed, or none at all.
pub fn no_kind(view: &View, statement: &Statement, path: &[Words], allowed: &[Word]) -> Finding {
    let first = path.first().map_or("", |words| words.text.as_str());
    let verb = verb(statement);
    let message = match path.len() {
        0..=1 => format!("“{verb}：{first}”没有写明是哪一类规则。"),
        _ => format!("“{first}”这一类规则不能写在“{verb}”里。"),
    };
    let kinds = view.kinds_of(path.last().map_or("", |words| &words.text), allowed);
    let help = match (kinds.as_slice(), path.last()) {
        ([kind, ..], Some(name)) => format!("写成：{verb}：{}／{}", called(*kind), name.text),
        _ => {
            let kinds = allowed.iter().map(|kind| called(*kind));
            format!(
                "写成“{verb}：检查／名称”这样。斜线前面可以是：{}。",
                quoted(kinds)
            )
        }
    };
    wrong(message, statement.span, help)
}

/// A kind without a name.
pub fn no_name(statement: &Statement, kind: Word) -> Finding {
    let (verb, kind) = (verb(statement), called(kind));
    wrong(
        format!("“{verb}：{kind}”没有写是哪一个。"),
        statement.span,
        format!("写成：{verb}：{kind}／名称"),
    )
}

/// A name behind what is changed only as a whole.
pub fn only_whole(statement: &Statement, kind: Word) -> Finding {
    let (verb, kind) = (verb(statement), called(kind));
    wrong(
        format!("“{kind}”只能整个改，后面不写名称。"),
        statement.span,
        format!("写成：{verb}：{kind}"),
    )
}

/// One grade taken away would leave a gap.
pub fn one_grade(statement: &Statement) -> Finding {
    wrong(
        "等级不能只停用其中一个，否则有的分数没有等级。".to_owned(),
        statement.span,
        "整个重写：调整：等级，下面写“区间：优 [90，100]；良 [80，90)；…”和“理由：…”。",
    )
}

/// What is changed stands in the same file.
pub fn own(statement: &Statement, kind: Word, name: &str, span: Span) -> Finding {
    let (verb, kind) = (verb(statement), called(kind));
    let path = if name.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}／{name}")
    };
    let help = "直接改那一行，再删去这一处；“调整”和“不适用”只用于所引用的规则。";
    wrong(
        format!("“{path}”就写在本文件里，不用“{verb}”。"),
        statement.span,
        help,
    )
    .and(span, "", "写在这里")
}

/// What is changed does not exist, or not where this file could see it.
pub fn absent(
    view: &View,
    from: &From,
    statement: &Statement,
    kind: Word,
    name: &str,
    elsewhere: Option<&str>,
) -> Finding {
    let shown = if name.is_empty() {
        format!("“{}”", called(kind))
    } else {
        format!("{}“{name}”", called(kind))
    };
    if let Some(pack) = elsewhere {
        let message = format!("{shown}写在“{pack}”里，本文件没有引用它。");
        return wrong(
            message,
            statement.span,
            "在文件开头加一行“引用：…”，写它的文号或文件名。",
        );
    }
    let near = view.like(from, kind, name);
    let mut others = view.kinds_of(name, super::find::ADJUSTED);
    others.retain(|_| !name.is_empty());
    let help = match (near.is_empty(), others.first(), view.lost(from)) {
        (_, Some(other), _) => format!("写成：{}：{}／{name}", verb(statement), called(*other)),
        (false, _, _) => format!("是不是{}？", quoted(near)),
        (true, _, Some(lost)) => format!("“{lost}”没有找到，也许写在那里；先改好引用。"),
        (true, None, None) => {
            "核对名称：用 jixiao packs show 加规则包的名称可以看全文；写在另一份文件里的，先引用它。"
                .to_owned()
        }
    };
    wrong(format!("所引用的规则里没有{shown}。"), statement.span, help)
}

/// A 二级指标 that stands below several 一级指标.
pub fn several(statement: &Statement, name: &str) -> Finding {
    wrong(
        format!("所引用的规则里有几个二级指标“{name}”，不知道改哪一个。"),
        statement.span,
        "改它下面的三级指标：调整：指标／名称。",
    )
}

/// A 代号 of several checks.
pub fn shared_code(statement: &Statement, code: &str, names: &[&str]) -> Finding {
    let message = format!("代号“{code}”有 {} 条检查，不知道指哪一条。", names.len());
    wrong(
        message,
        statement.span,
        format!("写检查的名称：{}。", quoted(names.iter().copied().take(6))),
    )
}

/// A 参数 of several statements.
pub fn shared_parameter(statement: &Statement, name: &str, owners: &[(Word, &str)]) -> Finding {
    let message = format!("参数“{name}”有几处，不知道改哪一处。");
    let owners = owners
        .iter()
        .take(6)
        .map(|(kind, owner)| format!("{}：{}／{owner}", verb(statement), called(*kind)));
    let owners: Vec<String> = owners.collect();
    let help = format!(
        "写明属于哪一条：{}，下面写“参数：{name} = …”。",
        owners.join("，或")
    );
    wrong(message, statement.span, help)
}

/// An attribute that the kind does not have.
pub fn not_of_kind(target: &Target, line: &Statement, allowed: &[Word]) -> Finding {
    let allowed = quoted(allowed.iter().map(|word| keywords::text(*word)));
    wrong(
        format!("“{target}”没有“{}”可改。", keywords::text(line.word)),
        line.span,
        format!("可以改的有：{allowed}。"),
    )
}

/// A formula for a check that has none.
pub fn by_program(target: &Target, line: &Statement) -> Finding {
    wrong(
        format!("“{target}”由程序判断，没有“{}”可改。", keywords::text(line.word)),
        line.span,
        "可以改“级别”“参数”“建议”“依据”；不要这条检查，写“不适用”。",
    )
}

/// 调整：参数／X with something else below it.
pub fn only_parameter(line: &Statement, name: &str) -> Finding {
    wrong(
        format!(
            "这里调整的是参数“{name}”，不能再写“{}”。",
            super::apply::what(line)
        ),
        line.span,
        format!("写成：参数：{name} = …；要改别的，写“调整：检查／名称”。"),
    )
}

/// A 参数 that nobody uses.
pub fn unknown_parameter(target: &Target, name: &Words, known: &[String]) -> Finding {
    let near = crate::syntax::nearest::like(&name.text, known.iter().map(String::as_str));
    let help = match (near.is_empty(), known.is_empty()) {
        (false, _) => format!("是不是{}？", quoted(near)),
        (true, false) => format!("它的参数有：{}。", quoted(known.iter().map(String::as_str))),
        (true, true) => "它没有参数；要改公式里的数，重写“当”“要求”或“情形”。".to_owned(),
    };
    wrong(format!("“{target}”没有参数“{}”。", name.text), name.span, help)
}

/// One file that says it twice.
pub fn twice(what: &str, span: Span, before: Span) -> Finding {
    wrong(format!("“{what}”调整了两次。"), span, "留下一处。").and(before, "", "先写在这里")
}

/// What another has switched off.
pub fn disabled(statement: &Statement, target: &Target, before: Span) -> Finding {
    wrong(
        format!("“{target}”已经被所引用的规则停用。"),
        statement.span,
        "删去这一处；仍要用它，另写一条名称不同的规则。",
    )
    .and(before, "", "在这里停用")
}

/// Two files that do not know each other.
pub fn conflict(target: &Target, what: &str, span: Span, before: Span) -> Finding {
    wrong(
        format!("“{}”被两份规则改成不同的内容，不知道以哪一份为准。", target.shown(what)),
        span,
        "让其中一份引用另一份，引用的一份为准；或者在引用两份的文件里再写一次“调整”。各管不同年度的，两份都写“适用年度”。",
    )
    .and(before, "", "另一份写在这里")
}
