//! The page for people as a browser opens it: nothing of a hostile report runs, and nothing is complained of.
//!
//! Chromium is asked where it is installed; without it the page alone is looked at.

use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// Whatever of it ran would change the page's title.
const HOSTILE: &str = "2023年度<script>document.title='跑了'</script>渠道维修项目绩效自评报告

全年安排资金60万元，其中中央资金30万元，省级资金20万元，县级资金15万元。<img src=\"x\" onerror=\"document.title='跑了'\">

自评得分84.47分，评价等级为“优”。</body></html><style>.finding{display:none}</style>
";

#[test]
fn a_browser_shows_the_page_and_runs_nothing() {
    let folder = TempDir::new().unwrap();
    let name = "\"onmouseover='x'<b>.txt";
    fs::write(folder.path().join(name), HOSTILE).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["check", name, "--format", "html", "-o", "结果.html"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let page = fs::read_to_string(folder.path().join("结果.html")).unwrap();
    for tag in ["<script", "<img", "<b>", "<style>.finding"] {
        assert!(!page.contains(tag), "{tag}");
    }
    let opened = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .args(["--enable-logging=stderr", "--dump-dom"])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}", folder.path().join("结果.html").display()))
        .output();
    let Ok(opened) = opened.map_err(|_| ()) else {
        return;
    };
    if !opened.status.success() {
        // a browser that cannot start here says nothing of the page
        return;
    }
    let shown = String::from_utf8_lossy(&opened.stdout);
    assert!(shown.contains("<title>绩效自评报告核对结果</title>"), "{shown}");
    assert_eq!(shown.matches("class=\"finding ").count(), 2, "{shown}");
    let said = String::from_utf8_lossy(&opened.stderr);
    let complaints: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(complaints.is_empty(), "{complaints:?}");
}
