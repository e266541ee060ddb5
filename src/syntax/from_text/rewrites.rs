//! 评分, 参数, 换算 and 等级 that are refused to what was meant, where that can be read.

use super::lines::{Line, is_blank};
use super::mistakes::wrong;
use super::repairs::is_read;
use crate::finding::Finding;
use crate::syntax::keywords::{Keyword, Shape};

/// What to write instead of a content of one of these shapes.
pub fn of(shape: Shape, text: &str, line: &Line, base: usize, row: &Keyword) -> Option<Box<Finding>> {
    if text.chars().count() > 200 {
        return None;
    }
    let span = line.span(base..base + text.len());
    let (why, tries) = match shape {
        Shape::Scoring => ("评分标准和参数之间用逗号，参数写成“名称 = 数”。", scoring(text)),
        Shape::Parameter => ("参数写成“名称 = 数”，一行写一个。", parameter(text)),
        Shape::Conversion => (
            "换算写成“1 新单位 = 数 已有的单位”，一行写一个。",
            conversion(text),
        ),
        Shape::Grades => (
            "等级写成“名称 [低，高]”，各级之间用“；”分开。",
            grades(text).into_iter().collect(),
        ),
        Shape::Field => (
            "字段之间用“.”连起来。",
            vec![text.replace(['/', '／', '-', '—', '的', '：', ':', '>', '→'], ".")],
        ),
        _ => return None,
    };
    if let Some(right) = tries.into_iter().find(|right| is_read(shape, right, line)) {
        return Some(Box::new(
            wrong(why, span).help(format!("写成：{}：{right}", row.text)),
        ));
    }
    match shape {
        Shape::Scoring => Some(sentence(text, line, base)),
        Shape::Parameter => Some(Box::new(
            wrong("“参数”后面应是“名称 = 数”，数里不能有算式。", span).help("例如：参数：超额界限 = 130%"),
        )),
        _ => None,
    }
}

/// 评分：完成得满分，未完成按比例扣分
fn sentence(text: &str, line: &Line, base: usize) -> Box<Finding> {
    let finding = wrong(
        "“评分”后面只写评分标准的名称，不能写一句话。",
        line.span(base..base + text.len()),
    );
    let help = match text.contains("比例") {
        true => "完成得满分、没完成按比例得分，写成：评分：按完成比例",
        false => {
            "例如：评分：按完成比例。自己的算法另写一块“评分标准：名称”，下面写各个“情形”，这里写它的名称。"
        }
    };
    Box::new(finding.help(help))
}

fn scoring(text: &str) -> Vec<String> {
    let bare = text.replace(['（', '('], "，").replace(['）', ')'], "");
    let words: Vec<&str> = bare
        .split(|sign| is_blank(sign) || matches!(sign, '，' | ',' | '；' | ';' | '、'))
        .filter(|word| !word.is_empty())
        .collect();
    let Some((standard, rest)) = words.split_first() else {
        return Vec::new();
    };
    let arguments = parameter(&rest.concat());
    let first = text.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    let with = arguments
        .into_iter()
        .map(|argument| format!("{standard}，{argument}"));
    with.chain((first != text).then(|| first.to_owned())).collect()
}

/// 及格门槛60%, 及格门槛：60%, 及格门槛为60%, 60% = 及格线; of several the first.
fn parameter(text: &str) -> Vec<String> {
    let first = text.split(['、', '，', '；']).next().unwrap_or(text);
    let made = |from: &str| first.replacen(from, " = ", 1);
    let mut all: Vec<String> = ["：", ":", "为", "是", "等于"]
        .iter()
        .filter(|from| first.contains(**from))
        .map(|from| made(from))
        .collect();
    if let Some(digit) = first
        .find(|sign: char| sign.is_ascii_digit())
        .filter(|digit| *digit > 0)
    {
        let name = first[..digit].trim_matches(|sign| is_blank(sign) || matches!(sign, '=' | '＝'));
        all.push(format!("{name} = {}", &first[digit..]));
    }
    if let Some((value, name)) = first.split_once(['=', '＝']) {
        all.push(format!("{} = {}", name.trim(), value.trim()));
    }
    all
}

fn conversion(text: &str) -> Vec<String> {
    let first = text.split(['，', ',', '；', '、']).next().unwrap_or(text).trim();
    vec![first.to_owned(), format!("1 {first}")]
}

/// 优（90-100分），良（80-89分），差（60分以下); 优 得分≥90；良 80≤得分<90
fn grades(text: &str) -> Option<String> {
    let mut bands: Vec<(&str, Vec<&str>)> = Vec::new();
    for item in text.split(['，', ',', '；', ';', '、']) {
        let item = item.trim_matches(is_blank);
        let end = item
            .find(|sign: char| !sign.is_alphabetic())
            .unwrap_or(item.len());
        let name = ["得分", "分数", "总分"]
            .iter()
            .find_map(|word| item[..end].strip_suffix(word))
            .unwrap_or(&item[..end]);
        let numbers: Vec<&str> = item
            .split(|sign: char| !sign.is_ascii_digit() && sign != '.')
            .filter(|number| number.starts_with(|sign: char| sign.is_ascii_digit()))
            .collect();
        match (name.is_empty(), bands.last_mut()) {
            // [90，100] was parted at its comma.
            (true, Some((_, all))) => all.extend(numbers),
            (true, None) => return None,
            (false, _) => bands.push((name, numbers)),
        }
    }
    let value = |number: &str| number.parse::<u32>().ok();
    let whole =
        |band: &(&str, Vec<&str>)| !band.1.is_empty() && band.1.iter().all(|number| value(number).is_some());
    if bands.len() < 2 || !bands.iter().all(whole) {
        return None;
    }
    let last = bands.len() - 1;
    let mut made: Vec<String> = Vec::new();
    let mut above: Option<u32> = None;
    for (at, (name, numbers)) in bands.iter().enumerate() {
        let all: Vec<u32> = numbers.iter().filter_map(|number| value(number)).collect();
        let low = match at == last {
            true => 0,
            false => all.iter().copied().min()?,
        };
        let made_band = match above {
            None => format!(
                "{name} [{low}，{}]",
                all.iter()
                    .copied()
                    .max()
                    .filter(|high| *high > low)
                    .unwrap_or(100)
            ),
            Some(above) if above > low => format!("{name} [{low}，{above})"),
            Some(_) => return None,
        };
        made.push(made_band);
        above = Some(low);
    }
    Some(made.join("；"))
}
