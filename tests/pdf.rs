//! PDF files: what was drawn is what is read, table by table and page by page, and files that mean harm are refused.

use jixiao::document::{self, BlockKind, Document};
use jixiao::facts::from_document;
use jixiao::quantity::UnitTable;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/readers")
            .join(name),
    )
    .unwrap()
}

fn read(name: &str) -> Document {
    document::read(name, &fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(bytes: &[u8], words: &str) {
    let error = document::read("报告.pdf", bytes).expect_err(words);
    assert!(error.contains(words), "{error}");
    assert!(error.contains('请'), "what to do is not said: {error}");
}

/// The rows of a table: the text of each cell, with its columns and rows where it covers several.
fn rows(document: &Document, table: usize) -> Vec<String> {
    let shown = |cell: &document::Cell| {
        let text = document.text(&cell.range);
        match (cell.columns, cell.rows) {
            (1, 1) => text.to_owned(),
            (columns, rows) => format!("{text}[{columns}×{rows}]"),
        }
    };
    let rows = document.tables[table].rows.iter();
    rows.map(|row| row.iter().map(shown).collect::<Vec<_>>().join("|"))
        .collect()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter();
    let texts = blocks.filter(|block| !matches!(block.kind, BlockKind::Table(_)));
    texts.map(|block| document.text(&block.range)).collect()
}

/// What the fixtures draw.
const FORM: [&str; 12] = [
    "项目名称|老旧小区供水改造[6×1]",
    "主管部门|某县住建局[3×1]|实施单位|某县供水站[2×1]",
    "项目资金（万元）[1×2]||年初预算数|全年预算数|全年执行数|分值|得分",
    "年度资金总额|320|300|276|10|9.2",
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标（50分）[1×4]|数量指标[1×2]|新建供水管网|≥36公里|36.5公里|20|20",
    "更新水泵|≥20台|20台|10|10",
    "质量指标|水质合格率|≥95%|98%|10|10",
    "时效指标|按期完工|2023年11月底前完工并通过验收|2023年11月完工|10|10",
    "效益指标（30分）|社会效益指标|受益人口|≥1.2万人|1.3万人|30|30",
    "满意度指标（10分）|服务对象满意度指标|受益群众满意度|≥90%|92%|10|10",
    "总分[5×1]|100|99.2",
];

#[test]
fn a_ruled_form_is_read_with_its_merged_cells() {
    let document = read("自评.pdf");
    assert_eq!(rows(&document, 0), FORM);
    let at = document.view.text.find("36.5公里 |").unwrap();
    assert_eq!(document.address(at as u32), "第2页 表1 第6行第5列");
    let facts = from_document::facts_of(&document, UnitTable::built_in());
    assert_eq!(facts.form.expect("no form").rows.len(), 6);
}

#[test]
fn lines_of_prose_are_paragraphs_and_running_lines_are_left_aside() {
    let document = read("自评.pdf");
    assert_eq!(
        paragraphs(&document),
        [
            "某县供水改造项目绩效自评报告",
            "一、基本情况",
            "（一）项目概况",
            "项目总投资320万元，新建供水管网36.5公里，更新水泵20台，涉及12个老旧小区，受益人口1.3万人，工程于2023年3月开工，2023年11月底全部完工并通过县住建局组织的验收。",
            "二、存在的问题",
            "部分小区施工协调时间较长，影响了前期进度，后期经过加班加点，没有影响总的工期安排。",
        ]
    );
    let at = document.view.text.find("部分小区").unwrap();
    assert_eq!(document.address(at as u32), "第1页 第6段");
}

#[test]
fn a_table_that_goes_on_on_the_next_page_is_one() {
    let document = read("跨页.pdf");
    assert_eq!(document.tables.len(), 1);
    assert_eq!(rows(&document, 0), FORM);
    let at = document.view.text.find("99.2").unwrap();
    assert_eq!(document.address(at as u32), "第2页 表1 第12行第7列");
}

#[test]
fn a_sheet_that_is_printed_over_two_pages_holds_cell_for_cell_what_the_workbook_holds() {
    let (printed, sheet) = (read("打印的表.pdf"), read("打印的表.xlsx"));
    assert_eq!(printed.tables.len(), 1);
    // the columns of the paper are those of the sheet; their numbers stay its own
    assert_eq!(rows(&printed, 0), rows(&sheet, 0));
    assert!(printed.unread.is_empty(), "{:?}", printed.unread);
    let at = printed.view.text.find("4300平方米").unwrap() as u32;
    assert_eq!(printed.address(at), "第1页 表1 第7行第5列");
}

#[test]
fn rows_of_aligned_words_are_a_table_without_lines() {
    let document = read("无线表.pdf");
    let expected = [
        "项目|预算数|执行数|执行率",
        "供水管网|200|180|90%",
        "水泵更新|70|66|94.3%",
        "水质检测|30|30|100%",
    ];
    assert_eq!(rows(&document, 0), expected);
}

#[test]
fn two_columns_of_text_are_read_one_after_the_other() {
    let document = read("两栏.pdf");
    let found = paragraphs(&document);
    assert_eq!(found.len(), 11, "{found:#?}");
    assert_eq!(found[0], "一、基本情况");
    for (at, name) in "一二三四五六七八九十".chars().enumerate() {
        let text = format!(
            "第{name}个小区新建供水管网{}公里，更新水泵{}台，工程按期完工并通过了县里组织的验收，居民反映用水问题已经解决。",
            at + 2,
            at + 20
        );
        assert_eq!(found[at + 1], text);
    }
}

#[test]
fn a_scan_and_a_locked_file_say_what_to_do() {
    refused(&fixture("扫描.pdf"), "扫描件");
    refused(&fixture("有密码.pdf"), "密码");
}

#[test]
fn a_file_is_known_by_its_content() {
    let document = document::read("自评.docx", &fixture("自评.pdf")).unwrap();
    assert_eq!(document.tables.len(), 1);
    refused(b"%PDF-1.7\n", "损坏");
}

/// A file of one page with that content and those entries of its dictionary.
fn made(kids: &str, content: &[u8], said: &str) -> Vec<u8> {
    let mut file = format!(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[{kids}]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>> endobj\n\
         4 0 obj <</Length {}{said}>> stream\n",
        content.len()
    )
    .into_bytes();
    file.extend_from_slice(content);
    file.extend_from_slice(b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n");
    file
}

#[test]
fn hostile_files_are_refused_in_time() {
    let begun = Instant::now();
    refused(&made("2 0 R", b"", ""), "PDF");
    refused(&made("3 0 R", b"", ""), "没有文字");
    refused(&made("3 0 R", &b"0 0 m 9 9 l S ".repeat(2_000_000), ""), "太大");
    refused(&made("3 0 R", &b"[".repeat(500_000), ""), "没有文字");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn damaged_files_are_read_or_refused_without_a_panic() {
    let whole = fixture("自评.pdf");
    for length in (0..whole.len()).step_by(1500) {
        let _ = document::read("报告.pdf", &whole[..length]);
    }
}
