//! Statements to how far each is indented: by its level, and attributes by one more than what they belong to.

use crate::syntax::keywords::Word;
use crate::syntax::{File, Statement};

/// Every statement and attribute of a file with its indentation in full-width blanks.
pub fn of(file: &File) -> Vec<(&Statement, usize)> {
    let (mut first, mut second) = (0, 0);
    let mut all = Vec::new();
    for statement in &file.statements {
        let indent = match statement.word {
            Word::First => {
                (first, second) = (1, 0);
                0
            }
            Word::Second => {
                second = 1;
                first
            }
            // Below a 一级指标 a 三级指标 stands at its own level, whether or not there is a 二级指标.
            Word::Third => (2 * first).max(second),
            _ => 0,
        };
        all.push((statement, indent));
        all.extend(
            statement
                .attributes
                .iter()
                .map(|attribute| (attribute, indent + 1)),
        );
    }
    all
}
