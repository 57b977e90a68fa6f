//! What a run survives: being killed at any moment, losing its folder, another run beside it; and that its output
//! does not depend on how it was made.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use qingwen_tests::{root, slow_texts};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, UNIX_EPOCH};

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

/// What must hold after whatever happened: every finished file is whole, and those that the report calls finished
/// are there. Gives how many are finished, and how many the report names.
fn audit(out: &Path, report: &str, expected: &BTreeMap<PathBuf, Vec<u8>>) -> (usize, usize) {
    let done = if out.exists() { outputs(out) } else { BTreeMap::new() };
    for (name, markdown) in &done {
        assert!(expected.get(name) == Some(markdown), "{} is not whole", name.display());
    }
    let mut named = 0;
    for line in report.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        named += 1;
        if row["status"] == "ok" {
            let output = Path::new(row["output"].as_str().unwrap());
            assert!(
                done.contains_key(output),
                "the report tells of {}, which is not there",
                output.display()
            );
        } else {
            assert!(row["output"].is_null() && !row["cause"].is_null(), "{line}");
        }
    }
    (done.len(), named)
}

/// The process numbers of a run's workers.
#[cfg(target_os = "linux")]
fn workers(run: &Child) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{}/task", run.id())).into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    children.flat_map(|ids| ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
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
    let mut random = 20_261_125_u32;
    for moment in 0..MOMENTS {
        let out = format!("out{moment}");
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut run = start(folder.path(), &["-o", &out, "in"]);
        std::thread::sleep(whole * (random >> 16) / (1 << 16));
        run.kill().unwrap();
        run.wait().unwrap();
        let out_path = folder.path().join(&out);
        let (done, _) = audit(&out_path, "", &expected);
        interrupted += usize::from(done > 0 && done < expected.len());
        let again = qingwen(folder.path(), &["-o", &out, "in", "--report", "report.jsonl"]);
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(outputs(&out_path), expected);
        assert_eq!(fs::read_dir(out_path.join(".qingwen/tmp")).unwrap().count(), 0);
        let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
        let skipped = report.lines().filter(|line| line.contains("\"skipped\":true")).count();
        assert_eq!(audit(&out_path, &report, &expected), (expected.len(), expected.len()));
        assert!(skipped <= done && skipped + 16 >= done, "{done} done, {skipped} skipped");
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
    // Collected documents, too, as JSON lines and as Parquet.
    let mut collected = Vec::new();
    for args in
        [["--jobs", "1", "--in-process"], ["--jobs", "2", "--timeout=100"], ["--jobs", "8", "--timeout=100"]]
    {
        let files = ["--jsonl", "all.jsonl", "--parquet", "all.parquet", testdata];
        qingwen(folder.path(), &[&files, args.as_slice()].concat());
        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        collected.push((read("all.jsonl"), read("all.parquet")));
    }
    assert!(collected[0].0.len() > 1000 && collected[0].1.len() > 1000);
    assert!(collected.iter().all(|files| *files == collected[0]), "what was collected differs");
    assert!(!all[0].is_empty(), "no document in testdata");
    for other in &all[1..] {
        assert_eq!(all[0].keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        assert!(all[0] == *other, "the outputs differ");
    }
    let options = qingwen::Options::default();
    for (name, markdown) in &all[0] {
        let input = Path::new(testdata).join(name.with_extension(""));
        let done = qingwen::convert(fs::read(&input).unwrap(), &options).unwrap();
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

/// Runs a script in a mount namespace of its own, where `out` is a file system of 256 KiB. `None` where the system
/// does not let us.
fn with_small_disk(folder: &Path, script: &str) -> Option<Output> {
    let mount = "mount -t tmpfs -o size=256k tmpfs out || exit 77; ";
    fs::create_dir_all(folder.join("out")).unwrap();
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &format!("{mount}{script}")]).env("QINGWEN", QINGWEN);
    let output = command.current_dir(folder).stdin(Stdio::null()).output().ok()?;
    let refused = String::from_utf8_lossy(&output.stderr).starts_with("unshare:");
    (output.status.code() != Some(77) && !refused).then_some(output)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_the_next_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 150);
    let script = r#""$QINGWEN" -o out in --report first.jsonl 2> said; echo $? > status; cp -r out first
        mount -o remount,size=16m out; "$QINGWEN" -o out in --report second.jsonl -q && cp -r out second"#;
    let Some(output) = with_small_disk(folder.path(), script) else {
        return eprintln!("SKIPPED: no namespace with a file system of its own");
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("said").contains("stopped: ") && read("said").contains("No space left"), "{}", read("said"));
    assert_eq!(read("status"), "1\n");
    let (done, named) = audit(&folder.path().join("first"), &read("first.jsonl"), &expected);
    assert!((10..140).contains(&done) && named < 150, "{done} done");
    let all = audit(&folder.path().join("second"), &read("second.jsonl"), &expected);
    assert_eq!(all, (expected.len(), expected.len()));
}

#[test]
fn a_file_that_may_not_grow_costs_no_whole_file() {
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 150);
    // Blocks of 512 bytes: the manifest soon is as long as a file may be.
    let script = r#"trap '' XFSZ; ulimit -f 16; exec "$QINGWEN" -o out in --jobs 2 --report report.jsonl"#;
    let mut command = Command::new("sh");
    command.args(["-c", script]).env("QINGWEN", QINGWEN).current_dir(folder.path());
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    // The report itself is cut off where it may not grow, too.
    let report = fs::read(folder.path().join("report.jsonl")).unwrap();
    let end = report.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let whole = std::str::from_utf8(&report[..end]).unwrap();
    let (done, _) = audit(&folder.path().join("out"), whole, &expected);
    assert!(done > 0);
    let again = qingwen(folder.path(), &["-o", "out", "in", "--report", "again.jsonl"]);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let report = fs::read_to_string(folder.path().join("again.jsonl")).unwrap();
    assert_eq!(audit(&folder.path().join("out"), &report, &expected), (expected.len(), expected.len()));
}

#[cfg(target_os = "linux")]
#[test]
fn whatever_a_worker_does_costs_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 40);
    let faults = ["panic", "abort", "exit", "overflow", "hang", "memory"];
    for fault in faults {
        fs::write(folder.path().join(format!("in/3/{fault}.txt")), format!("fault: {fault}")).unwrap();
    }
    // A file that is there, is a file, and cannot be read, whoever asks.
    std::os::unix::fs::symlink("/proc/self/mem", folder.path().join("in/unreadable.txt")).unwrap();
    let args = ["-o", "out", "in", "--timeout", "5", "--memory", "1G", "--report", "report.jsonl", "-q"];
    assert_eq!(qingwen(folder.path(), &args).status.code(), Some(1));
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    let all = expected.len() + faults.len() + 1;
    assert_eq!(audit(&folder.path().join("out"), &report, &expected), (expected.len(), all));
    let kind = |name: &str| {
        let line = report.lines().find(|line| line.contains(&format!("/{name}.txt\""))).unwrap();
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{} {}", row["status"].as_str().unwrap(), row["cause"]["kind"].as_str().unwrap())
    };
    let kinds = faults.map(kind);
    assert_eq!(
        kinds,
        ["failed panic", "failed crash", "failed crash", "failed crash", "timeout timeout", "failed memory"]
    );
    assert_eq!(kind("unreadable"), "failed io");
}

#[cfg(target_os = "linux")]
#[test]
fn workers_killed_from_outside_cost_no_more_than_a_file_each() {
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 600);
    let mut run = start(folder.path(), &["-o", "out", "in", "--jobs", "2", "--report", "report.jsonl"]);
    let mut killed = 0;
    while run.try_wait().unwrap().is_none() {
        for worker in workers(&run) {
            if killed < 12 && Command::new("kill").args(["-9", &worker]).status().unwrap().success() {
                killed += 1;
            }
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(killed > 3, "only {killed} workers were killed");
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    let (done, named) = audit(&folder.path().join("out"), &report, &expected);
    // One that was just started may have been killed over its first file.
    let blamed = report.lines().filter(|line| line.contains("ended by signal 9")).count();
    assert_eq!((named, done), (600, 600 - blamed));
    assert!(blamed <= killed, "{killed} killed, {blamed} files blamed");
    assert_eq!(fs::read_dir(folder.path().join("out/.qingwen/tmp")).unwrap().count(), 0);
}

#[test]
fn long_names_and_long_answers_do_not_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let place: PathBuf = ["长".repeat(80), "路".repeat(80), "径".repeat(80)].iter().collect();
    fs::create_dir_all(folder.path().join("in").join(&place)).unwrap();
    let text = "　　云溪镇例会定于明日召开,请各村按时参加.\n\n".repeat(300);
    for number in 0..100 {
        fs::write(folder.path().join("in").join(&place).join(format!("{number}.txt")), &text).unwrap();
    }
    let args = ["in", "-o", "out", "--jsonl", "all.jsonl", "--report", "report.jsonl", "--jobs", "2"];
    assert!(qingwen(folder.path(), &args).status.success());
    assert_eq!(outputs(&folder.path().join("out")).len(), 100);
    assert_eq!(fs::read_to_string(folder.path().join("all.jsonl")).unwrap().lines().count(), 100);
}

#[test]
fn clocks_that_were_moved_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let set = |name: &str, seconds: i64| {
        let time = match seconds < 0 {
            true => UNIX_EPOCH - Duration::from_secs(seconds.unsigned_abs()),
            false => UNIX_EPOCH + Duration::from_secs(seconds.unsigned_abs()),
        };
        fs::File::options().write(true).open(path(name)).unwrap().set_modified(time).unwrap();
    };
    fs::create_dir(path("in")).unwrap();
    for (name, text) in [("in/a.txt", "甲\n"), ("in/b.txt", "乙\n"), ("in/c.txt", "丙\n")] {
        fs::write(path(name), text).unwrap();
    }
    // Before 1970, and long to come.
    set("in/a.txt", -86_400);
    set("in/b.txt", 4_000_000_000);
    let run = || {
        let output = qingwen(folder.path(), &["-o", "out", "in", "-v"]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    run();
    // Other times and the same content: nothing to do.
    set("in/a.txt", 1_000_000);
    set("out/b.txt.md", 5);
    let said = run();
    assert!(said.contains("3 done before") && !said.contains("edited"), "{said}");
    // Another content of the same length, and the time as it was: seen all the same.
    let time = fs::metadata(path("in/c.txt")).unwrap().modified().unwrap();
    fs::write(path("in/c.txt"), "丁\n").unwrap();
    fs::File::options().write(true).open(path("in/c.txt")).unwrap().set_modified(time).unwrap();
    let said = run();
    assert!(said.contains("2 done before"), "{said}");
    assert_eq!(fs::read_to_string(path("out/c.txt.md")).unwrap(), "丁\n");
    // An output edited to the same length, and its time set back: left alone.
    let time = fs::metadata(path("out/c.txt.md")).unwrap().modified().unwrap();
    fs::write(path("out/c.txt.md"), "改\n").unwrap();
    fs::File::options().write(true).open(path("out/c.txt.md")).unwrap().set_modified(time).unwrap();
    let said = run();
    assert!(said.contains("edited by hand"), "{said}");
    assert_eq!(fs::read_to_string(path("out/c.txt.md")).unwrap(), "改\n");
}

#[test]
fn what_a_loss_of_power_left_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let expected = texts(folder.path(), 20);
    assert!(qingwen(folder.path(), &["-o", "out", "in"]).status.success());
    let manifest = folder.path().join("out/.qingwen/manifest");
    let said = fs::read_to_string(&manifest).unwrap();
    // Files as they would be found: one of another length than was written at that time, one of no length, and one
    // that somebody shortened, which has another time.
    let torn = |line: &str| line.replace("\"written\":{\"bytes\":", "\"written\":{\"bytes\":9");
    let hash = |line: &str| {
        let (before, rest) = line.split_once("\"markdown\":\"").unwrap();
        format!("{before}\"markdown\":\"0{}\n", &rest[1..])
    };
    let lines = said
        .lines()
        .map(|line| if line.contains("\"3/3.txt.md\"") { hash(&torn(line)) } else { format!("{line}\n") });
    fs::write(&manifest, lines.collect::<String>()).unwrap();
    let out = folder.path().join("out");
    fs::write(out.join("4/4.txt.md"), "").unwrap();
    fs::write(out.join("5/5.txt.md"), "短\n").unwrap();
    let output = qingwen(folder.path(), &["-o", "out", "in", "-v"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.contains("18 done before"), "{said}");
    assert!(
        said.matches("edited by hand").count() == 1 && said.contains("in/5/5.txt: the output was edited"),
        "{said}"
    );
    let mut left = outputs(&out);
    assert_eq!(
        left.insert("5/5.txt.md".into(), expected[Path::new("5/5.txt.md")].clone()).unwrap(),
        "短\n".as_bytes()
    );
    assert_eq!(left, expected);
}

#[test]
fn two_runs_do_not_collect_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hang.txt"), "fault: hang").unwrap();
    fs::write(folder.path().join("a.txt"), "甲\n").unwrap();
    let mut first = start(folder.path(), &["a.txt", "hang.txt", "--jsonl", "all.jsonl", "--jobs", "1"]);
    let has_part = || {
        let mut entries = fs::read_dir(folder.path()).unwrap();
        entries.any(|entry| entry.unwrap().path().extension().is_some_and(|extension| extension == "part"))
    };
    wait_for("the first line", has_part);
    let second = qingwen(folder.path(), &["a.txt", "--jsonl", "all.jsonl"]);
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(second.status.code() == Some(1) && said.contains("another run is writing to it"), "{said}");
    first.kill().unwrap();
    first.wait().unwrap();
    wait_for("the lock", || qingwen(folder.path(), &["a.txt", "--jsonl", "all.jsonl"]).status.success());
    assert_eq!(fs::read_to_string(folder.path().join("all.jsonl")).unwrap().lines().count(), 1);
}

#[test]
fn an_output_folder_that_goes_away_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    slow_texts(&folder.path().join("in"), 100).unwrap();
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
fn an_output_folder_that_is_removed_ends_the_run_and_is_not_made_again() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..100 {
        let sub = folder.path().join(format!("in/{number}"));
        fs::create_dir_all(&sub).unwrap();
        fs::write(sub.join("a.txt"), "fault: slow").unwrap();
    }
    let run = start(folder.path(), &["-o", "out", "in", "--jobs", "2", "--report", "report.jsonl"]);
    let out = folder.path().join("out");
    wait_for("the first output", || fs::read_dir(&out).is_ok_and(|out| out.count() > 1));
    wait_for("the folder to go", || fs::remove_dir_all(&out).is_ok() || !out.exists());
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && said.contains("stopped: the output folder is gone"), "{said}");
    assert!(!out.exists());
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert!(report.lines().count() < 100 && report.contains("the output folder is gone"), "{report}");
}

#[test]
fn an_interrupted_run_finishes_the_files_in_hand_and_says_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    slow_texts(&folder.path().join("in"), 100).unwrap();
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
    wait_for("a worker", || !workers(&run).is_empty());
    std::thread::sleep(Duration::from_millis(200));
    let workers = workers(&run);
    assert!(!workers.is_empty());
    run.kill().unwrap();
    run.wait().unwrap();
    // A process that has ended and waits to be reaped has no memory.
    let alive =
        |id: &String| fs::read_to_string(format!("/proc/{id}/statm")).is_ok_and(|m| !m.starts_with('0'));
    wait_for("the workers to end", || !workers.iter().any(alive));
}
