//! A form whose cells ran together without anything between them, as text recognition leaves it: rows that confirm
//! themselves (a target and an actual value that are the same words, or have the same unit) are read, the rest is said
//! to be not understood.

use super::pieces::{Piece, group_at, is_first, is_second, label_and_weight};
use super::run_rows::{Found, next_row};
use super::values::{Reader, datum};
use super::{Content, Datum, ExecutionRow, Form, Group, IndicatorRow, Reading, indicators, kind};
use crate::document::marks::mark_of;
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, header_in};
use crate::quantity::UnitTable;
use std::ops::Range;

/// The name of a group or of an unused row in the text.
struct Anchor {
    /// With its weight.
    range: Range<usize>,
    /// Empty for 指标2：, which opens no group.
    label: &'static str,
}

/// Fewer names of groups in one paragraph are prose.
const FEWEST_ANCHORS: usize = 3;
/// Fewer columns named are no header.
const FEWEST_COLUMNS: usize = 4;
/// What the head of a form names.
const KEYS: [&str; 6] = [
    "项目名称",
    "部门名称",
    "单位名称",
    "实施单位",
    "主管部门",
    "负责人",
];
/// What the total is called in the head of a form.
const RESULTS: [&str; 3] = ["自评总分", "自评得分", "自评总得分"];
/// The bytes of the longest paragraph that is looked at.
const LONGEST: usize = 60_000;

/// Reads what can be read; nothing where no paragraph looks like a form.
pub(super) fn read(document: &Document, units: &UnitTable) -> Option<Form> {
    let mut taker = Taker {
        reader: Reader {
            document,
            units,
            numbers: &[],
        },
        form: Form {
            reading: Reading::Poured,
            ..Form::default()
        },
        columns: Vec::new(),
        reasoned: false,
        covered: None,
        titled: false,
        above: None,
    };
    let blocks = document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Table(_)));
    for block in blocks {
        if block.range.len() > LONGEST {
            return None;
        }
        taker.take(&block.range);
    }
    taker.finish()
}

/// Takes paragraphs into a form, one after the other.
struct Taker<'d> {
    reader: Reader<'d>,
    form: Form,
    columns: Vec<Column>,
    /// Whether the header names a column for reasons.
    reasoned: bool,
    covered: Option<Range<u32>>,
    titled: bool,
    /// The paragraph above, where it is a title.
    above: Option<Range<u32>>,
}

impl Taker<'_> {
    fn take(&mut self, range: &Range<u32>) {
        let text = self.reader.document.text(range);
        let mut anchors = anchors_of(text);
        let named = columns_of(text);
        let own = title_in(text).is_some();
        let above = std::mem::replace(&mut self.above, kind::is_title(text).then(|| range.clone()));
        // A paragraph that tells how forms are filled in names columns too, and no keys of one.
        let keys = KEYS.iter().filter(|key| text.contains(**key)).count();
        let headed = named.len() >= FEWEST_COLUMNS && (own || above.is_some()) && keys >= 2;
        let begins = self.covered.is_none() && headed;
        // Where sentences stand between the names, what looks like a row may be prose.
        if text.matches(['。', '；']).count() > anchors.len() {
            anchors.clear();
        }
        let enough = if self.covered.is_some() { 1 } else { FEWEST_ANCHORS };
        if anchors.len() < enough && !begins {
            return;
        }
        self.reasoned |= named.contains(&Column::Reason);
        if begins {
            read_keys(&mut self.form, text, range.start, &self.reader);
            if let Some(title) = above.filter(|_| !own) {
                self.form.year = kind::year_in(self.reader.document.text(&title));
                self.form.title = Some(title);
            }
            self.titled = true;
        }
        self.columns.extend(named);
        read_block(
            &mut self.form,
            (text, range.start),
            &anchors,
            self.reasoned,
            &self.reader,
        );
        let start = self.covered.as_ref().map_or(range.start, |range| range.start);
        self.covered = Some(start..range.end);
    }

    fn finish(self) -> Option<Form> {
        let Taker {
            reader,
            mut form,
            mut columns,
            covered,
            titled,
            ..
        } = self;
        form.range = covered?;
        if form.rows.len() < 2 && !titled {
            return None;
        }
        form.keep_groups(|group| group.weight.number().is_some() || !group.rows.is_empty());
        columns.push(Column::Name);
        let title = form
            .title
            .as_ref()
            .map_or("", |title| reader.document.text(title));
        form.kind = kind::kind_by(&kind::Signs {
            title: title.to_owned(),
            columns,
            scored: form.rows.iter().any(|row| row.score.number().is_some()),
            ..kind::Signs::default()
        });
        let told = match form.rows.is_empty() {
            true => "认出这里是自评表，但各格连在一起，读不出各项指标。",
            false => "各格连在一起，没有分隔，只读出了能互相印证的行。",
        };
        form.unread.push((form.range.clone(), told.into()));
        Some(form)
    }
}

/// The columns that a text names, each once.
fn columns_of(text: &str) -> Vec<Column> {
    let tidy = super::pieces::tidy(text);
    let mut columns = Vec::new();
    let mut rest = tidy.as_ref();
    while let Some((column, word)) = header_in(rest) {
        if (column.is_indicator() || column == Column::Reason) && !columns.contains(&column) {
            columns.push(column);
        }
        rest = &rest[word.end..];
    }
    columns
}

/// The title with which a paragraph begins.
fn title_in(text: &str) -> Option<Range<usize>> {
    let mark = mark_of(text).map_or(0, |mark| mark.len);
    let end = text.find("自评表").or_else(|| text.find("申报表"))? + "自评表".len();
    let title = text.get(mark..end)?;
    (title.chars().count() <= 50 && !title.contains(['。', '《', '，'])).then_some(mark..end)
}

/// Title, year, project and total, which stand before the rows.
fn read_keys(form: &mut Form, text: &str, start: u32, reader: &Reader) {
    let place = |range: Range<usize>| start + range.start as u32..start + range.end as u32;
    if let Some(title) = title_in(text) {
        // （2021年）right behind it is its year; a date further on is another one.
        let behind = &text[title.end..];
        let close = behind
            .find(['）', ')'])
            .filter(|close| behind.starts_with(['（', '(']) && *close <= 24);
        form.year = kind::year_in(&text[title.start..title.end + close.unwrap_or(0)]);
        form.title = Some(place(title));
    }
    let between = |from: &str, to: &str| {
        let at = text.find(from)? + from.len();
        let length = text[at..].find(to)?;
        (length > 0 && length <= 120).then_some(at..at + length)
    };
    if let Some(project) = between("项目名称", "主管部门") {
        let piece = Piece::of(reader.document, place(project));
        form.project = datum(Some(&piece).filter(|piece| !piece.is_empty()), "项目名称");
    }
    let total = RESULTS.iter().find_map(|word| {
        let at = text.find(word)? + word.len();
        let lead = text[at..].len() - text[at..].trim_start_matches([':', '：', ' ']).len();
        let digits = text[at + lead..].find(|c: char| !c.is_ascii_digit() && c != '.')?;
        (digits > 0).then_some(at + lead..at + lead + digits)
    });
    if let Some(total) = total {
        form.total = reader.mark(Some(&Piece::of(reader.document, place(total))), "自评得分");
    }
}

/// The names of groups and of unused rows in a text.
fn anchors_of(text: &str) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let found = unused(rest).map(|length| (length, "")).or_else(|| group(rest));
        match found {
            Some((length, label)) => {
                anchors.push(Anchor {
                    range: at..at + length,
                    label,
                });
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    anchors
}

/// 指标2：
fn unused(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("指标")?;
    let digits = rest.len()
        - rest
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == 'L')
            .len();
    let colon = rest[digits..].chars().next().filter(|c| matches!(c, '：' | ':'));
    let end = colon.map_or(0, char::len_utf8);
    (digits > 0 && (end > 0 || rest[digits..].starts_with("指标"))).then_some("指标".len() + digits + end)
}

/// 数量指标, 项目决策（10分）: a name that is no part of a longer word ends in 指标 or has its weight behind it.
fn group(text: &str) -> Option<(usize, &'static str)> {
    let label = group_at(text)?;
    let behind = &text[label.len()..];
    let bracket = behind
        .starts_with(['（', '('])
        .then(|| behind.find(['）', ')']))
        .flatten();
    if let Some(close) = bracket.filter(|close| *close <= 20) {
        let end = label.len() + close + behind[close..].chars().next().map_or(1, char::len_utf8);
        if label_and_weight(&text[..end]).0 != &text[..end] {
            return Some((end, label));
        }
    }
    label.ends_with("指标").then_some((label.len(), label))
}

fn read_block(
    form: &mut Form,
    (text, start): (&str, u32),
    anchors: &[Anchor],
    reasoned: bool,
    reader: &Reader,
) {
    let ends = anchors
        .iter()
        .map(|anchor| anchor.range.start)
        .skip(1)
        .chain([text.len()]);
    let lead = anchors.first().map_or(text.len(), |anchor| anchor.range.start);
    let place = |range: Range<usize>| start + range.start as u32..start + range.end as u32;
    let read = |form: &mut Form, from: usize, until: usize| {
        let mut at = from;
        while let Some(found) = next_row(text, at, until, reader.units) {
            at = found.end;
            // What follows at once is the name of a group: the row gives no reason.
            let ended = reasoned && found.end == until && until < text.len();
            let row = row_of(&found, reader, &place, ended);
            push(form, row);
        }
    };
    // What stands before the first name of a group, in a paragraph that goes on with the rows of the one before.
    if !form.rows.is_empty() || !form.groups.is_empty() {
        let mark = mark_of(text).map_or(0, |mark| mark.len);
        read(form, mark, lead);
    }
    for (anchor, until) in anchors.iter().zip(ends) {
        if !anchor.label.is_empty() {
            open(form, anchor, &place, reader);
        }
        read(form, anchor.range.end, until);
    }
}

fn open(form: &mut Form, anchor: &Anchor, place: &dyn Fn(Range<usize>) -> Range<u32>, reader: &Reader) {
    let piece = Piece::of(reader.document, place(anchor.range.clone()));
    let first = is_first(anchor.label) && (!is_second(anchor.label) || form.groups.is_empty());
    let (groups, header): (&mut Vec<Group>, &str) = match first {
        true => (&mut form.groups, "一级指标"),
        false => (&mut form.subgroups, "二级指标"),
    };
    groups.push(indicators::group_of(&piece, header, reader));
}

fn row_of(
    found: &Found,
    reader: &Reader,
    place: &dyn Fn(Range<usize>) -> Range<u32>,
    ended: bool,
) -> IndicatorRow {
    let piece = |range: &Range<usize>| Piece::of(reader.document, place(range.clone()));
    let some = |range: &Option<Range<usize>>| range.as_ref().map(piece);
    let target = reader.number(some(&found.target).as_ref(), "年度指标值", None);
    let unit = target
        .number()
        .filter(|target| !target.unit.is_none())
        .map(|target| (target.unit, target.printed.map_or(0, |printed| printed.scale)));
    let score = reader.mark(some(&found.score).as_ref(), "得分");
    let mut reason = Datum::default();
    if ended && score.number().is_some() {
        let end = score.range.end;
        reason = Datum {
            content: Content::Empty,
            range: end..end,
            header: "未完成原因".into(),
            ..Datum::default()
        };
    }
    IndicatorRow {
        name: datum(some(&found.name).as_ref(), "三级指标"),
        actual: reader.number(some(&found.actual).as_ref(), "实际完成值", unit),
        weight: reader.mark(some(&found.weight).as_ref(), "分值"),
        target,
        score,
        reason,
        ..IndicatorRow::default()
    }
}

fn push(form: &mut Form, mut row: IndicatorRow) {
    if row.name.text.contains("预算执行率") && row.target.content == Content::Absent {
        form.execution.get_or_insert(ExecutionRow {
            rate: row.actual,
            weight: row.weight,
            score: row.score,
            ..ExecutionRow::default()
        });
        return;
    }
    let index = form.rows.len();
    row.first = form.groups.len().checked_sub(1);
    row.second = form.subgroups.len().checked_sub(1);
    let first = row.first.map(|at| &mut form.groups[at]);
    let second = row.second.map(|at| &mut form.subgroups[at]);
    first
        .into_iter()
        .chain(second)
        .for_each(|group| group.rows.push(index));
    form.rows.push(row);
}
