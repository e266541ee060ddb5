//! Outcomes to the output as they come, in the format that was asked for, and the page that closes a batch.

use crate::cli::arguments::{CheckOptions, Format};
use crate::cli::output::{Output, Stop};
use crate::document::Document;
use crate::finding::{Outcome, Verdict};
use crate::render::to_terminal::Terminal;
use crate::render::totals::{self, Batch, Tally};
use crate::render::{Look, to_github, to_html, to_json, to_junit, to_rdjson, to_sarif, to_short};

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
    /// A SARIF log.
    Sarif,
    /// A document for review robots.
    Rdjson,
    /// One annotation a line.
    Github,
    /// One suite of cases a report.
    Junit,
    /// One page for a browser.
    Html,
}

impl Shape {
    /// The shape that the options ask for.
    pub fn of(options: &CheckOptions) -> Result<Shape, Stop> {
        match (options.format, options.jsonl) {
            (None | Some(Format::Json), true) => Ok(Shape::JsonLines),
            (Some(_), true) => Err(Stop::Failed(
                "--jsonl 是 JSON 的一种写法，不能与其他 --format 同时使用。".to_owned(),
            )),
            (None | Some(Format::Full), false) => Ok(Shape::Full),
            (Some(Format::Short), false) => Ok(Shape::Short),
            (Some(Format::Json), false) => Ok(Shape::Json),
            (Some(Format::Sarif), false) => Ok(Shape::Sarif),
            (Some(Format::Rdjson), false) => Ok(Shape::Rdjson),
            (Some(Format::Github), false) => Ok(Shape::Github),
            (Some(Format::Junit), false) => Ok(Shape::Junit),
            (Some(Format::Html), false) => Ok(Shape::Html),
        }
    }

    /// The text of one report. This is much of the work, so that it is done where the report was judged.
    pub fn report(self, outcome: &Outcome, document: Option<&Document>, look: Look) -> String {
        let mut text = String::new();
        match self {
            Shape::Full => Terminal::new(look).report(&mut text, outcome),
            Shape::Short => to_short::write(&mut text, outcome),
            Shape::Json => text = to_json::one(outcome),
            Shape::JsonLines => text = to_json::line(outcome),
            Shape::Sarif => text = to_sarif::results(outcome),
            Shape::Rdjson => text = to_rdjson::diagnostics(outcome),
            Shape::Github => to_github::write(&mut text, outcome),
            Shape::Junit => text = to_junit::suite(outcome),
            Shape::Html => text = to_html::section(outcome, document),
        }
        text
    }

    /// What stands before the first file.
    fn head(self, rule_files: &[Outcome]) -> String {
        match self {
            Shape::Json => to_json::head(rule_files),
            Shape::Sarif => to_sarif::head(),
            Shape::Rdjson => to_rdjson::HEAD.to_owned(),
            Shape::Junit => to_junit::HEAD.to_owned(),
            Shape::Html => to_html::head(),
            Shape::Full | Shape::Short | Shape::JsonLines | Shape::Github => String::new(),
        }
    }

    /// What a file of rules is told as; nothing where the head has told it, or where nobody asked.
    fn rule_file(self, outcome: &Outcome, told: bool, look: Look) -> String {
        let mut text = String::new();
        match self {
            Shape::Json => {}
            Shape::JsonLines => text = to_json::rule_file_line(outcome),
            Shape::Full if told => Terminal::new(look).rule_file(&mut text, outcome),
            Shape::Short if told => to_short::write(&mut text, outcome),
            Shape::Html if told => text = to_html::section(outcome, None),
            Shape::Full | Shape::Short | Shape::Html => {}
            Shape::Sarif | Shape::Rdjson | Shape::Junit | Shape::Github => {
                text = self.report(outcome, None, look)
            }
        }
        text
    }

    /// What stands between two files.
    fn between(self) -> &'static str {
        match self {
            Shape::Full => "\n",
            Shape::Json | Shape::Sarif | Shape::Rdjson => ",",
            Shape::Junit => to_junit::BETWEEN,
            Shape::Short | Shape::JsonLines | Shape::Github | Shape::Html => "",
        }
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
    /// The reports in the list of a page.
    rows: Vec<to_html::Row>,
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
            rows: Vec::new(),
            begun: false,
        }
    }

    /// Writes what was found of the rules. Where reports follow, people are told only of rules that have a fault.
    pub fn rule_files(&mut self, outcomes: &[Outcome], alone: bool) -> Result<(), Stop> {
        self.output.write(&self.shape.head(outcomes))?;
        for outcome in outcomes {
            let told = alone || !outcome.findings.is_empty() || outcome.verdict != Verdict::Pass;
            self.file(&self.shape.rule_file(outcome, told, self.look))?;
        }
        Ok(())
    }

    /// Writes a report and hands it on.
    pub fn report(&mut self, judged: Judged) -> Result<(), Stop> {
        self.file(&judged.text)?;
        if self.shape == Shape::Html {
            self.rows.push(to_html::Row::of(&judged.tally));
        }
        self.batch.count(judged.tally);
        self.output.hand_on()
    }

    /// Writes the end. What belongs on the error output beside lines that programs read is given back.
    pub fn end(&mut self) -> Result<String, Stop> {
        let mut page = String::new();
        let batch = &self.batch;
        if batch.verdicts.reports() > 1 || batch.stopped_before.is_some() {
            totals::write(&mut page, batch, self.look);
        } else if !matches!(self.shape, Shape::Full | Shape::Html) {
            // those two have said it of the report itself
            totals::known(&mut page, batch);
        }
        let (text, beside) = match self.shape {
            Shape::Full => (page, String::new()),
            Shape::Short | Shape::Github => (String::new(), page),
            Shape::Sarif => (to_sarif::tail(batch), page),
            Shape::Rdjson => (to_rdjson::TAIL.to_owned(), page),
            Shape::Junit => (to_junit::TAIL.to_owned(), page),
            Shape::Html => (to_html::tail(batch, &self.rows), page),
            Shape::Json => (to_json::tail(batch), String::new()),
            Shape::JsonLines => (to_json::totals_line(batch), String::new()),
        };
        self.output.write(&text)?;
        self.output.finish()?;
        Ok(beside)
    }

    /// An empty line stands between files for people, a comma between those in one document. A file of which nothing is
    /// told leaves no trace.
    fn file(&mut self, text: &str) -> Result<(), Stop> {
        if text.is_empty() {
            return Ok(());
        }
        if self.begun {
            self.output.write(self.shape.between())?;
        }
        self.begun = true;
        self.output.write(text)
    }
}
