//! 调整 and 不适用 to the statements of all files as they stand when every file has said what it changes.
//! Nothing is last-wins: who changes what another has changed must cite that other.

mod apply;
mod find;
mod told;

use super::citations::Library;
use super::draft::Draft;
use crate::finding::{Adjusted, Finding, Place};
use crate::source::Span;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File, Statement, places};
use find::{Target, View};
use std::collections::{HashMap, HashSet};

/// What stands where a file changes another.
#[derive(Default)]
pub struct Effective {
    /// By the places in `Library::files` and `File::statements`: what stands there instead.
    instead: HashMap<(usize, usize), Vec<Statement>>,
    /// By the line of a changed statement: who changed it last.
    pub marks: HashMap<Span, Mark>,
    /// What was changed, old beside new.
    pub changes: Vec<Adjusted>,
}

/// The line that changed a statement, and why it may.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The changed line that has a say in the judgement, or the 调整 where there are several; none where there is none.
    pub span: Option<Span>,
    /// Its 依据, else its 理由.
    pub basis: String,
}

impl Effective {
    /// The statements of a file as they stand.
    pub fn statements<'a>(&'a self, at: usize, file: &'a File) -> impl Iterator<Item = &'a Statement> {
        let one = move |(index, statement): (usize, &'a Statement)| match self.instead.get(&(at, index)) {
            Some(instead) => instead.as_slice(),
            None => std::slice::from_ref(statement),
        };
        file.statements.iter().enumerate().flat_map(one)
    }
}

/// Lets every file among `chosen` change what it sees of the others.
pub fn apply(library: &Library, chosen: &[usize], findings: &mut Vec<Finding>) -> Effective {
    let changes = |statement: &Statement| matches!(statement.word, Word::Adjust | Word::Disable);
    if !chosen
        .iter()
        .any(|at| library.files[*at].statements.iter().any(changes))
    {
        return Effective::default();
    }
    let mut work = Work {
        view: View::new(library, chosen),
        done: Effective::default(),
        touches: HashMap::new(),
        conflicts: Vec::new(),
        findings,
    };
    for at in chosen.iter().copied() {
        let statements = library.files[at]
            .statements
            .iter()
            .filter(|statement| changes(statement));
        let mut seen = None;
        for statement in statements {
            let seen = seen.get_or_insert_with(|| library.seen_from(at));
            work.one(&From { at, seen }, statement);
        }
    }
    let open = std::mem::take(&mut work.conflicts);
    work.findings
        .extend(open.into_iter().map(|conflict| conflict.finding));
    work.done
}

/// The file that changes something, and the files that it may change.
struct From<'s> {
    at: usize,
    seen: &'s HashSet<usize>,
}

/// Lines that change one thing: a 参数, the 情形, the 级别.
struct Change<'a> {
    what: String,
    word: Word,
    lines: Vec<&'a Statement>,
}

/// What is changed by an 不适用: everything.
const ALL: &str = "";

/// A change that was made.
struct Touch<'a> {
    by: usize,
    what: String,
    lines: Vec<&'a Statement>,
    span: Span,
}

/// Two changes of one thing by files that do not know each other.
struct Conflict {
    key: (Word, String),
    what: String,
    by: [usize; 2],
    finding: Finding,
}

struct Work<'a, 'f> {
    view: View<'a>,
    done: Effective,
    touches: HashMap<(Word, String), Vec<Touch<'a>>>,
    conflicts: Vec<Conflict>,
    findings: &'f mut Vec<Finding>,
}

impl<'a> Work<'a, '_> {
    fn one(&mut self, from: &From, statement: &'a Statement) {
        let Content::Path(path) = &statement.content else {
            return;
        };
        if statement.all(Word::Reason).next().is_none() && !statement.incomplete {
            self.findings.push(told::no_reason(statement, path));
        }
        let target = match self.view.target(from, statement, path) {
            Ok(target) => target,
            Err(finding) => return self.findings.push(*finding),
        };
        let changes = match statement.word {
            Word::Disable => vec![Change {
                what: ALL.to_owned(),
                word: Word::Disable,
                lines: vec![statement],
            }],
            _ => self.changes(statement, &target),
        };
        let changes: Vec<Change> = changes
            .into_iter()
            .filter(|change| self.may(from, statement, &target, change))
            .collect();
        self.make(statement, &target, &changes);
    }

    /// The attributes of an adjustment, those of one kind together; what does not belong is told.
    fn changes(&mut self, statement: &'a Statement, target: &Target) -> Vec<Change<'a>> {
        let mut changes: Vec<Change> = Vec::new();
        let told = self.findings.len();
        for line in &statement.attributes {
            if matches!(line.word, Word::Reason | Word::Remark) {
                continue;
            }
            if let Err(finding) = apply::fits(&self.view, target, statement, line) {
                self.findings.push(*finding);
                continue;
            }
            let what = apply::what(line);
            match changes.iter_mut().find(|change| change.what == what) {
                Some(change) if apply::may_repeat(line) => change.lines.push(line),
                Some(change) => self
                    .findings
                    .push(told::twice(&what, line.span, change.lines[0].span)),
                None => changes.push(Change {
                    what,
                    word: line.word,
                    lines: vec![line],
                }),
            }
        }
        if changes.is_empty() && told == self.findings.len() && !statement.incomplete {
            self.findings.push(told::nothing(statement, target));
        }
        changes
    }

    /// Whether nobody else has changed it, or only files that this one cites.
    fn may(&mut self, from: &From, statement: &'a Statement, target: &Target, change: &Change<'a>) -> bool {
        let key = (target.kind, target.key().to_owned());
        let (what, span) = (target.what(&change.what), change.lines[0].span);
        let overlaps = |other: &str| other == what || other == ALL || what == ALL;
        let mut may = true;
        for touch in self
            .touches
            .get(&key)
            .into_iter()
            .flatten()
            .filter(|touch| overlaps(&touch.what))
        {
            let same = || {
                let lines = touch.lines.iter().zip(&change.lines);
                touch.lines.len() == change.lines.len() && lines.clone().all(|(a, b)| places::same(a, b))
            };
            if touch.by == from.at {
                self.findings
                    .push(told::twice(&target.shown(&change.what), span, touch.span));
                may = false;
            } else if from.seen.contains(&touch.by) {
                if touch.what == ALL {
                    self.findings.push(told::disabled(statement, target, touch.span));
                    may = false;
                }
            } else if same() {
                may = false;
            } else {
                self.conflicts.push(Conflict {
                    key: key.clone(),
                    what: what.clone(),
                    by: [touch.by, from.at],
                    finding: told::conflict(target, &change.what, span, touch.span),
                });
                may = false;
            }
            if !may {
                break;
            }
        }
        if may {
            // Who cites both and says it anew has settled the matter.
            self.conflicts.retain(|open| {
                let both = open.by.iter().all(|by| from.seen.contains(by));
                !(both && open.key == key && overlaps(&open.what))
            });
        }
        let touch = Touch {
            by: from.at,
            what,
            lines: change.lines.clone(),
            span,
        };
        self.touches.entry(key).or_default().push(touch);
        may
    }

    /// Makes the changes wherever the statement stands.
    fn make(&mut self, statement: &Statement, target: &Target, changes: &[Change]) {
        let Some(first) = target.places.first() else {
            return;
        };
        if changes.is_empty() {
            return;
        }
        for (number, place) in target.places.iter().enumerate() {
            let original = self.view.statement(*place);
            let held = self
                .done
                .instead
                .entry(*place)
                .or_insert_with(|| vec![original.clone()]);
            for change in changes {
                let (before, after) = apply::apply(&self.view, held, target, change, number == 0);
                if place == first {
                    self.done.changes.push(Adjusted {
                        target: target.to_string(),
                        what: change.what.clone(),
                        before,
                        after,
                        reason: told::reason(statement),
                        span: statement.span,
                    });
                }
            }
            let mark = Mark {
                span: deciding(statement, changes),
                basis: told::basis(statement),
            };
            self.done
                .marks
                .insert(apply::known_by(original, &target.name), mark);
        }
    }
}

/// The line that changed how is judged, not only what is said of it.
fn deciding(statement: &Statement, changes: &[Change]) -> Option<Span> {
    use Word::{Basis, Help, Level, Message};
    let decides = |change: &&Change| ![Basis, Help, Level, Message].contains(&change.word);
    let mut deciding = changes.iter().filter(decides);
    let first = deciding.next()?;
    match deciding.next() {
        Some(_) => Some(statement.span),
        None => Some(first.lines[0].span),
    }
}

/// Marks that no longer add up because a line changed them are told at that line: the cited file is not at fault.
pub fn blame(draft: &mut Draft) {
    let sources = &draft.model.sources;
    let of_marks = |span: &Span| {
        let text = sources[span.source.0 as usize].slice(*span);
        ["分值", "权重"].iter().any(|word| text.starts_with(word))
    };
    let changed: Option<Span> = draft
        .marks
        .values()
        .filter_map(|mark| mark.span)
        .filter(of_marks)
        .min();
    let Some(changed) = changed else { return };
    for finding in draft
        .findings
        .iter_mut()
        .filter(|finding| finding.check == "rule-weight-sum")
    {
        let at_fault = finding.places.first().map(|place| place.span.source);
        if !at_fault.is_some_and(|source| draft.users.contains(&source)) {
            let place = Place {
                span: changed,
                role: "分值".to_owned(),
                note: "这里改了分值".to_owned(),
                address: String::new(),
            };
            for whole in finding.places.iter_mut().take(1) {
                whole.note = "合计应是这里的分值".to_owned();
            }
            finding.places.insert(0, place);
        }
    }
}
