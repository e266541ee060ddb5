//! A model to 《规则说明》: a document in official Chinese, fit to be attached to the notice that announces the rules.

use super::{Block, Sentence, adjustments, case, check, shares};
use crate::finding::Severity;
use crate::model::{Check, Indicator, Model, Name, Pack, Scoring, Standard, Target};
use crate::reading::numbers::{interval_words, number};
use crate::source::SourceId;
use crate::syntax::keywords::Word;
use crate::syntax::{Content, File, from_text};

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
    let mut sections: Vec<(&str, Vec<Block>)> = vec![
        ("适用范围和依据", scope(model, main, &files)),
        ("指标、目标和分值", indicators(model)),
        ("评分办法", scoring(model)),
        ("等级划分", grades(model)),
        ("检查事项", checks(model, about)),
        ("对引用规则的调整", adjustments::table(model, &files)),
        ("对报告的要求", report(model, &files)),
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
fn part(number: usize) -> String {
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

fn indicators(model: &Model) -> Vec<Block> {
    let mut rows = vec![
        ["一级指标", "二级指标", "三级指标", "目标值", "分值", "评分标准"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let named = |at: Option<usize>| at.map_or("—".to_owned(), |at| model.groups[at].name.clone());
    for (at, group) in model
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.level == 1)
    {
        let own: Vec<(&Name, &Indicator)> = of_group(model, at);
        if own.is_empty() {
            let weight = group.weight.map_or(String::new(), |weight| number(&weight));
            let scoring = group.scoring.as_ref().map_or(String::new(), scoring_words);
            let none = || "—".to_owned();
            rows.push(vec![group.name.clone(), none(), none(), none(), weight, scoring]);
        }
        for (name, indicator) in own {
            let group = match group.weight {
                Some(weight) => format!("{}（{}）", group.name, number(&weight)),
                None => group.name.clone(),
            };
            rows.push(row(model, name, indicator, group, named(indicator.second)));
        }
    }
    for name in &model.names {
        if let Some(indicator) = name
            .indicator
            .as_ref()
            .filter(|indicator| indicator.first.is_none())
        {
            rows.push(row(
                model,
                name,
                indicator,
                String::new(),
                named(indicator.second),
            ));
        }
    }
    let mut all = match rows.len() {
        1 => Vec::new(),
        _ => vec![Block::Table(once(rows))],
    };
    for scheme in &model.schemes {
        let parts: Vec<String> = scheme
            .parts
            .iter()
            .map(|(name, points)| format!("{name} {}", number(points)))
            .collect();
        all.push(Block::Paragraph(format!(
            "一级指标的分值分配：{}。",
            parts.join("、")
        )));
    }
    all
}

/// What stands in the rows above is not repeated: the cells are merged where the format can.
fn once(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for at in (2..rows.len()).rev() {
        if rows[at][0] == rows[at - 1][0] {
            rows[at][0].clear();
            if rows[at][1] == rows[at - 1][1] && rows[at][1] != "—" {
                rows[at][1].clear();
            }
        }
    }
    rows
}

/// The indicators of a 一级指标, those of each 二级指标 together.
fn of_group(model: &Model, at: usize) -> Vec<(&Name, &Indicator)> {
    let all = model
        .names
        .iter()
        .filter_map(|name| Some((name, name.indicator.as_ref()?)));
    let mut own: Vec<_> = all.filter(|(_, indicator)| indicator.first == Some(at)).collect();
    own.sort_by_key(|(_, indicator)| indicator.second);
    own
}

fn row(model: &Model, name: &Name, indicator: &Indicator, first: String, second: String) -> Vec<String> {
    let target = indicator.target.as_ref().map_or(String::new(), target_words);
    let weight = indicator.weight.map_or(String::new(), |weight| number(&weight));
    let scoring = indicator
        .scoring
        .as_ref()
        .or_else(|| default_of(model, indicator));
    vec![
        first,
        second,
        name.name.clone(),
        target,
        weight,
        scoring.map_or(String::new(), scoring_words),
    ]
}

/// What 默认评分 gives an indicator without its own.
fn default_of<'m>(model: &'m Model, indicator: &Indicator) -> Option<&'m Scoring> {
    match indicator.target.as_ref()? {
        Target::Number(_) | Target::Interval(..) => model.default_scoring.quantitative.as_ref(),
        Target::Date(_) | Target::Text(_) => model.default_scoring.qualitative.as_ref(),
    }
}

fn target_words(target: &Target) -> String {
    match target {
        Target::Number(quantity) => number(quantity),
        Target::Interval(interval, unit) => interval_words(interval, *unit),
        Target::Date(text) | Target::Text(text) => text.clone(),
    }
}

fn scoring_words(scoring: &Scoring) -> String {
    let given: Vec<String> = scoring
        .arguments
        .iter()
        .map(|(name, value)| format!("{name} {}", number(value)))
        .collect();
    match given.is_empty() {
        true => scoring.standard.clone(),
        false => format!("{}（{}）", scoring.standard, given.join("，")),
    }
}

fn scoring(model: &Model) -> Vec<Block> {
    let used = |standard: &&Standard| standard_is_used(model, standard);
    let standards: Vec<&Standard> = model.standards.iter().filter(used).collect();
    let mut all = Vec::new();
    let default = &model.default_scoring;
    let mut defaults = Vec::new();
    for (kind, scoring) in [
        ("定量指标", &default.quantitative),
        ("定性指标", &default.qualitative),
    ] {
        if let Some(scoring) = scoring {
            defaults.push(format!("{kind}适用“{}”", scoring_words(scoring)));
        }
    }
    if !defaults.is_empty() {
        all.push(Block::Paragraph(format!(
            "没有另行规定的，{}。",
            defaults.join("，")
        )));
    }
    if !standards.is_empty() {
        all.push(Block::Paragraph(
            "每个评分标准的各种情形依次对照，符合哪一种就按哪一种计分，以先符合的为准。".to_owned(),
        ));
    }
    for (at, standard) in standards.into_iter().enumerate() {
        all.push(Block::Subheading(format!("{}{}", part(at + 1), standard.name)));
        let parameters: Vec<String> = standard
            .parameters
            .iter()
            .map(|(name, value)| format!("{name}为 {}", number(value)))
            .collect();
        if !parameters.is_empty() {
            all.push(Block::Paragraph(format!(
                "{}；指标另有规定的，从其规定。",
                parameters.join("，")
            )));
        }
        let items = case::read(model, standard).into_iter().enumerate();
        all.extend(items.map(|(at, sentence)| Block::Item(format!("{}. {}", at + 1, sentence.whole()))));
    }
    all
}

/// Whether anything is scored by a standard; where the rules name no indicators all are told.
fn standard_is_used(model: &Model, standard: &Standard) -> bool {
    let of_groups = model.groups.iter().filter_map(|group| group.scoring.as_ref());
    let of_names = model
        .names
        .iter()
        .filter_map(|name| name.indicator.as_ref()?.scoring.as_ref());
    let default = &model.default_scoring;
    let defaults = [&default.quantitative, &default.qualitative]
        .into_iter()
        .flatten();
    let mut any = false;
    for scoring in of_groups.chain(of_names) {
        any = true;
        if scoring.standard == standard.name {
            return true;
        }
    }
    let mut by_default = defaults.clone();
    !any && by_default.next().is_none()
        || defaults
            .into_iter()
            .any(|scoring| scoring.standard == standard.name)
        || standard.name == "按执行率"
}

fn grades(model: &Model) -> Vec<Block> {
    let unit = super::numbers::unit("分");
    let grade = |grade: &crate::model::Grade| {
        format!("{}的为“{}”", interval_words(&grade.interval, unit), grade.name)
    };
    let all: Vec<String> = model.grades.iter().map(grade).collect();
    match all.is_empty() {
        true => Vec::new(),
        false => vec![Block::Paragraph(format!(
            "{}。",
            super::numbers::glue("总分", &all.join("，"))
        ))],
    }
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

fn report(model: &Model, files: &[File]) -> Vec<Block> {
    let mut all = Vec::new();
    let quoted = |names: &[String]| {
        names
            .iter()
            .map(|name| format!("“{name}”"))
            .collect::<Vec<_>>()
            .join("")
    };
    if !model.sections.is_empty() {
        let titles: Vec<String> = model
            .sections
            .iter()
            .map(|section| section.title.clone())
            .collect();
        all.push(Block::Paragraph(format!(
            "报告应有下列章节：{}。",
            quoted(&titles)
        )));
    }
    for process in &model.processes {
        let steps = process.steps.join("、");
        all.push(Block::Paragraph(format!(
            "报告应当交代“{}”的流程，步骤依次为：{steps}。",
            process.name
        )));
    }
    let lists = |word: Word| -> Vec<String> {
        let lines = files.iter().flat_map(|file| file.all(word));
        lines
            .filter_map(|line| match &line.content {
                Content::List(items) => Some(items.iter().map(|item| item.text.clone()).collect::<Vec<_>>()),
                _ => None,
            })
            .flatten()
            .collect()
    };
    let attachments = lists(Word::Attachments);
    if !attachments.is_empty() {
        all.push(Block::Paragraph(format!(
            "报告应附下列材料：{}。",
            attachments.join("、")
        )));
    }
    let forbidden = lists(Word::Forbidden);
    if !forbidden.is_empty() {
        all.push(Block::Paragraph(format!(
            "报告不得使用下列词语：{}。",
            quoted(&forbidden)
        )));
    }
    all
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
