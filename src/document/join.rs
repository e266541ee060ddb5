//! Lines to the groups that PDF extraction broke: which line goes on in the next one.

use super::lines::{Line, is_figure};
use crate::quantity::UnitTable;
use crate::quantity::numeral::{self, Numeral};
use crate::words::may_hold_blank;
use std::collections::VecDeque;
use std::ops::Range;

/// How many lines around a line tell how wide the text was set there.
const AROUND: usize = 20;
/// A line of prose is at least so wide; narrower ones are cells and headings.
const PROSE: u32 = 30;
/// The widest line of a cell that was poured out.
const CELL: u32 = 16;

/// The groups of lines that are one block each, ascending.
pub(super) fn groups(lines: &[Line]) -> Vec<Range<usize>> {
    let mut widths = Widths::default();
    let narrow = narrow_cells(lines);
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for next in 1..=lines.len() {
        widths.move_to(lines, next - 1);
        let goes_on = next < lines.len()
            && (narrow[next - 1]
                || continues(&lines[next - 1], &lines[next], || widths.full(lines, next - 1)));
        if !goes_on {
            groups.push(start..next);
            start = next;
        }
    }
    groups
}

/// Whether `b` goes on with the sentence of `a`. `full` is the width of the text set around them, 0 where unknown.
fn continues(a: &Line, b: &Line, full: impl Fn() -> u32) -> bool {
    if takes_number(a, b) {
        return true;
    }
    if is_edge(a, b) {
        return false;
    }
    if b.begins_inside() || breaks_number(a, b) || is_orphan(a, b) || (b.gap == 0 && is_open(a, b)) {
        return true;
    }
    if b.begins_block() {
        return false;
    }
    let full = full();
    if a.is_title() && a.width * 5 < full * 4 {
        return false;
    }
    full > 0 && a.width * 5 >= full * 4 && b.width <= full + 4 && !is_row(b)
}

/// 一级指标 二级指标 三级指标 年度指标值: words parted by blanks are the cells of a row, however wide it is set.
fn is_row(line: &Line) -> bool {
    may_hold_blank(line.text)
        && line.text.split_whitespace().nth(3).is_some()
        && !line.text.contains(['，', '。', '；', '、'])
}

/// What never goes on: the end of a sentence, rows of figures, rows with `|`.
fn is_edge(a: &Line, b: &Line) -> bool {
    a.ends_sentence || a.is_figures || b.is_figures || a.is_piped || b.is_piped || is_numeral(a.text)
}

/// A line that is one Chinese numeral and nothing else is a cell.
fn is_numeral(line: &str) -> bool {
    let whole = |numeral: Numeral| !numeral.arabic && numeral.end == line.len();
    line.len() <= LONGEST_NUMERAL && numeral::read(line, 0).is_some_and(whole)
}

/// The bytes of a numeral in a cell of its own.
const LONGEST_NUMERAL: usize = 60;

/// 到8000 / 家，打造: the counter stands alone before a mark or at the end, so that 指标2 / 个人满意度 is none.
fn breaks_number(a: &Line, b: &Line) -> bool {
    if !ends_in_number(a.text) || is_figure(a.text) {
        return false;
    }
    let below = b.text.strip_prefix('/');
    let Some(unit) = unit_before(below.unwrap_or(b.text)) else {
        return false;
    };
    let after = below.unwrap_or(b.text)[unit..].chars().next();
    let alone = after.is_none_or(|c| "，；、。）”".contains(c));
    below.is_some()
        || (alone
            && !a
                .text
                .trim_end_matches(|c: char| c.is_ascii_digit())
                .ends_with("指标"))
}

fn ends_in_number(text: &str) -> bool {
    let digits = text.trim_end_matches(['万', '亿']);
    digits.ends_with(|c: char| c.is_ascii_digit())
}

/// The bytes of the unit that a text begins with, 万 and 亿 included.
fn unit_before(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(['万', '亿']);
    let scale = text.len() - rest.len();
    let unit = UnitTable::built_in().longest_at(rest).map(|(_, len)| len);
    unit.or_else(|| rest.starts_with(['年', '日']).then_some('年'.len_utf8()))
        .or((scale > 0).then_some(0))
        .map(|len| scale + len)
}

/// 得分（执行 / 率×分值）: something was begun that the next line ends.
fn is_open(a: &Line, b: &Line) -> bool {
    const PAIRS: &[(char, char)] = &[('（', '）'), ('(', ')'), ('“', '”'), ('《', '》')];
    PAIRS.iter().any(|(open, close)| {
        let opened = a
            .text
            .rfind(*open)
            .is_some_and(|at| !a.text[at..].contains(*close));
        opened
            && b.text
                .find(*close)
                .is_some_and(|at| !b.text[..at].contains(*open))
    })
}

/// 上云企业达到 / 2.4万家: the verb has no object without the number.
fn takes_number(a: &Line, b: &Line) -> bool {
    if b.gap > 0 || !b.text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let verb = ["达到", "不低于", "不少于", "不超过", "实现了"]
        .iter()
        .any(|verb| a.text.ends_with(verb));
    let whole = !b.text.contains(char::is_whitespace) && b.mark.is_none();
    verb && whole
}

/// 8500 / 家上云指, 98% / 以上: a number and what belongs to it.
fn is_parted(a: &str, b: &str) -> bool {
    let bound = ["以上", "以下", "以内", "左右", "及以"]
        .iter()
        .any(|word| b.starts_with(word));
    (ends_in_number(a) && unit_before(b).is_some()) || (bound && a.ends_with(['%', '％']))
}

/// A last syllable that did not fit: 自评报 / 告, 经济效益 / 指标, 满意度指标 / （10分）.
fn is_orphan(a: &Line, b: &Line) -> bool {
    const HEADS: &[&str] = &[
        "数量",
        "质量",
        "时效",
        "成本",
        "产出",
        "效益",
        "影响",
        "满意度",
        "满意",
        "绩效",
        "一级",
        "二级",
        "三级",
        "指",
    ];
    if matches!(b.text, "指标" | "度指标" | "标")
        && a.width <= CELL
        && HEADS.iter().any(|head| a.text.ends_with(head))
    {
        return true;
    }
    let weight = b.text.trim_matches(['（', '）', '(', ')']);
    if weight.len() + 2 <= b.text.len() && a.text.ends_with("指标") && a.width <= CELL {
        return weight.trim_end_matches('分').chars().all(|c| c.is_ascii_digit());
    }
    if b.text == "报告" && b.gap == 0 && a.width >= 40 && a.text.ends_with(is_chinese) {
        return true;
    }
    let wide = a.width >= 40 || (a.width >= 6 && a.width <= CELL);
    let ends_inside = a.text.ends_with(|c: char| is_chinese(c));
    let alone = b.width == 2
        && b.text.starts_with(is_chinese)
        && !matches!(b.text, "无" | "有" | "优" | "良" | "中" | "差");
    b.gap == 0 && wide && ends_inside && alone
}

pub(super) fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn breaks_off(line: &Line) -> bool {
    line.width >= PROSE
        && !line.ends_sentence
        && !line.is_figures
        && !line.is_piped
        && !line.is_title()
        && line.mark.is_none()
}

/// The width to which the text around a line was set: lines that break off inside a sentence are about equally long
/// there, and no line is longer. The widest line around is kept while the line moves on.
#[derive(Default)]
struct Widths {
    /// Lines around that no later one outdoes, the widest first.
    widest: VecDeque<usize>,
    seen: usize,
}

impl Widths {
    fn move_to(&mut self, lines: &[Line], at: usize) {
        let end = (at + AROUND + 1).min(lines.len());
        for line in self.seen..end {
            if !lines[line].is_piped {
                while self
                    .widest
                    .back()
                    .is_some_and(|last| lines[*last].width <= lines[line].width)
                {
                    self.widest.pop_back();
                }
                self.widest.push_back(line);
            }
        }
        self.seen = end;
        while self.widest.front().is_some_and(|first| first + AROUND < at) {
            self.widest.pop_front();
        }
    }

    /// 0 where the text was not set to a width.
    fn full(&self, lines: &[Line], at: usize) -> u32 {
        let widest = self.widest.front().map(|line| lines[*line].width);
        let Some(widest) = widest.filter(|widest| *widest <= 160) else {
            return 0;
        };
        let enough = if widest >= 40 { 2 } else { 3 };
        let near = lines[at.saturating_sub(AROUND)..self.seen]
            .iter()
            .filter(|line| line.width + 8 >= widest && breaks_off(line))
            .take(enough)
            .count();
        if near >= enough { widest } else { 0 }
    }
}

/// For each line whether it goes on in the next one within a narrow cell that was poured out: lines of a few
/// characters, all but the last as wide as the cell, with a mark of punctuation or a number broken inside.
fn narrow_cells(lines: &[Line]) -> Vec<bool> {
    let mut goes_on = vec![false; lines.len()];
    let mut start = 0;
    while start < lines.len() {
        let (end, proven) = narrow_cell(lines, start);
        if proven {
            goes_on[start..end - 1].fill(true);
        }
        start = end;
    }
    goes_on
}

/// The end of the cell that begins at `start`, and whether something proves that it is one.
fn narrow_cell(lines: &[Line], start: usize) -> (usize, bool) {
    let mut widest = lines[start].width;
    let mut proven = false;
    let mut end = start + 1;
    while end < lines.len() {
        let (a, b) = (&lines[end - 1], &lines[end]);
        if a.width > CELL || b.width > CELL || a.is_figures || b.is_figures || a.text == b.text {
            break;
        }
        if a.is_piped || b.is_piped || a.text.ends_with('。') {
            break;
        }
        let tied = (b.begins_inside() && !a.ends_sentence) || breaks_number(a, b);
        let parted = is_parted(a.text, b.text);
        let marked = start + 1 == end && a.mark.is_some();
        let full =
            widest >= 6 && a.width + 3 >= widest.max(b.width) && b.gap == 0 && !b.begins_block() && !marked;
        if !tied && !full {
            break;
        }
        let inside = a.text.ends_with(['，', '、', '；', '“', '《', '（']);
        let several = end >= start + 2 && a.text.contains(['，', '；', '、']);
        proven |= several || tied || inside || parted || (b.text.ends_with('。') && b.width < a.width);
        widest = widest.max(b.width);
        end += 1;
    }
    (end, proven && end > start + 1)
}
