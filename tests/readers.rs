//! Reports as they really come: the same form in every format, what each format hides, and files that mean harm.

use jixiao::document::{self, Document};
use jixiao::facts::form::{Content, Datum, Form};
use jixiao::facts::from_document;
use jixiao::finding::Outcome;
use jixiao::quantity::UnitTable;
use jixiao::source::Source;
use jixiao::{lint, model, packs};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const FORMATS: [&str; 4] = ["md", "docx", "html", "xlsx"];

fn fixture(ending: &str) -> Vec<u8> {
    let name = format!("tests/readers/自评.{ending}");
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Document {
    document::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn refused(name: &str, bytes: &[u8], words: &str) {
    let error = document::read(name, bytes).expect_err(name);
    assert!(error.contains(words), "{name}: {error}");
    assert!(error.contains('请'), "{name}: what to do is not said: {error}");
}

fn form_of(document: &Document) -> Form {
    let facts = from_document::facts_of(document, UnitTable::built_in());
    facts.form.expect("the form was not found")
}

fn judged(document: &Document) -> Outcome {
    let pack = packs::by_name(packs::STANDARD).unwrap();
    let sources = vec![Source::new(pack.name, pack.text)];
    let (model, _) = model::from_syntax::load(sources, &mut |_, _| None);
    lint::report(&model, document, None)
}

/// A zip file of parts that are not packed.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    package_of_bytes(&parts)
}

fn package_of_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn relations(kinds: &[(&str, &str)]) -> String {
    let mut text =
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#.to_owned();
    for (at, (kind, target)) in kinds.iter().enumerate() {
        text += &format!(
            r#"<Relationship Id="rId{}" Type="{KIND}/{kind}" Target="{target}"/>"#,
            at + 1
        );
    }
    text + "</Relationships>"
}

/// A Word file with that body, and other parts.
fn word(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let main = relations(&[
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("footnotes", "footnotes.xml"),
    ]);
    let mut parts = vec![
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", &main),
    ];
    parts.extend(others);
    package(&parts)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn text_of_word(body: &str, others: &[(&str, &str)]) -> String {
    read("报告.docx", &word(body, others)).source.text.to_string()
}

/// An Excel file with sheets of that name, state and content, and the number formats of its styles.
fn workbook(sheets: &[(&str, &str, &str)], codes: &[&str]) -> Vec<u8> {
    const S: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
    let mut listed = String::new();
    let mut kinds = vec![("styles".to_owned(), "styles.xml".to_owned())];
    let mut parts = Vec::new();
    for (at, (name, state, content)) in sheets.iter().enumerate() {
        let path = format!("worksheets/sheet{}.xml", at + 1);
        listed += &format!(
            r#"<sheet name="{name}" sheetId="{}" state="{state}" r:id="rId{}"/>"#,
            at + 1,
            at + 2
        );
        kinds.push(("worksheet".to_owned(), path.clone()));
        parts.push((
            format!("xl/{path}"),
            format!("<worksheet {S}>{content}</worksheet>"),
        ));
    }
    let formats: String = (0..codes.len())
        .map(|at| format!(r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, 164 + at, codes[at]))
        .collect();
    let styles: String = (0..codes.len())
        .map(|at| format!(r#"<xf numFmtId="{}"/>"#, 164 + at))
        .collect();
    parts.push((
        "xl/styles.xml".into(),
        format!(r#"<styleSheet {S}><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>"#),
    ));
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook {S}><sheets>{listed}</sheets></workbook>"),
    ));
    let kinds: Vec<(&str, &str)> = kinds
        .iter()
        .map(|(kind, path)| (kind.as_str(), path.as_str()))
        .collect();
    parts.push(("xl/_rels/workbook.xml.rels".into(), relations(&kinds)));
    let parts: Vec<(&str, &str)> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    package(&parts)
}

fn shown(datum: &Datum) -> String {
    let covered = if datum.covered { "↑" } else { "" };
    match datum.content {
        Content::Absent => "∅".to_owned(),
        Content::Empty => "□".to_owned(),
        _ => format!("{covered}{}", datum.text),
    }
}

/// The form as lines: what `jixiao facts` shows, without places.
fn lines(form: &Form) -> Vec<String> {
    let mut lines = vec![format!("项目：{}", shown(&form.project))];
    for fund in &form.funds {
        let cells = [&fund.name, &fund.initial, &fund.budget, &fund.spent];
        lines.push(cells.map(shown).join("，"));
    }
    if let Some(row) = &form.execution {
        lines.push([&row.rate, &row.weight, &row.score].map(shown).join("，"));
    }
    lines.push([&form.goal, &form.goal_done].map(shown).join("，"));
    for row in &form.rows {
        let first = row
            .first
            .map_or("∅".into(), |at| form.groups[at].name.text.clone());
        let second = row
            .second
            .map_or("∅".into(), |at| form.subgroups[at].name.text.clone());
        let cells = [
            &row.name,
            &row.target,
            &row.actual,
            &row.weight,
            &row.score,
            &row.reason,
        ];
        lines.push(format!("{first}／{second}：{}", cells.map(shown).join("，")));
    }
    for group in &form.groups {
        lines.push(format!("{} {}", group.name.text, shown(&group.weight)));
    }
    lines.push([&form.full, &form.total, &form.grade].map(shown).join("，"));
    lines
}

#[test]
fn one_form_is_read_cell_for_cell_from_every_format() {
    for ending in FORMATS {
        let document = read(&format!("自评.{ending}"), &fixture(ending));
        let form = form_of(&document);
        assert_eq!(
            lines(&form),
            [
                "项目：农村饮水安全巩固提升项目",
                "年度资金总额，480，500，423.4",
                "其中：财政拨款，400，420，360.4",
                "上年结转资金，60，60，53",
                "其他资金，20，20，10",
                "84.68%，10，8.47",
                "新建供水管网36公里，更新水泵20台。，新建供水管网36.5公里，更新水泵20台。",
                "产出指标／数量指标：新建供水管网，≥38公里，36.5公里，20，19.21，两处管沟遇岩层，改线缩短。",
                "产出指标／数量指标：更新水泵数量，20台，20台，10，10，□",
                "产出指标／质量指标：工程验收合格率，100%，100%，10，9，□",
                "产出指标／时效指标：按期完工率，≥95%，96%，10，10，□",
                "效益指标／社会效益指标：受益人口，≥1.2万人，1.25万人，30，30，□",
                "满意度指标／服务对象满意度指标：受益人口满意度，≥90%，92%，10，10，□",
                "产出指标 50",
                "效益指标 30",
                "满意度指标 10",
                "100，97.68，优",
            ],
            "{ending}"
        );
        assert_eq!(form.year, Some(2023), "{ending}");
    }
}

#[test]
fn one_report_has_the_same_findings_in_every_format() {
    let found = |ending: &str| {
        let outcome = judged(&read(&format!("自评.{ending}"), &fixture(ending)));
        let findings = outcome.findings.iter();
        let all: Vec<(String, String)> = findings.map(|f| (f.check.clone(), f.message.clone())).collect();
        (outcome.verdict, outcome.summary, all)
    };
    // Places differ from format to format, and a message may name one: only such a message is left out.
    let plain = |(verdict, summary, all): (_, _, Vec<(String, String)>)| {
        let all: Vec<(String, String)> = all
            .into_iter()
            .map(|(check, message)| {
                (
                    check,
                    if message.contains('（') {
                        String::new()
                    } else {
                        message
                    },
                )
            })
            .collect();
        format!("{verdict:?} {summary:?} {all:?}")
    };
    let first = plain(found("md"));
    for check in ["score-sum", "deduction-unexplained", "target-mismatch"] {
        assert!(first.contains(check), "{first}");
    }
    for ending in FORMATS {
        assert_eq!(plain(found(ending)), first, "{ending}");
    }
}

#[test]
fn a_place_is_named_as_its_author_looks_for_it() {
    for (ending, prose, cell) in [
        ("docx", "第2段", "表1 第13行“得分”"),
        ("html", "第3段", "表1 第13行“得分”"),
        ("xlsx", "自评报告!A3", "自评表!H15"),
    ] {
        let document = read(&format!("自评.{ending}"), &fixture(ending));
        let outcome = judged(&document);
        let address = |check: &str| {
            let finding = outcome
                .findings
                .iter()
                .find(|finding| finding.check == check)
                .unwrap();
            finding.places[0].address.clone()
        };
        assert_eq!(address("deduction-unexplained"), cell, "{ending}");
        let at = document.view.text.find("年度计划新建").unwrap() as u32;
        let expected = if ending == "docx" { "第3段" } else { prose };
        assert_eq!(document.address(at), expected, "{ending}");
    }
}

#[test]
fn the_laid_out_text_is_the_view_and_each_row_has_its_cells_apart() {
    for ending in ["docx", "html", "xlsx"] {
        let document = read(&format!("自评.{ending}"), &fixture(ending));
        assert_eq!(document.view.text, document.source.text);
        assert_eq!(document.view.runs, [(0, 0)]);
        assert!(
            document
                .source
                .text
                .contains("年度资金总额 | 480 | 500 | 423.4 | 10 | 84.68% | 8.47\n")
        );
    }
}

#[test]
fn names_are_known_by_their_namespace_and_not_by_its_prefix() {
    for document in [
        r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>全年修路30公里。</x:t></x:r></x:p></x:body></x:document>"#,
        r#"<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>全年修路30公里。</t></r></p></body></document>"#,
    ] {
        let document = read("报告.docx", &package(&[("word/document.xml", document)]));
        assert_eq!(document.source.text, "全年修路30公里。\n");
    }
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let body = "<w:p><w:r><w:t>目标</w:t></w:r><w:del><w:r><w:delText>90</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>95</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>公里。</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p><w:p><w:r><w:t>后半句。</w:t></w:r></w:p>";
    assert_eq!(text_of_word(body, &[]), "目标95公里。\n前半句，后半句。\n");
    let rows = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>\
        <w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删去的行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(text_of_word(rows, &[]), "甲 | \n");
}

#[test]
fn fields_links_controls_and_boxes_are_text_and_each_once() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>508</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
        <w:hyperlink><w:r><w:t>万元</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:t>不是</w:t></w:sdtPr><w:sdtContent><w:r><w:t>，全部</w:t></w:r></w:sdtContent></w:sdt>\
        <w:smartTag><w:r><w:t>支出</w:t></w:r></w:smartTag><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>。</w:t></w:r>\
        <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框中一句。</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框中一句。</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    assert_eq!(text_of_word(body, &[]), "508万元，全部支出。\n框中一句。\n");
}

#[test]
fn signs_of_fonts_are_read_and_deleted_cells_are_gone() {
    let body = "<w:p><w:r><w:t>满意度</w:t></w:r><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r><w:r><w:t>90%</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>\
        <w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(text_of_word(body, &[]), "满意度≥90%\n甲 | 乙\n");
}

#[test]
fn automatic_numbers_are_written_and_headings_found_by_their_style() {
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>"
    );
    let styles = format!(
        "<w:styles {W}><w:style w:type=\"paragraph\" w:styleId=\"a1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"a2\"><w:name w:val=\"我的标题\"/><w:basedOn w:val=\"a1\"/><w:pPr><w:outlineLvl w:val=\"1\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"toc 1\"/></w:style></w:styles>"
    );
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("t", "基本情况 1"),
        styled("a1", "基本情况"),
        styled("a2", "概况"),
        styled("a2", "目标"),
        styled("a1", "完成情况"),
        styled("a2", "产出"),
        paragraph("完成20公里。"),
    ]
    .concat();
    let document = read(
        "报告.docx",
        &word(
            &body,
            &[("word/numbering.xml", &numbering), ("word/styles.xml", &styles)],
        ),
    );
    assert_eq!(
        document.source.text,
        "一、基本情况\n（一）概况\n（二）目标\n二、完成情况\n（一）产出\n完成20公里。\n"
    );
    let facts = from_document::facts_of(&document, UnitTable::built_in());
    let outline: Vec<(u8, &str)> = facts
        .outline
        .iter()
        .map(|h| (h.level, h.title.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (1, "基本情况"),
            (2, "概况"),
            (2, "目标"),
            (1, "完成情况"),
            (2, "产出")
        ]
    );
}

#[test]
fn a_note_stands_behind_the_text_that_refers_to_it() {
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:id=\"0\"><w:p><w:r><w:t>无人提及</w:t></w:r></w:p></w:footnote>\
        <w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        paragraph("按年末在册数计。")
    );
    let body = "<w:p><w:r><w:t>在册120人</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>。</w:t></w:r></w:p><w:p><w:r><w:t>完。</w:t></w:r></w:p>";
    assert_eq!(
        text_of_word(body, &[("word/footnotes.xml", &notes)]),
        "在册120人。\n完。\n按年末在册数计。\n"
    );
}

#[test]
fn a_table_in_a_cell_is_a_table_of_its_own_behind() {
    let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
    let inner = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(&paragraph("内一")),
        cell(&paragraph("内二"))
    );
    let outer = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell(&paragraph("外一")),
        cell(&format!("{}{inner}<w:p/>", paragraph("外二")))
    );
    assert_eq!(text_of_word(&outer, &[]), "外一 | 外二\n内一 | 内二\n");
    let frame = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&format!("{inner}<w:p/>")));
    assert_eq!(
        text_of_word(&frame, &[]),
        "内一 | 内二\n",
        "a frame around a table is none"
    );
}

/// A form whose marks and reason are merged over two rows.
const MERGED: &str = "<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td><td>偏差原因分析</td></tr>
<tr><td rowspan=2>产出指标</td><td rowspan=2>数量指标</td><td>修路</td><td>≥30公里</td><td>28公里</td><td rowspan=2>60</td><td rowspan=2>55</td><td rowspan=2>雨期长，未完工。</td></tr>
<tr><td>修桥</td><td>2座</td><td>2座</td></tr>
<tr><td>满意度指标</td><td>满意度指标</td><td>满意度</td><td>≥90%</td><td>95%</td><td>40</td><td>40</td><td></td></tr>
<tr><td colspan=5>总分</td><td>100</td><td>95</td><td></td></tr></table>";

#[test]
fn marks_of_several_rows_are_counted_once_and_a_reason_holds_for_each() {
    let document = read("表.html", format!("<html>{MERGED}").as_bytes());
    let rows = lines(&form_of(&document));
    assert!(
        rows.contains(&"产出指标／数量指标：修路，≥30公里，28公里，60，55，雨期长，未完工。".to_owned()),
        "{rows:#?}"
    );
    assert!(
        rows.contains(&"产出指标／数量指标：修桥，2座，2座，↑60，↑55，雨期长，未完工。".to_owned()),
        "{rows:#?}"
    );
    let outcome = judged(&document);
    // These weights follow no scheme of a ministry, and that alone is told.
    let messages = outcome.findings.iter().map(|finding| finding.message.as_str());
    let wrong: Vec<&str> = messages.filter(|message| !message.contains("方案")).collect();
    assert_eq!(wrong, [""; 0]);
    assert!(
        outcome
            .not_judged
            .iter()
            .any(|one| one.reason.contains("合用一个分值")),
        "{:#?}",
        outcome.not_judged
    );
}

#[test]
fn one_score_of_several_rows_is_not_held_against_the_weight_of_the_first() {
    let page = MERGED
        .replace("<td rowspan=2>60</td>", "<td>30</td>")
        .replace("<td>2座</td><td>2座</td>", "<td>2座</td><td>2座</td><td>30</td>");
    let document = read("表.html", format!("<html>{page}").as_bytes());
    let rows = lines(&form_of(&document));
    assert!(
        rows.contains(&"产出指标／数量指标：修桥，2座，2座，30，↑55，雨期长，未完工。".to_owned()),
        "{rows:#?}"
    );
    let outcome = judged(&document);
    let messages = outcome.findings.iter().map(|finding| finding.message.as_str());
    let wrong: Vec<&str> = messages.filter(|message| !message.contains("方案")).collect();
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_header_of_two_rows_gives_its_lower_cells_to_the_columns() {
    let page = "<html><table><tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td rowspan=2>三级指标</td><td colspan=2>指标值</td><td rowspan=2>分值</td><td rowspan=2>得分</td></tr>
        <tr><td>年度指标值</td><td>实际完成值</td></tr>
        <tr><td>产出指标</td><td>数量指标</td><td>修路</td><td>30公里</td><td>31公里</td><td>50</td><td>50</td></tr>
        <tr><td>效益指标</td><td>社会效益指标</td><td>受益</td><td>200人</td><td>210人</td><td>50</td><td>50</td></tr></table>";
    let rows = lines(&form_of(&read("表.html", page.as_bytes())));
    assert!(
        rows.contains(&"产出指标／数量指标：修路，30公里，31公里，50，50，∅".to_owned()),
        "{rows:#?}"
    );
    assert!(
        rows.contains(&"效益指标／社会效益指标：受益，200人，210人，50，50，∅".to_owned()),
        "{rows:#?}"
    );
}

#[test]
fn labels_that_stand_before_the_names_of_funds_are_none_of_them() {
    let page = "<html><table><tr><td rowspan=4 colspan=2>资金投入情况（万元）</td><td colspan=2></td><td>全年预算数（A）</td><td>全年执行数（B）</td><td>预算执行率（B/A×100%）</td></tr>
        <tr><td colspan=2>年度资金总额：</td><td>1000</td><td>950</td><td>95%</td></tr>
        <tr><td rowspan=2>其中：</td><td>中央财政资金</td><td>600</td><td>600</td><td>100%</td></tr>
        <tr><td>地方资金</td><td>400</td><td>350</td><td>87.5%</td></tr></table>";
    let rows = lines(&form_of(&read("表.html", page.as_bytes())));
    assert_eq!(
        rows[1..4],
        [
            "年度资金总额：，∅，1000，950",
            "中央财政资金，∅，600，600",
            "地方资金，∅，400，350"
        ]
    );
}

#[test]
fn a_file_that_is_packed_in_another_does_not_say_what_that_is() {
    let inner = word(&paragraph("附件。"), &[]);
    let rows =
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>正文。</t></is></c></row></sheetData>"#;
    let mut bytes = workbook(&[("表一", "visible", rows)], &[]);
    let mut writer = ZipWriter::new_append(Cursor::new(&mut bytes)).unwrap();
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("xl/embeddings/附件.docx", stored).unwrap();
    writer.write_all(&inner).unwrap();
    writer.finish().unwrap();
    assert_eq!(read("表.xlsx", &bytes).source.text, "正文。\n");
}

#[test]
fn a_sheet_shows_numbers_as_they_are_printed() {
    let rows = r#"<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>执行率</t></is></c><c r="C3" s="1"><v>0.8466</v></c><c r="D3" s="2"><v>600</v></c>
        <c r="E3"><v>0.1</v></c><c r="F3" s="3"><v>45291</v></c><c r="G3" t="str"><f>A1</f><v>良</v></c><c r="H3" t="b"><v>1</v></c></row></sheetData>"#;
    let bytes = workbook(&[("表一", "visible", rows)], &["0.00%", "#,##0.00", "yyyy-mm-dd"]);
    let document = read("表.xlsx", &bytes);
    assert_eq!(
        document.source.text,
        "执行率 | 84.66% | 600.00 | 0.1 | 2023-12-31 | 良 | TRUE\n"
    );
    let at = document.source.text.find("600").unwrap() as u32;
    assert_eq!(document.address(at), "表一!D3");
}

#[test]
fn a_formula_without_a_result_is_said_and_nothing_is_concluded_from_it() {
    let rows = r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>总分</t></is></c><c r="B1"><f>SUM(B2:B9)</f></c></row></sheetData>"#;
    let document = read("表.xlsx", &workbook(&[("表一", "visible", rows)], &[]));
    assert_eq!(document.unread.len(), 1);
    assert!(
        document.unread[0].contains("B1") && document.unread[0].contains("公式"),
        "{:?}",
        document.unread
    );
}

#[test]
fn a_hidden_sheet_is_left_aside_and_named_when_it_holds_something() {
    let row = |text: &str| {
        format!(
            r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>"#
        )
    };
    let bytes = workbook(
        &[
            ("报告", "visible", &row("正文。")),
            ("底稿", "hidden", &row("旧数")),
            ("空", "veryHidden", "<sheetData/>"),
        ],
        &[],
    );
    let document = read("表.xlsx", &bytes);
    assert_eq!(document.source.text, "正文。\n");
    assert_eq!(document.notes, ["隐藏的工作表“底稿”没有核对。"]);
}

#[test]
fn a_title_above_the_table_and_the_notes_below_it_are_prose() {
    let text = |at: &str, text: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows = format!(
        r#"<sheetData><row r="2">{}</row><row r="3">{}{}</row><row r="4">{}{}</row><row r="5">{}</row><row r="8">{}{}</row></sheetData>
        <mergeCells><mergeCell ref="A2:C2"/><mergeCell ref="B3:C3"/><mergeCell ref="A3:A4"/></mergeCells>"#,
        text("A2", "项目支出绩效自评表"),
        text("A3", "甲"),
        text("B3", "乙"),
        text("B4", "丙"),
        text("C4", "丁"),
        text("A5", "注：甲含乙。"),
        text("A8", "戊"),
        text("B8", "己"),
    );
    let document = read("表.xlsx", &workbook(&[("表一", "visible", &rows)], &[]));
    assert_eq!(
        document.source.text,
        "项目支出绩效自评表\n甲 | 乙\n丙 | 丁\n注：甲含乙。\n戊 | 己\n"
    );
    let cell = &document.tables[0].rows[0][0];
    assert_eq!((cell.column, cell.columns, cell.rows), (0, 1, 2));
    let cell = &document.tables[0].rows[0][1];
    assert_eq!((cell.column, cell.columns, cell.rows), (1, 2, 1));
    let address = |word: &str| document.address(document.source.text.find(word).unwrap() as u32);
    assert_eq!(
        ["项目", "丁", "注", "己"].map(address),
        ["表一!A2", "表一!C4", "表一!A5", "表一!B8"]
    );
}

#[test]
fn far_cells_and_endless_merges_take_neither_time_nor_memory() {
    let text = |at: &str| format!(r#"<c r="{at}" t="inlineStr"><is><t>字</t></is></c>"#);
    let rows = format!(
        r#"<sheetData><row r="1">{}{}</row><row r="1048576">{}{}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#,
        text("A1"),
        text("XFD1"),
        text("A1048576"),
        text("XFD1048576")
    );
    let start = Instant::now();
    let document = read("表.xlsx", &workbook(&[("表一", "visible", &rows)], &[]));
    assert!(start.elapsed() < Duration::from_secs(2));
    assert!(
        document.unread.iter().any(|what| what.contains("XFD1")),
        "{:?}",
        document.unread
    );
    assert!(document.source.text.len() < 100);
}

#[test]
fn the_site_around_a_report_is_left_aside() {
    let page = "<html><head><title>公示</title><script>var a='<p>9万元</p>'</script></head><body>
        <div class='top-nav'><ul><li><a href=a>首页</a></li><li><a href=b>政务公开</a></li><li><a href=c>办事服务</a></li><li><a href=d>互动交流</a></li></ul></div>
        <div>当前位置：<a>首页</a> &gt; <a>绩效</a></div>
        <table width=100%><tr><td><div class=zw><p>&nbsp;&nbsp;&nbsp;&nbsp;全年完成修路
        30公里。<br><br>　　支出&ge;500万元。</p></div></td></tr></table>
        <div class=footer>主办：某县人民政府 ICP备1号</div></body></html>";
    let document = read("公示.html", page.as_bytes());
    assert_eq!(document.source.text, "全年完成修路30公里。\n支出≥500万元。\n");
    let at = document.source.text.find("500").unwrap() as u32;
    assert_eq!(document.address(at), "第2段");
}

#[test]
fn what_a_page_hides_ends_where_it_is_closed_and_a_short_menu_is_aside() {
    let page = "<html><body><ul><li><a>首页</a></li><li><a>办事</a></li><li><a>公开</a></li></ul>\
        <div><p>全年修路30公里。</p><p style=\"display: none\">旧稿35公里。</p><p>投入<del>40</del>45万元。</p></div></body></html>";
    let document = read("页.html", page.as_bytes());
    assert_eq!(document.source.text, "全年修路30公里。\n投入45万元。\n");
}

#[test]
fn of_an_old_site_laid_out_by_tables_the_report_alone_is_read() {
    let name = "tests/readers/旧网站.html";
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let document = read(name, &bytes);
    assert_eq!(
        document.source.text,
        "2022年度水利设施维修养护项目绩效自评报告\n一、项目基本情况\n项目预算500万元，支出450万元。\n二、绩效指标完成情况\n见下表：\n\
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因\n\
        产出指标 | 数量指标 | 修\n渠 | ≥30公里 | 31公里 | 50 | 50 | \n\
        修塘 | 10座 | 9座 | 10 | 9 | 雨期\n\
        效益指标 | 社会效益指标 | 受益 | ≥200人 | 210人 | 40 | 40 | \n\
        总分 | 100 | 99 | \n"
    );
    assert_eq!(form_of(&document).rows.len(), 3);
}

#[test]
fn a_page_says_how_it_is_encoded() {
    let page = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"></head><body><p>完成。</p></body></html>";
    let mut bytes = page.as_bytes().to_vec();
    let at = page.find("完成").unwrap();
    // 完成。 in GBK
    bytes.splice(at..at + "完成。".len(), [0xCD, 0xEA, 0xB3, 0xC9, 0xA1, 0xA3]);
    let document = read("页.htm", &bytes);
    assert_eq!(document.source.text, "完成。\n");
    assert!(document.notes.is_empty(), "{:?}", document.notes);
}

#[test]
fn a_file_is_what_its_bytes_say() {
    let form = read("表.xls", format!("<html><body>{MERGED}</body></html>").as_bytes());
    assert_eq!(form.tables.len(), 1);
    assert_eq!(read("报告.doc", &fixture("docx")).tables.len(), 1);
    assert_eq!(read("报告.txt", &fixture("xlsx")).sheets, ["自评报告", "自评表"]);
    let text = read("报告.docx", "完成 30 公里。".as_bytes());
    assert!(text.notes[0].contains("纯文本"), "{:?}", text.notes);
}

#[test]
fn broken_and_locked_files_are_refused_in_words() {
    refused("空.docx", b"", "空的");
    refused("旧.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "旧版");
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    refused("密.docx", &locked, "密码");
    refused("包.zip", &package(&[("a.txt", "x")]), "解压");
    refused("白.docx", &word("<w:p/>", &[]), "没有文字");
    refused("半.docx", &fixture("docx")[..20_000], "损坏");
    let other = package(&[("word/document.xml", "<w:document"), ("[Content_Types].xml", "")]);
    refused("断.docx", &other, "损坏");
}

#[test]
fn hostile_files_are_refused_in_words() {
    let entities = "<!DOCTYPE a [<!ENTITY b \"甲\">]><w:document/>";
    refused(
        "实体.docx",
        &package(&[("word/document.xml", entities)]),
        "外部实体",
    );
    let deep = format!(
        "{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(5000),
        "</w:tc></w:tr></w:tbl>".repeat(5000)
    );
    refused("深.docx", &word(&deep, &[]), "嵌套太深");
    refused(
        "空件.docx",
        &package(&[("word/document.xml", "\u{FEFF}")]),
        "没有文字",
    );
    let wide: Vec<u8> = "\u{FEFF}<w:document/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    refused(
        "宽.docx",
        &package_of_bytes(&[("word/document.xml", &wide)]),
        "UTF-16",
    );
    let wrong = package_of_bytes(&[("word/document.xml", b"<w:document>\xFF</w:document>")]);
    refused("乱.docx", &wrong, "损坏");
    let rows = "<w:p/>".repeat(500_001);
    let deep = format!(
        "{}{}{}",
        "<w:tbl><w:tr><w:tc>".repeat(80),
        paragraph("字"),
        "</w:tc></w:tr></w:tbl>".repeat(80)
    );
    assert_eq!(text_of_word(&deep, &[]), "字\n", "as deep as may be");
    refused("长.docx", &word(&rows, &[]), "太大");
    let many: Vec<(String, &str)> = (0..5000)
        .map(|at| (format!("word/document{at}.xml"), ""))
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    refused("多.docx", &package(&many), "太大");
}

#[test]
fn a_part_that_unpacks_to_more_than_it_may_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    writer.start_file("word/document.xml", packed).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..65 {
        writer.write_all(&blanks).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    refused("炸.docx", &bytes, "太大");
}

#[test]
fn one_long_text_or_format_of_many_cells_takes_no_more_than_its_share() {
    let long = "长".repeat(100_000);
    let cells: String = (1..2000)
        .map(|row| {
            format!(
                r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" s="1"><v>5</v></c></row>"#
            )
        })
        .collect();
    let mut bytes = workbook(
        &[("表一", "visible", &format!("<sheetData>{cells}</sheetData>"))],
        &[&"%".repeat(100_000)],
    );
    let mut writer = ZipWriter::new_append(Cursor::new(&mut bytes)).unwrap();
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("xl/sharedStrings.xml", stored).unwrap();
    let texts = format!(
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{long}</t></si></sst>"#
    );
    writer.write_all(texts.as_bytes()).unwrap();
    writer.finish().unwrap();
    let bytes = {
        let from = r#"Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#;
        let more = format!(
            r#"{from}<Relationship Id="rId9" Type="{KIND}/sharedStrings" Target="sharedStrings.xml"/>"#
        );
        changed_in(&bytes, "xl/_rels/workbook.xml.rels", from, &more)
    };
    let document = read("表.xlsx", &bytes);
    assert!(document.source.text.len() < 40_000_000);
    assert!(!document.unread.is_empty());
}

#[test]
fn pages_of_endless_depth_or_width_are_read_in_time() {
    let start = Instant::now();
    for page in [
        format!("<html>{}完成。", "<div>".repeat(30_000)),
        format!("<html>{}完成。", "<table><tr><td>".repeat(5_000)),
        format!("<html><p {}>完成。", "a ".repeat(50_000)),
        format!("<html>完成。{}", "<!--".repeat(30_000)),
        format!("<html>完成。{}", "<a b='".repeat(30_000)),
        format!("<html>完成。{}", "<script>".repeat(30_000)),
        "<html>完成。<table><tr><td colspan=4000000000 rowspan=4000000000>甲<td>乙<tr><td>丙<td>丁</table>"
            .to_owned(),
    ] {
        let document = read("页.html", page.as_bytes());
        assert!(document.source.text.contains("完成。"));
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// A fixture with one of its parts changed.
fn changed(ending: &str, part: &str, from: &str, to: &str) -> Vec<u8> {
    changed_in(&fixture(ending), part, from, to)
}

fn changed_in(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut parts = parts_of(bytes);
    let (_, content) = parts.iter_mut().find(|(name, _)| name == part).expect(part);
    let text = String::from_utf8(content.clone()).unwrap();
    assert!(text.contains(from), "{part} has no {from}");
    *content = text.replacen(from, to, 1).into_bytes();
    let listed: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    package_of_bytes(&listed)
}

fn parts_of(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        parts.push((name, content));
    }
    parts
}

#[test]
fn a_total_that_was_not_counted_accuses_nobody() {
    let bytes = changed(
        "xlsx",
        "xl/worksheets/sheet2.xml",
        "<v>97.68000000000001</v>",
        "<f>SUM(H13:H18)</f><v/>",
    );
    let document = read("自评.xlsx", &bytes);
    assert!(document.unread[0].contains("H19"), "{:?}", document.unread);
    let outcome = judged(&document);
    let checks: Vec<&str> = outcome
        .findings
        .iter()
        .map(|finding| finding.check.as_str())
        .collect();
    assert!(
        !checks.contains(&"score-sum") && !checks.contains(&"missing-value"),
        "{checks:?}"
    );
    assert!(checks.contains(&"deduction-unexplained"), "{checks:?}");
}

#[test]
fn what_a_word_file_shows_and_cannot_be_read_is_said() {
    let body = paragraph("见下图和下表。")
        + "<w:p><w:r><w:drawing><a:blip r:embed=\"rId9\"/></w:drawing></w:r></w:p>"
        + "<w:p><w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r></w:p>";
    let document = read("报告.docx", &word(&body, &[]));
    assert!(document.notes[0].contains("1 张图片"), "{:?}", document.notes);
    assert!(document.unread[0].contains("Excel"), "{:?}", document.unread);
}

/// A sequence of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// A copy with some bytes changed, its end cut off, or a piece of it put in elsewhere.
fn damaged(whole: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    match dice.below(3) {
        0 => {
            for _ in 0..1 + dice.below(20) {
                let at = dice.below(bytes.len());
                bytes[at] = dice.below(256) as u8;
            }
        }
        1 => bytes.truncate(dice.below(whole.len())),
        _ => {
            let (from, to) = (dice.below(whole.len()), dice.below(whole.len()));
            let piece = whole[from.min(to)..from.max(to)].to_vec();
            let at = dice.below(bytes.len());
            bytes.splice(at..at, piece);
        }
    }
    bytes
}

const COPIES: usize = 200;

#[test]
fn two_hundred_damaged_copies_of_each_fixture_never_panic() {
    let mut dice = Dice(2023);
    for ending in ["docx", "html", "xlsx"] {
        let whole = fixture(ending);
        for _ in 0..COPIES {
            if let Ok(document) = document::read(&format!("坏.{ending}"), &damaged(&whole, &mut dice)) {
                let _ = from_document::facts_of(&document, UnitTable::built_in());
            }
        }
    }
}

#[test]
fn two_hundred_copies_with_a_damaged_part_never_panic() {
    let mut dice = Dice(7);
    for (ending, part, copies) in [
        ("docx", "word/document.xml", COPIES),
        ("docx", "word/styles.xml", COPIES / 5),
        ("docx", "word/numbering.xml", COPIES / 5),
        ("xlsx", "xl/worksheets/sheet2.xml", COPIES),
        ("xlsx", "xl/styles.xml", COPIES / 5),
        ("xlsx", "xl/workbook.xml", COPIES / 5),
    ] {
        let mut parts = parts_of(&fixture(ending));
        parts.retain(|(name, _)| name.ends_with("xml") || name.ends_with("rels"));
        let at = parts.iter().position(|(name, _)| name == part).expect(part);
        let whole = parts[at].1.clone();
        for _ in 0..copies {
            let mut bytes = damaged(&whole, &mut dice);
            // Mostly sound XML, so that what is damaged is what it says.
            bytes.retain(|byte| *byte < 0x80 || *byte >= 0xC0 || dice.below(4) > 0);
            parts[at].1 = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
            let listed: Vec<(&str, &[u8])> = parts
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
                .collect();
            if let Ok(document) = document::read(&format!("坏.{ending}"), &package_of_bytes(&listed)) {
                let _ = from_document::facts_of(&document, UnitTable::built_in());
            }
        }
    }
}
