//! Slips of layout that can be seen through: list marks before a keyword, a pasted table, several statements on one
//! line, marks written into a name, a quote left open, signs the wrong way round.

use super::contents::{ascii_digit, is_quote};
use super::lines::{COLONS, Line, is_blank};
use super::mistakes::wrong;
use crate::finding::Finding;
use crate::quantity::UnitTable;
use crate::syntax::Statement;
use crate::syntax::keywords::{self, Keyword, Shape, Word};

type Checked = Result<(), Box<Finding>>;

const TABLE: &str = "这里像是粘贴来的表格，没有读。";
const ONE_EACH: &str = "一行里写了几条，请一条写一行。";
const MARKS: &str = "-*•·●■◆▪○–—>+_`√✓✔□☑☐★☆※→⇒▶►◇△▲";
const NUMERALS: &str = "一二三四五六七八九十";

/// How many bytes of list marks, numbering, Markdown or HTML stand before the words of a line.
pub fn marks(words: &str) -> usize {
    let mut rest = words;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|sign| is_blank(sign) || MARKS.contains(sign));
        rest =
            rest.trim_start_matches(|sign: char| ('①'..='⑳').contains(&sign) || sign == '#' || sign == '＃');
        rest = numbering(rest).or_else(|| tag(rest)).unwrap_or(rest);
        if rest.len() == before {
            return words.len() - rest.len();
        }
    }
}

/// The words of a line without what Markdown and HTML leave behind them.
pub fn unmarked(words: &str) -> &str {
    let mut rest = words;
    loop {
        let before = rest.len();
        rest = rest.trim_end_matches(|sign| is_blank(sign) || "*_|`\\".contains(sign));
        if let Some(open) = rest.rfind('<').filter(|open| tag(&rest[*open..]) == Some("")) {
            rest = &rest[..open];
        }
        if rest.len() == before {
            return rest;
        }
    }
}

/// What follows 1. or （一） or 二、 or 1.1 or 第三条
fn numbering(text: &str) -> Option<&str> {
    let inner = text.trim_start_matches(['（', '(']);
    let number = |sign: char| ascii_digit(sign).is_ascii_digit() && sign != '．' || NUMERALS.contains(sign);
    if let Some(rest) = inner.strip_prefix('第') {
        let after = rest.trim_start_matches(number);
        let parted = after.strip_prefix(['条', '章', '款', '项', '节']);
        return parted.filter(|_| after.len() < rest.len());
    }
    let rest = inner.trim_start_matches(number);
    if rest.len() == inner.len() {
        return None;
    }
    if let Some(more) = rest.strip_prefix(['.', '．'])
        && more.starts_with(number)
    {
        // 1.1 目标, 1.1.2 目标; 1.5 万 is no numbering.
        let after = more.trim_start_matches(|sign| number(sign) || sign == '.');
        return after.starts_with(is_blank).then_some(after);
    }
    rest.strip_prefix(['、', '.', '．', '）', ')'])
}

/// What follows <p> or </li>.
fn tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let (name, rest) = inner.split_once('>')?;
    let letters = name
        .trim_start_matches('/')
        .starts_with(|sign: char| sign.is_ascii_alphabetic());
    (letters && name.is_ascii() && name.len() <= 200).then_some(rest)
}

/// Whether a line without a keyword is a row of a table.
pub fn is_table_row(words: &str) -> bool {
    words.starts_with(['|', '｜', '┃', '│']) || words.matches('\t').count() >= 2
}

/// A row of a table; rows that follow each other are told once.
pub fn table(line: &Line, text: &str, findings: &mut Vec<Finding>) {
    let span = line.span(line.range.clone());
    if let Some(last) = findings.last_mut()
        && last.message == TABLE
        && text[last.places[0].span.end as usize..line.range.start]
            .trim()
            .is_empty()
    {
        last.places[0].span = last.places[0].span.join(span);
        return;
    }
    findings.push(
        wrong(TABLE, span)
            .help("表格要改成一行一条，例如：三级指标：上云企业数，20 分；下一行写：目标：≥ 8000 家。"),
    );
}

/// Where a second statement begins in what follows a colon: after a blank or a stop, a keyword with its colon.
pub fn second_statement(inner: &str, row: &Keyword) -> Option<usize> {
    let named = matches!(row.word, Word::Rules | Word::Version | Word::Number | Word::Code);
    if matches!(row.shape, Shape::Template | Shape::MayBeEmpty) || (row.shape == Shape::Text && !named) {
        return None;
    }
    let begins = |colon: usize| {
        let before = inner[..colon].trim_end_matches(is_blank);
        let parted = |at: usize| {
            before[..at]
                .chars()
                .next_back()
                .is_some_and(|sign| is_blank(sign) || "；;。，,、".contains(sign))
        };
        let mut starts = before.char_indices().map(|(at, _)| at).filter(|at| parted(*at));
        starts.find(|at| keywords::by_spelling(&before[*at..]).is_some())
    };
    let mut quotes = 0;
    inner.char_indices().find_map(|(at, sign)| {
        quotes += usize::from(is_quote(sign));
        (COLONS.contains(&sign) && quotes % 2 == 0)
            .then(|| begins(at))
            .flatten()
    })
}

/// Several statements on one line, told once a line.
pub fn one_each(line: &Line, at: usize, text: &str, findings: &mut Vec<Finding>) {
    let told = findings.last().is_some_and(|last| {
        last.message == ONE_EACH && !text[last.places[0].span.start as usize..at].contains(['\n', '\r'])
    });
    if !told {
        let finding = wrong(ONE_EACH, line.span(at..line.range.end));
        findings.push(finding.help("从标出的地方起另起一行。"));
    }
}

/// 产出指标 50 分, 产出指标（50分）, 产出指标，50 分，, 产出指标，五十分
pub fn points_in_name(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let bare = text.trim_end_matches(|sign| is_blank(sign) || "，,、".contains(sign));
    let inner = bare.trim_end_matches(['）', ')']);
    let Some(rest) = inner
        .strip_suffix('分')
        .map(|rest| rest.trim_end_matches(is_blank))
    else {
        return Ok(());
    };
    let chinese = |sign: char| "零一二两三四五六七八九十百".contains(sign);
    let mut name =
        rest.trim_end_matches(|sign: char| ascii_digit(sign).is_ascii_digit() || ".．".contains(sign));
    let digits = name.len() < rest.len();
    if !digits {
        name = rest.trim_end_matches(chinese);
    }
    let number = &rest[name.len()..];
    let separators = |sign| is_blank(sign) || "，,；;、：:（(".contains(sign);
    let plain = name.trim_end_matches(separators);
    let by_comma = name.trim_end_matches(is_blank).ends_with(['，', ',']);
    let read = by_comma && digits && inner.len() == text.len();
    if number.is_empty() || plain.is_empty() || read || (!digits && plain.len() == name.len()) {
        return Ok(());
    }
    let value = match digits {
        true => number.to_owned(),
        false => match super::mistakes::chinese_value(number) {
            Some(value) => value.to_string(),
            None => return Ok(()),
        },
    };
    let message = format!("“{plain}”的分值要写在逗号后面，用阿拉伯数字。");
    let finding = wrong(message, line.span(base + plain.len()..base + text.len()));
    Err(Box::new(
        finding.help(format!("写成：{}：{plain}，{value} 分", row.text)),
    ))
}

/// Where the digits before 分 begin, behind the comma that ends a name: a name may end in a digit itself.
pub fn marks_behind(text: &str) -> Option<usize> {
    let bare = text.trim_matches(is_blank).strip_suffix('分')?;
    let digit = |sign: char| ascii_digit(sign).is_ascii_digit();
    let name = bare.trim_end_matches(|sign| digit(sign) || is_blank(sign) || "，,".contains(sign));
    let rest = bare[name.len()..].trim_start_matches(is_blank);
    rest.starts_with(['，', ',']).then_some(name.len())
}

/// 效益指标，30%; 预算执行率，10 分，按执行率; 产出指标，; ，10 分
pub fn points_in_the_way(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let refused = |message: String, at: usize, help: String| {
        let finding = wrong(message, line.span(base + at..base + text.len()));
        Err(Box::new(finding.help(help)))
    };
    if text.starts_with(['，', ',']) {
        let help = format!("例如：{}：{}", row.text, row.example);
        return refused("这里少了名称。".to_owned(), 0, help);
    }
    let number = |part: &str| {
        let digits = part.trim_matches(is_blank);
        !digits.is_empty()
            && digits
                .chars()
                .all(|sign| ascii_digit(sign).is_ascii_digit() || sign == '.')
    };
    let mut start = 0;
    for part in text.split(['，', ',']) {
        let at = start;
        start += part.len()
            + text[start + part.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
        let plain = part.trim_matches(is_blank);
        let before = text[..at].trim_end_matches(|sign| is_blank(sign) || "，,".contains(sign));
        let share = plain.strip_suffix(['%', '％']).filter(|share| number(share));
        let marks = plain.strip_suffix('分').filter(|marks| number(marks));
        if let Some(share) = share.filter(|_| at > 0) {
            let help = format!("写成：{}：{before}，{} 分", row.text, share.trim());
            return refused(format!("“{before}”的分值要写几分，不写百分数。"), at, help);
        }
        if let Some(marks) = marks.filter(|_| at > 0 && start < text.len()) {
            let more = text[start..].trim_matches(is_blank);
            let help = format!(
                "写成：{}：{before}，{} 分　“{more}”另起一行写，例如：评分：按完成比例",
                row.text,
                marks.trim()
            );
            return refused("分值要写在这一行的最后。".to_owned(), start, help);
        }
    }
    let kept = text.trim_end_matches(|sign| is_blank(sign) || "，,、".contains(sign));
    if kept.len() < text.len() {
        let help = format!(
            "写成：{}：{kept}，10 分；没有分值就写：{}：{kept}",
            row.text, row.text
        );
        return refused("逗号后面没有写分值。".to_owned(), kept.len(), help);
    }
    Ok(())
}

/// =< for ≤, 百分之九十 for 90%
pub fn signs(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    const TURNED: [(&str, &str); 8] = [
        ("=<", "≤"),
        ("＝＜", "≤"),
        ("＝<", "≤"),
        ("=＜", "≤"),
        ("=>", "≥"),
        ("＝＞", "≥"),
        ("＝>", "≥"),
        ("=＞", "≥"),
    ];
    if !text.contains(['=', '＝']) || !text.contains(['<', '＜', '>', '＞']) {
        return Ok(());
    }
    for (turned, right) in TURNED {
        if let Some(at) = text.find(turned) {
            let span = line.span(base + at..base + at + turned.len());
            let finding = wrong(format!("没有“{turned}”这个比较符号。"), span);
            let whole = text.replace(turned, right);
            return Err(Box::new(finding.help(format!("写成：{}：{whole}", row.text))));
        }
    }
    Ok(())
}

/// 得满分: 满分 is that of the whole form; an indicator has its 分值.
pub fn full_marks(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    for written in ["满分", "全分", "全部分值", "全部分数"] {
        let Some(head) = text.strip_suffix(written) else {
            continue;
        };
        let condition = head.trim_end_matches(is_blank);
        let Some(condition) = condition.strip_suffix('得') else {
            continue;
        };
        let finding = wrong(
            format!("指标的满分写“分值”，这里写的是“{written}”。"),
            line.span(base + head.len()..base + text.len()),
        );
        return Err(Box::new(
            finding.help(format!("写成：{}：{condition}得 分值", row.text)),
        ));
    }
    Ok(())
}

/// &nbsp; and <br> that a web page leaves behind.
pub fn web(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    const LEFT: [(&str, &str); 12] = [
        ("&nbsp;", " "),
        ("&gt;=", "≥"),
        ("&lt;=", "≤"),
        ("&ge;", "≥"),
        ("&le;", "≤"),
        ("&gt;", ">"),
        ("&lt;", "<"),
        ("&quot;", "”"),
        ("&amp;", "&"),
        ("<br>", ""),
        ("<br/>", ""),
        ("</p>", ""),
    ];
    // most lines hold neither sign, and need not be searched for each of them
    if memchr::memchr2(b'&', b'<', text.as_bytes()).is_none() {
        return Ok(());
    }
    let Some((left, at)) = LEFT.iter().find_map(|(left, _)| Some((left, text.find(left)?))) else {
        return Ok(());
    };
    let right = LEFT
        .iter()
        .fold(text.to_owned(), |text, (left, right)| text.replace(left, right));
    let message = format!("这里有网页留下的记号“{left}”。");
    let finding = wrong(message, line.span(base + at..base + at + left.len()));
    Err(Box::new(finding.help(format!(
        "写成：{}：{}",
        row.text,
        right.trim_matches(is_blank)
    ))))
}

/// 8000家左右: a target must be certain.
pub fn vague(text: &str, line: &Line, base: usize, row: &Keyword) -> Checked {
    let rest = text.trim_start_matches(['约', '≥', '≤', ' ']);
    let digits = rest.starts_with(|sign: char| ascii_digit(sign).is_ascii_digit());
    let tail = ["左右", "上下"].iter().find(|tail| rest.ends_with(**tail));
    if !digits || !(text.starts_with('约') || tail.is_some()) {
        return Ok(());
    }
    let number = rest
        .trim_end_matches("左右")
        .trim_end_matches("上下")
        .trim_matches(is_blank);
    let finding = wrong(
        "目标要写确定的数，不能写“约”“左右”。",
        line.span(base..base + text.len()),
    );
    Err(Box::new(finding.help(format!(
        "写成最低要求：{}：≥ {number}；或者写成区间，例如：[90%，95%]",
        row.text
    ))))
}

/// A relation of units, ready to be copied: 单位：万公里 = 10000 公里, 单位：家、户.
pub fn of_units(statement: &Statement) -> String {
    let written = statement.words().map_or("", |words| words.text.as_str());
    if let Some((new, old)) = written.split_once(['=', '＝']) {
        let new = new.trim_matches(is_blank);
        let one = if new.starts_with(|sign: char| ascii_digit(sign).is_ascii_digit()) {
            ""
        } else {
            "1 "
        };
        return format!("写成：换算：{one}{new} = {}", old.trim_matches(is_blank));
    }
    if written.contains(['、', '，', ',']) {
        return format!("可以互相比较的单位写成：同类单位：{written}");
    }
    if UnitTable::built_in().parse(written).is_some() {
        return format!("“{written}”是程序认得的单位，不用另写，删去这一行。");
    }
    format!(
        "单位要写在它所属的数据或三级指标的下面；“{written}”能和别的单位互相比较的，写成：同类单位：{written}、……"
    )
}
