//! Command sessions: `tests/cli/*.session` are what a person types and sees.
//!
//! Lines that are not indented say what it is about. `  $ command` is run by `sh` in a folder that the session has for
//! itself, with `qingwen` on the path; the indented lines below it are its output, where `[..]` stands for any text
//! within a line, `[]` for an empty line, and `[1]` at the end is the exit status where that is not 0.
//! `QINGWEN_BLESS=1` rewrites what differs.
//!
//! The `console` blocks of a page of the book (`docs/src`) are a session as well, without the indentation and with empty
//! lines as they are. What its reader has before the first command is made by commands in comments, `<!-- $ command -->`.
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
    gather(session.lines().map(|line| line.strip_prefix("  ").ok_or(line)))
}

/// Pieces of lines that are each part of a session (`Ok`) or prose.
fn gather<'a>(lines: impl Iterator<Item = Result<&'a str, &'a str>>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for line in lines {
        match (line, pieces.last_mut()) {
            (Ok(line), last) => match (line.strip_prefix("$ "), last) {
                (Some(command), _) => pieces.push(Piece::Command(command.to_owned(), Vec::new())),
                (None, Some(Piece::Command(_, output))) => output.push(line.to_owned()),
                (None, _) => panic!("output without a command: {line}"),
            },
            (Err(line), _) => pieces.push(Piece::Prose(line.to_owned())),
        }
    }
    pieces
}

/// The pieces of a page of the book: a `console` block is a session.
fn blocks(page: &str) -> Vec<Piece> {
    let mut inside = false;
    gather(page.lines().map(|line| {
        let fence = line.starts_with("```");
        let session = inside && !fence;
        inside = if fence { line == "```console" } else { inside };
        match session {
            true if line.is_empty() => Ok("[]"),
            true => Ok(line),
            false => Err(line),
        }
    }))
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
    hold("tests/cli", "session", pieces, "  ");
}

#[test]
fn every_command_of_the_book_holds() {
    hold("docs/src", "md", blocks, "");
}

#[test]
fn the_commands_of_the_readmes_run() {
    let bin = path_to_qingwen();
    for name in ["README.md", "README.zh-CN.md"] {
        let folder = tempfile::tempdir().unwrap();
        let made = "cp \"$TESTDATA/docx/report.docx\" 报告.docx; cp -r \"$TESTDATA/sample\" 文件夹; \
                    cp \"$TESTDATA/text/gbk.txt\" 旧文本.txt; printf '{\"text\": \"甲,乙\"}' > corpus.jsonl";
        assert!(run(made, folder.path(), bin.path()).is_empty());
        let page = fs::read_to_string(root().join(name)).unwrap();
        let mut commands = 0;
        let blocks = page.split("\n```").filter_map(|block| block.strip_prefix("sh\n"));
        for line in blocks.flat_map(str::lines).filter(|line| line.starts_with("qingwen ")) {
            let shown = run(&format!("{line}\n[ $? = 0 ] && echo it ran"), folder.path(), bin.path());
            assert_eq!(shown.last().map(String::as_str), Some("it ran"), "{name}: {line}");
            commands += 1;
        }
        assert!(commands > 5, "{name}: {commands} commands");
    }
}

/// A folder for the path, in which the command under test is called `qingwen`.
fn path_to_qingwen() -> tempfile::TempDir {
    let bin = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_qingwen-under-test"), bin.path().join("qingwen")).unwrap();
    bin
}

/// Runs every session in the files of a folder; what is in a session is written behind `indent` there.
fn hold(place: &str, ending: &str, pieces: fn(&str) -> Vec<Piece>, indent: &str) {
    let bin = path_to_qingwen();
    let bless = std::env::var_os("QINGWEN_BLESS").is_some();
    let (mut commands, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(root().join(place)).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != ending) {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let folder = tempfile::tempdir().unwrap();
        let mut blessed = String::new();
        for piece in pieces(&fs::read_to_string(&path).unwrap()) {
            let (command, expected) = match piece {
                Piece::Command(command, expected) => (command, expected),
                Piece::Prose(line) => {
                    // What a reader of the book has already is made by a command in a comment.
                    if let Some(command) =
                        line.strip_prefix("<!-- $ ").and_then(|rest| rest.strip_suffix(" -->"))
                    {
                        assert!(run(command, folder.path(), bin.path()).is_empty(), "{name}: {command}");
                    }
                    blessed.push_str(&format!("{line}\n"));
                    continue;
                }
            };
            commands += 1;
            let shown = run(&command, folder.path(), bin.path());
            let holds = same(&expected, &shown);
            blessed.push_str(&format!("{indent}$ {command}\n"));
            for line in if holds { &expected } else { &shown } {
                // A page shows an empty line as it is.
                let line = if indent.is_empty() && line == "[]" { "" } else { line };
                blessed.push_str(&format!("{indent}{line}\n"));
            }
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
