//! Quantities become mentions: subject, role, period and scope from the clause, the column or the section.

use crate::document::Document;
use crate::facts::breaks::{Breaks, Ends};
use crate::facts::cues::{Cue, Say};
use crate::facts::form::Form;
use crate::facts::passed::Passed;
use crate::facts::roles::{self, Left, Told};
use crate::facts::sentence::{Sentence, ends_clause};
use crate::facts::{Heading, Mention, Number, NumberKind, Role, cells, periods};
use crate::quantity::{Bound, Dimension};
use std::ops::Range;

/// The mentions of a report, ascending by place. The columns of the `forms` give roles.
pub fn gather(document: &Document, numbers: &[Number], outline: &[Heading], forms: &[Form]) -> Vec<Mention> {
    let breaks = Breaks::of(&document.view.text);
    gather_between(document, numbers, &breaks, outline, forms)
}

/// The same where the signs that end sentences and clauses are known.
pub(super) fn gather_between(
    document: &Document,
    numbers: &[Number],
    breaks: &Breaks,
    outline: &[Heading],
    forms: &[Form],
) -> Vec<Mention> {
    let text = document.view.text.as_str();
    let cells = cells::of(forms);
    let mut covered: Vec<Range<u32>> = forms.iter().map(|form| form.range.clone()).collect();
    covered.sort_by_key(|range| range.start);
    let quantities = numbers
        .iter()
        .filter(|number| number.kind == NumberKind::Quantity);
    let mut mentions: Vec<Mention> = Vec::with_capacity(quantities.count());
    let mut sentence = Sentence::default();
    let mut passed = Passed::default();
    for (index, number) in numbers.iter().enumerate() {
        if number.kind != NumberKind::Quantity {
            continue;
        }
        let at = number.range.start as usize;
        if at >= sentence.range.end {
            sentence.move_to(document, breaks, numbers, index);
        }
        passed.move_to(number.range.start, outline, &cells, &covered);
        let reader = Reader {
            text,
            numbers,
            breaks,
            outline,
            cells: &cells,
            forms: &covered,
            sentence: &sentence,
            passed: &passed,
            index,
        };
        let mention = reader.mention(&mentions);
        mentions.push(mention);
    }
    mentions
}

/// One number with all that may tell of it.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) numbers: &'a [Number],
    pub(super) breaks: &'a Breaks<'a>,
    outline: &'a [Heading],
    cells: &'a [(Range<u32>, Role)],
    /// The parts of the text that the forms cover, ascending.
    forms: &'a [Range<u32>],
    pub(super) sentence: &'a Sentence,
    passed: &'a Passed,
    pub(super) index: usize,
}

impl Reader<'_> {
    pub(super) fn number(&self) -> &Number {
        &self.numbers[self.index]
    }

    pub(super) fn start(&self) -> usize {
        self.number().range.start as usize
    }

    fn mention(&self, before: &[Mention]) -> Mention {
        let clause = self.clause();
        let cell = self.cell();
        let cues = &self.sentence.cues;
        let segment = self.segment(&clause);
        let item = segment.start;
        let subject = self.subject(&clause, segment, before);
        let section = self.passed.headings.checked_sub(1);
        let told = cell
            .map(Told::of)
            .or_else(|| self.told(section, &clause, &subject.range));
        let role = told.map_or(Role::Unknown, |told| told.role);
        let dates = &self.numbers[self.sentence.first..self.index];
        Mention {
            number: self.index,
            subject: subject.name,
            subject_range: subject.range.start as u32..subject.range.end as u32,
            role,
            period: periods::period(self.text, cues, dates, &clause, self.start()),
            scope: periods::scope(cues, &clause, item, self.number()),
            clause: clause.start as u32..clause.end as u32,
            section,
            in_form: cell.is_some(),
        }
    }

    /// The clause around the number.
    fn clause(&self) -> Range<usize> {
        let (start, end) = (self.start(), self.number().range.end as usize);
        let Range { start: from, end: to } = self.sentence.range;
        self.breaks.start(Ends::Clause, from, start)..self.breaks.end(Ends::Clause, end, to)
    }

    fn in_a_form(&self) -> bool {
        let at = self.number().range.start;
        self.passed
            .forms
            .checked_sub(1)
            .is_some_and(|form| at < self.forms[form].end)
    }

    fn cell(&self) -> Option<Role> {
        let at = self.number().range.start;
        let (range, role) = self.cells.get(self.passed.cells.checked_sub(1)?)?;
        (at < range.end).then_some(*role)
    }

    fn told(&self, section: Option<usize>, clause: &Range<usize>, subject: &Range<usize>) -> Option<Told> {
        let after = &self.text[self.number().range.end as usize..];
        if self.is_share_of_last() {
            return None;
        }
        let unit = self.number().quantity.unit;
        if let Some(told) =
            roles::from_right(after).filter(|_| !unit.is_pure() || roles::is_named_after(after))
        {
            return Some(told);
        }
        if roles::is_distance(&self.text[clause.start..self.start()], unit) {
            return None;
        }
        let title = self.text.get(self.sentence.title.clone()).unwrap_or("");
        let in_form = self.in_a_form();
        let above = || {
            // What the form holds outside the cells that were understood is under no heading of the narrative.
            if in_form {
                return None;
            }
            let titled = roles::from_heading(title).filter(|_| !title.is_empty());
            titled.map(Told::of).or_else(|| {
                let told = &self.passed.told;
                *told.get_or_init(|| roles::from_section(self.outline, section))
            })
        };
        if unit.dimension() == Some(Dimension::Score)
            && roles::is_bracketed(&self.text[..self.start()], after)
        {
            return Some(Told::of(Role::Weight));
        }
        if unit.dimension() == Some(Dimension::Score)
            && let Some(told) = roles::scored(&self.text[self.sentence.range.start..self.start()])
        {
            return told;
        }
        let governs = |cue: &Cue| self.governs(cue);
        match roles::from_left(self.text, &self.sentence.cues, subject, self.start(), governs) {
            Left::Told(told) if !roles::fits(told.role, unit) => None,
            Left::Told(told) if told.is_done() && self.is_undone(clause) => None,
            Left::Told(told) if told.open => {
                let demanded = self
                    .until()
                    .or_else(|| above().filter(|above| above.role == Role::Target));
                // 完成率≥95%: what is demanded is not what was done.
                demanded.or(Some(told).filter(|_| !self.is_demand() && !in_form))
            }
            Left::Told(told) => Some(told),
            // Words that leave it open are not overruled by a heading. 完成年度任务22亿元的117%: the base is the task.
            Left::Ambiguous => self.is_base_of_next().then_some(Told::of(Role::Target)),
            Left::Nothing => self
                .until()
                .or_else(above)
                .filter(|told| !told.is_done() || !self.is_undone(clause)),
        }
    }

    /// 占目标任务6000座的108%: a share of the number before it.
    fn is_share_of_last(&self) -> bool {
        let last = self.index.checked_sub(1).and_then(|last| self.numbers.get(last));
        let between = last.and_then(|last| self.text.get(last.range.end as usize..self.start()));
        self.number().quantity.unit.is_pure() && between.is_some_and(|between| between.trim() == "的")
    }

    /// 年度任务22亿元的117%: the number behind this one is a share of it.
    fn is_base_of_next(&self) -> bool {
        let next = self.numbers.get(self.index + 1);
        let end = self.number().range.end as usize;
        next.is_some_and(|next| {
            let between = self.text.get(end..next.range.start as usize);
            next.quantity.unit.is_pure() && !next.quantity.unit.is_none() && between == Some("的")
        }) && !self.number().quantity.unit.is_pure()
    }

    /// 其中已完工9个，在建3个: the last word of the clause that tells of doing says that it was not done.
    fn is_undone(&self, clause: &Range<usize>) -> bool {
        let here = |cue: &&Cue| cue.range.start >= clause.start && cue.range.end <= self.start();
        let tells = |cue: &&Cue| {
            [Say::Done, Say::Do, Say::Spent, Say::Undone]
                .iter()
                .any(|say| cue.says(*say))
        };
        let mut cues = self.sentence.cues.iter().rev().filter(here).filter(tells);
        let after = &self.text[self.number().range.end as usize..];
        after.starts_with('未') || cues.next().is_some_and(|cue| cue.says(Say::Undone))
    }

    fn is_demand(&self) -> bool {
        matches!(self.number().quantity.bound, Some(Bound::AtLeast | Bound::AtMost))
    }

    /// Whether a word still speaks at the number: in its own clause, or further where its clause holds a number or
    /// ends in a colon.
    fn governs(&self, cue: &Cue) -> bool {
        let rest = &self.text[cue.range.end..self.start()];
        let Some(end) = rest.find(ends_clause) else {
            return true;
        };
        if cue.says(Say::Do) && rest.contains(['；', ';']) {
            return false;
        }
        let end = cue.range.end + end;
        let next = self.numbers[self.sentence.first..self.index]
            .iter()
            .find(|number| number.range.start as usize >= cue.range.end);
        let stated = next.and_then(|next| self.text.get(cue.range.end..next.range.start as usize));
        if cue.says(Say::Target) && (stated.is_some_and(roles::is_said_of) || roles::is_turned(rest)) {
            return false;
        }
        let digits = &self.text[cue.range.end..self.number().digits.start as usize];
        let own = digits.rsplit(ends_clause).next().unwrap_or("");
        if !self.text[end..].starts_with(['：', ':'])
            && roles::stops_at_clause(cue, own, self.number().quantity.unit)
        {
            return false;
        }
        let counts = |number: &Number| {
            let at = number.range.start as usize;
            number.kind == NumberKind::Quantity && at >= cue.range.end && at < end
        };
        self.text[end..].starts_with(['：', ':'])
            || self.numbers[self.sentence.first..self.index].iter().any(counts)
    }

    /// 到2025年…达到: a year to come.
    fn until(&self) -> Option<Told> {
        let dates = &self.numbers[self.sentence.first..self.index];
        let date = dates
            .iter()
            .rev()
            .find(|number| number.kind == NumberKind::Date)?;
        let ahead = self.text[self.sentence.range.start..date.range.start as usize].trim_end();
        // 到2023年，培训达到500人，实际完成523人，完成率104.6%: what was done since ends it.
        let done = |cue: &Cue| {
            let behind = cue.range.start >= date.range.end as usize && cue.range.end <= self.start();
            behind && cue.says(Say::Done)
        };
        if self.sentence.cues.iter().any(done) {
            return None;
        }
        let until = ahead.ends_with('到') && !ahead.ends_with("达到") && !ahead.ends_with("得到");
        until.then_some(Told::of(Role::Target))
    }
}
