//! The grammar's productions as pest compiles them, and the one way to run them.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/jixiao.pest"]
struct Grammar;

/// Where a text left its production, and what could have stood there.
pub struct Failure {
    /// The byte offset in the text that was given.
    pub at: usize,
    /// The productions that were tried there.
    pub expected: Vec<Rule>,
}

/// Reads all of `text` by a production.
pub fn run(production: Rule, text: &str) -> Result<Pair<'_, Rule>, Failure> {
    let failed = |at, expected| Failure { at, expected };
    match Grammar::parse(production, text) {
        Ok(mut pairs) => pairs.next().ok_or_else(|| failed(0, Vec::new())),
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            Err(match error.variant {
                ErrorVariant::ParsingError { positives, .. } => failed(at, positives),
                ErrorVariant::CustomError { .. } => failed(at, Vec::new()),
            })
        }
    }
}
