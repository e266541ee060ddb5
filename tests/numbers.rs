//! Sentences with the numbers that must be read from them: tests/numbers/*.tsv, a sentence, then one column a number
//! (`text|value|unit|subject|role`; `-` for none; a sign before the value is its bound, 约 近 余 its approximation).

use jixiao::document::{Block, BlockKind, Document, View};
use jixiao::facts::{Number, NumberKind, Role, mentions, numbers};
use jixiao::quantity::{Approx, UnitTable};
use std::path::Path;

fn document(text: &str) -> Document {
    let range = 0..text.len() as u32;
    Document {
        view: View {
            text: text.to_owned(),
            runs: vec![(0, 0)],
        },
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            range,
            number: 1,
        }],
        ..Document::default()
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Target => "目标",
        Role::Actual => "实际",
        Role::Budget => "预算",
        Role::Spent => "执行",
        Role::Weight => "分值",
        Role::Score => "得分",
        Role::Unknown => "-",
    }
}

fn value(number: &Number) -> String {
    let quantity = &number.quantity;
    let approx = match quantity.approx {
        Some(Approx::About) => "约",
        Some(Approx::Nearly) => "近",
        Some(Approx::Over) => "余",
        None => "",
    };
    let bound = quantity.bound.map_or("", |bound| bound.sign());
    let high = quantity.high.and_then(|high| high.to_plain(10));
    let high = high.map_or(String::new(), |high| format!("..{high}"));
    format!("{bound}{approx}{}{high}", quantity.plain())
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

/// What is read from a sentence, in the notation of the tables.
fn read(sentence: &str) -> Vec<String> {
    let document = document(sentence);
    let numbers = numbers::scan(sentence, UnitTable::built_in());
    let mentions = mentions::gather(&document, &numbers, &[], None);
    let quantities = numbers
        .iter()
        .filter(|number| number.kind == NumberKind::Quantity)
        .count();
    assert_eq!(
        mentions.len(),
        quantities,
        "one mention for each quantity: {sentence}"
    );
    let line = |mention: &jixiao::facts::Mention| {
        let number = &numbers[mention.number];
        let text = document.text(&number.range);
        let unit = or_dash(number.quantity.unit.name());
        format!(
            "{text}|{}|{unit}|{}|{}",
            value(number),
            or_dash(&mention.subject),
            role(mention.role)
        )
    };
    mentions.iter().map(line).collect()
}

#[test]
fn every_sentence_of_the_tables_is_read_as_labelled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numbers");
    let (mut sentences, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let table = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for row in table
            .lines()
            .filter(|row| !row.is_empty() && !row.starts_with('#'))
        {
            let mut columns = row.split('\t');
            let sentence = columns.next().unwrap();
            let expected: Vec<&str> = columns.collect();
            let found = read(sentence);
            sentences += 1;
            if found != expected {
                wrong.push(format!(
                    "{sentence}\n  expected {expected:?}\n  found    {found:?}"
                ));
            }
        }
    }
    assert!(sentences >= 120, "only {sentences} sentences");
    assert!(
        wrong.is_empty(),
        "{} of {sentences}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_long_row_of_digits_costs_its_length_once() {
    let text = "1".repeat(200_000);
    assert!(numbers::scan(&text, UnitTable::built_in()).len() <= 1);
    let text = "一二".repeat(50_000);
    assert!(!numbers::scan(&text, UnitTable::built_in()).is_empty());
}

#[test]
fn no_text_makes_the_scan_fail_and_places_ascend() {
    let parts = [
        "1", "一", "万", "亿", ".", "，", "≥", "%", "〔", "2020", "年", "月", "（", "）", "分之", "余", "几",
        "十", "-", "/", "元", "😀", "\n", " ",
    ];
    let mut seed = 7u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..14 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(seed >> 33) as usize % parts.len()]);
        }
        let numbers = numbers::scan(&text, UnitTable::built_in());
        for number in &numbers {
            assert!(
                text.get(number.range.start as usize..number.range.end as usize)
                    .is_some(),
                "{text}"
            );
        }
        for pair in numbers.windows(2) {
            assert!(
                pair[0].range.end <= pair[1].range.start,
                "{text}: {:?} {:?}",
                pair[0].range,
                pair[1].range
            );
        }
        mentions::gather(&document(&text), &numbers, &[], None);
    }
}
