//! 引用: the files that the rules cite, each loaded once, cited ones first.

use super::years::{self, Years};
use super::{Pack, faults};
use crate::finding::Finding;
use crate::packs;
use crate::source::{Source, SourceId, Span};
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File, Statement, Words, from_text, nearest, ready};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Finds a cited file: given the citation and the name of the citing source.
pub type Find<'a> = dyn FnMut(&str, &str) -> Option<Source> + 'a;

/// All files of a run.
#[derive(Default)]
pub struct Library {
    /// The texts, by `SourceId`.
    pub sources: Vec<Arc<Source>>,
    /// What they say, cited ones first.
    pub files: Vec<File>,
    /// Who they are, beside `files`.
    pub packs: Vec<Pack>,
    /// The source of the pack that judges although nobody cited it.
    pub implied: Vec<SourceId>,
    /// The indexes of the user's own files.
    pub users: Vec<usize>,
    /// What was wrong so far.
    pub findings: Vec<Finding>,
    /// Where in `files` a source of this name stands.
    known: HashMap<String, usize>,
    /// The files that are being loaded, each cited by the one before it.
    open: Vec<Open>,
    /// Where in `open` a source of this name stands.
    opened: HashMap<String, usize>,
    /// Given files by their 文号 and by their name; none where two have the same.
    given: HashMap<String, Option<Source>>,
    /// Circles and missing files that were told: by what is cited, and for missing ones by whom.
    told: HashSet<(String, Option<SourceId>)>,
}

/// A file of which the citations are being loaded.
struct Open {
    id: SourceId,
    file: File,
    own: String,
    built_in: bool,
    /// What it cites, from which version on, and the line; taken from the end.
    citations: Vec<(String, Option<String>, Span)>,
    /// The citation that is being loaded.
    awaited: Option<(Option<String>, Span)>,
    cites: Vec<usize>,
}

impl Library {
    /// Loads the user's sources and all that they cite.
    pub fn load(sources: Vec<Source>, find: &mut Find) -> Library {
        let mut library = Library::default();
        let alone = sources.is_empty();
        for source in &sources {
            let (number, name) = (packs::number(&source.text), source.name.as_str());
            for key in number.into_iter().chain([name]).map(packs::plain) {
                let other = |held: &mut Option<Source>| *held = held.take().filter(|held| held.name == name);
                library
                    .given
                    .entry(key)
                    .and_modify(other)
                    .or_insert_with(|| Some(source.clone()));
            }
        }
        for source in sources {
            // A file may be given and cited by another that is given.
            let name = source.name.clone();
            if !library.known.contains_key(&name) {
                library.add(source, false, find);
            }
            library.users.extend(library.known.get(&name));
        }
        if alone && let Some(pack) = packs::by_name(packs::STANDARD) {
            library.add(Source::built_in(pack.name, pack.text), true, find);
        }
        library
    }

    /// Loads a file after all that it cites.
    fn add(&mut self, source: Source, built_in: bool, find: &mut Find) {
        self.enter(source, built_in);
        while let Some(top) = self.open.last_mut() {
            match top.citations.pop() {
                Some((cited, from, span)) => self.cite(&cited, from, span, find),
                None => self.leave(),
            }
        }
    }

    /// Reads a file, whose citations are then to be loaded.
    fn enter(&mut self, source: Source, built_in: bool) {
        let id = SourceId(self.sources.len() as u32);
        let file = self.read(&source, id, built_in);
        let mut citations: Vec<_> = file.all(Word::Cites).filter_map(citation).collect();
        citations.reverse();
        let own = file
            .text(Word::Rules)
            .map_or(source.name.as_str(), |words| &words.text);
        let (own, alone) = (own.to_owned(), citations.is_empty() && !built_in);
        self.opened.insert(source.name.clone(), self.open.len());
        self.sources.push(Arc::new(source));
        self.open.push(Open {
            id,
            file,
            own: own.clone(),
            built_in,
            citations,
            awaited: None,
            cites: Vec::new(),
        });
        if alone {
            self.imply(&own);
        }
    }

    /// A built-in pack was parsed when the program was built, and is free of faults.
    fn read(&mut self, source: &Source, id: SourceId, built_in: bool) -> File {
        let made = built_in
            .then(|| packs::made(&source.name, &source.text))
            .flatten();
        if let Some(file) = made.and_then(|made| ready::unpack(made.tree, id)) {
            return file;
        }
        let (file, mut findings) = from_text::parse(&source.text, id);
        self.findings.append(&mut findings);
        file
    }

    /// Without any 引用 the checks of the standard form judge.
    fn imply(&mut self, own: &str) {
        let Some(pack) = packs::by_name(packs::GENERAL) else {
            return;
        };
        // Where another file cites them, this one knows them as well.
        if let Some(citing) = self.open.last_mut() {
            citing.cites.extend(self.known.get(pack.name));
        }
        let known = self.known.contains_key(pack.name) || self.opened.contains_key(pack.name);
        if !known && packs::header(pack.text, "规则") != Some(own) {
            self.implied.push(SourceId(self.sources.len() as u32));
            self.enter(Source::built_in(pack.name, pack.text), true);
        }
    }

    /// Puts a file whose citations are loaded where it belongs.
    fn leave(&mut self) {
        let Some(done) = self.open.pop() else { return };
        let name = self.sources[done.id.0 as usize].name.clone();
        let at = self.files.len();
        self.opened.remove(&name);
        self.known.insert(name, at);
        let version = done.file.text(Word::Version).map_or("", |words| &words.text);
        self.packs.push(Pack {
            name: done.own,
            version: version.to_owned(),
            source: done.id.0 as usize,
            built_in: done.built_in,
            years: years_of(&done.file, &mut self.findings),
            cites: done.cites,
        });
        self.files.push(done.file);
        if let Some(citing) = self.open.last_mut()
            && let Some((from, span)) = citing.awaited.take()
        {
            self.cited(at, from, span);
        }
    }

    /// Begins to load what is cited unless it is there.
    fn cite(&mut self, cited: &str, from: Option<String>, span: Span, find: &mut Find) {
        let citing = self.sources[span.source.0 as usize].name.clone();
        let Some((source, built_in)) = self.source(cited, &citing, find) else {
            if self.told.insert((cited.to_owned(), Some(span.source))) {
                self.findings.push(missing(cited, span, &self.sources));
            }
            return;
        };
        if let Some(at) = self.known.get(&source.name) {
            self.cited(*at, from, span);
        } else if let Some(place) = self.opened.get(&source.name) {
            if self.told.insert((source.name.clone(), None)) {
                let names = self.open[*place..].iter();
                let names: Vec<&str> = names
                    .map(|open| self.sources[open.id.0 as usize].name.as_str())
                    .collect();
                self.findings.push(circle(&names, span));
            }
        } else {
            if let Some(citing) = self.open.last_mut() {
                citing.awaited = Some((from, span));
            }
            self.enter(source, built_in);
        }
    }

    /// The cited text: a built-in pack, a given file with that 文号, or what `find` finds.
    fn source(&self, cited: &str, citing: &str, find: &mut Find) -> Option<(Source, bool)> {
        if let Some(pack) = packs::by_name(cited) {
            return Some((Source::built_in(pack.name, pack.text), true));
        }
        let given = self.given.get(&packs::plain(cited)).and_then(Option::as_ref);
        let numbered = given.filter(|source| source.name != cited);
        let found = numbered
            .cloned()
            .or_else(|| find(cited, citing))
            .or_else(|| given.cloned());
        found.map(|source| (source, false))
    }

    /// Notes that the open file cites a loaded one, which must be new enough.
    fn cited(&mut self, at: usize, from: Option<String>, span: Span) {
        if let Some(citing) = self.open.last_mut() {
            citing.cites.push(at);
        }
        if let Some(from) = from {
            self.check_version(at, &from, span);
        }
    }

    /// 引用：…，2020.1 起
    fn check_version(&mut self, pack: usize, from: &str, span: Span) {
        let pack = &self.packs[pack];
        let numbers = |version: &str| -> Vec<u32> {
            let digits = version.split(|sign: char| !sign.is_ascii_digit());
            digits.filter_map(|part| part.parse().ok()).collect()
        };
        let (message, help) = match pack.version.is_empty() {
            true => (
                format!("引用要求“{}”{from} 起的版本，它却没有写版本。", pack.name),
                "在所引用的文件里加一行“版本：…”，或者去掉引用里的版本号。",
            ),
            false => (
                format!(
                    "引用要求“{}”{from} 起的版本，现有的是 {}。",
                    pack.name, pack.version
                ),
                "更新这份规则，或者改引用里的版本号。",
            ),
        };
        if numbers(&pack.version) < numbers(from) {
            self.findings
                .push(faults::error("rule-reference", message, span).help(help));
        }
    }

    /// Every file that a file may speak of: what it cites, what these cite, and so on; what is implied; not itself.
    pub fn seen_from(&self, at: usize) -> HashSet<usize> {
        let implied = self.implied.iter().map(|id| &self.sources[id.0 as usize].name);
        let mut open: Vec<usize> = implied.filter_map(|name| self.known.get(name)).copied().collect();
        open.extend(&self.packs[at].cites);
        let mut seen = HashSet::new();
        while let Some(next) = open.pop() {
            if next != at && seen.insert(next) {
                open.extend(&self.packs[next].cites);
            }
        }
        seen
    }
}

impl Library {
    /// Whether the file of one source cites that of another, at once or through others.
    pub fn sees(&self, source: SourceId, other: SourceId) -> bool {
        let at = |source: SourceId| self.known.get(&self.sources[source.0 as usize].name).copied();
        match (at(source), at(other)) {
            (Some(at), Some(other)) => self.seen_from(at).contains(&other),
            _ => false,
        }
    }
}

fn citation(statement: &Statement) -> Option<(String, Option<String>, Span)> {
    let text = |words: &Words| words.text.clone();
    match &statement.content {
        Content::Citation(cited, from) => Some((text(cited), from.as_ref().map(text), statement.span)),
        _ => None,
    }
}

/// 适用年度 of a file.
fn years_of(file: &File, findings: &mut Vec<Finding>) -> Option<Years> {
    let statement = file.all(Word::Years).next()?;
    let years = statement.words().and_then(|words| Years::read(&words.text));
    if years.is_none() {
        findings.push(years::unread(statement.span));
    }
    years
}

fn circle(names: &[&str], span: Span) -> Finding {
    let first = names.first().copied().unwrap_or_default();
    let shown = match names.len() {
        0..=1 => {
            return faults::error("rule-cycle", format!("“{first}”引用了自己。"), span).help("去掉这一行。");
        }
        2..=6 => names.join("”→“"),
        many => format!("{}”→……→“{}", names[..3].join("”→“"), names[many - 1]),
    };
    let message = format!("引用成了一个圈：“{shown}”→“{first}”。");
    faults::error("rule-cycle", message, span).help("去掉其中一处引用。")
}

fn missing(cited: &str, span: Span, sources: &[Arc<Source>]) -> Finding {
    let mut names: Vec<&str> = packs::names().collect();
    names.extend(
        sources
            .iter()
            .take(NAMED)
            .filter_map(|source| packs::number(&source.text)),
    );
    let near = nearest::like(cited, names);
    let help = match near.is_empty() {
        true => "请核对文号，用 jixiao packs 查看内置的规则包；引用自己的文件时写文件名，例如：引用：“./市级规则.jx”。"
            .to_owned(),
        false => format!(
            "请核对文号，是不是{}？引用自己的文件时写文件名。",
            faults::quoted(near)
        ),
    };
    faults::error("rule-reference", format!("找不到所引用的规则“{cited}”。"), span).help(help)
}

/// Of more files than this the 文号 are not searched for the nearest.
const NAMED: usize = 50;
