//! `jixiao facts`: what was read of reports, before any rule has its say.

use crate::cli::arguments::{Color, FactsFormat, FactsOptions};
use crate::cli::batch::{self, PATIENCE, Task, Turn};
use crate::cli::load::{self, Problem};
use crate::cli::output::{self, Output, Stop};
use crate::cli::submission::{self, Piece};
use crate::cli::walk::{self, Input};
use crate::cli::{PASSED, UNDETERMINED};
use crate::document::Document;
use crate::facts::{Facts, from_document};
use crate::ledger::Ledger;
use crate::model::from_syntax;
use crate::quantity::UnitTable;
use crate::render::Look;
use crate::render::facts_to_json::{self, Read};
use crate::render::facts_to_terminal;
use crate::render::links;
use crate::source::SourceId;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

/// All that the reading of a file needs.
struct Work {
    pieces: Vec<Piece>,
    options: FactsOptions,
    look: Look,
}

/// What is to be written of a file, and what to be complained of.
struct Told {
    text: Option<String>,
    problems: Vec<String>,
}

/// Shows what was read of the reports, in the order of the arguments.
pub fn run(options: FactsOptions, output: &mut Output) -> Result<u8, Stop> {
    let json = options.format == FactsFormat::Json;
    let pieces = submission::as_asked(walk::inputs(&options.files).files, options.as_one);
    let count = pieces.len();
    let alone = matches!(pieces.as_slice(), [one] if one.is_short());
    let look = output.look(Color::Auto);
    let work = Arc::new(Work {
        pieces,
        options,
        look,
    });
    let mut code = PASSED;
    let mut between = "";
    if json {
        output.write(&facts_to_json::head())?;
    }
    let shared = Arc::clone(&work);
    let task = Task {
        work: move |number: usize| shared.told(number),
        late: |number: usize| work.unread(&work.pieces[number].shown(), &load::late()),
        patience: PATIENCE,
    };
    let done = batch::run(count, alone, None, task, &mut |turn| {
        let Turn::Next(Told { text, problems }) = turn else {
            return Ok(());
        };
        if let Some(text) = text {
            output.write(between)?;
            output.write(&text)?;
        }
        between = if json { "," } else { "\n" };
        output.hand_on()?;
        for problem in problems {
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
        let piece = &self.pieces[number];
        panic::catch_unwind(AssertUnwindSafe(|| self.read(piece))).unwrap_or_else(|_| {
            let problem = load::problem("读这个文件时程序出错。", "请把这个文件告诉维护者。");
            self.unread(&piece.shown(), &problem)
        })
    }

    fn read(&self, piece: &Piece) -> Told {
        match piece {
            Piece::One(input) => match document_of(input) {
                Ok(document) => self.shown(&document),
                Err(problem) => self.unread(&input.shown(), &problem),
            },
            Piece::Several(submission) => {
                let (mut documents, mut problems) = (Vec::new(), Vec::new());
                for input in &submission.files {
                    match document_of(input) {
                        Ok(document) => documents.push(document),
                        Err(problem) => problems.push((input.shown(), problem)),
                    }
                }
                let complaints = || problems.iter().map(|(path, problem)| complaint(path, problem));
                if documents.is_empty() {
                    let none = load::problem("这些文件都没有读成。", "");
                    let mut told = self.unread(&submission.name, &none);
                    told.problems = complaints().collect();
                    return told;
                }
                let mut whole = Document::together(&submission.name, documents);
                let missed = problems
                    .iter()
                    .map(|(path, problem)| format!("“{path}”没有读成：{}", problem.message));
                whole.unread.extend(missed);
                let mut told = self.shown(&whole);
                told.problems = complaints().collect();
                told
            }
        }
    }

    fn shown(&self, document: &Document) -> Told {
        let facts = from_document::facts_of(document, UnitTable::built_in());
        let all = self.options.all_numbers;
        let mut text = String::new();
        match self.options.format {
            _ if self.options.text => {
                text = format!("{}\n", document.source.text.trim_end_matches('\n'));
            }
            _ if self.options.links => self.with_links(&mut text, document, &facts),
            FactsFormat::Json => text = facts_to_json::one(&Read::Report(document, &facts), all),
            FactsFormat::Full => facts_to_terminal::write(&mut text, document, &facts, all, self.look),
        }
        Told {
            text: Some(text),
            problems: Vec::new(),
        }
    }

    /// The same with the numbers that the standard rules take as one thing.
    fn with_links(&self, text: &mut String, document: &Document, facts: &Facts) {
        let all = self.options.all_numbers;
        let (model, _) = from_syntax::load(Vec::new(), &mut |_, _| None);
        let ledger = Ledger::new(&model, document, facts, SourceId(0), facts.year);
        let links = ledger.links();
        match self.options.format {
            FactsFormat::Json => {
                let found = links::json(document, &links);
                *text = facts_to_json::with_links(&Read::Report(document, facts), all, found);
            }
            FactsFormat::Full => {
                facts_to_terminal::write(text, document, facts, all, self.look);
                links::write(text, document, &links, self.look);
            }
        }
    }

    fn unread(&self, path: &str, problem: &Problem) -> Told {
        let json = self.options.format == FactsFormat::Json;
        let all = self.options.all_numbers;
        Told {
            text: json.then(|| facts_to_json::one(&Read::Unread(path, &problem.message), all)),
            problems: vec![complaint(path, problem)],
        }
    }
}

fn complaint(path: &str, problem: &Problem) -> String {
    format!("{path}：{}{}", problem.message, problem.help)
}

fn document_of(input: &Input) -> Result<Document, Problem> {
    match input {
        Input::Unreadable(_, problem) => Err(problem.clone()),
        Input::Rules(_) | Input::Waivers(_) => Err(load::problem(
            "这是规则文件，不是报告。",
            "检查规则文件请用 jixiao check。",
        )),
        Input::Report(path) => load::document(path),
    }
}
