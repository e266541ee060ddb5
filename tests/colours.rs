//! The colours of rule files in editors come from the keyword table: the grammar is generated here, and held equal.
//! `UPDATE_PAGES=1 cargo test --test colours` writes it anew.

use jixiao::syntax::keywords::{FUNCTIONS, KEYWORDS, Keyword, Place, Shape};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const BLANK: &str = "[\\s\\x{3000}\\x{200B}\\x{FEFF}]*";

/// Which colours follow the colon.
fn contents(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::MayBeEmpty => "text",
        Shape::Template => "template",
        Shape::Condition
        | Shape::Cases
        | Shape::Parameter
        | Shape::Scoring
        | Shape::Target
        | Shape::Interval => "formula",
        _ => "names",
    }
}

fn scope(place: Place) -> &'static str {
    match place {
        Place::Header => "keyword.other.header.jx",
        Place::Opener => "keyword.control.block.jx",
        Place::Line => "keyword.control.line.jx",
        Place::Attribute(_) => "keyword.other.attribute.jx",
        Place::Anywhere => "keyword.other.remark.jx",
    }
}

fn line(rows: &[&Keyword]) -> Value {
    let mut spellings: Vec<&str> = rows
        .iter()
        .flat_map(|row| std::iter::once(row.text).chain(row.synonyms.iter().copied()))
        .collect();
    // the longest first: a choice does not come back
    spellings.sort_by_key(|spelling| (std::cmp::Reverse(spelling.chars().count()), *spelling));
    json!({
        "begin": format!("^{BLANK}({}){BLANK}([：:∶﹕])", spellings.join("|")),
        "end": "$",
        "beginCaptures": {"1": {"name": scope(rows[0].place)}, "2": {"name": "punctuation.separator.key-value.jx"}},
        "patterns": [{"include": format!("#{}", contents(rows[0].shape))}]
    })
}

fn generated() -> Value {
    let mut groups: Vec<Vec<&Keyword>> = Vec::new();
    for row in KEYWORDS {
        let alike = |held: &&mut Vec<&Keyword>| {
            scope(held[0].place) == scope(row.place) && contents(held[0].shape) == contents(row.shape)
        };
        match groups.iter_mut().find(alike) {
            Some(held) => held.push(row),
            None => groups.push(vec![row]),
        }
    }
    let mut patterns =
        vec![json!({"match": format!("^{BLANK}[#＃].*$"), "name": "comment.line.number-sign.jx"})];
    patterns.extend(groups.iter().map(|rows| line(rows)));
    patterns.push(
        json!({"begin": format!("^{BLANK}(?=并且|或者)"), "end": "$", "patterns": [{"include": "#formula"}]}),
    );
    let comment = json!({"match": "[#＃].*$", "name": "comment.line.number-sign.jx"});
    let quoted = json!({"match": "[“”\"＂「][^“”\"＂「」]*[“”\"＂」]", "name": "string.quoted.jx"});
    let number = json!({"match": "[0-9０-９]+(?:[.．。][0-9０-９]+)?", "name": "constant.numeric.jx"});
    let signs = json!({"match": "≥|≤|≠|>=|<=|!=|[=＝<>＜＞+＋−×*＊÷]", "name": "keyword.operator.jx"});
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "绩效自评规则",
        "scopeName": "source.jx",
        "fileTypes": ["jx"],
        "patterns": patterns,
        "repository": {
            "text": {"patterns": [{"match": ".+", "name": "string.unquoted.jx"}]},
            "template": {"patterns": [
                {"begin": "【(?!【)", "end": "】|$", "name": "meta.embedded.jx string.interpolated.jx", "patterns": [{"include": "#formula"}]},
                {"match": "[^【]+|【【", "name": "string.unquoted.jx"}
            ]},
            "names": {"patterns": [comment, quoted, number, signs]},
            "formula": {"patterns": [
                comment, quoted, signs, number,
                {"match": format!("({})(?=[(（])", FUNCTIONS.join("|")), "name": "support.function.jx"},
                {"match": "并且|或者|并非|属于|包含|有值|已填|无值|未填|若无|不低于|不少于|至少|不超过|不高于|至多|超过|大于|高于|低于|不足|小于|等于|不等于|其余|其他情形", "name": "keyword.operator.word.jx"},
                {"match": "(?<=[，,])[\\s\\x{3000}]*(得|计)", "captures": {"1": {"name": "keyword.operator.word.jx"}}}
            ]}
        }
    })
}

#[test]
fn the_grammar_of_editors_is_that_of_the_keyword_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/syntaxes/jx.tmLanguage.json");
    let text = serde_json::to_string_pretty(&generated()).unwrap() + "\n";
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let held = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        held == text,
        "the grammar is not the generated one: UPDATE_PAGES=1 cargo test --test colours"
    );
}

#[test]
fn every_opener_indents_the_line_below_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/language-configuration.json");
    let held = fs::read_to_string(path).unwrap();
    for row in KEYWORDS.iter().filter(|row| row.place == Place::Opener) {
        for spelling in std::iter::once(&row.text).chain(row.synonyms) {
            assert!(held.contains(spelling), "{spelling}");
        }
    }
}
