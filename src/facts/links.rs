//! Addresses of the web in a text: the digits in them are no numerals.

use std::ops::Range;

/// The addresses of a text from left to right.
pub struct Links<'t> {
    text: &'t str,
    next: Option<Range<usize>>,
}

impl<'t> Links<'t> {
    /// The addresses of `text`.
    pub fn of(text: &'t str) -> Links<'t> {
        Links {
            text,
            next: link_from(text, 0),
        }
    }

    /// Where the address ends that covers the byte `at`. Asked for ascending places only.
    pub fn covering(&mut self, at: usize) -> Option<usize> {
        while self.next.as_ref().is_some_and(|link| link.end <= at) {
            let end = self.next.as_ref().map_or(at, |link| link.end);
            self.next = link_from(self.text, end);
        }
        let link = self.next.as_ref()?;
        (link.start <= at).then_some(link.end)
    }
}

/// The first address at or behind `from`: `://` and the signs after it.
fn link_from(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + memchr::memmem::find(&text.as_bytes()[from..], b"://")?;
    let graphic = |b: &&u8| b.is_ascii_graphic();
    let length = text.as_bytes()[start..].iter().take_while(graphic).count();
    Some(start..start + length)
}
