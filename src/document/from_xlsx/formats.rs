//! A number format (0.00%, #,##0.00) and a stored number to the printed form.

use super::dates;
use super::decimal::Decimal;

/// The bytes of the longest code; Excel takes none of more than 255 characters.
const LONGEST: usize = 1000;

/// How numbers of a style are printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::document) enum Format {
    /// As many digits as fit.
    General,
    /// As text: the number as it is.
    Text,
    /// By the sections of a code: positive, negative, nought.
    Coded(Vec<Section>),
}

/// A section of a code.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::document) struct Section {
    /// What stands before and behind the digits.
    before: String,
    after: String,
    /// What stands between digits of the whole part, by how many of them follow: 0!.0, prints 5084000 as 508.4.
    between: Vec<(usize, String)>,
    /// 0 before the point: the least digits of the whole part.
    whole: usize,
    /// Digits behind the point that are always shown, and that are shown where they are not nought.
    least: usize,
    most: usize,
    has_digits: bool,
    /// Whether its digits are all ?, which print a blank for a nought: "-"?? prints a dash.
    is_blank: bool,
    grouped: bool,
    percents: i32,
    /// Each divides by a thousand.
    thousands: i32,
    /// A date: its tokens are read when it is printed.
    date: Option<String>,
    /// Fractions and powers of ten, which are printed in full instead.
    general: bool,
}

impl Format {
    /// The format of an id, which a code of the file may define.
    pub(in crate::document) fn of(id: u32, code: Option<&str>) -> Format {
        let code = code.or(built_in(id)).unwrap_or("General");
        let plain = code.trim();
        if plain.is_empty()
            || plain.len() > LONGEST
            || plain.eq_ignore_ascii_case("general")
            || plain == "G/通用格式"
        {
            return Format::General;
        }
        if plain == "@" {
            return Format::Text;
        }
        Format::Coded(
            sections(code)
                .iter()
                .map(|section| Section::parse(section))
                .collect(),
        )
    }

    /// A stored number as it is printed; what is no number as it stands.
    pub(in crate::document) fn printed(&self, value: &str, is_1904: bool) -> String {
        let Some(number) = Decimal::parse(value) else {
            return value.to_owned();
        };
        let sections = match self {
            Format::General | Format::Text => return general(number),
            Format::Coded(sections) => sections,
        };
        let (section, sign) = match (number.negative && !number.is_zero(), sections.as_slice()) {
            // A section of its own for negative numbers says itself how they are marked.
            (true, [_, negative, ..]) => (negative, ""),
            (false, [_, _, zero, ..]) if number.is_zero() => (zero, ""),
            (negative, [first, ..]) => (first, if negative { "-" } else { "" }),
            (_, []) => return general(number),
        };
        section.printed(number, sign, value, is_1904)
    }
}

/// The sections between semicolons that stand outside quotes.
fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut quoted = false;
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(String::new());
                continue;
            }
            '\\' | '!' if !quoted => {
                if let Some(last) = sections.last_mut() {
                    last.push(c);
                    last.extend(chars.next());
                }
                continue;
            }
            _ => {}
        }
        if let Some(last) = sections.last_mut() {
            last.push(c);
        }
    }
    sections
}

/// What a code is made of.
enum Token {
    Literal(String),
    Sign(char),
}

fn tokens(section: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => tokens.push(Token::Literal(chars.by_ref().take_while(|c| *c != '"').collect())),
            // a Chinese Excel writes ! where others write \\
            '\\' | '!' => tokens.push(Token::Literal(chars.next().map(String::from).unwrap_or_default())),
            // A blank as wide as a sign, and a sign that fills the cell.
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // [$¥-804]: a currency; [Red] and [>100] print nothing.
                if let Some(sign) = inner.strip_prefix('$') {
                    let sign = sign.split('-').next().unwrap_or("");
                    tokens.push(Token::Literal(sign.to_owned()));
                } else if matches!(
                    inner.to_ascii_lowercase().as_str(),
                    "h" | "hh" | "m" | "mm" | "s" | "ss"
                ) {
                    tokens.extend(inner.chars().map(Token::Sign));
                }
            }
            c => tokens.push(Token::Sign(c)),
        }
    }
    tokens
}

impl Section {
    fn parse(code: &str) -> Section {
        let tokens = tokens(code);
        let has = |signs: &str| {
            tokens
                .iter()
                .any(|token| matches!(token, Token::Sign(c) if signs.contains(*c)))
        };
        let mut section = Section::default();
        if has("yYdDhHsS") || (has("mM") && !has("0#?")) {
            section.date = Some(code.to_owned());
            return section;
        }
        section.is_blank = has("?") && !has("0#");
        section.general = has("Gg/") || (has("Ee") && has("0"));
        let (mut behind, mut commas, mut places) = (false, 0, 0);
        for token in &tokens {
            match token {
                Token::Sign(c @ ('0' | '#' | '?')) => {
                    section.has_digits = true;
                    section.grouped |= commas > 0;
                    commas = 0;
                    let fixed = usize::from(*c == '0');
                    if behind {
                        section.most += 1;
                        section.least = if fixed == 1 { section.most } else { section.least };
                    } else {
                        section.whole += fixed;
                        places += 1;
                        if !section.after.is_empty() {
                            let literal = std::mem::take(&mut section.after);
                            section.between.push((places - 1, literal));
                        }
                    }
                }
                Token::Sign('.') if section.has_digits || !behind => behind = true,
                Token::Sign(',') if section.has_digits => commas += 1,
                Token::Sign('%') => {
                    section.percents += 1;
                    section.literal("%");
                }
                Token::Sign('@') => {}
                Token::Sign(c) => section.literal(c.encode_utf8(&mut [0; 4])),
                Token::Literal(text) => section.literal(text),
            }
        }
        for (before, _) in &mut section.between {
            *before = places - *before;
        }
        section.percents = section.percents.min(2);
        section.thousands = commas.min(5);
        section
    }

    fn literal(&mut self, text: &str) {
        match self.has_digits {
            true => self.after.push_str(text),
            false => self.before.push_str(text),
        }
    }

    fn printed(&self, number: Decimal, sign: &str, value: &str, is_1904: bool) -> String {
        if let Some(code) = &self.date {
            return dates::printed(&number, code, is_1904).unwrap_or_else(|| value.to_owned());
        }
        if self.general {
            return general(number);
        }
        if !self.has_digits {
            return format!("{}{}", self.before, self.after).trim().to_owned();
        }
        let (mut whole, part) = number
            .shifted(2 * self.percents - 3 * self.thousands)
            .rounded(self.least.min(30), self.most.min(30));
        // -0.00 is printed as 0.00.
        let is_zero = whole == "0" && part.bytes().all(|byte| byte == b'0');
        let sign = if is_zero { "" } else { sign };
        if whole == "0" && self.whole == 0 && (self.is_blank || !part.is_empty()) {
            whole.clear();
        }
        while whole.len() < self.whole.min(30) {
            whole.insert(0, '0');
        }
        let mut whole = if self.grouped { grouped(&whole) } else { whole };
        for (follow, literal) in self.between.iter().rev() {
            // all digits are of one byte each
            if let Some(at) = whole
                .len()
                .checked_sub(*follow)
                .filter(|at| whole.is_char_boundary(*at))
            {
                whole.insert_str(at, literal);
            }
        }
        let point = if part.is_empty() { "" } else { "." };
        let text = format!("{sign}{}{whole}{point}{part}{}", self.before, self.after);
        text.trim().to_owned()
    }
}

/// 1234567 → 1,234,567
fn grouped(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() * 4 / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number in a cell without a format: ten digits and the point.
fn general(number: Decimal) -> String {
    let negative = number.negative && !number.is_zero();
    let most = 10usize.saturating_sub(number.whole_digits());
    let (whole, part) = number.rounded(0, most);
    let sign = if negative && (whole != "0" || !part.is_empty()) {
        "-"
    } else {
        ""
    };
    match part.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{part}"),
    }
}

/// The codes that every file knows, as a Chinese Excel prints them.
fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 | 48 => "0.00E+00",
        12 | 13 => "# ?/?",
        14 | 30 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 | 19 => "h:mm:ss",
        20 => "h:mm",
        21 | 45..=47 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 | 34 | 55 => "h\"时\"mm\"分\"",
        33 | 35 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str, code: &str) -> String {
        Format::of(164, Some(code)).printed(value, false)
    }

    #[test]
    fn the_printed_form_is_kept() {
        assert_eq!(shown("0.84666666666666668", "0.00%"), "84.67%");
        assert_eq!(shown("0.8466", "0.00%"), "84.66%");
        assert_eq!(shown("600", "#,##0.00"), "600.00");
        assert_eq!(shown("1234567.891", "#,##0.00"), "1,234,567.89");
        assert_eq!(shown("5", "0\"家\""), "5家");
        assert_eq!(shown("90", "\"≥\"0"), "≥90");
        assert_eq!(shown("8.47", "0.00_ "), "8.47");
        assert_eq!(shown("8.5", "0.##"), "8.5");
        assert_eq!(shown("12000", "0,\"千元\""), "12千元");
        assert_eq!(shown("600", "[$¥-804]#,##0.00"), "¥600.00");
        assert_eq!(shown("5084000", "0!.0,\"万元\""), "508.4万元");
        assert_eq!(shown("4000", "0\\.0,"), "0.4");
    }

    #[test]
    fn negative_numbers_and_noughts_have_their_sections() {
        assert_eq!(shown("-12.5", "0.0"), "-12.5");
        assert_eq!(shown("-12.5", "0.0;(0.0)"), "(12.5)");
        assert_eq!(shown("0", "0.00;-0.00;\"-\""), "-");
        assert_eq!(shown("-0.001", "0.00"), "0.00");
        assert_eq!(shown("0", "#"), "0");
        let account = "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ";
        assert_eq!(shown("0", account), "-");
        assert_eq!(shown("-1234.5", account), "-1,234.50");
    }

    #[test]
    fn a_cell_without_a_format_shows_what_fits() {
        let general = |value| Format::General.printed(value, false);
        assert_eq!(general("0.84666666666666668"), "0.846666667");
        assert_eq!(general("508"), "508");
        assert_eq!(general("-3.50"), "-3.5");
        assert_eq!(general("20200101"), "20200101");
        assert_eq!(general("见附件"), "见附件");
    }

    #[test]
    fn days_are_dates() {
        assert_eq!(shown("43983", "yyyy\"年\"m\"月\"d\"日\""), "2020年6月1日");
        assert_eq!(Format::of(14, None).printed("43983", false), "2020/6/1");
        assert_eq!(shown("43983.5", "yyyy-mm-dd hh:mm"), "2020-06-01 12:00");
    }
}
