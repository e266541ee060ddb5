//! The syntax of all rule files together to every place in which something is named: where it is declared, and where it
//! is meant.

use super::uses;
use crate::model::trials::plain;
use crate::source::Span;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, File, Statement, Words};
use std::collections::HashMap;

/// What is named. Names of one kind differ; a name may be of several kinds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// 数据 and 三级指标.
    Name,
    /// 一级指标.
    First,
    /// 二级指标.
    Second,
    /// 评分标准.
    Standard,
    /// 检查.
    Check,
    /// 流程.
    Process,
    /// 参数: its name is that of its owner and its own, parted by a line break.
    Parameter,
    /// 等级.
    Grade,
    /// 引用: the name is the citation.
    Pack,
    /// 验证.
    Trial,
}

/// How a name stands in its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// Behind the keyword of an opener, perhaps with marks.
    Head,
    /// Alone or among others, parted by 、.
    Listed,
    /// In a formula.
    Formula,
    /// Before a number.
    BeforeNumber,
    /// In a line of free text.
    Plain,
}

/// A place in which something is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// What kind of thing it is.
    pub kind: Kind,
    /// What it is called by whoever declared it.
    pub name: String,
    /// What it is called here, without quotes: the name, an alias, or a 代号.
    pub written: String,
    /// Where, quotes included.
    pub span: Span,
    /// Whether it is declared here.
    pub declares: bool,
    /// How it stands here.
    pub style: Style,
}

impl Place {
    /// Whether it is called by its name, and not by an alias or a 代号.
    pub fn is_by_name(&self) -> bool {
        let own = match self.kind {
            Kind::Parameter => self.name.split_once('\n').map_or("", |(_, own)| own),
            _ => &self.name,
        };
        self.written == own
    }
}

/// The calls of what is declared, and what each means.
#[derive(Debug, Default)]
pub struct Declared {
    calls: HashMap<(Kind, String), String>,
}

impl Declared {
    /// What is called so.
    pub fn called(&self, kind: Kind, call: &str) -> Option<&str> {
        self.calls.get(&(kind, plain(call))).map(String::as_str)
    }

    fn add(&mut self, kind: Kind, call: &str, name: &str) {
        self.calls
            .entry((kind, plain(call)))
            .or_insert_with(|| name.to_owned());
    }
}

/// All places, file by file.
pub fn places(files: &[File]) -> Vec<Place> {
    let mut declared = Declared::default();
    let mut all = Vec::new();
    for file in files {
        for statement in &file.statements {
            declare(statement, &mut declared, &mut all);
        }
    }
    // A name wins over an alias, wherever it is declared.
    for file in files {
        for statement in &file.statements {
            aliases(statement, &mut declared, &mut all);
        }
    }
    for file in files {
        uses::of_file(file, &declared, &mut all);
    }
    all.sort_by_key(|place| (place.span, !place.declares));
    all.dedup_by(|later, former| later.span == former.span);
    all
}

/// The place at an offset, the narrowest one.
pub fn at(places: &[Place], source: crate::source::SourceId, offset: usize) -> Option<&Place> {
    let holds = |place: &&Place| {
        let range = place.span.range();
        place.span.source == source && range.start <= offset && offset <= range.end
    };
    places.iter().filter(holds).min_by_key(|place| {
        (
            place.span.end - place.span.start,
            usize::from(place.span.end as usize == offset),
        )
    })
}

/// The kind that an opener declares.
pub fn kind_of(word: Word) -> Option<Kind> {
    Some(match word {
        Word::Third | Word::Data => Kind::Name,
        Word::First => Kind::First,
        Word::Second => Kind::Second,
        Word::Standard => Kind::Standard,
        Word::Check => Kind::Check,
        Word::Process => Kind::Process,
        Word::Trial => Kind::Trial,
        Word::Grades => Kind::Grade,
        _ => return None,
    })
}

/// The name of a 参数 of an owner.
pub fn parameter(owner: &str, name: &str) -> String {
    format!("{owner}\n{name}")
}

fn declare(statement: &Statement, declared: &mut Declared, all: &mut Vec<Place>) {
    if let Content::Grades(grades) = &statement.content {
        for (grade, _) in grades {
            put(Kind::Grade, grade, Style::BeforeNumber, declared, all);
        }
        return;
    }
    let (Some(kind), Some(words)) = (kind_of(statement.word), statement.words()) else {
        return;
    };
    // 二级指标：无 names no group.
    if kind == Kind::Second && words.text == "无" {
        return;
    }
    put(kind, words, Style::Head, declared, all);
    for line in statement.all(Word::Parameter) {
        if let Content::Parameter(parameter_line) = &line.content {
            let name = parameter(&words.text, &parameter_line.name.text);
            declared.add(Kind::Parameter, &name, &name);
            all.push(Place {
                kind: Kind::Parameter,
                name,
                written: parameter_line.name.text.clone(),
                span: parameter_line.name.span,
                declares: true,
                style: Style::Formula,
            });
        }
    }
}

fn put(kind: Kind, words: &Words, style: Style, declared: &mut Declared, all: &mut Vec<Place>) {
    declared.add(kind, &words.text, &words.text);
    all.push(Place {
        kind,
        name: words.text.clone(),
        written: words.text.clone(),
        span: words.span,
        declares: true,
        style,
    });
}

/// 别名 and 代号.
fn aliases(statement: &Statement, declared: &mut Declared, all: &mut Vec<Place>) {
    let (Some(kind), Some(owner)) = (kind_of(statement.word), statement.words()) else {
        return;
    };
    let mut call = |words: &Words, style| {
        declared.add(kind, &words.text, &owner.text);
        all.push(Place {
            kind,
            name: owner.text.clone(),
            written: words.text.clone(),
            span: words.span,
            declares: true,
            style,
        });
    };
    for line in &statement.attributes {
        match (&line.content, line.word) {
            (Content::List(items), Word::Aliases) => items.iter().for_each(|item| call(item, Style::Listed)),
            (Content::Text(words), Word::Code) => call(words, Style::Plain),
            _ => {}
        }
    }
}

/// 检查／X: the kind that its first word names.
pub fn kind_named(word: &str) -> Option<Kind> {
    kind_of(keywords::by_spelling(word)?.word)
}
