//! Fields to what people call them: 资金.总额.全年执行数 is 年度资金总额的全年执行数.

use super::Reader;
use super::numbers::glue;
use crate::expr::fields::{Context, FIELDS};
use crate::quantity::Quantity;

/// The ways into the form, the longest first, and what people call what lies there.
const WAYS: &[(&[&str], &str)] = &[
    (&["资金", "总额"], "年度资金总额的"),
    (&["资金", "构成"], "各项资金的"),
    (&["构成"], "各组成部分的"),
    (&["资金"], ""),
    (&["执行"], "预算执行率的"),
    (&["指标行"], "各项指标的"),
    (&["一级组"], "各一级指标的"),
    (&["二级组"], "各二级指标的"),
    (&["附加行"], "各加分扣分项的"),
    (&["自评表"], "自评表的"),
];

/// The rows of a way as things that are counted.
const COUNTED: &[(&str, &str)] = &[
    ("指标行", "指标"),
    ("构成", "组成部分"),
    ("一级组", "一级指标"),
    ("二级组", "二级指标"),
    ("附加行", "加分扣分项"),
];

impl Reader<'_> {
    /// What a field is called.
    pub(super) fn field(&self, path: &[String]) -> String {
        let [first, rest @ ..] = path else {
            return String::new();
        };
        if rest.is_empty()
            && let Some((name, value)) = self.parameter(first)
        {
            return format!("{name}（{}）", super::numbers::number(value));
        }
        let of_form = FIELDS
            .iter()
            .any(|(context, field, _)| *context != Context::Declared && field == first);
        let of_group = matches!(self.context, Context::FirstGroup | Context::SecondGroup);
        match rest {
            [field] if !of_form => self.declared(first, field),
            _ if of_group && first == "指标行" => format!("其下{}", in_form(path)),
            _ => in_form(path),
        }
    }

    /// A 参数 of a 评分标准.
    pub(super) fn parameter(&self, name: &str) -> Option<&(String, Quantity)> {
        self.parameters.iter().find(|(known, _)| known == name)
    }

    /// What is meant of a declared name.
    fn declared(&self, name: &str, field: &str) -> String {
        let known = self.model.names.iter().find(|known| known.name == name);
        let indicator = known.is_some_and(|known| known.indicator.is_some());
        match field {
            "实际" if indicator => format!("{name}的实际完成值"),
            "实际" => name.to_owned(),
            "目标" => format!("{name}的目标值"),
            "规则目标" => format!("规则规定的{name}的目标值"),
            "预算" => format!("{name}的预算数"),
            "执行" => format!("{name}的执行数"),
            "正文" => format!("正文所写的{name}"),
            "表中" => format!("自评表所列的{name}"),
            "全部" => format!("报告各处所写的{name}"),
            "分项" => format!("{name}的各分项"),
            other => glue(&format!("{name}的"), other),
        }
    }
}

/// A field of the form.
fn in_form(path: &[String]) -> String {
    let way = WAYS.iter().find(|(way, _)| {
        path.len() > way.len() && way.iter().zip(path).all(|(word, segment)| word == segment)
    });
    match way {
        Some((way, words)) => format!("{words}{}", in_form(&path[way.len()..])),
        None => path
            .iter()
            .map(|segment| own(segment))
            .collect::<Vec<_>>()
            .join("的"),
    }
}

/// A field of the row itself.
fn own(field: &str) -> &str {
    match field {
        "目标" => "目标值",
        "规则目标" => "规则规定的目标值",
        "实际" => "实际完成值",
        "满分" => "总分值",
        "原因" => "“原因”一栏",
        "说明" => "“说明”一栏",
        "应得分" => "按评分标准算出的应得分",
        "自评总分" => "正文的总分",
        "自评等级" => "正文的等级",
        "章节" => "报告的章节",
        "指标行" => "各项指标",
        "构成" => "各组成部分",
        other => other,
    }
}

/// What the rows of a way are called where they are counted.
pub(super) fn counted(path: &[String]) -> &'static str {
    path.iter()
        .rev()
        .find_map(|segment| COUNTED.iter().find(|(row, _)| row == segment))
        .map_or("项目", |(_, word)| word)
}
