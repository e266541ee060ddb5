//! 引用: the files that the rules cite, each loaded once, cited ones first.

use super::{Pack, faults};
use crate::finding::Finding;
use crate::packs;
use crate::source::{Source, SourceId, Span};
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File, from_text};
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
    /// The sources that are being loaded, to find circles.
    open: Vec<(SourceId, String)>,
}

impl Library {
    /// Loads the user's sources and all that they cite.
    pub fn load(sources: Vec<Source>, find: &mut Find) -> Library {
        let mut library = Library::default();
        let alone = sources.is_empty();
        for source in sources {
            // A file may be given and cited by another that is given.
            let known = library
                .packs
                .iter()
                .position(|pack| library.sources[pack.source].name == source.name);
            if let Some(known) = known {
                library.users.push(known);
                continue;
            }
            library.add(source, false, find);
            library.users.push(library.files.len() - 1);
        }
        if alone && let Some(pack) = packs::by_name(packs::STANDARD) {
            library.add(Source::new(pack.name, pack.text), true, find);
        }
        library
    }

    fn add(&mut self, source: Source, built_in: bool, find: &mut Find) {
        let id = SourceId(self.sources.len() as u32);
        let text = match built_in {
            true => packs::without_trials(&source.text),
            false => &source.text,
        };
        let (file, mut findings) = from_text::parse(text, id);
        self.findings.append(&mut findings);
        let name = source.name.clone();
        self.sources.push(Arc::new(source));
        self.open.push((id, name.clone()));
        let citations: Vec<_> = file
            .all(Word::Cites)
            .filter_map(|statement| match &statement.content {
                Content::Citation(cited, from) => Some((cited.clone(), from.clone(), statement.span)),
                _ => None,
            })
            .collect();
        for (cited, from, span) in &citations {
            let at = self.cite(&cited.text, &name, *span, find);
            if let (Some(from), Some(at)) = (from, at) {
                self.check_version(at, &from.text, *span);
            }
        }
        let own = file
            .text(Word::Rules)
            .map_or(name.as_str(), |words| &words.text)
            .to_owned();
        if citations.is_empty() && !built_in {
            self.imply(&own, find);
        }
        self.open.pop();
        self.packs.push(Pack {
            name: own,
            version: file
                .text(Word::Version)
                .map_or(String::new(), |words| words.text.clone()),
            source: id.0 as usize,
            built_in,
        });
        self.files.push(file);
    }

    /// Without any 引用 the checks of the standard form judge.
    fn imply(&mut self, own: &str, find: &mut Find) {
        let Some(pack) = packs::by_name(packs::GENERAL) else {
            return;
        };
        let known = self.sources.iter().any(|source| source.name == pack.name);
        if !known && !rule_names(pack.text).contains(&own) {
            self.implied.push(SourceId(self.sources.len() as u32));
            self.add(Source::new(pack.name, pack.text), true, find);
        }
    }

    /// Loads what is cited unless it is there; its index in `packs` where it could be loaded.
    fn cite(&mut self, cited: &str, from: &str, span: Span, find: &mut Find) -> Option<usize> {
        let (source, built_in) = match packs::by_name(cited) {
            Some(pack) => (Source::new(pack.name, pack.text), true),
            None => match find(cited, from) {
                Some(source) => (source, false),
                None => {
                    self.findings.push(missing(cited, span));
                    return None;
                }
            },
        };
        if let Some(place) = self.open.iter().position(|(_, name)| *name == source.name) {
            let circle: Vec<&str> = self.open[place..].iter().map(|(_, name)| name.as_str()).collect();
            let circle = circle.join("”→“");
            self.findings.push(
                faults::error(
                    "rule-reference",
                    format!("引用成了一个圈：“{circle}”→“{}”。", source.name),
                    span,
                )
                .help("去掉其中一处引用。"),
            );
            return None;
        }
        let loaded = |library: &Library, name: &str| {
            library
                .packs
                .iter()
                .position(|pack| library.sources[pack.source].name == name)
        };
        if loaded(self, &source.name).is_none() {
            let name = source.name.clone();
            self.add(source, built_in, find);
            return loaded(self, &name);
        }
        loaded(self, &source.name)
    }

    /// 引用：…，2020.1 起
    fn check_version(&mut self, pack: usize, from: &str, span: Span) {
        let pack = &self.packs[pack];
        let numbers = |version: &str| -> Vec<u32> {
            version
                .split(|sign: char| !sign.is_ascii_digit())
                .filter_map(|part| part.parse().ok())
                .collect()
        };
        if !pack.version.is_empty() && numbers(&pack.version) < numbers(from) {
            let message = format!(
                "引用要求“{}”{from} 起的版本，现有的是 {}。",
                pack.name, pack.version
            );
            self.findings.push(
                faults::error("rule-reference", message, span).help("更新这份规则，或者改引用里的版本号。"),
            );
        }
    }
}

fn missing(cited: &str, span: Span) -> Finding {
    let names: Vec<&str> = packs::PACKS.iter().map(|pack| pack.name).collect();
    let near = crate::syntax::nearest::like(cited, names.iter().copied());
    let help = match near.is_empty() {
        true => "请核对文号；引用自己的文件时写文件名，例如：引用：“./市级规则.jx”。".to_owned(),
        false => format!(
            "请核对文号，是不是{}？引用自己的文件时写文件名。",
            faults::quoted(near)
        ),
    };
    faults::error("rule-reference", format!("找不到所引用的规则“{cited}”。"), span).help(help)
}

/// The 规则 line of a pack, without reading all of it.
fn rule_names(text: &str) -> Vec<&str> {
    text.lines()
        .take(12)
        .filter_map(|line| line.split_once(['：', ':']))
        .filter(|(word, _)| *word == "规则")
        .map(|(_, name)| name.trim())
        .collect()
}
