//! What `jixiao facts` shows, drawn from a document and facts made by hand.

use jixiao::document::{Block, BlockKind, Cell, Document, Table, View};
use jixiao::facts::form::{
    Content, Datum, ExecutionRow, Form, FormKind, FundRow, Group, IndicatorRow, Reading,
};
use jixiao::facts::{Facts, Mention, Number, NumberKind, Period, Role, Scope};
use jixiao::quantity::{Approx, Bound, Quantity, Ratio, Unit, UnitTable};
use jixiao::render::facts_to_json::{self, Read};
use jixiao::render::{Look, facts_to_terminal};
use jixiao::source::Source;
use std::ops::Range;

/// `8000家` is broken over two lines in the file and joined in the view.
const FILE: &str = "2020年建成助餐点约\n36个，满意度≥93%。\n助餐点 | ≥40 | 36个 | 20 | |\n";

fn document() -> Document {
    let joined = FILE.replacen('\n', "", 1);
    let seam = FILE.find('\n').unwrap() as u32;
    let second = joined.find('\n').unwrap() as u32;
    let table = second + 1..joined.len() as u32 - 1;
    let block = |kind, range, number| Block { kind, range, number };
    Document {
        source: Source::new("报告.txt", FILE).into(),
        blocks: vec![
            block(BlockKind::Paragraph, 0..second, 1),
            block(BlockKind::Table(0), table.clone(), 0),
        ],
        tables: vec![Table {
            starts: vec![table.start],
            rows: vec![vec![Cell {
                range: table,
                ..Cell::default()
            }]],
            grid: true,
        }],
        view: View {
            text: joined,
            runs: vec![(0, 0), (seam, seam + 1)],
        },
        notes: vec!["按 GB18030 编码读取。".into()],
        ..Document::default()
    }
}

fn range(words: &str) -> Range<u32> {
    let joined = FILE.replacen('\n', "", 1);
    let start = joined
        .find(words)
        .unwrap_or_else(|| panic!("{words} is not in the text")) as u32;
    start..start + words.len() as u32
}

fn quantity(value: i128, unit: &str) -> Quantity {
    let unit = UnitTable::built_in().atom(unit).map_or(Unit::none(), Unit::of);
    Quantity::computed(Ratio::whole(value), unit)
}

fn number(words: &str, quantity: Quantity, kind: NumberKind) -> Number {
    Number {
        range: range(words),
        digits: range(words),
        quantity,
        kind,
        change: 0,
    }
}

fn datum(words: &str) -> Datum {
    Datum {
        text: words.into(),
        range: range(words),
        content: Content::Text,
        ..Datum::default()
    }
}

fn amount(words: &str, value: i128) -> Datum {
    Datum {
        content: Content::Number(quantity(value, "个")),
        ..datum(words)
    }
}

fn facts() -> Facts {
    let about = Quantity {
        approx: Some(Approx::About),
        ..quantity(36, "个")
    };
    let at_least = Quantity {
        bound: Some(Bound::AtLeast),
        ..quantity(93, "%")
    };
    let mention = Mention {
        number: 1,
        subject: "助餐点".into(),
        subject_range: range("助餐点"),
        role: Role::Actual,
        period: Period::Year(2020),
        scope: Scope::Whole,
        clause: range("2020年建成助餐点约36个"),
        section: None,
        in_form: false,
    };
    Facts {
        year: Some(2020),
        numbers: vec![
            number("2020年", quantity(2020, ""), NumberKind::Date),
            number("约36个", about, NumberKind::Quantity),
            number("≥93%", at_least, NumberKind::Quantity),
        ],
        mentions: vec![mention],
        form: Some(form()),
        ..Facts::default()
    }
}

fn form() -> Form {
    let empty = Datum {
        range: range("|\n"),
        content: Content::Empty,
        ..Datum::default()
    };
    let row = IndicatorRow {
        first: Some(0),
        name: datum("助餐点"),
        target: amount("≥40", 40),
        actual: amount("36个", 36),
        weight: amount("20", 20),
        reason: empty,
        ..IndicatorRow::default()
    };
    let fund = |name: &str, part_of| FundRow {
        name: Datum {
            text: name.into(),
            ..datum("助餐点")
        },
        spent: amount("36个", 36),
        part_of,
        ..FundRow::default()
    };
    Form {
        kind: Some(FormKind::Project),
        reading: Reading::Grid,
        funds: vec![fund("年度资金总额", None), fund("其中：财政拨款", Some(0))],
        execution: Some(ExecutionRow {
            rate: datum("93%"),
            ..ExecutionRow::default()
        }),
        groups: vec![Group {
            name: datum("建成"),
            weight: amount("20", 50),
            rows: vec![0],
            ..Group::default()
        }],
        rows: vec![row],
        unread: vec![(range("满意度"), "不知道是哪一列".into())],
        ..Form::default()
    }
}

#[test]
fn the_form_and_the_numbers_are_shown_as_tables() {
    let mut out = String::new();
    facts_to_terminal::write(&mut out, &document(), &facts(), false, Look::default());
    insta::assert_snapshot!(out);
}

#[test]
fn numbers_that_are_no_quantities_are_listed_only_when_asked() {
    let (document, facts) = (document(), facts());
    let count = |all: bool| {
        let text = facts_to_json::render(&[Read::Report(&document, &facts)], all);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        json["reports"][0]["numbers"].as_array().unwrap().len()
    };
    assert_eq!((count(false), count(true)), (2, 3));
    let mut out = String::new();
    facts_to_terminal::write(&mut out, &document, &facts, true, Look::default());
    assert!(out.contains("2020年") && out.contains("日期"), "{out}");
}

#[test]
fn a_number_broken_over_two_lines_stands_where_the_file_has_it() {
    let text = facts_to_json::render(&[Read::Report(&document(), &facts())], false);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let number = &json["reports"][0]["numbers"][0];
    assert_eq!(number["text"], "约36个");
    assert_eq!((&number["line"], &number["column"]), (&1.into(), &11.into()));
    let (start, end) = (number["start"].as_u64().unwrap(), number["end"].as_u64().unwrap());
    assert_eq!(&FILE[start as usize..end as usize], "约\n36个");
}

#[test]
fn facts_in_json_follow_the_contract() {
    let text = facts_to_json::render(&[Read::Report(&document(), &facts())], false);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}
