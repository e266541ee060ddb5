//! Sentences with the numbers that must be read from them, in tests/numbers/*.tsv: a sentence, then one column a number
//! (`text|value|unit|subject|role`; `-` for none; a sign before the value is its bound, 约 近 余 its approximation).
//! sentences.tsv must be read to the letter; mentions.tsv was labelled before it was first read, and is measured.

use jixiao::document::{Block, BlockKind, Document, View};
use jixiao::facts::{Mention, Number, NumberKind, Period, Role, mentions, numbers};
use jixiao::quantity::{Approx, UnitTable};
use std::path::Path;

/// The rows of a table, each split into its columns.
fn rows(table: &str) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numbers");
    let text = std::fs::read_to_string(folder.join(table)).unwrap();
    let rows = text
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.map(|row| row.split('\t').map(str::to_owned).collect())
        .collect()
}

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
    let mentions = mentions::gather(&document, &numbers, &[], &[]);
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
    let (mut sentences, mut wrong) = (0, Vec::new());
    for row in rows("sentences.tsv") {
        let (sentence, expected) = (&row[0], &row[1..]);
        let found = read(sentence);
        sentences += 1;
        if found != expected {
            wrong.push(format!(
                "{sentence}\n  expected {expected:?}\n  found    {found:?}"
            ));
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

/// The numbers of a sentence as expressions.tsv notes them, read through the reader of text files, which joins lines.
fn expressions(sentence: &str) -> Vec<String> {
    let text = sentence.replace("\\n", "\n");
    let document = jixiao::document::from_text::read(&text);
    let view = document.view.text.as_str();
    let numbers = numbers::scan(view, UnitTable::built_in());
    let quantities = numbers
        .iter()
        .filter(|number| number.kind == NumberKind::Quantity);
    let line = |number: &Number| {
        let text = &view[number.range.start as usize..number.range.end as usize];
        format!(
            "{text}|{}|{}",
            value(number),
            or_dash(number.quantity.unit.name())
        )
    };
    quantities.map(line).collect()
}

#[test]
fn every_expression_of_the_table_is_read_to_the_letter() {
    let (mut all, mut wrong) = (0, Vec::new());
    for row in rows("expressions.tsv") {
        let found = expressions(&row[0]);
        all += 1;
        if found != row[1..] {
            wrong.push(format!(
                "{}\n  expected {:?}\n  found    {found:?}",
                row[0],
                &row[1..]
            ));
        }
    }
    assert!(all >= 540, "only {all} expressions");
    assert!(
        wrong.is_empty(),
        "{} of {all}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn period(period: Period) -> String {
    match period {
        Period::Report => String::new(),
        Period::Year(year) => year.to_string(),
        Period::Cumulative => "累计".to_owned(),
        Period::Plan => "规划".to_owned(),
        Period::Part => "部分".to_owned(),
    }
}

/// How many labels were met, of how many, and what was missed.
#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
    missed: Vec<String>,
}

impl Tally {
    fn count(&mut self, right: bool, miss: impl FnOnce() -> String) {
        self.all += 1;
        self.right += usize::from(right);
        if !right {
            self.missed.push(miss());
        }
    }

    /// The share in tenths of a per cent, rounded down.
    fn share(&self) -> usize {
        1000 * self.right / self.all.max(1)
    }

    fn report(&self, what: &str, floor: usize) {
        let (share, missed) = (self.share(), self.missed.join("\n  "));
        println!(
            "{what}: {}/{} = {}.{} %\n  {missed}",
            self.right,
            self.all,
            share / 10,
            share % 10
        );
        assert!(
            share >= floor,
            "{what}: {share} ‰, the floor is {floor} ‰\n  {missed}"
        );
    }
}

/// Whether a label with `~` between what is right alike holds for what was found.
fn meets(label: &str, found: &str) -> bool {
    label.split('~').any(|one| one == or_dash(found))
}

#[test]
fn numbers_subjects_and_roles_of_the_labelled_sentences_are_read() {
    let [mut sentences, mut roles, mut subjects, mut periods] = [(); 4].map(|()| Tally::default());
    for row in rows("mentions.tsv") {
        let sentence = &row[0];
        let document = document(sentence);
        let numbers = numbers::scan(sentence, UnitTable::built_in());
        let mentions = mentions::gather(&document, &numbers, &[], &[]);
        let labels: Vec<Vec<&str>> = row[1..].iter().map(|label| label.split('|').collect()).collect();
        let read = |mention: &Mention| {
            let number = &numbers[mention.number];
            format!("{}|{}", value(number), or_dash(number.quantity.unit.name()))
        };
        let expected: Vec<String> = labels
            .iter()
            .map(|label| format!("{}|{}", label[0], label[1]))
            .collect();
        let found: Vec<String> = mentions.iter().map(read).collect();
        sentences.count(expected == found, || {
            format!("{sentence}\n    expected {expected:?}\n    found    {found:?}")
        });
        let mut left: Vec<&Mention> = mentions.iter().collect();
        for label in &labels {
            let number = format!("{}|{}", label[0], label[1]);
            let at = left.iter().position(|mention| read(mention) == number);
            let mention = at.map(|at| left.remove(at));
            let miss = |part: usize, found: &str| {
                let wanted = label.get(part).unwrap_or(&"");
                format!("{sentence} {number}: {wanted}, read as {found}")
            };
            let told = mention.map_or("nothing", |mention| role(mention.role));
            roles.count(meets(label[3], told), || miss(3, told));
            let noun = mention.map_or("nothing", |mention| mention.subject.as_str());
            subjects.count(meets(label[2], noun), || miss(2, noun));
            let time = mention.map_or("nothing".to_owned(), |mention| period(mention.period));
            periods.count(*label.get(4).unwrap_or(&"") == time, || miss(4, &time));
        }
    }
    assert!(sentences.all >= 400, "only {} sentences", sentences.all);
    sentences.report("sentences", 990);
    roles.report("roles", 975);
    subjects.report("subjects", 890);
    periods.report("periods", 985);
}

#[test]
fn deviations_from_other_readers_are_listed_with_a_reason() {
    let mut wrong = Vec::new();
    for row in rows("deviations.tsv") {
        let [text, others, ours, why, suites] = row.as_slice() else {
            panic!("five columns: {row:?}");
        };
        let plain = |number: &Number| {
            let high = number.quantity.high.and_then(|high| high.to_plain(10));
            format!(
                "{}{}",
                number.quantity.plain(),
                high.map_or(String::new(), |high| format!("..{high}"))
            )
        };
        let with_unit = |number: &Number| {
            let unit = number.quantity.unit.name();
            if unit == "‰" {
                format!("{} ‰", plain(number))
            } else {
                plain(number)
            }
        };
        let found: Vec<String> = numbers::scan(text, UnitTable::built_in())
            .iter()
            .map(with_unit)
            .collect();
        assert!(!others.is_empty() && why.len() > 10, "{text}: a reason is given");
        assert!(!suites.is_empty(), "{text}: the rows that it settles");
        if found.join(", ") != *ours {
            wrong.push(format!("{text}: expected {ours}, found {}", found.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
        mentions::gather(&document(&text), &numbers, &[], &[]);
    }
}
