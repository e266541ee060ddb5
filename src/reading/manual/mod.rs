//! A model to 《规则说明》: a document in official Chinese, fit to be attached to the notice that announces the rules.

mod indicators;
mod report;
mod scoring;

use super::{Block, Sentence, adjustments, check, shares};
use crate::finding::Severity;
use crate::model::{Check, Model, Pack};
use crate::source::SourceId;
use crate::syntax::keywords::Word;
use crate::syntax::{File, from_text};

/// What the program's own code judges, in a sentence, by the id of the check.
pub type About = dyn Fn(&str) -> String;

/// Whom the document is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum For {
    /// The author of the rules: what is allotted and what is left is told as well.
    Author,
    /// Whoever is judged by them.
    Public,
}

/// The document, section by section.
pub fn write(model: &Model, readers: For, about: &About) -> Vec<Block> {
    let files: Vec<File> = model
        .sources
        .iter()
        .enumerate()
        .map(|(at, source)| from_text::parse(&source.text, SourceId(at as u32)).0)
        .collect();
    let main = model
        .packs
        .iter()
        .rev()
        .find(|pack| !pack.built_in)
        .or(model.packs.last());
    let Some(main) = main else {
        return Vec::new();
    };
    let goals = match readers {
        For::Author => indicators::sentences(model),
        For::Public => indicators::table(model),
    };
    let mut sections: Vec<(&str, Vec<Block>)> = vec![
        ("适用范围和依据", scope(model, main, &files)),
        ("指标、目标和分值", goals),
        ("评分办法", scoring::standards(model)),
        ("等级划分", scoring::grades(model)),
        ("检查事项", checks(model, about)),
        ("对引用规则的调整", adjustments::table(model, &files)),
        ("对报告的要求", report::demands(model, &files)),
    ];
    if readers == For::Author {
        let allotted = shares::lines(model).into_iter().map(Block::Paragraph).collect();
        sections.insert(2, ("分值分配情况", allotted));
    }
    let mut blocks = vec![Block::Title(title(&main.name))];
    let told = sections.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    for (at, (heading, mut body)) in told.enumerate() {
        blocks.push(Block::Heading(format!("{}、{heading}", numeral(at + 1))));
        blocks.append(&mut body);
    }
    blocks.extend(closing(model));
    blocks
}

/// Words with which the name of a document ends.
const DOCUMENTS: &[&str] = &["规则", "规定", "办法", "细则", "清单", "标准", "通知", "意见"];

fn title(name: &str) -> String {
    match DOCUMENTS.iter().any(|word| name.ends_with(word)) {
        true => format!("{name}说明"),
        false => format!("{name}规则说明"),
    }
}

/// What the rules are for: 绩效自评 is done in a report, 自评表 is a form, of anything else the name is told.
fn purpose(name: &str, year: &str) -> String {
    let bare = name.rfind('（').map_or(name, |at| &name[..at]);
    match () {
        () if bare.ends_with("报告") || bare.ends_with('表') => format!("本规则用于核对{year}{bare}。"),
        () if bare.ends_with("自评") || bare.ends_with("评价") => {
            format!("本规则用于核对{year}{bare}报告。")
        }
        () => format!("本规则用于核对{year}绩效自评报告，名称为《{name}》。"),
    }
}

/// 一, 二, … 十二: no document has more sections.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    match number {
        0..=10 => DIGITS[number].to_owned(),
        _ => format!("十{}", DIGITS[number % 10]),
    }
}

/// （一）, （二）, …
pub(crate) fn part(number: usize) -> String {
    format!("（{}）", numeral(number))
}

fn scope(model: &Model, main: &Pack, files: &[File]) -> Vec<Block> {
    let own = &files[main.source];
    let year = model.year.map_or(String::new(), |year| format!(" {year} 年度"));
    let mut all = vec![Block::Paragraph(purpose(&main.name, &year))];
    let texts = |word: Word| -> Vec<&str> {
        let lines = own.all(word).filter_map(|line| line.words());
        lines.map(|words| words.text.as_str()).collect()
    };
    let mut say = |label: &str, words: Vec<&str>| {
        if !words.is_empty() {
            all.push(Block::Paragraph(format!(
                "{label}：{}。",
                words.join("；").trim_end_matches('。')
            )));
        }
    };
    say("文号", texts(Word::Number));
    say("依据", texts(Word::Basis));
    say("适用年度", texts(Word::Years));
    let cited: Vec<String> = model
        .packs
        .iter()
        .filter(|pack| pack.source != main.source)
        .map(|pack| match pack.version.is_empty() {
            true => format!("《{}》", pack.name),
            false => format!("《{}》（版本 {}）", pack.name, pack.version),
        })
        .collect();
    say("一并适用的规则", cited.iter().map(String::as_str).collect());
    say("说明", texts(Word::Remark));
    all
}

fn checks(model: &Model, about: &About) -> Vec<Block> {
    let mut all = Vec::new();
    for (at, check) in model.checks.iter().enumerate() {
        let Sentence { text, example } = check::read(model, check, &about(check.id()));
        let mut words = format!("{}. {}（{}）。{text}", at + 1, check.name, level(check));
        words.push_str(example.as_deref().unwrap_or(""));
        let advice = check::advice(model, check);
        if !advice.is_empty() {
            words.push_str(&format!("处理办法：{}", advice));
        }
        all.push(Block::Item(words));
    }
    if !all.is_empty() {
        let opening =
            "报告按下列各项核对。标“错误”的必须改正；标“警告”的须核对，改正或者作出说明；标“提醒”的供参考。";
        all.insert(0, Block::Paragraph(opening.to_owned()));
    }
    all
}

/// 级别 in its word.
pub fn level(check: &Check) -> &'static str {
    match check.severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提醒",
    }
}

/// Which version this document tells of.
fn closing(model: &Model) -> Vec<Block> {
    let one = |pack: &crate::finding::PackUsed| match pack.version.is_empty() {
        true => format!("《{}》（校验码 {}）", pack.name, pack.digest),
        false => format!("《{}》版本 {}（校验码 {}）", pack.name, pack.version, pack.digest),
    };
    let all: Vec<String> = model.packs_used().iter().map(one).collect();
    vec![Block::Closing(format!(
        "本说明由规则文件生成，与规则文件内容一致：{}。",
        all.join("；")
    ))]
}
