//! What the author of a rule file wrote, a span on every node.

pub mod from_text;
pub mod keywords;
