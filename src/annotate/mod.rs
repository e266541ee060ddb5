//! A report and what was found of it to a copy of the report with a remark at each place: nothing else in it changes.

#[cfg(feature = "docx")]
mod docx;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod package;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod relations;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod remarks;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod scan;
#[cfg(any(feature = "docx", feature = "xlsx"))]
mod splice;
#[cfg(feature = "xlsx")]
mod threads;
#[cfg(feature = "xlsx")]
mod vml;
#[cfg(feature = "xlsx")]
mod xlsx;

use crate::document::Document;
use crate::document::kind::{self, Kind};
use crate::finding::Outcome;

/// Who writes the remarks.
const AUTHOR: &str = "jixiao";

/// A copy of a report with remarks.
#[derive(Debug)]
pub struct Copy {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many findings were written into it.
    pub findings: usize,
    /// Whether the report is signed: the signature holds for the report, and not for a copy that says more.
    pub was_signed: bool,
    /// How many remarks of an earlier copy the report has: it may be that copy, which somebody went on with.
    pub earlier: usize,
}

/// The bytes of a copy, whether the report is signed, and how many remarks of an earlier copy it has.
type Made = (Vec<u8>, bool, usize);

/// Whether remarks can be written into a file. An error says in Chinese what to do instead.
pub fn accepts(name: &str, bytes: &[u8]) -> Result<(), String> {
    if kind::old(bytes).is_some() {
        return Err(
            "旧版 Word、Excel 文件里不能写批注。请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后再试。"
                .into(),
        );
    }
    let instead = match kind::of(name, bytes)? {
        #[cfg(feature = "docx")]
        Kind::Word => return Ok(()),
        #[cfg(feature = "xlsx")]
        Kind::Sheet => return Ok(()),
        Kind::OldSheet | Kind::OpenSheet => {
            "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试；不另存的话，可以用 --format html 得到一页标好问题的网页。"
        }
        Kind::OpenText => {
            "请用 Word 或 WPS 打开，另存为 .docx 后再试；不另存的话，可以用 --format html 得到一页标好问题的网页。"
        }
        _ => "请找到原来的 .docx 或 .xlsx 文件再试；没有的话，可以用 --format html 得到一页标好问题的网页。",
    };
    Err(format!(
        "只能在 Word（.docx）和 Excel（.xlsx）文件里写批注。{instead}"
    ))
}

/// The copy of a file that was read as `document` and of which `outcome` was found.
#[cfg_attr(not(all(feature = "docx", feature = "xlsx")), allow(unused_variables))]
pub fn copy(bytes: &[u8], document: &Document, outcome: &Outcome) -> Result<Copy, String> {
    let name = document.source.name.as_str();
    accepts(name, bytes)?;
    let findings = outcome.findings.iter().filter(|finding| finding.stands()).count();
    if findings == 0 {
        return Ok(Copy {
            bytes: bytes.to_vec(),
            findings,
            was_signed: false,
            earlier: 0,
        });
    }
    let made = |(bytes, was_signed, earlier): Made| Copy {
        bytes,
        findings,
        was_signed,
        earlier,
    };
    match kind::of(name, bytes)? {
        #[cfg(feature = "docx")]
        Kind::Word => docx::copy(bytes, document, outcome).map(made),
        #[cfg(feature = "xlsx")]
        Kind::Sheet => xlsx::copy(bytes, document, outcome).map(made),
        kind => Err(format!("{kind:?}")),
    }
}
