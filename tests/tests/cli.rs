//! Command sessions: `tests/cli/*.session` are what a person types and sees.
//!
//! Lines that are not indented say what it is about. `  $ command` is run by `sh` in a folder that the session has for
//! itself, with `qingwen` on the path; the indented lines below it are its output, where `[..]` stands for any text
//! within a line, `[]` for an empty line, and `[1]` at the end is the exit status where that is not 0.
//! `QINGWEN_BLESS=1` rewrites what differs.
#![cfg(unix)]

use qingwen_tests::root;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A piece of a session: a command with what it is to print, or a line of prose.
enum Piece {
    Command(String, Vec<String>),
    Prose(String),
}

fn pieces(session: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for line in session.lines() {
        match (line.strip_prefix("  "), pieces.last_mut()) {
            (Some(line), last) => match (line.strip_prefix("$ "), last) {
                (Some(command), _) => pieces.push(Piece::Command(command.to_owned(), Vec::new())),
                (None, Some(Piece::Command(_, output))) => output.push(line.to_owned()),
                (None, _) => panic!("output without a command: {line}"),
            },
            (None, _) => pieces.push(Piece::Prose(line.to_owned())),
        }
    }
    pieces
}

/// Runs one command in `folder`; standard error is shown where the command says `2>&1`, and is empty elsewhere.
fn run(command: &str, folder: &Path, bin: &Path) -> Vec<String> {
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .env("LC_ALL", "C.UTF-8")
        .env("TESTDATA", root().join("testdata"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).expect("a session prints UTF-8");
    let line = |line: &str| if line.is_empty() { "[]".to_owned() } else { line.to_owned() };
    let mut shown: Vec<String> = text.lines().map(line).collect();
    match output.status.code() {
        Some(0) => {}
        Some(code) => shown.push(format!("[{code}]")),
        None => shown.push("[killed]".to_owned()),
    }
    shown
}

/// Whether a line is as expected, where `[..]` stands for any text.
fn fits(expected: &str, line: &str) -> bool {
    let mut parts = expected.split("[..]");
    let Some(mut rest) = line.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

fn same(expected: &[String], shown: &[String]) -> bool {
    expected.len() == shown.len() && expected.iter().zip(shown).all(|(expected, line)| fits(expected, line))
}

#[test]
fn the_sessions_hold() {
    let bin = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_qingwen-under-test"), bin.path().join("qingwen")).unwrap();
    let bless = std::env::var_os("QINGWEN_BLESS").is_some();
    let (mut commands, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(root().join("tests/cli")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "session") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let folder = tempfile::tempdir().unwrap();
        let mut blessed = String::new();
        for piece in pieces(&fs::read_to_string(&path).unwrap()) {
            let (command, expected) = match piece {
                Piece::Command(command, expected) => (command, expected),
                Piece::Prose(line) => {
                    blessed.push_str(&format!("{line}\n"));
                    continue;
                }
            };
            commands += 1;
            let shown = run(&command, folder.path(), bin.path());
            let holds = same(&expected, &shown);
            blessed.push_str(&format!("  $ {command}\n"));
            let output = if holds { &expected } else { &shown };
            output.iter().for_each(|line| blessed.push_str(&format!("  {line}\n")));
            if !holds {
                wrong.push(format!(
                    "{name}: $ {command}\n- {}\n+ {}\n",
                    expected.join("\n- "),
                    shown.join("\n+ ")
                ));
            }
        }
        if bless {
            fs::write(&path, blessed).unwrap();
        }
    }
    assert!(commands > 0, "no command found");
    assert!(bless || wrong.is_empty(), "{} of {commands} commands:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_pattern_fits_what_it_should() {
    assert!(fits("a[..]b", "a12b") && fits("a[..]", "a") && fits("[..]x[..]", "1x2") && fits("abc", "abc"));
    assert!(!fits("a[..]b", "a12") && !fits("abc", "abcd") && !fits("a[..]x[..]b", "a1b"));
}
