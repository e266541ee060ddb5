//! Comments and blank lines between statements, held back until it is known how far they are indented.

/// What stands between two statements.
enum Between {
    Blank,
    /// The blanks before a comment, and the comment.
    Comment(String, String),
}

/// Comments and blank lines that were not written yet.
pub struct Held {
    between: Vec<Between>,
    /// The statement above: the blanks before it as its author typed them, and its indentation.
    above: Option<(String, usize)>,
}

impl Held {
    /// Nothing, at the beginning of a file.
    pub fn new() -> Held {
        Held {
            between: Vec::new(),
            above: None,
        }
    }

    /// A blank line. Several are one, and none stands at the beginning of a file.
    pub fn blank(&mut self) {
        let begins = self.between.is_empty() && self.above.is_none();
        if !begins && !matches!(self.between.last(), Some(Between::Blank)) {
            self.between.push(Between::Blank);
        }
    }

    /// A comment on a line of its own.
    pub fn comment(&mut self, blanks: &str, words: &str) {
        self.between
            .push(Between::Comment(blanks.to_owned(), words.to_owned()));
    }

    /// Remembers the statement that was just written.
    pub fn below(&mut self, blanks: &str, indent: usize) {
        self.above = Some((blanks.to_owned(), indent));
    }

    /// Writes what was held, before a statement of that indentation.
    pub fn put(&mut self, out: &mut String, below: usize) {
        let between = std::mem::take(&mut self.between);
        let end = between
            .iter()
            .position(|piece| matches!(piece, Between::Blank))
            .unwrap_or(0);
        for (at, piece) in between.iter().enumerate() {
            if let Between::Comment(blanks, words) = piece {
                let above = self.above.as_ref().filter(|_| at < end);
                let own = above.filter(|(typed, indent)| *indent > 0 && belongs(blanks, typed));
                indent(out, own.map_or(below, |(_, indent)| *indent));
                put(out, words);
            }
            out.push('\n');
        }
    }

    /// Writes what was held at the end of a file.
    pub fn put_last(&mut self, out: &mut String) {
        while matches!(self.between.last(), Some(Between::Blank)) {
            self.between.pop();
        }
        // Nothing follows, so that a comment right below a statement may be a line of it that was put out of use.
        self.between.push(Between::Blank);
        self.put(out, 0);
        out.pop();
    }
}

/// Whether a comment that a blank line parts from what follows goes with the statement above it: it stands as far in.
fn belongs(blanks: &str, above: &str) -> bool {
    !blanks.is_empty() && blanks == above
}

/// Begins a line.
pub fn indent(out: &mut String, indent: usize) {
    (0..indent).for_each(|_| out.push('\u{3000}'));
}

/// Writes a comment with the sign that is canonical.
pub fn put(out: &mut String, words: &str) {
    out.push('#');
    out.push_str(words.strip_prefix(['#', '＃']).unwrap_or(words).trim_end());
}
