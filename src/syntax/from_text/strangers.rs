//! A line that begins with no keyword to what its writer most likely meant: what is wrong, and the line as it should be.

use super::lines::{COLONS, Line, is_blank};
use super::mistakes::{example, wrong};
use super::{advice, broken, slips, vocabulary};
use crate::finding::Finding;
use crate::syntax::keywords::{self, Keyword, Place, Word};
use std::ops::Range;

/// What a line was taken for.
pub struct Guess {
    /// What is wrong with it.
    pub finding: Finding,
    /// The keyword that was meant and where its content stands, when the line is read all the same.
    pub read: Option<(&'static Keyword, Range<usize>)>,
    /// Whether that message shows all of the line, so that nothing more is said of its content.
    pub quiet: bool,
    /// Whether it is the second half of the attribute above, which then says nothing by itself.
    pub second_half: bool,
}

impl Guess {
    fn told(finding: Finding) -> Guess {
        Guess {
            finding,
            read: None,
            quiet: true,
            second_half: false,
        }
    }

    fn read(finding: Finding, row: &'static Keyword, content: Range<usize>, quiet: bool) -> Guess {
        Guess {
            read: Some((row, content)),
            quiet,
            ..Guess::told(finding)
        }
    }
}

/// A word before a colon that is longer than this is a sentence.
const LONGEST_WORD: usize = 16;

/// What the writer of a line meant; `open` is the block in which it stands.
pub fn understand(line: &Line, text: &str, open: Option<Word>) -> Guess {
    let words = &text[line.range.clone()];
    let marks = slips::marks(words);
    let bare = slips::unmarked(&words[marks..]);
    if !bare.contains(char::is_alphanumeric) || words.starts_with("```") {
        return Guess::told(signs_only(line, words));
    }
    if words.starts_with('{') {
        return Guess::told(data(line));
    }
    let part = Part {
        line,
        bare,
        start: line.range.start + marks,
        mark: words[..marks].trim_matches(is_blank),
    };
    let colon = colon_of(bare).filter(|colon| is_word(&bare[..*colon]));
    colon
        .and_then(|colon| part.with_colon(colon, open))
        .or_else(|| part.without_colon(open))
        .unwrap_or_else(|| match colon {
            Some(colon) => Guess::told(part.unknown(colon)),
            None => {
                let (finding, second_half) = broken::told(line, text);
                Guess {
                    second_half,
                    ..Guess::told(finding)
                }
            }
        })
}

/// The first colon that is none of a time of day.
fn colon_of(words: &str) -> Option<usize> {
    let clock = |colon: usize| {
        let digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
        digit(words[..colon].chars().next_back()) && digit(words[colon..].chars().nth(1))
    };
    words.find(COLONS).filter(|colon| !clock(*colon))
}

fn is_word(before: &str) -> bool {
    before.chars().count() <= LONGEST_WORD && !before.contains(['，', '。', '；', '！', '？'])
}

/// The words of a line without list marks before and after them.
struct Part<'a> {
    line: &'a Line,
    bare: &'a str,
    /// Where they begin in the text.
    start: usize,
    /// The marks before them.
    mark: &'a str,
}

impl Part<'_> {
    fn with_colon(&self, colon: usize, open: Option<Word>) -> Option<Guess> {
        let before = &self.bare[..colon];
        let sign = self.bare[colon..].chars().next().map_or(1, char::len_utf8);
        let after = content(before, &self.bare[colon + sign..]);
        let at = self.start + colon + sign;
        let content = at..at + after.len();
        let after = after.trim_matches(is_blank);
        let said = |message: String, row: &Keyword, after: &str| {
            let span = self.line.span(self.line.range.start..self.start + colon);
            wrong(message, span).help(written(row, after))
        };
        let guess = |finding, row, quiet| Some(Guess::read(finding, row, content.clone(), quiet));
        let core = before.trim_matches(|sign: char| !sign.is_alphanumeric());
        let plain = vocabulary::plain(core);
        if let Some((row, note)) = bracketed(before) {
            let message = format!("关键词里不要写“{note}”。");
            return guess(said(message, row, &with_note(row, note, after)), row, true);
        }
        if let Some(row) = keywords::by_spelling(&plain) {
            return guess(said(self.adorned(before, core), row, after), row, false);
        }
        let simple = vocabulary::simplified(&plain);
        if let Some(row) = keywords::by_spelling(&simple).filter(|_| simple != plain) {
            let message = format!("关键词要写简体字，这里写的是“{core}”。");
            return guess(said(message, row, &vocabulary::simplified(after)), row, true);
        }
        match vocabulary::meant(&simple) {
            Some(Ok(row)) => {
                let row = match row.word {
                    // 名称 within the rules is that of an indicator.
                    Word::Rules if open.is_some_and(is_rule) => keywords::of(Word::Third),
                    _ => row,
                };
                let finding = said(no_such(core), row, after);
                return guess(finding, row, true);
            }
            Some(Err(advice)) => {
                let span = self.line.span(self.start..self.start + colon);
                return Some(Guess::told(
                    wrong(no_such(core), span).help(advised(core, after, advice)),
                ));
            }
            None => {}
        }
        let likely = nearest(&plain, open);
        let row = keywords::by_spelling(likely.first()?)?;
        let mut finding = said(no_such(core), row, after);
        if likely.len() > 1 {
            let all: Vec<String> = likely.iter().map(|word| format!("“{word}”")).collect();
            finding.help = format!("是不是想写{}？", all.join("或"));
            return Some(Guess::told(finding));
        }
        guess(finding, row, true)
    }

    /// 目标 ≥ 8000 家; 三级指标，上云企业数; and formulas without their keyword.
    fn without_colon(&self, open: Option<Word>) -> Option<Guess> {
        let bare = self
            .bare
            .trim_matches(|sign: char| "“”\"【】[]《》「」".contains(sign));
        let skipped = self.bare.find(bare).unwrap_or(0);
        let start = self.start + skipped;
        let end = start + bare.len();
        if let Some((row, length)) =
            keywords::beginning(bare).filter(|(row, length)| parts(row, &bare[*length..]))
        {
            let gap = |sign: char| is_blank(sign) || "；;，,、=＝—–-.．。】]》”\"".contains(sign);
            let rest = bare[length..].trim_start_matches(gap);
            let rest = rest
                .strip_prefix(['为', '是'])
                .filter(|_| !row_is_text(row))
                .unwrap_or(rest);
            let help = match rest.is_empty() {
                true => example(row),
                false => written(row, rest),
            };
            let span = self.line.span(self.line.range.start..start + length);
            let message = format!("“{}”后面少了冒号。", &bare[..length]);
            let finding = wrong(message, span).help(help);
            return Some(match rest.is_empty() {
                true => Guess::told(finding),
                false => Guess::read(finding, row, end - rest.len()..end, true),
            });
        }
        let earns = ["，得", ",得", "，计", " 得 "]
            .iter()
            .any(|sign| bare.contains(sign));
        let compares = bare.contains(['≥', '≤', '＞', '＜', '=', '＝', '>', '<']) || bare.contains("有值");
        let word = match open? {
            Word::Standard if earns => Word::Case,
            Word::Check
                if compares && !self.bare.starts_with(['≥', '≤', '=', '<', '>', '＝', '＜', '＞']) =>
            {
                Word::Require
            }
            _ => return None,
        };
        let row = keywords::of(word);
        let message = format!("这一行少了关键词“{}”。", row.text);
        let finding = wrong(message, self.line.span(self.line.range.clone())).help(written(row, bare));
        Some(Guess::read(finding, row, start..end, true))
    }

    fn adorned(&self, before: &str, core: &str) -> String {
        let around = before.replacen(core, "", 1);
        if around.contains(super::contents::is_quote) {
            return "关键词不要加引号。".to_owned();
        }
        if around.contains(['【', '[', '《', '［', '〔', '(', '（']) {
            return "关键词不要加括号。".to_owned();
        }
        match (self.mark, around.trim_matches(is_blank)) {
            ("", "") => "关键词中间有看不见的符号。".to_owned(),
            ("", around) => format!("关键词两边不要写“{around}”。"),
            (mark, _) if mark.starts_with('<') => format!("这里有网页的记号“{mark}”。"),
            (mark, _) => format!("关键词前面不要写“{mark}”。"),
        }
    }

    /// A word before a colon that means nothing.
    fn unknown(&self, colon: usize) -> Finding {
        let word = self.bare[..colon].trim_matches(is_blank);
        let span = self.line.span(self.start..self.start + word.len());
        let help = match self.bare.chars().count() <= 40 {
            true => format!(
                "如果是说明文字，写成：备注：{}",
                self.bare.trim_end_matches(is_blank)
            ),
            false => "如果是说明文字，在行首写“备注：”或者 #。".to_owned(),
        };
        wrong(no_such(word), span).help(help)
    }
}

/// What stands after a colon, without what closes a bracket or a row of data that was opened before it.
fn content<'a>(before: &str, after: &'a str) -> &'a str {
    let after = after.trim_end_matches(is_blank);
    if before.starts_with(['（', '(']) && !before.contains(['）', ')']) {
        return after.trim_end_matches(['）', ')']);
    }
    match before.starts_with('"') {
        true => after.trim_end_matches([',', '，']),
        false => after,
    }
}

/// What to do with a word that is no keyword, made of what follows it where that is possible.
fn advised(word: &str, after: &str, advice: &str) -> String {
    if vocabulary::HOLDS.contains(&word) {
        return advice::as_check(after);
    }
    let dated = vocabulary::DATED.contains(&word);
    let years = dated.then(|| advice::as_years(after)).flatten();
    years.unwrap_or_else(|| advice.to_owned())
}

fn no_such(word: &str) -> String {
    format!("没有“{word}”这个关键词。")
}

/// The line as it should be.
fn written(row: &Keyword, content: &str) -> String {
    let content = content.trim_matches(|sign| is_blank(sign) || matches!(sign, '{' | '['));
    match content.trim_end_matches([',', '，']) {
        "" => example(row),
        content => format!("写成：{}：{content}", row.text),
    }
}

fn is_rule(open: Word) -> bool {
    !matches!(keywords::of(open).place, Place::Header | Place::Anywhere)
}

fn row_is_text(row: &Keyword) -> bool {
    row.shape == keywords::Shape::Text
}

/// Whether a keyword at the beginning of a line is parted from what follows, so that it is no part of another word.
fn parts(row: &Keyword, rest: &str) -> bool {
    let indicator = matches!(
        row.word,
        Word::First | Word::Second | Word::Third | Word::Standard
    );
    match rest.chars().next() {
        None => true,
        Some(sign) if sign.is_ascii_digit() || is_blank(sign) || !sign.is_alphanumeric() => true,
        Some(_) => {
            (indicator && row.place == Place::Opener || rest.chars().count() == 1)
                && rest.chars().count() <= 40
        }
    }
}

/// 权重（分）, 目标值（≥）
fn bracketed(before: &str) -> Option<(&'static Keyword, &str)> {
    let open = before.find(['（', '('])?;
    let note = before[open..].trim_matches(is_blank);
    let word = vocabulary::plain(&before[..open]);
    let row = keywords::by_spelling(&word).or_else(|| vocabulary::meant(&word)?.ok())?;
    Some((row, note)).filter(|_| note.ends_with(['）', ')']))
}

/// The content with what stood in the brackets of its keyword: 20 分, ≥ 150 套.
fn with_note(row: &Keyword, note: &str, after: &str) -> String {
    let inner = note.trim_matches(|sign: char| "（）() ".contains(sign));
    let number = after.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    match row.word {
        Word::Points if number => format!("{after} 分"),
        Word::Target if inner.starts_with(['≥', '≤', '>', '<', '=']) => format!("{inner} {after}"),
        Word::Target if number => format!("{after} {inner}"),
        _ => after.to_owned(),
    }
}

/// The keywords that are nearest, those that can stand in the open block before others.
fn nearest(word: &str, open: Option<Word>) -> Vec<&'static str> {
    let all = keywords::all_nearest(word);
    let fits = |word: &&&str| {
        keywords::by_spelling(word).is_some_and(|row| match row.place {
            Place::Attribute(owners) => open.is_some_and(|open| owners.contains(&open)),
            _ => false,
        })
    };
    let here: Vec<&'static str> = all.iter().filter(fits).copied().collect();
    if here.is_empty() { all } else { here }
}

/// Fences of code, rules of `---`, braces and the like.
fn signs_only(line: &Line, words: &str) -> Finding {
    let shown: String = words.chars().take(12).collect();
    wrong(
        format!("这一行只有符号“{shown}”，不是规则。"),
        line.span(line.range.clone()),
    )
    .help("删去这一行。")
}

/// {"名称": "投放点数量", …}
fn data(line: &Line) -> Finding {
    wrong(
        "这一行像是从程序里导出的数据，不是规则。",
        line.span(line.range.clone()),
    )
    .help("改成一行一条，例如：三级指标：上云企业数，20 分；下一行写：目标：≥ 8000 家")
}
