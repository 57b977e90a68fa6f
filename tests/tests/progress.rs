//! The progress bar, in a terminal.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should fail at once")]

use qingwen_tests::slow_texts;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const QINGWEN: &str = env!("CARGO_BIN_EXE_qingwen-under-test");

/// What the command writes to a terminal of 100 columns that `script` makes; `None` where there is no `script`.
fn in_a_terminal(folder: &Path, args: &str) -> Option<String> {
    let mut command = Command::new("script");
    command.args(["-qec", &format!(r#"stty cols 100 rows 30; exec "$QINGWEN" {args}"#), "/dev/null"]);
    command.env("QINGWEN", QINGWEN).env("TERM", "xterm").env_remove("NO_COLOR").current_dir(folder);
    let output = command.stdin(Stdio::null()).output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap())
}

/// What the bar said, one after another: files done, files in all, files a second and seconds left.
fn said(screen: &str) -> Vec<(u64, u64, f64, u64)> {
    let frames = screen.split(['\r', '\n']).filter(|frame| frame.contains(" files, "));
    let read = |frame: &str| {
        let (counts, rest) = frame.split_once(" files, ")?;
        let (done, all) = counts.rsplit([' ', '█', '░']).next()?.split_once('/')?;
        let (rate, left) = rest.split_once("/s, ")?;
        let (left, _) = left.split_once("s left")?;
        Some((done.parse().ok()?, all.parse().ok()?, rate.parse().ok()?, left.parse().ok()?))
    };
    frames.map(|frame| read(frame).unwrap_or_else(|| panic!("{frame:?}"))).collect()
}

/// What a person sees when all is over: of each line, what was written last.
fn left(screen: &str) -> String {
    let mut lines = vec![String::new()];
    let (mut at, mut rest) = (0, screen);
    while let Some(first) = rest.chars().next() {
        rest = &rest[first.len_utf8()..];
        match first {
            '\r' => {}
            '\n' => {
                at += 1;
                lines.resize(lines.len().max(at + 1), String::new());
            }
            '\x1b' => {
                let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap();
                let (number, letter) = (rest[1..end].parse::<usize>(), &rest[end..=end]);
                match letter {
                    "A" => at -= number.unwrap_or(1),
                    "B" => at += number.unwrap_or(1),
                    "K" => lines[at].clear(),
                    "m" => {}
                    other => panic!("the terminal is told {other}"),
                }
                rest = &rest[end + 1..];
            }
            other => lines[at].push(other),
        }
    }
    lines.join("\n").trim().to_owned()
}

#[test]
fn the_bar_tells_how_far_how_fast_and_how_long() {
    let folder = tempfile::tempdir().unwrap();
    slow_texts(&folder.path().join("in"), 10).unwrap();
    fs::write(folder.path().join("in/4-picture.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    let Some(screen) = in_a_terminal(folder.path(), "-o out in --jobs 2") else {
        return eprintln!("SKIPPED: no script to make a terminal");
    };
    let said = said(&screen);
    let counts: Vec<u64> = said.iter().map(|(done, ..)| *done).collect();
    assert!(counts.is_sorted() && counts.iter().any(|done| (2..10).contains(done)), "{counts:?}");
    // Two at once, 0.3 seconds each: some files a second, and a second or so to go; on a busy machine, more.
    for (done, all, rate, left) in said {
        assert!(all == 11 && (1..=11).contains(&done) && (0.05..20.0).contains(&rate), "{screen:?}");
        let expected = (11 - done) as f64 / rate;
        assert!((left as f64 - expected).abs() < 1.5 + expected / 4.0, "{left} s for {expected}: {screen:?}");
    }
    // The bar is gone in the end, and has garbled nothing.
    let left = left(&screen);
    let lines: Vec<&str> = left.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines[0], "in/4-picture.txt: unsupported: not a text but a PNG picture", "{left}");
    assert!(lines.last().unwrap().starts_with("11 files: 10 ok, 1 unsupported; "), "{left}");
    assert!(!left.contains("/11 files"), "{left}");
}

#[test]
fn there_is_no_bar_where_none_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    slow_texts(&folder.path().join("in"), 4).unwrap();
    for args in ["-o quiet in -q", "-o log in --json-log"] {
        let Some(screen) = in_a_terminal(folder.path(), args) else {
            return eprintln!("SKIPPED: no script to make a terminal");
        };
        assert!(!screen.contains("/4 files") && !screen.contains('\x1b'), "{screen}");
    }
}
