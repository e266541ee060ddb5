//! What is wrong with a line that cannot be read, in Chinese, with the likely repair. One function a mistake.

use super::contents::ascii_digit;
use super::lines::{self, Line};
use super::{halves, slips, vocabulary};
use crate::finding::{Finding, Severity};
use crate::quantity::UnitTable;
use crate::source::Span;
use crate::syntax::File;
use crate::syntax::keywords::{Keyword, Shape, Word};
use crate::syntax::nearest::nearest;
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

/// A file that holds no rule at all: nothing but comments, or a text that was never meant for rules.
pub fn no_rules(text: &str, file: &File, findings: &mut Vec<Finding>) {
    if !file.statements.is_empty() {
        return;
    }
    if findings.is_empty() {
        let range = lines::trim(text, 0..text.len());
        let first = text[range.clone()].find(['\n', '\r']).unwrap_or(range.len());
        let span = Span::new(file.source, range.start..range.start + first);
        let mut finding = wrong("这个文件里一条规则也没有。", span)
            .help("每行写成“关键词：内容”，例如：三级指标：上云企业数，20 分");
        finding.severity = Severity::Warning;
        findings.push(finding);
    } else if findings.len() >= 3 {
        findings[0].help =
            "整个文件没有一行规则。如果这是一份报告，把文件名改成 .txt 或 .md 结尾再核对；如果是规则，每行写成“关键词：内容”。"
                .to_owned();
    }
}

/// What people write for the few allowed words, and the one that is meant.
const MEANT: &[(Word, &[&str], &str)] = &[
    (
        Word::Level,
        &["严重", "重大", "高", "致命", "红色", "必须改正"],
        "错误",
    ),
    (
        Word::Level,
        &["一般", "中", "较大", "黄色", "warn", "警示"],
        "警告",
    ),
    (
        Word::Level,
        &["轻微", "低", "建议", "提示", "注意", "蓝色"],
        "提醒",
    ),
    (
        Word::Each,
        &["指标", "三级指标", "每个指标", "各指标", "每项指标", "各项指标"],
        "指标行",
    ),
    (Word::Each, &["资金", "预算", "每笔资金", "资金来源"], "资金行"),
    (Word::Each, &["一级指标"], "一级组"),
    (Word::Each, &["二级指标"], "二级组"),
    (Word::Each, &["全文", "整份报告", "正文"], "报告"),
    (Word::Each, &["表", "自评", "总表", "整张表"], "自评表"),
    (Word::Each, &["执行率", "预算执行率", "预算执行"], "执行行"),
    (
        Word::Manner,
        &["四舍五入", "约数", "按约数", "近似", "大约", "模糊"],
        "按约数范围",
    ),
    (
        Word::Manner,
        &["精确", "完全一致", "一致", "严格", "按原数", "按所列数"],
        "按所列数字",
    ),
];

/// A word that is none of the few allowed ones.
pub fn not_among(word: &str, allowed: &[&'static str], span: Span, row: &Keyword) -> Box<Finding> {
    let canonical: &[&str] = match row.word {
        Word::Level => &allowed[..3],
        Word::Manner => &["按所列数字", "按约数范围"],
        _ => allowed,
    };
    let simple = vocabulary::simplified(&vocabulary::plain(word));
    let meant = MEANT
        .iter()
        .find(|(of, words, _)| *of == row.word && words.contains(&simple.as_str()))
        .map(|(_, _, meant)| *meant);
    let same = allowed.iter().copied().find(|allowed| *allowed == simple);
    let likely = meant
        .or(same)
        .or_else(|| nearest(&simple, allowed.iter().copied()));
    let message = format!("“{}”不能写“{word}”。", row.text);
    let all = canonical.join("、");
    Box::new(wrong(message, span).help(match likely {
        Some(likely) => format!("写成：{}：{likely}。可以写：{all}。", row.text),
        None => format!("可以写：{all}。"),
    }))
}

/// A year that is none.
pub fn no_year(span: Span, row: &Keyword) -> Box<Finding> {
    Box::new(wrong(format!("“{}”后面应是四位数的年份。", row.text), span).help(example(row)))
}

/// 到期：年底
pub fn no_date(span: Span, row: &Keyword) -> Box<Finding> {
    let message = format!("“{}”后面应是写全年、月、日的一天。", row.text);
    Box::new(wrong(message, span).help(example(row)))
}

/// 指纹：不知道
pub fn no_fingerprint(span: Span, row: &Keyword) -> Box<Finding> {
    let message = format!("“{}”后面应是 16 位字母和数字。", row.text);
    let help = "指纹不用自己编：用 jixiao accept 写采纳文件，或者从 jixiao check --format json 的 fingerprint 里照抄。";
    Box::new(wrong(message, span).help(help))
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

/// 得分】 and {得分}: signs of a place to be filled that fill nothing.
pub fn loose_template(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let mut open = 0usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '【' => open += 1,
            '】' if open == 0 => {
                let finding = wrong(
                    "“】”前面没有对应的“【”。",
                    line.span(base + at..base + at + sign.len_utf8()),
                );
                return Err(Box::new(
                    finding.help("要填数的地方写成【字段】，例如：得分【得分】。"),
                ));
            }
            '】' => open -= 1,
            _ => {}
        }
    }
    let Some(at) = text.find(['{', '｛']) else {
        return Ok(());
    };
    let length = text[at..].find(['}', '｝']).map_or(1, |length| length + 1);
    let right = text.replace(['{', '｛'], "【").replace(['}', '｝'], "】");
    let end = (at + length..=text.len())
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(text.len());
    let finding = wrong(
        "要填数的地方用“【”“】”，不用大括号。",
        line.span(base + at..base + end),
    );
    Err(Box::new(finding.help(format!("写成：{}：{right}", row.text))))
}

/// Refuses nesting that no form needs, before any parser recurses into it.
pub fn too_deep(text: &str, line: &Line, body: &Range<usize>) -> Checked {
    // a short line cannot hold as many
    if text.len() <= DEEPEST.min(MOST_SIGNS) {
        return Ok(());
    }
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
    let begins = super::goals::starts_as_number(text) || text.starts_with(['=', '＝']);
    let number = matches!(shape, Shape::Points | Shape::Conversion) || (shape == Shape::Target && begins);
    if formula || number {
        grouped(text, 0, line, base, row)?;
    }
    if let Some(from) = slips::marks_behind(text).filter(|_| shape == Shape::Head) {
        grouped(text, from, line, base, row)?;
    }
    if matches!(shape, Shape::Target | Shape::Points) {
        chinese_number(text, line, base, row)?;
    }
    if shape == Shape::Head {
        bare_points(text, line, base, row)?;
        slips::points_in_name(text, line, base, row)?;
        slips::points_in_the_way(text, line, base, row)?;
    }
    if formula || matches!(shape, Shape::Head | Shape::List) {
        halves::quote(shape, text, line, base, row)?;
    }
    if formula || shape == Shape::Target {
        slips::signs(text, line, base, row)?;
    }
    if shape == Shape::Cases {
        slips::full_marks(text, line, base, row)?;
    }
    let bracket = shape == Shape::Target && text.starts_with(['[', '［', '(', '（']);
    if formula || bracket || matches!(shape, Shape::Interval | Shape::Grades) {
        halves::bracket(shape, text, line, base, row)?;
    }
    Ok(())
}

/// 8,000, from a byte on.
fn grouped(text: &str, from: usize, line: &Line, base: usize, row: &Keyword) -> Checked {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: usize| {
        signs
            .get(at)
            .is_some_and(|(_, sign)| ascii_digit(*sign).is_ascii_digit())
    };
    let mut depth = 0i32;
    for (at, (_, sign)) in signs.iter().enumerate().filter(|(_, (byte, _))| *byte >= from) {
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
            .help(format!(
                "写成：{}：{}{plain}{}",
                row.text,
                &text[..range.start],
                &text[range.end..]
            )),
        ));
    }
    Ok(())
}

/// 一万家
fn chinese_number(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
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
        .help(format!(
            "写成：{}：{}{value} {}",
            row.text,
            &text[..text.len() - rest.len()],
            unit.trim()
        )),
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
