//! What is wrong with rules as a whole: each id with its Chinese title, so that a message needs only its words.

use crate::finding::{Finding, Severity};
use crate::source::Span;

/// The ids of findings on rule files and their titles.
pub const TITLES: &[(&str, &str)] = &[
    ("rule-syntax", "规则文件有写错的行"),
    ("rule-unknown-name", "规则里的名称没有定义"),
    ("rule-duplicate", "规则重复"),
    ("rule-weight-sum", "规则的分值合计不符"),
    ("rule-unit", "规则的单位不对"),
    ("rule-grade-bands", "等级区间有空缺或重叠"),
    ("rule-score-cases", "评分标准的情形有空缺或用不到"),
    ("rule-target-conflict", "指标的目标互相矛盾"),
    ("rule-alias-clash", "别名重复"),
    ("rule-reference", "引用的规则用不上"),
    ("rule-trial", "验证写得不全"),
    ("rule-cycle", "引用成了一个圈"),
    ("rule-override", "调整用不上"),
    ("rule-unused", "规则没有用到"),
    ("rule-not-yet", "暂不生效的规则"),
];

/// An error of that id.
pub fn error(id: &str, message: impl Into<String>, span: Span) -> Finding {
    with(id, Severity::Error, message, span)
}

/// A warning of that id.
pub fn warning(id: &str, message: impl Into<String>, span: Span) -> Finding {
    with(id, Severity::Warning, message, span)
}

/// A hint of that id.
pub fn info(id: &str, message: impl Into<String>, span: Span) -> Finding {
    with(id, Severity::Info, message, span)
}

fn with(id: &str, severity: Severity, message: impl Into<String>, span: Span) -> Finding {
    let title = TITLES.iter().find(|(known, _)| *known == id);
    Finding::new(
        id,
        title.map_or("", |(_, title)| title),
        severity,
        message.into(),
        span,
    )
}

/// “甲”“乙”“丙”
pub fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|name| format!("“{name}”")).collect()
}
