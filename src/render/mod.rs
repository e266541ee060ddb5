//! Outcomes to what people and programs read, one format a file.

pub mod facts_to_json;
pub mod facts_to_terminal;
pub mod links;
mod number_parts;
mod places;
pub mod positions;
mod quantity_to_json;
pub mod rules_to_docx;
pub mod rules_to_markdown;
pub mod rules_to_terminal;
pub mod to_github;
pub mod to_html;
pub mod to_json;
pub mod to_junit;
pub mod to_rdjson;
pub mod to_sarif;
pub mod to_short;
pub mod to_terminal;
mod to_terminal_plain;
pub mod to_terminal_snippet;
pub mod totals;
mod totals_to_json;
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

/// Whether the laid-out text of a file is the file itself, so that lines and columns are those that an editor shows.
/// Of a Word or Excel file only the address means anything to its reader.
pub(crate) fn plain_text(path: &str) -> bool {
    let ending = path.rsplit(['.', '/', '\\']).next().unwrap_or("");
    ["txt", "md", "markdown", "text", "jx", "csv", "tsv"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}
