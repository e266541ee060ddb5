//! What the author of a rule file wrote, a span on every node.

pub mod coded;
pub mod date;
pub mod from_text;
pub mod keywords;
pub mod nearest;
pub mod places;
pub mod ready;
pub mod to_text;

use crate::quantity::{Bound, Ratio};
use crate::source::{SourceId, Span};
use keywords::Word;

/// A rule file: its statements in order, each opener with its attributes.
#[derive(Clone, PartialEq, Debug)]
pub struct File {
    /// The source that the spans point into.
    pub source: SourceId,
    /// The statements.
    pub statements: Vec<Statement>,
    /// `#` to the end of the line, for the formatter.
    pub comments: Vec<Span>,
}

impl File {
    /// The statements of one keyword.
    pub fn all(&self, word: Word) -> impl Iterator<Item = &Statement> {
        self.statements
            .iter()
            .filter(move |statement| statement.word == word)
    }

    /// The text of the first statement of one keyword.
    pub fn text(&self, word: Word) -> Option<&Words> {
        self.all(word).find_map(|statement| statement.words())
    }
}

/// One statement: 关键词：内容, and the attributes below it.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// The keyword.
    pub word: Word,
    /// Where the keyword stands.
    pub word_span: Span,
    /// The line, without blanks around it.
    pub span: Span,
    /// What stands after the colon.
    pub content: Content,
    /// The attributes of an opener.
    pub attributes: Vec<Statement>,
    /// Whether a line below it could not be read, so that nothing should be said of what it lacks.
    pub incomplete: bool,
}

impl Statement {
    /// The attributes of one keyword.
    pub fn all(&self, word: Word) -> impl Iterator<Item = &Statement> {
        self.attributes
            .iter()
            .filter(move |attribute| attribute.word == word)
    }

    /// The text or name that the statement consists of.
    pub fn words(&self) -> Option<&Words> {
        match &self.content {
            Content::Text(words) | Content::Head(words, _) | Content::Unit(words) => Some(words),
            _ => None,
        }
    }
}

/// A piece of text with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// Without quotes and the blanks around it.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether it stood in quotes.
    pub quoted: bool,
}

/// What stands after the colon.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// Nothing, where nothing is needed.
    Empty,
    /// A text, a name, one of a few words.
    Text(Words),
    /// 提示, 建议
    Template(Vec<Piece>),
    /// 年度
    Year(i32),
    /// 引用: what, and from which version on.
    Citation(Words, Option<Words>),
    /// A name and its marks.
    Head(Words, Option<Amount>),
    /// 检查／X
    Path(Vec<Words>),
    /// 表中
    Field(Vec<Words>),
    /// 别名 …
    List(Vec<Words>),
    /// 目标
    Target(Target),
    /// 分值
    Points(Amount),
    /// 评分
    Scoring(Scoring),
    /// 单位
    Unit(Words),
    /// 参数
    Parameter(Parameter),
    /// 情形
    Cases(Vec<Case>),
    /// 当, 要求
    Condition(Expr),
    /// 区间
    Interval(Range),
    /// 等级
    Grades(Vec<(Words, Range)>),
    /// 默认评分: 定量 or 定性, and the standard.
    DefaultScoring(Vec<(Words, Scoring)>),
    /// 分值方案
    Scheme(Vec<(Words, Amount)>),
    /// 换算
    Conversion(Amount, Amount),
}

/// A number as written, with its unit.
#[derive(Clone, PartialEq, Debug)]
pub struct Amount {
    /// The number before 万 and the unit.
    pub number: Ratio,
    /// How many decimal places were written.
    pub places: u32,
    /// How many digits that count were written.
    pub digits: u32,
    /// The unit with 万 or 亿 before it.
    pub unit: Option<Words>,
    /// Where all of it stands.
    pub span: Span,
}

/// 目标
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// ≥ 8000 家, 8000 家以上, 8000 家
    Number(Option<Bound>, Amount),
    /// [90，100]
    Interval(Range),
    /// 2020年底前
    Date(Words),
    /// Any other text.
    Text(Words),
}

/// An interval of written numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Range {
    /// The lower end; none for 60以下.
    pub low: Option<RangeEnd>,
    /// The upper end; none for 90以上.
    pub high: Option<RangeEnd>,
    /// Where all of it stands.
    pub span: Span,
}

/// One end of an interval.
#[derive(Clone, PartialEq, Debug)]
pub struct RangeEnd {
    /// The number.
    pub at: Amount,
    /// Whether it belongs; none where the writer did not say (80—90).
    pub closed: Option<bool>,
}

/// 评分
#[derive(Clone, PartialEq, Debug)]
pub struct Scoring {
    /// The standard's name.
    pub standard: Words,
    /// 参数 given.
    pub arguments: Vec<Parameter>,
}

/// A name and its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Parameter {
    /// The name.
    pub name: Words,
    /// The value.
    pub value: Amount,
}

/// 情形
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The condition.
    pub condition: Expr,
    /// What it earns.
    pub result: Expr,
    /// Where all of it stands.
    pub span: Span,
}

/// A piece of 提示 or 建议.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// 【…】
    Value(Expr),
}

/// A formula as written, names not yet looked up.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What a formula says.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// A number.
    Number(Amount),
    /// A name or a way of names; a quoted one alone may be a text.
    Path(Vec<Words>),
    /// 其余
    Otherwise,
    /// A function.
    Call(Words, Vec<Expr>),
    /// 并非
    Not(Box<Expr>),
    /// A leading −
    Negate(Box<Expr>),
    /// Two sides and what stands between.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// 有值 (true), 无值 (false)
    Has(Box<Expr>, bool),
    /// 属于
    Among(Box<Expr>, Vec<Expr>),
    /// `[low，high)`
    Interval(Box<Expr>, bool, Box<Expr>, bool),
}

/// What stands between two sides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "named after crate::expr")]
pub enum Operator {
    And,
    Or,
    Equal,
    Different,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Add,
    Subtract,
    Multiply,
    Divide,
    OrElse,
    Contains,
}

impl Operator {
    /// Whether it makes a condition of two values, so that it cannot follow another that does.
    pub fn compares(self) -> bool {
        matches!(
            self,
            Operator::Equal
                | Operator::Different
                | Operator::Less
                | Operator::AtMost
                | Operator::Greater
                | Operator::AtLeast
                | Operator::Contains
        )
    }
}
