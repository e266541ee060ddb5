//! A finding's fingerprint: what it says, never where, so that it survives an edit elsewhere in the report.

use crate::finding::Finding;
use crate::render::positions::Positions;
use sha2::{Digest, Sha256};

/// The first 16 hex digits of the SHA-256 of the id, the subject and the words at the places, without white space and
/// with full-width letters and digits folded.
pub fn of(finding: &Finding, positions: &Positions) -> String {
    let mut hash = Sha256::new();
    hash_folded(&mut hash, &finding.check);
    hash_folded(&mut hash, &finding.subject);
    for place in &finding.places {
        hash_folded(&mut hash, positions.text(place.span));
    }
    let digest = hash.finalize();
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash_folded(hash: &mut Sha256, text: &str) {
    let folded: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{FEFF}'))
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect();
    hash.update(folded.as_bytes());
    // a sign that no text holds parts the fields, so that none can run into the next
    hash.update([0x1F]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::source::{Source, SourceId, Span};

    fn print(text: &str, quote: &str, subject: &str) -> String {
        let start = text.find(quote).unwrap_or(0);
        let sources = [Source::new("报告.md", text)];
        let span = Span::new(SourceId(0), start..start + quote.len());
        let mut finding = Finding::new(
            "target-mismatch",
            "目标前后不一致",
            Severity::Error,
            "".into(),
            span,
        );
        finding.subject = subject.into();
        of(&finding, &Positions::new(&sources))
    }

    #[test]
    fn it_survives_edits_elsewhere_and_other_spellings_of_the_same_words() {
        let first = print("目标 8000 家", "8000 家", "上云企业数");
        assert_eq!(first.len(), 16);
        assert_eq!(
            first,
            print("前面加了一段。\n目标８０００\n家", "８０００\n家", "上云企业数")
        );
    }

    #[test]
    fn other_numbers_and_other_subjects_give_another() {
        let first = print("目标 8000 家", "8000 家", "上云企业数");
        assert_ne!(first, print("目标 8001 家", "8001 家", "上云企业数"));
        assert_ne!(first, print("目标 8000 家", "8000 家", "上云企业"));
    }
}
