//! Which project a chapter tells of, where a report tells of several: 系统可用率 of one is not that of the other.

use crate::facts::Heading;
use crate::words::held::{before_end, lasts};
use std::collections::HashMap;

/// What a heading may say of a project behind its name: 平台建设项目绩效完成情况.
const TAILS: &[&str] = &[
    "情况", "完成", "绩效", "目标", "自评", "实施", "分析", "产出", "效益", "执行", "使用", "评价", "说明",
    "概况", "进展", "结果", "结论", "指标", "支出", "预算", "资金", "的", "及", "和", "“", "”",
];

/// What the name of a project ends with.
const ENDS: &[&str] = &["项目", "工程", "专项", "课题", "计划", "行动"];

/// Words that make no name of one.
const NO_NAMES: &[&str] = &["本", "该", "各", "本次", "年度", "主要", "重点", "其他", "专项"];

/// For each heading the project in whose chapter it stands. Only where two headings of one level name different ones.
pub fn of_headings(outline: &[Heading]) -> Vec<Option<String>> {
    let names: Vec<Option<&str>> = outline.iter().map(|heading| project_in(&heading.title)).collect();
    // The different names of each level: two are enough.
    let mut different: HashMap<u8, Vec<&str>> = HashMap::new();
    for (heading, name) in outline.iter().zip(&names) {
        let told = different.entry(heading.level).or_default();
        if let Some(name) = name.filter(|name| told.len() < 2 && !told.contains(name)) {
            told.push(name);
        }
    }
    let several = |heading: &Heading| different.get(&heading.level).is_some_and(|told| told.len() > 1);
    let own: Vec<Option<&str>> = outline
        .iter()
        .zip(&names)
        .map(|(heading, name)| name.filter(|_| several(heading)))
        .collect();
    let mut open: Vec<(u8, Option<&str>)> = Vec::new();
    let mut found = Vec::with_capacity(outline.len());
    for (heading, own) in outline.iter().zip(&own) {
        open.retain(|(level, _)| *level < heading.level);
        open.push((heading.level, *own));
        let nearest = open.iter().rev().find_map(|(_, name)| *name);
        found.push(nearest.map(str::to_owned));
    }
    found
}

/// The name of the project that a heading begins with.
fn project_in(title: &str) -> Option<&str> {
    let mut name = title;
    // 项目一：…, 子项目2 …
    let numbered = name
        .trim_start_matches("子")
        .strip_prefix("项目")
        .is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        });
    if numbered {
        return Some(name);
    }
    while let Some(shorter) = before_end(name, TAILS, const { lasts(TAILS) }) {
        name = shorter;
    }
    let stem = before_end(name, ENDS, const { lasts(ENDS) })?;
    (stem.chars().count() >= 2 && !NO_NAMES.contains(&stem)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(titles: &[(u8, &str)]) -> Vec<Option<String>> {
        let heading = |(level, title): &(u8, &str)| Heading {
            level: *level,
            mark: 0..0,
            title: (*title).to_owned(),
            range: 0..0,
            body: 0..0,
        };
        of_headings(&titles.iter().map(heading).collect::<Vec<_>>())
    }

    #[test]
    fn chapters_of_several_projects_are_told_apart() {
        let found = outline(&[
            (1, "基本情况"),
            (1, "档案数字化项目完成情况"),
            (2, "绩效目标"),
            (1, "机房搬迁工程"),
            (1, "存在问题"),
        ]);
        let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
        assert_eq!(
            found,
            [
                None,
                Some("档案数字化项目"),
                Some("档案数字化项目"),
                Some("机房搬迁工程"),
                None
            ]
        );
    }

    #[test]
    fn the_chapters_of_one_project_are_its_own() {
        let found = outline(&[
            (1, "项目概况"),
            (1, "项目绩效目标"),
            (1, "绿道建设项目完成情况"),
            (1, "本项目自评结论"),
        ]);
        assert!(found.iter().all(Option::is_none));
    }
}
