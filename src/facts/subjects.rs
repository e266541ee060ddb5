//! The subject of a quantity: the noun that it counts.

use super::Mention;
use super::cues::{Cue, Edges, Say, edges};
use crate::quantity::signs::Letters;
use crate::words::lexicon::{Layout, lexicon};
use std::ops::Range;

static TAIL: Edges = edges!(&["per", "tail"]);
static NO_NOUN: Edges = edges!(&["no noun"]);
static HEAD: Edges = edges!(&["adverb", "kept"]);
/// The kind of words that only look like an adverb (及时).
const KEPT: usize = 1;

/// A subject with its place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subject {
    /// The noun without quotes.
    pub name: String,
    /// Where it stands.
    pub range: Range<usize>,
}

/// Signs that may stand around a noun without belonging to it.
#[inline]
fn is_edge(c: char) -> bool {
    // Most characters are Chinese.
    !('\u{3400}'..='\u{9FFF}').contains(&c)
        && matches!(
            c,
            ' ' | '\u{3000}'
                | '\u{a0}'
                | '\t'
                | '\n'
                | '：'
                | ':'
                | '，'
                | ','
                | '、'
                | '。'
                | '；'
                | ';'
                | '·'
                | '*'
                | '#'
                | '-'
                | '—'
                | '（'
                | '('
                | '|'
                | '＝'
                | '='
                | '》'
                | '《'
                | '/'
                | '“'
                | '”'
                | '"'
                | '．'
                | '.'
                | '）'
                | ')'
                | '〔'
                | '【'
                | '】'
                | '☆'
                | '★'
        )
}

/// The noun in `segment`, which ends where the number begins. `cues` are those of the sentence.
pub fn from_left(text: &str, segment: Range<usize>, cues: &[Cue]) -> Option<Subject> {
    let segment = outside_brackets(text, segment);
    let mut range = trimmed(text, segment);
    // 拨付至28家企业, 组织专家对12个乡镇: the noun follows.
    let towards = [
        "拨付至",
        "下达至",
        "发放至",
        "分配至",
        "拨付到",
        "下达到",
        "发放到",
        "分配到",
        "给",
        "向",
    ];
    if range.is_empty() || towards.iter().any(|word| text[range.clone()].ends_with(word)) {
        return None;
    }
    strip_tail(text, &mut range);
    if text[range.clone()].ends_with('对') {
        return None;
    }
    let measured = ends_in_measure(&text[range.clone()]);
    let whole = range.clone();
    // No verb reaches into the noun; one at its very end is dropped with all before it.
    for cue in cues
        .iter()
        .filter(|cue| cue.range.start >= whole.start && cue.range.start < whole.end)
    {
        let mut end = cue.range.end.min(range.end);
        end += text[end..range.end]
            .chars()
            .next()
            .filter(|c| matches!(c, '出' | '了' | '过'))
            .map_or(0, char::len_utf8);
        let rest = trimmed(text, end..range.end);
        let letters = text[rest.clone()].chars().count();
        // 维修道路 and 完成投资: a soft verb stays with a short noun, and is a noun where none follows.
        let soft = cue.says(Say::SoftVerb) && !strong(cue) && cue.range.len() > 3;
        let least = if soft && !cue.says(Say::LeadVerb) { 3 } else { 2 };
        if (letters >= least || letters == 0 && !soft) && cuts(text, cue, range.start, measured) {
            range.start = end;
        }
    }
    range = trimmed(text, range);
    // 占项目总支出的62%: what it is a share of is not its subject.
    let share = text[..range.start].ends_with('占') || text[range.clone()].starts_with('占');
    if share && text[range.end..].starts_with('的') {
        return None;
    }
    strip_head(text, &mut range);
    // 数量指标“讲座场次”目标值40场: the name stands in quotes.
    let word = &text[range.clone()];
    let quoted = word
        .find('“')
        .filter(|at| word.ends_with('”') && word[..*at].ends_with("指标"));
    range.start += quoted.unwrap_or(0);
    named(text, range).or_else(|| before_verb(text, whole, cues))
}

/// 村级卫生室建成21个: the noun stands before the verb that leads to the number.
fn before_verb(text: &str, whole: Range<usize>, cues: &[Cue]) -> Option<Subject> {
    let last = |cue: &&Cue| cue.range.end == whole.end && cue.range.start > whole.start;
    let verb = cues
        .iter()
        .find(|cue| last(cue) && strong(cue) && !cue.says(Say::Target))?;
    let lead = trimmed(text, whole.start..verb.range.start);
    // 全年共举办, 其中已支出: another word that is heard stands there.
    let heard = |cue: &Cue| cue.range.start >= lead.start && cue.range.end <= lead.end;
    if cues.iter().any(heard) {
        return None;
    }
    from_left(text, lead, &[])
}

/// Whether a word ends what stands before the noun. Nouns of measure keep their verb (培训合格率), and so do
/// nouns in whose middle one stands (核心云服务机构).
fn cuts(text: &str, cue: &Cue, start: usize, measured: bool) -> bool {
    let strong = strong(cue);
    let mut head = start..cue.range.start.max(start);
    strip_head(text, &mut head);
    let leads = text[head].trim_matches(is_edge).is_empty();
    if measured {
        return strong
            && (leads || cue.says(Say::Target))
            && (!cue.says(Say::SoftVerb) || cue.says(Say::Target));
    }
    if cue.says(Say::SoftVerb) {
        leads
    } else {
        strong || cue.says(Say::Verb)
    }
}

/// Whether a word gives a role: such a word ends what stands before the noun wherever it stands.
fn strong(cue: &Cue) -> bool {
    [Say::Target, Say::Done, Say::Do, Say::Budget, Say::Spent]
        .iter()
        .any(|say| cue.says(*say))
}

/// The noun right after the number, up to a verb or the end of the clause.
pub fn from_right(text: &str, segment: Range<usize>, cues: &[Cue]) -> Option<Subject> {
    static ENDS: Letters = Letters::of("的都均在于等及和与被从已将约共为是占其应了由按经每未没0123456789");
    let ends = |c: char| is_edge(c) || ENDS.has(c);
    let rest = &text[segment.clone()];
    let skipped = rest.trim_start_matches([' ', '\u{3000}', '的', '“', '”', '"']);
    let start = segment.end - skipped.len();
    // 60%的目标还有差距
    let of_plan = ["目标", "任务", "计划", "要求", "指标"];
    if of_plan.iter().any(|word| skipped.starts_with(word)) {
        return None;
    }
    // 逾千人参加启动仪式: what follows is no noun.
    if cues
        .iter()
        .any(|cue| cue.range.start == start && cue.says(Say::Verb))
    {
        return None;
    }
    let quoted = |c: char| ends(c) && !matches!(c, '“' | '”' | '"' | ' ');
    let mut end = skipped.find(quoted).map_or(segment.end, |length| start + length);
    if let Some(verb) = cues.iter().find(|cue| {
        cue.range.start > start
            && (cue.says(Say::Verb)
                || cue.says(Say::Part)
                || cue.says(Say::SoftVerb) && text[start..cue.range.start].chars().count() >= 2)
    }) {
        end = end.min(verb.range.start.max(start));
    }
    // 原定的8场巡演只完成了5场
    let word = text[start..end].trim_end_matches(['只', '仅', '也', '还', '就', '则', '才', '又', '尚']);
    let range = trimmed(text, start..start + word.len());
    (text[range.clone()].chars().count() <= 16)
        .then(|| named(text, range))
        .flatten()
}

fn named(text: &str, range: Range<usize>) -> Option<Subject> {
    let quotes = |c: char| {
        c <= '\u{3010}'
            && matches!(
                c,
                '“' | '”' | '"' | '‘' | '’' | '「' | '」' | ' ' | '\u{3000}' | '\n'
            )
    };
    let word = &text[range.clone()];
    let letters = word.chars().filter(|c| is_letter(*c)).count();
    if !(2..=24).contains(&letters) {
        return None;
    }
    let name = match word.contains(quotes) {
        true => word.chars().filter(|c| !quotes(*c)).collect(),
        false => word.to_owned(),
    };
    // 权重15分, 占年度计划的108%: words that count nothing.
    if NO_NOUN
        .beginning(&name)
        .is_some_and(|(word, _)| word.len() == name.len())
    {
        return None;
    }
    Some(Subject { name, range })
}

fn is_letter(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || c.is_alphabetic()
}

/// What stands outside brackets: 产出指标（ → 产出指标; （其中：甲 → 甲; 总投资（万元） → 总投资.
fn outside_brackets(text: &str, mut range: Range<usize>) -> Range<usize> {
    let word = text[range.clone()].trim_end();
    range.end = range.start + word.len();
    if word.ends_with(['）', ')'])
        && let Some(open) = word.rfind(['（', '('])
        && open > 0
    {
        return range.start..range.start + open;
    }
    let open = word.rfind(['（', '(']);
    let close = word.rfind(['）', ')']);
    if let Some(open) = open.filter(|open| close.is_none_or(|close| close < *open)) {
        let inside = open + word[open..].chars().next().map_or(0, char::len_utf8);
        let filled = !word[inside..].trim_matches(is_edge).is_empty();
        return if filled {
            range.start + inside..range.end
        } else {
            range.start..range.start + open
        };
    }
    range
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(word) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let edge = |c: char| is_edge(c) && !matches!(c, '“' | '”' | '"' | '）' | ')' | '》' | '《');
    let after = word.trim_start_matches(edge);
    let start = range.start + word.len() - after.len();
    start..start + after.trim_end_matches(edge).len()
}

/// Drops 达到 为 的 共计 … from the end.
fn strip_tail(text: &str, range: &mut Range<usize>) {
    while let Some(word) = TAIL.ending(&text[range.clone()]).map(|(word, _)| word) {
        // 目的, 作为: one letter that is part of a word stays with a word of two.
        *range = trimmed(text, range.start..range.end - word.len());
    }
}

/// Drops 全市 共 年度 … and a place name from the beginning.
fn strip_head(text: &str, range: &mut Range<usize>) {
    while let Some((word, kind)) = HEAD.beginning(&text[range.clone()]) {
        let rest = &text[range.start + word.len()..range.end];
        if kind == KEPT || rest.chars().count() == 1 {
            break;
        }
        *range = trimmed(text, range.start + word.len()..range.end);
    }
    if text[range.clone()].starts_with('的') {
        range.start += "的".len();
    }
    let word = &text[range.clone()];
    let place = |c: char| matches!(c, '市' | '县' | '省' | '州');
    if !word.chars().take(5).skip(2).any(place) {
        return;
    }
    for place in ["市", "县", "省", "州"] {
        let Some(at) = word
            .char_indices()
            .take(5)
            .skip(2)
            .find(|(_, c)| place.starts_with(*c))
            .map(|(at, _)| at)
        else {
            continue;
        };
        let rest = &word[at + place.len()..];
        let place_name =
            rest.chars().count() >= 2 && !rest.starts_with(['级', '场', '民', '区', '道', '域', '内']);
        if place_name {
            *range = trimmed(text, range.end - rest.len()..range.end);
            return;
        }
    }
}

/// Nouns of measure keep the verb before them: 培训合格率, 维修面积.
fn ends_in_measure(word: &str) -> bool {
    word.ends_with(['率', '度', '额', '量', '数', '值', '费', '期']) && !word.ends_with("消费")
        || ["面积", "费用", "单价"].iter().any(|noun| word.ends_with(noun))
        || word.ends_with("成本")
        || word.ends_with("标准")
}

/// Whether a subject is a lone verb (培训), which is no better than the noun after the number.
pub fn is_verb(subject: &Subject, cues: &[Cue]) -> bool {
    cues.iter()
        .any(|cue| cue.range == subject.range && cue.says(Say::SoftVerb))
}

/// Whether nothing but signs stands there.
pub fn is_bare(text: &str) -> bool {
    text.trim_matches(is_edge).is_empty()
}

/// The subject of a mention before, for another number of its list.
pub fn carried(mention: &Mention) -> Subject {
    Subject {
        name: mention.subject.clone(),
        range: mention.subject_range.start as usize..mention.subject_range.end as usize,
    }
}
