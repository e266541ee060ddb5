//! Keywords to entries: what each is for, where it stands, what follows the colon.

use super::{Entry, Group};
use crate::syntax::keywords::{KEYWORDS, Keyword, Place, Shape, Word, text};

pub(super) fn entries() -> Vec<Entry> {
    KEYWORDS.iter().map(entry).collect()
}

fn entry(row: &Keyword) -> Entry {
    let mut names = vec![row.text.to_owned()];
    names.extend(row.synonyms.iter().map(|synonym| (*synonym).to_owned()));
    let also = match row.synonyms.is_empty() {
        true => String::new(),
        false => format!("（也可写作：{}）", row.synonyms.join("、")),
    };
    let mut lines = vec![
        format!("关键词：{}{also}", row.text),
        format!("用途：{}。", row.note),
        format!("写在哪里：{}。", place(row)),
    ];
    let below = below(row.word);
    if !below.is_empty() {
        lines.push(format!("下面可以写：{}。", below.join("、")));
    }
    lines.push(format!("冒号后面：{}。", content(row.shape)));
    lines.push(format!("例如：\n    {}：{}", row.text, row.example));
    Entry {
        group: Group::Keyword,
        names,
        brief: row.note.to_owned(),
        text: format!("{}\n", lines.join("\n")),
    }
}

fn place(row: &Keyword) -> String {
    match row.place {
        Place::Header => "规则文件的开头，其他内容之前".to_owned(),
        Place::Opener => "另起一行；后面几行写它的各项内容".to_owned(),
        Place::Line => "单独一行".to_owned(),
        Place::Anywhere => "任何地方".to_owned(),
        Place::Attribute(of) => {
            let names: Vec<&str> = of.iter().map(|word| text(*word)).collect();
            format!("“{}”的下面", names.join("”“"))
        }
    }
}

/// What may stand below an opener.
fn below(word: Word) -> Vec<&'static str> {
    let belongs = |row: &&Keyword| matches!(row.place, Place::Attribute(of) if of.contains(&word));
    KEYWORDS.iter().filter(belongs).map(|row| row.text).collect()
}

/// What is written after the colon.
fn content(shape: Shape) -> String {
    let words = match shape {
        Shape::Text => "写一句话，到行末为止",
        Shape::MayBeEmpty => "写“是”，也可以不写",
        Shape::Template => "写一句话；【】里写公式，显示时换成算出的数",
        Shape::Year => "写四位数的年份",
        Shape::Date => "写年、月、日，如 2026-12-31 或 2026年12月31日",
        Shape::Fingerprint => "写 16 位字母和数字，由程序给出",
        Shape::Citation => "写文号、规则包的名称或者文件名；后面可以加“，版本号 起”",
        Shape::Head => "写名称；后面可以加“，数 分”",
        Shape::Name => "写名称",
        Shape::Path => "写种类和名称，中间用“／”隔开",
        Shape::List => "写一个或几个名称，用顿号隔开；名称里有顿号的加引号",
        Shape::Target => "写比较的符号、数和单位；也可以写区间、日期，或者一段文字（定性目标）",
        Shape::Points => "写数和“分”",
        Shape::Scoring => "写评分标准的名称；后面可以加“，参数 = 数”",
        Shape::Unit => "写计量单位",
        Shape::Field => "写自评表里的位置，用点隔开",
        Shape::Parameter => "写名称、等号和数",
        Shape::Cases => "写条件，逗号，再写“得”和分数；分数可以是一个数、一个公式或者一段",
        Shape::Condition => "写一个能判断成立不成立的条件",
        Shape::Interval => "写一段，方括号表示包含，圆括号表示不包含",
        Shape::Grades => "写等级和它的分数段，几个等级用分号隔开",
        Shape::DefaultScoring => "写“定量”和评分标准，分号，再写“定性”和评分标准",
        Shape::Scheme => "写各一级指标和分值，用顿号隔开，合计 100 分",
        Shape::Conversion => "写一个等式，左边是新单位，右边是已有的单位",
        Shape::Choice(words) => {
            let chinese: Vec<&str> = words.iter().copied().filter(|word| !word.is_ascii()).collect();
            return format!("从这几个里选一个：{}", chinese.join("、"));
        }
    };
    words.to_owned()
}
