//! A form that text extraction poured out in disorder: only what confirms itself is read.

use super::pieces::{Class, Piece, is_figure, is_group, is_second, label_and_weight};
use super::totals::{grade_in, is_total};
use super::values::{Reader, datum};
use super::{Content, Form, Reading, fund_lists, indicators, kind, poured_funds, poured_rows};
use crate::document::{BlockKind, Document};
use crate::facts::columns::{Column, bare, column_of, unit_in};
use crate::quantity::{Ratio, UnitTable};

/// A line of the poured text: a block with its cells.
pub(super) struct Line<'d> {
    pub pieces: Vec<Piece<'d>>,
    /// Whether it stands right below the line before it.
    pub close: bool,
}

impl Line<'_> {
    /// Whether it holds nothing but figures.
    pub(super) fn is_figures(&self) -> bool {
        self.pieces.iter().all(|piece| piece.class().is_figure())
    }
}

/// Reads what can be read of a poured form; nothing where there is no sign of one.
pub(super) fn read(document: &Document, units: &UnitTable) -> Option<Form> {
    let lines = with_units(lines_of(document)?, document, units);
    let mut form = Form {
        reading: Reading::Poured,
        ..Form::default()
    };
    let reader = Reader {
        document,
        units,
        numbers: &[],
    };
    read_labels(&mut form, &lines, &reader);
    read_totals(&mut form, &lines, &reader);
    poured_funds::read(&mut form, &lines, &reader);
    let pieces = || lines.iter().flat_map(|line| &line.pieces);
    let unit = pieces().find_map(|piece| unit_in(&piece.text));
    fund_lists::read_natures(&mut form, pieces(), unit, &reader);
    // A form without marks has no pairs of them, whatever numbers stand side by side.
    let marked = |piece: &Piece| {
        matches!(piece.column(), Some(Column::Score | Column::Weight))
            || piece.text.starts_with("得分")
            || piece.text.starts_with("分值")
    };
    if pieces().any(marked) {
        poured_rows::read(&mut form, &lines, &reader);
    }
    let found =
        form.rows.len() + usize::from(form.execution.is_some()) + usize::from(form.total.number().is_some());
    if found == 0 && form.groups.iter().all(|group| group.weight.text.is_empty()) {
        return None;
    }
    // Labels that could be laid to no row say nothing, unless they print a weight.
    form.keep_groups(|group| group.weight.number().is_some() || !group.rows.is_empty());
    read_title(&mut form, &lines);
    read_goal(&mut form, &lines);
    Some(form)
}

/// The lines from the first word of a form's header on, where enough such words follow.
fn lines_of(document: &Document) -> Option<Vec<Line<'_>>> {
    let is_word = |text: &str| {
        text.chars().count() <= 20
            && text
                .split_whitespace()
                .any(|word| column_of(word).is_some() || is_group(word))
    };
    let blocks: Vec<_> = document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Table(_)))
        .collect();
    let words: Vec<usize> = (0..blocks.len())
        .filter(|at| is_word(document.text(&blocks[*at].range)))
        .collect();
    if words.len() < 6 {
        return None;
    }
    // A lone word far above the others is a line of the report.
    let first = words.windows(4).find(|four| four[3] - four[0] < 40)?[0];
    let titled =
        (first.saturating_sub(6)..first).find(|at| kind::is_title(document.text(&blocks[*at].range)));
    let mut lines: Vec<Line> = Vec::new();
    let mut end = 0;
    for block in &blocks[titled.unwrap_or(first)..] {
        let source = document.view.range_in_source(block.range.clone());
        let between = document.source.text.get(end..source.start).unwrap_or("");
        let close = end > 0 && between.matches('\n').count() <= 1;
        end = source.end;
        lines.push(Line {
            pieces: pieces_of(document, block.range.clone()),
            close,
        });
    }
    Some(lines)
}

/// ≥3000 and 元/户 right below it are one cell that was broken before its unit.
fn with_units<'d>(lines: Vec<Line<'d>>, document: &'d Document, units: &UnitTable) -> Vec<Line<'d>> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let ([rest], Some(above)) = (line.pieces.as_slice(), joined.last_mut())
            && line.close
            && let [number] = above.pieces.as_mut_slice()
            && is_broken(&number.text, &rest.text, units)
        {
            *number = Piece::of(document, number.range.start..rest.range.end);
        } else {
            joined.push(line);
        }
    }
    joined
}

/// Whether a text is the unit that a number lacks.
fn is_broken(number: &str, unit: &str, units: &UnitTable) -> bool {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let bare = number
        .trim_start_matches(['≥', '≤', '=', '>', '<', '＝', '＞', '＜'])
        .trim_end_matches(['万', '亿', ' ']);
    let plain = !bare.is_empty() && bare.chars().all(digits);
    plain && !unit.contains(digits) && units.parse(unit).is_some()
}

/// A line to cells at its blanks where it ends with figures or is made of header words; else it is one cell.
fn pieces_of(document: &Document, range: std::ops::Range<u32>) -> Vec<Piece<'_>> {
    let text = document.text(&range);
    let words: Vec<&str> = text.split_whitespace().collect();
    let figures = || words.iter().filter(|word| is_figure(word)).count();
    let headers = || words.iter().filter(|word| column_of(word).is_some()).count();
    if words.len() < 2 || text.chars().count() > 80 || (figures() < 2 && headers() < 2) {
        return vec![Piece::of(document, range)];
    }
    let pieces = words.iter().map(|word| {
        let at = range.start + (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
        Piece::of(document, at..at + word.len() as u32)
    });
    pieces.collect()
}

/// Labels of groups with their weights, in the order of the text.
fn read_labels(form: &mut Form, lines: &[Line], reader: &Reader) {
    for piece in lines.iter().flat_map(|line| &line.pieces) {
        let (label, weight) = label_and_weight(&piece.text);
        match piece.class() {
            Class::First => form.groups.push(indicators::group_of(piece, "一级指标", reader)),
            Class::Second | Class::Either if is_second(label) && weight.is_none() => {
                form.subgroups
                    .push(indicators::group_of(piece, "二级指标", reader));
            }
            _ => {}
        }
    }
    // 产出指标 as a header of prose and again in the form: the one with a weight is the form's.
    if form.groups.iter().any(|group| group.weight.number().is_some()) {
        form.keep_groups(|group| !group.weight.text.is_empty());
    }
    form.sort_subgroups(|group| order_of(&group.name.text));
}

/// The order in which the forms print the groups of the second level.
pub(super) fn order_of(label: &str) -> usize {
    const ORDER: &[&str] = &[
        "数量",
        "质量",
        "时效",
        "成本",
        "经济",
        "社会",
        "生态",
        "可持续",
        "满意",
    ];
    ORDER
        .iter()
        .position(|word| label.contains(word))
        .unwrap_or(ORDER.len())
}

/// A plain decimal number.
pub(super) fn plain(text: &str) -> Option<Ratio> {
    let bare = text.trim_end_matches(['%', '％', '分']);
    let (whole, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    let digits: String = whole
        .chars()
        .filter(|c| *c != ',')
        .chain(fraction.chars())
        .collect();
    let number: i128 = digits.parse().ok()?;
    Ratio::scaled(number, -i32::try_from(fraction.len()).ok()?)
}

/// 100 98 等级：优, on one line or under 总分.
fn read_totals(form: &mut Form, lines: &[Line], reader: &Reader) {
    for (at, line) in lines.iter().enumerate().rev() {
        let Some(label) = line
            .pieces
            .iter()
            .find(|piece| piece.text.contains("总分") && piece.text.chars().count() <= 12)
        else {
            continue;
        };
        let until = (at + 4).min(lines.len());
        let below = lines[at + 1..until]
            .iter()
            .take_while(|line| line.pieces.len() == 1);
        let own = line
            .pieces
            .iter()
            .filter(|piece| piece.class() == Class::Bare)
            .count()
            >= 2;
        let near: Vec<&Piece> = match own {
            true => line.pieces.iter().collect(),
            false => below.flat_map(|line| &line.pieces).collect(),
        };
        let bare: Vec<&&Piece> = near.iter().filter(|piece| piece.class() == Class::Bare).collect();
        let [full, total, ..] = bare.as_slice() else {
            continue;
        };
        form.full = reader.mark(Some(full), "分值");
        form.total = reader.mark(Some(total), "得分");
        let grade = near
            .iter()
            .find_map(|piece| grade_in(piece))
            .or_else(|| grade_beside(label));
        if let Some(grade) = grade {
            form.grade = datum(Some(&grade), "等级");
            form.grade.content = Content::Text;
        }
        return;
    }
    let labelled = lines
        .iter()
        .flat_map(|line| &line.pieces)
        .any(|piece| is_total(&piece.text));
    if labelled {
        read_last_pair(form, lines, reader);
    }
}

/// The last two numbers of the text where they are 100 and a number of marks: 总分 was poured out far from them.
fn read_last_pair(form: &mut Form, lines: &[Line], reader: &Reader) {
    let pieces = lines.iter().flat_map(|line| &line.pieces);
    let bare: Vec<&Piece> = pieces.filter(|piece| piece.class() == Class::Bare).collect();
    let [.., full, total] = bare.as_slice() else {
        return;
    };
    let both = plain(&full.text).zip(plain(&total.text));
    if both.is_some_and(|(full, total)| full == Ratio::whole(100) && total <= Ratio::whole(110)) {
        form.full = reader.mark(Some(full), "分值");
        form.total = reader.mark(Some(total), "得分");
    }
}

/// 等级：优总分: the label of the row ran into the grade.
fn grade_beside(piece: &Piece) -> Option<Piece<'static>> {
    grade_in(&Piece::new(piece.text.replace("总分", ""), piece.range.clone()))
}

fn read_title(form: &mut Form, lines: &[Line]) {
    let mut pieces = lines.iter().flat_map(|line| &line.pieces);
    let title = pieces.find(|piece| kind::is_title(&piece.text));
    let scored = lines
        .iter()
        .flat_map(|line| &line.pieces)
        .any(|piece| piece.column() == Some(Column::Score));
    if let Some(title) = title {
        form.title = Some(title.range.clone());
        form.year = kind::year_in(&title.text);
    }
    let pieces = || lines.iter().flat_map(|line| &line.pieces);
    form.kind = kind::kind_by(&kind::Signs {
        title: title.map_or(String::new(), |title| title.text.to_string()),
        labels: pieces()
            .filter(|piece| piece.text.len() <= LONGEST_LABEL)
            .map(|piece| bare(&piece.text))
            .collect(),
        columns: pieces().filter_map(Piece::column).collect(),
        starred: form.rows.iter().any(|row| row.name.text.starts_with('★')),
        scored,
    });
    let first = lines.first().and_then(|line| line.pieces.first());
    let last = lines.last().and_then(|line| line.pieces.last());
    if let (Some(first), Some(last)) = (first, last) {
        form.range = first.range.start..last.range.end;
    }
}

/// The bytes of the longest label that tells a kind.
const LONGEST_LABEL: usize = 60;

/// 到2022年，全县要实现…: the goal's prose.
fn read_goal(form: &mut Form, lines: &[Line]) {
    let goal = lines.iter().flat_map(|line| &line.pieces).find(|piece| {
        let text = piece.text.as_ref();
        let dated =
            (text.starts_with('到') || text.starts_with("通过")) && text.chars().take(8).any(|c| c == '年');
        dated && text.chars().count() > 20 && ["要", "实现", "达到"].iter().any(|verb| text.contains(verb))
    });
    if let Some(goal) = goal {
        form.goal = datum(Some(goal), "预期目标");
    }
}
