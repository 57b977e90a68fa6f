//! What a run survives: being killed at any moment, losing its folder, another run beside it; and that its output
//! does not depend on how it was made.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use qingwen_tests::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const QINGWEN: &str = env!("CARGO_BIN_EXE_qingwen-under-test");

fn qingwen(folder: &Path, args: &[&str]) -> Output {
    Command::new(QINGWEN).args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn start(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(QINGWEN);
    command.args(args).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Sends a signal by its name.
fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap().success());
}

/// Every Markdown file below a folder, by its path.
fn outputs(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let bytes = fs::read(&path).unwrap();
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), bytes);
            }
        }
    }
    found
}

/// A folder of `count` small texts in subfolders, and what the library makes of them.
fn texts(folder: &Path, count: usize) -> BTreeMap<PathBuf, Vec<u8>> {
    let options = qingwen::Options::default();
    let mut expected = BTreeMap::new();
    for number in 0..count {
        let name = format!("{}/{number}.txt", number % 7);
        let text = format!("第{number}号公告\n\n　　云溪镇第{number}次例会定于明日召开,请各村按时参加.\n")
            .repeat(1 + number % 5);
        let path = folder.join("in").join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
        let markdown = qingwen::convert(text.as_bytes(), &options).unwrap().markdown;
        expected.insert(PathBuf::from(name + ".md"), markdown.into_bytes());
    }
    expected
}

fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_run_killed_at_any_moment_is_taken_up_by_the_next() {
    const MOMENTS: u32 = 50;
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 150);
    let whole = Instant::now();
    assert!(qingwen(folder.path(), &["-o", "whole", "in"]).status.success());
    let whole = whole.elapsed();
    let mut interrupted = 0;
    for moment in 0..MOMENTS {
        let out = format!("out{moment}");
        let mut run = start(folder.path(), &["-o", &out, "in"]);
        std::thread::sleep(whole * moment / MOMENTS);
        run.kill().unwrap();
        run.wait().unwrap();
        let out_path = folder.path().join(&out);
        let done = if out_path.exists() { outputs(&out_path) } else { BTreeMap::new() };
        for (name, markdown) in &done {
            assert_eq!(expected.get(name), Some(markdown), "{} is not whole", name.display());
        }
        interrupted += usize::from(!done.is_empty() && done.len() < expected.len());
        let again = qingwen(folder.path(), &["-o", &out, "in", "--report", "report.jsonl"]);
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(outputs(&out_path), expected);
        assert_eq!(fs::read_dir(out_path.join(".qingwen/tmp")).unwrap().count(), 0);
        let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
        let skipped = report.lines().filter(|line| line.contains("\"skipped\":true")).count();
        assert_eq!(report.lines().count(), expected.len());
        assert!(
            skipped <= done.len() && skipped + 16 >= done.len(),
            "{} done, {skipped} skipped",
            done.len()
        );
        fs::remove_dir_all(out_path).unwrap();
    }
    assert!(interrupted > 5, "only {interrupted} runs were caught in the middle");
}

#[test]
fn the_output_is_the_librarys_whatever_the_number_of_workers() {
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 60);
    let testdata = root().join("testdata");
    let testdata = testdata.to_str().unwrap();
    let mut all = Vec::new();
    for (number, jobs) in ["1", "2", "8"].iter().enumerate() {
        for mode in ["--in-process", "--timeout=100"] {
            let out = format!("out{number}{mode}");
            assert!(qingwen(folder.path(), &["-o", &out, "in", "--jobs", jobs, mode]).status.success());
            assert_eq!(outputs(&folder.path().join(&out)), expected, "{jobs} jobs, {mode}");
            let real = format!("real{number}{mode}");
            qingwen(folder.path(), &["-o", &real, testdata, "--jobs", jobs, mode]);
            all.push(outputs(&folder.path().join(&real)));
        }
    }
    assert!(!all[0].is_empty(), "no document in testdata");
    for other in &all[1..] {
        assert_eq!(all[0].keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        assert!(all[0] == *other, "the outputs differ");
    }
    let options = qingwen::Options::default();
    for (name, markdown) in &all[0] {
        let input = Path::new(testdata).join(name.with_extension(""));
        let done = qingwen::convert(&fs::read(&input).unwrap(), &options).unwrap();
        assert!(done.markdown.as_bytes() == *markdown, "{} differs from the library's", name.display());
    }
}

#[test]
fn a_second_run_on_the_same_folder_does_not_begin() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hang.txt"), "fault: hang").unwrap();
    fs::write(folder.path().join("a.txt"), "甲\n").unwrap();
    let mut first = start(folder.path(), &["-o", "out", "hang.txt"]);
    wait_for("the lock", || folder.path().join("out/.qingwen/manifest").exists());
    let second = qingwen(folder.path(), &["-o", "out", "a.txt"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&second.stderr).contains("another run"));
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(qingwen(folder.path(), &["-o", "out", "a.txt"]).status.success());
}

#[test]
fn an_output_folder_that_goes_away_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..100 {
        fs::write(folder.path().join(format!("in/{number}.txt")), "fault: slow").unwrap();
    }
    let run = start(folder.path(), &["-o", "out", "in", "--jobs", "2"]);
    wait_for("the first output", || fs::read_dir(folder.path().join("out")).is_ok_and(|out| out.count() > 1));
    fs::rename(folder.path().join("out"), folder.path().join("gone")).unwrap();
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the output folder is gone"));
    assert!(!folder.path().join("out").exists());
    assert!(outputs(&folder.path().join("gone")).values().all(|markdown| markdown.starts_with(b"fault")));
}

#[test]
fn an_interrupted_run_finishes_the_files_in_hand_and_says_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..100 {
        fs::write(folder.path().join(format!("in/{number}.txt")), "fault: slow").unwrap();
    }
    let run = start(folder.path(), &["-o", "out", "in", "--jobs", "2", "--report", "report.jsonl"]);
    wait_for("the first output", || fs::read_dir(folder.path().join("out")).is_ok_and(|out| out.count() > 1));
    signal(&run, "INT");
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("the same command again goes on from there"), "{said}");
    let done = outputs(&folder.path().join("out")).len();
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert_eq!(report.lines().filter(|line| line.contains("\"ok\"")).count(), done);
    assert!((1..100).contains(&done));
}

#[cfg(target_os = "linux")]
#[test]
fn no_worker_outlives_its_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hang.txt"), "fault: hang").unwrap();
    let mut run = start(folder.path(), &["hang.txt"]);
    let workers = || -> Vec<String> {
        let tasks = fs::read_dir(format!("/proc/{}/task", run.id())).into_iter().flatten().flatten();
        let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        children.flat_map(|ids| ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    wait_for("a worker", || !workers().is_empty());
    std::thread::sleep(Duration::from_millis(200));
    let workers = workers();
    assert!(!workers.is_empty());
    run.kill().unwrap();
    run.wait().unwrap();
    // A process that has ended and waits to be reaped has no memory.
    let alive =
        |id: &String| fs::read_to_string(format!("/proc/{id}/statm")).is_ok_and(|m| !m.starts_with('0'));
    wait_for("the workers to end", || !workers.iter().any(alive));
}
