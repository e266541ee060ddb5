//! A failed requirement as a finding: its message, the numbers, every place that took part.

use super::{chain, decisive, grade};
use crate::expr::eval::{Compared, Trace, Used, Value, evaluate};
use crate::expr::{Comparison, Expr, ExprKind, Piece, Template};
use crate::finding::{Finding, Place, RuleLine};
use crate::ledger::Ledger;
use crate::ledger::scope::{Row, Scope};
use crate::model::Check;
use crate::quantity::compare::Slip;
use crate::quantity::{Interval, Quantity, Unit};

pub(super) fn finding<'a>(
    scope: &Scope<'_, 'a>,
    check: &'a Check,
    requirement: &'a Expr,
    trace: &Trace,
    subject: &str,
) -> Finding {
    let compared = decisive(trace);
    if scope.ledger.sketching {
        return sketch(scope, check, trace, subject);
    }
    let like = compared.and_then(|compared| match compared.stated {
        Value::Number(quantity, _) => Some(quantity),
        _ => None,
    });
    let mut message = if check.message.pieces.is_empty() {
        default_message(check, requirement, compared, like.as_ref(), subject)
    } else {
        fill(&check.message, scope, like.as_ref())
    };
    // How the marks follow comes before what may have gone wrong with them.
    let chain = chain::of(scope, requirement, like.as_ref());
    if let Some(chain) = &chain {
        message.push_str(&chain.words);
    }
    if let Some(words) = compared.and_then(|compared| slip_words(compared, like.as_ref())) {
        message.push_str(&words);
    }
    if let Some(words) = compared.and_then(|compared| grade::kept(scope.ledger, compared)) {
        let total = compared.map_or(String::new(), |compared| {
            self::words(&compared.expected, like.as_ref())
        });
        message.push_str(&format!("更正后总分{total}，{words}。"));
    }
    message.push_str(&corrections(trace));
    let (stated, expected) =
        compared.map_or((None, None), |compared| machine_values(compared, like.as_ref()));
    Finding {
        check: check.id().to_owned(),
        title: check.name.clone(),
        severity: check.severity,
        message,
        help: fill(&check.help, scope, like.as_ref()),
        subject: subject.to_owned(),
        stated,
        expected,
        rule: Some(RuleLine {
            span: chain.as_ref().map_or(requirement.span, |chain| chain.rule),
            basis: match chain {
                Some(chain) if check.basis.is_empty() => chain.basis,
                _ => check.basis.clone(),
            },
        }),
        places: places(scope, trace, compared),
        fingerprint: String::new(),
        accepted: None,
    }
}

/// The finding without its words, with the places of what took part.
fn sketch(scope: &Scope, check: &Check, trace: &Trace, subject: &str) -> Finding {
    let (words, none) = (String::new(), Default::default());
    Finding {
        subject: subject.to_owned(),
        places: places(scope, trace, decisive(trace)),
        ..Finding::new(check.id(), &check.name, check.severity, words, none)
    }
}

/// Which numbers are not taken as they stand.
fn corrections(trace: &Trace) -> String {
    let words = |used: &Used| {
        let corrected = used.corrected.as_ref()?.text();
        let (label, printed) = (used.label, used.printed.text());
        Some(format!(
            "（{label}{printed}另已查出有误，这里按{corrected}计算。）"
        ))
    };
    trace.used.iter().filter_map(words).collect()
}

fn default_message(
    check: &Check,
    requirement: &Expr,
    compared: Option<&Compared>,
    like: Option<&Quantity>,
    subject: &str,
) -> String {
    let general = || match subject {
        "" => format!("不符合要求：{}。", check.name),
        subject => format!("“{subject}”不符合要求：{}。", check.name),
    };
    // Of several conditions joined by 或者 no single one is what should have been.
    let decided = match &requirement.kind {
        ExprKind::Compare(..) | ExprKind::Among(..) | ExprKind::And(..) => compared,
        _ => None,
    };
    let Some(compared) = decided else {
        return general();
    };
    let stated = words(&compared.stated, None);
    let field = compared.field.as_ref().and_then(|path| path.last());
    let what = match field {
        Some(field) if field != subject && !subject.is_empty() => format!("“{subject}”的{field}"),
        Some(field) => format!("“{field}”"),
        None if subject.is_empty() => return general(),
        None => format!("“{subject}”"),
    };
    let expected = words(&compared.expected, like);
    match &requirement.kind {
        ExprKind::Compare(comparison, left, right) if *comparison != Comparison::Equal => {
            let turned = !matches!(left.kind, ExprKind::Field(_)) && matches!(right.kind, ExprKind::Field(_));
            let expected = words(&compared.expected, None);
            format!(
                "{what}是{stated}，应{}{expected}。",
                demanded(*comparison, turned)
            )
        }
        ExprKind::Compare(_, left, right) if [left, right].into_iter().any(|side| is_constant(side)) => {
            format!("{what}是{stated}，应为{}。", words(&compared.expected, None))
        }
        _ if compared.determines => format!("{what}写作{stated}，按其他各数计算应为{expected}。"),
        _ => general(),
    }
}

fn is_constant(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(_) | ExprKind::Text(_))
}

/// What a comparison demands of its stated side.
fn demanded(comparison: Comparison, turned: bool) -> &'static str {
    use Comparison::{AtLeast, AtMost, Different, Equal, Greater, Less};
    match (comparison, turned) {
        (Equal, _) => "等于",
        (Different, _) => "不同于",
        (AtLeast, false) | (AtMost, true) => "不低于",
        (AtMost, false) | (AtLeast, true) => "不超过",
        (Greater, false) | (Less, true) => "高于",
        (Less, false) | (Greater, true) => "低于",
    }
}

fn slip_words(compared: &Compared, like: Option<&Quantity>) -> Option<String> {
    let stated = words(&compared.stated, None);
    Some(match compared.slip? {
        Slip::Truncated => format!("{stated}是把后面的数字直接去掉了，没有四舍五入。"),
        Slip::Shifted(places) => {
            let direction = if places > 0 { "大" } else { "小" };
            let times = format!("1{}", "0".repeat(usize::from(places.unsigned_abs())));
            format!(
                "{stated}与{}数字相同，{direction}了 {times} 倍。",
                words(&compared.expected, like)
            )
        }
    })
}

fn machine_values(compared: &Compared, like: Option<&Quantity>) -> (Option<String>, Option<String>) {
    let text = |value: &Value| match value {
        Value::Number(quantity, _) => Some(quantity.digits_like(like.unwrap_or(quantity))),
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    };
    (text(&compared.stated), text(&compared.expected))
}

/// The places of all values that took part; first the one that was stated.
fn places(scope: &Scope, trace: &Trace, compared: Option<&Compared>) -> Vec<Place> {
    let ledger = scope.ledger;
    let stated = compared.and_then(|compared| compared.field.as_ref()?.last());
    let filled = |used: &&Used| used.range.as_ref().is_some_and(|range| !range.is_empty());
    let mut all: Vec<&Used> = trace.used.iter().filter(filled).collect();
    let text = match compared.map(|compared| &compared.stated) {
        Some(Value::Number(quantity, _)) => quantity.text(),
        _ => String::new(),
    };
    all.sort_by_key(|used| match stated {
        Some(field) if used.label == *field => u8::from(used.printed.text() != text),
        _ => 2,
    });
    let mut places: Vec<Place> = all.iter().filter_map(|used| place(ledger, used)).collect();
    let named = match scope.row {
        Row::Indicator(index) => ledger.form().map(|form| &form.rows[index].name),
        Row::First(index) => ledger.form().map(|form| &form.groups[index].name),
        Row::Second(index) => ledger.form().map(|form| &form.subgroups[index].name),
        Row::Fund(index) => ledger.form().map(|form| &form.funds[index].name),
        _ => None,
    };
    if let Some(name) = named.filter(|name| !name.range.is_empty()) {
        let name = ledger.place(&name.range, "名称", "");
        if !places.iter().any(|place| place.span == name.span) {
            places.push(name);
        }
    }
    if places.is_empty() {
        let title = ledger.form().and_then(|form| form.title.clone());
        let heading = ledger.facts.outline.first().map(|heading| heading.range.clone());
        let range = match scope.row {
            Row::Report => heading.or(title),
            _ => title,
        };
        let range = range.unwrap_or(0..0);
        places.push(ledger.place(&range, "", ""));
    }
    places
}

fn place(ledger: &Ledger, used: &Used) -> Option<Place> {
    let note = used
        .corrected
        .as_ref()
        .map_or(String::new(), |corrected| format!("应为{}", corrected.text()));
    Some(ledger.place(used.range.as_ref()?, used.label, note))
}

/// Adds to a finding about a sum another sum that the same number spoils.
pub(super) fn add_sum(cause: &mut Finding, further: Finding) {
    cause.message.push_str(&further.message);
    for place in further.places {
        if !cause.places.iter().any(|known| known.span == place.span) {
            cause.places.push(place);
        }
    }
}

/// What has to be changed along with a number that a finding refutes.
pub(super) fn add_consequence(
    cause: &mut Finding,
    ledger: &Ledger,
    subject: &str,
    compared: &Compared,
    trace: &Trace,
) {
    let field = compared
        .field
        .as_ref()
        .and_then(|path| path.last())
        .map_or("", String::as_str);
    if ledger.sketching {
        let used = trace.used.iter().find(|used| used.label == field);
        cause.places.extend(used.and_then(|used| place(ledger, used)));
        return;
    }
    let like = match compared.stated {
        Value::Number(quantity, _) => Some(quantity),
        _ => None,
    };
    let what = if field == subject || field.is_empty() {
        subject.to_owned()
    } else {
        format!("{subject}{field}")
    };
    // the total stands in the form and in prose: the grade is told with the first
    let told = grade::kept(ledger, compared).filter(|words| !cause.message.contains(words.as_str()));
    let by = match cause.check.as_str() {
        "score-over-weight" => "按分值计，",
        _ => "随之，",
    };
    cause.message.push_str(&format!(
        "{by}{what}应改为{}{}。",
        words(&compared.expected, like.as_ref()),
        told.map_or(String::new(), |words| format!("，{words}"))
    ));
    if let Some(used) = trace.used.iter().find(|used| used.label == field) {
        cause.places.extend(place(ledger, used));
    }
}

/// The advice of a check that has no formulas in it.
pub(in crate::checks) fn plain_help(check: &Check) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(_) => String::new(),
    };
    check.help.pieces.iter().map(words).collect()
}

/// A template with its 【…】 filled in; computed numbers are printed like the number that was stated.
fn fill<'a>(template: &'a Template, scope: &Scope<'_, 'a>, like: Option<&Quantity>) -> String {
    let piece = |piece: &'a Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Value(expr) => words(&evaluate(expr, scope, false, &mut Trace::default()), like),
    };
    template.pieces.iter().map(piece).collect()
}

/// A value in words.
pub(super) fn words(value: &Value, like: Option<&Quantity>) -> String {
    match value {
        Value::Number(quantity, _) => number_words(quantity, like),
        Value::Text(text) => text.to_string(),
        Value::Truth(true) => "是".into(),
        Value::Truth(false) => "否".into(),
        Value::Interval(interval, unit) => interval_words(interval, *unit, like),
        Value::List(items) => items
            .iter()
            .map(|item| words(item, like))
            .collect::<Vec<_>>()
            .join("、"),
        Value::Missing | Value::NotApplicable => "（空）".into(),
        Value::Unknown(_) | Value::Unread(_) => "（无从计算）".into(),
    }
}

/// A number as it is printed; a computed one in the places of `like`, where it is of that kind, else in two.
fn number_words(quantity: &Quantity, like: Option<&Quantity>) -> String {
    match like {
        _ if quantity.printed.is_some() => quantity.text(),
        Some(like) if quantity.unit.compares_with(like.unit) => quantity.text_like(like),
        _ => {
            let rounded = quantity.value.round(-2).unwrap_or(quantity.value);
            Quantity {
                value: rounded,
                ..*quantity
            }
            .text()
        }
    }
}

fn interval_words(interval: &Interval, unit: Unit, like: Option<&Quantity>) -> String {
    let number = |value| number_words(&Quantity::computed(value, unit), like);
    if let Some(point) = interval.as_point() {
        return number(point);
    }
    match (interval.low, interval.high) {
        (Some(low), Some(high)) if low.at.is_zero() && !high.closed => format!("少于{}", number(high.at)),
        (Some(low), Some(high)) => {
            let open = if high.closed { "" } else { "（不含）" };
            format!("{}至{}{open}", number(low.at), number(high.at))
        }
        (Some(low), None) => format!("不少于{}", number(low.at)),
        (None, Some(high)) => format!("不超过{}", number(high.at)),
        (None, None) => "不限".into(),
    }
}
