//! The role of a quantity from the words around it.

use super::cues::{Cue, Say};
use super::{Heading, Role};
use crate::quantity::{Dimension, Unit};
use std::ops::Range;

/// What the words of a sentence say of a number, and the word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Told {
    /// The role.
    pub role: Role,
    /// Whether the word may speak of what is to be as well (完成 under a heading 绩效目标).
    pub open: bool,
}

impl Told {
    /// The role, by a word that leaves nothing open.
    pub fn of(role: Role) -> Told {
        Told { role, open: false }
    }

    /// Whether something was done or spent.
    pub fn is_done(&self) -> bool {
        matches!(self.role, Role::Actual | Role::Spent)
    }
}

/// The longest way, in bytes, between 目标 and the 完成 that it governs, or 安排 and 支出.
const REACH: usize = 15;

/// What the words before a number say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Left {
    /// A role.
    Told(Told),
    /// There are words, and they may be read in two ways.
    Ambiguous,
    /// No word speaks of the number.
    Nothing,
}

/// The role that the nearest word to the left gives. `cues` are those of the sentence; `governs` tells of one whether
/// it still speaks at the number.
pub fn from_left(
    text: &str,
    cues: &[Cue],
    subject: &Range<usize>,
    number: usize,
    governs: impl Fn(&Cue) -> bool,
) -> Left {
    // 拨付率 is what is counted; its 拨付 says nothing of the role.
    let within = |cue: &Cue| cue.range.start >= subject.start && cue.range.end < subject.end;
    let is_role = |cue: &&Cue| {
        let told =
            role_of(cue).is_some_and(|role| role == Role::Target || !is_measured(&text[cue.range.end..]));
        told && cue.range.end <= number && !within(cue) && !is_reference(text, cue)
    };
    // 目标的95% is a share of the target: neither the target nor what was done.
    let share = |cue: &Cue| cue.range.end <= number && is_share(&text[cue.range.end..number]);
    if cues.iter().any(|cue| cue.says(Say::Target) && share(cue)) {
        return Left::Ambiguous;
    }
    let mut left = cues.iter().rev().filter(is_role);
    let Some(nearest) = left.next().filter(|cue| governs(cue)) else {
        return Left::Nothing;
    };
    let Some(mut role) = role_of(nearest) else {
        return Left::Nothing;
    };
    let earlier = left.next();
    // 全年完成 under 绩效目标 is what is to be done, as 完成 is.
    let whole_year = ["全年完成", "全年共完成", "年内完成"].contains(&&text[nearest.range.clone()]);
    let open = nearest.says(Say::Do);
    let between = earlier.map(|cue| &text[cue.range.end..nearest.range.start]);
    let close = between.is_some_and(|gap| gap.len() <= REACH && !gap.contains(ends_item));
    match earlier.and_then(role_of) {
        // 确保完成 and 目标：完成 speak of what is to be.
        Some(Role::Target) if open && close => role = Role::Target,
        // 计划培训100人，完成98人 and 计划培训100人，完成验收2次 look alike: nothing is said.
        Some(Role::Target) if open && governs_more(text, cues, nearest) => return Left::Ambiguous,
        // 完成目标8000家 may be either.
        Some(Role::Actual)
            if role == Role::Target && close && is_noun(text, nearest) && !is_stated(text, nearest) =>
        {
            return Left::Ambiguous;
        }
        Some(Role::Target) if role == Role::Spent && between.is_some_and(|gap| !gap.contains(ends_item)) => {
            match spent_as_planned(earlier.map_or("", |cue| &text[cue.range.clone()])) {
                Some(planned) => role = planned,
                None => return Left::Ambiguous,
            }
        }
        // 安排支出100万元 is a budget.
        Some(Role::Budget) if role == Role::Spent && close => role = Role::Budget,
        _ => {}
    }
    Left::Told(Told {
        role,
        open: (open || whole_year) && role == Role::Actual,
    })
}

/// 到位率, 支付进度, 发放总额: what follows a word makes it part of a noun of measure.
fn is_measured(after: &str) -> bool {
    after.starts_with(['率', '度', '额', '量', '期', '进', '及'])
        || ["总额", "总量", "总数"]
            .iter()
            .any(|measure| after.starts_with(measure))
}

/// 拟安排培训支出 is a budget, 为完成任务支出 was spent; 计划支出100万元 may have been spent as planned.
fn spent_as_planned(word: &str) -> Option<Role> {
    match word {
        _ if word.starts_with('拟') => Some(Role::Budget),
        _ if word.contains("目标") || word.contains("任务") => Some(Role::Spent),
        _ => None,
    }
}

/// Whether what stands between 目标 and a number makes it a share of the target: 的, or 的120%和.
fn is_share(between: &str) -> bool {
    let list = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | '％' | '、' | '和' | '及' | ' ');
    let of = between.trim().strip_prefix('的');
    of.is_some_and(|rest| rest.is_empty() || rest.contains(['%', '％']) && rest.chars().all(list))
}

/// 下达我市任务为8000户 says what the task is.
fn is_stated(text: &str, cue: &Cue) -> bool {
    text[cue.range.end..].starts_with(['为', '是'])
}

/// Whether a number in this unit can have the role: money is budgeted and spent, marks are given.
pub fn fits(role: Role, unit: Unit) -> bool {
    match role {
        Role::Budget | Role::Spent => unit.is_money(),
        Role::Weight | Role::Score => unit.is_none() || unit.dimension() == Some(Dimension::Score),
        _ => unit.dimension() != Some(Dimension::Score),
    }
}

fn ends_item(c: char) -> bool {
    matches!(c, '，' | '；' | ',' | ';' | '、')
}

/// Whether a target word before `cue` was directly followed by a verb (计划培训 …): then it goes on governing.
fn governs_more(text: &str, cues: &[Cue], cue: &Cue) -> bool {
    let mut ahead = cues.iter().filter(|other| other.range.end <= cue.range.start);
    ahead.any(|target| {
        let verb = |other: &Cue| {
            let acts = other.says(Say::Verb) || other.says(Say::SoftVerb);
            acts && other.range.start == target.range.end && !is_stated(text, target)
        };
        target.says(Say::Target) && (cues.iter().any(verb) || text[target.range.clone()].ends_with("实现"))
    })
}

/// 达到了预期目标。 and 为年度目标的103% speak about the target; they do not say that the next number is one.
fn is_reference(text: &str, cue: &Cue) -> bool {
    if !cue.says(Say::Target) || !is_noun(text, cue) {
        return false;
    }
    let after = &text[cue.range.end..];
    let compared = [
        "的", "多", "少", "高", "低", "增", "减", "相比", "要求", "相符", "一致",
    ];
    after.is_empty()
        || after.starts_with(['，', '。', '；', '、', '！', ',', ';', '）', '\n'])
        || compared.iter().any(|word| after.starts_with(word))
}

fn is_noun(text: &str, cue: &Cue) -> bool {
    let word = &text[cue.range.clone()];
    ["目标", "任务", "数", "值", "指标", "计划"]
        .iter()
        .any(|end| word.ends_with(end))
}

fn role_of(cue: &Cue) -> Option<Role> {
    let said = [
        (Say::Weight, Role::Weight),
        (Say::Score, Role::Score),
        (Say::Spent, Role::Spent),
        (Say::Budget, Role::Budget),
        (Say::Target, Role::Target),
        (Say::Done, Role::Actual),
        (Say::Do, Role::Actual),
    ];
    said.iter().find(|(say, _)| cue.says(*say)).map(|(_, role)| *role)
}

/// 产出指标（50分）
pub fn is_bracketed(before: &str, after: &str) -> bool {
    before.trim_end().ends_with(['（', '(']) && after.trim_start().starts_with(['）', ')'])
}

/// Whether a short first sentence tells something (达到了预期目标) instead of naming what follows.
pub fn is_statement(words: &str) -> bool {
    let tells = ["达到", "达成", "完成", "实现", "确保", "已"];
    words.contains(['，', '了']) || tells.iter().any(|verb| words.starts_with(verb))
}

/// 得8.5分 is a mark and 扣1.5分 none, whatever stands further off.
pub fn scored(before: &str) -> Option<Option<Told>> {
    let before = before.trim_end();
    let got = before.ends_with('得') && !before.ends_with("取得") && !before.ends_with("获得");
    let told = got.then_some(Told::of(Role::Score));
    (got || before.ends_with('扣')).then_some(told)
}

/// 完成培训523人，完成率104.6%: what was done in one clause says nothing of a share in the next, nor what was spent of a
/// rate per head. `own` is what stands before the number in its own clause.
pub fn stops_at_clause(cue: &Cue, own: &str, unit: Unit) -> bool {
    let done = [Say::Done, Say::Do, Say::Budget, Say::Spent]
        .iter()
        .any(|say| cue.says(*say));
    let paid = cue.says(Say::Budget) || cue.says(Say::Spent);
    let told = |words: &[&str]| words.iter().any(|word| own.contains(word));
    // 已安置318人，2人自主择业: another number begins the clause, and something else is said of it.
    (done && own.trim().is_empty())
        || (unit.is_pure() && (done || told(&["完成率", "执行率", "到位率"])))
        || (done && told(&["标准", "人均"]))
        || (paid && told(&["平均", "户均"]))
}

/// 完成8000家上云目标, 未完成1万家的任务: a target named right after the number, in the same clause.
pub fn from_right(after: &str) -> Option<Told> {
    let clause = after
        .split([',', '，', '。', '；', '、', '：', '\n', '|'])
        .next()?;
    let near = clause
        .char_indices()
        .nth(8)
        .map_or(clause, |(end, _)| &clause[..end]);
    // 项目资金1200万元已全部拨付到位
    let done = ["拨付", "到位", "支付", "发放", "下达", "完成", "建成"];
    let already = near.starts_with("已") || near.starts_with("均已") || near.starts_with("全部");
    if already
        && done.iter().any(|verb| near.contains(verb))
        && !clause.contains(|c: char| c.is_ascii_digit())
    {
        return Some(Told::of(Role::Actual));
    }
    let word = ["目标", "任务", "计划", "的要求"]
        .into_iter()
        .find(|word| near.contains(word))?;
    let passes = ["子目标", "目标群", "目标人", "计划生", "任务书", "目标不"]
        .iter()
        .any(|other| near.contains(other));
    let digit = near.split(word).next()?.contains(|c: char| c.is_ascii_digit());
    (!passes && !digit).then_some(Told::of(Role::Target))
}

/// 高于目标6个百分点, 比目标值高2个百分点: a distance from the target in the clause of the number.
pub fn is_distance(own: &str, unit: Unit) -> bool {
    let compared = [
        "高于",
        "低于",
        "高出",
        "超过",
        "超出",
        "超目标",
        "超计划",
        "比目标",
        "比计划",
        "比任务",
    ];
    compared_at(own).is_some() || unit.name() == "个百分点" && compared.iter().any(|word| own.contains(word))
}

/// 比计划多6场, 较预算节约12万元: where the comparison begins, in what stands before a number that is only the distance.
pub fn compared_at(own: &str) -> Option<usize> {
    let off = [
        "多", "少", "高", "低", "增", "减", "超", "增加", "减少", "节约", "节省", "压减", "高出", "超出",
        "多出", "提前", "推迟", "延迟", "滞后", "延后", "延长",
    ];
    let lead = own.trim_end_matches(['了', ' ']);
    if !off.iter().any(|word| lead.ends_with(word)) {
        return beyond_plan(lead);
    }
    // 比非项目区高1200元
    let noun = ["比例", "比重", "比率", "较好", "较大", "较高", "较低"];
    if lead.starts_with(['比', '较']) && !noun.iter().any(|word| lead.starts_with(word)) {
        return Some(0);
    }
    let with = ["计划", "目标", "任务", "预算", "年初", "上年", "去年", "上一年"];
    let starts = own.char_indices().filter(|(_, c)| matches!(c, '比' | '较'));
    let mut held = starts.filter(|(at, c)| {
        let rest = &own[at + c.len_utf8()..];
        with.iter().any(|word| rest.starts_with(word))
    });
    held.next().map(|(at, _)| at)
}

/// 少于计划40人, 超年初目标6公里: the number may be the plan or the distance from it, so that it is neither.
fn beyond_plan(lead: &str) -> Option<usize> {
    let plans = ["计划", "目标", "任务", "计划数", "任务数", "指标"];
    let lead = plans.iter().rev().find_map(|plan| lead.strip_suffix(plan))?;
    let whose = ["年初", "年度", "全年", "预期", "既定", "原"];
    let lead = whose
        .iter()
        .find_map(|word| lead.strip_suffix(word))
        .unwrap_or(lead);
    let beyond = ["少于", "多于", "低于", "高于", "超过", "超出", "超"];
    beyond
        .iter()
        .find_map(|word| lead.strip_suffix(word))
        .map(str::len)
}

/// 原定培训2000人，因疫情改为线上，培训3460人: why it came out otherwise ends what was planned.
pub fn is_turned(between: &str) -> bool {
    let turns = ["，因", "，由于", "，受", "，但", "，然", "，虽", "改为", "调整为"];
    turns.iter().any(|word| between.contains(word))
}

/// 至年底淘汰45台 behind 任务为45台，: a target that a noun states with its number is over with its clause.
pub fn is_said_of(between: &str) -> bool {
    matches!(
        between.trim(),
        "" | "为" | "是" | "值" | "值为" | "值是" | "数" | "数为"
    )
}

/// 超过90%的目标值: a share that is the target itself, not a share of it.
pub fn is_named_after(after: &str) -> bool {
    let after = after.trim_start_matches(['”', '"', ' ']);
    let named = ["的目标", "的年度目标", "的预期目标", "的绩效目标", "的任务目标"];
    named.iter().any(|word| after.starts_with(word))
}

/// The role that a heading gives to what stands under it.
pub fn from_heading(title: &str) -> Option<Role> {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&[
        "完成情况",
        "实现情况",
        "产出",
        "效益",
        "成效",
        "完成",
        "实施情况",
        "取得的",
    ]) {
        return Some(Role::Actual);
    }
    has(&[
        "绩效目标",
        "总体目标",
        "预期目标",
        "年度目标",
        "阶段性目标",
        "工作目标",
    ])
    .then_some(Role::Target)
}

/// The role by the headings above: the nearest one that gives a role, going up level by level.
pub fn from_section(outline: &[Heading], section: Option<usize>) -> Option<Told> {
    let mut at = section?;
    let mut level = u8::MAX;
    loop {
        let heading = outline.get(at)?;
        if heading.level < level {
            level = heading.level;
            if let Some(role) = from_heading(&heading.title) {
                return Some(Told { role, open: false });
            }
        }
        at = at.checked_sub(1)?;
    }
}
