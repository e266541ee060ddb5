//! 检查／X to the statements that it names.

use super::{From, told};
use crate::finding::Finding;
use crate::model::citations::Library;
use crate::syntax::keywords::{self, Word};
use crate::syntax::{Content, Statement, Words, nearest};
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;

/// Where a statement stands: in which file, and where in it.
pub type At = (usize, usize);

/// What an adjustment names.
pub struct Target {
    /// The keyword of the statement.
    pub kind: Word,
    /// Its name; empty where all of the kind is meant (等级, 分值方案, 默认评分).
    pub name: String,
    /// Every place where it is stated, the first one stated first.
    pub places: Vec<At>,
    /// The only 参数 that may be changed, where it was named.
    pub parameter: Option<String>,
}

impl Target {
    /// Under which name changes are held against each other: all grades are one thing.
    pub fn key(&self) -> &str {
        if self.kind == Word::Grades { "" } else { &self.name }
    }

    /// What of that thing is changed.
    pub fn what(&self, what: &str) -> String {
        match (self.kind, what) {
            (Word::Grades, "区间") => self.name.clone(),
            _ => what.to_owned(),
        }
    }

    /// A change for the reader: 检查／X 的参数 超额界限
    pub fn shown(&self, what: &str) -> String {
        if what.is_empty() {
            self.to_string()
        } else {
            format!("{self}”的“{what}")
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self.name.is_empty() {
            true => out.write_str(called(self.kind)),
            false => write!(out, "{}／{}", called(self.kind), self.name),
        }
    }
}

/// How a kind is named in a path.
pub fn called(kind: Word) -> &'static str {
    if kind == Word::Third {
        "指标"
    } else {
        keywords::text(kind)
    }
}

/// What may be adjusted.
pub const ADJUSTED: &[Word] = &[
    Word::Check,
    Word::Grades,
    Word::Third,
    Word::First,
    Word::Second,
    Word::Data,
    Word::Standard,
    Word::Process,
    Word::Sections,
    Word::Attachments,
    Word::Forbidden,
    Word::Scheme,
    Word::DefaultScoring,
    Word::Parameter,
];

/// What may be switched off.
pub const DISABLED: &[Word] = &[
    Word::Check,
    Word::Third,
    Word::Data,
    Word::Standard,
    Word::Process,
    Word::Sections,
    Word::Attachments,
    Word::Forbidden,
    Word::Bonus,
    Word::Grades,
    Word::GradeStep,
    Word::Scheme,
    Word::DefaultScoring,
];

/// What is adjusted as a whole.
const WHOLE: &[Word] = &[Word::Grades, Word::GradeStep, Word::Scheme, Word::DefaultScoring];
/// Of these there are no parts to be named.
const ALWAYS_WHOLE: &[Word] = &[Word::GradeStep, Word::Scheme, Word::DefaultScoring];
/// After so many names that nobody knows no nearest one is looked for.
const LOOKED_FOR: usize = 20;

/// The statements of the files that judge, by kind and name.
pub struct View<'a> {
    library: &'a Library,
    named: HashMap<(Word, &'a str), Vec<At>>,
    /// The names of the checks of a 代号.
    codes: HashMap<&'a str, Vec<&'a str>>,
    missed: Cell<usize>,
}

impl<'a> View<'a> {
    /// The statements of these files.
    pub fn new(library: &'a Library, chosen: &[usize]) -> View<'a> {
        let mut view = View {
            library,
            named: HashMap::new(),
            codes: HashMap::new(),
            missed: Cell::new(0),
        };
        for at in chosen.iter().copied() {
            for (index, statement) in library.files[at].statements.iter().enumerate() {
                view.add((at, index), statement);
            }
        }
        view
    }

    fn add(&mut self, at: At, statement: &'a Statement) {
        let mut put = |name: &'a str| {
            let places = self.named.entry((statement.word, name)).or_default();
            if places.last() != Some(&at) {
                places.push(at);
            }
        };
        match &statement.content {
            Content::Head(name, _) => put(&name.text),
            Content::List(items) => items.iter().for_each(|item| put(&item.text)),
            Content::Grades(grades) => {
                put("");
                grades.iter().for_each(|(name, _)| put(&name.text));
            }
            Content::Scheme(_) | Content::DefaultScoring(_) => put(""),
            _ if statement.word == Word::GradeStep => put(""),
            _ => {}
        }
        let own = matches!(statement.word, Word::Check | Word::Standard);
        for line in statement.all(Word::Parameter).filter(|_| own) {
            if let Content::Parameter(parameter) = &line.content {
                self.named
                    .entry((Word::Parameter, &parameter.name.text))
                    .or_default()
                    .push(at);
            }
        }
        if let (Word::Check, Some(name)) = (statement.word, statement.words())
            && let Some(code) = statement.all(Word::Code).find_map(|line| line.words())
        {
            let names = self.codes.entry(&code.text).or_default();
            if !names.contains(&name.text.as_str()) {
                names.push(&name.text);
            }
        }
    }

    /// The statement that stands there.
    pub fn statement(&self, (file, index): At) -> &'a Statement {
        &self.library.files[file].statements[index]
    }

    /// A part of a rule text.
    pub fn text(&self, span: crate::source::Span) -> &'a str {
        self.library.sources[span.source.0 as usize].slice(span)
    }

    /// The name of a file.
    pub fn pack(&self, file: usize) -> &'a str {
        &self.library.packs[file].name
    }

    /// The statements that a 调整 or 不适用 names, which must stand in a file that its own file cites.
    pub fn target(&self, from: &From, statement: &Statement, path: &[Words]) -> Result<Target, Box<Finding>> {
        let allowed = if statement.word == Word::Adjust {
            ADJUSTED
        } else {
            DISABLED
        };
        let kind = path
            .first()
            .and_then(|kind| Some(keywords::by_spelling(&kind.text)?.word));
        let Some(kind) = kind.filter(|kind| allowed.contains(kind)) else {
            return Err(Box::new(told::no_kind(self, statement, path, allowed)));
        };
        let name = match path.get(1) {
            Some(name) => name.text.as_str(),
            None if WHOLE.contains(&kind) => "",
            None => return Err(Box::new(told::no_name(statement, kind))),
        };
        if statement.word == Word::Disable && kind == Word::Grades && !name.is_empty() {
            return Err(Box::new(told::one_grade(statement)));
        }
        if ALWAYS_WHOLE.contains(&kind) && !name.is_empty() {
            return Err(Box::new(told::only_whole(statement, kind)));
        }
        let name = self.by_code(kind, name, statement)?;
        let all = self.named.get(&(kind, name)).map_or(&[][..], Vec::as_slice);
        let places: Vec<At> = all
            .iter()
            .copied()
            .filter(|(file, _)| from.seen.contains(file))
            .collect();
        if let Some(own) = all.iter().find(|(file, _)| *file == from.at) {
            return Err(Box::new(told::own(
                statement,
                kind,
                name,
                self.statement(*own).span,
            )));
        }
        let Some(first) = places.first() else {
            let elsewhere = all.first().map(|(file, _)| self.pack(*file));
            return Err(Box::new(told::absent(
                self, from, statement, kind, name, elsewhere,
            )));
        };
        if kind == Word::Parameter {
            return self.owner_of(name, &places, statement);
        }
        if kind == Word::Second && places.iter().filter(|place| place.0 == first.0).count() > 1 {
            return Err(Box::new(told::several(statement, name)));
        }
        Ok(Target {
            kind,
            name: name.to_owned(),
            places,
            parameter: None,
        })
    }

    /// The name of a check that is named by its 代号.
    fn by_code<'n>(&self, kind: Word, name: &'n str, statement: &Statement) -> Result<&'n str, Box<Finding>>
    where
        'a: 'n,
    {
        if kind != Word::Check || self.named.contains_key(&(kind, name)) {
            return Ok(name);
        }
        match self.codes.get(name).map(Vec::as_slice) {
            Some([only]) => Ok(only),
            Some(several) => Err(Box::new(told::shared_code(statement, name, several))),
            None => Ok(name),
        }
    }

    /// The only statement that has a 参数 of this name.
    fn owner_of(&self, name: &str, places: &[At], statement: &Statement) -> Result<Target, Box<Finding>> {
        let owner = |place: &At| {
            let owner = self.statement(*place);
            Some((owner.word, owner.words()?.text.as_str()))
        };
        let mut owners: Vec<_> = places.iter().filter_map(owner).collect();
        owners.sort_by_key(|(_, name)| *name);
        owners.dedup();
        let [(kind, owned)] = owners.as_slice() else {
            return Err(Box::new(told::shared_parameter(statement, name, &owners)));
        };
        Ok(Target {
            kind: *kind,
            name: (*owned).to_owned(),
            places: places.to_vec(),
            parameter: Some(name.to_owned()),
        })
    }

    /// The kinds under which a name is known, among those that may be meant.
    pub fn kinds_of(&self, name: &str, allowed: &[Word]) -> Vec<Word> {
        let known = |kind: &Word| self.named.contains_key(&(*kind, name));
        allowed.iter().copied().filter(known).collect()
    }

    /// The names like this one that a file may change.
    pub fn like(&self, from: &From, kind: Word, name: &str) -> Vec<&'a str> {
        self.missed.set(self.missed.get() + 1);
        if self.missed.get() > LOOKED_FOR {
            return Vec::new();
        }
        let mine = |(_, places): &(&(Word, &'a str), &Vec<At>)| {
            places.iter().any(|(file, _)| from.seen.contains(file))
        };
        let of_kind = self.named.iter().filter(|((of, _), _)| *of == kind);
        nearest::like(name, of_kind.filter(mine).map(|((_, name), _)| *name))
    }

    /// What a file cites that could not be found.
    pub fn lost(&self, from: &From) -> Option<&'a str> {
        let cites = self.library.files[from.at].all(Word::Cites).count();
        let found = self.library.packs[from.at].cites.len();
        let lost = |statement: &&Statement| {
            self.library
                .findings
                .iter()
                .any(|finding| finding.check == "rule-reference" && finding.places[0].span == statement.span)
        };
        if cites <= found {
            return None;
        }
        let statement = self.library.files[from.at].all(Word::Cites).find(lost)?;
        match &statement.content {
            Content::Citation(cited, _) => Some(&cited.text),
            _ => None,
        }
    }
}
