//! Copies with remarks as office programs open them: every comment is there, by its author, at its words.
//!
//! LibreOffice and the Python libraries are asked where they are installed; without them the copy alone is looked at.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use zip::ZipArchive;

const REPORT: &str = "tests/readers/自评.docx";
const FORM: &str = "tests/readers/自评.xlsx";

/// A copy of a report with remarks, in a folder of its own; its name and how many comments were written into it.
fn copy(folder: &TempDir, report: &str, comments: &str, tag: &str) -> (String, usize) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(report);
    let ending = report.rsplit('.').next().unwrap();
    let (name, copy) = (format!("报告.{ending}"), format!("批注.{ending}"));
    fs::copy(from, folder.path().join(&name)).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(folder.path())
        .args(["check", &name, "--annotate", &copy])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("处问题写成了批注"), "{told}");
    let file = File::open(folder.path().join(&copy)).unwrap();
    let mut text = String::new();
    let mut archive = ZipArchive::new(file).unwrap();
    let mut part = archive.by_name(comments).unwrap();
    part.read_to_string(&mut text).unwrap();
    let count = text.matches(tag).count();
    assert!(count > 2, "{text}");
    (copy, count)
}

/// The copy as LibreOffice has read it: one XML document. Nothing where it is not installed.
fn opened(folder: &TempDir, copy: &str, format: &str) -> Option<String> {
    let home = folder.path().join("home");
    let converted = Command::new("soffice")
        .current_dir(folder.path())
        .arg(format!("-env:UserInstallation=file://{}", home.display()))
        .args(["--headless", "--convert-to", format, copy])
        .output()
        .ok()?;
    assert!(converted.status.success(), "LibreOffice does not open the copy");
    let read = fs::read_to_string(folder.path().join(format!("批注.{format}")));
    Some(read.expect("LibreOffice does not open the copy"))
}

/// What a Python library reads of the copy; nothing where it is not installed.
fn read_by(folder: &TempDir, library: &str, program: &str, copy: &str) -> Option<String> {
    let has = Command::new("python3")
        .args(["-c", &format!("import {library}")])
        .output()
        .ok()?;
    if !has.status.success() {
        return None;
    }
    let output = Command::new("python3")
        .current_dir(folder.path())
        .args(["-c", program, copy])
        .output()
        .ok()?;
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{library} does not open the copy: {complaint}"
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_word_file_opens_with_its_comments_at_their_words() {
    let folder = TempDir::new().unwrap();
    let (copy, count) = copy(&folder, REPORT, "word/comments.xml", "<w:comment ");
    if let Some(text) = opened(&folder, &copy, "fodt") {
        assert_eq!(
            text.matches("<office:annotation ").count(),
            count,
            "every comment"
        );
        assert_eq!(text.matches("<dc:creator>jixiao</dc:creator>").count(), count);
        // the remark on the total stands in the cell of the total
        let total = text
            .split("<table:table-cell")
            .find(|cell| cell.contains("97.68</text:p>") || cell.contains("97.68<"));
        let total = total.expect("the total is there");
        assert!(total.contains("总分与各项得分合计不符"), "{total}");
    }
    let program = "import sys, docx\nfor c in docx.Document(sys.argv[1]).comments: print(c.author, c.text.split(chr(10))[0])";
    if let Some(told) = read_by(&folder, "docx.comments", program, &copy) {
        assert_eq!(told.lines().count(), count, "{told}");
        assert!(told.lines().all(|line| line.starts_with("jixiao ")), "{told}");
    }
}

#[test]
fn a_workbook_opens_with_its_comments_at_their_cells() {
    let folder = TempDir::new().unwrap();
    // the text of the report stands on the first sheet, its form on the second
    let (copy, _) = copy(&folder, FORM, "xl/comments2.xml", "<comment ");
    if let Some(text) = opened(&folder, &copy, "fods") {
        let first = text.find("<office:annotation ").expect("a comment");
        let total = text[first..]
            .split("<table:table-cell")
            .find(|cell| cell.contains("<text:p>97.68<"));
        let total = total.expect("the total is there");
        assert!(total.contains("总分与各项得分合计不符"), "{total}");
    }
    let program = "import sys, openpyxl\nfor s in openpyxl.load_workbook(sys.argv[1]):\n for r in s.iter_rows():\n  for c in r:\n   \
                   if c.comment: print(s.title, c.coordinate, c.comment.author, c.comment.text.split(chr(10))[0])";
    if let Some(told) = read_by(&folder, "openpyxl", program, &copy) {
        let total = told.lines().find(|line| line.contains("总分与各项得分合计不符"));
        assert!(total.is_some_and(|line| line.contains(" jixiao ")), "{told}");
    }
}
