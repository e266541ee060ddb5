//! What is allotted of every 分值 and what is left: 产出指标 50 分，已分 30 分，尚余 20 分。

use crate::model::{Allotted, Group, Model};
use crate::quantity::Ratio;

/// One line for the whole and for each group that has 分值 of its own, in the order of the file.
pub fn lines(model: &Model) -> Vec<String> {
    let allotted = model.allotted();
    let by_execution = |one: &&Allotted| {
        let of = |group: &&Group| group.level == 1 && group.name == one.name;
        let scoring = model
            .groups
            .iter()
            .find(of)
            .and_then(|group| group.scoring.as_ref());
        one.level == 1 && scoring.is_some_and(|scoring| scoring.standard == "按执行率")
    };
    let said = |one: &Allotted| match by_execution(&one) {
        true => format!(
            "　{} {} 分，按执行率计分。",
            one.name,
            plain(one.whole.unwrap_or(one.sum))
        ),
        false => line(one),
    };
    allotted.iter().map(said).collect()
}

fn line(one: &Allotted) -> String {
    let indent = "　".repeat(usize::from(one.level));
    let sum = plain(one.sum);
    let Some(whole) = one.whole else {
        return match one.unwritten {
            0 => format!("{indent}{}下面各项共 {sum} 分。", one.name),
            count => format!(
                "{indent}{}下面已写 {sum} 分，有 {count} 项还没有写分值。",
                one.name
            ),
        };
    };
    let head = format!("{indent}{} {} 分", one.name, plain(whole));
    let left = whole.sub(one.sum).unwrap_or(Ratio::ZERO);
    if one.members == 0 {
        return format!("{head}，还没有往下分。");
    }
    let open = match one.unwritten {
        0 => String::new(),
        count => format!("，有 {count} 项还没有写分值"),
    };
    match left.compare(Ratio::ZERO) {
        std::cmp::Ordering::Less => {
            let over = left.abs().unwrap_or(Ratio::ZERO);
            format!("{head}，已分 {sum} 分，超出 {} 分{open}。", plain(over))
        }
        std::cmp::Ordering::Equal if open.is_empty() => format!("{head}，已全部分完。"),
        _ => format!("{head}，已分 {sum} 分，尚余 {} 分{open}。", plain(left)),
    }
}

fn plain(points: Ratio) -> String {
    points.to_plain(4).unwrap_or_default()
}
