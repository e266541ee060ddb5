//! Rule text to syntax: lines by their keywords, contents by pest. The one room that knows pest; it never fails.

mod advice;
#[cfg(test)]
mod agreement;
mod broken;
mod bonus;
mod build;
mod contents;
mod formula;
mod goals;
mod grammar;
mod halves;
mod lines;
mod misplaced;
mod mistakes;
mod quick;
mod repairs;
mod rewrites;
mod slips;
mod stops;
mod strangers;
mod template;
#[cfg(test)]
mod tests;
mod vocabulary;

pub(super) use contents::{ascii_digit, is_quote};
pub use goals::within;
pub use lines::{COLONS, is_blank, keyword_of, trim};
pub(super) use quick::is_reserved;

use super::File;
use crate::finding::Finding;
use crate::source::SourceId;

/// Reads a rule file. Lines that cannot be read are left out and told, each once.
pub fn parse(text: &str, id: SourceId) -> (File, Vec<Finding>) {
    let mut file = File {
        source: id,
        statements: Vec::new(),
        comments: Vec::new(),
    };
    let mut findings = Vec::new();
    for line in lines::split(text, &mut file.comments, id) {
        lines::read(&line, text, &mut file, &mut findings);
    }
    mistakes::no_rules(text, &file, &mut findings);
    (file, findings)
}
