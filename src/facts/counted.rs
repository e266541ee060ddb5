//! What a number counts: the noun on its left or its right, carried on in a list, or named before a colon.

use crate::facts::breaks::Ends;
use crate::facts::mentions::Reader;
use crate::facts::roles;
use crate::facts::sentence::after_last;
use crate::facts::subjects::{self, Subject};
use crate::facts::{Mention, Number, NumberKind, Scope};
use std::ops::Range;

impl Reader<'_> {
    /// `segment` is what stands before the number, as `segment` tells it.
    pub(super) fn subject(
        &self,
        clause: &Range<usize>,
        segment: Range<usize>,
        before: &[Mention],
    ) -> Subject {
        let cues = &self.sentence.cues;
        let bare = subjects::is_bare(&self.text[segment.clone()]);
        let left = subjects::from_left(self.text, segment.clone(), cues);
        let verb = left
            .as_ref()
            .is_some_and(|subject| subjects::is_verb(subject, cues));
        let left = match left {
            Some(subject) if !verb => return subject,
            left => left,
        };
        let right = subjects::from_right(
            self.text,
            self.number().range.end as usize..self.right_end(clause),
            cues,
        )
        .filter(|subject| !cues.iter().any(|cue| cue.range == subject.range));
        let same = |last: &&Mention| last.clause.start as usize == clause.start && !last.subject.is_empty();
        if let Some(last) = before
            .last()
            .filter(|_| bare && segment.start > clause.start)
            .filter(same)
        {
            // 5个县、26个乡镇: the list has its nouns on the right.
            let on_the_right = last.subject_range.start >= self.numbers[last.number].range.end;
            return right
                .filter(|_| on_the_right)
                .unwrap_or_else(|| subjects::carried(last));
        }
        // 计划改造1320户，实际改造1318户: what is counted was named before.
        let again = verb
            && left
                .as_ref()
                .is_some_and(|subject| self.text[..subject.range.start].ends_with("实际"));
        let left = left.filter(|_| !again);
        let labelled = bare && self.text[..clause.start].ends_with(['：', ':']);
        right
            .or(left)
            .or_else(|| if labelled { self.label(clause) } else { None })
            .or_else(|| self.total_of(&self.text[segment], before))
            .unwrap_or_default()
    }

    /// 上云企业：20家 has its noun before the colon.
    fn label(&self, clause: &Range<usize>) -> Option<Subject> {
        let colon = clause.start
            - self.text[..clause.start]
                .chars()
                .next_back()
                .map_or(0, char::len_utf8);
        let line = self.sentence.range.start;
        if colon < line {
            return None;
        }
        let begin = self.breaks.start(Ends::Clause, line, colon);
        subjects::from_left(self.text, begin..colon, &self.sentence.cues)
    }

    /// 共计43家 after a list sums up the subject of the list.
    fn total_of(&self, lead: &str, before: &[Mention]) -> Option<Subject> {
        let sums = ["共计", "合计", "总计", "共"]
            .iter()
            .any(|word| lead.trim().ends_with(word));
        let last = before.last().filter(|last| sums && last.scope == Scope::Part)?;
        let unit = self.numbers[last.number].quantity.unit;
        let near = self
            .text
            .get(last.clause.end as usize..self.sentence.range.start)
            .is_none_or(|gap| !gap.contains('\n') && gap.len() < 60);
        (unit == self.number().quantity.unit && near).then(|| subjects::carried(last))
    }

    /// From the number or separator before to this number; to the left of a bracket that stands between
    /// (资金剩余率(结余数/预算数)≤5%).
    pub(super) fn segment(&self, clause: &Range<usize>) -> Range<usize> {
        let mut end = self.start();
        let mut begin = clause.start;
        let line = self.sentence.range.start;
        let before = self.text[line..end].trim_end();
        if before.ends_with(['）', ')'])
            && let Some(open) = before.rfind(['（', '('])
            && line + open < clause.start
        {
            end = line + open;
            begin = self.breaks.start(Ends::Clause, line, end);
        }
        if let Some(compared) = self.compared_with(clause) {
            end = compared;
        }
        let before = self.numbers[self.sentence.first..self.index].iter().rev();
        let other = before
            .filter(|number| !self.is_in_noun(number))
            .map(|number| number.range.end as usize)
            .find(|other| *other <= end);
        let from = begin.max(other.unwrap_or(0)).min(end);
        let item = after_last(&self.text[from..end], |c| matches!(c, '、' | ','));
        from + item..end
    }

    /// 能耗较2020年下降3.5%, 支出较预算节约5万元: where the comparison begins, in the clause of the number.
    fn compared_with(&self, clause: &Range<usize>) -> Option<usize> {
        if let Some(at) = roles::compared_at(&self.text[clause.start..self.start()]) {
            return Some(clause.start + at);
        }
        let last = self.numbers.get(self.index.checked_sub(1)?)?;
        let lead = self.text.get(clause.start..last.range.start as usize)?;
        let word = lead.trim_end().strip_suffix(['较', '比'])?;
        (last.kind == NumberKind::Date && !word.is_empty()).then_some(clause.start + word.len())
    }

    /// 两化, 5G, ISO9001 may be part of a noun.
    fn is_in_noun(&self, number: &Number) -> bool {
        let word = self
            .text
            .get(number.range.start as usize..number.range.end as usize)
            .unwrap_or("");
        let code = number.kind == NumberKind::Code && word.ends_with(|c: char| c.is_ascii_alphanumeric());
        // “四乱”问题: a Chinese numeral in quotes.
        let chinese = !word.contains(|c: char| c.is_ascii_digit());
        let quoted = self.text[..number.range.start as usize].ends_with('“');
        number.kind == NumberKind::Name || code || number.kind == NumberKind::Numeral && chinese && quoted
    }

    fn right_end(&self, clause: &Range<usize>) -> usize {
        let next = self
            .numbers
            .get(self.index + 1)
            .map_or(clause.end, |number| number.range.start as usize);
        let end = self.number().range.end as usize;
        next.min(clause.end).max(end)
    }
}
