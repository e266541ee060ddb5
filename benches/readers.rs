//! How long a Word file of 75 kB of text, a sheet of 280 cells and a page take to be read, and how much faster two threads
//! are than one.

use jixiao::document;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn main() {
    hundred_mixed_files();
    divan::main();
}

/// A hundred files of five kinds, judged by the built program on one thread and on two, in turn: the middle of the ratios.
fn hundred_mixed_files() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..100 {
        let ending = ["docx", "xlsx", "pdf", "html", "md"][number % 5];
        fs::write(folder.path().join(format!("{number}.{ending}")), fixture(ending)).unwrap();
    }
    let took = |threads: &str| {
        let begun = Instant::now();
        Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["check", "--separate", "--format", "short", "-j", threads, "."])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        begun.elapsed().as_secs_f64()
    };
    let mut ratios: Vec<f64> = (0..15).map(|_| took("1") / took("2")).collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "100 mixed files: one thread ÷ two threads {:.2} (at least 1.8)",
        ratios[7]
    );
}

fn fixture(ending: &str) -> Vec<u8> {
    let name = format!("tests/readers/自评.{ending}");
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The fixture with one of its parts changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == part {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with the fixture's styles and form behind 75 kB of prose in runs as Word parts them.
#[divan::bench]
fn docx_of_75_kb(bencher: divan::Bencher) {
    let run = |text: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋"/><w:sz w:val="32"/></w:rPr><w:t>{text}</w:t></w:r>"#
        )
    };
    let paragraph = format!(
        "<w:p>{}{}{}</w:p>",
        run("全年新建供水管网"),
        run("36.5"),
        run("公里，更新水泵20台，受益人口满意度为92%。")
    );
    let prose = paragraph.repeat(75_000 / 84);
    let bytes = changed(&fixture("docx"), "word/document.xml", |text| {
        text.replacen("<w:body>", &format!("<w:body>{prose}"), 1)
    });
    let read = document::read("报告.docx", &bytes).unwrap();
    assert!(read.source.text.len() > 70_000, "{}", read.source.text.len());
    bencher.bench_local(|| document::read("报告.docx", &bytes).unwrap().blocks.len());
}

#[divan::bench]
fn xlsx_of_280_cells(bencher: divan::Bencher) {
    let rows: String = (0..28)
        .map(|row| {
            let cells: String = (0..10)
                .map(|column| {
                    let at = char::from(b'A' + column);
                    format!(
                        r#"<c r="{at}{}" s="1"><v>{}.5</v></c>"#,
                        100 + row,
                        u32::from(column) * 37 + row
                    )
                })
                .collect();
            format!(r#"<row r="{}">{cells}</row>"#, 100 + row)
        })
        .collect();
    let bytes = changed(&fixture("xlsx"), "xl/worksheets/sheet2.xml", |text| {
        text.replacen("</sheetData>", &format!("{rows}</sheetData>"), 1)
    });
    let cells = |document: document::Document| -> usize {
        document
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .map(Vec::len)
            .sum()
    };
    assert!(cells(document::read("表.xlsx", &bytes).unwrap()) > 280);
    bencher.bench_local(|| cells(document::read("表.xlsx", &bytes).unwrap()));
}

#[divan::bench]
fn html(bencher: divan::Bencher) {
    let bytes = fixture("html");
    bencher.bench_local(|| document::read("页.html", &bytes).unwrap().blocks.len());
}

/// Two pages, one of them a form of 80 cells.
#[divan::bench]
fn pdf_of_two_pages(bencher: divan::Bencher) {
    let bytes = fixture("pdf");
    bencher.bench_local(|| document::read("自评.pdf", &bytes).unwrap().blocks.len());
}
