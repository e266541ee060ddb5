//! Several files and folders: what cites what, on the disk and in the editor, and names that are changed in all of them.

use super::editor::{Editor, uri};
use super::{Desk, RULES, messages, place};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

const CITY: &str = "规则：市\n文号：青交发〔2023〕5号\n数据：里程\n　别名：公里数\n　单位：公里\n检查：里程少\n　参数：界限 = 3 公里\n　要求：里程.实际 ≥ 界限\n";
const COUNTY: &str = "规则：县\n引用：“./市.jx”\n数据：县道\n检查：公里数少\n　参数：上限 = 1 公里\n　要求：公里数.实际 ≥ 上限 并且 县道.实际 有值\n";

fn references(editor: &mut Editor, uri: &str, (line, character): (u64, u64)) -> Vec<String> {
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, "context": {"includeDeclaration": true}});
    let all = editor.request("textDocument/references", params).unwrap();
    let file = |place: &Value| place["uri"].as_str().unwrap().to_owned();
    all.as_array().unwrap().iter().map(file).collect()
}

fn rename(editor: &mut Editor, uri: &str, (line, character): (u64, u64), new: &str) -> Result<Value, String> {
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, "newName": new});
    let error = |error: Value| error["message"].as_str().unwrap().to_owned();
    editor.request("textDocument/rename", params).map_err(error)
}

#[test]
fn every_folder_of_the_editor_is_looked_through_and_those_that_come_later_too() {
    let (one, other, third) = (Desk::new(&[("市.jx", CITY)]), Desk::new(&[]), Desk::new(&[]));
    let county = COUNTY.replace("“./市.jx”", &format!("“{}”", one.path("市.jx").to_string_lossy()));
    fs::write(other.path("县.jx"), &county).unwrap();
    fs::write(third.path("区.jx"), &county).unwrap();
    let mut editor = Editor::for_folders(&[one.folder.path(), other.folder.path()], &["utf-16"], 0);
    assert_eq!(
        editor.capabilities["workspace"]["workspaceFolders"]["supported"],
        true
    );
    let city = one.uri("市.jx");
    editor.open(&city, CITY);
    let at = place(CITY, "里程\n");
    let seen = references(&mut editor, &city, at);
    assert!(seen.contains(&other.uri("县.jx")), "{seen:?}");
    assert!(!seen.contains(&third.uri("区.jx")), "{seen:?}");
    let folder = |desk: &Desk| json!({"uri": uri(desk.folder.path()), "name": "规则"});
    let event = json!({"event": {"added": [folder(&third)], "removed": [folder(&other)]}});
    editor.notify("workspace/didChangeWorkspaceFolders", event);
    let seen = references(&mut editor, &city, at);
    assert!(!seen.contains(&other.uri("县.jx")), "{seen:?}");
    assert!(seen.contains(&third.uri("区.jx")), "{seen:?}");
}

#[test]
fn a_use_under_another_name_in_a_file_that_is_not_open_is_found() {
    let desk = Desk::new(&[("市.jx", CITY), ("县.jx", COUNTY)]);
    let mut editor = desk.editor(&["utf-16"]);
    let city = desk.uri("市.jx");
    editor.open(&city, CITY);
    let seen = references(&mut editor, &city, place(CITY, "里程\n"));
    assert_eq!(
        seen.iter().filter(|file| **file == desk.uri("县.jx")).count(),
        1,
        "{seen:?}"
    );
}

#[test]
fn more_than_a_few_hundred_files_are_looked_through() {
    let desk = Desk::new(&[("市.jx", CITY)]);
    for number in 0..400 {
        fs::write(
            desk.path(&format!("{number:03}.jx")),
            format!("规则：{number}\n数据：里程\n"),
        )
        .unwrap();
    }
    fs::write(desk.path("终.jx"), COUNTY).unwrap();
    let mut editor = desk.editor(&["utf-16"]);
    let city = desk.uri("市.jx");
    editor.open(&city, CITY);
    let seen = references(&mut editor, &city, place(CITY, "里程\n"));
    assert!(seen.contains(&desk.uri("终.jx")), "{seen:?}");
}

#[test]
fn a_name_is_renamed_from_the_file_that_cites_it_too() {
    let desk = Desk::new(&[("市.jx", CITY), ("县.jx", COUNTY)]);
    let mut editor = desk.editor(&["utf-16"]);
    let county = desk.uri("县.jx");
    editor.open(&county, COUNTY);
    let edit = rename(&mut editor, &county, place(COUNTY, "公里数.实际"), "公路里程").unwrap();
    let files = edit["documentChanges"].as_array().unwrap();
    let version = |name: &str| {
        let own = files
            .iter()
            .find(|file| file["textDocument"]["uri"] == json!(desk.uri(name)));
        own.unwrap()["textDocument"]["version"].clone()
    };
    // only what is open has a version
    assert_eq!(
        (version("市.jx"), version("县.jx")),
        (Value::Null, json!(1)),
        "{edit}"
    );
}

#[test]
fn a_new_name_that_another_file_has_is_refused_with_the_name_of_that_file() {
    let desk = Desk::new(&[("市.jx", CITY), ("县.jx", COUNTY)]);
    let mut editor = desk.editor(&["utf-16"]);
    let city = desk.uri("市.jx");
    editor.open(&city, CITY);
    for (words, new) in [("里程\n", "县道"), ("里程少", "公里数少")] {
        let why = rename(&mut editor, &city, place(CITY, words), new).unwrap_err();
        assert!(why.contains("县.jx") && why.contains("没有改名"), "{why}");
    }
    // 参数 of two checks may be called alike
    assert!(rename(&mut editor, &city, place(CITY, "界限 ="), "上限").is_ok());
    // a name that is taken by an alias of the same file
    let why = rename(&mut editor, &city, place(CITY, "里程\n"), "公里数").unwrap_err();
    assert!(why.contains("已经是"), "{why}");
}

#[test]
fn what_cannot_be_renamed_is_refused_before_a_name_is_asked_for() {
    let (_desk, mut editor, uri) = super::opened(RULES);
    let mut prepare = |words: &str| {
        let (line, character) = place(RULES, words);
        let params =
            json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        editor.request("textDocument/prepareRename", params)
    };
    for (words, part) in [
        ("目标前后不一致", "内置"),
        ("按完成比例", "内置"),
        ("财预", "直接改"),
        ("养护目标前后", "直接改"),
    ] {
        let error = prepare(words).unwrap_err();
        assert!(
            error["message"].as_str().unwrap().contains(part),
            "{words}: {error}"
        );
    }
    assert!(prepare("年报数").unwrap().is_null());
    assert_eq!(prepare("每次里程 = ").unwrap()["placeholder"], "每次里程");
}

#[test]
fn a_file_that_was_never_saved_is_cited_by_its_name_or_number() {
    let desk = Desk::new(&[]);
    let mut editor = desk.editor(&["utf-16"]);
    for (number, citation) in ["“./市.jx”", "市", "青交发〔2023〕5号", "青交发[2023]5号"]
        .iter()
        .enumerate()
    {
        let own = desk.uri(&format!("县{number}.jx"));
        let text = COUNTY.replace("“./市.jx”", citation);
        editor.open(&own, &text);
        let marks = editor.marks(&own, 1);
        assert!(
            messages(&marks)
                .iter()
                .any(|message| message.contains("没有找到") || message.contains("找不到")),
            "{marks:?}"
        );
    }
    let city = desk.uri("市.jx");
    editor.open(&city, CITY);
    for number in 0..4 {
        let own = desk.uri(&format!("县{number}.jx"));
        while !editor.marks(&own, 1).is_empty() {}
    }
    let own = desk.uri("县2.jx");
    let declared = editor.at("textDocument/definition", &own, 5, 5);
    assert_eq!(declared[0]["uri"], json!(city), "{declared}");
    // closed without being saved it is gone
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": city}}));
    while editor.marks(&own, 1).is_empty() {}
}

#[test]
fn what_changes_on_the_disk_is_asked_for_and_looked_at() {
    let desk = Desk::new(&[("市.jx", CITY), ("县.jx", COUNTY)]);
    let mut editor = desk.editor(&["utf-16"]);
    let asked = editor.wait("client/registerCapability", |_| true);
    assert_eq!(
        asked["registrations"][0]["method"],
        "workspace/didChangeWatchedFiles"
    );
    let county = desk.uri("县.jx");
    editor.open(&county, COUNTY);
    assert!(editor.marks(&county, 1).is_empty());
    let changed = |kind: u8| json!({"changes": [{"uri": desk.uri("市.jx"), "type": kind}]});
    fs::write(desk.path("市.jx"), CITY.replace("公里数", "长度")).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", changed(2));
    let marks = editor.marks(&county, 1);
    assert!(messages(&marks)[0].contains("公里数"), "{marks:?}");
    fs::remove_file(desk.path("市.jx")).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", changed(3));
    let marks = editor.marks(&county, 1);
    assert!(
        marks.iter().any(|mark| mark["code"] == "rule-reference"),
        "{marks:?}"
    );
    fs::write(desk.path("市.jx"), CITY).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", changed(1));
    assert!(editor.marks(&county, 1).is_empty());
}

#[test]
fn faults_of_a_cited_file_are_told_there_until_the_citing_one_is_closed() {
    let wrong = CITY.replace("单位：公里", "单位：里程单位");
    let desk = Desk::new(&[("市.jx", &wrong), ("县.jx", COUNTY)]);
    let mut editor = desk.editor(&["utf-16"]);
    let (city, county) = (desk.uri("市.jx"), desk.uri("县.jx"));
    editor.open(&county, COUNTY);
    let told = editor.wait("textDocument/publishDiagnostics", |params| {
        params["uri"] == json!(city)
    });
    assert!(!told["diagnostics"].as_array().unwrap().is_empty(), "{told}");
    assert!(told["version"].is_null(), "{told}");
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": county}}));
    for file in [&city, &county] {
        let told = editor.wait("textDocument/publishDiagnostics", |params| {
            params["uri"] == json!(file)
        });
        let told = match told["diagnostics"].as_array().unwrap().is_empty() {
            true => told,
            false => editor.wait("textDocument/publishDiagnostics", |params| {
                params["uri"] == json!(file)
            }),
        };
        assert!(told["diagnostics"].as_array().unwrap().is_empty(), "{told}");
    }
}

#[test]
fn addresses_are_kept_as_the_editor_writes_them() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("规则 （市）");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("市#1.jx"), CITY).unwrap();
    let mut editor = Editor::start(folder.path(), &["utf-16"], 0);
    // less is encoded than the server would, and in small letters
    let written = |name: &str| uri(&place.join(name)).replace("%EF%BC%88", "%ef%bc%88");
    let (city, county) = (written("市#1.jx"), written("县.jx"));
    let text = COUNTY.replace("“./市.jx”", "“./市#1.jx”");
    editor.open(&city, CITY);
    editor.open(&county, &text);
    assert!(editor.marks(&county, 1).is_empty());
    let edit = rename(
        &mut editor,
        &county,
        super::place(&text, "公里数.实际"),
        "公路里程",
    )
    .unwrap();
    let files = edit["documentChanges"].as_array().unwrap();
    let mut uris: Vec<&str> = files
        .iter()
        .map(|file| file["textDocument"]["uri"].as_str().unwrap())
        .collect();
    uris.sort_unstable();
    let mut wanted = [city.as_str(), county.as_str()];
    wanted.sort_unstable();
    assert_eq!(uris, wanted);
    // as some write it: not encoded at all
    let raw = format!("file://{}", place.join("乡 [1].jx").to_string_lossy());
    editor.open(&raw, &text);
    let told = editor.wait("textDocument/publishDiagnostics", |params| {
        params["uri"] == json!(uri(&place.join("乡 [1].jx")))
            || params["uri"]
                .as_str()
                .is_some_and(|uri| uri.ends_with("%5B1%5D.jx"))
    });
    assert!(told["diagnostics"].as_array().unwrap().is_empty(), "{told}");
    // of texts that are no files all is told, too
    for other in [
        "untitled:Untitled-1",
        "file:///C:/%E5%B8%82/%E7%94%B2.jx",
        "vscode-remote://wsl/a.jx",
    ] {
        editor.open(other, RULES);
        assert!(editor.marks(other, 1).is_empty(), "{other}");
        let symbols = editor.of("textDocument/documentSymbol", other);
        assert!(symbols.as_array().unwrap().len() > 3, "{other}");
    }
}
