//! A finding's fingerprint: what it says and of which numbers, never where, so that it survives another layout, another
//! file format and an edit elsewhere in the report, and changes with the numbers.

use super::{Finding, OF_ABSENCE};
use crate::source::Source;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// Gives each finding its fingerprint. Of findings that are alike in everything the second is told from the first by
/// its number, so that no two have one.
pub fn stamp(findings: &mut [Finding], sources: &[Arc<Source>]) {
    let mut alike: HashMap<String, u32> = HashMap::new();
    for finding in findings {
        let parts = parts(finding, sources);
        let first = digest(&parts, 1);
        let number = alike.entry(first.clone()).or_insert(0);
        *number += 1;
        finding.fingerprint = match *number {
            1 => first,
            number => digest(&parts, number),
        };
    }
}

/// What counts of a finding, each without white space: the id, the subject, what it should be, and the words at the
/// places in an order of their own, for paragraphs may be moved.
fn parts(finding: &Finding, sources: &[Arc<Source>]) -> Vec<String> {
    let words = |place: &super::Place| {
        let source = sources.get(place.span.source.0 as usize);
        folded(source.map_or("", |source| source.slice(place.span)))
    };
    let lacking = OF_ABSENCE.contains(&finding.check.as_str());
    let shown = finding.places.iter().filter(|_| !lacking);
    let mut places: Vec<String> = shown.map(words).collect();
    places.sort();
    places.dedup();
    let mut parts = vec![
        folded(&finding.check),
        folded(&finding.subject),
        folded(finding.expected.as_deref().unwrap_or("")),
    ];
    parts.extend(places);
    parts
}

/// The first 16 hex digits of the SHA-256 of the parts and the number.
fn digest(parts: &[String], number: u32) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        // a sign that no text holds parts the fields, so that none can run into the next
        hash.update([0x1F]);
    }
    if number > 1 {
        hash.update(number.to_le_bytes());
    }
    let digest = hash.finalize();
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A text as it is compared: without white space, marks of a table or of emphasis and grouping commas, full-width
/// letters and digits as the plain ones, and each comparison in one spelling.
pub fn folded(text: &str) -> String {
    let plain: Vec<char> = text
        .chars()
        .filter(|sign| {
            !sign.is_whitespace() && !matches!(sign, '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '|' | '*')
        })
        .map(|sign| match sign {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign),
            '≧' => '≥',
            '≦' => '≤',
            _ => sign,
        })
        .collect();
    let digit = |at: usize| plain.get(at).is_some_and(char::is_ascii_digit);
    let groups =
        |at: usize| at > 0 && digit(at - 1) && (1..=3).all(|step| digit(at + step)) && !digit(at + 4);
    let kept = plain
        .iter()
        .enumerate()
        .filter(|(at, sign)| **sign != ',' || !groups(*at));
    let kept: String = kept.map(|(_, sign)| *sign).collect();
    kept.replace(">=", "≥").replace("<=", "≤")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::source::{SourceId, Span};
    use proptest::prelude::*;

    /// The fingerprints of findings on one text, each with its subject and the quotes that it shows.
    fn stamped(text: &str, findings: &[(&str, &[&str])]) -> Vec<String> {
        let sources = [Arc::new(Source::new("报告.md", text))];
        let span = |quote: &str| {
            let start = text.find(quote).expect("the quote stands in the text");
            Span::new(SourceId(0), start..start + quote.len())
        };
        let mut all: Vec<Finding> = findings
            .iter()
            .map(|(subject, quotes)| {
                let (id, title) = ("target-mismatch", "目标前后不一致");
                let mut finding = Finding::new(id, title, Severity::Error, String::new(), span(quotes[0]));
                for quote in &quotes[1..] {
                    finding = finding.and(span(quote), "", "");
                }
                finding.subject = (*subject).into();
                finding
            })
            .collect();
        stamp(&mut all, &sources);
        all.into_iter().map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn it_survives_edits_elsewhere_and_other_spellings_of_the_same_words() {
        let first = stamped("目标 8000 家", &[("上云企业数", &["8000 家"])]);
        assert_eq!(first[0].len(), 16);
        for (text, quote) in [
            ("前面加了一段。\n目标８０００\n家", "８０００\n家"),
            ("目标8,000家", "8,000家"),
            ("| 目标 | **8000** 家 |", "**8000** 家"),
        ] {
            assert_eq!(first, stamped(text, &[("上云企业数", &[quote])]), "{text}");
        }
        let signs = |text: &str| stamped(text, &[("", &[text])]);
        assert_eq!(signs("≥95%"), signs(">= 95％"));
        assert_eq!(signs("≥95%"), signs("≧95%"));
    }

    #[test]
    fn other_numbers_and_other_subjects_give_another() {
        let first = stamped("目标 8000 家", &[("上云企业数", &["8000 家"])]);
        assert_ne!(first, stamped("目标 8001 家", &[("上云企业数", &["8001 家"])]));
        assert_ne!(first, stamped("目标 8000 家", &[("上云企业", &["8000 家"])]));
    }

    #[test]
    fn equal_findings_are_told_apart_by_their_number() {
        let text = "参于甲、参于乙";
        let three = stamped(
            text,
            &[("参于", &["参于"]), ("参于", &["参于"]), ("参于", &["参于"])],
        );
        assert!(three[0] != three[1] && three[1] != three[2] && three[0] != three[2]);
        assert_eq!(three[0], stamped(text, &[("参于", &["参于"])])[0]);
    }

    proptest! {
        /// Blanks, breaks, full-width digits and the order of the paragraphs leave it; any other number changes it.
        #[test]
        fn it_follows_the_numbers_alone(
            one in 1u32..100_000_000, other in 1u32..100_000_000, third in 1u32..100_000_000,
            blanks in "[ \t\n\u{3000}]{0,4}", wide in any::<bool>(), turned in any::<bool>(),
        ) {
            prop_assume!(one != other && other != third && one != third);
            let plain = (format!("甲{one}家"), format!("乙{other}家"));
            let spell = |number: u32| {
                let digits = number.to_string();
                let signs = digits.chars().map(|sign| match wide {
                    true => char::from_u32(sign as u32 + 0xFEE0).unwrap_or(sign),
                    false => sign,
                });
                signs.flat_map(|sign| [sign.to_string(), blanks.clone()]).collect::<String>()
            };
            let laid = (format!("甲{}家", spell(one)), format!("乙{}家", spell(other)));
            let text = match turned {
                true => format!("{}。\n\n{}。", laid.1, laid.0),
                false => format!("{}。{}。", laid.0, laid.1),
            };
            let first = stamped(&format!("{}。{}。", plain.0, plain.1), &[("家数", &[&plain.0, &plain.1])]);
            let places: [&str; 2] = if turned { [&laid.1, &laid.0] } else { [&laid.0, &laid.1] };
            prop_assert_eq!(&first, &stamped(&text, &[("家数", &places)]));
            let changed = format!("甲{third}家");
            let text = format!("{changed}。{}。", plain.1);
            prop_assert_ne!(&first, &stamped(&text, &[("家数", &[&changed, &plain.1])]));
        }
    }
}
