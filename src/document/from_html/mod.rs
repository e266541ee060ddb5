//! A web page to a document: the part of it that holds the report, in paragraphs and tables.
//!
//! The tags are read here and not by a library: one pass over the text, in time and memory that grow with its length
//! only, whatever a page is made of. The trees of browsers' parsers take the square of it for a tag of many attributes
//! or for deeply nested elements, and repair what no reader of a report needs repaired. As tried with html5ever 0.40 in
//! one run: a tag of 20,000 attributes 74 ms, of 40,000 308 ms (here below 10 ms); 100,000 nested elements 26.7 s (here
//! 40 ms); 12 MB of entities 0.73 s (here 0.15 s).

mod flow;
mod region;
mod tables;
mod tokens;
mod tree;

use super::Document;
use super::decode;
use super::structured::Structured;

/// Pages are kilobytes; a larger one is something else.
const LONGEST: usize = 32 << 20;

/// Reads the bytes of a file. An error says in Chinese what is wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, String> {
    if bytes.len() > LONGEST {
        return Err("网页太大，不像是一份报告，没有读。请确认文件，或把报告部分另存一份再核对。".into());
    }
    let (text, note) = decode::page(bytes)?;
    let tree = tree::read(&text);
    let mut structured = Structured::new();
    if let Some(note) = note {
        structured.note(note);
    }
    if tree.is_cut {
        structured.unread("网页的内容太多，后面的没有读".into());
    }
    let region = region::of(&tree);
    flow::lay(&tree, &region, &mut structured);
    structured.finish(name)
}
