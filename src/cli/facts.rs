//! `jixiao facts`: what was read of reports, before any rule has its say.

use crate::cli::arguments::{Color, FactsFormat, FactsOptions};
use crate::cli::load::{self, Problem};
use crate::cli::output::{self, Output, Stop};
use crate::cli::walk::{self, Input};
use crate::cli::{PASSED, UNDETERMINED};
use crate::document::{self, Document};
use crate::facts::{Facts, from_document};
use crate::quantity::UnitTable;
use crate::render::facts_to_json::{self, Read};
use crate::render::facts_to_terminal;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// A file's name, and what was read of it or why not.
type Reading = (String, Result<(Document, Facts), Problem>);

/// Shows what was read of the reports.
pub fn run(options: &FactsOptions, output: &mut Output) -> Result<u8, Stop> {
    let mut kept: Vec<Reading> = Vec::new();
    let mut code = PASSED;
    for (number, input) in walk::inputs(&options.files).files.into_iter().enumerate() {
        let reading = read(input);
        if let Err(problem) = &reading.1 {
            code = UNDETERMINED;
            output.finish()?;
            output::complain(&format!("{}：{}{}", reading.0, problem.message, problem.help));
        }
        if options.format == FactsFormat::Json {
            kept.push(reading);
        } else if let Ok((document, facts)) = &reading.1 {
            let mut text = String::from(if number > 0 { "\n" } else { "" });
            let look = output.look(Color::Auto);
            facts_to_terminal::write(&mut text, document, facts, options.all_numbers, look);
            output.write(&text)?;
        }
    }
    if options.format == FactsFormat::Json {
        output.write(&json(&kept, options.all_numbers))?;
    }
    Ok(code)
}

fn json(kept: &[Reading], all_numbers: bool) -> String {
    let read: Vec<Read> = kept
        .iter()
        .map(|(path, reading)| match reading {
            Ok((document, facts)) => Read::Report(document, facts),
            Err(problem) => Read::Unread(path, &problem.message),
        })
        .collect();
    facts_to_json::render(&read, all_numbers)
}

fn read(input: Input) -> Reading {
    match input {
        Input::Unreadable(path, problem) => (path, Err(problem)),
        Input::Rules(path) => {
            let problem = load::problem("这是规则文件，不是报告。", "检查规则文件请用 jixiao check。");
            (load::shown(&path), Err(problem))
        }
        Input::Report(path) => {
            let reading = panic::catch_unwind(AssertUnwindSafe(|| facts_of(&path)));
            let crash = || load::problem("读这个文件时程序出错。", "请把这个文件告诉维护者。");
            (load::shown(&path), reading.unwrap_or_else(|_| Err(crash())))
        }
    }
}

fn facts_of(path: &Path) -> Result<(Document, Facts), Problem> {
    let name = load::shown(path);
    let bytes = load::read_report(path)?;
    let document = document::read_owned(&name, bytes).map_err(|message| load::problem(&message, ""))?;
    let facts = from_document::facts_of(&document, UnitTable::built_in());
    Ok((document, facts))
}
