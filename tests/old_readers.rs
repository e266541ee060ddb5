//! Old Excel files and OpenDocument files: the same form as in the other formats, what each hides, and files that mean
//! harm.

use jixiao::document::{self, Document};
use jixiao::finding::Outcome;
use jixiao::source::Source;
use jixiao::{lint, model, packs};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn fixture(ending: &str) -> Vec<u8> {
    let name = format!("tests/readers/自评.{ending}");
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Document {
    document::read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn of(ending: &str) -> Document {
    read(&format!("自评.{ending}"), &fixture(ending))
}

fn refused(name: &str, bytes: &[u8], words: &str) {
    let error = document::read(name, bytes).expect_err(name);
    assert!(error.contains(words), "{name}: {error}");
    assert!(error.contains('请'), "{name}: what to do is not said: {error}");
}

fn judged(document: &Document) -> Outcome {
    let pack = packs::by_name(packs::STANDARD).unwrap();
    let sources = vec![Source::new(pack.name, pack.text)];
    let (model, _) = model::from_syntax::load(sources, &mut |_, _| None);
    lint::report(&model, document, None)
}

/// Every cell with its column and spans, table by table.
fn cells(document: &Document) -> Vec<String> {
    let rows = document.tables.iter().flat_map(|table| &table.rows);
    rows.flatten()
        .map(|cell| {
            let text = document.text(&cell.range).replace('\n', "");
            format!("{text}@{} {}×{}", cell.column, cell.columns, cell.rows)
        })
        .collect()
}

#[test]
fn an_old_workbook_and_an_open_one_hold_cell_for_cell_what_the_new_one_holds() {
    let new = of("xlsx");
    for ending in ["xls", "ods"] {
        let document = of(ending);
        assert_eq!(document.source.text, new.source.text, "{ending}");
        assert_eq!(cells(&document), cells(&new), "{ending}");
        assert_eq!(document.places, new.places, "{ending}");
        assert_eq!(document.sheets, new.sheets, "{ending}");
        let at = document.view.text.find("84.68%").unwrap() as u32;
        assert_eq!(document.address(at), "自评表!H6", "{ending}");
    }
}

#[test]
fn an_open_text_holds_cell_for_cell_what_the_word_file_holds() {
    let (open, word) = (of("odt"), of("docx"));
    assert_eq!(cells(&open), cells(&word));
    assert_eq!(open.source.text, word.source.text);
    assert_eq!(open.blocks, word.blocks);
}

#[test]
fn one_report_has_the_same_findings_in_old_and_open_formats() {
    let found = |ending: &str| {
        let outcome = judged(&of(ending));
        let findings: Vec<String> = outcome.findings.into_iter().map(|found| found.check).collect();
        (outcome.verdict, outcome.summary, findings)
    };
    let first = found("docx");
    assert!(first.2.iter().any(|check| check == "score-sum"), "{first:?}");
    for ending in ["xls", "ods", "odt"] {
        assert_eq!(found(ending), first, "{ending}");
    }
}

const OFFICE: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0""#;

fn package(kind: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    for (name, text) in [("mimetype", mimetype.as_str())].iter().chain(parts) {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn sheets(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {OFFICE}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    package("spreadsheet", &[("content.xml", &content)])
}

fn text(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {OFFICE}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    package("text", &[("content.xml", &content)])
}

#[test]
fn of_an_open_workbook_what_is_printed_is_read_and_nothing_else() {
    let styles =
        r#"<style:style style:name="h"><style:table-properties table:display="false"/></style:style>"#;
    let tables = r#"<table:tracked-changes><table:deletion><table:table-cell><text:p>删去的</text:p></table:table-cell></table:deletion></table:tracked-changes>
        <table:table table:name="表"><table:table-row>
        <table:table-cell office:value-type="percentage" office:value="0.84666"><office:annotation><text:p>批注</text:p></office:annotation><text:p>84.67%</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated="2"><text:p>甲<text:s text:c="2"/>乙</text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]" office:value-type="float"/>
        <table:table-cell table:number-columns-repeated="16380"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
        <table:table table:name="草稿" table:style-name="h"><table:table-row><table:table-cell><text:p>9万元</text:p></table:table-cell></table:table-row></table:table>"#;
    let document = read("表.ods", &sheets(styles, tables));
    assert_eq!(document.source.text, "84.67% | 甲  乙 | 甲  乙 | —\n");
    assert_eq!(document.notes, ["隐藏的工作表“草稿”没有核对。"]);
    assert!(
        document.unread.iter().any(|what| what.contains("D1")),
        "{:?}",
        document.unread
    );
}

#[test]
fn cells_that_are_repeated_without_end_are_told_of_and_not_laid_out() {
    let tables = r#"<table:table table:name="表"><table:table-row table:number-rows-repeated="4000000000"><table:table-cell table:number-columns-repeated="4000000000" table:number-columns-spanned="4000000000" table:number-rows-spanned="4000000000"><text:p>甲</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="4000000000"><table:table-cell><text:p>乙</text:p></table:table-cell></table:table-row></table:table>"#;
    let document = read("表.ods", &sheets("", tables));
    assert!(!document.unread.is_empty());
    assert!(
        document.source.text.len() < 1 << 20,
        "{}",
        document.source.text.len()
    );
}

#[test]
fn of_an_open_text_what_was_deleted_or_remarked_is_left_out_and_notes_follow() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>删去9万元。</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:h text:outline-level="2">一、概况</text:h>
        <text:p>全年<text:span>修路</text:span><office:annotation><text:p>批注</text:p></office:annotation>30公里<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>含支路2公里。</text:p></text:note-body></text:note>。</text:p>
        <table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>甲</text:p></table:table-cell><table:covered-table-cell/></table:table-row>
        <table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p><table:table><table:table-row><table:table-cell><text:p>内一</text:p></table:table-cell><table:table-cell><text:p>内二</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>"#;
    let document = read("报告.odt", &text(body));
    assert_eq!(
        document.source.text,
        "一、概况\n全年修路30公里。\n甲\n1 | 2\n内一 | 内二\n含支路2公里。\n"
    );
    assert_eq!(cells(&document)[..3], ["甲@0 2×1", "1@0 1×1", "2@1 1×1"]);
}

#[test]
fn what_cannot_be_read_is_told_with_what_to_do() {
    refused("表.xls", &fixture("xls")[..1024], "没有下载完整");
    refused("表.ods", &package("spreadsheet", &[]), "没有正文");
    let manifest = "<manifest><encryption-data/></manifest>";
    let locked = package(
        "text",
        &[("META-INF/manifest.xml", manifest), ("content.xml", "?")],
    );
    refused("报告.odt", &locked, "密码");
    let deep = "<text:list>".repeat(100_000);
    refused("报告.odt", &text(&deep), "嵌套太深");
    let word: Vec<u8> = "WordDocument\0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let word = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &word].concat();
    refused("报告.wps", &word, "另存为");
    refused("报告.rtf", b"{\\rtf1 text}", "另存为");
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        match self.roll(3) {
            0 => bytes.truncate(self.roll(bytes.len())),
            1 => {
                let (from, to) = (self.roll(bytes.len()), self.roll(bytes.len()));
                let piece = bytes[from..(from + 64).min(bytes.len())].to_vec();
                bytes.splice(to..to, piece);
            }
            _ => {
                for _ in 0..20 {
                    let at = self.roll(bytes.len());
                    bytes[at] = self.roll(256) as u8;
                }
            }
        }
        bytes
    }
}

#[test]
fn damaged_files_are_read_or_refused_and_nothing_else() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut refused) = (0, 0);
    let mut one = |name: &str, bytes: &[u8]| match document::read(name, bytes) {
        Ok(document) => {
            read += 1;
            document.blocks.iter().for_each(|block| {
                document.text(&block.range);
                document.address(block.range.start);
            });
        }
        Err(message) => {
            refused += 1;
            assert!(message.contains('请'), "{name}: {message}");
        }
    };
    let xls = fixture("xls");
    for _ in 0..200 {
        one("表.xls", &dice.damaged(&xls));
    }
    for (ending, kind) in [("ods", "spreadsheet"), ("odt", "text")] {
        let bytes = fixture(ending);
        let mut content = Vec::new();
        ZipArchive::new(Cursor::new(&bytes))
            .unwrap()
            .by_name("content.xml")
            .unwrap()
            .read_to_end(&mut content)
            .unwrap();
        for _ in 0..200 {
            let damaged = dice.damaged(&content);
            let part = String::from_utf8_lossy(&damaged);
            one(&format!("表.{ending}"), &package(kind, &[("content.xml", &part)]));
        }
    }
    assert!(read > 30 && refused > 30, "{read} {refused}");
}
