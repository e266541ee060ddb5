//! `jixiao facts`: what was read of reports, before any rule has its say.

use crate::cli::arguments::{Color, FactsFormat, FactsOptions};
use crate::cli::batch::{self, Turn};
use crate::cli::load::{self, Problem};
use crate::cli::output::{self, Output, Stop};
use crate::cli::walk::{self, Input};
use crate::cli::{PASSED, UNDETERMINED};
use crate::document::Document;
use crate::facts::{Facts, from_document};
use crate::quantity::UnitTable;
use crate::render::Look;
use crate::render::facts_to_json::{self, Read};
use crate::render::facts_to_terminal;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// All that the reading of a file needs.
struct Work {
    files: Vec<Input>,
    options: FactsOptions,
    look: Look,
}

/// What is to be written of a file, and what to be complained of.
struct Told {
    text: Option<String>,
    problem: Option<String>,
}

/// Shows what was read of the reports, in the order of the arguments.
pub fn run(options: FactsOptions, output: &mut Output) -> Result<u8, Stop> {
    let (files, json) = (
        walk::inputs(&options.files).files,
        options.format == FactsFormat::Json,
    );
    let (count, alone) = (files.len(), matches!(files.as_slice(), [one] if one.is_short()));
    let look = output.look(Color::Auto);
    let work = Work { files, options, look };
    let mut code = PASSED;
    let mut between = "";
    if json {
        output.write(&facts_to_json::head())?;
    }
    let told = move |number| work.told(number);
    let done = batch::run(count, alone, None, told, &mut |turn| {
        let Turn::Next(Told { text, problem }) = turn else {
            return Ok(());
        };
        if let Some(text) = text {
            output.write(between)?;
            output.write(&text)?;
        }
        between = if json { "," } else { "\n" };
        output.hand_on()?;
        if let Some(problem) = problem {
            code = UNDETERMINED;
            output::complain(&problem);
        }
        Ok(())
    })?;
    if json {
        output.write(facts_to_json::TAIL)?;
    }
    if done < count {
        output.hand_on()?;
        output::complain(&format!(
            "已中断：共 {count} 个文件，读了 {done} 个，其余没有读。"
        ));
        code = UNDETERMINED;
    }
    Ok(code)
}

impl Work {
    /// A fault of the program in one file must not stop the others.
    fn told(&self, number: usize) -> Told {
        let input = &self.files[number];
        panic::catch_unwind(AssertUnwindSafe(|| self.read(input))).unwrap_or_else(|_| {
            let problem = load::problem("读这个文件时程序出错。", "请把这个文件告诉维护者。");
            self.unread(&input.shown(), &problem)
        })
    }

    fn read(&self, input: &Input) -> Told {
        let read = match input {
            Input::Unreadable(_, problem) => Err(problem.clone()),
            Input::Rules(_) | Input::Waivers(_) => Err(load::problem(
                "这是规则文件，不是报告。",
                "检查规则文件请用 jixiao check。",
            )),
            Input::Report(path) => facts_of(path),
        };
        let (document, facts) = match read {
            Ok(read) => read,
            Err(problem) => return self.unread(&input.shown(), &problem),
        };
        let all = self.options.all_numbers;
        let mut text = String::new();
        if self.options.text {
            let told = document.source.text.trim_end_matches('\n');
            return Told {
                text: Some(format!("{told}\n")),
                problem: None,
            };
        }
        match self.options.format {
            FactsFormat::Json => text = facts_to_json::one(&Read::Report(&document, &facts), all),
            FactsFormat::Full => facts_to_terminal::write(&mut text, &document, &facts, all, self.look),
        }
        Told {
            text: Some(text),
            problem: None,
        }
    }

    fn unread(&self, path: &str, problem: &Problem) -> Told {
        let json = self.options.format == FactsFormat::Json;
        let all = self.options.all_numbers;
        Told {
            text: json.then(|| facts_to_json::one(&Read::Unread(path, &problem.message), all)),
            problem: Some(format!("{path}：{}{}", problem.message, problem.help)),
        }
    }
}

fn facts_of(path: &Path) -> Result<(Document, Facts), Problem> {
    let document = load::document(path)?;
    let facts = from_document::facts_of(&document, UnitTable::built_in());
    Ok((document, facts))
}
