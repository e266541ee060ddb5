//! Budget, spending, rate and score in a poured form: the figures that confirm one another.

use super::pieces::{Class, Piece};
use super::poured::{Line, plain};
use super::values::{Reader, datum};
use super::{ExecutionRow, Form, FundRow};
use crate::facts::columns::{bare, unit_in};
use crate::quantity::Ratio;

/// A figure with its value and the run of figures that it stands in.
struct Figure<'l> {
    piece: &'l Piece<'l>,
    value: Ratio,
    run: usize,
    /// Its place in the run.
    place: usize,
    /// It is a line of its own.
    lone: bool,
}

/// More figures than this are no form.
const MOST: usize = 200;

/// Reads the execution row, and the fund rows that are printed like it.
pub(super) fn read(form: &mut Form, lines: &[Line], reader: &Reader) {
    let figures = figures_of(lines);
    if figures.len() > MOST {
        return;
    }
    let Some((budget, spent, rate)) = confirmed(&figures).or_else(|| confirmed_apart(&figures)) else {
        return;
    };
    let unit = lines
        .iter()
        .flat_map(|line| &line.pieces)
        .find_map(|piece| unit_in(&piece.text))
        .and_then(|unit| reader.unit(unit));
    let mut row = ExecutionRow {
        rate: reader.number(Some(rate.piece), "执行率", reader.unit("%")),
        budget: reader.number(Some(budget.piece), "全年预算数", unit),
        spent: reader.number(Some(spent.piece), "全年执行数", unit),
        ..ExecutionRow::default()
    };
    if let Some((weight, score)) = marks(&figures, rate) {
        row.weight = reader.mark(Some(weight.piece), "分值");
        row.score = reader.mark(Some(score.piece), "得分");
    }
    read_funds(form, lines, &figures, [budget, spent, rate], reader);
    if form.funds.is_empty() {
        form.unread.push((
            budget.piece.range.start..spent.piece.range.end,
            "资金表被拆散，只读出了互相印证的预算数、执行数和执行率。".into(),
        ));
    }
    form.execution = Some(row);
}

fn figures_of<'l>(lines: &'l [Line]) -> Vec<Figure<'l>> {
    let mut figures = Vec::new();
    let mut run = 0;
    let mut place = 0;
    for line in lines {
        if !line.is_figures() {
            run += 1;
            place = 0;
            continue;
        }
        for piece in &line.pieces {
            if let Some(value) = plain(&piece.text) {
                figures.push(Figure {
                    piece,
                    value,
                    run,
                    place,
                    lone: line.pieces.len() == 1,
                });
            }
            place += 1;
        }
    }
    figures
}

/// A budget, an amount spent and the percentage that follows from them.
type Confirmed<'f> = (&'f Figure<'f>, &'f Figure<'f>, &'f Figure<'f>);

/// The budget, the amount spent and the lone percentage that follows from them within two units of its last digit;
/// of several the largest budget. 100% follows from any number and itself: it counts only within one run, and only
/// where nothing else is confirmed.
fn confirmed<'f>(figures: &'f [Figure<'f>]) -> Option<Confirmed<'f>> {
    let bare: Vec<&Figure> = figures
        .iter()
        .filter(|figure| figure.piece.class() == Class::Bare)
        .collect();
    let rates = figures
        .iter()
        .filter(|figure| figure.lone && figure.piece.class() == Class::Percent);
    let mut found: Vec<Confirmed> = Vec::new();
    for rate in rates {
        let full = rate.value == Ratio::whole(100);
        for (at, budget) in bare.iter().enumerate() {
            // The amount spent stands beside its budget, and before its rate: behind it stand 分值 and 得分.
            let beside = bare[at + 1..]
                .iter()
                .take(3)
                .filter(|spent| spent.run == budget.run);
            for spent in beside.filter(|spent| spent.run != rate.run || spent.place < rate.place) {
                if follows(budget.value, spent.value, rate) && (!full || rate.run == budget.run) {
                    found.push((budget, spent, rate));
                }
            }
        }
    }
    let full = |found: &Confirmed| found.2.value == Ratio::whole(100);
    found
        .into_iter()
        .max_by_key(|found| (!full(found), found.0.value))
}

/// The amount spent and its rate in one run, and the budget in a run of its own before them: columns that were poured
/// out apart. Only a rate of four digits or more says so much.
fn confirmed_apart<'f>(figures: &'f [Figure<'f>]) -> Option<Confirmed<'f>> {
    let precise = |rate: &Figure| {
        rate.lone && rate.piece.class() == Class::Percent && digits_of(&rate.piece.text).len() >= 4
    };
    let mut found: Vec<Confirmed> = Vec::new();
    for (at, rate) in figures.iter().enumerate().filter(|(_, rate)| precise(rate)) {
        let bare = |figure: &&Figure| figure.piece.class() == Class::Bare;
        let beside = figures[..at]
            .iter()
            .rev()
            .take(3)
            .take_while(|figure| figure.run == rate.run);
        for spent in beside.filter(bare) {
            let budgets = figures[..at].iter().rev().take(FARTHEST_BUDGET).filter(bare);
            let budget = budgets
                .filter(|budget| budget.run < rate.run)
                .find(|budget| follows(budget.value, spent.value, rate));
            found.extend(budget.map(|budget| (budget, spent, rate)));
        }
    }
    found.into_iter().max_by_key(|found| found.0.value)
}

/// How many figures before its rate a budget may stand.
const FARTHEST_BUDGET: usize = 20;

fn follows(budget: Ratio, spent: Ratio, rate: &Figure) -> bool {
    if budget <= Ratio::whole(0) || spent > budget {
        return false;
    }
    let digits = rate.piece.text.trim_end_matches(['%', '％']);
    let places = digits
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len() as i32);
    let near = || {
        let exact = spent.div(budget)?.mul(Ratio::whole(100))?;
        let off = exact.sub(rate.value)?.abs()?;
        let allowed = Ratio::power_of_ten(-places)?.mul(Ratio::whole(2))?;
        Some(off <= allowed)
    };
    near().unwrap_or(false)
}

/// 分值 and 得分 of the rate: the score has the digits of rate × weight, whatever its power of ten.
fn marks<'f>(figures: &'f [Figure<'f>], rate: &Figure) -> Option<(&'f Figure<'f>, &'f Figure<'f>)> {
    let near =
        |figure: &&Figure| figure.piece.class() == Class::Bare && (figure.run == rate.run || figure.lone);
    let candidates: Vec<&Figure> = figures.iter().filter(near).collect();
    let weights = candidates.iter().filter(|figure| {
        figure.value > Ratio::whole(1) && figure.value <= Ratio::whole(50) && figure.value.is_whole()
    });
    for weight in weights {
        let Some(exact) = weight
            .value
            .mul(rate.value)
            .and_then(|all| all.div(Ratio::whole(100)))
        else {
            continue;
        };
        let expected = digits_of(&exact.to_plain(6).unwrap_or_default());
        let same_run = |figure: &&&Figure| weight.run != rate.run || figure.run == rate.run;
        for score in candidates.iter().filter(same_run) {
            let own = score.run == weight.run && score.place == weight.place;
            if !own && score.value != weight.value && like(&digits_of(&score.piece.text), &expected) {
                return Some((weight, score));
            }
        }
        // Full marks are the same number printed twice, in the row of the rate itself.
        if rate.value == Ratio::whole(100) && weight.run == rate.run {
            let twin = candidates.iter().find(|score| {
                score.run == rate.run && score.place > weight.place && score.value == weight.value
            });
            if let Some(score) = twin {
                return Some((weight, score));
            }
        }
    }
    None
}

/// Digits without the point and without noughts at the ends.
fn digits_of(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Whether two or more digits are the leading ones of others, rounded or cut off.
fn like(shown: &str, exact: &str) -> bool {
    if shown.len() < 2 {
        return false;
    }
    if exact.len() <= shown.len() {
        return shown == exact;
    }
    let (head, rest) = exact.split_at(shown.len());
    let up = rest.as_bytes().first().is_some_and(|digit| *digit >= b'5');
    let rounded = head
        .parse::<u64>()
        .ok()
        .and_then(|head| head.checked_add(1))
        .map(|head| head.to_string());
    head == shown || (up && rounded.as_deref() == Some(shown))
}

/// Fund rows printed as a name and a run of as many figures as the row of the rate has.
fn read_funds(form: &mut Form, lines: &[Line], figures: &[Figure], known: [&Figure; 3], reader: &Reader) {
    let [budget, spent, rate] = known;
    if budget.run != rate.run {
        return;
    }
    let unit = lines
        .iter()
        .flat_map(|line| &line.pieces)
        .find_map(|piece| unit_in(&piece.text));
    let unit = unit.and_then(|unit| reader.unit(unit));
    let length = run_length(lines, rate.run);
    let mut run = 0;
    for line in lines {
        if line.is_figures() {
            continue;
        }
        run += 1;
        let Some(name) = line.pieces.last() else { continue };
        let money = ["资金", "拨款", "合计", "总额", "结转", "补助"]
            .iter()
            .any(|word| bare(&name.text).contains(word));
        if !money || run_length(lines, run) != length {
            continue;
        }
        let at = |place: usize| {
            figures
                .iter()
                .find(|figure| figure.run == run && figure.place == place)
                .map(|figure| figure.piece)
        };
        let number = |place: usize, header: &str| reader.number(at(place), header, unit);
        let mut fund = FundRow {
            name: datum(Some(name), "资金名称"),
            budget: number(budget.place, "全年预算数"),
            spent: number(spent.place, "全年执行数"),
            ..FundRow::default()
        };
        if budget.place == 1 {
            fund.initial = number(0, "年初预算数");
        }
        form.funds.push(fund);
    }
    super::funds::nest(&mut form.funds);
}

/// How many cells the run of figures behind the n-th line of text has.
fn run_length(lines: &[Line], run: usize) -> usize {
    let mut at = 0;
    let mut length = 0;
    for line in lines {
        if !line.is_figures() {
            at += 1;
        } else if at == run {
            length += line.pieces.len();
        }
        if at > run {
            break;
        }
    }
    length
}
