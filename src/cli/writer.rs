//! Outcomes to the output as they come, in the format that was asked for, and the page that closes a batch.

use crate::cli::arguments::{CheckOptions, Format};
use crate::cli::output::{Output, Stop};
use crate::finding::{Outcome, Verdict};
use crate::render::to_terminal::Terminal;
use crate::render::totals::{self, Batch, Tally};
use crate::render::{Look, to_json, to_short};

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// For people, with the places underlined.
    Full,
    /// One line a finding.
    Short,
    /// One JSON document.
    Json,
    /// One JSON document a line.
    JsonLines,
}

impl Shape {
    /// The shape that the options ask for.
    pub fn of(options: &CheckOptions) -> Result<Shape, Stop> {
        match (options.format, options.jsonl) {
            (None | Some(Format::Json), true) => Ok(Shape::JsonLines),
            (Some(_), true) => Err(Stop::Failed(
                "--jsonl 是 JSON 的一种写法，不能与 --format full、short 同时使用。".to_owned(),
            )),
            (None | Some(Format::Full), false) => Ok(Shape::Full),
            (Some(Format::Short), false) => Ok(Shape::Short),
            (Some(Format::Json), false) => Ok(Shape::Json),
        }
    }

    /// The text of one report. This is much of the work, so that it is done where the report was judged.
    pub fn report(self, outcome: &Outcome, look: Look) -> String {
        let mut text = String::new();
        match self {
            Shape::Full => Terminal::new(look).report(&mut text, outcome),
            Shape::Short => to_short::write(&mut text, outcome),
            Shape::Json => text = to_json::one(outcome),
            Shape::JsonLines => text = to_json::line(outcome),
        }
        text
    }
}

/// A report that was judged: its text, and what is kept of it for the page at the end.
pub struct Judged {
    /// The text in the shape that was asked for.
    pub text: String,
    /// What is kept.
    pub tally: Tally,
}

/// Writes a run.
pub struct Writer<'a> {
    output: &'a mut Output,
    shape: Shape,
    look: Look,
    /// What the run has come to so far.
    pub batch: Batch,
    /// Whether anything stands before the next file.
    begun: bool,
}

impl<'a> Writer<'a> {
    /// A writer to that output.
    pub fn new(output: &'a mut Output, shape: Shape, look: Look) -> Writer<'a> {
        Writer {
            output,
            shape,
            look,
            batch: Batch::default(),
            begun: false,
        }
    }

    /// Writes what was found of the rules. Where reports follow, people are told only of rules that have a fault.
    pub fn rule_files(&mut self, outcomes: &[Outcome], alone: bool) -> Result<(), Stop> {
        if self.shape == Shape::Json {
            return self.output.write(&to_json::head(outcomes));
        }
        for outcome in outcomes {
            let told = alone || !outcome.findings.is_empty() || outcome.verdict != Verdict::Pass;
            let mut text = String::new();
            match self.shape {
                Shape::JsonLines => text = to_json::rule_file_line(outcome),
                Shape::Full if told => Terminal::new(self.look).rule_file(&mut text, outcome),
                Shape::Short if told => to_short::write(&mut text, outcome),
                _ => continue,
            }
            self.file(&text)?;
        }
        Ok(())
    }

    /// Writes a report and hands it on.
    pub fn report(&mut self, judged: Judged) -> Result<(), Stop> {
        self.file(&judged.text)?;
        self.batch.count(judged.tally);
        self.output.hand_on()
    }

    /// Writes the end. What belongs on the error output beside lines that programs read is given back.
    pub fn end(&mut self) -> Result<String, Stop> {
        let mut page = String::new();
        let batch = &self.batch;
        if batch.verdicts.reports() > 1 || batch.stopped_before.is_some() {
            totals::write(&mut page, batch, self.look);
        }
        let (text, beside) = match self.shape {
            Shape::Full => (page, String::new()),
            Shape::Short => (String::new(), page),
            Shape::Json => (to_json::tail(batch), String::new()),
            Shape::JsonLines => (to_json::totals_line(batch), String::new()),
        };
        self.output.write(&text)?;
        self.output.finish()?;
        Ok(beside)
    }

    /// An empty line stands between files for people, a comma between those in one document.
    fn file(&mut self, text: &str) -> Result<(), Stop> {
        let between = match self.shape {
            Shape::Full => "\n",
            Shape::Json => ",",
            Shape::Short | Shape::JsonLines => "",
        };
        if self.begun {
            self.output.write(between)?;
        }
        self.begun = true;
        self.output.write(text)
    }
}
