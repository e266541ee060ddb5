//! What came of trials to text for people: each with ✓ or ✗, what is missing or too much, and the checks never exercised.

use crate::finding::{Finding, Verdict};
use crate::render::positions::Positions;
use crate::render::to_terminal::Terminal;
use crate::render::{Look, words, wrap};
use crate::trial::{Missing, Ran, Tried, Unexpected};
use std::fmt::Write;

/// Findings that are listed beside a missing one; the rest is counted.
const OTHERS: usize = 5;
/// Places of a finding that are quoted.
const QUOTES: usize = 3;

/// Writes all files in one look.
pub fn render(tried: &[Tried], look: Look) -> String {
    let mut text = String::new();
    for file in tried {
        let pen = Pen {
            look,
            rules: Positions::new(&file.sources),
        };
        pen.file(&mut text, file);
    }
    if tried.len() > 1 {
        totals(&mut text, tried);
    }
    text
}

/// What came of some trials of a file, of which nothing follows for its checks.
pub fn results(file: &Tried, look: Look) -> String {
    let pen = Pen {
        look,
        rules: Positions::new(&file.sources),
    };
    let mut text = String::new();
    pen.wrapped(
        &mut text,
        "",
        &format!("{}：{}", wrap::one_line(&file.path), tally(file)),
    );
    file.ran.iter().for_each(|ran| pen.ran(&mut text, ran));
    text
}

struct Pen<'a> {
    look: Look,
    rules: Positions<'a>,
}

impl Pen<'_> {
    fn file(&self, out: &mut String, file: &Tried) {
        for outcome in &file.broken {
            Terminal::new(self.look).rule_file(out, outcome);
        }
        let head = format!("{}：{}", wrap::one_line(&file.path), tally(file));
        if !file.sources.is_empty() {
            self.wrapped(out, "", &head);
            if !file.broken.is_empty() {
                self.wrapped(
                    out,
                    "  ",
                    "规则有错误（见上），下面的结果只供参考，改正后再试一次。",
                );
            }
            for ran in &file.ran {
                self.ran(out, ran);
            }
            self.coverage(out, file);
        }
        out.push('\n');
    }

    fn ran(&self, out: &mut String, ran: &Ran) {
        let (sign, color) = if ran.passed() {
            ("✓", "32;1")
        } else {
            ("✗", "31;1")
        };
        out.push_str("  ");
        self.painted(out, color, sign);
        let _ = writeln!(out, " {}", wrap::one_line(&ran.name));
        for problem in &ran.problems {
            self.wrapped(out, "      没有试成：", &problem.message);
            self.line(out, problem.span);
        }
        for missing in &ran.missing {
            self.missing(out, missing, ran);
        }
        for unexpected in &ran.unexpected {
            self.unexpected(out, unexpected, ran);
        }
        for note in &ran.notes {
            self.wrapped(out, "      注意：", note);
        }
        if !ran.missing.is_empty() {
            for sentence in &ran.read {
                self.wrapped(out, "      ", sentence);
            }
            self.others(out, ran);
        }
    }

    fn missing(&self, out: &mut String, missing: &Missing, ran: &Ran) {
        self.wrapped(out, "    － 没有查出：", &missing.written);
        self.line(out, missing.span);
        for reason in &missing.reasons {
            self.wrapped(out, "      原因：", reason);
        }
        if let Some(near) = missing.nearest.and_then(|at| ran.findings().get(at)) {
            self.finding(out, "      最接近的：", near, ran);
        }
    }

    fn unexpected(&self, out: &mut String, unexpected: &Unexpected, ran: &Ran) {
        if let Some(finding) = ran.findings().get(unexpected.finding) {
            self.finding(out, "    ＋ 不应查出：", finding, ran);
            self.line(out, unexpected.span);
        }
    }

    /// What else was found, so that a writer sees what the rules made of his words.
    fn others(&self, out: &mut String, ran: &Ran) {
        let told = |at: usize| {
            ran.met.contains(&at)
                || ran.unexpected.iter().any(|unexpected| unexpected.finding == at)
                || ran.missing.iter().any(|missing| missing.nearest == Some(at))
        };
        let rest: Vec<&Finding> = ran
            .findings()
            .iter()
            .enumerate()
            .filter(|(at, _)| !told(*at))
            .map(|(_, finding)| finding)
            .collect();
        for finding in rest.iter().take(OTHERS) {
            self.finding(out, "      另查出：", finding, ran);
        }
        if rest.len() > OTHERS {
            let _ = writeln!(out, "      另查出：还有 {} 项。", rest.len() - OTHERS);
        }
    }

    fn finding(&self, out: &mut String, first: &str, finding: &Finding, ran: &Ran) {
        let subject = match finding.subject.as_str() {
            "" => String::new(),
            subject => format!("／{subject}"),
        };
        let severity = words::severity(finding.severity);
        let head = format!("{}{subject}（{severity}）{}", finding.title, finding.message);
        self.wrapped(out, first, &head);
        let sources = ran.outcome.as_ref().map_or(&[][..], |outcome| &outcome.sources);
        let positions = Positions::new(sources);
        for place in finding.places.iter().take(QUOTES) {
            let quote = positions.text(place.span).replace(['\n', '\r'], "");
            let (line, _) = positions.line_column(place.span);
            let at = match place.address.as_str() {
                "" => format!("（{} 第 {line} 行）", positions.path(place.span)),
                address => format!("（{address}）"),
            };
            self.wrapped(
                out,
                "        ",
                &format!("“{}”{at}", wrap::clipped(quote.trim(), 60)),
            );
        }
    }

    /// The line of the rule file that says what was expected.
    fn line(&self, out: &mut String, span: crate::source::Span) {
        let (line, _) = self.rules.line_column(span);
        let text = wrap::one_line(self.rules.text(span).trim());
        self.wrapped(out, "        ", &format!("第 {line} 行 {text}"));
    }

    fn coverage(&self, out: &mut String, file: &Tried) {
        let coverage = &file.coverage;
        if coverage.checks == 0 {
            return self.wrapped(out, "  ", "本文件没有写检查。");
        }
        if !coverage.never.is_empty() {
            self.wrapped(out, "  没有被任何验证触发过的检查：", &coverage.never.join("、"));
        }
        let (all, exercised) = (coverage.checks, coverage.exercised());
        let text = format!("检查 {all} 项，验证触发 {exercised} 项。");
        self.wrapped(out, "  ", &text);
        if file.lacks_coverage() {
            self.wrapped(
                out,
                "  ",
                "要求全部触发：请给上面每项检查补写一个验证，并写应提示。",
            );
        }
    }

    fn wrapped(&self, out: &mut String, first: &str, text: &str) {
        wrap::wrapped(out, first, text, self.look.width);
    }

    fn painted(&self, out: &mut String, code: &str, text: &str) {
        if self.look.color {
            let _ = write!(out, "\u{1b}[{code}m{text}\u{1b}[0m");
        } else {
            out.push_str(text);
        }
    }
}

fn tally(file: &Tried) -> String {
    let (all, passed) = (file.ran.len(), file.passed());
    match all {
        0 => "没有验证".to_owned(),
        _ => format!("{all} 个验证，通过 {passed}，不通过 {}", all - passed),
    }
}

fn totals(out: &mut String, tried: &[Tried]) {
    let all: usize = tried.iter().map(|file| file.ran.len()).sum();
    let passed: usize = tried.iter().map(Tried::passed).sum();
    let checks: usize = tried.iter().map(|file| file.coverage.checks).sum();
    let exercised: usize = tried.iter().map(|file| file.coverage.exercised()).sum();
    let broken = tried
        .iter()
        .filter(|file| file.verdict() == Verdict::Undetermined)
        .count();
    let _ = write!(
        out,
        "共 {} 个规则文件，{all} 个验证：通过 {passed}，不通过 {}；检查 {checks} 项，验证触发 {exercised} 项。",
        tried.len(),
        all - passed
    );
    if broken > 0 {
        let _ = write!(out, "{broken} 个文件有错误。");
    }
    out.push('\n');
}
