//! What is wrong with a line that cannot be read, in Chinese, with the likely repair. One function a mistake.

use super::contents::{ascii_digit, is_quote};
use super::lines::{self, Line};
use super::slips;
use crate::finding::{Finding, Severity};
use crate::quantity::UnitTable;
use crate::source::Span;
use crate::syntax::Statement;
use crate::syntax::keywords::{self, Keyword, Shape, Word};
use std::ops::Range;

type Checked = Result<(), Box<Finding>>;

/// Brackets within brackets beyond this depth are refused before pest sees them.
const DEEPEST: usize = 64;
/// More signs than this in one formula are refused, too.
const MOST_SIGNS: usize = 256;

pub(super) fn wrong(message: impl Into<String>, span: Span) -> Finding {
    Finding::new(
        "rule-syntax",
        "规则文件有写错的行",
        Severity::Error,
        message.into(),
        span,
    )
}

pub(super) fn example(row: &Keyword) -> String {
    format!("例如：{}：{}", row.text, row.example)
}

/// A line of the length of a book.
pub fn too_long(span: Span) -> Finding {
    wrong("这一行太长，没有读。", span).help("一行只写一条规则；长的清单可以分几行写，关键词重复写即可。")
}

/// More digits than the program reckons with.
pub fn too_large(span: Span) -> Box<Finding> {
    Box::new(wrong("这里的数位数太多，无法计算。", span).help("请核对这个数，或者改用“万”“亿”。"))
}

/// Nothing after the colon.
pub fn nothing(line: &Line, row: &Keyword) -> Box<Finding> {
    Box::new(
        wrong(
            format!("“{}”后面没有内容。", row.text),
            line.span(line.range.clone()),
        )
        .help(example(row)),
    )
}

/// A line that begins with no keyword.
pub fn no_keyword(line: &Line, words: &str) -> Finding {
    let colon = words.find(['：', ':', '∶', '﹕']);
    let word = words[..colon.unwrap_or(0)].trim();
    let at = |length: usize| line.span(line.range.start..line.range.start + length);
    if matches!(word, "须含" | "应含" | "必须含" | "包含" | "含") {
        let help = slips::as_check(&words[colon.unwrap_or(0)..]);
        return wrong(format!("没有“{word}”这个关键词。"), at(word.len())).help(help);
    }
    if let Some(help) = for_unknown(word) {
        return wrong(format!("没有“{word}”这个关键词。"), at(word.len())).help(help);
    }
    if let Some(likely) = keywords::nearest(word).filter(|_| colon.is_some()) {
        return wrong(format!("没有“{word}”这个关键词。"), at(word.len()))
            .help(format!("是不是想写“{likely}”？"));
    }
    if let Some((row, length)) = keywords::beginning(words) {
        let rest = words[length..].trim_start_matches(lines::is_blank);
        let help = match rest.is_empty() {
            true => example(row),
            false => format!("写成：{}：{rest}", row.text),
        };
        return wrong(format!("“{}”后面少了冒号。", &words[..length]), at(length)).help(help);
    }
    if words.starts_with("并且") || words.starts_with("或者") {
        return wrong("这一行接不上：上面一行不是“当”或“要求”。", at(words.len()))
            .help("以“并且”“或者”开头的行，要紧接在“当”或“要求”的下面。");
    }
    match colon {
        Some(_) if !word.is_empty() => wrong(format!("没有“{word}”这个关键词。"), at(word.len()))
            .help("说明文字写“备注：…”，或者在行首加 #。"),
        _ => wrong("这一行没有关键词。", at(words.len()))
            .help("每行写成“关键词：内容”；说明文字写“备注：…”，或者在行首加 #。"),
    }
}

/// What to write instead of a word that people use and the language does not.
fn for_unknown(word: &str) -> Option<&'static str> {
    Some(match word {
        "条件" | "规定" | "应满足" => "应当成立的条件写“要求：…”，什么时候才检查写“当：…”。",
        "则" | "那么" | "必须" | "应当" | "须" => "应当成立的条件写“要求：…”。",
        "如果" | "若" | "如" | "前提" | "适用条件" => "什么时候才检查写“当：…”。",
        "公式" | "计算公式" => "检查的公式写“要求：…”，评分的公式写“情形：条件，得 …”。",
        "满分" | "总分" => "满分由各个一级指标的分值相加得出，不用另写；加分写“加分项：…”。",
        "施行" | "生效" | "有效期" => "规则适用的年份写在文件开头：“适用年度：2021 起”。",
        "顺序" => "只核对有没有，不核对先后次序；删去这一行。",
        "指标名称" | "指标名" => "写“三级指标：名称，10 分”。",
        "标题" | "名称" => "这份规则的名称写“规则：…”。",
        _ => return None,
    })
}

/// An attribute without an opener that takes it.
pub fn no_owner(statement: &Statement, row: &Keyword, owners: &[Word], above: Option<&Statement>) -> Finding {
    let names: Vec<String> = owners
        .iter()
        .map(|owner| format!("“{}”", keywords::text(*owner)))
        .collect();
    let names = match names.split_last() {
        Some((last, first)) if first.len() > 1 => format!("{}或{last}", first.join("、")),
        _ => names.join("或"),
    };
    let header = |above: &Statement| {
        matches!(
            keywords::of(above.word).place,
            keywords::Place::Header | keywords::Place::Anywhere
        )
    };
    let message = match above {
        Some(above) if !header(above) => format!(
            "“{}”要写在{names}的下面，这里它的上面是“{}”。",
            row.text,
            keywords::text(above.word)
        ),
        _ => format!("“{}”要写在{names}的下面，这里它的上面还没有。", row.text),
    };
    let help = match row.word {
        Word::Unit => slips::of_units(statement),
        Word::Range => "等级直接写：等级：优 [90，100]；良 [80，90)".to_owned(),
        _ => format!("把这一行移到{names}那一行的下面。"),
    };
    wrong(message, statement.span).help(help)
}

/// A header line after the first statement.
pub fn late_header(statement: &Statement, row: &Keyword) -> Finding {
    wrong(
        format!("“{}”要写在文件的开头，在第一条规则之前。", row.text),
        statement.span,
    )
    .help("把这一行移到文件开头。")
}

/// A word that is none of the few allowed ones.
pub fn not_among(word: &str, allowed: &[&str], span: Span, row: &Keyword) -> Box<Finding> {
    let shown: Vec<&str> = allowed.iter().copied().filter(|w| !w.is_ascii()).collect();
    let message = format!("“{}”不能写“{word}”。", row.text);
    let help = match crate::syntax::nearest::nearest(word, allowed.iter().copied()) {
        Some(likely) => format!("是不是想写“{likely}”？可以写：{}。", shown.join("、")),
        None => format!("可以写：{}。", shown.join("、")),
    };
    Box::new(wrong(message, span).help(help))
}

/// A year that is none.
pub fn no_year(span: Span, row: &Keyword) -> Box<Finding> {
    Box::new(wrong(format!("“{}”后面应是四位数的年份。", row.text), span).help(example(row)))
}

/// 【 without 】
pub fn open_template(span: Span) -> Box<Finding> {
    Box::new(
        wrong("“【”没有对应的“】”。", span).help("要填数的地方写成【字段】；只是要这个符号时写两个：【【。"),
    )
}

/// 【】
pub fn empty_template(span: Span) -> Box<Finding> {
    Box::new(wrong("“【】”里面没有内容。", span).help("写上要填的字段，例如【得分】。"))
}

/// Refuses nesting that no form needs, before any parser recurses into it.
pub fn too_deep(text: &str, line: &Line, body: &Range<usize>) -> Checked {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for sign in text.chars() {
        match sign {
            '（' | '(' | '[' | '［' | '【' | '〔' => depth += 1,
            '）' | ')' | ']' | '］' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // 并非 and − stack up without brackets, and a sum of many parts is as deep as it is long.
    let signs = text
        .matches(['-', '－', '−', '﹣', '+', '＋', '×', '*', '÷', '/', '／'])
        .count();
    let words: usize = ["并且", "或者", "并非"]
        .iter()
        .map(|word| text.matches(word).count())
        .sum();
    if deepest > DEEPEST || signs + words > MOST_SIGNS {
        let finding = wrong("公式太长或者括号套了太多层，没有读。", line.span(body.clone()))
            .help("把公式拆成几条检查，或者去掉多余的括号。");
        return Err(Box::new(finding));
    }
    Ok(())
}

/// Mistakes that the grammar would only describe by their first sign.
pub fn before(shape: Shape, text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let formula = matches!(
        shape,
        Shape::Condition | Shape::Cases | Shape::Parameter | Shape::Scoring
    );
    let begins = text.starts_with(|sign: char| {
        ascii_digit(sign).is_ascii_digit() || matches!(sign, '≥' | '≤' | '>' | '<' | '＞' | '＜' | '=' | '＝')
    });
    let number = matches!(shape, Shape::Points | Shape::Conversion) || (shape == Shape::Target && begins);
    if formula || number {
        grouped(text, line, base)?;
    }
    if matches!(shape, Shape::Target | Shape::Points) {
        chinese_number(text, line, base)?;
    }
    if shape == Shape::Head {
        bare_points(text, line, base, row)?;
        slips::points_in_name(text, line, base, row)?;
    }
    if formula || matches!(shape, Shape::Head | Shape::List) {
        slips::open_quote(text, line, base)?;
    }
    if formula || shape == Shape::Target {
        slips::signs(text, line, base)?;
    }
    if formula || matches!(shape, Shape::Interval | Shape::Grades) {
        unclosed(text, line, base)?;
    }
    Ok(())
}

/// 8,000
fn grouped(text: &str, line: &Line, base: usize) -> Checked {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| {
        signs
            .get(at)
            .is_some_and(|(_, sign)| ascii_digit(*sign).is_ascii_digit())
    };
    let mut depth = 0i32;
    for (at, (_, sign)) in signs.iter().enumerate() {
        match sign {
            '（' | '(' | '[' | '［' | '【' | '〔' => depth += 1,
            '）' | ')' | ']' | '］' | '】' | '〕' => depth -= 1,
            _ => {}
        }
        let three = digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4);
        if depth > 0 || !matches!(sign, ',' | '，') || at == 0 || !digit(at - 1) || !three {
            continue;
        }
        let start = (0..at)
            .rev()
            .take_while(|before| digit(*before))
            .last()
            .unwrap_or(at);
        let end = (at..signs.len())
            .find(|after| !digit(*after) && !matches!(signs[*after].1, ',' | '，'))
            .map_or(text.len(), |after| signs[after].0);
        let range = signs[start].0..end;
        let written = &text[range.clone()];
        let plain: String = written.chars().filter(|c| !matches!(c, ',' | '，')).collect();
        return Err(Box::new(
            wrong(
                format!("数字里不能用逗号分节：“{written}”。"),
                line.span(base + range.start..base + range.end),
            )
            .help(format!("写成 {plain}。")),
        ));
    }
    Ok(())
}

/// 一万家
fn chinese_number(text: &str, line: &Line, base: usize) -> Checked {
    let rest = text.trim_start_matches(|sign: char| "≥≤><＞＜=＝ 　".contains(sign));
    let digits = "零〇一二两三四五六七八九十百千";
    let unit = rest.trim_start_matches(|sign: char| digits.contains(sign));
    let written = &rest[..rest.len() - unit.len()];
    let known = UnitTable::built_in().parse(unit).is_some() && !unit.is_empty();
    if written.is_empty() || !known {
        return Ok(());
    }
    let Some(value) = chinese_value(written) else {
        return Ok(());
    };
    let start = base + text.len() - rest.len();
    Err(Box::new(
        wrong(
            format!("规则里的数要写阿拉伯数字，不写“{rest}”。"),
            line.span(start..start + rest.len()),
        )
        .help(format!("写成 {value} {}。", unit.trim())),
    ))
}

/// The value of a numeral below ten thousand.
pub(super) fn chinese_value(text: &str) -> Option<u32> {
    let (mut sum, mut digit) = (0u32, None);
    for sign in text.chars() {
        let power = match sign {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let found = "〇一二三四五六七八九".chars().position(|d| d == sign);
                digit = Some(match sign {
                    '两' => 2,
                    '零' => 0,
                    _ => found? as u32,
                });
                continue;
            }
        };
        sum += digit.take().unwrap_or(1) * power;
    }
    Some(sum + digit.unwrap_or(0))
}

/// 一级指标：产出指标，50
fn bare_points(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let Some(comma) = text.rfind(['，', ',']) else {
        return Ok(());
    };
    let sign = text[comma..].chars().next().map_or(1, char::len_utf8);
    let (name, points) = (text[..comma].trim(), text[comma + sign..].trim());
    let number = points
        .chars()
        .all(|c| ascii_digit(c).is_ascii_digit() || matches!(c, '.' | '．'));
    if points.is_empty() || !number {
        return Ok(());
    }
    Err(Box::new(
        wrong(
            format!("“{name}”的分值少了“分”字。"),
            line.span(base + comma + sign..base + text.len()),
        )
        .help(format!("写成：{}：{name}，{points} 分", row.text)),
    ))
}

/// A bracket without its other half.
fn unclosed(text: &str, line: &Line, base: usize) -> Checked {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quoted = false;
    for (at, sign) in text.char_indices() {
        if is_quote(sign) {
            quoted = !quoted;
        }
        let span = line.span(base + at..base + at + sign.len_utf8());
        match sign {
            _ if quoted => {}
            '（' | '(' | '[' | '［' | '【' | '〔' => open.push((at, sign)),
            '）' | ')' | ']' | '］' | '】' | '〕' if open.pop().is_none() => {
                return Err(Box::new(
                    wrong(format!("“{sign}”前面没有对应的左括号。"), span)
                        .help("补上左括号，或者去掉这个右括号。"),
                ));
            }
            _ => {}
        }
    }
    let Some((at, sign)) = open.pop() else {
        return Ok(());
    };
    let span = line.span(base + at..base + at + sign.len_utf8());
    Err(Box::new(
        wrong(format!("“{sign}”没有对应的右括号。"), span).help("补上右括号。"),
    ))
}
