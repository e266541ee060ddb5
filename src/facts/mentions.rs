//! Quantities become mentions: subject, role, period and scope from the clause, the column or the section.

use crate::document::Document;
use crate::facts::form::Form;
use crate::facts::{Heading, Mention, Number};

/// The mentions of a report, ascending by place. `form` is given where one was read: its columns give roles.
pub fn gather(
    _document: &Document,
    _numbers: &[Number],
    _outline: &[Heading],
    _form: Option<&Form>,
) -> Vec<Mention> {
    Vec::new()
}
