//! Copies with remarks: the findings stand as comments where they were found, and nothing else in the file changes.

use jixiao::document::from_docx;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const S: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A form in which a deduction has no reason and the total is a point short. `^` is covered from above.
const FORM: &[&[&str]] = &[
    &[
        "项目资金（万元）",
        "年初预算数",
        "全年预算数",
        "全年执行数",
        "分值",
        "执行率",
        "得分",
        "",
    ],
    &["年度资金总额", "80.00", "80.00", "76.00", "10", "95%", "9.5", ""],
    &[
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    &[
        "产出指标（50分）",
        "数量指标（50分）",
        "培训村医人数",
        "≥120人",
        "126人",
        "20",
        "20",
        "",
    ],
    &["^", "^", "开展义诊次数", "≥10次", "12次", "30", "30", ""],
    &[
        "效益指标（30分）",
        "社会效益指标（30分）",
        "受益村民人数",
        "≥3000人",
        "2900人",
        "30",
        "29",
        "",
    ],
    &[
        "满意度指标（10分）",
        "服务对象满意度指标（10分）",
        "村民满意度",
        "≥90%",
        "93%",
        "10",
        "10",
        "",
    ],
    &["总分", "", "", "", "", "100", "97.5", ""],
];

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The names and texts of a file's parts, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            (name, String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(own, _)| own == name);
    found.unwrap_or_else(|| panic!("no part {name}")).1
}

fn relations(relations: &[(&str, &str, &str)]) -> String {
    let each = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>")
    };
    let each: String = relations.iter().map(each).collect();
    format!("<Relationships xmlns=\"{RELATIONS}\">{each}</Relationships>")
}

fn types(overrides: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/>{overrides}</Types>"
    )
}

/// A Word file with a body, and further parts that the body's relations may name.
fn word(body: &str, own: &[(&str, &str, &str)], more: &[(&str, String)]) -> Vec<u8> {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let mut parts = vec![
        (
            "[Content_Types].xml",
            types(&format!(
                "<Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/>"
            )),
        ),
        (
            "_rels/.rels",
            relations(&[("rId1", "officeDocument", "word/document.xml")]),
        ),
        (
            "word/document.xml",
            format!(
                "<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"{W}\"\n  xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}<w:sectPr/></w:body></w:document>"
            ),
        ),
    ];
    if !own.is_empty() {
        parts.push(("word/_rels/document.xml.rels", relations(own)));
    }
    parts.extend(more.iter().cloned());
    packed(&parts)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:pPr/><w:r ><w:t>{text}</w:t></w:r></w:p>")
}

fn word_table() -> String {
    let cell = |text: &&str, merge: &str| {
        let inner = match *text {
            "" => "<w:p w:rsidR=\"00A1\"/>".to_owned(),
            "^" => "<w:p/>".to_owned(),
            // a number is often set in a run of its own
            text => text
                .split_inclusive('≥')
                .map(|piece| format!("<w:r><w:t>{piece}</w:t></w:r>"))
                .collect::<String>(),
        };
        let inner = if inner.starts_with("<w:p") {
            inner
        } else {
            format!("<w:p>{inner}</w:p>")
        };
        format!("<w:tc><w:tcPr>{merge}</w:tcPr>{inner}</w:tc>")
    };
    let mut rows = String::new();
    for (number, row) in FORM.iter().enumerate() {
        let below = FORM.get(number + 1);
        let cells = row.iter().enumerate().map(|(column, text)| {
            let merge = match (*text, below.map(|row| row[column])) {
                ("^", _) => "<w:vMerge/>",
                (_, Some("^")) => "<w:vMerge w:val=\"restart\"/>",
                _ => "",
            };
            cell(text, merge)
        });
        rows += &format!("<w:tr>{}</w:tr>", cells.collect::<String>());
    }
    format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")
}

fn title() -> String {
    paragraph("2024年度村卫生室建设项目支出绩效自评表")
}

/// A workbook of one sheet with that form; `after` stands behind the merged cells.
fn workbook(after: &str, own: &[(&str, &str, &str)], more: &[(&str, String)]) -> Vec<u8> {
    let mut rows = String::from(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>2024年度村卫生室建设项目支出绩效自评表</t></is></c></row>",
    );
    for (number, row) in FORM.iter().enumerate() {
        let row_number = number + 2;
        let cells = row.iter().enumerate().map(|(column, text)| {
            let address = format!("{}{row_number}", char::from(b'A' + column as u8));
            match *text {
                "" | "^" => format!("<c r=\"{address}\"/>"),
                text => format!("<c r=\"{address}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            }
        });
        rows += &format!("<row r=\"{row_number}\">{}</row>", cells.collect::<String>());
    }
    let sheet = format!(
        "<?xml version=\"1.0\"?>\n<worksheet xmlns=\"{S}\" xmlns:r=\"{R}\"><sheetData>{rows}</sheetData><mergeCells>\
         <mergeCell ref=\"A5:A6\"/><mergeCell ref=\"B5:B6\"/><mergeCell ref=\"H2:H3\"/></mergeCells><pageMargins left=\"1\" \
         right=\"1\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/>{after}</worksheet>"
    );
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut parts = vec![
        (
            "[Content_Types].xml",
            types(&format!(
                "<Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override \
                 PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/>"
            )),
        ),
        (
            "_rels/.rels",
            relations(&[("rId1", "officeDocument", "xl/workbook.xml")]),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{S}\" xmlns:r=\"{R}\"><sheets><sheet name=\"自评表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("rId1", "worksheet", "worksheets/sheet1.xml")]),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    if !own.is_empty() {
        parts.push(("xl/worksheets/_rels/sheet1.xml.rels", relations(own)));
    }
    parts.extend(more.iter().cloned());
    packed(&parts)
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(folder.path())
        .args(arguments)
        .output()
        .unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The copy of a file with remarks.
fn annotated(name: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let copy = format!("批注-{name}");
    let output = run(&folder, &["check", name, "--annotate", &copy]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("处问题写成了批注"), "{}", err(&output));
    assert_eq!(
        fs::read(folder.path().join(name)).unwrap(),
        bytes,
        "the report was changed"
    );
    fs::read(folder.path().join(copy)).unwrap()
}

/// The main part without the markers of comments with these ids or above.
fn stripped(text: &str, first: u32) -> String {
    let mut out = text.to_owned();
    for id in first..first + 200 {
        for marker in [
            format!("<w:commentRangeStart w:id=\"{id}\"/>"),
            format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"),
        ] {
            assert!(out.matches(&marker).count() <= 1, "{marker} stands twice");
            out = out.replace(&marker, "");
        }
    }
    // empty paragraphs were opened for what stands in them
    out.replace("<w:p w:rsidR=\"00A1\"></w:p>", "<w:p w:rsidR=\"00A1\"/>")
        .replace("<w:p></w:p>", "<w:p/>")
}

/// What stands between the markers of the comment that says `words`, without tags.
fn marked(file: &[u8], words: &str) -> String {
    let comments = part(file, "word/comments.xml");
    let own = comments
        .split("<w:comment ")
        .find(|comment| comment.contains(words));
    let own = own.unwrap_or_else(|| panic!("no comment says {words}: {comments}"));
    let id = own.split("w:id=\"").nth(1).unwrap().split('"').next().unwrap();
    let document = part(file, "word/document.xml");
    let between = document
        .split(&format!("<w:commentRangeStart w:id=\"{id}\"/>"))
        .nth(1)
        .and_then(|rest| rest.split(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).next())
        .unwrap();
    let mut text = String::new();
    for piece in between.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    text
}

fn assert_only_changed(before: &[u8], after: &[u8], may_change: &[&str]) {
    let after = parts(after);
    for (number, (name, text)) in parts(before).iter().enumerate() {
        assert_eq!(name, &after[number].0, "the order of the parts");
        if !may_change.contains(&name.as_str()) {
            assert_eq!(text, &after[number].1, "{name}");
        }
    }
}

#[test]
fn without_its_markers_a_word_file_is_what_it_was() {
    let body = title() + &word_table() + &paragraph("全年培训村医126人。");
    let before = word(
        &body,
        &[],
        &[("word/styles.xml", format!("<w:styles xmlns:w=\"{W}\"/>"))],
    );
    let after = annotated("报告.docx", &before);
    let text = part(&after, "word/document.xml");
    assert!(text.contains("<w:commentReference "));
    assert_eq!(stripped(&text, 0), part(&before, "word/document.xml"));
    assert_only_changed(&before, &after, &["[Content_Types].xml", "word/document.xml"]);
    assert!(part(&after, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(part(&after, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
    assert!(part(&after, "word/comments.xml").contains("w:author=\"jixiao\""));
}

#[test]
fn a_remark_stands_at_the_words_that_it_is_about() {
    let after = annotated("报告.docx", &word(&(title() + &word_table()), &[], &[]));
    assert_eq!(marked(&after, "【错误】总分"), "97.5");
}

#[test]
fn a_comment_tells_what_is_wrong_what_to_do_and_where_else() {
    let after = annotated("报告.docx", &word(&(title() + &word_table()), &[], &[]));
    let comments = part(&after, "word/comments.xml");
    let own = comments
        .split("<w:comment ")
        .find(|comment| comment.contains("】总分"))
        .unwrap();
    for words in ["总分写作97.5 分", "怎么改：", "另见：表1 第"] {
        assert!(own.contains(words), "{words}: {own}");
    }
}

#[test]
fn comments_that_a_word_file_has_are_kept() {
    let old = format!(
        "<?xml version=\"1.0\"?>\n<w:comments xmlns:w=\"{W}\"><w:comment w:id=\"7\" w:author=\"张三\"><w:p/></w:comment></w:comments>\n"
    );
    let kept = "<w:p><w:commentRangeStart w:id=\"7\"/><w:r><w:t>说明。</w:t></w:r><w:commentRangeEnd w:id=\"7\"/>\
                <w:r><w:commentReference w:id=\"7\"/></w:r></w:p>";
    let before = word(
        &(title() + kept + &word_table()),
        &[("rId1", "comments", "remarks/own.xml")],
        &[("word/remarks/own.xml", old.clone())],
    );
    let after = annotated("报告.docx", &before);
    let comments = part(&after, "word/remarks/own.xml");
    let head = old.trim_end().strip_suffix("</w:comments>").unwrap();
    assert!(comments.starts_with(head), "{comments}");
    assert!(comments.ends_with("</w:comments>\n"), "{comments}");
    assert!(comments.contains("w:id=\"8\" w:author=\"jixiao\""), "{comments}");
    let text = part(&after, "word/document.xml");
    assert_eq!(stripped(&text, 8), part(&before, "word/document.xml"));
    assert_eq!(
        part(&after, "word/_rels/document.xml.rels"),
        part(&before, "word/_rels/document.xml.rels")
    );
    assert!(!parts(&after).iter().any(|(name, _)| name == "word/comments.xml"));
}

/// What a finding is about stands in a run between others, in a link, in an inserted run, behind a deleted one.
#[test]
fn only_the_run_that_is_meant_is_marked() {
    let body = title()
        + "<w:p><w:r><w:t>今年共投入</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>100万元</w:delText></w:r></w:del>\
           <w:ins w:id=\"2\"><w:r><w:rPr><w:b/></w:rPr><w:t>5各</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>项目</w:t></w:r>\
           </w:hyperlink><w:r><w:t>。</w:t></w:r></w:p>"
        + &word_table();
    let before = word(&body, &[], &[]);
    let after = annotated("报告.docx", &before);
    assert_eq!(marked(&after, "疑似笔误"), "5各");
    assert_eq!(
        stripped(&part(&after, "word/document.xml"), 0),
        part(&before, "word/document.xml")
    );
}

#[test]
fn what_stands_in_a_text_box_is_marked_where_the_box_hangs() {
    let body = title()
        + "<w:p><w:r><w:t>说明</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>今年共有5各项目。\
           </w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        + &word_table();
    let before = word(&body, &[], &[]);
    let after = annotated("报告.docx", &before);
    let text = part(&after, "word/document.xml");
    assert!(marked(&after, "疑似笔误").contains("今年共有5各项目"));
    let inside = text
        .split("<w:txbxContent>")
        .nth(1)
        .unwrap()
        .split("</w:txbxContent>")
        .next()
        .unwrap();
    assert!(!inside.contains("comment"), "{inside}");
    assert_eq!(stripped(&text, 0), part(&before, "word/document.xml"));
}

#[test]
fn an_empty_cell_takes_a_remark() {
    // a score is missing where an indicator has a weight
    let body = title()
        + &word_table()
            .replacen("<w:r><w:t>12次</w:t></w:r>", "", 1)
            .replacen("<w:p></w:p>", "<w:p/>", 1);
    let before = word(&body, &[], &[]);
    let after = annotated("报告.docx", &before);
    let text = part(&after, "word/document.xml");
    assert!(
        text.contains("<w:p><w:commentRangeStart"),
        "no empty paragraph was opened"
    );
    assert_eq!(stripped(&text, 0), part(&before, "word/document.xml"));
}

#[test]
fn a_workbook_gets_comments_and_their_boxes() {
    let before = workbook("<extLst><ext uri=\"x\"/></extLst>", &[], &[]);
    let after = annotated("自评表.xlsx", &before);
    assert_only_changed(
        &before,
        &after,
        &["[Content_Types].xml", "xl/worksheets/sheet1.xml"],
    );
    let drawing = format!("<legacyDrawing xmlns:r=\"{R}\" r:id=\"rId2\"/>");
    let sheet = part(&after, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(&(drawing.clone() + "<extLst>")), "{sheet}");
    assert_eq!(
        sheet.replace(&drawing, ""),
        part(&before, "xl/worksheets/sheet1.xml")
    );
    let types = part(&after, "[Content_Types].xml");
    assert!(types.contains("Extension=\"vml\"") && types.contains("/xl/comments1.xml"));
    let relations = part(&after, "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(
        relations.contains("\"../comments1.xml\"") && relations.contains("\"../drawings/vmlDrawing1.vml\"")
    );
    let comments = part(&after, "xl/comments1.xml");
    let total = comments
        .split("<comment ")
        .find(|comment| comment.starts_with("ref=\"G9\""))
        .unwrap();
    assert!(total.contains("总分写作97.5 分"), "{comments}");
    let boxes = part(&after, "xl/drawings/vmlDrawing1.vml");
    assert!(
        boxes.contains("<x:Row>8</x:Row><x:Column>6</x:Column>"),
        "{boxes}"
    );
    assert_eq!(
        boxes.matches("<v:shape ").count(),
        comments.matches("<comment ").count()
    );
}

#[test]
fn comments_that_a_workbook_has_are_kept_and_a_cell_has_one() {
    let old = format!(
        "<comments xmlns=\"{S}\"><authors><author>张三</author></authors><commentList><comment ref=\"G9\" authorId=\"0\"><text>\
         <t>请复核</t></text></comment><comment ref=\"A1\" authorId=\"0\"><text><r><t>标题</t></r></text></comment></commentList>\
         </comments>"
    );
    let boxes = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
                 xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shape id=\"_x0000_s1030\"><br></v:shape></xml>";
    let before = workbook(
        "<legacyDrawing r:id=\"rId7\"/>",
        &[
            ("rId6", "comments", "../comments1.xml"),
            ("rId7", "vmlDrawing", "../drawings/old.vml"),
        ],
        &[
            ("xl/comments1.xml", old),
            ("xl/drawings/old.vml", boxes.to_owned()),
        ],
    );
    let after = annotated("自评表.xlsx", &before);
    assert_only_changed(&before, &after, &["xl/comments1.xml", "xl/drawings/old.vml"]);
    assert_eq!(parts(&before).len(), parts(&after).len());
    let comments = part(&after, "xl/comments1.xml");
    assert!(
        comments.contains("<author>张三</author><author>jixiao</author>"),
        "{comments}"
    );
    assert!(comments.contains("<t>请复核\n\njixiao：\n【错误】"), "{comments}");
    assert_eq!(comments.matches("ref=\"G9\"").count(), 1);
    assert!(comments.contains("<t>标题</t>"));
    let drawn = part(&after, "xl/drawings/old.vml");
    assert!(drawn.starts_with(boxes.strip_suffix("</xml>").unwrap()));
    assert!(
        drawn.contains("_x0000_s1031") && drawn.contains("_x0000_t202"),
        "{drawn}"
    );
}

#[test]
fn what_somebody_has_accepted_is_not_written_into_the_copy() {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("报告.docx"),
        word(&(title() + &word_table()), &[], &[]),
    )
    .unwrap();
    let accepted = run(
        &folder,
        &[
            "accept",
            "报告.docx",
            "--check",
            "score-sum",
            "--reason",
            "已核实",
        ],
    );
    assert_eq!(accepted.status.code(), Some(0), "{}", err(&accepted));
    run(&folder, &["check", "报告.docx", "--annotate", "批注.docx"]);
    let comments = part(
        &fs::read(folder.path().join("批注.docx")).unwrap(),
        "word/comments.xml",
    );
    assert!(!comments.contains("总分写作97.5 分"), "{comments}");
}

#[test]
fn nothing_is_overwritten_that_was_read() {
    let folder = TempDir::new().unwrap();
    let bytes = word(&(title() + &word_table()), &[], &[]);
    fs::write(folder.path().join("报告.docx"), &bytes).unwrap();
    fs::write(folder.path().join("规则.docx"), "规则：甲\n").unwrap();
    for (arguments, words) in [
        (
            &["check", "报告.docx", "--annotate", "./报告.docx"][..],
            "会被覆盖",
        ),
        (
            &[
                "check",
                "报告.docx",
                "--rules",
                "规则.docx",
                "--annotate",
                "规则.docx",
            ],
            "会被覆盖",
        ),
        (
            &["check", "报告.docx", "-o", "甲.docx", "--annotate", "./甲.docx"],
            "同一个文件",
        ),
        (&["check", ".", "--annotate", "甲.docx"], "一份报告"),
        (
            &["check", "报告.docx", "--annotate", "甲.xlsx"],
            "应以 .docx 结尾",
        ),
        (
            &["check", "报告.docx", "--批注", "没有/甲.docx"],
            "没有这个文件夹",
        ),
    ] {
        let output = run(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
        assert_eq!(names(folder.path()), ["报告.docx", "规则.docx"], "{arguments:?}");
        assert_eq!(fs::read(folder.path().join("报告.docx")).unwrap(), bytes);
    }
}

#[test]
fn other_formats_are_told_what_to_do_instead() {
    let folder = TempDir::new().unwrap();
    for (name, text) in [
        ("报告.txt", "一、概况\n\n全年培训8000人。\n"),
        ("报告.html", "<html><body><p>全年培训8000人。</p></body></html>"),
        ("报告.docx", "一、概况\n\n全年培训8000人。\n"),
        ("报告.rtf", "{\\rtf1 abc}"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        let output = run(&folder, &["check", name, "--annotate", "批注.docx"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(err(&output).contains("请"), "{name}: {}", err(&output));
        assert!(!folder.path().join("批注.docx").exists());
    }
}

#[test]
fn a_report_without_findings_is_copied_as_it_is() {
    let folder = TempDir::new().unwrap();
    let form = word_table()
        .replacen("97.5", "98.5", 1)
        .replacen("2900人", "3000人", 1);
    let form = form
        .replacen("<w:t>29</w:t>", "<w:t>30</w:t>", 1)
        .replacen("98.5", "99.5", 1);
    let bytes = word(&(title() + &form), &[], &[]);
    fs::write(folder.path().join("报告.docx"), &bytes).unwrap();
    let output = run(&folder, &["check", "报告.docx", "--annotate", "批注.docx"]);
    assert!(err(&output).contains("与报告相同"), "{}", err(&output));
    assert_eq!(fs::read(folder.path().join("批注.docx")).unwrap(), bytes);
    // nothing was found because nothing was judged
    fs::write(folder.path().join("规则.jx"), "规则：本地\n胡写一行\n").unwrap();
    let output = run(
        &folder,
        &["check", "规则.jx", "报告.docx", "--annotate", "批注.docx"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("不等于通过"), "{}", err(&output));
}

/// Every piece of the text was read from the element that its place names.
#[test]
fn the_places_of_a_word_file_hold_its_text() {
    let table = word_table();
    let list =
        "<w:p><w:pPr/><w:r><w:t>甲</w:t><w:br/><w:t>乙。</w:t></w:r><w:r><w:tab/><w:t>丙</w:t></w:r></w:p>";
    let inner = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p>{table}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    );
    let made = word(&(title() + list + &inner + list + &table), &[], &[]);
    let checked_in = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/自评.docx")).unwrap();
    for bytes in [made, checked_in] {
        let (document, places) = from_docx::read_with_places("报告.docx", &bytes).unwrap();
        let main = part(&bytes, &places.part);
        assert!(places.marks.len() > 50);
        for mark in &places.marks {
            let text = &document.source.text[mark.start as usize..mark.end as usize];
            let Some(child) = mark.spot.child else {
                assert!(text.is_empty(), "{text}");
                continue;
            };
            let element = &main[places.parts.children[child as usize].clone()];
            assert!(element.starts_with("<w:") && element.ends_with('>'), "{element}");
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let read: String = element
                .split('<')
                .map(|piece| piece.split_once('>').map_or("", |(_, text)| text))
                .collect();
            let read = read
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
            assert!(bare(&read).contains(&bare(text)), "{text}: {element}");
        }
    }
}

#[test]
fn a_merged_cell_takes_its_remark_where_it_begins() {
    let changed = |bytes: &[u8]| {
        let parts = parts(bytes);
        let parts: Vec<(&str, String)> = parts
            .iter()
            .map(|(name, text)| {
                (
                    name.as_str(),
                    text.replace("产出指标（50分）", "产出指标（60分）"),
                )
            })
            .collect();
        packed(&parts)
    };
    let after = annotated("自评表.xlsx", &changed(&workbook("", &[], &[])));
    let comments = part(&after, "xl/comments1.xml");
    assert!(
        comments.contains("ref=\"A5\"") && !comments.contains("ref=\"A6\""),
        "{comments}"
    );
    let after = annotated("报告.docx", &changed(&word(&(title() + &word_table()), &[], &[])));
    let text = part(&after, "word/document.xml");
    let cell = text.split("产出指标（60分）").next().unwrap();
    assert!(cell.ends_with("\"/><w:r><w:t>"), "{text}");
    // the row below has no remark of its own in the cell that is covered
    assert!(text.contains("<w:tcPr><w:vMerge/></w:tcPr><w:p/>"), "{text}");
}

#[test]
fn a_signed_report_is_copied_and_the_signature_is_spoken_of() {
    let folder = TempDir::new().unwrap();
    let signed = word(
        &(title() + &word_table()),
        &[],
        &[(
            "_xmlsignatures/sig1.xml",
            "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>".to_owned(),
        )],
    );
    fs::write(folder.path().join("报告.docx"), signed).unwrap();
    let output = run(&folder, &["check", "报告.docx", "--annotate", "批注.docx"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("签名在副本里不再有效"), "{}", err(&output));
    let plain = word(&(title() + &word_table()), &[], &[]);
    fs::write(folder.path().join("报告.docx"), plain).unwrap();
    let output = run(&folder, &["check", "报告.docx", "--annotate", "批注.docx"]);
    assert!(!err(&output).contains("签名"), "{}", err(&output));
}

#[test]
fn a_copy_that_cannot_be_written_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let bytes = word(&(title() + &word_table()), &[], &[]);
    fs::write(folder.path().join("报告.docx"), &bytes).unwrap();
    fs::create_dir(folder.path().join("夹.docx")).unwrap();
    let refused = |path: &str, words: &str| {
        let output = run(&folder, &["check", "报告.docx", "--annotate", path]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(err(&output).contains(words), "{path}: {}", err(&output));
    };
    refused("报告.docx/甲.docx", "请检查文件名");
    refused("夹.docx", "是文件夹");
    refused(&format!("{}.docx", "长".repeat(200)), "请检查文件名");
    closed(&folder, &refused);
    assert_eq!(names(folder.path()), ["夹.docx", "报告.docx"]);
    assert_eq!(fs::read(folder.path().join("报告.docx")).unwrap(), bytes);
}

/// A folder that nobody may write into, but root.
#[cfg(unix)]
fn closed(folder: &TempDir, refused: &dyn Fn(&str, &str)) {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.path().join("只读");
    fs::create_dir(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(path.join("试"), "").is_err() {
        refused("只读/甲.docx", "没有写入的权限");
        assert!(names(&path).is_empty());
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(&path).unwrap();
}

#[cfg(not(unix))]
fn closed(_: &TempDir, _: &dyn Fn(&str, &str)) {}

#[cfg(unix)]
#[test]
fn a_second_name_of_the_report_is_the_report() {
    let folder = TempDir::new().unwrap();
    let bytes = word(&(title() + &word_table()), &[], &[]);
    fs::write(folder.path().join("报告.docx"), &bytes).unwrap();
    fs::hard_link(folder.path().join("报告.docx"), folder.path().join("又名.docx")).unwrap();
    std::os::unix::fs::symlink("报告.docx", folder.path().join("链接.docx")).unwrap();
    for path in ["又名.docx", "链接.docx", "./又名.docx"] {
        let output = run(&folder, &["check", "报告.docx", "--annotate", path]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(err(&output).contains("会被覆盖"), "{path}: {}", err(&output));
        assert_eq!(fs::read(folder.path().join(path)).unwrap(), bytes, "{path}");
    }
}

#[test]
fn the_drawing_of_the_comments_stands_where_a_sheet_has_it() {
    let after = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"/>\
                 <drawing r:id=\"rId8\"/><legacyDrawingHF r:id=\"rId9\"/><tableParts count=\"0\"/>";
    let before = workbook(
        after,
        &[
            ("rId8", "drawing", "../drawings/d.xml"),
            ("rId9", "vmlDrawing", "../drawings/head.vml"),
        ],
        &[
            ("xl/drawings/d.xml", "<wsDr/>".to_owned()),
            (
                "xl/drawings/head.vml",
                "<xml xmlns:o=\"o\"><o:shapelayout><o:idmap data=\"1,3\"/></o:shapelayout></xml>".to_owned(),
            ),
        ],
    );
    let after = annotated("自评表.xlsx", &before);
    let sheet = part(&after, "xl/worksheets/sheet1.xml");
    let tail = sheet.split("<drawing ").nth(1).unwrap();
    let order: Vec<&str> = tail
        .split('<')
        .filter_map(|tag| tag.split([' ', '/', '>']).next())
        .collect();
    let own = order.iter().position(|name| *name == "legacyDrawing");
    let head = order.iter().position(|name| *name == "legacyDrawingHF");
    assert!(own.is_some() && own < head, "{tail}");
    // the boxes of the page's head have taken the first and the third block of ids
    let boxes = part(&after, "xl/drawings/vmlDrawing1.vml");
    assert!(
        boxes.contains("data=\"4\"") && boxes.contains("_x0000_s4097"),
        "{boxes}"
    );
}

#[test]
fn a_cell_with_a_thread_of_answers_keeps_it_and_the_remark_stands_beside_it() {
    let thread = "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\">\
                  <threadedComment ref=\"G9\" personId=\"{0}\" id=\"{1}\"><text>请复核</text></threadedComment>\
                  <threadedComment ref=\"H9\" personId=\"{0}\" id=\"{2}\"><text>好</text></threadedComment></ThreadedComments>";
    let old = format!(
        "<comments xmlns=\"{S}\"><authors><author>tc=1</author></authors><commentList><comment ref=\"G9\" authorId=\"0\"><text>\
         <t>[Threaded comment] 请复核</t></text></comment></commentList></comments>"
    );
    let before = workbook(
        "",
        &[
            ("rId1", "comments", "../comments1.xml"),
            ("rId2", "threadedComment", "../threadedComments/one.xml"),
        ],
        &[
            ("xl/comments1.xml", old),
            ("xl/threadedComments/one.xml", thread.to_owned()),
        ],
    );
    let after = annotated("自评表.xlsx", &before);
    let comments = part(&after, "xl/comments1.xml");
    assert!(
        comments.contains("<t>[Threaded comment] 请复核</t>"),
        "{comments}"
    );
    let beside = comments
        .split("<comment ")
        .find(|one| one.starts_with("ref=\"I9\""));
    let beside = beside.unwrap_or_else(|| panic!("{comments}"));
    assert!(
        beside.contains("（指 G9 格）") && beside.contains("总分写作97.5 分"),
        "{beside}"
    );
    assert_eq!(part(&after, "xl/threadedComments/one.xml"), thread);
}

/// Both targets stand in one run of the second paragraph, otherwise than in the first.
#[test]
fn two_findings_of_one_check_that_meet_in_a_run_are_both_pointed_to() {
    let body = paragraph("2024年度村卫生室项目绩效自评报告")
        + &paragraph("年度绩效目标为新建村卫生室40个；培训村医200人次。")
        + &paragraph("年度绩效目标为新建村卫生室45个；培训村医300人次。");
    let after = annotated("报告.docx", &word(&body, &[], &[]));
    let comments = part(&after, "word/comments.xml");
    for subject in ["村卫生室", "培训村医"] {
        let pointer = format!("见 第2段 的批注：目标前后不一致（{subject}）。");
        assert!(comments.contains(&pointer), "{subject}: {comments}");
    }
}

#[test]
fn a_copy_that_is_annotated_again_is_known_for_one() {
    for (name, bytes) in [
        ("报告.docx", word(&(title() + &word_table()), &[], &[])),
        ("自评表.xlsx", workbook("", &[], &[])),
    ] {
        let once = annotated(name, &bytes);
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(name), &once).unwrap();
        let output = run(&folder, &["check", name, "--annotate", &format!("再-{name}")]);
        assert!(
            err(&output).contains("原来就有 jixiao 的批注"),
            "{}",
            err(&output)
        );
        let comments = match name {
            "报告.docx" => "word/comments.xml",
            _ => "xl/comments1.xml",
        };
        let twice = fs::read(folder.path().join(format!("再-{name}"))).unwrap();
        let words = "总分写作97.5 分";
        assert_eq!(part(&twice, comments).matches(words).count(), 2, "{name}");
        assert_eq!(part(&once, comments).matches(words).count(), 1, "{name}");
    }
}
