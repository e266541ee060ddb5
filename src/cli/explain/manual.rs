//! `jixiao explain 规则.jx`: a rule file as sentences on the screen, or as 《规则说明》 in a file.

use crate::cli::arguments::Color;
use crate::cli::cited::Finder;
use crate::cli::explain::options::{ExplainOptions, ManualFormat};
use crate::cli::load;
use crate::cli::output::{Output, Stop, complain};
use crate::cli::{FAILED, PASSED};
use crate::finding::Severity;
use crate::model::from_syntax;
use crate::reading::manual::{self, For};
use crate::reading::{Block, catalogue};
use crate::render::{rules_to_docx, rules_to_markdown, rules_to_terminal};
use std::path::Path;

/// Reads a rule file out.
pub fn run(path: &str, options: &ExplainOptions) -> Result<u8, Stop> {
    let format = format_of(options)?;
    let source = load::read_rules(Path::new(path))
        .map_err(|problem| Stop::Failed(format!("“{path}”{}{}", problem.message, problem.help)))?;
    let mut finder = Finder::default();
    finder.know(&source.name);
    let (model, findings) = from_syntax::load(vec![source], &mut |cited, citing| finder.find(cited, citing));
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    let readers = if format == ManualFormat::Full {
        For::Author
    } else {
        For::Public
    };
    let blocks = manual::write(&model, readers, &catalogue::about);
    put(&blocks, options)?;
    if errors > 0 {
        complain(&format!(
            "“{path}”有 {errors} 处错误，上面只说了读懂的部分。用 jixiao check {path} 查看怎么改。"
        ));
    }
    Ok(if errors > 0 { FAILED } else { PASSED })
}

/// The format that is asked for. A document for Word is no text for the screen.
fn format_of(options: &ExplainOptions) -> Result<ManualFormat, Stop> {
    let format = options.format.unwrap_or(ManualFormat::Full);
    if format == ManualFormat::Docx && options.output.is_none() {
        let message = "docx 文档要写入文件，请加上 -o 和文件名，例如：-o 规则说明.docx。";
        return Err(Stop::Failed(message.to_owned()));
    }
    Ok(format)
}

/// Sets a document in the format that is asked for and writes it where it belongs.
pub fn put(blocks: &[Block], options: &ExplainOptions) -> Result<u8, Stop> {
    let format = format_of(options)?;
    let mut output = match &options.output {
        Some(path) => Output::named(path)?,
        None => Output::standard(),
    };
    match format {
        ManualFormat::Full => {
            let width = output.look(Color::Never).width;
            output.write(&rules_to_terminal::write(blocks, width))?;
        }
        ManualFormat::Md => output.write(&rules_to_markdown::write(blocks))?,
        ManualFormat::Docx => {
            let document = rules_to_docx::write(blocks);
            let document = document.map_err(|_| Stop::Failed("文档没有写成。".to_owned()))?;
            output.write_bytes(&document)?;
        }
    }
    output.finish()?;
    Ok(PASSED)
}
