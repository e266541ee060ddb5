//! Messages that come broken, too early, too late or too often: each costs only itself.

use super::editor::Editor;
use super::{Desk, RULES};
use serde_json::{Value, json};

fn framed(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[test]
fn what_is_no_message_is_refused_and_the_next_is_heard() {
    let desk = Desk::new(&[]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("甲.jx");
    editor.open(&uri, "规则：甲\n");
    for (bytes, id, code) in [
        (framed("{\"jsonrpc\": "), Value::Null, -32700),
        (framed("\u{FFFD}{}"), Value::Null, -32700),
        (framed("[]"), Value::Null, -32600),
        (
            framed("{\"jsonrpc\":\"2.0\",\"id\":9007199254740991,\"method\":\"shutdown\"}"),
            json!(9007199254740991u64),
            -32600,
        ),
        (
            b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc".to_vec(),
            Value::Null,
            -32700,
        ),
    ] {
        editor.raw(&bytes);
        let error = editor.answer(&id).unwrap_err();
        assert_eq!(error["code"], json!(code), "{error}");
        assert!(error["message"].as_str().unwrap().contains("没有读懂"), "{error}");
    }
    editor.raw(b"nonsense\r\n\r\nContent-Length: many\r\n\r\n");
    assert_eq!(editor.text(&uri), "规则：甲\n");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn what_is_not_known_is_refused_or_passed_over() {
    let desk = Desk::new(&[]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("甲.jx");
    editor.open(&uri, RULES);
    for (method, params, code) in [
        ("textDocument/willRename", json!({}), -32601),
        ("$/unheardOf", json!([1]), -32601),
        ("textDocument/hover", json!({"textDocument": 5}), -32602),
        ("initialize", json!({"capabilities": {}}), -32600),
        (
            "workspace/executeCommand",
            json!({"command": "format.disk"}),
            -32602,
        ),
    ] {
        let error = editor.request(method, params).unwrap_err();
        assert_eq!(error["code"], json!(code), "{method}: {error}");
    }
    for method in [
        "$/setTrace",
        "workspace/didChangeConfiguration",
        "$/progress",
        "无",
    ] {
        editor.notify(method, json!({"value": []}));
    }
    // of a text that is not open nothing is known
    let other = desk.uri("乙.jx");
    for method in ["hover", "definition", "completion", "prepareRename"] {
        assert!(
            editor
                .at(&format!("textDocument/{method}"), &other, 0, 0)
                .is_null(),
            "{method}"
        );
    }
    editor.change(&other, 2, &[([0, 0, 0, 0], "甲")]);
    // a change that cannot be read must not be lost in silence
    editor.notify(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri}, "contentChanges": 3}),
    );
    let told = editor.wait("window/showMessage", |_| true);
    assert!(told["message"].as_str().unwrap().contains("再打开"), "{told}");
    assert_eq!(editor.text(&uri), RULES);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn a_question_that_is_taken_back_is_not_answered() {
    let desk = Desk::new(&[]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("甲.jx");
    let long = format!("{RULES}{}", "三级指标：甲\n".repeat(4000));
    editor.open(&uri, &long);
    // the first keeps the server busy while the others and their cancelling arrive
    let params = json!({"textDocument": {"uri": uri}});
    let first = editor.ask("textDocument/documentSymbol", params.clone());
    let second = editor.ask("textDocument/foldingRange", params.clone());
    editor.notify("$/cancelRequest", json!({"id": second}));
    editor.notify("$/cancelRequest", json!({"id": 99}));
    editor.notify("$/cancelRequest", json!({"id": "无"}));
    editor.notify("$/cancelRequest", json!({}));
    assert!(editor.answer(&json!(first)).is_ok());
    assert_eq!(editor.answer(&json!(second)).unwrap_err()["code"], json!(-32800));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn the_server_leaves_with_the_code_that_the_protocol_wants() {
    let desk = Desk::new(&[]);
    // after shutdown nothing but exit is done
    let mut editor = desk.editor(&["utf-16"]);
    editor.request("shutdown", Value::Null).unwrap();
    let late = editor.request("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(late["code"], json!(-32600));
    assert_eq!(editor.exit(), Some(0));
    // without shutdown, and where the editor is simply gone
    assert_eq!(desk.editor(&["utf-16"]).exit(), Some(1));
    assert_eq!(desk.editor(&["utf-16"]).close(), Some(1));
    // before it begins
    let mut early = Editor::bare(desk.folder.path());
    let error = early.request("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(error["code"], json!(-32002));
    assert!(
        error["message"].as_str().unwrap().contains("initialize"),
        "{error}"
    );
    assert_eq!(early.exit(), Some(1));
}

#[test]
fn an_editor_that_says_nothing_of_itself_and_asks_before_it_is_told_is_served() {
    let desk = Desk::new(&[]);
    let mut editor = Editor::bare(desk.folder.path());
    let began = editor.ask(
        "initialize",
        json!({"processId": null, "rootUri": null, "capabilities": {}}),
    );
    let uri = "untitled:Untitled-1";
    editor.open(uri, RULES);
    assert_eq!(editor.text(uri), RULES);
    assert!(editor.answer(&json!(began)).is_ok());
    // an editor that knows no versions gets edits without
    let (line, column) = super::place(RULES, "养护里程，20 分");
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}, "newName": "管护里程"});
    let edit = editor.request("textDocument/rename", params).unwrap();
    assert_eq!(edit["changes"][uri].as_array().unwrap().len(), 4, "{edit}");
    let hover = editor.at("textDocument/hover", uri, line, column);
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn edits_outside_the_text_and_very_large_ones_leave_it_as_the_editor_has_it() {
    let desk = Desk::new(&[]);
    let mut editor = desk.editor(&["utf-16"]);
    let uri = desk.uri("甲.jx");
    editor.open(&uri, "\u{FEFF}规则：甲\r\n数据：乙\r\n");
    assert_eq!(editor.text(&uri), "\u{FEFF}规则：甲\r\n数据：乙\r\n");
    editor.change(&uri, 2, &[([9, 0, u64::from(u32::MAX), 7], "单位：家\r\n")]);
    assert_eq!(editor.text(&uri), "\u{FEFF}规则：甲\r\n数据：乙\r\n单位：家\r\n");
    // the end before the beginning
    editor.change(&uri, 3, &[([1, 4, 1, 3], "丙")]);
    assert_eq!(editor.text(&uri), "\u{FEFF}规则：甲\r\n数据：丙\r\n单位：家\r\n");
    let large = "三级指标：甲\r\n　备注：𠮷\r\n".repeat(10_000);
    editor.change(&uri, 4, &[([0, 0, 99, 0], &large)]);
    editor.change(&uri, 5, &[([19_999, 4, 19_999, 6], "吉")]);
    let text = editor.text(&uri);
    assert!(text.len() > 300_000 && text.ends_with("　备注：吉\r\n") && text.len() == large.len() - 1);
    editor.change(&uri, 6, &[([0, 0, 200_000, 0], "")]);
    assert_eq!(editor.text(&uri), "");
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(editor.leave(), Some(0));
}
