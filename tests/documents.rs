//! Reports as they arrive, read into blocks, addresses and forms.

use jixiao::document::{self, BlockKind, Document};
use jixiao::facts::form::{Content, Datum, Form, FormKind, Reading};
use jixiao::facts::{Facts, from_document};
use jixiao::quantity::UnitTable;
use proptest::prelude::*;

fn read(name: &str, text: &str) -> Document {
    document::read(name, text.as_bytes()).unwrap()
}

fn fixture(name: &str) -> Document {
    let path = format!("{}/tests/documents/{name}", env!("CARGO_MANIFEST_DIR"));
    document::read(name, &std::fs::read(path).unwrap()).unwrap()
}

fn facts(document: &Document) -> Facts {
    from_document::facts_of(document, UnitTable::built_in())
}

fn form(document: &Document) -> Form {
    facts(document).form.expect("no form was found")
}

fn blocks(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .map(|block| document.text(&block.range))
        .collect()
}

/// What a datum holds: its text, or a word for what it lacks.
fn shown(datum: &Datum) -> String {
    match datum.content {
        Content::Absent => "absent".into(),
        Content::Empty => "empty".into(),
        Content::NotApplicable => "n/a".into(),
        _ => datum.text.clone(),
    }
}

/// A row in a line: 名称 目标 完成 分值 得分 原因.
fn rows(form: &Form) -> Vec<String> {
    let row = |row: &jixiao::facts::form::IndicatorRow| {
        let cells = [
            &row.name,
            &row.target,
            &row.actual,
            &row.weight,
            &row.score,
            &row.reason,
        ];
        cells.map(shown).join(" ")
    };
    form.rows.iter().map(row).collect()
}

#[test]
fn lines_broken_inside_a_sentence_are_joined_and_paragraphs_are_not() {
    let document = fixture("broken.txt");
    let found = blocks(&document);
    for sentence in [
        "（一）立项情况。包括立项依据、实施范围、主要内容以及资金来源等。",
        "《关于下达 2023年度城市照明节能改造项目计划（第一批）的通知》（榆建发〔2023〕12号）于 2023年 2 月印发，背街小巷专项共设 3各片区。",
        "三个片区，更换路灯分别为 900 盏、1200 盏、900 盏。累计改造道路 14 条，实施管线入地工程 7 处，完成 3000盏路灯的更换任务，新增智能控制箱 120 台，惠及居民 2.6万人。",
        "到 2023年，全县要实现更换节能路灯 3200盏，打造“照明示范街”6 条，路灯完好率达到 98%。",
        "1、部分路段电缆老化，改造后仍需更换；",
        "3、养护力量不足。",
        "无",
    ] {
        assert!(found.contains(&sentence), "{sentence}\nis not among {found:#?}");
    }
}

#[test]
fn a_place_in_a_joined_line_leads_back_to_the_lines_of_the_file() {
    let document = fixture("broken.txt");
    let at = document.view.text.find("3000盏路灯").unwrap() as u32;
    let source = document.view.range_in_source(at..at + "3000盏".len() as u32);
    assert_eq!(&document.source.text[source], "3000\n\n盏");
}

#[test]
fn whole_paragraphs_and_cells_of_their_own_are_left_apart() {
    for name in ["cells.txt", "rows.txt"] {
        let document = fixture(name);
        for block in &document.blocks {
            let table = matches!(block.kind, BlockKind::Table(_));
            assert!(
                table
                    || !document.source.text[document.view.range_in_source(block.range.clone())]
                        .contains('\n')
            );
        }
    }
    let lines = "更换路灯数量\n三十盏\n改造道路条数\n十四条\n";
    assert_eq!(blocks(&read("a.txt", lines)).len(), 4);
}

#[test]
fn headings_are_told_by_their_marks_even_when_a_mark_is_misprinted() {
    let document = fixture("broken.txt");
    let facts = facts(&document);
    let headings: Vec<(u8, &str)> = facts
        .outline
        .iter()
        .map(|heading| (heading.level, heading.title.as_str()))
        .collect();
    assert!(headings.contains(&(1, "项目概况")), "{headings:?}");
    assert!(headings.contains(&(2, "立项情况")), "{headings:?}");
    assert!(headings.contains(&(2, "绩效目标")), "{headings:?}");
    assert!(headings.contains(&(1, "存在的问题")), "{headings:?}");
    let odd: Vec<&str> = facts
        .oddities
        .iter()
        .map(|oddity| document.text(&oddity.range))
        .collect();
    assert_eq!(odd, ["ー", "3各", "ニ"]);
}

#[test]
fn the_year_is_the_forms_or_else_the_titles() {
    assert_eq!(facts(&fixture("broken.txt")).year, Some(2023));
    assert_eq!(facts(&fixture("grid.md")).year, Some(2023));
}

#[test]
fn places_have_addresses() {
    let document = fixture("grid.md");
    let at = |text: &str| document.address(document.view.text.find(text).unwrap() as u32);
    assert_eq!(at("全年更换"), "第3段");
    assert_eq!(at("90.00%"), "表1 第3行第8列");
    assert_eq!(at("两个路段未供电"), "表1 第11行第9列");
}

#[test]
fn markdown_emphasis_and_list_marks_are_no_text() {
    let document = fixture("grid.md");
    let found = blocks(&document);
    assert!(found.contains(&"全年更换节能路灯3000盏。"), "{found:?}");
    assert!(found.contains(&"老城片区"), "{found:?}");
    assert!(document.tables[0].grid);
}

#[test]
fn a_grid_is_read_under_its_headers() {
    let document = fixture("grid.md");
    let form = form(&document);
    assert_eq!(form.kind, Some(FormKind::Project));
    assert_eq!(form.reading, Reading::Grid);
    assert_eq!(form.project.text, "路灯节能改造");
    assert_eq!(form.goal.text, "更换节能路灯3200盏。");
    assert_eq!(form.goal_done.text, "更换节能路灯3000盏。");
    assert_eq!(
        rows(&form),
        [
            "更换节能路灯 ≥3200盏 3000 20 18.75 两个路段未供电。",
            "路灯完好率 98% empty 20 20 n/a",
            "单盏改造成本 ≤1300元/盏 1180元/盏 10 10 empty",
            "夜间出行安全感 提升 提升 30 30 empty",
            "居民满意度 ≥90% 92.4% 10 10 empty",
        ]
    );
    assert_eq!(form.rows[0].actual.number().unwrap().unit.name(), "盏");
    assert_eq!(&*form.rows[0].score.header, "得分");
    assert_eq!(
        (
            form.full.text.as_str(),
            form.total.text.as_str(),
            form.grade.text.as_str()
        ),
        ("100", "99.75", "优")
    );
    assert_eq!(form.extras.len(), 1);
    assert_eq!(form.extras[0].name.text, "获得省级表彰");
    assert!(form.note.text.starts_with("注："));
}

#[test]
fn groups_carry_their_weights_and_their_rows() {
    let document = fixture("grid.md");
    let form = form(&document);
    let groups: Vec<(&str, String, &[usize], bool)> = form
        .groups
        .iter()
        .map(|group| {
            (
                group.name.text.as_str(),
                shown(&group.weight),
                group.rows.as_slice(),
                group.complete,
            )
        })
        .take(3)
        .collect();
    assert_eq!(groups[0], ("产出指标", "50".into(), &[0, 1, 2][..], true));
    assert_eq!(groups[1], ("效益指标", "30".into(), &[3][..], true));
    assert_eq!(groups[2].0, "满意度指标");
    assert_eq!(document.text(&form.groups[0].weight.range), "50");
}

#[test]
fn fund_rows_nest_and_the_rate_has_its_row() {
    let form = form(&fixture("grid.md"));
    let nested: Vec<(Option<usize>, bool)> = form
        .funds
        .iter()
        .map(|fund| (fund.part_of, fund.complete))
        .collect();
    assert_eq!(
        nested,
        [
            (None, true),
            (Some(0), true),
            (Some(1), false),
            (Some(1), false),
            (Some(0), false)
        ]
    );
    let execution = form.execution.unwrap();
    let cells = [
        &execution.budget,
        &execution.spent,
        &execution.rate,
        &execution.weight,
        &execution.score,
    ];
    assert_eq!(cells.map(shown), ["480.00", "432.00", "90.00%", "10", "9"]);
    assert_eq!(execution.budget.number().unwrap().text(), "480.00 万元");
}

#[test]
fn rows_without_their_merged_cells_are_laid_by_what_they_hold() {
    let expected = [
        "更换节能路灯 ≥3200盏 3000盏 20 18.75 两个路段未供电；已与供电所约定日期。",
        "改造背街小巷 ≥14条 14条 10 10 empty",
        "路灯完好率 ≥98% 98.6% 10 10 empty",
        "单盏改造成本 ≤1300元/盏 1180元/盏 10 10 empty",
        "夜间出行安全感 提升 提升 15 15 empty",
        "年节电量 ≥60万千瓦时 63万千瓦时 15 15 empty",
        "居民满意度 ≥90% 92.4% 10 10 empty",
    ];
    for name in ["rows.txt", "spaces.txt", "cells.txt"] {
        let form = form(&fixture(name));
        assert_eq!(form.reading, Reading::Rows, "{name}");
        assert_eq!(rows(&form), expected, "{name}");
        assert_eq!(form.groups.len(), 3, "{name}");
        assert_eq!(form.groups[0].rows, [0, 1, 2, 3], "{name}");
        assert_eq!(form.subgroups[2].name.text, "成本指标", "{name}");
        assert_eq!(form.funds.len(), 3, "{name}");
        assert_eq!(shown(&form.execution.as_ref().unwrap().score), "9", "{name}");
        assert_eq!(
            form.goal.text, "更换节能路灯3200盏，路灯完好率达到98%。",
            "{name}"
        );
        assert_eq!(form.total.text, "97.75", "{name}");
        assert_eq!(form.grade.text, "优", "{name}");
        assert_eq!(form.year, Some(2023), "{name}");
    }
}

#[test]
fn a_row_that_breaks_off_does_not_say_that_its_reason_is_empty() {
    let text = "绩效自评表\n一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因\n\
                产出指标 | 数量指标 | 修缮教室 | ≥12间 | 11间 | 20 | 18\n\
                质量指标 | 验收合格率 | ≥95% | 96% | 10 | 9\n";
    let form = form(&read("a.txt", text));
    assert_eq!(form.rows[0].reason.content, Content::Empty);
    assert_eq!(form.rows[1].reason.content, Content::Absent);
    assert!(!form.groups[0].complete);
}

#[test]
fn a_poured_form_gives_what_confirms_itself_and_names_the_rest() {
    let document = fixture("poured.txt");
    let form = form(&document);
    assert_eq!(form.reading, Reading::Poured);
    assert_eq!(form.year, Some(2023));
    let weights: Vec<(&str, String)> = form
        .groups
        .iter()
        .map(|group| (group.name.text.as_str(), shown(&group.weight)))
        .collect();
    assert_eq!(
        weights,
        [
            ("产出指标", "50".into()),
            ("效益指标", "40".into()),
            ("满意度指标", "10".into())
        ]
    );
    let execution = form.execution.clone().unwrap();
    let cells = [
        &execution.budget,
        &execution.spent,
        &execution.rate,
        &execution.weight,
        &execution.score,
    ];
    assert_eq!(cells.map(shown), ["450", "387", "86.00%", "10", "860"]);
    assert_eq!(
        (shown(&form.full), shown(&form.total), shown(&form.grade)),
        ("100".into(), "96".into(), "优".into())
    );
    let found = rows(&form);
    assert_eq!(found.len(), 6, "{found:#?}");
    assert!(found[0].starts_with(
        "更换节能路灯3200盏；2、示范街6条；3、片区3个 到2023年，全县要实现更换节能路灯达到3200盏，"
    ));
    assert!(found[0].ends_with("10 8 部分路段未供电。"), "{}", found[0]);
    assert!(found[3].contains("每盏平均投资1180元/盏"), "{}", found[3]);
    assert_eq!(form.rows[5].reason.content, Content::Absent);
    assert!(form.goal.text.starts_with("到2023年，"));
    assert!(!form.unread.is_empty());
}

#[test]
fn prose_alone_is_no_form() {
    assert!(facts(&fixture("broken.txt")).form.is_none());
}

#[test]
fn a_form_of_targets_has_no_marks() {
    let text = "绩效目标申报表\n\n（2024年度）\n\n| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| --- | --- | --- | --- |\n\
                | 产出指标 | 数量指标 | 栽植苗木 | ≥500株 |\n| | 质量指标 | 成活率 | ≥85% |\n";
    let form = form(&read("a.md", text));
    assert_eq!(form.kind, Some(FormKind::Targets));
    assert_eq!(form.year, Some(2024));
    assert_eq!(rows(&form)[1], "成活率 ≥85% absent absent absent absent");
}

#[test]
fn a_comparator_and_a_unit_may_have_columns_of_their_own() {
    let text = "| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 |\n\
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n\
                | 产出指标 | 数量指标 | 维修水闸 | ≥ | 12 | 座 | 13 | 10 | 10 |\n";
    let form = form(&read("a.md", text));
    let row = &form.rows[0];
    assert_eq!(row.target.number().unwrap().text(), "≥12 座");
    assert_eq!(row.actual.number().unwrap().text(), "13 座");
}

#[test]
fn the_encoding_is_found_out_and_said() {
    let words = "绩效自评报告\n一、项目概况\n全年维修水渠十二公里，受益农户满意。\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(words);
    let document = document::read("a.txt", &gbk).unwrap();
    assert_eq!(document.source.text, words);
    assert!(document.notes[0].contains("GB"), "{:?}", document.notes);
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(document::read("a.txt", &wide).unwrap().source.text, words);
    let marked = [b"\xEF\xBB\xBF", words.as_bytes()].concat();
    let document = document::read("a.txt", &marked).unwrap();
    assert_eq!(document.source.text, words);
    assert!(document.notes.is_empty());
}

#[test]
fn what_is_no_text_is_refused_with_advice() {
    for bytes in [
        &b""[..],
        b" \n\n",
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\x00\x01\x02\x03\x00\x9f\x00",
    ] {
        let error = document::read("a.txt", bytes).unwrap_err();
        assert!(error.contains('请'), "{error}");
    }
}

proptest! {
    #[test]
    fn the_view_is_the_source_with_bytes_left_out(
        lines in prop::collection::vec("[一二、。，（）；|0-9a-z 　路灯盏%#*-]{0,40}", 0..30),
        markdown in any::<bool>(),
    ) {
        let text = lines.join("\n");
        let Ok(document) = document::read(if markdown { "a.md" } else { "a.txt" }, text.as_bytes()) else {
            return Ok(());
        };
        let source = document.source.text.as_bytes();
        for (at, byte) in document.view.text.bytes().enumerate() {
            prop_assert_eq!(byte, source[document.view.to_source(at as u32) as usize]);
        }
        for pair in document.view.runs.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
        }
        let mut end = 0;
        for block in &document.blocks {
            prop_assert!(end <= block.range.start && block.range.start <= block.range.end);
            prop_assert!(document.view.text.get(block.range.start as usize..block.range.end as usize).is_some());
            end = block.range.end;
        }
        for cell in document.tables.iter().flat_map(|table| table.rows.iter().flatten()) {
            prop_assert!(document.view.text.get(cell.range.start as usize..cell.range.end as usize).is_some());
        }
        facts(&document);
    }
}
