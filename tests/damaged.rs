//! Damaged copies of a file of each format: read or refused in words and in time, never a panic.

use jixiao::document;
use jixiao::facts::from_document;
use jixiao::quantity::UnitTable;
use std::env;
use std::fs;
use std::panic;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many copies of each; more where `COPIES` says so.
const COPIES: usize = 200;

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

    /// A copy with some bytes changed, its end cut off, or a piece of it put in elsewhere.
    fn damaged(&mut self, whole: &[u8]) -> Vec<u8> {
        let mut bytes = whole.to_vec();
        match self.below(4) {
            0 => bytes.truncate(self.below(whole.len())),
            1 => {
                let (from, to) = (self.below(whole.len()), self.below(whole.len()));
                let piece = whole[from.min(to)..from.max(to)].to_vec();
                let at = self.below(bytes.len());
                bytes.splice(at..at, piece);
            }
            _ => {
                for _ in 0..1 + self.below(24) {
                    let at = self.below(bytes.len());
                    bytes[at] = self.below(256) as u8;
                }
            }
        }
        bytes
    }
}

/// Panics of the library that interprets PDF files are caught where they arise, in a thread of that name.
fn pass_over_caught_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |told| {
        if std::thread::current().name() != Some("pdf") {
            usual(told);
        }
    }));
}

fn damage(name: &str) {
    pass_over_caught_panics();
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/readers")
        .join(name);
    let whole = fs::read(path).unwrap();
    let copies = env::var("COPIES").ok().and_then(|copies| copies.parse().ok());
    let mut dice = Dice(2023);
    for copy in 0..copies.unwrap_or(COPIES) {
        let bytes = dice.damaged(&whole);
        let begun = Instant::now();
        match document::read(name, &bytes) {
            Ok(document) => {
                from_document::facts_of(&document, UnitTable::built_in());
                document.blocks.iter().for_each(|block| {
                    document.address(block.range.start);
                });
            }
            Err(message) => assert!(message.contains('请'), "copy {copy} of {name}: {message}"),
        }
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "copy {copy} of {name}: {:?}",
            begun.elapsed()
        );
    }
}

macro_rules! damaged {
    ($($test:ident $feature:literal $name:literal,)*) => {
        $(
            #[test]
            #[cfg(feature = $feature)]
            fn $test() {
                damage($name);
            }
        )*
    };
}

damaged! {
    two_hundred_damaged_docx_files "docx" "自评.docx",
    two_hundred_damaged_xlsx_files "xlsx" "自评.xlsx",
    two_hundred_damaged_xls_files "xls" "自评.xls",
    two_hundred_damaged_ods_files "ods" "自评.ods",
    two_hundred_damaged_odt_files "odt" "自评.odt",
    two_hundred_damaged_pdf_files "pdf" "自评.pdf",
    two_hundred_damaged_printed_sheets "pdf" "打印的表.pdf",
    two_hundred_damaged_web_pages "default" "自评.html",
    two_hundred_damaged_markdown_files "default" "自评.md",
}
