//! What every spelling of a sign means, and that no text whatever makes the reader fall over.

use super::parse;
use crate::quantity::{Bound, Ratio};
use crate::source::SourceId;
use crate::syntax::{Content, Expr, ExprKind, File, Operator, Piece, Target, places};
use proptest::prelude::*;

const GOOD: &str = include_str!("../../../tests/language/good.jx");

fn read(text: &str) -> File {
    let (file, findings) = parse(text, SourceId(0));
    assert!(findings.is_empty(), "{text}\n{findings:#?}");
    file
}

/// The file without its places, so that spellings of different length can be compared.
fn bare(text: &str) -> File {
    let mut file = read(text);
    places::forget(&mut file);
    file
}

fn faults(text: &str) -> Vec<String> {
    parse(text, SourceId(0))
        .1
        .into_iter()
        .map(|finding| finding.message)
        .collect()
}

#[track_caller]
fn twins(one: &str, other: &str) {
    assert_eq!(bare(one), bare(other), "{one}\n{other}");
}

/// The formula of a check, fully bracketed.
fn shape(formula: &str) -> String {
    let file = read(&format!("检查：甲\n要求：{formula}\n"));
    match &file.statements[0].attributes[0].content {
        Content::Condition(expr) => show(expr),
        other => panic!("{other:?}"),
    }
}

fn show(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(amount) => {
            let unit = amount.unit.as_ref().map_or("", |unit| unit.text.as_str());
            format!("{}{unit}", amount.number.to_plain(4).unwrap_or_default())
        }
        ExprKind::Path(path) => path
            .iter()
            .map(|words| words.text.as_str())
            .collect::<Vec<_>>()
            .join("."),
        ExprKind::Otherwise => "其余".to_owned(),
        ExprKind::Call(name, all) => {
            format!(
                "{}({})",
                name.text,
                all.iter().map(show).collect::<Vec<_>>().join(",")
            )
        }
        ExprKind::Not(inner) => format!("¬{}", show(inner)),
        ExprKind::Negate(inner) => format!("-{}", show(inner)),
        ExprKind::Has(inner, has) => format!("({}{})", show(inner), if *has { "有" } else { "无" }),
        ExprKind::Among(left, all) => {
            format!(
                "({}∈{})",
                show(left),
                all.iter().map(show).collect::<Vec<_>>().join("、")
            )
        }
        ExprKind::Interval(low, a, high, b) => format!(
            "{}{},{}{}",
            if *a { '[' } else { '(' },
            show(low),
            show(high),
            if *b { ']' } else { ')' }
        ),
        ExprKind::Binary(operator, left, right) => {
            let sign = match operator {
                Operator::And => "且",
                Operator::Or => "或",
                Operator::Equal => "=",
                Operator::Different => "≠",
                Operator::Less => "<",
                Operator::AtMost => "≤",
                Operator::Greater => ">",
                Operator::AtLeast => "≥",
                Operator::Add => "+",
                Operator::Subtract => "-",
                Operator::Multiply => "×",
                Operator::Divide => "÷",
                Operator::OrElse => "?",
                Operator::Contains => "∋",
            };
            format!("({}{sign}{})", show(left), show(right))
        }
    }
}

#[test]
fn multiplication_binds_before_addition_before_comparison_before_words() {
    assert_eq!(shape("a + b × c = d"), "((a+(b×c))=d)");
    assert_eq!(shape("a − b − c = d"), "(((a-b)-c)=d)");
    assert_eq!(shape("a ÷ b ÷ c = d"), "(((a÷b)÷c)=d)");
    assert_eq!(
        shape("a = 1 或者 b = 2 并且 并非 c = 3"),
        "((a=1)或((b=2)且¬(c=3)))"
    );
    assert_eq!(
        shape("（a = 1 或者 b = 2）并且 c 有值"),
        "(((a=1)或(b=2))且(c有))"
    );
    assert_eq!(shape("a + b 若无 0 分 = c"), "((a+(b?0分))=c)");
    assert_eq!(shape("−a × b < −3%"), "((-a×b)<-3%)");
    assert_eq!(shape("得分 属于 [0 分，分值)"), "(得分∈[0分,分值))");
    assert_eq!(shape("原因 属于 “无”、“—”、“/”"), "(原因∈无、—、/)");
    assert_eq!(
        shape("合计(指标行.得分，一级指标 = “产出指标”) ≤ 50 分"),
        "(合计(指标行.得分,(一级指标=产出指标))≤50分)"
    );
}

#[test]
fn names_end_at_reserved_words_and_only_there() {
    assert_eq!(shape("得分不低于60%"), "(得分≥60%)");
    assert_eq!(
        shape("原因有值并且社会公益或服务对象满意度.实际无值"),
        "((原因有)且(社会公益或服务对象满意度.实际无))"
    );
    assert_eq!(
        shape("“超过（额）”.实际 ≠ 8。5 万元/家"),
        "(超过（额）.实际≠8.5万元/家)"
    );
    assert_eq!(shape("资金。总额。全年执行数 = 1"), "(资金.总额.全年执行数=1)");
    assert_eq!(shape("a / b = 3 元/人·月"), "((a÷b)=3元/人·月)");
}

#[test]
fn every_ascii_sign_has_its_full_width_twin() {
    twins("规则：甲", "规则:甲");
    twins("规则：甲", "\u{FEFF}　规则∶甲\r\n");
    twins("规则：甲", "\u{200B}规 则\u{A0}：\u{3000}甲\u{A0}");
    twins(
        "引用：财预〔2020〕10号，2020.1 起",
        "引用：财预〔2020〕10号,2020.1起",
    );
    twins("一级指标：产出指标，50 分", "一级指标:产出指标,５０分。");
    twins("数据：甲\n别名：乙、丙、丁", "数据：甲\n别名：乙，丙；丁；");
    twins("数据：甲\n别名：“乙、丙”、丁", "数据：甲\n别名：\"乙、丙\",丁");
    twins(
        "数据：甲\n别名：“乙、丙”、丁",
        "数据：甲\n别名：「乙、丙」；”丁“"
            .replace(['”', '“'], "")
            .as_str(),
    );
    for sign in ["≥", ">=", "＞＝", "》=", "不低于", "不少于", "至少", "≧"] {
        twins(
            "三级指标：甲\n目标：≥ 8.5 万元/家",
            &format!("三级指标：甲\n目标：{sign}８。５万元／家"),
        );
    }
    for sign in ["≤", "<=", "《=", "不超过", "不高于", "至多", "＜＝"] {
        twins(
            "三级指标：甲\n目标：≤ 5%",
            &format!("三级指标：甲\n目标：{sign} 5％").replace('％', "%"),
        );
    }
}

#[test]
fn every_sign_of_formulas_and_intervals_has_its_twin() {
    for (sign, twin) in [
        ("=", "＝"),
        ("=", "=="),
        ("=", "等于"),
        ("≠", "!="),
        ("≠", "不等于"),
        ("<", "低于"),
        (">", "超过"),
        (">", "＞"),
    ] {
        twins(
            &format!("检查：甲\n要求：a {sign} b"),
            &format!("检查：甲\n要求：a{twin}b"),
        );
    }
    twins(
        "检查：甲\n要求：(a + b) × c − d ÷ e = 1",
        "检查：甲\n要求：（a＋b）*c－d/e＝１",
    );
    twins("检查：甲\n要求：a 属于 [1，2)", "检查：甲\n要求：a 属于［1,2）");
    twins("等级：优 [90，100]；差 [0，90)", "等级：优【90,100】;差〔0，90）");
    twins(
        "等级：优 90（含）—100；差 90以下",
        "等级：优 90(含)至100；差 90 以下。",
    );
    twins("检查：甲\n要求：原因 有值", "检查：甲\n要求：原因 已填 # 说明");
    twins(
        "检查：甲\n要求：a = b 并且 c = d",
        "检查：甲\n要求：a = b # 说明\n\n　　并且 c = d",
    );
    twins("检查：“甲”", "检查：”甲“");
    twins("调整：检查／甲", "调整：检查/甲");
    twins("三级指标：甲", "指标：甲");
}

#[test]
fn a_name_is_quoted_only_by_its_first_and_last_signs() {
    let name = |line: &str| {
        read(line).statements[0]
            .words()
            .map(|words| (words.text.clone(), words.quoted))
    };
    assert_eq!(
        name("指标：省级“上云”标杆企业，20 分"),
        Some(("省级“上云”标杆企业".to_owned(), false))
    );
    assert_eq!(
        name("指标：“上云”企业和“入围”企业"),
        Some(("“上云”企业和“入围”企业".to_owned(), false))
    );
    assert_eq!(
        name("指标：“管护机制，5 分制”，10 分"),
        Some(("管护机制，5 分制".to_owned(), true))
    );
    assert_eq!(
        name("指标：经济、社会效益，10 分"),
        Some(("经济、社会效益".to_owned(), false))
    );
}

#[test]
fn targets_are_numbers_intervals_dates_or_words() {
    let target = |text: &str| match &read(&format!("指标：甲\n目标：{text}")).statements[0].attributes[0]
        .content
    {
        Content::Target(target) => target.clone(),
        other => panic!("{other:?}"),
    };
    assert!(
        matches!(target("8000 家以上"), Target::Number(Some(Bound::AtLeast), a) if a.number == Ratio::whole(8000))
    );
    assert!(matches!(
        target("5天以内"),
        Target::Number(Some(Bound::AtMost), _)
    ));
    assert!(matches!(target("1.2万人"), Target::Number(None, a) if a.places == 1));
    assert!(matches!(target("[90%，100%]"), Target::Interval(r) if r.low.is_some()));
    assert!(
        matches!(target("(90，100] 分"), Target::Interval(r) if r.low.as_ref().is_some_and(|low| low.closed == Some(false)))
    );
    assert!(matches!(target("2020年12月31日前"), Target::Date(_)));
    assert!(matches!(target("12月底前完成"), Target::Date(_)));
    assert!(matches!(target("一次性验收合格"), Target::Text(_)));
    assert!(matches!(target("3类设备购置到位"), Target::Text(_)));
}

#[test]
fn templates_hold_formulas_and_literal_brackets() {
    let file = read("检查：甲\n提示：应为【a ÷ b】，#1 不是【【注释】】。\n要求：a = b");
    let Content::Template(pieces) = &file.statements[0].attributes[0].content else {
        panic!("no template");
    };
    assert!(
        matches!(pieces.as_slice(), [Piece::Words(a), Piece::Value(v), Piece::Words(b)]
        if a == "应为" && show(v) == "(a÷b)" && b == "，#1 不是【注释】】。")
    );
}

#[test]
fn places_are_those_of_the_file() {
    let text = "\u{FEFF}规则：甲\r\n\r\n检查：乙\r\n　要求：得分 ≤ 分值。  # 说明\r\n";
    let file = read(text);
    let require = &file.statements[1].attributes[0];
    assert_eq!(&text[require.span.range()], "要求：得分 ≤ 分值");
    let Content::Condition(expr) = &require.content else {
        panic!("no condition");
    };
    assert_eq!(&text[expr.span.range()], "得分 ≤ 分值");
    assert_eq!(&text[file.comments[0].range()], "# 说明");
}

#[test]
fn deep_brackets_and_long_sums_are_refused_in_words() {
    let deep = format!("检查：甲\n要求：{}a{} = 1", "（".repeat(500), "）".repeat(500));
    assert_eq!(faults(&deep), ["公式太长或者括号套了太多层，没有读。"]);
    let long = format!("检查：甲\n要求：a{} = 1", " + a".repeat(2000));
    assert_eq!(faults(&long), ["公式太长或者括号套了太多层，没有读。"]);
    let nested = format!("检查：甲\n要求：{}a{} = 1", "（".repeat(64), "）".repeat(64));
    assert!(faults(&nested).is_empty());
    let unended = format!("检查：甲\n要求：{}", "最大(a，".repeat(60));
    assert_eq!(faults(&unended).len(), 1);
}

#[test]
fn each_bad_line_is_told_once() {
    let bad = GOOD.replace("：", "");
    let lines = bad.lines().filter(|line| !line.trim().is_empty()).count();
    assert_eq!(faults(&bad).len(), lines);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Signs of the language thrown into a good file, and pieces of it taken out.
    #[test]
    fn no_text_makes_it_fall_over(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[：:，,；（）()\\[\\]【】〔“”\"0-9０%≥》=#并且或者得其余 \u{3000}\r\n。．./年前\u{200B}甲a]{0,4}"), 1..8),
    ) {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (at, length, piece) in cuts {
            let start = at.index(text.len().max(1)).min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, piece.chars());
        }
        let text: String = text.into_iter().collect();
        let (file, findings) = parse(&text, SourceId(0));
        for place in findings.iter().flat_map(|finding| &finding.places) {
            prop_assert!(text.get(place.span.range()).is_some());
        }
        for statement in &file.statements {
            prop_assert!(text.get(statement.span.range()).is_some());
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        let _ = parse(&text, SourceId(0));
    }
}
