//! 调整 and 不适用 to a table: what is changed, the old beside the new, and why.

use super::Block;
use crate::model::Model;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, File, Statement};

/// The table; nothing where nothing is adjusted.
pub fn table(model: &Model, files: &[File]) -> Vec<Block> {
    let mut rows = vec![["事项", "原规定", "调整后", "理由"].map(str::to_owned).to_vec()];
    for file in files {
        for statement in &file.statements {
            match statement.word {
                Word::Adjust => rows.extend(adjusted(model, files, file, statement)),
                Word::Disable => rows.push(disabled(model, statement)),
                _ => {}
            }
        }
    }
    match rows.len() {
        1 => Vec::new(),
        _ => vec![Block::Table(rows)],
    }
}

/// One row for each attribute that is replaced.
fn adjusted(model: &Model, files: &[File], own: &File, statement: &Statement) -> Vec<Vec<String>> {
    let (kind, name) = path(statement);
    let reason = attribute(model, statement, Word::Reason);
    let old = files
        .iter()
        .filter(|file| file.source != own.source)
        .find_map(|file| stated(file, &kind, &name));
    let mut rows = Vec::new();
    let mut told: Vec<Word> = Vec::new();
    for line in &statement.attributes {
        if [Word::Reason, Word::Basis, Word::Remark].contains(&line.word) || told.contains(&line.word) {
            continue;
        }
        // Each 参数 is a thing of its own; the lines of any other keyword are replaced together.
        if line.word != Word::Parameter {
            told.push(line.word);
        }
        let before = match (line.word, old) {
            (Word::Range, _) if name.is_empty() => whole(model, files, own, Word::Grades),
            (Word::Points, _) if name.is_empty() => whole(model, files, own, Word::Scheme),
            (Word::Range, _) => range_of_grade(model, files, own, &name),
            (_, Some(old)) => attribute_like(model, old, line),
            _ => String::new(),
        };
        let label = match name.is_empty() {
            true => kind.clone(),
            false => format!("{kind}“{name}”的{}", keywords::text(line.word)),
        };
        let now = match line.content {
            Content::Parameter(_) => behind(model, line),
            _ => attribute(model, statement, line.word),
        };
        rows.push([label, before, now, reason.clone()].map(filled).to_vec());
    }
    rows
}

fn disabled(model: &Model, statement: &Statement) -> Vec<String> {
    let (kind, name) = path(statement);
    let reason = attribute(model, statement, Word::Reason);
    let row = [
        format!("{kind}“{name}”"),
        "适用".to_owned(),
        "不适用".to_owned(),
        reason,
    ];
    row.map(filled).to_vec()
}

/// An empty cell would look like one that is merged with the cell above.
fn filled(cell: String) -> String {
    if cell.is_empty() { "—".to_owned() } else { cell }
}

/// 检查／X
fn path(statement: &Statement) -> (String, String) {
    let words = match &statement.content {
        Content::Path(words) => words.as_slice(),
        _ => &[],
    };
    let kind = words.first().map_or("", |word| word.text.as_str());
    let kind = keywords::by_spelling(kind)
        .map_or(kind, |row| row.text)
        .to_owned();
    let name: Vec<&str> = words.iter().skip(1).map(|word| word.text.as_str()).collect();
    (kind, name.join("／"))
}

/// The statement of that kind and name in a file.
fn stated<'f>(file: &'f File, kind: &str, name: &str) -> Option<&'f Statement> {
    let word = keywords::by_spelling(kind)?.word;
    file.all(word)
        .find(|statement| statement.words().is_some_and(|words| words.text == name))
}

/// What stands behind the keyword in all lines of it.
fn attribute(model: &Model, statement: &Statement, word: Word) -> String {
    let lines = statement.all(word).map(|line| behind(model, line));
    lines.collect::<Vec<_>>().join("；")
}

/// The old lines that a new one replaces: 参数 only of the same name.
fn attribute_like(model: &Model, old: &Statement, line: &Statement) -> String {
    let Content::Parameter(new) = &line.content else {
        return attribute(model, old, line.word);
    };
    let same = |held: &&Statement| matches!(&held.content, Content::Parameter(held) if held.name.text == new.name.text);
    old.all(Word::Parameter)
        .find(same)
        .map_or(String::new(), |held| behind(model, held))
}

/// A line without its keyword.
fn behind(model: &Model, line: &Statement) -> String {
    let text = model.sources[line.span.source.0 as usize].slice(line.span);
    let rest = text.split_once(['：', ':', '∶']).map_or(text, |(_, rest)| rest);
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All lines of a keyword in the adjusted files: 等级 and 分值方案 are replaced as a whole.
fn whole(model: &Model, files: &[File], own: &File, word: Word) -> String {
    let others = files.iter().filter(|file| file.source != own.source);
    let lines = others.flat_map(|file| file.all(word).map(|line| behind(model, line)));
    lines.collect::<Vec<_>>().join("；")
}

/// The interval of a grade as the adjusted file has it.
fn range_of_grade(model: &Model, files: &[File], own: &File, name: &str) -> String {
    let grades = files
        .iter()
        .filter(|file| file.source != own.source)
        .flat_map(|file| file.all(Word::Grades));
    for line in grades {
        if let Content::Grades(all) = &line.content
            && let Some((_, range)) = all.iter().find(|(grade, _)| grade.text == name)
        {
            return model.sources[range.span.source.0 as usize]
                .slice(range.span)
                .to_owned();
        }
    }
    String::new()
}
