//! All keyword spellings, in one table that feeds parser, formatter, completion, docs and “是不是想写…”.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A keyword, whatever its spelling.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "the table below explains each in Chinese")]
pub enum Word {
    Rules,
    Version,
    Year,
    Number,
    Basis,
    Cites,
    Years,
    Remark,
    First,
    Second,
    Third,
    Data,
    Process,
    Standard,
    Check,
    Adjust,
    Trial,
    Accept,
    Grades,
    GradeStep,
    Sections,
    Attachments,
    Forbidden,
    DefaultScoring,
    Scheme,
    Bonus,
    Conversion,
    SameUnits,
    Disable,
    Aliases,
    Target,
    Points,
    Scoring,
    Unit,
    InForm,
    Parts,
    SomeParts,
    Steps,
    Parameter,
    Case,
    Code,
    Level,
    Each,
    When,
    Require,
    Manner,
    Message,
    Help,
    Range,
    Reason,
    Sample,
    SampleFile,
    Expect,
    ExpectNot,
    BuiltIn,
    Fingerprint,
    By,
    Until,
}

use Word::*;

/// Where a statement may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Before the first statement of the file.
    Header,
    /// Opens a block that takes attributes.
    Opener,
    /// Stands alone and closes the open block.
    Line,
    /// Belongs to the last opener, which must be one of these.
    Attribute(&'static [Word]),
    /// Wherever its author likes.
    Anywhere,
}

/// What is written after the colon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Free text to the end of the line.
    Text,
    /// Free text that may be left out.
    MayBeEmpty,
    /// Free text with 【…】.
    Template,
    /// A year.
    Year,
    /// A day.
    Date,
    /// 16 letters and digits.
    Fingerprint,
    /// A document number or path, and `，2020.1 起`.
    Citation,
    /// A name and perhaps `，10 分`.
    Head,
    /// A name.
    Name,
    /// 检查／X
    Path,
    /// Names parted by 、
    List,
    /// A target.
    Target,
    /// 10 分
    Points,
    /// A standard and its parameters.
    Scoring,
    /// A unit.
    Unit,
    /// A field path.
    Field,
    /// 及格门槛 = 60%
    Parameter,
    /// A condition，得 marks
    Cases,
    /// A condition.
    Condition,
    /// An interval.
    Interval,
    /// 优 [90，100]；…
    Grades,
    /// 定量 …；定性 …
    DefaultScoring,
    /// 产出指标 50、…
    Scheme,
    /// 1 万亩 = 10000 亩
    Conversion,
    /// One of a few words.
    Choice(&'static [&'static str]),
}

/// A row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keyword {
    /// Which keyword it is.
    pub word: Word,
    /// The spelling that the formatter prints.
    pub text: &'static str,
    /// Spellings that are read as well.
    pub synonyms: &'static [&'static str],
    /// Where it may stand.
    pub place: Place,
    /// What follows the colon.
    pub shape: Shape,
    /// What it is for.
    pub note: &'static str,
    /// An example of what follows the colon.
    pub example: &'static str,
}

const fn row(
    word: Word,
    text: &'static str,
    synonyms: &'static [&'static str],
    place: Place,
    shape: Shape,
    example: &'static str,
    note: &'static str,
) -> Keyword {
    Keyword {
        word,
        text,
        synonyms,
        place,
        shape,
        note,
        example,
    }
}

use Place::{Anywhere, Attribute, Header, Line, Opener};

const INDICATORS: &[Word] = &[First, Second, Third];
const NAMED: &[Word] = &[Third, Data];
const CALLED: &[Word] = &[Third, Data, Sections];

/// Every keyword.
#[rustfmt::skip]
pub const KEYWORDS: &[Keyword] = &[
    row(Rules, "规则", &["办法名称"], Header, Shape::Text, "两化融合专项绩效自评", "这份规则的名称"),
    row(Version, "版本", &[], Header, Shape::Text, "2020.1", "这份规则的版本号"),
    row(Year, "年度", &[], Header, Shape::Year, "2020", "规则针对的年度；写在“验证”下面的，是原文的年度"),
    row(Number, "文号", &[], Header, Shape::Text, "财预〔2020〕10号", "这份规则自己的文号"),
    row(Basis, "依据", &[], Anywhere, Shape::Text, "株工信发〔2020〕6号", "所依据的文件和条款"),
    row(Cites, "引用", &[], Header, Shape::Citation, "财预〔2020〕10号，2020.1 起", "采用另一份规则"),
    row(Years, "适用年度", &[], Header, Shape::Text, "2021 起", "这份规则适用的年度"),
    row(Remark, "备注", &[], Anywhere, Shape::Text, "以年报数为准", "说明文字，不参与核对"),
    row(First, "一级指标", &[], Opener, Shape::Head, "产出指标，50 分", "一级指标和它的分值"),
    row(Second, "二级指标", &[], Opener, Shape::Head, "数量指标", "二级指标，属于上面的一级指标"),
    row(Third, "三级指标", &["指标"], Opener, Shape::Head, "上云企业数，20 分", "三级指标，属于上面的一级、二级指标"),
    row(Data, "数据", &[], Opener, Shape::Name, "下拨资金", "报告中要核对的一个数"),
    row(Process, "流程", &[], Opener, Shape::Name, "资金分配", "应当交代的流程"),
    row(Standard, "评分标准", &["评分法", "评分办法"], Opener, Shape::Name, "按完成比例", "得分怎样从完成情况算出"),
    row(Check, "检查", &[], Opener, Shape::Name, "平均补助与资金不符", "一条检查，用它查出的问题命名"),
    row(Adjust, "调整", &["改写", "修改"], Opener, Shape::Path, "检查／超额较多无说明", "改动所引用规则中的一条"),
    row(Trial, "验证", &["试例", "用例", "测试"], Opener, Shape::Name, "上云目标前后不一", "用一段原文试一试规则"),
    row(Accept, "采纳", &[], Opener, Shape::Path, "扣分无原因／受益村民人数", "认可报告中的一处问题，不再改；写在报告旁边的采纳文件里"),
    row(Grades, "等级", &[], Line, Shape::Grades, "优 [90，100]；良 [80，90)；中 [60，80)；差 [0，60)", "总分与等级的对应"),
    row(GradeStep, "等级取整", &[], Line, Shape::Points, "1 分", "评定等级前总分取整"),
    row(Sections, "章节", &[], Line, Shape::List, "基本情况、有关建议", "报告应有的章节，按顺序"),
    row(Attachments, "附件", &[], Line, Shape::List, "项目支出绩效自评表", "报告应附的材料"),
    row(Forbidden, "禁用词", &[], Line, Shape::List, "圆满完成", "报告不得使用的词"),
    row(DefaultScoring, "默认评分", &[], Line, Shape::DefaultScoring, "定量 按完成比例；定性 三档定性", "没有写评分的指标按什么打分"),
    row(Scheme, "分值方案", &[], Line, Shape::Scheme, "预算执行率 10、产出指标 50、效益指标 30、满意度指标 10", "一级指标的分值分配"),
    row(Bonus, "加分项", &[], Line, Shape::Head, "获奖加分，5 分", "满分以外的加分"),
    row(Conversion, "换算", &[], Line, Shape::Conversion, "1 万亩 = 10000 亩", "新单位与已有单位的换算"),
    row(SameUnits, "同类单位", &[], Line, Shape::List, "家、户", "可以互相比较的计数单位"),
    row(Disable, "不适用", &["停用"], Line, Shape::Path, "检查／超额较多无说明", "停用所引用规则中的一条"),
    row(Aliases, "别名", &["又称"], Attribute(CALLED), Shape::List, "上云企业、企业上云", "报告里的其他叫法"),
    row(Word::Target, "目标", &["目标值", "指标值", "年度指标值"], Attribute(&[Third]), Shape::Target, "≥ 8000 家", "指标的目标值"),
    row(Points, "分值", &["权重"], Attribute(INDICATORS), Shape::Points, "10 分", "指标的分值"),
    row(Word::Scoring, "评分", &[], Attribute(&[First, Second, Third, Bonus]), Shape::Scoring, "按完成比例，及格门槛 = 60%", "用哪个评分标准"),
    row(Word::Unit, "单位", &["计量单位"], Attribute(NAMED), Shape::Unit, "万元", "计量单位"),
    row(InForm, "表中", &[], Attribute(NAMED), Shape::Field, "资金.总额.全年执行数", "在自评表中的位置"),
    row(Parts, "分项", &[], Attribute(NAMED), Shape::List, "省级资金、市级资金", "各部分，相加应等于总数"),
    row(SomeParts, "其中", &[], Attribute(NAMED), Shape::List, "省级资金", "部分，不要求相加等于总数"),
    row(Steps, "步骤", &[], Attribute(&[Process]), Shape::List, "申报通知、专家评审、公示", "流程的步骤，按顺序"),
    row(Word::Parameter, "参数", &[], Attribute(&[Standard, Check, Adjust]), Shape::Parameter, "超额界限 = 130%", "公式里用到、可以调整的数"),
    row(Case, "情形", &[], Attribute(&[Standard, Adjust]), Shape::Cases, "完成率 ≥ 60%，得 分值 × 完成率", "什么情形得多少分"),
    row(Code, "代号", &[], Attribute(&[Check]), Shape::Text, "fund-sum", "检查的英文代号"),
    row(Level, "级别", &[], Attribute(&[Check, Adjust, Sections, Process, Attachments, Forbidden]), Shape::Choice(LEVELS), "错误", "问题有多严重"),
    row(Each, "逐项", &["对每个"], Attribute(&[Check, Adjust]), Shape::Choice(CONTEXTS), "指标行", "对什么逐个检查"),
    row(When, "当", &[], Attribute(&[Check, Adjust]), Shape::Condition, "完成率 ≥ 130%", "什么时候才检查"),
    row(Require, "要求", &[], Attribute(&[Check, Adjust]), Shape::Condition, "原因 有值", "应当成立的条件"),
    row(Word::Manner, "比对", &["口径"], Attribute(&[Check, Adjust]), Shape::Choice(MANNERS), "按约数范围", "数字怎样比较"),
    row(Message, "提示", &[], Attribute(&[Check, Adjust]), Shape::Template, "得分【得分】超过分值【分值】。", "查出问题时说的话"),
    row(Help, "建议", &[], Attribute(&[Check, Adjust, Forbidden]), Shape::Template, "核对后改正，或说明原因。", "怎样改正"),
    row(Range, "区间", &[], Attribute(&[Adjust]), Shape::Interval, "[92，100]", "调整后的等级区间"),
    row(Reason, "理由", &[], Attribute(&[Adjust, Disable, Accept]), Shape::Text, "市级办法第六条", "为什么这样调整，或者为什么认可"),
    row(Sample, "原文", &["样例"], Attribute(&[Trial, Accept]), Shape::Text, "确保完成年度上云8000家目标。", "用来试规则的一段报告；在“采纳”下面，是认可时报告里的写法"),
    row(SampleFile, "原文文件", &["样例文件"], Attribute(&[Trial]), Shape::Text, "“./样例.docx”", "用来试规则的报告文件"),
    row(Expect, "应提示", &["应报"], Attribute(&[Trial]), Shape::Text, "目标前后不一致／上云企业数", "应当查出的问题"),
    row(ExpectNot, "不应提示", &["不报"], Attribute(&[Trial]), Shape::Text, "全部", "不应当查出的问题"),
    row(Word::Fingerprint, "指纹", &[], Attribute(&[Accept]), Shape::Fingerprint, "3f9a0c41d27be865", "认的是哪一处问题；报告里的数改了，指纹就变，认可随之作废"),
    row(By, "批准", &["批准人"], Attribute(&[Accept]), Shape::Text, "县财政局绩效科 王某", "谁认可的"),
    row(Until, "到期", &["有效期至"], Attribute(&[Accept]), Shape::Date, "2026-12-31", "认可到哪一天为止，当天有效"),
    row(Word::BuiltIn, "内置", &[], Attribute(&[Check]), Shape::MayBeEmpty, "是", "由程序本身判断的检查"),
];

/// What an 调整 may change besides what names it as its owner.
pub const ADJUSTABLE: &[Word] = &[
    Word::Target,
    Points,
    Word::Scoring,
    Aliases,
    Word::Unit,
    InForm,
    Parts,
    SomeParts,
    Steps,
];

/// The lines below an 调整 of all of 等级, 分值方案 or 默认评分.
#[rustfmt::skip]
const WHOLE: &[(Word, Keyword)] = &[
    (Grades, row(Range, "区间", &[], Attribute(&[Adjust]), Shape::Grades, "优 [90，100]；良 [80，90)；中 [60，80)；差 [0，60)", "调整后的全部等级")),
    (Scheme, row(Points, "分值", &["权重"], Attribute(&[Adjust]), Shape::Scheme, "预算执行率 10、产出指标 50、效益指标 30、满意度指标 10", "调整后的分值方案")),
    (DefaultScoring, row(Word::Scoring, "评分", &[], Attribute(&[Adjust]), Shape::DefaultScoring, "定量 按完成比例；定性 三档定性", "调整后的默认评分")),
];

/// The row of the line below an 调整 of all of a kind.
pub fn whole(kind: Word) -> Option<&'static Keyword> {
    WHOLE.iter().find(|(of, _)| *of == kind).map(|(_, row)| row)
}

/// 级别
pub const LEVELS: &[&str] = &["错误", "警告", "提醒", "error", "warning", "info"];
/// 逐项
pub const CONTEXTS: &[&str] = &["报告", "自评表", "资金行", "执行行", "一级组", "二级组", "指标行"];
/// 比对
pub const MANNERS: &[&str] = &["按所列数字", "按列示数", "按约数范围", "真值区间"];

/// The function words of formulas.
pub const FUNCTIONS: &[&str] = &["合计", "计数", "最大", "最小", "舍入", "等级名", "章节文"];

/// The row of a keyword by any of its spellings.
pub fn by_spelling(text: &str) -> Option<&'static Keyword> {
    static ROWS: LazyLock<FxHashMap<&str, &Keyword>> = LazyLock::new(|| spellings().collect());
    ROWS.get(text).copied()
}

/// The row of a keyword.
pub fn of(word: Word) -> &'static Keyword {
    KEYWORDS
        .iter()
        .find(|row| row.word == word)
        .unwrap_or(&KEYWORDS[0])
}

/// The spelling that is printed.
pub fn text(word: Word) -> &'static str {
    of(word).text
}

/// The keyword with which a line begins, the longest one where several fit, and the bytes that it takes.
pub fn beginning(line: &str) -> Option<(&'static Keyword, usize)> {
    spellings()
        .filter(|(spelling, _)| line.starts_with(spelling))
        .max_by_key(|(spelling, _)| spelling.len())
        .map(|(spelling, row)| (row, spelling.len()))
}

/// The spellings that are nearest to a misspelt one, all equally near.
pub fn all_nearest(word: &str) -> Vec<&'static str> {
    crate::syntax::nearest::all_nearest(word, spellings().map(|(spelling, _)| spelling))
}

fn spellings() -> impl Iterator<Item = (&'static str, &'static Keyword)> {
    KEYWORDS.iter().flat_map(|row| {
        std::iter::once(row.text)
            .chain(row.synonyms.iter().copied())
            .map(move |s| (s, row))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_stands_once() {
        let all: Vec<_> = spellings().map(|(spelling, _)| spelling).collect();
        for spelling in &all {
            assert_eq!(
                all.iter().filter(|other| other == &spelling).count(),
                1,
                "{spelling}"
            );
        }
    }

    #[test]
    fn a_slip_of_one_sign_finds_its_keyword() {
        assert_eq!(all_nearest("目彪"), ["目标"]);
        assert_eq!(all_nearest("三级指际"), ["三级指标"]);
        assert_eq!(all_nearest("遂项"), ["分项", "逐项"]);
        assert!(all_nearest("天气").is_empty());
    }
}
