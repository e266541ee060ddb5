//! Where the items, segments and sentences of a text end, found in one pass.

/// What ends with a sign; what ends with a sentence ends with each of the others too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ends {
    /// An item of a list: ，、：
    Item,
    /// A part of a sentence: ；
    Segment,
    /// A sentence: 。！？ or the end of a line or cell
    Sentence,
}

/// A sign that ends something.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stop {
    /// Where it stands.
    pub start: u32,
    /// Where what follows begins.
    pub end: u32,
    /// What it ends.
    pub ends: Ends,
}

/// All such signs, ascending.
pub fn of(text: &str) -> Vec<Stop> {
    let bytes = text.as_bytes();
    let mut stops = Vec::with_capacity(bytes.len() / 24);
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        // the letters of Chinese
        if matches!(first, 0xE4..=0xEE) {
            at += 3;
            continue;
        }
        let (length, ends) = match first {
            0..0x80 => (1, of_ascii(first)),
            0xE3 | 0xEF => (3, of_three(bytes.get(at..at + 3))),
            0x80..0xE0 => (2, None),
            0xE0..0xF0 => (3, None),
            _ => (4, None),
        };
        if let Some(ends) = ends {
            stops.push(Stop {
                start: at as u32,
                end: (at + length) as u32,
                ends,
            });
        }
        at += length;
    }
    stops
}

fn of_ascii(sign: u8) -> Option<Ends> {
    match sign {
        b'\n' | b'|' | b'\t' => Some(Ends::Sentence),
        b';' => Some(Ends::Segment),
        b',' | b':' => Some(Ends::Item),
        _ => None,
    }
}

/// 。！？ ； ，、： in bytes.
fn of_three(sign: Option<&[u8]>) -> Option<Ends> {
    match sign? {
        [0xE3, 0x80, 0x82] | [0xEF, 0xBC, 0x81 | 0x9F] => Some(Ends::Sentence),
        [0xEF, 0xBC, 0x9B] => Some(Ends::Segment),
        [0xE3, 0x80, 0x81] | [0xEF, 0xBC, 0x8C | 0x9A] => Some(Ends::Item),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::prose::{ends_item, ends_sentence};
    use super::*;

    #[test]
    fn the_signs_are_those_by_which_passages_are_parted() {
        let text: String = (1..0x1_1000).filter_map(char::from_u32).collect();
        let expected = text.char_indices().filter(|(_, c)| ends_item(*c));
        let expected = expected.map(|(at, c)| Stop {
            start: at as u32,
            end: (at + c.len_utf8()) as u32,
            ends: match c {
                c if ends_sentence(c) => Ends::Sentence,
                '；' | ';' => Ends::Segment,
                _ => Ends::Item,
            },
        });
        assert_eq!(of(&text), expected.collect::<Vec<_>>());
    }
}
