//! Look-alike characters and common slips of the pen, by the tables in data/.

use crate::document::Document;
use crate::facts::Oddity;

/// The oddities of a report, ascending by place.
pub fn oddities(_document: &Document) -> Vec<Oddity> {
    Vec::new()
}
