//! Short reports of many layouts, labelled before they were judged: each fault of a cell is found, and nothing else is
//! told as a warning or an error. `soft` may be told and need not be; `missed` is known not to be found yet.

use jixiao::finding::{Finding, Severity};
use jixiao::source::Source;
use jixiao::{document, lint, model};
use std::fs;
use std::path::PathBuf;

struct Label {
    file: String,
    verdict: String,
    checks: Vec<String>,
    quotes: Vec<String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/documents/cells")
}

fn labels() -> Vec<Label> {
    let table = fs::read_to_string(folder().join("labels.tsv")).unwrap();
    let label = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        Label {
            file: cells[0].into(),
            verdict: cells[1].into(),
            checks: cells[2].split(',').map(str::to_owned).collect(),
            quotes: cells[3..]
                .iter()
                .filter(|quote| !quote.is_empty())
                .map(|quote| (*quote).to_owned())
                .collect(),
        }
    };
    table.lines().skip(1).map(label).collect()
}

/// The findings of a file, each with its message and the words that it quotes.
fn found(file: &str) -> Vec<(Finding, String)> {
    let bytes = fs::read(folder().join(file)).unwrap();
    let document = document::read(file, &bytes).unwrap();
    let (model, _) = model::from_syntax::load(Vec::<Source>::new(), &mut |_, _| None);
    let outcome = lint::report(&model, &document, None);
    let words = |finding: &Finding| {
        let quoted = finding.places.iter().map(|place| {
            let source = &outcome.sources[place.span.source.0 as usize];
            source.slice(place.span).to_owned()
        });
        let mut words: Vec<String> = quoted.collect();
        words.push(finding.message.clone());
        words.join("\n")
    };
    outcome
        .findings
        .iter()
        .map(|finding| (finding.clone(), words(finding)))
        .collect()
}

fn meets(label: &Label, finding: &Finding, words: &str) -> bool {
    let is_piece = |word: &str, quote: &str| word.chars().count() >= 2 && quote.contains(word);
    let speaks = |quote: &String| {
        words
            .lines()
            .any(|word| word.contains(quote) || is_piece(word, quote))
    };
    label.checks.contains(&finding.check) && label.quotes.iter().any(speaks)
}

#[test]
fn every_fault_is_found_and_nothing_else_is_told() {
    let labels = labels();
    let mut files: Vec<&str> = labels.iter().map(|label| label.file.as_str()).collect();
    files.dedup();
    let mut wrong = Vec::new();
    for file in files {
        let found = found(file);
        let own: Vec<&Label> = labels.iter().filter(|label| label.file == file).collect();
        for label in &own {
            let met = found.iter().any(|(finding, words)| meets(label, finding, words));
            match (label.verdict.as_str(), met) {
                ("issue", false) => wrong.push(format!(
                    "{file}: {:?} {:?} is not found",
                    label.checks, label.quotes
                )),
                ("missed", true) => {
                    wrong.push(format!("{file}: {:?} is found now: label it issue", label.checks))
                }
                _ => {}
            }
        }
        for (finding, words) in &found {
            let known = own.iter().any(|label| meets(label, finding, words));
            if finding.severity != Severity::Info && !known {
                wrong.push(format!(
                    "{file}: false alarm {} {}",
                    finding.check, finding.message
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
