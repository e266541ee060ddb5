//! `jixiao fmt` and `jixiao new`, run from outside: what they write, what they leave alone, and with which code they end.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn piped(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// As a chat window or a word processor leaves it: other colons, lost indentation, half-width signs, odd blanks.
const PASTED: &str = "\u{FEFF}\r\n办法名称 :河道保洁专项绩效自评\r\n版本：2026.1\r\n年度：２０２６年度\r\n文号：青水发[2026]３号\r\n\
引用：财预［２０２０］１０ 号\r\n\r\n\r\n\r\n＃ 下面是要核对的数\r\n数据 ： 保洁资金\r\n表中：资金．总额．全年执行数\r\n\
又称:河道保洁资金,保洁经费；养护资金。\r\n计量单位:万元  # 决算口径\r\n\r\n一级指标：产出指标,９０分\r\n\
   二级指标：数量指标\r\n\u{A0}\u{A0}指标：“保洁河道长度”， 50 分\r\n        # 含支流\r\n        目标值:３２０．５０公里以上\r\n\
评分:按完成比例,及格门槛＝60％\r\n  指标：打捞\u{200B}， 40分\r\n  年度指标值：不少于1.2万吨\r\n\
一级指标：满意度指标，10分\r\n权重：10分\r\n\r\n等级 : 优【90,100】;良［80,90);中 60（含本数）~80;差 60以内\r\n\
章节：“基本情况”，“主要做法、存在的问题”\r\n\r\n评分办法：阶梯\r\n\
情形：完成率 大于等于 100%,计分值;完成率>=８０％并且原因 已填，得 最大（0分,分值*完成率－１分）；其他情形，得【0分，分值）\r\n\r\n\
检查：保洁单价过高\r\n级别：warning\r\n口径：真值区间\r\n对每个：指标行\r\n\
当: 得分＜分值;\r\n并且 原因 未填 # 没有写原因\r\n\r\n  或者 并非 三级指标 属于 \"打捞\",“清淤”\r\n要求： (得分+ -1分)／2 《= 分值.\r\n\
提示： “【三级指标】”得分【得分】，# 号也是字。 \r\n\r\n测试：试一试\r\n样例：  年度目标为打捞1.2万吨。\r\n不报：全部";

#[test]
fn a_file_pasted_from_a_chat_window_is_brought_into_form() {
    let text = PASTED
        .replace("\"打捞\",“清淤”", "\"打捞\"﹑“清淤”")
        .replace("分值.\r\n", "分值。\r\n");
    let output = piped(&["fmt", "-"], text.as_bytes());
    assert_eq!(code(&output), 0, "{}", err(&output));
    insta::assert_snapshot!("pasted", out(&output));
    let again = piped(&["格式化", "-"], &output.stdout);
    assert_eq!(out(&again), out(&output));
}

#[test]
fn lines_that_cannot_be_read_are_told_and_the_file_stays_byte_for_byte() {
    let output = piped(&["fmt", "-"], PASTED.as_bytes());
    assert_eq!((code(&output), out(&output)), (2, String::new()));
    insta::assert_snapshot!("pasted_with_slips", err(&output));

    let folder = TempDir::new().unwrap();
    let path = folder.path().join("甲.jx");
    fs::write(&path, PASTED).unwrap();
    let output = run(folder.path(), &["fmt", "甲.jx"]);
    assert_eq!(code(&output), 2);
    assert_eq!(out(&output), "整理了 0 个文件，1 个没有动。\n");
    assert_eq!(fs::read(&path).unwrap(), PASTED.as_bytes());
}

#[test]
fn files_and_folders_are_rewritten_in_place_and_only_once() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("规则")).unwrap();
    fs::write(at("规则/甲.jx"), "规则:甲\r\n").unwrap();
    fs::write(at("规则/乙.JX"), "规则：乙\n").unwrap();
    fs::write(at("规则/报告.md"), "规则:丙\r\n").unwrap();
    let output = run(folder.path(), &["fmt", "规则", "规则/甲.jx"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(
        out(&output),
        "已整理：规则/甲.jx\n整理了 1 个文件，1 个格式已经统一。\n"
    );
    assert_eq!(fs::read_to_string(at("规则/甲.jx")).unwrap(), "规则：甲\n");
    assert_eq!(fs::read_to_string(at("规则/报告.md")).unwrap(), "规则:丙\r\n");
    assert_eq!(
        fs::read_dir(at("规则")).unwrap().count(),
        3,
        "nothing is left beside them"
    );
    let again = run(folder.path(), &["fmt", "规则"]);
    assert_eq!(out(&again), "整理了 0 个文件，2 个格式已经统一。\n");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("甲.jx"), folder.path().join("乙.jx"));
    fs::write(&file, "规则:甲").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("甲.jx", &link).unwrap();
    assert_eq!(code(&run(folder.path(), &["fmt", "乙.jx"])), 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), "规则：甲\n");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[test]
fn check_lists_what_would_change_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.jx"), "规则:甲\n").unwrap();
    fs::write(folder.path().join("乙.jx"), "规则：乙\n").unwrap();
    fs::write(folder.path().join("丙.jx"), "随便写的一行\n").unwrap();
    let output = run(folder.path(), &["fmt", "--check", "乙.jx", "甲.jx"]);
    assert_eq!(code(&output), 1);
    assert_eq!(
        out(&output),
        "要整理：甲.jx\n要整理 1 个文件，1 个格式已经统一。\n"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("甲.jx")).unwrap(),
        "规则:甲\n"
    );
    assert_eq!(code(&run(folder.path(), &["fmt", "--check", "乙.jx"])), 0);
    assert_eq!(code(&run(folder.path(), &["fmt", "--check", "丙.jx"])), 2);
    assert_eq!(code(&run(folder.path(), &["fmt", "--check", "."])), 1);
    let input = piped(&["fmt", "--check", "-"], "规则:甲\n".as_bytes());
    assert_eq!((code(&input), out(&input)), (1, "要整理：标准输入\n".to_owned()));
}

#[test]
fn a_difference_is_shown_line_by_line() {
    let folder = TempDir::new().unwrap();
    let text = "规则：甲\n年度:2026\n备注：一\n备注：二\n备注：三\n备注：四\n备注：五\n三级指标：巡查次数,10分\n目标：不少于12次";
    fs::write(folder.path().join("甲.jx"), text).unwrap();
    let output = run(folder.path(), &["fmt", "--diff", "甲.jx"]);
    assert_eq!(code(&output), 0);
    insta::assert_snapshot!("difference", out(&output));
    assert_eq!(fs::read_to_string(folder.path().join("甲.jx")).unwrap(), text);
    assert_eq!(
        code(&run(folder.path(), &["fmt", "--check", "--diff", "甲.jx"])),
        1
    );
    fs::write(folder.path().join("甲.jx"), "规则：甲\n").unwrap();
    assert_eq!(out(&run(folder.path(), &["fmt", "--diff", "甲.jx"])), "");
}

#[test]
fn other_encodings_become_utf_8_and_it_is_said() {
    let folder = TempDir::new().unwrap();
    let utf16: Vec<u8> = "\u{FEFF}规则：河道保洁绩效自评\r\n年度：2026\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    // 规则：河道保洁绩效自评, 年度：2026, as older programs on Chinese Windows write it
    let gbk = b"\xB9\xE6\xD4\xF2\xA3\xBA\xBA\xD3\xB5\xC0\xB1\xA3\xBD\xE0\xBC\xA8\xD0\xA7\xD7\xD4\xC6\xC0\n\xC4\xEA\xB6\xC8\xA3\xBA2026\n";
    for bytes in [&utf16[..], gbk] {
        becomes_utf_8(folder.path(), bytes);
    }
}

fn becomes_utf_8(folder: &Path, bytes: &[u8]) {
    let path = folder.join("甲.jx");
    fs::write(&path, bytes).unwrap();
    let output = run(folder, &["fmt", "甲.jx"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(
        out(&output).starts_with("已整理：甲.jx（改存为 UTF-8 编码）\n"),
        "{}",
        out(&output)
    );
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "规则：河道保洁绩效自评\n年度：2026\n"
    );
}

#[test]
fn bytes_that_are_no_text_are_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("甲.jx");
    for bytes in [
        &b"PK\x03\x04rest"[..],
        b"",
        "规则：甲\n备注：长长的一段说明文字，后面坏了一个字节：".as_bytes(),
    ] {
        let mut bytes = bytes.to_owned();
        if bytes.len() > 20 {
            bytes.push(0xFF);
        }
        fs::write(&path, &bytes).unwrap();
        let output = run(folder.path(), &["fmt", "甲.jx"]);
        assert_eq!(code(&output), 2, "{}", out(&output));
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    fs::write(folder.path().join("报告.md"), "规则:甲\n").unwrap();
    for (name, words) in [("报告.md", "这不是规则文件"), ("没有.jx", "找不到这个文件")] {
        let output = run(folder.path(), &["fmt", name]);
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains(words), "{}", err(&output));
    }
}

#[test]
fn a_megabyte_on_one_line_ends_in_a_finding_and_ten_thousand_lines_in_no_time() {
    let long = format!("规则：甲\n章节：{}\n", "基本情况、".repeat(100_000));
    let output = piped(&["fmt", "-"], long.as_bytes());
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("这一行太长"), "{}", err(&output));
    let block = "三级指标:巡查次数,10分\n目标:不少于12次\n";
    let many = format!("规则:甲\n{}", block.repeat(5_000));
    let started = std::time::Instant::now();
    let output = piped(&["fmt", "-"], many.as_bytes());
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    assert_eq!(code(&output), 0);
    assert_eq!(out(&output).matches("\n　目标：≥ 12 次\n").count(), 5_000);
}

#[test]
fn every_kind_of_form_has_a_file_to_begin_with_that_is_sound() {
    let folder = TempDir::new().unwrap();
    for (kind, scored) in [
        ("项目支出", true),
        ("部门整体", true),
        ("转移支付", false),
        ("衔接资金", false),
        ("目标申报", false),
    ] {
        let name = format!("{kind}.jx");
        let output = run(folder.path(), &["new", &name, "--form", kind]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert!(
            out(&output).starts_with(&format!("写好了：{name}\n")),
            "{}",
            out(&output)
        );
        let text = fs::read_to_string(folder.path().join(&name)).unwrap();
        assert_eq!(text.contains(" 分\n"), scored, "{kind}");
        assert!(text.contains("\n验证：") && text.contains("应提示：") && text.starts_with("# "));
        let checked = run(folder.path(), &["check", &name]);
        assert_eq!(code(&checked), 0, "{}", out(&checked));
        assert!(
            !out(&checked).contains("错误 ") && !out(&checked).contains("警告 "),
            "{}",
            out(&checked)
        );
        assert_eq!(code(&run(folder.path(), &["fmt", "--check", &name])), 0);
        let shown = run(folder.path(), &["新建", "--表", kind]);
        assert_eq!(out(&shown), text);
    }
}

#[test]
fn a_new_file_passes_its_own_trials_and_they_exercise_each_of_its_checks() {
    let folder = TempDir::new().unwrap();
    for kind in ["项目支出", "部门整体", "转移支付", "衔接资金", "目标申报"] {
        let name = format!("{kind}.jx");
        run(folder.path(), &["new", &name, "--form", kind]);
        let output = run(folder.path(), &["test", &name]);
        assert_eq!(code(&output), 0, "{}", out(&output));
        assert!(out(&output).contains("3 个验证，通过 3"), "{}", out(&output));
        assert!(
            out(&output).contains("检查 1 项，验证触发 1 项"),
            "{}",
            out(&output)
        );
    }
}

#[test]
fn a_new_file_never_replaces_one_that_is_there() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("甲.jx"), "我的规则").unwrap();
    for name in ["甲.jx", "甲"] {
        let output = run(folder.path(), &["new", name]);
        assert_eq!(code(&output), 2);
        assert_eq!(
            err(&output),
            "jixiao：“甲.jx”已经有了，没有动它。请换一个文件名。\n"
        );
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("甲.jx")).unwrap(),
        "我的规则"
    );
    for (arguments, words) in [
        (["new", "甲.docx"], "要以 .jx 结尾"),
        (["new", "没有/乙.jx"], "没有这个文件夹"),
        (
            ["new", "--form=别的"],
            "可以是：项目支出、部门整体、转移支付、衔接资金、目标申报",
        ),
    ] {
        let output = run(folder.path(), &arguments);
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains(words), "{}", err(&output));
    }
    let shown = run(folder.path(), &["new", "-"]);
    assert!(
        out(&shown).starts_with("# 项目支出绩效自评的规则"),
        "{}",
        out(&shown)
    );
}

#[test]
fn the_help_of_both_is_in_chinese() {
    let folder = TempDir::new().unwrap();
    for verb in ["fmt", "new"] {
        let output = run(folder.path(), &[verb, "--help"]);
        assert_eq!(code(&output), 0);
        assert!(
            out(&output).contains("用法：jixiao") && !out(&output).contains("Usage"),
            "{}",
            out(&output)
        );
    }
    let output = run(folder.path(), &["fmt"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("jixiao fmt 规则.jx"), "{}", err(&output));
}
