//! A PDF file to a document: characters and lines to paragraphs, tables and one plain text, each place with its page.

mod columns;
mod continued;
mod fragment;
mod frame;
mod grid;
mod interpret;
mod lines;
mod margins;
mod overflow;
mod page;
mod prose;
mod sizes;
mod tables;

use super::Document;
use super::structured::{Structured, Style};
use page::Page;

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let pages = interpret::pages(bytes)?;
    let mut structured = Structured::new();
    remarks(&pages, &mut structured)?;
    for item in tables::items(pages, &mut structured) {
        match item {
            tables::Item::Text(paragraph) => {
                structured.page(paragraph.page);
                structured.paragraph(&paragraph.text, Style::Plain);
            }
            tables::Item::Table(fragment) => {
                structured.table_on(tables::rows_of(&fragment), &fragment.pages);
            }
        }
    }
    structured.finish(name)
}

/// What the pages hold beside characters that can be read.
fn remarks(pages: &[Page], structured: &mut Structured) -> Result<(), String> {
    let shown: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    let unnamed: usize = pages.iter().map(|page| page.unnamed).sum();
    let pictured = |page: &&Page| page.pictured >= MOSTLY;
    if shown == 0 && unnamed == 0 {
        return Err(match pages.iter().any(|page| page.pictured > 0) {
            true => "这是扫描件，页面都是图片，没有文字，无法核对。请用原来的 Word 或 Excel 文件核对；没有原文件的，先用文字识别（OCR）软件转成 Word 再核对。".into(),
            false => "PDF 里没有文字，没有可核对的内容。请检查是否拿错了文件，或用原来的 Word 文件核对。".into(),
        });
    }
    if unnamed > shown {
        return Err("PDF 里的字没有标明是什么字，读不出来，无法核对。请用原来的 Word 文件核对，或把 PDF 用文字识别（OCR）软件转成 Word 再核对。".into());
    }
    for (at, page) in pages.iter().enumerate() {
        let number = at + 1;
        if page.glyphs.is_empty() && pictured(&page) {
            structured.unread(format!("第{number}页是图片，没有文字，没有核对"));
        } else if page.hidden * 2 > page.glyphs.len() && page.hidden > 0 {
            structured.unread(format!(
                "第{number}页的文字是从图片识别的，可能认错，核对结果请对照原件"
            ));
        }
        if page.is_cut {
            structured.unread(format!("第{number}页的字或线条太多，没有读全"));
        }
        if page.unnamed > FEW.max(page.glyphs.len() / 100) {
            structured.unread(format!(
                "第{number}页有{}个字没有标明是什么字，读不出来",
                page.unnamed
            ));
        }
    }
    Ok(())
}

/// A page of which pictures cover so many hundredths is one.
const MOSTLY: u32 = 40;
/// So many unknown characters may be marks of lists and frames.
const FEW: usize = 5;
