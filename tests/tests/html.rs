//! The page of the report in a real browser, where there is one.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A browser that can be run without a screen; says so where there is none.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|p| p.exists());
    if found.is_none() {
        eprintln!("SKIPPED: no chromium on the path");
    }
    found
}

/// What the browser makes of a page, when its scripts have run.
fn shown(browser: &Path, page: &Path) -> String {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--dump-dom", &format!("file://{}", page.display())])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..5 {
        fs::write(folder.path().join(format!("in/{number}.txt")), "总产值增长,达到3.2%.\n").unwrap();
    }
    fs::write(folder.path().join("in/<img src=x onerror=alert(1)>.txt"), "fault: panic").unwrap();
    fs::write(folder.path().join("in/坏.docx"), "PK\u{3}\u{4}").unwrap();
    Command::new(env!("CARGO_BIN_EXE_qingwen-under-test"))
        .args(["in", "-o", "out", "-q", "--html", "page.html"])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    let path = folder.path().join("page.html");
    let page = fs::read_to_string(&path).unwrap();
    let dom = shown(&browser, &path);
    assert!(dom.contains("7 of 7 shown"), "the script did not run: {dom}");
    assert!(!dom.contains("<img"), "a file's name became markup");
    assert_eq!(dom.matches("<tr data-status=\"ok\"").count(), 5);
    assert!(dom.contains("data-show=\"failed\"") && dom.contains("pun-comma"), "{dom}");

    // As a person would: a click on the failed ones, and then a word to look for.
    let click = "<script>document.querySelector('button[data-show=failed]').click()</script>";
    fs::write(&path, page.clone() + click).unwrap();
    let dom = shown(&browser, &path);
    assert!(dom.contains("2 of 7 shown") && dom.matches(" hidden=\"\"").count() == 5, "{dom}");
    let word = "<script>words.value='坏';words.dispatchEvent(new Event('input'))</script>";
    fs::write(&path, page + click + word).unwrap();
    assert!(shown(&browser, &path).contains("1 of 7 shown"));
}
