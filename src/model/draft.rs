//! A model in the making: what is declared so far, and what was wrong on the way.

use super::adjust::Mark;
use super::citations::Library;
use super::{Model, faults};
use crate::finding::Finding;
use crate::source::{SourceId, Span};
use crate::syntax::{Statement, Words, places};
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The model, the findings, and the statements that later stages read again.
pub struct Draft<'a> {
    /// What is declared so far.
    pub model: Model,
    /// What was wrong so far.
    pub findings: Vec<Finding>,
    /// The sources of packs that judge although nobody cited them: what the user states wins over them.
    pub implied: Vec<SourceId>,
    /// The user's own sources.
    pub users: Vec<SourceId>,
    /// The first statement of each opener by keyword and name.
    pub stated: HashMap<(&'static str, String), &'a Statement>,
    /// 检查 and 评分标准, in order, for their formulas.
    pub checks: Vec<&'a Statement>,
    /// All files, to tell who cites whom.
    pub library: Option<&'a Library>,
    /// By the line of a statement that another file changes: who changes it.
    pub marks: HashMap<Span, Mark>,
    /// The 依据 of each file, beside `Model::packs`.
    pub bases: Vec<String>,
    /// 评分标准.
    pub standards: Vec<&'a Statement>,
    /// Every name and alias to its place in `Model::names`, once all are declared.
    pub index: FxHashMap<String, usize>,
    /// Every declared name to its place in `Model::names`, while they are declared.
    pub placed: FxHashMap<String, usize>,
    /// Where each item of a list (附件, 禁用词) was first written.
    pub listed: HashMap<(&'static str, String), Span>,
}

/// What to do with a statement whose name may have been used before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Nobody used the name.
    New,
    /// It replaces what a pack said that nobody cited.
    Replaces,
    /// It says what was said before, or it was told: leave it out.
    Known,
}

impl<'a> Draft<'a> {
    /// A draft of an empty model.
    pub fn new(model: Model, implied: Vec<SourceId>, findings: Vec<Finding>) -> Draft<'a> {
        Draft {
            model,
            findings,
            implied,
            users: Vec::new(),
            stated: HashMap::new(),
            checks: Vec::new(),
            library: None,
            marks: HashMap::new(),
            bases: Vec::new(),
            standards: Vec::new(),
            index: FxHashMap::default(),
            placed: FxHashMap::default(),
            listed: HashMap::new(),
        }
    }

    /// Remembers where each name stands; an alias yields to a name.
    pub fn index_names(&mut self) {
        for (at, name) in self.model.names.iter().enumerate() {
            self.index.entry(name.name.clone()).or_insert(at);
        }
        for (at, name) in self.model.names.iter().enumerate() {
            for alias in &name.aliases {
                self.index.entry(alias.clone()).or_insert(at);
            }
        }
    }

    /// Tells an error.
    pub fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The value, or its fault told.
    pub fn keep<T>(&mut self, result: Result<T, Box<Finding>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(finding) => {
                self.findings.push(*finding);
                None
            }
        }
    }

    /// Judges whether a statement of this name is new, a mere restatement, or a duplicate, which is told.
    pub fn register(&mut self, kind: &'static str, name: &Words, statement: &'a Statement) -> Verdict {
        let key = (kind, name.text.clone());
        let Some(before) = self.stated.get(&key).copied() else {
            self.stated.insert(key, statement);
            return Verdict::New;
        };
        if self.implied.contains(&before.span.source) && before.span.source != name.span.source {
            self.stated.insert(key, statement);
            return Verdict::Replaces;
        }
        if before.span.source == statement.span.source || !places::same(before, statement) {
            self.duplicate(kind, &name.text, statement.span, before.span);
        }
        Verdict::Known
    }

    /// Whether an item of a list is new; one that a file writes twice is told, two files may say the same.
    pub fn lists(&mut self, kind: &'static str, item: &Words) -> bool {
        match self.listed.entry((kind, item.text.clone())) {
            Entry::Vacant(place) => {
                place.insert(item.span);
                true
            }
            Entry::Occupied(before) => {
                let before = *before.get();
                if before.source == item.span.source {
                    self.duplicate(kind, &item.text, item.span, before);
                }
                false
            }
        }
    }

    /// Tells a duplicate with both places.
    pub fn duplicate(&mut self, kind: &str, name: &str, span: Span, before: Span) {
        let path = if kind == "默认评分" {
            kind.to_owned()
        } else {
            format!("{kind}／{name}")
        };
        let both = self
            .library
            .is_some_and(|library| !library.sees(span.source, before.source));
        let (message, help) = match span.source == before.source {
            false if both => (
                format!("{kind}“{name}”在两份规则里内容不同。"),
                format!(
                    "留下一处，或者让一份引用另一份，写“调整：{path}”和理由。各管不同年度的，两份都写“适用年度”。"
                ),
            ),
            false if kind == "检查" => (
                format!("{kind}“{name}”与所引用的规则重名，内容却不同。"),
                format!("要改动所引用的检查，写“调整：{path}”；另一条检查请换个名称。"),
            ),
            false => (
                format!("{kind}“{name}”与所引用的规则重名，内容却不同。"),
                format!("要改动所引用的规则，写“调整：{path}”并写明理由。"),
            ),
            true if kind == "等级" && name.is_empty() => (
                "“等级”写了两次。".to_owned(),
                "各个等级写在一行里，用“；”分开，例如：等级：优 [90，100]；良 [80，90)；中 [60，80)；差 [0，60)".to_owned(),
            ),
            true if kind == "检查" => (
                format!("{kind}“{name}”写了两次。"),
                "两条检查请用不同的名称；一条检查可以写几行“要求”。".to_owned(),
            ),
            true => (
                format!("{kind}“{name}”写了两次。"),
                "留下一处，或者换个名称。".to_owned(),
            ),
        };
        let finding = faults::error("rule-duplicate", message, span)
            .help(help)
            .and(before, "", "先写在这里");
        self.findings.push(finding);
    }

    /// The model and what was wrong, in the order of the sources and lines.
    pub fn finish(mut self) -> (Model, Vec<Finding>) {
        self.findings
            .sort_by_key(|finding| finding.places.first().map(|place| place.span));
        (self.model, self.findings)
    }
}
