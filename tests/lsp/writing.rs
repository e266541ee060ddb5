//! What an author meets while writing: what is offered, told, mended and brought into form.

use super::{Desk, RULES, actions, applied, behind, completed, end_of, labels, opened, place};
use serde_json::{Value, json};

/// The offers at the end of a text, with what each writes in which place.
fn offered(lines: &str) -> Vec<(String, String)> {
    let text = format!("{RULES}\n{lines}");
    let (at, text) = match text.find('¦') {
        Some(at) => (end_of(&text[..at]), text.replace('¦', "")),
        None => (end_of(&text), text),
    };
    let (_desk, mut editor, uri) = opened(&text);
    let list = completed(&mut editor, &uri, at);
    let mut items: Vec<&Value> = list["items"].as_array().unwrap().iter().collect();
    items.sort_by_key(|item| item["sortText"].as_str().unwrap());
    let of = |item: &Value| {
        let label = item["label"].as_str().unwrap().to_owned();
        let edit = &item["textEdit"];
        let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
        assert_eq!(start["line"], end["line"]);
        let line = text
            .split('\n')
            .nth(start["line"].as_u64().unwrap() as usize)
            .unwrap();
        let line: Vec<u16> = line.encode_utf16().collect();
        let unit = |place: &Value| place["character"].as_u64().unwrap() as usize;
        let part = |from: usize, to: usize| String::from_utf16(&line[from..to]).unwrap();
        let new = edit["newText"].as_str().unwrap();
        (
            label,
            format!("{}{new}{}", part(0, unit(start)), part(unit(end), line.len())),
        )
    };
    items.into_iter().map(of).collect()
}

fn line_with(lines: &str, label: &str) -> String {
    let all = offered(lines);
    let labels: Vec<&str> = all.iter().map(|(label, _)| label.as_str()).collect();
    let found = all.iter().find(|(held, _)| held == label);
    found.unwrap_or_else(|| panic!("{lines}: {labels:?}")).1.clone()
}

#[test]
fn the_units_that_are_meant_are_among_the_first() {
    let first = |lines: &str| -> Vec<String> {
        let all = offered(lines).into_iter().map(|(label, _)| label);
        all.take(24).collect()
    };
    let target = first("三级指标：丙\n目标：≥ 5 ");
    assert_eq!(target[..2], ["公里", "次"], "those of the file first: {target:?}");
    for unit in ["万元", "家", "人", "%"] {
        assert!(target.iter().any(|held| held == unit), "{unit}: {target:?}");
    }
    let data = first("数据：丙\n单位：");
    assert!(data.iter().any(|held| held == "万元"), "{data:?}");
}

#[test]
fn units_go_on_after_ten_thousand_and_after_a_line() {
    for (lines, label, line) in [
        ("数据：丙\n单位：wanyuan", "万元", "单位：万元"),
        ("三级指标：丙\n目标：≥ 5 wan", "万元", "目标：≥ 5 万元"),
        ("三级指标：丙\n目标：≥ 5 万r", "人", "目标：≥ 5 万人"),
        ("三级指标：丙\n目标：≤ 27 万元/", "家", "目标：≤ 27 万元/家"),
        ("三级指标：丙\n目标：≤ 27 万元/j", "家", "目标：≤ 27 万元/家"),
        ("三级指标：丙\n目标：[5，8] ", "公里", "目标：[5，8] 公里"),
        ("换算：1 万亩 = 10000 m", "亩", "换算：1 万亩 = 10000 亩"),
        (
            "检查：丙\n要求：养护里程.实际 ≥ 5 gl",
            "公里",
            "要求：养护里程.实际 ≥ 5 公里",
        ),
    ] {
        assert_eq!(line_with(lines, label), line);
    }
}

#[test]
fn marks_parameters_and_closed_words_are_offered_with_what_fits() {
    for (lines, label, line) in [
        (
            "一级指标：成本指标，20 分\n　二级指标：经济成本\n　　三级指标：丙，",
            "20 分",
            "　　三级指标：丙，20 分",
        ),
        (
            "一级指标：成本指标，20 分\n　三级指标：丙，2",
            "20 分",
            "　三级指标：丙，20 分",
        ),
        (
            "调整：检查／超额较多无说明\n　参数：超额界限 = ",
            "130%",
            "　参数：超额界限 = 130%",
        ),
        (
            "三级指标：丙\n　评分：按完成比例，及格门槛 = ",
            "0%",
            "　评分：按完成比例，及格门槛 = 0%",
        ),
        (
            "检查：丙\n逐项：指标行\n要求：方向 = zx",
            "正向",
            "要求：方向 = 正向",
        ),
        ("检查：丙\n逐项：自评表\n要求：等级 = ", "优", "要求：等级 = 优"),
        (
            "验证：丙\n应提示：目标前后不一致／xc",
            "巡查次数",
            "应提示：目标前后不一致／巡查次数",
        ),
    ] {
        assert_eq!(line_with(lines, label), line);
    }
}

#[test]
fn what_was_begun_with_a_quote_is_ended_with_one() {
    assert_eq!(
        line_with("规则：丙\n引用：“cy", "财预〔2020〕10号"),
        "引用：“财预〔2020〕10号”"
    );
    assert_eq!(
        line_with("规则：丙\n引用：“cy¦”", "财预〔2020〕10号"),
        "引用：“财预〔2020〕10号”"
    );
    assert_eq!(line_with("检查：丙\n要求：“yh", "养护里程"), "要求：“养护里程”.");
}

#[test]
fn keywords_are_offered_in_the_middle_of_a_word_and_keep_the_rest_of_the_line() {
    for (lines, label, line) in [
        ("三级指标：丙\n　目¦彪：≥ 5 家", "目标", "　目标：≥ 5 家"),
        ("三级指标：丙\n　mub¦", "目标", "　目标："),
        ("三级指标：丙\n　bie¦：甲", "别名", "　别名：甲"),
        ("检查：丙\n　当：实际 有值\n　　bq", "并且", "　　并且 "),
    ] {
        assert_eq!(line_with(lines, label), line);
    }
    let levels: Vec<String> = offered("验证：丙\n　")
        .into_iter()
        .map(|(label, _)| label)
        .collect();
    assert!(
        levels[..5].contains(&"原文".to_owned()),
        "what the block lacks comes first: {levels:?}"
    );
}

#[test]
fn hover_tells_what_is_written_here_and_what_a_pack_says_of_itself() {
    let base = "规则：市\n版本：3\n备注：全市通用\n三级指标：里程\n　备注：含县道\n数据：资金\n　单位：万元\n等级：优 [90，100]；差 [0，90)\n";
    let own = "规则：县\n引用：“./市.jx”\n引用：财预〔2020〕10号\n三级指标：丙\n　目标：≥ 5 家\n　评分：按完成比例，及格门槛 = 60%\n检查：丁\n　逐项：指标行\n　要求：得分 ≤ 分值\n检查：戊\n　要求：资金.实际 有值\n";
    let desk = Desk::new(&[("市.jx", base), ("县.jx", own)]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("县.jx");
    editor.open(&uri, own);
    let mut told = |words: &str| {
        let (line, column) = place(own, words);
        let told = editor.at("textDocument/hover", &uri, line, column);
        told["contents"]["value"].as_str().unwrap_or("").to_owned()
    };
    let pack = told("“./市.jx”");
    assert!(
        pack.contains("备注：全市通用") && !pack.contains("含县道"),
        "{pack}"
    );
    let given = told("及格门槛");
    assert!(
        given.contains("这里是：60%") && given.contains("不写时是：0%"),
        "{given}"
    );
    assert!(told("资金.实际").contains("单位：万元"));
    let field = told("分值\n");
    assert!(field.contains("字段：分值"), "{field}");
    let uri = desk.uri("市.jx");
    editor.open(&uri, base);
    let (line, column) = place(base, "优 [");
    let grade = editor.at("textDocument/hover", &uri, line, column);
    assert!(
        grade["contents"]["value"].as_str().unwrap().contains("90 分"),
        "{grade}"
    );
}

#[test]
fn the_declaration_of_a_parameter_is_found() {
    let (_desk, mut editor, uri) = opened(RULES);
    let (line, column) = place(RULES, "每次里程 × 1");
    let declared = editor.at("textDocument/definition", &uri, line, column);
    let (there, _) = place(RULES, "参数：每次里程");
    assert_eq!(declared[0]["range"]["start"]["line"], json!(there), "{declared}");
}

#[test]
fn why_a_file_is_not_formatted_is_told_once() {
    let (_desk, mut editor, uri) = opened("规则：甲\n@@@\n三级指标:乙,10分\n");
    let ask = json!({"textDocument": {"uri": uri}, "options": {"tabSize": 2, "insertSpaces": true}});
    for _ in 0..2 {
        assert!(
            editor
                .request("textDocument/formatting", ask.clone())
                .unwrap()
                .is_null()
        );
    }
    let told = editor.wait("window/showMessage", |_| true);
    let words = told["message"].as_str().unwrap();
    assert!(words.contains("没有整理") && words.contains("第 2 行"), "{words}");
    editor.text(&uri);
    assert!(
        editor
            .told
            .iter()
            .all(|told| told["method"] != "window/showMessage")
    );
    // of another state it is told again
    editor.change(&uri, 2, &[([1, 0, 1, 3], "$$$")]);
    assert!(editor.request("textDocument/formatting", ask).unwrap().is_null());
    editor.wait("window/showMessage", |_| true);
}

#[test]
fn the_breaks_of_lines_stay_as_they_are() {
    let text = "规则：甲\r\n# 说明\r\n三级指标:乙,10分\r\n　目标：≥ 80 家\r\n调整：检查／总分与各项得分合计不符\r\n　级别：警告\r\n";
    let (_desk, mut editor, uri) = opened(text);
    let ask = json!({"textDocument": {"uri": uri}, "options": {"tabSize": 2, "insertSpaces": true}});
    let edits = editor.request("textDocument/formatting", ask.clone()).unwrap();
    let edits = edits.as_array().unwrap();
    assert!(!edits.is_empty());
    for edit in edits {
        let new = edit["newText"].as_str().unwrap();
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{new:?}");
        assert!(edit["range"]["start"]["line"].as_u64().unwrap() >= 2, "{edit}");
    }
    let all = actions(&mut editor, &uri, 4);
    let reason = all
        .iter()
        .find(|action| action["title"].as_str().unwrap().contains("理由"))
        .unwrap();
    assert!(
        applied(text, reason, &uri).ends_with("警告\r\n　理由：\r\n"),
        "{reason}"
    );
    // once in form there is nothing to do
    let formed = "规则：甲\r\n三级指标：乙，10 分\r\n　目标：≥ 80 家\r\n";
    let whole = json!({"textDocument": {"uri": uri, "version": 9}, "contentChanges": [{"text": formed}]});
    editor.notify("textDocument/didChange", whole);
    assert_eq!(editor.request("textDocument/formatting", ask).unwrap(), json!([]));
}

#[test]
fn repairs_reach_calls_paths_and_lines_that_are_to_go() {
    for (wrong, line, right) in [
        (
            "规则：甲\n检查：丙\n　逐项：自评表\n　要求：总分 = SUM(指标行.得分)\n",
            3,
            "规则：甲\n检查：丙\n　逐项：自评表\n　要求：总分 = 合计(指标行.得分)\n",
        ),
        (
            "规则：甲\n检查：丙\n　逐项：指标行\n　要求：原因 == \"\"\n",
            3,
            "规则：甲\n检查：丙\n　逐项：指标行\n　要求：原因 无值\n",
        ),
        (
            "规则：甲\n评分标准：丙\n　情形：完成率 ≥ 60%，得 分值\n　情形：其余，得 0\n",
            3,
            "规则：甲\n评分标准：丙\n　情形：完成率 ≥ 60%，得 分值\n　情形：其余，得 0 分\n",
        ),
        (
            "规则：甲\n三级指标：乙\n填表人：王某\n　目标：≥ 8 家\n",
            2,
            "规则：甲\n三级指标：乙\n　目标：≥ 8 家\n",
        ),
        // what the line hides comes to light: 20 of 50 marks
        (
            "规则：甲\n一级指标：产出指标，50 分\n　三级指标：乙，20 分\n　　目彪：≥ 12 个\n",
            3,
            "规则：甲\n一级指标：产出指标，50 分\n　三级指标：乙，20 分\n　　目标：≥ 12 个\n",
        ),
        ("```jx\n规则：甲\n三级指标：乙\n", 0, "规则：甲\n三级指标：乙\n"),
    ] {
        let (_desk, mut editor, uri) = opened(wrong);
        let all = actions(&mut editor, &uri, line);
        let quick: Vec<&Value> = all.iter().filter(|action| action["kind"] == "quickfix").collect();
        assert!(
            quick.iter().any(|action| applied(wrong, action, &uri) == right),
            "{wrong}: {all:?}"
        );
    }
}

#[test]
fn a_trial_that_fails_says_why_and_only_that() {
    let text = format!("{RULES}　应提示：里程与次数不符\n");
    let (_desk, mut editor, uri) = opened(&text);
    let lenses = editor.of("textDocument/codeLens", &uri);
    let command = &lenses[0]["command"];
    let ask = json!({"command": command["command"], "arguments": command["arguments"]});
    let came = editor.request("workspace/executeCommand", ask).unwrap();
    let words = came["text"].as_str().unwrap();
    assert!(
        words.contains("没有查出：里程与次数不符") && !words.contains("没有写检查"),
        "{words}"
    );
    let lenses = editor.of("textDocument/codeLens", &uri);
    assert!(lenses[0]["command"]["title"].as_str().unwrap().starts_with("✗"));
    // what came of it is forgotten when the text changes
    let (line, column) = behind(&text, "应提示：里程与次数不符");
    editor.change(&uri, 2, &[([line, column, line, column], "\n")]);
    let lenses = editor.of("textDocument/codeLens", &uri);
    assert_eq!(lenses[0]["command"]["title"], "▶ 试一试");
}

#[test]
fn a_report_in_another_folder_is_not_read() {
    let (_desk, mut editor, uri) = opened(RULES);
    let ask = json!({"command": "jixiao.addIndicators", "arguments": [uri, "../../etc/hosts"]});
    editor.request("workspace/executeCommand", ask).unwrap();
    let told = editor.wait("window/showMessage", |_| true);
    assert!(told["message"].as_str().unwrap().contains("旁边没有"), "{told}");
}

#[test]
fn an_edit_that_the_editor_does_not_make_is_told() {
    let report = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n|---|---|---|---|---|---|---|\n| 产出指标 | 数量指标 | 清淤长度 | ≥3公里 | 3公里 | 20 | 20 |\n";
    let desk = Desk::new(&[("养护.jx", RULES), ("自评.md", report)]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("养护.jx");
    editor.open(&uri, RULES);
    let ask = json!({"command": "jixiao.addIndicators", "arguments": [uri, "自评.md"]});
    editor.request("workspace/executeCommand", ask).unwrap();
    let asked = editor
        .told
        .iter()
        .find(|told| told["method"] == "workspace/applyEdit")
        .unwrap();
    let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"applied": false, "failureReason": "文件是只读的"}});
    let body = answer.to_string();
    editor.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    let told = editor.wait("window/showMessage", |_| true);
    assert!(
        told["message"].as_str().unwrap().contains("文件是只读的"),
        "{told}"
    );
}

#[test]
fn labels_are_listed_once() {
    let (_desk, mut editor, uri) = opened(RULES);
    let (line, column) = behind(RULES, "要求：养护里程.实际 ≥ ");
    let list = completed(&mut editor, &uri, (line, column));
    let mut all = labels(&list);
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn a_text_is_looked_at_once_the_keys_rest() {
    let desk = Desk::new(&[]);
    let mut editor = super::Editor::start(desk.folder.path(), &["utf-16"], 150);
    let uri = desk.uri("甲.jx");
    editor.open(&uri, "规则：甲\n");
    editor.marks(&uri, 1);
    for version in 2..12 {
        editor.change(&uri, version, &[([0, 3, 0, 3], "乙")]);
    }
    editor.marks(&uri, 11);
    let earlier = editor
        .told
        .iter()
        .filter(|told| told["method"] == "textDocument/publishDiagnostics");
    assert_eq!(earlier.count(), 0, "{:?}", editor.told);
}
