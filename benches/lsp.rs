//! How long an editor waits: for the server to be ready, for what may be written, for what was found, in a rule file of
//! about 500 lines. The pause that is made after the last key is left out.

#[path = "../tests/editor/mod.rs"]
mod editor;

use editor::{Editor, uri};
use serde_json::json;
use std::time::{Duration, Instant};

const ROUNDS: usize = 40;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = rules();
    println!("{} lines", text.lines().count());
    let starts = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        let editor = Editor::start(folder.path(), &["utf-16"], 0);
        let took = begun.elapsed();
        editor.leave();
        took
    });
    told("initialize", 50, starts.collect());
    let mut editor = Editor::start(folder.path(), &["utf-16"], 0);
    let uri = uri(&folder.path().join("规则.jx"));
    editor.open(&uri, &text);
    editor.marks(&uri, 1);
    let line = text.lines().position(|line| line.contains("要求：")).unwrap_or(0) as u64;
    let (mut marks, mut lists) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS as i64 {
        let version = round + 2;
        editor.change(
            &uri,
            version,
            &[([line, 4, line, 4], if round % 2 == 0 { "得" } else { "" })],
        );
        let begun = Instant::now();
        editor.at("textDocument/completion", &uri, line, 4);
        lists.push(begun.elapsed());
        if round % 2 == 1 {
            editor.change(&uri, version + 1000, &[([line, 4, line, 5], "")]);
        }
        let last = if round % 2 == 1 { version + 1000 } else { version };
        editor.told.clear();
        editor.change(&uri, last + 5000, &[([0, 3, 0, 3], "甲")]);
        let begun = Instant::now();
        editor.marks(&uri, last + 5000);
        marks.push(begun.elapsed());
    }
    told("completion", 30, lists);
    told("diagnostics", 30, marks);
    told(
        "code actions of one line",
        30,
        repairs(&mut editor, &uri, &text, false),
    );
    told(
        "code actions of the whole file",
        30,
        repairs(&mut editor, &uri, &text, true),
    );
    editor.leave();
}

/// How long the repairs take of a file in which every fifth target and every check has a fault. They are asked for after
/// each key, so that none is remembered.
fn repairs(editor: &mut Editor, uri: &str, text: &str, whole: bool) -> Vec<Duration> {
    let wrong = text.replace("目标：≥ 5", "目彪：≥ 5").replace("× 界限", "× 界线");
    let line = wrong.lines().position(|line| line.contains("界线")).unwrap_or(0) as u64;
    let (first, last) = if whole { (0, 9999) } else { (line, line) };
    let range = json!({"start": {"line": first, "character": 0}, "end": {"line": last, "character": 99}});
    let ask = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let mut times = Vec::new();
    for version in 0..ROUNDS as i64 {
        let document = json!({"uri": uri, "version": 90_000 + version});
        let change = json!({"textDocument": document, "contentChanges": [{"text": wrong}]});
        editor.notify("textDocument/didChange", change);
        editor.marks(uri, 90_000 + version);
        let begun = Instant::now();
        let answer = editor.request("textDocument/codeAction", ask.clone());
        times.push(begun.elapsed());
        assert!(answer.is_ok_and(|all| all.as_array().is_some_and(|all| !all.is_empty())));
    }
    times
}

/// The middle and the worst of some times, and whether the middle is what is asked for.
fn told(what: &str, most: u64, mut times: Vec<Duration>) {
    times.sort();
    let middle = times[times.len() / 2];
    let kept = if middle <= Duration::from_millis(most) {
        "within"
    } else {
        "BEYOND"
    };
    println!(
        "{what}: median {middle:?}, slowest {:?}, {kept} {most} ms",
        times[times.len() - 1]
    );
}

/// 60 indicators of five lines, and checks of eight lines, over a built-in pack.
fn rules() -> String {
    let mut text =
        String::from("规则：两化融合专项绩效自评\n版本：2020.1\n年度：2020\n引用：财预〔2020〕10号\n");
    for number in 0..60 {
        text.push_str(&format!(
            "　　三级指标：第{number}类企业数\n　　　别名：{number}类企业、{number}类上云企业\n　　　目标：≥ {number}00 家\n　　　评分：按完成比例，及格门槛 = 60%\n　　　备注：以年报为准\n"
        ));
    }
    for number in 0..25 {
        text.push_str(&format!(
            "检查：第{number}类企业数不符\n　级别：警告\n　参数：界限 = 130%\n　当：第{number}类企业数.目标 有值\n　要求：第{number}类企业数.实际 ≥ 第{number}类企业数.目标 × 界限\n　提示：应为【第{number}类企业数.目标】，写作【第{number}类企业数.实际】。\n　建议：核对佐证材料。\n\n"
        ));
    }
    text
}
