//! The signs that end sentences, clauses and items, found once, so that where one begins is looked up and not searched.

/// What a sign ends. What ends a sentence ends its last clause, and what ends a clause its last item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ends {
    /// 。 ！ ？, the end of a line or of a cell
    Sentence,
    /// ， ； ：
    Clause,
    /// 、
    Item,
}

/// Whether a byte begins such a sign, or a letter that may be one.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let all = *b"\n\t|;:,\xE3\xEF";
    let mut at = 0;
    while at < all.len() {
        begins[all[at] as usize] = true;
        at += 1;
    }
    begins
};

/// What the letter at a byte ends, if it is such a sign.
#[inline]
fn ends(bytes: &[u8], at: usize) -> Option<Ends> {
    let rest = &bytes[at..];
    match rest.first()? {
        b'\n' | b'\t' | b'|' => Some(Ends::Sentence),
        b';' | b':' | b',' => Some(Ends::Clause),
        _ => match rest.first_chunk()? {
            [0xE3, 0x80, 0x82] | [0xEF, 0xBC, 0x81 | 0x9F] => Some(Ends::Sentence),
            [0xE3, 0x80, 0x81] => Some(Ends::Item),
            [0xEF, 0xBC, 0x8C | 0x9A | 0x9B] => Some(Ends::Clause),
            _ => None,
        },
    }
}

/// The signs of a text.
pub struct Breaks<'t> {
    bytes: &'t [u8],
    places: Vec<u32>,
}

/// Hardly any text has more than one such sign in so many bytes.
const DENSE: usize = 24;

impl<'t> Breaks<'t> {
    /// Finds them.
    pub fn of(text: &'t str) -> Breaks<'t> {
        let bytes = text.as_bytes();
        let mut places = Vec::with_capacity(bytes.len() / DENSE);
        for (at, byte) in bytes.iter().enumerate() {
            if BEGINS[usize::from(*byte)] && ends(bytes, at).is_some() {
                places.push(at as u32);
            }
        }
        Breaks { bytes, places }
    }

    /// How many of them stand before a place; `known` of them are known to.
    pub fn before(&self, at: usize, known: usize) -> usize {
        let more = self.places[known..].iter();
        known + more.take_while(|place| (**place as usize) < at).count()
    }

    fn all_before(&self, at: usize) -> usize {
        self.places.partition_point(|place| (*place as usize) < at)
    }

    /// Where what holds the place `at` begins: behind the last sign before it, not before `from`.
    pub fn start(&self, what: Ends, from: usize, at: usize) -> usize {
        self.start_behind(what, from, self.all_before(at))
    }

    /// The same for a place with so many signs before it.
    pub fn start_behind(&self, what: Ends, from: usize, before: usize) -> usize {
        self.behind(from, before, |place| {
            ends(self.bytes, place).is_some_and(|ends| ends <= what)
        })
    }

    /// Where the part of its sentence begins, between two ；, that holds a place with so many signs before it.
    pub fn segment_behind(&self, from: usize, before: usize) -> usize {
        self.behind(from, before, |place| {
            let parts = matches!(&self.bytes[place..], [b';', ..] | [0xEF, 0xBC, 0x9B, ..]);
            parts || ends(self.bytes, place) == Some(Ends::Sentence)
        })
    }

    /// Behind the last sign of a kind among so many, not before `from`.
    fn behind(&self, from: usize, before: usize, is_wanted: impl Fn(usize) -> bool) -> usize {
        let near = self.places[..before].iter().rev().map(|place| *place as usize);
        let mut near = near.take_while(|place| *place >= from);
        let length = |place: usize| if self.bytes[place] < 0x80 { 1 } else { 3 };
        near.find(|place| is_wanted(*place))
            .map_or(from, |place| place + length(place))
    }

    /// Where what holds the place `at` ends: before the first sign behind it, not behind `to`.
    pub fn end(&self, what: Ends, at: usize, to: usize) -> usize {
        self.end_behind(what, at, to, self.all_before(at))
    }

    /// The same, where so many signs are known to stand before the place.
    pub fn end_behind(&self, what: Ends, at: usize, to: usize, before: usize) -> usize {
        let far = self.places[before..].iter().map(|place| *place as usize);
        let far = far.skip_while(|place| *place < at);
        let mut far = far.take_while(|place| *place < to);
        let end = far.find(|place| ends(self.bytes, *place).is_some_and(|ends| ends <= what));
        end.unwrap_or(to.max(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_place_begins_behind_one_sign_and_ends_before_another() {
        let text = "甲。乙，丙、丁：戊！己";
        let breaks = Breaks::of(text);
        let at = text.find('丁').unwrap();
        let held = |what: Ends| &text[breaks.start(what, 0, at)..breaks.end(what, at, text.len())];
        assert_eq!(held(Ends::Item), "丁");
        assert_eq!(held(Ends::Clause), "丙、丁");
        assert_eq!(held(Ends::Sentence), "乙，丙、丁：戊");
        assert_eq!(breaks.start(Ends::Sentence, at, at), at);
        assert_eq!(breaks.end(Ends::Sentence, at, at), at);
        assert_eq!(Breaks::of("甲").end(Ends::Sentence, 0, 3), 3);
    }

    #[test]
    fn a_segment_begins_behind_a_semicolon_or_a_sentence() {
        let text = "甲。乙，丙；丁，戊；己";
        let breaks = Breaks::of(text);
        let segment = |word: char| {
            let at = text.find(word).unwrap();
            breaks.segment_behind(0, breaks.before(at, 0))
        };
        assert_eq!([segment('丙'), segment('戊'), segment('甲')], [6, 18, 0]);
        assert_eq!(breaks.before(text.len(), 2), 5);
    }
}
