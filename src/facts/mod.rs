//! What a report states: every number with its place, unit, subject and role; the form as it was understood;
//! the outline; look-alike characters. One scan; no rule is known here.

pub mod attachments;
mod breaks;
pub mod cells;
pub mod claims;
pub mod columns;
mod counted;
pub mod cues;
pub mod dates;
pub mod form;
pub mod from_document;
pub mod gate;
pub mod glyphs;
pub mod hints;
mod leftovers;
pub mod masks;
pub mod links;
pub mod mentions;
pub mod modifiers;
pub mod names;
pub mod numbers;
pub mod outline;
pub mod overall;
mod passed;
pub mod stops;
pub mod periods;
pub mod remainders;
pub mod roles;
pub mod sentence;
pub mod subjects;

use crate::quantity::Quantity;
use std::ops::Range;

/// A number in the text that the numeral grammar can read.
#[derive(Clone, PartialEq, Debug)]
pub struct Number {
    /// Where it stands in the view, with its unit and its modifiers (≥ 约 以上), as people would mark it.
    pub range: Range<u32>,
    /// Its digits alone, without modifiers and unit.
    pub digits: Range<u32>,
    /// Its value.
    pub quantity: Quantity,
    /// What it is.
    pub kind: NumberKind,
    /// The sign of a change that the words around it state: 下降 -1, 增长 1, none 0. The value is not changed by it.
    pub change: i8,
}

/// What a number is by its surroundings.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NumberKind {
    /// A number with a unit, a percentage, an amount of money: a quantity.
    Quantity,
    /// A number without a unit that no quantity rule admits.
    Numeral,
    /// Part of a date, a year, a clock time.
    Date,
    /// Part of a document number, a code, a telephone number.
    Code,
    /// 第N, list marks, grades, numbers of annexes and tables.
    Ordinal,
    /// Part of a name (两化, 十四五, 三公).
    Name,
}

/// What a quantity is said to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Role {
    /// 目标
    Target,
    /// 实际
    Actual,
    /// 预算
    Budget,
    /// 执行
    Spent,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// Nothing says what it is: it is never compared.
    Unknown,
}

/// The time that a quantity speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Period {
    /// No word of time: the report's year.
    Report,
    /// A named year.
    Year(i32),
    /// 累计, 以来, 截至目前: a total up to now
    Cumulative,
    /// 规划期, 十四五, 三年: a longer span
    Plan,
    /// A part of the year (一季度, 上半年, 1—6月).
    Part,
}

/// The part of its subject that a quantity speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// The whole.
    Whole,
    /// 新增
    Added,
    /// 其中: a part of what was named before
    Part,
    /// 人均, 户均, 平均
    Average,
    /// 同比增长, 提高, 下降: a change, not a level
    Change,
}

/// A quantity with what it is said of.
#[derive(Clone, PartialEq, Debug)]
pub struct Mention {
    /// The number, as an index into `Facts::numbers`.
    pub number: usize,
    /// The noun that it counts, without quotes, cues, place names and verbs; empty where none was found.
    pub subject: String,
    /// Where the subject stands in the view.
    pub subject_range: Range<u32>,
    /// What it is said to be.
    pub role: Role,
    /// The time that it speaks of.
    pub period: Period,
    /// The part that it speaks of.
    pub scope: Scope,
    /// The clause that it stands in (up to ，。；), in the view. Aliases of rules are looked for here.
    pub clause: Range<u32>,
    /// The heading above it, as an index into `Facts::outline`.
    pub section: Option<usize>,
    /// Whether it stands in a form's cell.
    pub in_form: bool,
}

/// A heading of the report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// Its level, 1 the highest.
    pub level: u8,
    /// Its number as written (一、 or （二）), may be empty.
    pub mark: Range<u32>,
    /// Its words without the number and without a note in brackets at the end.
    pub title: String,
    /// The whole heading in the view.
    pub range: Range<u32>,
    /// All text up to the next heading of its level or a higher one, in the view.
    pub body: Range<u32>,
}

/// Something about the letters of the text that a check may speak of; the words are the check's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Oddity {
    /// What it is.
    pub kind: OddityKind,
    /// Where it stands in the view.
    pub range: Range<u32>,
    /// What was probably meant.
    pub meant: String,
}

/// The kinds of oddity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OddityKind {
    /// A character that looks like another one (ー for 一).
    LookAlike,
    /// A common slip of the pen (5各 for 5个).
    Slip,
    /// A placeholder of the template that nobody replaced (≥**株, ××局); `meant` is the unit or word behind it.
    Placeholder,
    /// A unit that was written twice or in words (100百分比).
    WrongUnit,
}

/// All that a report states.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Facts {
    /// The year that the report is about: its form's, else its title's.
    pub year: Option<i32>,
    /// The report's title, where one was found.
    pub title: Option<Range<u32>>,
    /// Every number that could be read, ascending by place; masked ones too, by kind.
    pub numbers: Vec<Number>,
    /// Quantities with their subjects and roles, ascending by place.
    pub mentions: Vec<Mention>,
    /// The headings.
    pub outline: Vec<Heading>,
    /// Where the report lists or names what is attached to it.
    pub attachments: attachments::Attachments,
    /// The form, where there is one; of several the one with the most rows.
    pub form: Option<form::Form>,
    /// The other forms of the file, in the order of the text.
    pub other_forms: Vec<form::Form>,
    /// The total and the grade that the prose states.
    pub overall: Option<overall::Overall>,
    /// Look-alike characters and common slips.
    pub oddities: Vec<Oddity>,
    /// What sentences claim of their own numbers.
    pub claims: claims::Claims,
}

impl Facts {
    /// All forms, in the order of the text.
    pub fn forms(&self) -> Vec<&form::Form> {
        let mut forms: Vec<&form::Form> = self.form.iter().chain(&self.other_forms).collect();
        forms.sort_by_key(|form| form.range.start);
        forms
    }
}
