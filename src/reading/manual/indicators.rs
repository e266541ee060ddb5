//! Indicators to a table: groups, names, targets, marks, and by which standard each is scored.

use crate::model::{Indicator, Model, Name, Scoring, Target};
use crate::quantity::{Bound, Quantity};
use crate::reading::Block;
use crate::reading::numbers::{interval_words, number};

/// The table, and the schemes by which marks are shared out.
pub(super) fn table(model: &Model) -> Vec<Block> {
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
    all.extend(schemes(model));
    all
}

/// How marks are shared out where that is prescribed.
fn schemes(model: &Model) -> Vec<Block> {
    let mut all = Vec::new();
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

/// The same in sentences, which fit on any screen: one an indicator, under its 一级指标.
pub(super) fn sentences(model: &Model) -> Vec<Block> {
    let mut all = Vec::new();
    for (at, group) in model
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.level == 1)
    {
        let weight = group
            .weight
            .map_or(String::new(), |weight| format!("，{}", number(&weight)));
        let own = of_group(model, at);
        let scored = match &group.scoring {
            Some(scoring) if own.is_empty() => format!("，{}计分", scoring_words(scoring)),
            _ => String::new(),
        };
        all.push(Block::Subheading(format!("{}{weight}{scored}", group.name)));
        let said = own.into_iter().enumerate();
        all.extend(said.map(|(at, one)| Block::Item(format!("{}. {}", at + 1, sentence(model, one)))));
    }
    let lone = model
        .names
        .iter()
        .filter_map(|name| Some((name, name.indicator.as_ref()?)));
    let lone = lone
        .filter(|(_, indicator)| indicator.first.is_none())
        .enumerate();
    all.extend(lone.map(|(at, one)| Block::Item(format!("{}. {}", at + 1, sentence(model, one)))));
    all.extend(schemes(model));
    all
}

/// 上云企业数（数量指标），10 分：目标是不低于 8000 家；评分标准是“按完成比例”。
fn sentence(model: &Model, (name, indicator): (&Name, &Indicator)) -> String {
    let second = indicator
        .second
        .map_or(String::new(), |at| format!("（{}）", model.groups[at].name));
    let weight = indicator
        .weight
        .map_or("没有写分值".to_owned(), |weight| number(&weight));
    let target = indicator
        .target
        .as_ref()
        .map_or("没有写目标".to_owned(), target_sentence);
    let scoring = indicator
        .scoring
        .as_ref()
        .or_else(|| default_of(model, indicator));
    let scoring = match scoring {
        Some(scoring) => format!("评分标准是“{}”", scoring_words(scoring)),
        None => "没有写评分标准".to_owned(),
    };
    format!("{}{second}，{weight}：{target}；{scoring}。", name.name)
}

fn target_sentence(target: &Target) -> String {
    let Target::Number(quantity) = target else {
        return match target {
            Target::Interval(..) => format!("目标在 {}之间", target_words(target)),
            _ => format!("目标是“{}”", target_words(target)),
        };
    };
    let word = match quantity.bound {
        Some(Bound::AtLeast) => "不低于",
        Some(Bound::Above) => "高于",
        Some(Bound::AtMost) => "不超过",
        Some(Bound::Below) => "低于",
        Some(Bound::Exactly) => "等于",
        None => "是",
    };
    let bare = Quantity {
        bound: None,
        ..*quantity
    };
    format!("目标{word} {}", number(&bare))
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

/// A standard with the 参数 that are given at the place.
pub(super) fn scoring_words(scoring: &Scoring) -> String {
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
