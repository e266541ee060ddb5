//! The form's own words in a cell: what it asks to be explained, and whether the author wrote anything beside them.

use crate::quantity::Ratio;
use crate::words::said::Said;

/// What a form asks its author to explain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Demand {
    /// 执行率未达90%的需说明原因
    LowRate(Ratio),
    /// 年中发生预算调整的应说明理由
    Adjusted,
    /// 偏差超过30%的须说明原因
    Deviation(Ratio),
}

/// Whether a text holds only the form's own words.
pub fn is_only_hint(text: &str) -> bool {
    Said::Hint.in_text(text) && sentences(text).all(is_own)
}

/// Whether a sentence is the form's own: it asks for something, or says how a column is reckoned.
fn is_own(sentence: &str) -> bool {
    let bare = sentence.trim_matches(|c: char| !c.is_alphanumeric());
    let asks = Said::Hint.in_text(sentence);
    let defines = ["包括：", "包括:", "=", "＝", "÷"]
        .iter()
        .any(|sign| sentence.contains(sign));
    bare.is_empty() || asks || defines || bare.chars().all(|c| c.is_ascii_digit())
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '；', ';', '\n'])
}

/// What a text of the form asks to be explained.
pub fn demands(text: &str) -> Vec<Demand> {
    let asking = sentences(text).filter(|sentence| Said::Hint.in_text(sentence));
    asking.filter_map(demand).collect()
}

fn demand(sentence: &str) -> Option<Demand> {
    let any = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    if sentence.contains("执行率") && any(&["未达", "低于", "不足", "小于", "没有达到", "＜", "<", "达不到"])
    {
        return percent(sentence).map(Demand::LowRate);
    }
    if sentence.contains("预算") && any(&["调整", "追加", "调减"]) {
        return Some(Demand::Adjusted);
    }
    if sentence.contains('偏') && any(&["超", "大于", "以上", "达到", "＞", ">", "≥"]) {
        return percent(sentence).map(Demand::Deviation);
    }
    None
}

/// The last percentage of a sentence as a share.
fn percent(sentence: &str) -> Option<Ratio> {
    let sign = sentence.rfind(['%', '％'])?;
    let before = sentence[..sign].trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number: i128 = before[digits..].parse().ok()?;
    Ratio::new(number, 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_asks_is_told_from_what_its_author_wrote() {
        let printed =
            "1.执行率=执行数/预算数,执行率未达到85%的需说明原因(100字以内);2.年中追加预算的,应单独说明理由。";
        assert!(is_only_hint(printed));
        assert!(!is_only_hint(&format!("{printed}因汛期停工，余款下年支付。")));
        assert!(!is_only_hint("项目推迟开工。"));
        let rate = Ratio::new(85, 100).unwrap();
        assert_eq!(demands(printed), [Demand::LowRate(rate), Demand::Adjusted]);
        let header = "偏差原因分析（偏差超过20%的须说明原因）";
        assert_eq!(demands(header), [Demand::Deviation(Ratio::new(20, 100).unwrap())]);
        assert_eq!(demands("执行率低于90%，是因为汛期停工。"), []);
    }
}
