//! Rows of a form told in sentences: 道路养护里程，年初目标值≥40公里，实际完成值42公里，自评得分10分; and targets that stand
//! behind the names of their groups: 数量指标：养护里程≥40公里；….

use super::pieces::{Piece, group_at, is_first, is_second};
use super::values::{Reader, datum};
use super::{Datum, Form, Group, IndicatorRow, Reading, kind, labelled};
use crate::document::marks::mark_of;
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, header_in};
use crate::quantity::UnitTable;
use std::ops::Range;

/// A part of the view with its text.
#[derive(Clone, Copy)]
struct Part<'d> {
    text: &'d str,
    start: u32,
}

impl<'d> Part<'d> {
    fn slice(self, range: Range<usize>) -> Part<'d> {
        let text = self.text.get(range.clone()).unwrap_or("");
        Part {
            text,
            start: self.start + range.start as u32,
        }
    }

    fn trimmed(self) -> Part<'d> {
        let blank = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '、' | '，' | ',');
        let lead = self.text.len() - self.text.trim_start_matches(blank).len();
        let length = self.text.trim_matches(blank).len();
        self.slice(lead..lead + length)
    }

    /// The pieces between these signs; a comma between digits parts nothing.
    fn parted(self, at: &[char]) -> Vec<Part<'d>> {
        let mut parts = Vec::new();
        let mut from = 0;
        for (place, sign) in self.text.match_indices(at) {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let before = self.text[..place].chars().next_back();
            if digit(before) && digit(self.text[place + sign.len()..].chars().next()) {
                continue;
            }
            parts.push(self.slice(from..place));
            from = place + sign.len();
        }
        parts.push(self.slice(from..self.text.len()));
        parts
    }

    fn range(self) -> Range<u32> {
        self.start..self.start + self.text.len() as u32
    }

    fn piece(self, document: &'d Document) -> Piece<'d> {
        Piece::of(document, self.range())
    }
}

/// Fewer rows than this are sentences of a report.
const FEWEST_ROWS: usize = 3;
/// A name of an indicator is no longer than this, in characters.
const LONGEST_NAME: usize = 40;
/// And a value than this.
const LONGEST_VALUE: usize = 24;

/// Reads the rows that sentences tell, where there are enough of them.
pub(super) fn read(document: &Document, units: &UnitTable) -> Option<Form> {
    let mut teller = Teller {
        reader: Reader {
            document,
            units,
            numbers: &[],
        },
        form: Form {
            reading: Reading::Sentences,
            ..Form::default()
        },
        columns: Vec::new(),
        group: false,
        heading: false,
    };
    let blocks = document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Table(_)));
    for block in blocks {
        let whole = Part {
            text: document.text(&block.range),
            start: block.range.start,
        };
        teller.heading = matches!(block.kind, BlockKind::Heading(_));
        teller.group &= !teller.heading;
        for item in whole.parted(&['；', ';', '。', '\n']) {
            teller.read_item(item);
        }
    }
    teller.finish()
}

struct Teller<'d> {
    reader: Reader<'d>,
    form: Form,
    columns: Vec<Column>,
    /// Whether the name of a group stands above, so that a bare comparison is a target.
    group: bool,
    /// Whether a heading is being read: it names groups of the first level.
    heading: bool,
}

impl<'d> Teller<'d> {
    fn read_item(&mut self, item: Part<'d>) {
        let item = item.trimmed();
        let mark = mark_of(item.text).map_or(0, |mark| mark.len);
        let item = self.without_labels(item.slice(mark..item.text.len()));
        if item.text.is_empty() {
            return;
        }
        let clauses = item.parted(&['，', ',']);
        match self.told(&clauses) {
            Some(row) => self.push(row),
            None if self.group => clauses.into_iter().for_each(|clause| self.read_target(clause)),
            None => {}
        }
    }

    /// Opens the groups that an item begins with, 产出指标：数量指标：, and gives what follows them.
    fn without_labels(&mut self, item: Part<'d>) -> Part<'d> {
        let mut rest = item.trimmed();
        while let Some(label) = group_at(rest.text).filter(|label| label.ends_with("指标")) {
            let behind = &rest.text[label.len()..];
            if !(behind.is_empty() || behind.starts_with(['：', ':', '，', ',', ' '])) {
                break;
            }
            self.open(label, rest.slice(0..label.len()));
            rest = rest.slice(label.len()..rest.text.len()).trimmed();
        }
        rest
    }

    fn open(&mut self, label: &str, place: Part<'d>) {
        self.group = true;
        let groups =
            match is_first(label) && (self.heading || !is_second(label) || self.form.groups.is_empty()) {
                true => &mut self.form.groups,
                false => &mut self.form.subgroups,
            };
        if groups.last().is_none_or(|last| last.name.text != label) {
            let name = datum(Some(&place.piece(self.reader.document)), "指标类别");
            groups.push(Group {
                name,
                ..Group::default()
            });
        }
    }

    /// The row of an item that names its target and what was done.
    fn told(&mut self, clauses: &[Part<'d>]) -> Option<IndicatorRow> {
        let mut row = IndicatorRow::default();
        let mut name: Option<Part> = None;
        let mut named = true;
        for clause in clauses.iter().map(|clause| clause.trimmed()) {
            let Some((column, word)) = header_in(clause.text).filter(|(column, _)| {
                matches!(
                    column,
                    Column::Target | Column::Actual | Column::Weight | Column::Score
                )
            }) else {
                if named && !clause.text.is_empty() {
                    name = Some(name.map_or(clause, |name| Part {
                        text: &self.reader.document.view.text
                            [name.start as usize..clause.range().end as usize],
                        start: name.start,
                    }));
                }
                continue;
            };
            let lead = clause.slice(0..word.start).trimmed();
            if named && name.is_none() && lead.text.chars().count() >= 3 {
                name = Some(lead);
            }
            named = false;
            let value = self.value(clause.slice(word.end..clause.text.len()))?;
            let header = &clause.text[word];
            self.put(&mut row, column, value, header)?;
        }
        let name = name?;
        let count = name.text.chars().count();
        let both = row.target.is_filled() && row.actual.is_filled();
        let counted = row.target.number().is_some() || row.actual.number().is_some();
        if !both || !counted || !(2..=LONGEST_NAME).contains(&count) {
            return None;
        }
        row.name = datum(Some(&name.piece(self.reader.document)), "指标名称");
        Some(row)
    }

    /// What stands behind the word of a column: 为≥90% → ≥90%.
    fn value(&self, rest: Part<'d>) -> Option<Part<'d>> {
        let lead = rest.text.len()
            - rest
                .text
                .trim_start_matches([' ', '为', '是', '：', ':', '达', '到'])
                .len();
        let value = rest.slice(lead..rest.text.len()).trimmed();
        let count = value.text.chars().count();
        (1..=LONGEST_VALUE).contains(&count).then_some(value)
    }

    /// Puts a value into its cell; nothing where it was told already: then the item speaks of two things.
    fn put(&mut self, row: &mut IndicatorRow, column: Column, value: Part<'d>, header: &str) -> Option<()> {
        let piece = value.piece(self.reader.document);
        let mark = matches!(column, Column::Weight | Column::Score);
        let unit = row
            .target
            .number()
            .filter(|target| !target.unit.is_none())
            .map(|target| (target.unit, target.printed.map_or(0, |printed| printed.scale)));
        let read = match (mark, column) {
            (true, _) => self.reader.mark(Some(&piece), header),
            (false, Column::Actual) => self.reader.number(Some(&piece), header, unit),
            _ => self.reader.number(Some(&piece), header, None),
        };
        let cell: &mut Datum = match column {
            Column::Target => &mut row.target,
            Column::Actual => &mut row.actual,
            Column::Weight => &mut row.weight,
            _ => &mut row.score,
        };
        if cell.is_filled() || (mark && read.number().is_none()) {
            return None;
        }
        *cell = read;
        if !self.columns.contains(&column) {
            self.columns.push(column);
        }
        Some(())
    }

    /// 养护里程（≥**公里）≥40公里: a name and a target.
    fn read_target(&mut self, clause: Part<'d>) {
        let clause = self.without_labels(clause);
        let Some(sign) = comparator(clause.text) else {
            return;
        };
        let from = clause.text[..sign].rfind(['：', ':']).map_or(0, |at| at + 1);
        let from = if clause.text.is_char_boundary(from) {
            from
        } else {
            from + 2
        };
        let (name, value) = (
            clause.slice(from..sign).trimmed(),
            clause.slice(sign..clause.text.len()).trimmed(),
        );
        let count = name.text.chars().count();
        if !(3..=LONGEST_NAME).contains(&count) || value.text.chars().count() > LONGEST_VALUE {
            return;
        }
        let document = self.reader.document;
        let row = IndicatorRow {
            name: datum(Some(&name.piece(document)), "指标名称"),
            target: self.reader.number(Some(&value.piece(document)), "指标值", None),
            ..IndicatorRow::default()
        };
        if !self.columns.contains(&Column::Target) {
            self.columns.push(Column::Target);
        }
        self.push(row);
    }

    fn push(&mut self, mut row: IndicatorRow) {
        let index = self.form.rows.len();
        if self.group {
            row.first = self.form.groups.len().checked_sub(1);
            row.second = self.form.subgroups.len().checked_sub(1);
            let first = row.first.map(|at| &mut self.form.groups[at]);
            let second = row.second.map(|at| &mut self.form.subgroups[at]);
            first
                .into_iter()
                .chain(second)
                .for_each(|group| group.rows.push(index));
        }
        self.form.rows.push(row);
    }

    fn finish(self) -> Option<Form> {
        let Teller {
            reader,
            mut form,
            mut columns,
            ..
        } = self;
        if form.rows.len() < FEWEST_ROWS {
            return None;
        }
        let last = form
            .rows
            .last()
            .map(|row| [&row.target, &row.actual, &row.score])?;
        let end = last.iter().map(|cell| cell.range.end).max()?;
        form.range = form.rows[0].name.range.start..end;
        columns.push(Column::Name);
        let titles = reader.document.blocks.iter().take(8);
        let titles: Vec<&str> = titles
            .map(|block| reader.document.text(&block.range))
            .filter(|text| text.chars().count() <= 60)
            .collect();
        let scored = form.rows.iter().any(|row| row.score.number().is_some());
        let aims = !columns.contains(&Column::Actual);
        let told = kind::kind_by(&kind::Signs {
            title: crate::words::script::simplified(&titles.concat()).into_owned(),
            columns,
            scored,
            ..kind::Signs::default()
        });
        // Sentences of a report are of no kind of form, unless its title or marks say of which.
        form.kind = told.filter(|_| scored || aims || titles.iter().any(|title| title.contains("转移支付")));
        let project = reader.document.blocks.iter().find_map(|block| {
            let range = &block.range;
            labelled::value_of(reader.document.text(range), "项目名称")
                .map(|value| range.start + value.start as u32..range.start + value.end as u32)
        });
        if let Some(project) = project {
            form.project = datum(Some(&Piece::of(reader.document, project)), "项目名称");
        }
        Some(form)
    }
}

/// Where a comparison begins, outside brackets; 超过≥ and ranges of words are none.
fn comparator(text: &str) -> Option<usize> {
    let mut depth = 0u32;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '≥' | '≤' | '>' | '<' | '＞' | '＜' | '=' | '＝' | '≧' | '≦' if depth == 0 => {
                let rest = text[at..].trim_start_matches(|c: char| "≥≤><＞＜=＝≧≦ ".contains(c));
                return rest.starts_with(|c: char| c.is_ascii_digit()).then_some(at);
            }
            _ => {}
        }
    }
    None
}
