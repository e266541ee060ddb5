//! The contexts that 逐项 may name and the fields that each brings (LANGUAGE.md §6): one table for the model,
//! which checks names against it, and for the ledger, which supplies the values.

/// What a check goes through, one judgement each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Context {
    /// 报告: the whole report, the default
    Report,
    /// 自评表
    Form,
    /// 资金行
    FundRow,
    /// 执行行
    ExecutionRow,
    /// 一级组
    FirstGroup,
    /// 二级组
    SecondGroup,
    /// 指标行
    IndicatorRow,
    /// 附加行: 加分 and 扣分 rows, reached as 附加行 of 自评表
    ExtraRow,
    /// 资金: reached as a field of 自评表
    Funds,
    /// A declared name in 报告: 上云企业数.实际
    Declared,
}

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FieldType {
    /// A number with or without unit.
    Number,
    /// A text.
    Text,
    /// A number or a text, as the cell has it.
    Either,
    /// 真 or 假
    Truth,
    /// An interval (应得分).
    Interval,
    /// A list of numbers (.正文, .全部).
    Numbers,
    /// A list of texts (章节).
    Texts,
    /// One row of another context.
    Row(Context),
    /// Several rows of another context.
    Rows(Context),
}

use Context::*;
use FieldType::{Either, Interval, Number, Numbers, Row, Rows, Text, Texts, Truth};

/// Every field: its context, its name, what it holds.
pub const FIELDS: &[(Context, &str, FieldType)] = &[
    (Report, "年度", Number),
    (Report, "项目名称", Text),
    (Report, "章节", Texts),
    (Report, "正文", Text),
    (Report, "自评总分", Number),
    (Report, "自评等级", Text),
    (Report, "自评表", Row(Form)),
    (Form, "种类", Text),
    (Form, "满分", Number),
    (Form, "总分", Number),
    (Form, "等级", Text),
    (Form, "说明", Text),
    (Form, "资金", Row(Funds)),
    (Form, "执行", Row(ExecutionRow)),
    (Form, "一级组", Rows(FirstGroup)),
    (Form, "二级组", Rows(SecondGroup)),
    (Form, "指标行", Rows(IndicatorRow)),
    (Form, "附加行", Rows(ExtraRow)),
    (Funds, "总额", Row(FundRow)),
    (Funds, "构成", Rows(FundRow)),
    (Funds, "完整", Truth),
    (FundRow, "名称", Text),
    (FundRow, "年初预算数", Number),
    (FundRow, "全年预算数", Number),
    (FundRow, "全年执行数", Number),
    (FundRow, "构成", Rows(FundRow)),
    (FundRow, "完整", Truth),
    (FundRow, "原因", Text),
    (ExecutionRow, "执行率", Number),
    (ExecutionRow, "分值", Number),
    (ExecutionRow, "得分", Number),
    (ExecutionRow, "应得分", Interval),
    (ExecutionRow, "原因", Text),
    (FirstGroup, "名称", Text),
    (FirstGroup, "分值", Number),
    (FirstGroup, "得分", Number),
    (FirstGroup, "指标行", Rows(IndicatorRow)),
    (SecondGroup, "名称", Text),
    (SecondGroup, "分值", Number),
    (SecondGroup, "得分", Number),
    (SecondGroup, "指标行", Rows(IndicatorRow)),
    (IndicatorRow, "一级指标", Text),
    (IndicatorRow, "二级指标", Text),
    (IndicatorRow, "三级指标", Text),
    (IndicatorRow, "目标", Either),
    (IndicatorRow, "规则目标", Either),
    (IndicatorRow, "实际", Either),
    (IndicatorRow, "单位", Text),
    (IndicatorRow, "分值", Number),
    (IndicatorRow, "得分", Number),
    (IndicatorRow, "原因", Text),
    (IndicatorRow, "完成率", Number),
    (IndicatorRow, "达标", Truth),
    (IndicatorRow, "方向", Text),
    (IndicatorRow, "达成情况", Text),
    (IndicatorRow, "应得分", Interval),
    (ExtraRow, "名称", Text),
    (ExtraRow, "得分", Number),
    (ExtraRow, "分值", Number),
    (Declared, "规则目标", Either),
    (Declared, "目标", Either),
    (Declared, "实际", Either),
    (Declared, "预算", Number),
    (Declared, "执行", Number),
    (Declared, "分值", Number),
    (Declared, "得分", Number),
    (Declared, "原因", Text),
    (Declared, "完成率", Number),
    (Declared, "正文", Numbers),
    (Declared, "表中", Numbers),
    (Declared, "全部", Numbers),
    (Declared, "分项", Numbers),
];

/// What a field of a context holds. Rows also see the fields of 自评表 and 报告 around them.
pub fn field_type(context: Context, name: &str) -> Option<FieldType> {
    let (from, to) = PLACES[context as usize];
    let mut fields = FIELDS[from..to].iter();
    fields
        .find(|(_, field, _)| *field == name)
        .map(|(_, _, holds)| *holds)
}

/// Where in the table the fields of each context stand.
const PLACES: [(usize, usize); Declared as usize + 1] = {
    let (mut places, mut at) = ([(0, 0); Declared as usize + 1], 0);
    while at < FIELDS.len() {
        let (from, to) = places[FIELDS[at].0 as usize];
        assert!(to == 0 || to == at, "the fields of a context stand together");
        places[FIELDS[at].0 as usize] = (if to == 0 { at } else { from }, at + 1);
        at += 1;
    }
    places
};

/// The contexts around one, nearest first.
pub fn around(context: Context) -> &'static [Context] {
    match context {
        Report | Declared => &[],
        Form => &[Report],
        _ => &[Form, Report],
    }
}

/// The context that 逐项 names by this word.
pub fn context_named(word: &str) -> Option<Context> {
    Some(match word {
        "报告" => Report,
        "自评表" => Form,
        "资金行" => FundRow,
        "执行行" => ExecutionRow,
        "一级组" => FirstGroup,
        "二级组" => SecondGroup,
        "指标行" => IndicatorRow,
        _ => return None,
    })
}
