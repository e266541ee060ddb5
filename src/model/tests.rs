//! Rule files to models: what is inherited, put in and superseded, and that no text makes loading fall over.

use super::from_syntax::load;
use super::{Model, Target};
use crate::expr::fields::Context;
use crate::expr::{Expr, ExprKind};
use crate::finding::{Finding, Severity};
use crate::packs;
use crate::quantity::{Bound, Ratio};
use crate::source::Source;
use proptest::prelude::*;

const GOOD: &str = include_str!("../../tests/language/good.jx");

fn read(text: &str) -> (Model, Vec<Finding>) {
    load(vec![Source::new("规则.jx", text)], &mut |_, _| None)
}

fn good(text: &str) -> Model {
    let (model, findings) = read(text);
    let told: Vec<_> = findings.iter().filter(|f| f.severity != Severity::Info).collect();
    assert!(told.is_empty(), "{told:#?}");
    model
}

#[test]
fn the_good_file_and_every_built_in_pack_are_read_without_a_word() {
    good(GOOD);
    for pack in packs::PACKS {
        good(pack.text);
    }
}

#[test]
fn an_indicator_is_scored_as_its_group_unless_it_says_otherwise() {
    let model = good(
        "规则：甲\n评分标准：一\n情形：其余，得 分值\n评分标准：二\n情形：其余，得 0 分\n\
         一级指标：产出指标\n评分：一\n二级指标：数量指标\n指标：a\n指标：b\n评分：二\n二级指标：质量指标\n评分：二\n指标：c\n",
    );
    let scoring = |name: &str| {
        let name = model.names.iter().find(|held| held.name == name);
        let scoring = name.and_then(|name| name.indicator.as_ref()?.scoring.as_ref());
        scoring.map(|scoring| scoring.standard.clone())
    };
    assert_eq!(scoring("a").as_deref(), Some("一"));
    assert_eq!(scoring("b").as_deref(), Some("二"));
    assert_eq!(scoring("c").as_deref(), Some("二"));
}

#[test]
fn parameters_of_checks_are_put_into_their_formulas() {
    let model = good("规则：甲\n检查：超额\n逐项：指标行\n参数：界限 = 130%\n要求：完成率 < 界限\n");
    let check = model.checks.iter().find(|check| check.name == "超额");
    let Some(ExprKind::Compare(_, _, right)) = check.map(|check| &check.requirements[0].kind) else {
        panic!("no comparison");
    };
    let Expr {
        kind: ExprKind::Constant(value),
        ..
    } = &**right
    else {
        panic!("no constant");
    };
    assert_eq!((value.value, value.unit.name()), (Ratio::whole(130), "%"));
    assert_eq!(check.map(|check| check.context), Some(Context::IndicatorRow));
}

#[test]
fn an_alias_in_a_formula_is_its_name() {
    let model = good(
        "规则：甲\n数据：下拨资金\n别名：下拨项目资金\n单位：万元\n检查：有\n要求：下拨项目资金.实际 有值\n",
    );
    let check = model.checks.iter().find(|check| check.name == "有");
    let Some(ExprKind::Has(field, true)) = check.map(|check| &check.requirements[0].kind) else {
        panic!("no 有值");
    };
    assert_eq!(
        field.kind,
        ExprKind::Field(vec!["下拨资金".to_owned(), "实际".to_owned()])
    );
}

#[test]
fn targets_keep_their_sign_unit_and_print() {
    let model = good("规则：甲\n指标：a\n目标：≤ 9.50 万元/公里\n");
    let target = model
        .names
        .iter()
        .find_map(|name| name.indicator.as_ref()?.target.clone());
    let Some(Target::Number(quantity)) = target else {
        panic!("no number");
    };
    assert_eq!(quantity.bound, Some(Bound::AtMost));
    assert_eq!(quantity.value, Ratio::whole(95_000));
    assert_eq!(quantity.text(), "≤9.50 万元/公里");
    assert!(quantity.exact);
}

#[test]
fn own_marks_supersede_the_schemes_of_cited_packs() {
    let scheme = Source::new("方案.jx", "规则：方案\n分值方案：产出指标 60、效益指标 40\n");
    let mut find = |_: &str, _: &str| Some(scheme.clone());
    let rules = |text: &str| vec![Source::new("规则.jx", format!("规则：甲\n引用：方案.jx\n{text}"))];
    let (cited, _) = load(rules("章节：基本情况\n"), &mut find);
    assert_eq!(cited.schemes.len(), 1);
    let (own, findings) = load(
        rules("一级指标：产出指标，50 分\n一级指标：效益指标，50 分\n"),
        &mut find,
    );
    let loud = findings.iter().any(|finding| finding.check != "rule-not-yet");
    assert!(own.schemes.is_empty() && !loud, "{findings:#?}");
}

#[test]
fn two_files_of_the_user_do_not_overrule_each_other() {
    let sources = vec![
        Source::new(
            "a.jx",
            "规则：甲\n一级指标：产出指标，60 分\n一级指标：效益指标，40 分\n",
        ),
        Source::new("b.jx", "规则：乙\n一级指标：产出指标，50 分\n"),
    ];
    let (model, findings) = load(sources, &mut |_, _| None);
    assert!(
        findings.iter().any(|finding| finding.check == "rule-duplicate"),
        "{findings:#?}"
    );
    assert_eq!(
        model.groups[0].weight.map(|weight| weight.value),
        Some(Ratio::whole(60))
    );
}

#[test]
fn a_pack_cited_twice_is_loaded_once_and_before_its_readers() {
    let files = [
        ("甲.jx", "规则：甲\n引用：乙.jx\n引用：丙.jx\n"),
        ("乙.jx", "规则：乙\n引用：丙.jx\n"),
        ("丙.jx", "规则：丙\n引用：通用/自评表\n"),
    ];
    let source = |name: &str| {
        let file = files.iter().find(|(held, _)| *held == name);
        file.map(|(name, text)| Source::new(*name, *text))
    };
    let mut find = |cited: &str, _: &str| source(cited);
    let (model, _) = load(source("甲.jx").into_iter().collect(), &mut find);
    let order: Vec<&str> = model
        .packs
        .iter()
        .filter(|pack| !pack.built_in)
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(order, ["丙", "乙", "甲"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_makes_loading_fall_over(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[：，；（）\\[\\]【】“”0-9%≥=\n并且得其余分值家万元]{0,3}"), 1..10),
    ) {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (at, length, piece) in cuts {
            let start = at.index(text.len().max(1)).min(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, piece.chars());
        }
        let (model, findings) = read(&text.into_iter().collect::<String>());
        for place in findings.iter().flat_map(|finding| &finding.places) {
            let source = &model.sources[place.span.source.0 as usize];
            prop_assert!(source.text.get(place.span.range()).is_some());
        }
    }
}
