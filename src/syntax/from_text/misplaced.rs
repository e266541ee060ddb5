//! A statement where it does not belong to what to do with it.

use super::mistakes::wrong;
use super::slips;
use crate::finding::Finding;
use crate::syntax::Statement;
use crate::syntax::keywords::{self, Keyword, Word};

/// An attribute without an opener that takes it.
pub fn no_owner(statement: &Statement, row: &Keyword, owners: &[Word], above: Option<&Statement>) -> Finding {
    let names = one_of(owners);
    let header = |above: &Statement| {
        matches!(
            keywords::of(above.word).place,
            keywords::Place::Header | keywords::Place::Anywhere
        )
    };
    let message = match above {
        Some(above) if !header(above) => format!(
            "“{}”要写在{names}的下面，这里它的上面是“{}”。",
            row.text,
            keywords::text(above.word)
        ),
        _ => format!("“{}”要写在{names}的下面，这里它的上面还没有。", row.text),
    };
    let above = above.map(|above| above.word);
    wrong(message, statement.span).help(where_to(statement, row, above, &names))
}

/// “一级指标”“二级指标”或“三级指标”
fn one_of(owners: &[Word]) -> String {
    let names: Vec<String> = owners
        .iter()
        .map(|owner| format!("“{}”", keywords::text(*owner)))
        .collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}或{last}", rest.concat()),
        _ => names.concat(),
    }
}

/// What to do with an attribute that stands in the wrong block.
fn where_to(statement: &Statement, row: &Keyword, above: Option<Word>, names: &str) -> String {
    match (row.word, above) {
        (Word::Unit, _) => slips::of_units(statement),
        (Word::Range, _) => "等级直接写，例如：等级：优 [90，100]；良 [80，90)".to_owned(),
        (Word::Target | Word::Points, Some(Word::Data)) => {
            "数据没有目标和分值；有目标和分值的，把上面的“数据”改成“三级指标”。".to_owned()
        }
        (Word::When | Word::Require | Word::Message | Word::Help, Some(above)) if above != Word::Check => {
            format!("前面另起一行“检查：名称”，再写这一行“{}”。", row.text)
        }
        (Word::Case, Some(_)) => {
            "前面另起一行“评分标准：名称”，再写各个“情形”；指标用“评分：名称”取用它。".to_owned()
        }
        _ => format!("把这一行移到{names}那一行的下面。"),
    }
}

/// A header line after the first statement.
pub fn late_header(statement: &Statement, row: &Keyword, above: Option<Word>) -> Finding {
    let finding = wrong(
        format!("“{}”要写在文件的开头，在第一条规则之前。", row.text),
        statement.span,
    );
    finding.help(match (row.word, above) {
        (Word::Year, Some(Word::Trial)) => {
            "验证按原文里的年度试，这里不写年度：删去这一行，把年度写进原文，例如：原文：2023年度某某项目绩效自评报告"
        }
        _ => "把这一行移到文件开头。",
    })
}
