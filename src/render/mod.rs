//! Outcomes to what people and programs read, one format a file.

pub mod facts_to_json;
pub mod facts_to_terminal;
pub mod fingerprint;
pub mod links;
pub mod positions;
pub mod rules_to_docx;
pub mod rules_to_markdown;
pub mod rules_to_terminal;
pub mod to_json;
pub mod to_short;
pub mod to_terminal;
pub mod to_terminal_snippet;
pub mod totals;
pub mod trials_to_json;
pub mod trials_to_junit;
pub mod trials_to_terminal;
pub mod words;
pub mod wrap;

/// How text for people is laid out. Who asked for colour, and how wide the screen is, only `cli` knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Whether escape sequences for colour are written.
    pub color: bool,
    /// The width to wrap at, in columns of one Latin letter.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            color: false,
            width: 80,
        }
    }
}
