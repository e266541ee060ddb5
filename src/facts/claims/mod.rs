//! What sentences claim of their own numbers: sums, shares, counts of lists, numbers of headings, plain denials. Found
//! in one scan; whether a claim holds is for the checks to say.

mod differences;
mod listings;
mod marks;
mod portions;
mod prose;
mod rates;
mod sayings;
mod scores;
mod shares;
mod sums;
mod words;
mod years;

use crate::document::Document;
use crate::facts::breaks::Breaks;
use crate::facts::form::Form;
use crate::facts::{Heading, Mention, Number};
use std::ops::Range;

/// How parts stand to their whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Parts {
    /// 包括, 分别为, 合计: they add up to it.
    All,
    /// 其中: together they do not exceed it.
    Some,
    /// 其中 of things that may be counted twice: none of them exceeds it.
    Overlapping,
    /// What came in less what was spent is what was left: the parts are 收 and 支.
    Left,
}

/// A whole and its parts in one passage, as indices into `Facts::mentions`.
#[derive(Clone, PartialEq, Debug)]
pub struct Sum {
    /// The whole.
    pub whole: usize,
    /// Other numbers that may be the whole.
    pub others: Vec<usize>,
    /// The parts in their order.
    pub parts: Vec<usize>,
    /// How they stand to the whole.
    pub how: Parts,
    /// Whether the same sign parts them all and nothing follows their numbers: none of them is an afterthought.
    pub uniform: bool,
}

/// What a percentage is said to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ShareKind {
    /// The part over the base.
    Of,
    /// The same, where the base is only known by its place before the part: it may be another.
    OfThose,
    /// From the base to the part: what was added, over the base.
    Change,
    /// The part is what was added to an earlier level, or taken from it, up to the base.
    Added,
    /// The same, taken from it.
    Taken,
    /// 完成目标的94%: the part over its target.
    OfTarget,
    /// 惠民演出仅完成31场，完成率77.5%: the part over its target, which stands elsewhere.
    OfFarTarget,
    /// 超任务43%: what the part is above its target.
    OverTarget,
}

/// A percentage with the numbers that it is reckoned from, as indices into `Facts::mentions`.
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    /// The percentage.
    pub percent: usize,
    /// What it is reckoned from; none where the passage names none.
    pub part: Option<usize>,
    /// What it is reckoned on; none where the passage names none.
    pub base: Option<usize>,
    /// What it is said to be.
    pub kind: ShareKind,
}

/// A difference of two numbers that a sentence tells, as indices into `Facts::mentions`.
#[derive(Clone, PartialEq, Debug)]
pub struct Difference {
    /// The difference as it is told.
    pub stated: usize,
    /// The number that the other is compared with; none where its target is meant, which the sentence does not name.
    pub from: Option<usize>,
    /// The number that is compared.
    pub to: usize,
    /// Whether the sentence itself says which two numbers are meant; otherwise their words only suggest it.
    pub sure: bool,
}

/// A list whose length is announced.
#[derive(Clone, PartialEq, Debug)]
pub struct Listing {
    /// The announced number with its counter.
    pub said: Range<u32>,
    /// The number.
    pub stated: u32,
    /// How many items there are at least.
    pub least: u32,
    /// How many there are at most, where 和 may part two items.
    pub most: u32,
    /// The items, for the reader.
    pub items: Range<u32>,
}

/// A number of a heading or list item that does not follow from the one before.
#[derive(Clone, PartialEq, Debug)]
pub struct Misnumbered {
    /// The mark before.
    pub before: Range<u32>,
    /// The mark that does not follow.
    pub mark: Range<u32>,
    /// Whether it repeats the one before; otherwise a number is left out.
    pub repeated: bool,
    /// The mark that was to be expected there.
    pub expected: String,
}

/// What a plain sentence says of the whole report.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SayingKind {
    /// 没有剩余
    NothingLeft,
    /// 各项指标全部完成
    AllMet,
    /// 年中未作调整
    NotAdjusted,
    /// 未超预算
    NotExceeded,
}

/// A sentence that the form can refute.
#[derive(Clone, PartialEq, Debug)]
pub struct Saying {
    /// What it says.
    pub kind: SayingKind,
    /// Its words.
    pub range: Range<u32>,
    /// An execution rate that the same sentence states, as an index into `Facts::mentions`.
    pub rate: Option<usize>,
    /// The year that its sentence names.
    pub year: Option<i32>,
}

/// Years that do not fit together.
#[derive(Clone, PartialEq, Debug)]
pub enum YearClash {
    /// The form is of one year, its period is another.
    Period {
        /// The year, where it stands.
        year: (i32, Range<u32>),
        /// The period, first and last year, where it stands.
        period: (i32, i32, Range<u32>),
    },
    /// The title names one year, the form another.
    Title {
        /// The title's year.
        title: (i32, Range<u32>),
        /// The form's year.
        form: (i32, Range<u32>),
    },
    /// All money that the prose tells is of a year before the report's.
    Money {
        /// The report's year, and where it stands.
        title: (i32, Range<u32>),
        /// The year of the money.
        year: (i32, Range<u32>),
        /// The money.
        amount: Range<u32>,
    },
}

/// All claims of a report.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Claims {
    /// Wholes and parts.
    pub sums: Vec<Sum>,
    /// Totals of marks with the marks that make them up.
    pub scores: Vec<Sum>,
    /// Percentages.
    pub shares: Vec<Share>,
    /// Differences.
    pub differences: Vec<Difference>,
    /// Lists with an announced length.
    pub listings: Vec<Listing>,
    /// Numbers of headings that do not follow.
    pub misnumbered: Vec<Misnumbered>,
    /// Plain sentences.
    pub sayings: Vec<Saying>,
    /// Years.
    pub years: Vec<YearClash>,
}

/// The claims of a report.
pub fn gather(
    (document, breaks): (&Document, &Breaks),
    numbers: &[Number],
    mentions: &[Mention],
    outline: &[Heading],
    form: Option<&Form>,
    title: Option<&Range<u32>>,
) -> Claims {
    let prose = prose::Prose::new(document, breaks, numbers, mentions, form);
    let hits = words::hits(&document.view.text);
    let sums = sums::find(&prose, &hits);
    let differences = differences::find(&prose);
    Claims {
        shares: shares::find(&prose, &sums, &differences),
        scores: scores::find(&prose, &hits),
        differences,
        listings: listings::find(&prose, &hits),
        misnumbered: marks::find(document),
        sayings: sayings::find(&prose, &hits),
        years: years::find(&prose, outline, form, title),
        sums,
    }
}
