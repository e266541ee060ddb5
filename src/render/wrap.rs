//! Lines of a given width out of Chinese and Latin text: characters are two columns or one, and no line begins with ，.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes on the screen.
pub fn width(text: &str) -> usize {
    let plain: Option<usize> = text.chars().map(plain_width).sum();
    plain.unwrap_or_else(|| text.width())
}

/// The columns that a character takes on the screen.
pub fn char_width(c: char) -> usize {
    plain_width(c).unwrap_or_else(|| c.width().unwrap_or(0))
}

/// The columns of the commonest characters, which take them wherever they stand: they need not be looked up.
fn plain_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '\u{FF01}'..='\u{FF5E}' => Some(2),
        _ => None,
    }
}

/// Whether a character may not begin a line.
fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '！'
            | '？'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '」'
            | '』'
            | '”'
            | '’'
            | '〕'
            | '］'
            | '％'
            | '%'
            | '…'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
    )
}

/// Whether a character may not end a line.
fn opens(c: char) -> bool {
    matches!(
        c,
        '（' | '【' | '《' | '〈' | '「' | '『' | '“' | '‘' | '〔' | '［' | '(' | '[' | '{'
    )
}

fn parts_between(before: char, after: char) -> bool {
    if after == ' ' || closes(after) || opens(before) {
        return false;
    }
    before == ' '
        || char_width(before) > 1
        || char_width(after) > 1
        || opens(after)
        || closes(before) && !after.is_ascii()
}

/// The first piece of a line that is not broken, and the rest.
fn first_piece(line: &str) -> (&str, &str) {
    let mut before = None;
    let cut = line.char_indices().find(|(_, c)| {
        let parted = before.is_some_and(|before| parts_between(before, *c));
        before = Some(*c);
        parted
    });
    line.split_at(cut.map_or(line.len(), |(at, _)| at))
}

/// Writes `text` to `out` in lines of at most `most` columns. The first begins with `first`, the others with blanks of the
/// same width; a line break in the text is kept. Ends with a line break.
pub fn wrapped(out: &mut String, first: &str, text: &str, most: usize) {
    let indent = width(first);
    let room = most.saturating_sub(indent).max(20);
    out.push_str(first);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            new_line(out, indent);
        }
        let mut used = 0;
        let mut rest = line;
        loop {
            let (fitting, wide) = fitting(rest, room.saturating_sub(used));
            out.push_str(&rest[..fitting]);
            used += wide;
            rest = &rest[fitting..];
            if rest.is_empty() {
                break;
            }
            let (piece, after) = first_piece(rest);
            let wide = width(piece.trim_end());
            if used > 0 && used + wide > room {
                new_line(out, indent);
                used = 0;
            }
            used = push_piece(out, piece, used, room, indent);
            rest = after;
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

/// The pieces at the beginning of a text that stand in so many columns as they are, and the columns that they take: the
/// most of what is written, and nothing of it need be looked at piece by piece.
fn fitting(text: &str, room: usize) -> (usize, usize) {
    let mut used = 0;
    let over = text.char_indices().find(|(_, c)| match plain_width(*c) {
        Some(wide) if used + wide <= room => {
            used += wide;
            false
        }
        _ => true,
    });
    let Some((at, mut after)) = over else {
        return (text.len(), used);
    };
    // back to where the piece begins that does not fit
    for (at, before) in text[..at].char_indices().rev() {
        if parts_between(before, after) {
            return (at + before.len_utf8(), used);
        }
        used -= char_width(before);
        after = before;
    }
    (0, 0)
}

/// Writes one piece; one that is wider than a line is broken anywhere. Gives the columns used in the last line.
fn push_piece(out: &mut String, piece: &str, mut used: usize, room: usize, indent: usize) -> usize {
    for c in piece.chars().map(shown) {
        let wide = char_width(c);
        if used + wide > room && c != ' ' && !closes(c) {
            new_line(out, indent);
            used = 0;
        }
        push_shown(out, c);
        used += wide;
    }
    used
}

fn new_line(out: &mut String, indent: usize) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Whether a character could move the cursor, change colours or turn the direction of writing of the screen.
pub fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A report may hold anything: characters that steer the screen are shown as a sign of the same length in bytes.
pub fn shown(c: char) -> char {
    match c.len_utf8() {
        _ if !is_control(c) => c,
        // a tab is drawn as wide as the next stop is far: a picture that is drawn around it cannot know how far
        1 if c == '\t' => ' ',
        1 => '?',
        2 => '·',
        _ => '\u{FFFD}',
    }
}

fn push_shown(out: &mut String, c: char) {
    out.push(shown(c));
}

/// The text in one line without characters that steer the screen.
pub fn one_line(text: &str) -> String {
    if text.chars().all(|c| plain_width(c).is_some()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\n' | '\r')) {
        push_shown(&mut out, c);
    }
    out
}

/// The text in one line of at most `most` columns, with … where it was cut.
pub fn clipped(text: &str, most: usize) -> String {
    let line = one_line(text);
    if width(&line) <= most {
        return line;
    }
    let mut out = String::new();
    let mut used = 1;
    for c in line.chars() {
        used += char_width(c);
        if used > most {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// Writes a table: columns parted by two blanks, as wide as their widest cell, at most `most` columns a cell. Columns in
/// `right` are aligned to the right.
pub fn table(out: &mut String, indent: &str, rows: &[Vec<String>], right: &[usize], most: usize) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| clipped(cell, most)).collect())
        .collect();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in &rows {
        let start = out.len();
        out.push_str(indent);
        for (column, cell) in row.iter().enumerate().filter(|(column, _)| widths[*column] > 0) {
            let blanks = std::iter::repeat_n(' ', widths[column] - width(cell));
            if right.contains(&column) {
                out.extend(blanks);
                out.push_str(cell);
            } else {
                out.push_str(cell);
                out.extend(blanks);
            }
            out.push_str("  ");
        }
        out.truncate(start + out[start..].trim_end_matches(' ').len());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(first: &str, text: &str, most: usize) -> Vec<String> {
        let mut out = String::new();
        wrapped(&mut out, first, text, most);
        out.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_line_neither_begins_with_a_comma_nor_ends_with_an_opening_bracket() {
        let text = "产出指标共五十分已分三十分，尚余二十分（见附件）没有分到三级指标";
        assert_eq!(
            lines("", text, 26),
            [
                "产出指标共五十分已分三十",
                "分，尚余二十分（见附件）没",
                "有分到三级指标"
            ]
        );
    }

    #[test]
    fn a_number_and_a_latin_word_stay_whole() {
        assert_eq!(
            lines("  ", "目标是 8000 家，报告写作 10000 家 score-rule", 22),
            ["  目标是 8000 家，报告", "  写作 10000 家", "  score-rule"]
        );
    }

    #[test]
    fn an_escape_sequence_in_a_report_does_not_reach_the_screen() {
        assert_eq!(one_line("甲\u{1b}[31m乙\u{202e}\n丙"), "甲?[31m乙\u{FFFD}丙");
    }

    #[test]
    fn columns_of_a_table_line_up_under_wide_characters() {
        let mut out = String::new();
        let rows =
            [["指标", "分值"], ["上云企业数", "20"], ["a", "5"]].map(|row| row.map(str::to_owned).to_vec());
        table(&mut out, " ", &rows, &[1], 20);
        assert_eq!(out, " 指标        分值\n 上云企业数    20\n a              5\n");
    }

    #[test]
    fn the_commonest_characters_are_as_wide_as_any_table_says() {
        for c in '\0'..='\u{FFFF}' {
            if let Some(plain) = plain_width(c) {
                assert_eq!(Some(plain), c.width(), "{c}");
            }
        }
    }

    /// Piece by piece, with nothing taken for granted.
    fn slowly(first: &str, text: &str, most: usize) -> String {
        let (mut out, indent) = (first.to_owned(), width(first));
        let room = most.saturating_sub(indent).max(20);
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                new_line(&mut out, indent);
            }
            let (mut used, mut rest) = (0, line);
            while !rest.is_empty() {
                let (piece, after) = first_piece(rest);
                if used > 0 && used + width(piece.trim_end()) > room {
                    new_line(&mut out, indent);
                    used = 0;
                }
                used = push_piece(&mut out, piece, used, room, indent);
                rest = after;
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        out + "\n"
    }

    proptest! {
        #[test]
        fn what_fits_is_written_as_it_would_be_piece_by_piece(
            text in "([a-z0-9]{0,6}|[，。（）“”—…%.]{0,3}|[汉字表格]{0,9}| {0,4}|[é😀\u{7}\t\u{301}]|\n){0,40}",
            first in "|  |  规则：",
            most in 10usize..100,
        ) {
            let mut out = String::new();
            wrapped(&mut out, &first, &text, most);
            prop_assert_eq!(out, slowly(&first, &text, most));
        }

        #[test]
        fn wrapping_loses_no_character_and_keeps_the_width(text in "[a-z0-9，。（）汉字表格 ]{0,200}", most in 24usize..100) {
            let found = lines("", &text, most);
            let joined: String = found.concat();
            prop_assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
            for line in &found {
                // closing signs may hang over the edge rather than begin a line
                prop_assert!(width(line.trim_end_matches(closes)) <= most, "{}", line);
            }
        }
    }
}
