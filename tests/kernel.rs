//! The kernel of the language (LANGUAGE.md §4), line by line: comparison by print and by range, and the three-valued
//! logic of what is missing or unknown.

use jixiao::expr::eval::{Environment, Reading, Trace, Value, evaluate};
use jixiao::expr::{Comparison, Expr, ExprKind, Function, Operation};
use jixiao::quantity::compare::{self, Slip};
use jixiao::quantity::{Approx, Bound, End, Interval, Printed, Quantity, Ratio, Unit, UnitTable};
use jixiao::source::Span;
use proptest::prelude::*;
use std::cmp::Ordering;

fn unit(name: &str) -> Unit {
    UnitTable::built_in().parse(name).unwrap().0
}

/// `digits × 10^power` printed with its last digit at `power`, before a unit with 万 (scale 4) or without.
fn printed(digits: i128, power: i32, unit: Unit, scale: u8) -> Quantity {
    let value = Ratio::scaled(digits, power).unwrap();
    let zeros = (0..)
        .take_while(|n| digits != 0 && digits % 10i128.pow(*n + 1) == 0)
        .count() as i8;
    let count = digits.abs().to_string().len() as u8;
    let printed = Printed {
        last: power as i8,
        lowest: power as i8 + zeros,
        digits: count,
        scale,
    };
    let exact = Quantity::exact_as_printed(unit, &printed);
    Quantity {
        printed: Some(printed),
        exact,
        ..Quantity::computed(value, unit)
    }
}

/// A number as it would be printed: `number("84.66", "%")`, `number("1", "万家")`.
fn number(text: &str, of: &str) -> Quantity {
    let (unit, scale) = UnitTable::built_in().parse(of).unwrap();
    let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len()) as i32;
    printed(
        text.replace('.', "").parse().unwrap(),
        i32::from(scale) - places,
        unit,
        scale,
    )
}

fn computed(numerator: i128, denominator: i128, of: &str) -> Quantity {
    Quantity::computed(Ratio::new(numerator, denominator).unwrap(), unit(of))
}

fn with(quantity: Quantity, approx: Approx) -> Quantity {
    Quantity {
        approx: Some(approx),
        ..quantity
    }
}

fn range(quantity: Quantity) -> (String, String) {
    let range = quantity.range().unwrap();
    let text = |end: Option<End>| end.unwrap().at.to_plain(4).unwrap();
    (text(range.low), text(range.high))
}

#[test]
fn a_formula_is_rounded_to_the_printed_places_and_must_equal_the_field() {
    let rate = Quantity::computed(Ratio::new(508, 600).unwrap(), Unit::none());
    assert_eq!(compare::equal(&number("84.67", "%"), &rate), Some(true));
    assert_eq!(compare::equal(&number("84.7", "%"), &rate), Some(true));
    assert_eq!(compare::equal(&number("85", "%"), &rate), Some(true));
    assert_eq!(compare::equal(&number("84.66", "%"), &rate), Some(false));
}

#[test]
fn a_mismatch_that_another_rounding_explains_says_so() {
    let rate = Quantity::computed(Ratio::new(508, 600).unwrap(), Unit::none());
    assert_eq!(compare::slip(&number("84.66", "%"), &rate), Some(Slip::Truncated));
    let marks = computed(8467, 1000, "分");
    assert_eq!(
        compare::slip(&number("846.6", "分"), &marks),
        None,
        "8.467 does not have the digits of 846.6"
    );
    assert_eq!(
        compare::slip(&number("846.7", "分"), &marks),
        Some(Slip::Shifted(2))
    );
    assert_eq!(compare::slip(&number("12", "分"), &marks), None);
}

#[test]
fn of_two_fields_the_finer_is_rounded_to_the_coarser() {
    assert_eq!(
        compare::equal(&number("812.45", "万元"), &number("812.5", "万元")),
        Some(true)
    );
    assert_eq!(
        compare::equal(&number("812.45", "万元"), &number("812.4", "万元")),
        Some(false)
    );
    assert_eq!(
        compare::equal(&number("1.2", "万亩"), &number("12350", "亩")),
        Some(true)
    );
    assert_eq!(
        compare::equal(&number("1.2", "万亩"), &number("12500", "亩")),
        Some(false)
    );
    assert_eq!(
        compare::equal(&number("508", "万元"), &number("5080000", "元")),
        Some(true)
    );
}

#[test]
fn counts_are_exact_and_one_digit_before_wan_counts_as_two() {
    assert_eq!(
        compare::equal(&number("20", "家"), &number("10", "家")),
        Some(false)
    );
    assert_eq!(
        compare::equal(&number("1", "万家"), &number("8000", "家")),
        Some(false)
    );
    assert_eq!(
        compare::equal(&number("1", "万家"), &number("9800", "家")),
        Some(true)
    );
    assert_eq!(range(number("1", "万家")), ("9500".into(), "10500".into()));
    assert_eq!(range(number("43", "家")), ("43".into(), "43".into()));
    assert_eq!(range(number("408", "万元")), ("4075000".into(), "4085000".into()));
}

#[test]
fn words_of_approximation_make_intervals() {
    assert_eq!(
        range(with(number("300", "人"), Approx::About)),
        ("270".into(), "330".into())
    );
    assert_eq!(
        range(with(number("350", "人"), Approx::About)),
        ("345".into(), "355".into())
    );
    assert_eq!(
        range(with(number("300", "人"), Approx::Nearly)),
        ("200".into(), "300".into())
    );
    assert_eq!(
        range(with(number("40", "家"), Approx::Over)),
        ("40".into(), "50".into())
    );
    let over = with(number("40", "家"), Approx::Over);
    assert_eq!(compare::equal(&over, &number("43", "家")), Some(true));
    assert_eq!(
        compare::equal(&over, &number("40", "家")),
        Some(false),
        "40余 is more than 40"
    );
    assert_eq!(compare::equal(&over, &number("52", "家")), Some(false));
}

#[test]
fn order_compares_printed_values_unrounded() {
    let (stated, goal) = (number("94.996", "%"), number("95", "%"));
    assert_eq!(compare::order(&stated, &goal, Ordering::is_ge), Some(false));
    assert_eq!(
        compare::order(&number("95", "%"), &goal, Ordering::is_ge),
        Some(true)
    );
    assert_eq!(
        compare::order(&number("2.4", "万家"), &number("8000", "家"), Ordering::is_gt),
        Some(true)
    );
}

#[test]
fn an_approximate_number_is_ordered_only_where_every_reading_agrees() {
    let over = with(number("40", "家"), Approx::Over);
    assert_eq!(
        compare::order(&over, &number("40", "家"), Ordering::is_ge),
        Some(true)
    );
    assert_eq!(compare::order(&over, &number("45", "家"), Ordering::is_ge), None);
    assert_eq!(
        compare::order(&over, &number("50", "家"), Ordering::is_lt),
        Some(true)
    );
    let at_least = Quantity {
        bound: Some(Bound::AtLeast),
        ..number("95", "%")
    };
    assert_eq!(
        compare::order(&at_least, &number("90", "%"), Ordering::is_ge),
        Some(true)
    );
    assert_eq!(
        compare::order(&at_least, &number("98", "%"), Ordering::is_ge),
        None
    );
}

#[test]
fn computed_ends_of_an_interval_are_rounded_to_the_number_that_is_tested() {
    let due = Interval::point(Ratio::new(8467, 1000).unwrap());
    assert_eq!(compare::belongs(&number("8.47", "分"), &due), Some(true));
    assert_eq!(compare::belongs(&number("8.5", "分"), &due), Some(true));
    assert_eq!(compare::belongs(&number("8.46", "分"), &due), Some(false));
}

#[test]
fn units_that_measure_different_things_are_never_compared() {
    assert_eq!(compare::equal(&number("100", "家"), &number("100", "%")), None);
    assert_eq!(
        compare::equal(&number("100", "家"), &number("100", "个")),
        Some(true),
        "个 counts anything"
    );
    assert_eq!(compare::equal(&number("5", "%"), &number("5", "个百分点")), None);
}

#[test]
fn money_by_households_is_a_rate_and_shares_vanish_in_products() {
    let (unit, factor) = unit("元").div(unit("户")).unwrap();
    assert_eq!((unit.name(), factor), ("元/户", Ratio::ONE));
    let (unit, factor) = self::unit("分").mul(self::unit("%")).unwrap();
    assert_eq!((unit.name(), factor), ("分", Ratio::new(1, 100).unwrap()));
    let (unit, _) = self::unit("元").div(self::unit("元")).unwrap();
    assert!(unit.is_none());
}

// ---- 无值 and 未知 ----

struct Fields(Vec<(&'static str, Value<'static>)>, Vec<Fields>);

impl Fields {
    fn clone_rows(&self) -> Vec<Fields> {
        self.1
            .iter()
            .map(|row| Fields(row.0.clone(), Vec::new()))
            .collect()
    }
}

impl<'v> Environment<'v> for Fields {
    fn field(&self, path: &'v [String]) -> Reading<'v> {
        let found = self
            .0
            .iter()
            .find(|(name, _)| path.len() == 1 && *name == path[0]);
        Reading::bare(found.map_or(Value::Unknown("不认识".into()), |(_, value)| value.clone()))
    }
    fn rows(&self, path: &[String]) -> Option<Vec<Fields>> {
        (path == ["行".to_owned()]).then(|| self.clone_rows())
    }
    fn section_text(&self, _: &str) -> Reading<'v> {
        Reading::bare(Value::Missing)
    }
    fn grade_name(&self, _: &Quantity) -> Value<'v> {
        Value::Missing
    }
}

fn expr(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: Span::default(),
    }
}

fn field(name: &str) -> Expr {
    expr(ExprKind::Field(name.split('.').map(str::to_owned).collect()))
}

fn constant(number: i128) -> Expr {
    expr(ExprKind::Constant(Quantity::computed(
        Ratio::whole(number),
        Unit::none(),
    )))
}

fn is(left: Expr, right: Expr) -> Expr {
    expr(ExprKind::Compare(
        Comparison::Equal,
        Box::new(left),
        Box::new(right),
    ))
}

/// 真, 假 or 未知, as the language says it.
fn told(expr: &Expr, fields: &Fields) -> &'static str {
    match evaluate(expr, fields, false, &mut Trace::default()) {
        Value::Truth(true) => "真",
        Value::Truth(false) => "假",
        Value::Unknown(_) => "未知",
        other => panic!("not a truth: {other:?}"),
    }
}

fn plain(number: i128) -> Value<'static> {
    Value::number(Quantity::computed(Ratio::whole(number), Unit::none()))
}

fn some_fields() -> Fields {
    let fields = vec![
        ("真", Value::Truth(true)),
        ("假", Value::Truth(false)),
        ("未知", Value::Unknown("读不出".into())),
        ("空", Value::Missing),
        ("不适用", Value::NotApplicable),
        ("三", plain(3)),
        ("零", plain(0)),
        ("字", Value::Text("已完成".into())),
    ];
    Fields(fields, Vec::new())
}

#[test]
fn in_and_falsehood_wins_and_in_or_truth_wins_even_beside_the_unknown() {
    let fields = some_fields();
    let and = |a, b| {
        told(
            &expr(ExprKind::And(Box::new(field(a)), Box::new(field(b)))),
            &fields,
        )
    };
    let or = |a, b| {
        told(
            &expr(ExprKind::Or(Box::new(field(a)), Box::new(field(b)))),
            &fields,
        )
    };
    let table = [
        ("真", "真", "真", "真"),
        ("真", "假", "假", "真"),
        ("假", "假", "假", "假"),
        ("真", "未知", "未知", "真"),
        ("假", "未知", "假", "未知"),
        ("未知", "未知", "未知", "未知"),
    ];
    for (a, b, both, either) in table {
        assert_eq!((and(a, b), and(b, a)), (both, both), "{a} 并且 {b}");
        assert_eq!((or(a, b), or(b, a)), (either, either), "{a} 或者 {b}");
    }
    let not = |a| told(&expr(ExprKind::Not(Box::new(field(a)))), &fields);
    assert_eq!((not("真"), not("假"), not("未知")), ("假", "真", "未知"));
}

#[test]
fn having_a_value_is_never_unknown() {
    let fields = some_fields();
    let has = |name| told(&expr(ExprKind::Has(Box::new(field(name)), true)), &fields);
    let table = [
        ("三", "真"),
        ("字", "真"),
        ("未知", "真"),
        ("空", "假"),
        ("不适用", "假"),
    ];
    for (name, expected) in table {
        assert_eq!(has(name), expected, "{name} 有值");
    }
}

#[test]
fn reckoning_or_comparing_with_what_is_missing_or_unknown_is_unknown() {
    let fields = some_fields();
    for name in ["空", "未知", "不适用", "字"] {
        assert_eq!(told(&is(field(name), constant(3)), &fields), "未知", "{name} = 3");
        let sum = expr(ExprKind::Compute(
            Operation::Add,
            Box::new(field("三")),
            Box::new(field(name)),
        ));
        assert_eq!(told(&is(sum, constant(3)), &fields), "未知", "3 + {name}");
    }
    let quotient = expr(ExprKind::Compute(
        Operation::Divide,
        Box::new(field("三")),
        Box::new(field("零")),
    ));
    assert_eq!(told(&is(quotient, constant(3)), &fields), "未知", "3 ÷ 0");
}

#[test]
fn if_none_gives_the_other_value_where_the_first_is_missing_or_unknown() {
    let fields = some_fields();
    let instead = |name| {
        let value = expr(ExprKind::OrElse(Box::new(field(name)), Box::new(constant(7))));
        told(&is(value, constant(7)), &fields)
    };
    assert_eq!(
        (instead("空"), instead("未知"), instead("不适用"), instead("三")),
        ("真", "真", "真", "假")
    );
}

#[test]
fn a_sum_of_nothing_or_with_a_missing_element_is_unknown_and_what_does_not_apply_is_left_out() {
    let rows = |values: &[Value<'static>]| {
        let rows = values
            .iter()
            .map(|value| Fields(vec![("分", value.clone())], Vec::new()))
            .collect();
        Fields(Vec::new(), rows)
    };
    let sum = expr(ExprKind::Call(Function::Sum, vec![field("行.分")]));
    let told = |values: &[Value<'static>]| told(&is(sum.clone(), constant(5)), &rows(values));
    assert_eq!(told(&[plain(2), plain(3)]), "真");
    assert_eq!(told(&[plain(2), plain(4)]), "假");
    assert_eq!(told(&[]), "未知");
    assert_eq!(told(&[plain(5), Value::Missing]), "未知");
    assert_eq!(told(&[plain(5), Value::Unknown("x".into())]), "未知");
    assert_eq!(told(&[plain(5), Value::NotApplicable]), "真");
}

#[test]
fn overflow_is_not_computable_and_not_a_panic() {
    let fields = some_fields();
    let huge = constant(i128::MAX / 2);
    let product = expr(ExprKind::Compute(
        Operation::Multiply,
        Box::new(huge.clone()),
        Box::new(huge),
    ));
    assert_eq!(told(&is(product, constant(1)), &fields), "未知");
}

proptest! {
    #[test]
    fn equality_by_print_is_symmetric(a in 1i128..100_000, b in 1i128..100_000, p in -2i32..4, q in -2i32..4) {
        let (x, y) = (printed(a, p, unit("元"), 0), printed(b, q, unit("元"), 0));
        prop_assert_eq!(compare::equal(&x, &y), compare::equal(&y, &x));
    }

    #[test]
    fn what_a_print_rounds_from_lies_in_its_range(n in 1i128..1_000_000, d in 1i128..1_000, places in 0i32..4) {
        let exact = Ratio::new(n, d).unwrap();
        let rounded = exact.round(-places).unwrap();
        let digits = rounded.mul(Ratio::power_of_ten(places).unwrap()).unwrap().to_plain(0).unwrap().parse().unwrap();
        let field = printed(digits, -places, unit("元"), 0);
        prop_assert!(field.range().unwrap().contains(exact));
        prop_assert_eq!(compare::equal(&field, &Quantity::computed(exact, unit("元"))), Some(true));
    }

    #[test]
    fn order_and_equality_agree_on_exact_numbers(a in -500i128..500, b in -500i128..500) {
        let (x, y) = (printed(a, 0, unit("家"), 0), printed(b, 0, unit("家"), 0));
        let equal = compare::equal(&x, &y).unwrap();
        let (less, more) = (compare::order(&x, &y, Ordering::is_lt).unwrap(), compare::order(&x, &y, Ordering::is_gt).unwrap());
        prop_assert_eq!([equal, less, more].iter().filter(|held| **held).count(), 1);
    }
}
