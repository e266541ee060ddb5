//! The title of a form, its year and its kind.

use super::sections::{Part, Section};
use super::{Form, FormKind};
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, bare};
use crate::words::lexicon::{Layout, Lexicon, lexicon};
use crate::words::script::simplified;
use std::borrow::Cow;
use std::ops::Range;

/// Sets title, year and kind of a form that was read.
pub(super) fn read(form: &mut Form, document: &Document, sections: &[Section]) {
    let (title, year) = title_before(document, form.range.start);
    form.title = title.or_else(|| title_inside(sections));
    let own = form
        .title
        .as_ref()
        .and_then(|title| year_in(document.text(title)));
    form.year = own.or(year).or_else(|| year_inside(sections));
    let title = form
        .title
        .as_ref()
        .map_or(Cow::Borrowed(""), |title| simplified(document.text(title)));
    form.kind = kind_by(&signs_of(form, &title, sections));
}

/// What may stand behind the last word of a title.
const ENDS: &str = "（）()年度0123456789 ";

/// Whether a line is the title of a form.
pub(super) fn is_title(text: &str) -> bool {
    let text = text.trim();
    // Hardly any text ends like one.
    let ends = |c: char| matches!(c, '表' | '格') || ENDS.contains(c);
    if !text.ends_with(ends) {
        return false;
    }
    let text = &*simplified(text);
    // 绩效目标申报表（农田建设）: a note may follow.
    let noted = text
        .ends_with(['）', ')'])
        .then(|| text.rfind(['（', '(']))
        .flatten();
    let text = noted
        .filter(|open| *open > 0)
        .map_or(text, |open| text[..open].trim_end());
    let bare = text.trim_end_matches(|c: char| ENDS.contains(c));
    let short = text.chars().count() <= 50;
    let ends = ["表", "表格"].iter().any(|end| bare.ends_with(end));
    let about = ["自评", "绩效目标", "绩效评价"]
        .iter()
        .any(|word| bare.contains(word));
    short && ends && about && !text.contains(['。', '；'])
}

/// Whether the title of a form stands right above a place.
pub(super) fn is_titled(document: &Document, start: u32) -> bool {
    title_before(document, start).0.is_some()
}

/// The nearest title among the few lines before a place, and the year in brackets between the two.
fn title_before(document: &Document, start: u32) -> (Option<Range<u32>>, Option<i32>) {
    let after = document.blocks.partition_point(|block| block.range.end <= start);
    let mut year = None;
    for block in document.blocks[..after].iter().rev().take(12) {
        if matches!(block.kind, BlockKind::Table(_)) {
            break;
        }
        let text = document.text(&block.range);
        if is_title(text) {
            return (Some(block.range.clone()), year);
        }
        if text.chars().count() <= 14 && year.is_none() {
            year = year_in(text);
        }
    }
    (None, None)
}

/// A title in a row of its own inside the table.
fn title_inside(sections: &[Section]) -> Option<Range<u32>> {
    let keys = sections.iter().filter(|section| section.part == Part::Keys);
    let mut pieces = keys.flat_map(|section| &section.rows).flat_map(|row| &row.raw);
    pieces
        .find(|piece| is_title(&piece.text))
        .map(|piece| piece.range.clone())
}

/// （2022年度） in a line of its own between the title and the first row.
fn year_inside(sections: &[Section]) -> Option<i32> {
    let keys = sections.iter().filter(|section| section.part == Part::Keys);
    let pieces = keys.flat_map(|section| &section.rows).flat_map(|row| &row.raw);
    pieces
        .filter(|piece| piece.text.starts_with(['（', '(']) && piece.text.chars().count() <= 14)
        .find_map(|piece| year_in(&piece.text))
}

/// The first year of a title: 2022年度, 2022 年.
pub(crate) fn year_in(text: &str) -> Option<i32> {
    for (at, _) in text.match_indices('年') {
        let before = text[..at].trim_end();
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        if digits.len() == 4 {
            let year: String = digits.chars().rev().collect();
            return year.parse().ok().filter(|year| (1990..2100).contains(year));
        }
    }
    // （2021）
    let inner = text.trim().trim_end_matches(['）', ')']);
    let (_, digits) = inner.rsplit_once(['（', '('])?;
    let year = digits.trim().parse().ok();
    year.filter(|year| (1990..2100).contains(year))
}

static WORDS: Lexicon = lexicon!(Layout::lists(
    include_str!("../../../data/form_kinds.tsv"),
    &PLACES
));
const PLACES: [&str; 6] = [
    "targets.title",
    "linking.title",
    "transfer.title",
    "department.title",
    "transfer.label",
    "department.label",
];

/// Whether a text holds one of the words of a kind: in a title, or as a label.
fn says(text: &str, place: &str) -> bool {
    let label = place.ends_with("label");
    let mut words = WORDS
        .entries
        .iter()
        .filter(|word| PLACES[word.kind as usize] == place);
    words.any(|word| match (label, WORDS.word(*word)) {
        (true, word) => text == word,
        (false, word) => text.contains(word),
    })
}

/// What tells the kind of a form.
#[derive(Default)]
pub(super) struct Signs {
    /// The title, in simplified characters.
    pub title: String,
    /// The labels of its cells, without what stands in brackets.
    pub labels: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Whether a row has ★ before its name.
    pub starred: bool,
    /// Whether marks were given.
    pub scored: bool,
}

/// The kind by the words of the title and the labels, else by the columns. Targets alone are an application, whatever
/// money they are for.
pub(super) fn kind_by(signs: &Signs) -> Option<FormKind> {
    let has = |column: Column| signs.columns.contains(&column);
    let titled = |place: &str| says(&signs.title, place);
    let labelled = |place: &str| signs.labels.iter().any(|label| says(label, place));
    // A form that names its project is not of a whole department, whatever else its head asks for.
    let of_project = signs.title.contains("项目") || signs.labels.iter().any(|label| label == "项目名称");
    let named = signs.title.contains("项目支出");
    let scored = signs.scored || (has(Column::Weight) && has(Column::Score));
    let done = scored || has(Column::Actual) || has(Column::Done);
    let indicators = has(Column::Name) || has(Column::Target);
    if !done && (titled("targets.title") || (indicators && !signs.title.contains("自评"))) {
        Some(FormKind::Targets)
    } else if titled("linking.title") || (signs.starred && !named) {
        Some(FormKind::Linking)
    } else if titled("department.title") {
        Some(FormKind::Department)
    } else if titled("transfer.title") || (labelled("transfer.label") && !named) {
        Some(FormKind::Transfer)
    } else if labelled("department.label") && scored && !of_project {
        Some(FormKind::Department)
    } else if scored || (indicators && has(Column::Weight)) {
        Some(FormKind::Project)
    } else if indicators {
        Some(match done {
            true => FormKind::Transfer,
            false => FormKind::Targets,
        })
    } else {
        signs.title.contains("自评表").then_some(FormKind::Project)
    }
}

/// What of a form's parts tells its kind.
fn signs_of(form: &Form, title: &str, sections: &[Section]) -> Signs {
    let heads = |part: Part| {
        let sections = sections.iter().filter(move |section| section.part == part);
        sections.flat_map(|section| &section.heads)
    };
    let labels = sections
        .iter()
        .filter(|section| matches!(section.part, Part::Keys | Part::Funds))
        .flat_map(|section| &section.rows)
        .flat_map(|row| &row.raw)
        .filter(|piece| piece.text.chars().count() <= LONGEST_LABEL);
    let funds = form.execution.as_ref();
    let marks = funds.is_some_and(|row| row.weight.number().is_some() && row.score.number().is_some());
    Signs {
        title: title.to_owned(),
        labels: labels.map(|piece| bare(&piece.text)).collect(),
        columns: heads(Part::Indicators)
            .chain(heads(Part::Goal))
            .map(|head| head.column)
            .collect(),
        starred: form.rows.iter().any(|row| row.name.text.starts_with('★')),
        scored: marks,
    }
}

/// The characters of the longest label that tells a kind.
const LONGEST_LABEL: usize = 16;
