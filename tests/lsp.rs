//! The language server as an editor uses it: the built program over its standard input and output, edit by edit.

mod editor;
#[path = "lsp/files.rs"]
mod files;
#[path = "lsp/wire.rs"]
mod wire;
#[path = "lsp/writing.rs"]
mod writing;

use editor::{Editor, uri};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const RULES: &str = "\
规则：养护绩效
版本：1
年度：2023
引用：财预〔2020〕10号

一级指标：产出指标，50 分
　二级指标：数量指标
　　三级指标：养护里程，20 分
　　　备注：按年报数
　　　别名：养护公里数、道路养护里程
　　　目标：≥ 120 公里
　　　评分：按完成比例
　　三级指标：巡查次数，30 分
　　　目标：≥ 40 次
一级指标：效益指标，50 分

检查：里程与次数不符
　级别：警告
　逐项：报告
　参数：每次里程 = 3
　要求：养护里程.实际 ≥ 巡查次数.实际 × 每次里程 × 1 公里/次
　提示：里程【养护里程.实际】，次数【巡查次数.实际】。

验证：养护目标前后不一
　原文：全年计划养护道路养护里程150公里。
　应提示：目标前后不一致／养护里程
";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Desk {
        let folder = TempDir::new().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Desk { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn uri(&self, name: &str) -> String {
        uri(&self.path(name))
    }

    fn editor(&self, encodings: &[&str]) -> Editor {
        Editor::start(self.folder.path(), encodings, 0)
    }
}

fn opened(text: &str) -> (Desk, Editor, String) {
    let desk = Desk::new(&[("养护.jx", text)]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("养护.jx");
    editor.open(&uri, text);
    (desk, editor, uri)
}

/// The line and the column, in UTF-16, of the first place of some words, and of what follows them.
fn place(text: &str, words: &str) -> (u64, u64) {
    let at = text.find(words).unwrap_or_else(|| panic!("{words}"));
    end_of(&text[..at])
}

fn behind(text: &str, words: &str) -> (u64, u64) {
    let at = text.find(words).unwrap_or_else(|| panic!("{words}")) + words.len();
    end_of(&text[..at])
}

fn end_of(text: &str) -> (u64, u64) {
    let line = text.matches('\n').count() as u64;
    let last = text.rsplit('\n').next().unwrap_or("");
    (line, last.encode_utf16().count() as u64)
}

fn labels(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap();
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

fn completed(editor: &mut Editor, uri: &str, (line, column): (u64, u64)) -> Value {
    editor.at("textDocument/completion", uri, line, column)
}

fn messages(marks: &[Value]) -> Vec<&str> {
    marks
        .iter()
        .map(|mark| mark["message"].as_str().unwrap())
        .collect()
}

#[test]
fn the_units_of_columns_are_agreed_and_the_server_leaves_when_told() {
    let desk = Desk::new(&[]);
    for (offered, agreed) in [
        (&["utf-8", "utf-16"][..], "utf-8"),
        (&["utf-32", "utf-16"], "utf-16"),
        (&[], "utf-16"),
    ] {
        let editor = desk.editor(offered);
        assert_eq!(editor.capabilities["positionEncoding"], agreed);
        assert_eq!(editor.leave(), Some(0));
    }
}

#[test]
fn what_check_finds_is_marked_with_its_other_places_and_goes_when_it_is_mended() {
    let text = RULES.replace("三级指标：巡查次数，30 分", "三级指标：巡查次数，40 分");
    let (_desk, mut editor, uri) = opened(&text);
    let marks = editor.marks(&uri, 1);
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(marks[0]["code"], "rule-weight-sum");
    assert_eq!(marks[0]["severity"], 1);
    let related = marks[0]["relatedInformation"].as_array().unwrap();
    assert!(
        !related.is_empty() && related[0]["location"]["uri"] == json!(uri),
        "{related:?}"
    );
    let (line, column) = place(&text, "40 分");
    editor.change(&uri, 2, &[([line, column, line, column + 2], "30")]);
    let marks = editor.marks(&uri, 2);
    assert!(marks.is_empty(), "{marks:?}");
}

#[test]
fn edits_with_surrogate_pairs_arrive_where_they_were_made_in_both_units() {
    let desk = Desk::new(&[]);
    let uri = desk.uri("甲.jx");
    for (encoding, columns) in [("utf-16", [5, 7, 3]), ("utf-8", [13, 17, 9])] {
        let mut editor = desk.editor(&[encoding]);
        editor.open(&uri, "备注：𠮷𠮷祥\r\n年度：2023\r\n");
        let [one, two, begin] = columns;
        editor.change(&uri, 2, &[([0, one, 0, two], "吉"), ([0, begin, 0, begin], "“")]);
        assert_eq!(editor.text(&uri), "备注：“𠮷吉祥\r\n年度：2023\r\n");
        editor.change(&uri, 3, &[([0, 99, 1, 0], "\n\n"), ([9, 9, 9, 9], "完")]);
        assert_eq!(editor.text(&uri), "备注：“𠮷吉祥\n\n年度：2023\r\n完");
    }
}

#[test]
fn keywords_are_offered_at_their_level_by_signs_pinyin_and_initials() {
    let (_desk, mut editor, uri) = opened(RULES);
    let (line, column) = behind(RULES, "　　　目标：≥ 40 次");
    editor.change(&uri, 2, &[([line, column, line, column], "\n　　　")]);
    let list = completed(&mut editor, &uri, (line + 1, 3));
    let labels_here = labels(&list);
    assert!(
        labels_here.contains(&"别名") && labels_here.contains(&"检查"),
        "{labels_here:?}"
    );
    assert!(
        !labels_here.contains(&"级别") && !labels_here.contains(&"规则"),
        "{labels_here:?}"
    );
    for (typed, wanted) in [("bm", "别名"), ("pingf", "评分"), ("别", "别名")] {
        editor.change(&uri, 3, &[([line + 1, 3, line + 1, 99], typed)]);
        let list = completed(&mut editor, &uri, (line + 1, 3 + typed.chars().count() as u64));
        let item = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["label"] == wanted);
        let item = item.unwrap_or_else(|| panic!("{typed}: {list}"));
        let filter = item["filterText"].as_str().unwrap();
        assert!(filter.starts_with(typed) && filter.contains(wanted), "{filter}");
        assert_eq!(item["textEdit"]["newText"], format!("{wanted}："));
    }
}

#[test]
fn values_are_offered_for_what_the_line_is_about() {
    let (_desk, mut editor, uri) = opened(RULES);
    let mut version = 1;
    for (line_text, wanted) in [
        ("三级指标：丙\n目标：≥ 5 gongli", "公里"),
        ("三级指标：丙\n评分：aw", "按完成比例"),
        ("检查：乙\n级别：j", "警告"),
        ("检查：乙\n逐项：zbh", "指标行"),
        ("检查：乙\n逐项：指标行\n要求：df", "得分"),
        ("检查：乙\n要求：yhlc", "养护里程"),
        ("检查：乙\n要求：养护里程.sj", "实际"),
        ("检查：乙\n要求：自评表.资金.总额.zxs", "全年执行数"),
        ("检查：乙\n参数：界限 = 3\n要求：jx", "界限"),
        ("检查：乙\n提示：里程【养护里程.实", "实际"),
        ("调整：检查／cejd", "超额较多无说明"),
        ("验证：丁\n应提示：mubiaoqh", "目标前后不一致"),
        ("验证：丁\n应提示：目标前后不一致／养护", "养护里程"),
        ("@@坏行\n三级指标：“丙\n　目", "目标"),
    ] {
        version += 1;
        let text = format!("{RULES}\n{line_text}");
        let whole =
            json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]});
        editor.notify("textDocument/didChange", whole);
        let list = completed(&mut editor, &uri, end_of(&text));
        assert!(
            labels(&list).contains(&wanted),
            "{line_text}: {:?}",
            labels(&list)
        );
    }
    let text = "规则：甲\n引用：cy";
    let whole = json!({"textDocument": {"uri": uri, "version": 99}, "contentChanges": [{"text": text}]});
    editor.notify("textDocument/didChange", whole);
    let list = completed(&mut editor, &uri, end_of(text));
    assert!(labels(&list).contains(&"财预〔2020〕10号"), "{list}");
}

#[test]
fn a_name_is_told_with_what_the_rules_say_of_it_and_a_formula_in_words() {
    let (_desk, mut editor, uri) = opened(RULES);
    let mut hover = |words: &str| {
        let (line, column) = place(RULES, words);
        let told = editor.at("textDocument/hover", &uri, line, column + 1);
        told["contents"]["value"].as_str().unwrap_or("").to_owned()
    };
    let name = hover("养护里程.实际");
    for part in [
        "三级指标：养护里程",
        "属于：产出指标 › 数量指标",
        "目标：≥120 公里",
        "备注：按年报数",
        "道路养护里程",
    ] {
        assert!(name.contains(part), "{part}: {name}");
    }
    let formula = hover("要求：");
    assert!(
        formula.contains("养护里程") && formula.contains("不得低于") && formula.contains("关键词：要求"),
        "{formula}"
    );
    assert!(hover("目标前后不一致").contains("检查：目标前后不一致"));
    assert!(hover("财预〔2020〕10号").contains("版本："));
    assert!(hover("报告\n").contains("整份报告"));
    assert!(hover("按完成比例").contains("评分标准：按完成比例"));
}

#[test]
fn declarations_and_uses_are_found_across_aliases_formulas_trials_and_packs() {
    let (_desk, mut editor, uri) = opened(RULES);
    let (line, column) = place(RULES, "养护里程.实际");
    let declared = editor.at("textDocument/definition", &uri, line, column);
    let (there, _) = place(RULES, "三级指标：养护里程");
    assert_eq!(declared[0]["range"]["start"]["line"], there);
    let params = |line, column| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}, "context": {"includeDeclaration": true}});
    let all = editor
        .request("textDocument/references", params(line, column))
        .unwrap();
    assert_eq!(
        all.as_array().unwrap().len(),
        6,
        "name, two aliases, two formulas, a trial: {all}"
    );
    let (line, column) = place(RULES, "目标前后不一致");
    let in_pack = editor.at("textDocument/definition", &uri, line, column);
    let file = in_pack[0]["uri"].as_str().unwrap().to_owned();
    let path = percent_encoding::percent_decode_str(file.strip_prefix("file://").unwrap())
        .decode_utf8_lossy()
        .into_owned();
    let pack = fs::read_to_string(&path).unwrap();
    let line = in_pack[0]["range"]["start"]["line"].as_u64().unwrap() as usize;
    assert!(pack.lines().nth(line).unwrap().contains("检查：目标前后不一致"));
    assert!(fs::metadata(&path).unwrap().permissions().readonly());
    // the pack, opened, is no file of the user's to be mended
    editor.open(&file, &pack);
    assert!(editor.marks(&file, 1).is_empty());
    let (line, column) = place(RULES, "财预〔2020〕10号");
    let cited = editor.at("textDocument/definition", &uri, line, column);
    assert!(cited[0]["uri"].as_str().unwrap().ends_with(".jx"));
}

#[test]
fn a_name_is_renamed_everywhere_also_in_files_that_cite_it() {
    let other = "规则：附\n引用：“./养护.jx”\n检查：丙\n　要求：养护里程.实际 有值\n";
    let desk = Desk::new(&[("养护.jx", RULES), ("附.jx", other)]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("养护.jx");
    editor.open(&uri, RULES);
    let (line, column) = place(RULES, "养护里程，20 分");
    let rename = |new: &str| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}, "newName": new});
    let edit = editor
        .request("textDocument/rename", rename("管护里程（公里）"))
        .unwrap();
    let changes = edit["documentChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 2, "{changes:?}");
    let is_own = |change: &&Value| change["textDocument"]["uri"] == json!(uri);
    let own = changes.iter().find(is_own).unwrap();
    assert_eq!(own["textDocument"]["version"], 1);
    let own: Vec<&str> = own["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| edit["newText"].as_str().unwrap())
        .collect();
    assert_eq!(
        own.iter().filter(|text| **text == "“管护里程（公里）”").count(),
        2,
        "quoted in formulas: {own:?}"
    );
    assert_eq!(own.len(), 4, "{own:?}");
    let taken = editor
        .request("textDocument/rename", rename("巡查次数"))
        .unwrap_err();
    assert!(taken["message"].as_str().unwrap().contains("已经是"), "{taken}");
    let (line, column) = place(RULES, "目标前后不一致");
    let pack = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}, "newName": "甲"});
    let refused = editor.request("textDocument/rename", pack).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("内置"), "{refused}");
}

#[test]
fn formatting_touches_only_the_lines_that_change() {
    let (_desk, mut editor, uri) = opened("规则：甲\n# 说明\n三级指标:乙,10分\n目标:>=80家\n备注：丙\n");
    let edits = editor
        .request(
            "textDocument/formatting",
            json!({"textDocument": {"uri": uri}, "options": {"tabSize": 2, "insertSpaces": true}}),
        )
        .unwrap();
    let edits = edits.as_array().unwrap();
    let text: String = edits
        .iter()
        .map(|edit| edit["newText"].as_str().unwrap())
        .collect();
    assert!(
        text.contains("三级指标：乙，10 分") && text.contains("目标：≥ 80 家"),
        "{text}"
    );
    assert!(
        edits
            .iter()
            .all(|edit| edit["range"]["start"]["line"].as_u64().unwrap() >= 2)
    );
}

#[test]
fn the_outline_folds_and_hints_follow_the_levels() {
    let (_desk, mut editor, uri) = opened(RULES);
    let symbols = editor.of("textDocument/documentSymbol", &uri);
    let first = symbols
        .as_array()
        .unwrap()
        .iter()
        .find(|symbol| symbol["name"] == "产出指标")
        .unwrap();
    let second = &first["children"][0];
    assert_eq!(
        (&second["name"], second["children"].as_array().unwrap().len()),
        (&json!("数量指标"), 2)
    );
    let folds = editor.of("textDocument/foldingRange", &uri);
    let (start, _) = place(RULES, "一级指标：");
    let (end, _) = place(RULES, "　　　目标：≥ 40 次");
    assert!(
        folds
            .as_array()
            .unwrap()
            .iter()
            .any(|fold| fold["startLine"] == start && fold["endLine"] == end),
        "{folds}"
    );
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let hints = editor
        .request(
            "textDocument/inlayHint",
            json!({"textDocument": {"uri": uri}, "range": range.clone()}),
        )
        .unwrap();
    let hint = hints
        .as_array()
        .unwrap()
        .iter()
        .find(|hint| hint["position"]["line"] == start)
        .unwrap();
    assert_eq!(hint["label"], "已分配 50／50 分 ✓");
    let (line, column) = place(RULES, "30 分");
    editor.change(&uri, 2, &[([line, column, line, column + 2], "20")]);
    let ask = json!({"textDocument": {"uri": uri}, "range": range});
    let hints = editor.request("textDocument/inlayHint", ask).unwrap();
    assert!(
        hints
            .as_array()
            .unwrap()
            .iter()
            .any(|hint| hint["label"] == "已分配 40／50 分"),
        "{hints}"
    );
}

fn actions(editor: &mut Editor, uri: &str, line: u64) -> Vec<Value> {
    let range = json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 99}});
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
    let all = editor.request("textDocument/codeAction", params).unwrap();
    all.as_array().unwrap().clone()
}

/// The text after the first edit of an action, in UTF-16 columns.
fn applied(text: &str, action: &Value, uri: &str) -> String {
    let edit = &action["edit"]["changes"][uri][0];
    let offset = |place: &Value| {
        let line = place["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest: Vec<u16> = text[start..].encode_utf16().collect();
        let units = place["character"].as_u64().unwrap() as usize;
        start + String::from_utf16(&rest[..units]).unwrap().len()
    };
    let (from, to) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
    format!(
        "{}{}{}",
        &text[..from],
        edit["newText"].as_str().unwrap(),
        &text[to..]
    )
}

#[test]
fn repairs_are_edits_that_mend() {
    for (wrong, line, right) in [
        (
            "规则：甲\n三级指标：乙\n　目彪：≥ 8 家\n",
            2,
            "规则：甲\n三级指标：乙\n　目标：≥ 8 家\n",
        ),
        (
            "规则：甲\n三级指标：乙\n　目标：≥ 8,000 家\n",
            2,
            "规则：甲\n三级指标：乙\n　目标：≥ 8000 家\n",
        ),
        (
            "规则：甲\n检查：丙\n　逐项：指标行\n　要求：得份 ≤ 分值\n",
            3,
            "规则：甲\n检查：丙\n　逐项：指标行\n　要求：得分 ≤ 分值\n",
        ),
        (
            "规则：甲\n三级指标：乙\n　目标：≥ 一百家\n",
            2,
            "规则：甲\n三级指标：乙\n　目标：≥ 100 家\n",
        ),
    ] {
        let (_desk, mut editor, uri) = opened(wrong);
        let all = actions(&mut editor, &uri, line);
        let quick: Vec<&Value> = all.iter().filter(|action| action["kind"] == "quickfix").collect();
        assert!(
            quick.iter().any(|action| applied(wrong, action, &uri) == right),
            "{wrong}: {all:?}"
        );
    }
    let text = "规则：甲\n引用：财预〔2020〕10号\n调整：检查／超额较多无说明\n　参数：超额界限 = 150%\n";
    let (_desk, mut editor, uri) = opened(text);
    let all = actions(&mut editor, &uri, 2);
    let reason = all
        .iter()
        .find(|action| action["title"].as_str().unwrap().contains("理由"))
        .unwrap();
    assert_eq!(
        applied(text, reason, &uri),
        format!("{}\n　理由：\n", text.trim_end())
    );
}

#[test]
fn an_indicator_that_a_report_has_is_added_in_its_group() {
    let report = "\
# 养护项目绩效自评报告

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 养护里程 | ≥120公里 | 130公里 | 20 | 20 |
| 产出指标 | 数量指标 | 巡查次数 | ≥40次 | 41次 | 20 | 20 |
| 产出指标 | 质量指标 | 验收合格率 | ≥95% | 96% | 10 | 10 |
";
    let desk = Desk::new(&[("养护.jx", RULES), ("自评.md", report)]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("养护.jx");
    editor.open(&uri, RULES);
    let (line, _) = place(RULES, "一级指标：");
    let all = actions(&mut editor, &uri, line);
    let action = all
        .iter()
        .find(|action| action["title"].as_str().unwrap().contains("自评.md"))
        .unwrap();
    let command = &action["command"];
    editor
        .request(
            "workspace/executeCommand",
            json!({"command": command["command"], "arguments": command["arguments"]}),
        )
        .unwrap();
    let asked = editor.wait("workspace/applyEdit", |_| true);
    let edit = &asked["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"]["version"], 1);
    let new = edit["edits"][0]["newText"].as_str().unwrap();
    assert_eq!(
        new,
        "　二级指标：质量指标\n　　三级指标：验收合格率，10 分\n　　　目标：≥95%\n"
    );
    let (line, _) = place(RULES, "　　　目标：≥ 40 次");
    assert_eq!(edit["edits"][0]["range"]["start"]["line"], line + 1);
}

#[test]
fn a_trial_is_run_from_the_line_that_names_it() {
    let (_desk, mut editor, uri) = opened(RULES);
    let lenses = editor.of("textDocument/codeLens", &uri);
    let command = lenses[0]["command"].clone();
    assert_eq!(command["title"], "▶ 试一试");
    let ask = json!({"command": command["command"], "arguments": command["arguments"]});
    let came = editor.request("workspace/executeCommand", ask).unwrap();
    assert_eq!(
        (&came["passed"], &came["count"]),
        (&json!(1), &json!(1)),
        "{came}"
    );
    editor.wait("workspace/codeLens/refresh", |_| true);
    let lenses = editor.of("textDocument/codeLens", &uri);
    assert!(lenses[0]["command"]["title"].as_str().unwrap().starts_with("✓"));
}

#[test]
fn what_an_open_file_cites_is_read_as_the_editor_holds_it() {
    let base = "规则：市\n数据：里程\n　单位：公里\n";
    let own = "规则：县\n引用：“./市.jx”\n检查：丙\n　要求：里程.实际 ≥ 3 公里\n";
    let desk = Desk::new(&[("市.jx", base), ("县.jx", own)]);
    let mut editor = desk.editor(&["utf-16"]);
    let (city, county) = (desk.uri("市.jx"), desk.uri("县.jx"));
    editor.open(&county, own);
    assert!(editor.marks(&county, 1).is_empty());
    editor.open(&city, base);
    editor.change(&city, 2, &[([1, 3, 1, 5], "全长")]);
    let marks = loop {
        let marks = editor.marks(&county, 1);
        if !marks.is_empty() {
            break marks;
        }
    };
    assert!(messages(&marks)[0].contains("里程"), "{marks:?}");
}

/// A row of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn upto(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % end.max(1)
    }
}

const PIECES: &[&str] = &[
    "目",
    "目标：",
    "\n",
    "\r\n",
    "\r",
    "𠮷",
    "：",
    "≥ 8 家",
    "　",
    "三级指标：甲，10 分\n",
    "检查：乙\n　要求：",
    "（",
    "【",
    "】",
    "“",
    "”",
    ".",
    "实际",
    "，",
    "、",
    "合计(",
    "#",
    "a",
    "财预〔2020〕10号",
    "\u{200B}",
    "1",
    "",
    "并且 ",
    "验证：丙\n原文：",
    "😀",
];

/// An editor's own account of the text, in UTF-16 code units or bytes, told apart from the server's.
fn lines_of(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let length = match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => 2,
            b'\r' | b'\n' => 1,
            _ => 0,
        };
        if length > 0 {
            lines.push((start, at));
            start = at + length;
        }
        at += length.max(1);
    }
    lines.push((start, bytes.len()));
    lines
}

/// Random edits, with questions between them; the count can be raised by EDIT_SEQUENCES.
#[test]
fn random_edits_never_stop_the_server_nor_part_its_text_from_the_editors() {
    let sequences: usize = std::env::var("EDIT_SEQUENCES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(60);
    let desk = Desk::new(&[]);
    let mut dice = Dice(20_260_707);
    for (encoding, base) in [("utf-16", RULES), ("utf-8", "规则：𠮷\r\n数据：甲\r\n")] {
        let mut editor = desk.editor(&[encoding]);
        let width = |text: &str| {
            if encoding == "utf-8" {
                text.len()
            } else {
                text.encode_utf16().count()
            }
        };
        for sequence in 0..sequences / 2 {
            let uri = desk.uri(&format!("{encoding}{sequence}.jx"));
            let mut text = base.to_owned();
            editor.open(&uri, &text);
            for version in 2..2 + 4 + dice.upto(6) as i64 {
                let places: Vec<usize> = text
                    .char_indices()
                    .map(|(at, _)| at)
                    .chain([text.len()])
                    .collect();
                let is_inside = |at: &usize| !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'));
                let mut pick = || loop {
                    let at = places[dice.upto(places.len())];
                    if is_inside(&at) {
                        return at;
                    }
                };
                let (one, other) = (pick(), pick());
                let (from, mut to) = (one.min(other), one.max(other));
                if dice.upto(3) > 0 {
                    to = from;
                }
                let new: String = (0..1 + dice.upto(3))
                    .map(|_| PIECES[dice.upto(PIECES.len())])
                    .collect();
                let lines = lines_of(&text);
                let position = |at: usize| {
                    let line = lines.iter().rposition(|(start, _)| *start <= at).unwrap();
                    (line as u64, width(&text[lines[line].0..at]) as u64)
                };
                let ((a, b), (c, d)) = (position(from), position(to));
                editor.change(&uri, version, &[([a, b, c, d], &new)]);
                text.replace_range(from..to, &new);
                let (line, column) = (dice.upto(40) as u64, dice.upto(20) as u64);
                let asks = [
                    "completion",
                    "hover",
                    "definition",
                    "documentHighlight",
                    "prepareRename",
                ];
                let ask = format!("textDocument/{}", asks[dice.upto(asks.len())]);
                let params =
                    json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}});
                if let Err(error) = editor.request(&ask, params) {
                    // what may not be renamed is refused; a fault of the program is none of that
                    assert_eq!(error["code"], json!(-32803), "{ask}: {error}");
                }
            }
            for ask in ["documentSymbol", "foldingRange", "codeLens"] {
                editor.of(&format!("textDocument/{ask}"), &uri);
            }
            let (line, options) = (dice.upto(30) as u64, json!({"tabSize": 2, "insertSpaces": true}));
            actions(&mut editor, &uri, line);
            let ask = json!({"textDocument": {"uri": uri}, "options": options});
            editor.request("textDocument/formatting", ask).unwrap();
            assert_eq!(editor.text(&uri), text);
            editor.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
            editor.told.clear();
        }
        assert_eq!(editor.leave(), Some(0));
    }
}
