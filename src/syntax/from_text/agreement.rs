//! The quick reading and the grammar, held against each other: what the one reads, the other reads the same.

use super::build::Builder;
use super::lines::{self, Line};
use super::{contents, grammar, quick};
use crate::source::SourceId;
use crate::syntax::Content;
use crate::syntax::keywords::{self, Shape};
use proptest::prelude::*;

const RULES: [&str; 5] = [
    include_str!("../../../rules/通用/自评表.jx"),
    include_str!("../../../rules/财预〔2020〕10号.jx"),
    include_str!("../../../tests/language/good.jx"),
    include_str!("../../../examples/助餐补助.jx"),
    include_str!("../../../rules/示例/两化融合专项.jx"),
];

const SHAPES: [Shape; 9] = [
    Shape::Condition,
    Shape::Cases,
    Shape::Head,
    Shape::List,
    Shape::Points,
    Shape::Scoring,
    Shape::Parameter,
    Shape::Target,
    Shape::Field,
];

const SIGNS: &str = "得分 分值 实际 目标 其余 其他情形 合计 最大 8000 0.5 8,000 １０ 3。5 % ％ 万元 元/家 / 家 （ ( ） ) [ 【 ］ ) ， , 、 ﹑ ＝ = == ≥ >= ≤ < <> ＞ + − - × ÷ 并且 或者 并非 属于 包含 有值 已填 无值 若无 “ ” \" 无 . ． 。 ； ; 得 计 以上 以内 不低于 不足 至少 大于等于 等于 _x A1 x2 至 含 左右 ℃ ㎡ ‰ é Ⅱ ① # ＃ ： 分 10分 ，10分 年 个百分点 其余_ ・";
const BLANKS: [&str; 6] = ["", "", " ", "\u{3000}", "\u{200B}", "\n"];

fn line(text: &str) -> Line {
    let line = lines::split("x", &mut Vec::new(), SourceId(0)).pop();
    let mut line = line.unwrap();
    line.range = 0..text.len();
    line
}

fn by_grammar(shape: Shape, text: &str, line: &Line) -> Option<Content> {
    let builder = Builder::new(line, 0);
    let pair = grammar::run(contents::production(shape), text).ok()?;
    match shape {
        Shape::Target => builder.target(pair).map(Content::Target),
        _ => builder.content(shape, pair),
    }
}

/// Whether the quick reading reads the text, which the grammar must then read alike.
fn agree(shape: Shape, text: &str) -> bool {
    let line = line(text);
    let quick = quick::content(shape, text, &line, 0);
    if quick.is_some() {
        assert_eq!(quick, by_grammar(shape, text, &line), "{shape:?}: {text}");
    }
    let words = shape == Shape::Target && quick::is_words(text);
    assert!(
        !words || grammar::run(contents::production(shape), text).is_err(),
        "{text}"
    );
    quick.is_some() || words
}

/// What stands behind the colons of rules that are known to be good, and the formulas in 【…】.
fn contents_of_good_rules() -> Vec<(Shape, String)> {
    let texts = RULES.into_iter();
    let lines = texts
        .flat_map(str::lines)
        .filter_map(|line| line.split_once('：'));
    let mut all = Vec::new();
    for (word, rest) in lines {
        let Some(row) = keywords::by_spelling(word.trim()) else {
            continue;
        };
        let formulas = rest.split('【').skip(1).filter_map(|part| part.split_once('】'));
        match row.shape {
            Shape::Template => all.extend(formulas.map(|(inner, _)| (Shape::Condition, inner.to_owned()))),
            shape if SHAPES.contains(&shape) => all.push((shape, rest.trim().to_owned())),
            _ => {}
        }
    }
    all
}

#[test]
fn most_of_what_good_rules_say_is_read_quickly() {
    let all = contents_of_good_rules();
    let left: Vec<_> = all.iter().filter(|(shape, text)| !agree(*shape, text)).collect();
    assert!(all.len() > 100 && left.len() * 20 < all.len(), "{left:#?}");
}

fn text() -> impl Strategy<Value = String> {
    let signs: Vec<&'static str> = SIGNS.split(' ').collect();
    let piece = (prop::sample::select(signs), prop::sample::select(&BLANKS[..]));
    prop::collection::vec(piece, 1..9).prop_map(|all| {
        all.into_iter()
            .map(|(sign, blank)| [sign, blank].concat())
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_signs_are_read_alike(text in text()) {
        for shape in SHAPES {
            agree(shape, &text);
        }
    }

    #[test]
    fn good_contents_with_slips_in_them_are_read_alike(
        (at, cut, other) in (any::<prop::sample::Index>(), any::<(prop::sample::Index, bool)>(), text())
    ) {
        let all = contents_of_good_rules();
        let (shape, good) = at.get(&all);
        let places: Vec<usize> = good.char_indices().map(|(at, _)| at).collect();
        let place = *cut.0.get(&places);
        let rest = &good[place..];
        let rest = if cut.1 { rest } else { &rest[rest.chars().next().map_or(0, char::len_utf8)..] };
        agree(*shape, &[&good[..place], other.as_str(), rest].concat());
        let sign: String = other.chars().take(1).collect();
        agree(*shape, &[&good[..place], sign.as_str(), rest].concat());
    }
}
