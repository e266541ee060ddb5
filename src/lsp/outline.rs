//! A rule file to its outline and to what can be folded, by the levels of its keywords.

use super::text::{Encoding, Text};
use crate::syntax::keywords::{self, Place, Word};
use crate::syntax::{Content, File, Statement};
use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolKind};

/// How deep a block lies below the file: attributes are not blocks.
fn level(word: Word) -> usize {
    match word {
        Word::Second => 1,
        Word::Third => 2,
        _ => 0,
    }
}

fn end(statement: &Statement) -> u32 {
    statement
        .attributes
        .last()
        .map_or(statement.span.end, |last| last.span.end)
}

fn blocks(file: &File) -> impl Iterator<Item = &Statement> {
    let is_block = |statement: &&Statement| {
        matches!(keywords::of(statement.word).place, Place::Opener | Place::Line)
            || statement.word == Word::Rules
    };
    file.statements.iter().filter(is_block)
}

/// The outline: 二级 below 一级, 三级 below these.
pub fn symbols(file: &File, text: &Text, encoding: Encoding) -> Vec<DocumentSymbol> {
    let mut top: Vec<DocumentSymbol> = Vec::new();
    // The open blocks, the outer first.
    let mut open: Vec<(usize, DocumentSymbol)> = Vec::new();
    for statement in blocks(file) {
        let own = level(statement.word);
        while open
            .last()
            .is_some_and(|(level, held)| *level >= own || held.kind != SymbolKind::NAMESPACE)
        {
            close(&mut open, &mut top);
        }
        open.push((own, symbol(statement, text, encoding)));
    }
    while !open.is_empty() {
        close(&mut open, &mut top);
    }
    top
}

/// Puts the innermost open block into the one around it, which then reaches as far.
fn close(open: &mut Vec<(usize, DocumentSymbol)>, top: &mut Vec<DocumentSymbol>) {
    let Some((_, symbol)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, outer)) => {
            outer.range.end = outer.range.end.max(symbol.range.end);
            outer.children.get_or_insert_with(Vec::new).push(symbol);
        }
        None => top.push(symbol),
    }
}

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn symbol(statement: &Statement, text: &Text, encoding: Encoding) -> DocumentSymbol {
    let keyword = keywords::text(statement.word);
    let words = statement
        .words()
        .map(|words| words.text.as_str())
        .filter(|words| !words.is_empty());
    let path = match &statement.content {
        Content::Path(path) => path
            .iter()
            .map(|words| words.text.as_str())
            .collect::<Vec<_>>()
            .join("／"),
        _ => String::new(),
    };
    let name = words.map(str::to_owned).or((!path.is_empty()).then_some(path));
    let start = statement.span.start as usize;
    let kind = match statement.word {
        Word::Rules => SymbolKind::FILE,
        Word::First | Word::Second => SymbolKind::NAMESPACE,
        Word::Third => SymbolKind::FIELD,
        Word::Data => SymbolKind::VARIABLE,
        Word::Standard => SymbolKind::METHOD,
        Word::Check => SymbolKind::FUNCTION,
        Word::Trial => SymbolKind::EVENT,
        Word::Process => SymbolKind::ARRAY,
        Word::Adjust | Word::Disable => SymbolKind::OPERATOR,
        _ => SymbolKind::CONSTANT,
    };
    DocumentSymbol {
        detail: name.as_ref().map(|_| keyword.to_owned()),
        name: name.unwrap_or_else(|| keyword.to_owned()),
        kind,
        tags: None,
        deprecated: None,
        range: text.range(start..end(statement) as usize, encoding),
        selection_range: text.place(statement.span, encoding),
        children: None,
    }
}

/// Blocks of more than one line, and runs of comments.
pub fn folds(file: &File, text: &Text) -> Vec<FoldingRange> {
    let mut folds = Vec::new();
    let all: Vec<&Statement> = blocks(file).collect();
    for (at, statement) in all.iter().enumerate() {
        let own = level(statement.word);
        let groups = matches!(statement.word, Word::First | Word::Second);
        let inside = all[at + 1..]
            .iter()
            .take_while(|next| groups && level(next.word) > own);
        let last = inside.last().map_or(end(statement), |last| end(last));
        let lines = (
            text.line_of(statement.span.start as usize),
            text.line_of(last as usize),
        );
        if lines.1 > lines.0 {
            folds.push(fold(lines.0, lines.1, FoldingRangeKind::Region));
        }
    }
    let mut run: Option<(usize, usize)> = None;
    for comment in &file.comments {
        let line = text.line_of(comment.start as usize);
        match run {
            Some((first, last)) if line == last + 1 => run = Some((first, line)),
            _ => {
                folds.extend(
                    run.filter(|(first, last)| last > first)
                        .map(|(first, last)| fold(first, last, FoldingRangeKind::Comment)),
                );
                run = Some((line, line));
            }
        }
    }
    folds.extend(
        run.filter(|(first, last)| last > first)
            .map(|(first, last)| fold(first, last, FoldingRangeKind::Comment)),
    );
    folds
}

fn fold(start: usize, end: usize, kind: FoldingRangeKind) -> FoldingRange {
    FoldingRange {
        start_line: start as u32,
        end_line: end as u32,
        kind: Some(kind),
        ..FoldingRange::default()
    }
}
