//! The rows of a poured form: pairs of 分值 and 得分 with the cells before them.

use super::pieces::{Class, Piece, is_group};
use super::poured::{Line, order_of, plain};
use super::totals::is_total;
use super::values::{Reader, datum};
use super::{Content, Datum, Form, Group, IndicatorRow};
use crate::facts::columns::is_part_of_header;
use crate::quantity::Ratio;

const REASON: &str = "偏差原因分析及改进措施";

/// The rows: their cells where there are three or the target and the actual value confirm one another.
pub(super) fn read(form: &mut Form, lines: &[Line], reader: &Reader) {
    let pairs = pairs_of(lines);
    let before = form.unread.len();
    let mut found: Vec<(usize, IndicatorRow)> = Vec::new();
    for pair in pairs.iter().filter(|pair| !lines_total(lines, pair.line)) {
        let cells: Vec<&Piece> = pair.cells.iter().filter(|piece| !piece.is_empty()).collect();
        let Some(row) = row_of(pair, &cells, reader) else {
            form.unread.push((
                pair.weight.range.start..pair.score.range.end,
                "表格被拆散，这一对分值和得分无法确定属于哪个指标。".into(),
            ));
            continue;
        };
        let told = |piece: &Piece| piece.text.ends_with('。') || piece.class() == Class::Long;
        match (cells.as_slice(), found.last_mut()) {
            // One text cell more than a row has: the reason of the row above.
            ([reason, _, _, _], Some((_, above))) if told(reason) => {
                above.reason = datum(Some(reason), REASON);
            }
            // Nothing but this row's own cells since the row above: that one gives no reason.
            ([_, _, _], Some((_, above))) if pair.follows => {
                let end = above.score.range.end;
                above.reason = Datum {
                    content: Content::Empty,
                    range: end..end,
                    header: REASON.into(),
                    ..Datum::default()
                };
            }
            _ => {}
        }
        found.push((pair.line, row));
    }
    let doubtful = form.unread.len() > before;
    let agree = found.len() == form.subgroups.len() && !found.is_empty() && all_differ(&form.subgroups);
    for (index, (_, mut row)) in found.into_iter().enumerate() {
        if agree {
            let parent = parent_of(&form.subgroups[index].name.text);
            row.second = Some(index);
            row.first = form
                .groups
                .iter()
                .position(|group| group.name.text.starts_with(parent));
            form.subgroups[index].rows = vec![index];
            if let Some(first) = row.first {
                form.groups[first].rows.push(index);
            }
        }
        form.rows.push(row);
    }
    let complete = agree && !doubtful;
    for group in form.groups.iter_mut().chain(&mut form.subgroups) {
        group.complete = complete && !group.rows.is_empty();
    }
}

fn all_differ(groups: &[Group]) -> bool {
    groups
        .windows(2)
        .all(|two| order_of(&two[0].name.text) < order_of(&two[1].name.text))
}

/// Whether a pair belongs to the totals: 总分 stands on its line or right above.
fn lines_total(lines: &[Line], at: usize) -> bool {
    let near = lines[at.saturating_sub(1)..=at]
        .iter()
        .flat_map(|line| &line.pieces);
    near.into_iter()
        .any(|piece| piece.text.contains("总分") || is_total(&piece.text))
}

/// Three cells are 三级指标, 年度指标值 and 实际完成值; of other counts the last two count when they confirm one another.
fn row_of(pair: &Pair, cells: &[&Piece], reader: &Reader) -> Option<IndicatorRow> {
    let (name, target, actual) = match cells {
        [name, target, actual] | [_, name, target, actual] if fit(name, target, actual) => {
            (Some(*name), *target, *actual)
        }
        [.., target, actual] if confirm(target, actual) => (None, *target, *actual),
        _ => return None,
    };
    let target = reader.number(Some(target), "年度指标值", None);
    let unit = target
        .number()
        .filter(|target| !target.unit.is_none())
        .map(|target| {
            let scale = target.printed.map_or(0, |printed| printed.scale);
            (target.unit, scale)
        });
    Some(IndicatorRow {
        name: name.map_or_else(Datum::default, |name| datum(Some(name), "三级指标")),
        actual: reader.number(Some(actual), "实际完成值", unit),
        target,
        weight: reader.mark(Some(&pair.weight), "分值"),
        score: reader.mark(Some(&pair.score), "得分"),
        ..IndicatorRow::default()
    })
}

/// Whether three cells can be a name, a target and an actual value: no name is a comparison, and a target that is
/// measured has an actual value that is.
fn fit(name: &Piece, target: &Piece, actual: &Piece) -> bool {
    let measured =
        |piece: &Piece| matches!(piece.class(), Class::Comparison | Class::Measure | Class::Percent);
    let compared = [name, actual]
        .iter()
        .any(|piece| piece.class() == Class::Comparison);
    !compared && (!measured(target) || measured(actual) || actual.class() == Class::Bare)
}

/// ≥46公里 and 47.2公里, 健全 and 健全: a target and its actual value.
fn confirm(target: &Piece, actual: &Piece) -> bool {
    let unit = |text: &str| -> String {
        let rest = text.trim_start_matches(['≥', '≤', '=', '>', '<', '＝', '＞', '＜']);
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            .to_owned()
    };
    let compared = target.class() == Class::Comparison
        && matches!(actual.class(), Class::Measure | Class::Percent | Class::Bare);
    (compared && unit(&target.text) == unit(&actual.text))
        || (target.text == actual.text && target.class() == Class::Words)
}

/// The group of the first level to which one of the second belongs.
fn parent_of(label: &str) -> &'static str {
    match order_of(label) {
        0..=3 => "产出",
        4..=7 => "效益",
        _ => "满意度",
    }
}

/// A pair of 分值 and 得分: where it stands and the cells before it.
struct Pair<'d> {
    line: usize,
    weight: Piece<'d>,
    score: Piece<'d>,
    cells: Vec<Piece<'d>>,
    /// Whether nothing but these cells stands between the pair above and this one.
    follows: bool,
}

/// Every pair of figures that can be 分值 and 得分 of a row, with the cells that stand before it.
fn pairs_of<'d>(lines: &[Line<'d>]) -> Vec<Pair<'d>> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut after_pair = false;
    while at < lines.len() {
        let run = figures_from(lines, at);
        let figures: Vec<&Piece> = lines[at..at + run.max(1)]
            .iter()
            .flat_map(|line| &line.pieces)
            .collect();
        let bare = figures
            .iter()
            .rev()
            .take_while(|piece| piece.class() == Class::Bare)
            .count();
        if run == 0 && bare < 2 {
            at += 1;
            continue;
        }
        let end = at + run.max(1);
        // 10 10 100 98.5: the marks of the last row ran into those of 总分.
        let totals = bare == 4
            && figures.len() >= 4
            && plain(&figures[figures.len() - 2].text) == Some(Ratio::whole(100));
        let (bare, count) = if totals {
            (2, figures.len() - 2)
        } else {
            (bare, figures.len())
        };
        let figures = &figures[..count];
        let own = figures.len().saturating_sub(2);
        let pair = figures
            .get(own)
            .zip(figures.get(own + 1))
            .filter(|_| bare == 2 && (run == 0 || own <= 3));
        if let Some((weight, score)) = pair.filter(|(weight, score)| are_marks(weight, score)) {
            let (mut cells, unbroken) = cells_before(&lines[from..at]);
            cells.extend(figures[..own].iter().map(|piece| (*piece).clone()));
            pairs.push(Pair {
                line: at,
                weight: (*weight).clone(),
                score: (*score).clone(),
                cells,
                follows: after_pair && unbroken,
            });
            after_pair = true;
        } else {
            after_pair = false;
        }
        from = end;
        at = end;
    }
    pairs
}

/// How many lines of figures begin at a line. A line with a whole row (1% 1% 10 10) is a run of its own.
fn figures_from(lines: &[Line], at: usize) -> usize {
    let is_row = |line: &Line| {
        let bare = line
            .pieces
            .iter()
            .rev()
            .take_while(|piece| piece.class() == Class::Bare)
            .count();
        line.pieces.len() >= 4 && bare == 2
    };
    if is_row(&lines[at]) {
        return usize::from(lines[at].is_figures());
    }
    let ends = |line: &Line| !line.is_figures() || is_row(line);
    (at..lines.len())
        .find(|next| ends(&lines[*next]))
        .unwrap_or(lines.len())
        - at
}

/// The text cells of some lines; 平均补助 / 10万元 of two lines are one where the cell before begins alike. The flag
/// says that no header or label stands among them.
fn cells_before<'d>(lines: &[Line<'d>]) -> (Vec<Piece<'d>>, bool) {
    let mut cells: Vec<Piece<'d>> = Vec::new();
    let mut unbroken = true;
    for line in lines {
        for piece in &line.pieces {
            let known = piece.column().is_some() || is_group(&piece.text) || is_part_of_header(&piece.text);
            if known {
                cells.clear();
                unbroken = false;
                continue;
            }
            let count = cells.len();
            let alike =
                count >= 2 && line.close && cells[count - 2].text.starts_with(&*cells[count - 1].text);
            let longer = count >= 2 && cells[count - 2].text.len() > cells[count - 1].text.len();
            match cells.last_mut() {
                Some(last) if alike && longer => {
                    let range = last.range.start..piece.range.end;
                    *last = Piece::new(format!("{}{}", last.text, piece.text), range);
                }
                _ => cells.push(piece.clone()),
            }
        }
    }
    (cells, unbroken)
}

/// 得分 ≤ 分值 ≤ 100.
fn are_marks(weight: &Piece, score: &Piece) -> bool {
    let (Some(weight), Some(score)) = (plain(&weight.text), plain(&score.text)) else {
        return false;
    };
    weight > Ratio::whole(0) && weight < Ratio::whole(100) && score <= weight && score >= Ratio::whole(0)
}
