//! A model to what people read of it: every 检查 and 情形 as a sentence with a worked number, what is allotted and what
//! is left, and the whole as a document (《规则说明》) that `render` sets in one format or another.

pub mod adjustments;
pub mod case;
pub mod catalogue;
pub mod check;
mod clause;
mod demand;
mod fields;
pub mod manual;
mod noun;
mod numbers;
mod sample;
mod search;
pub mod shares;

use crate::expr::fields::Context;
use crate::model::Model;
use crate::quantity::Quantity;
pub use numbers::{interval_words, number};

/// A piece of a document, in the order of reading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// The title of the whole.
    Title(String),
    /// 一、…
    Heading(String),
    /// （一）…
    Subheading(String),
    /// A paragraph.
    Paragraph(String),
    /// An item of a list; its number is part of it.
    Item(String),
    /// Rows of cells, the first row being the header.
    Table(Vec<Vec<String>>),
    /// What stands at the end in smaller letters: version and digest.
    Closing(String),
}

/// Puts expressions into words: where they stand decides what the fields are called.
#[derive(Clone, Copy)]
pub struct Reader<'m> {
    /// The declared names.
    pub model: &'m Model,
    /// What a check goes through.
    pub context: Context,
    /// 参数 of a 评分标准, with their values.
    pub parameters: &'m [(String, Quantity)],
}

impl<'m> Reader<'m> {
    /// A reader of formulas of this context.
    pub fn new(model: &'m Model, context: Context) -> Reader<'m> {
        Reader {
            model,
            context,
            parameters: &[],
        }
    }
}

/// A sentence that reads a rule back, and a worked example of it where one was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// What the rule says.
    pub text: String,
    /// 例如：…
    pub example: Option<String>,
}

impl Sentence {
    /// Both as one paragraph.
    pub fn whole(&self) -> String {
        match &self.example {
            Some(example) => format!("{}{example}", self.text),
            None => self.text.clone(),
        }
    }
}
