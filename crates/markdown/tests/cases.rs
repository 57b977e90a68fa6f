//! The acceptance cases of `md-escape`, where the shared data is at hand.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use qingwen_markdown::{MarkdownOptions, write};
use qingwen_model::{Block, Document};
use std::path::PathBuf;

fn shared() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("QINGWEN_SHARED").map_or_else(beside, PathBuf::from)
}

fn unescape(field: &str) -> String {
    let mut out = String::new();
    let mut rest = field.chars();
    while let Some(c) = rest.next() {
        out.push(match (c, if c == '\\' { rest.next() } else { None }) {
            (_, Some('n')) => '\n',
            (_, Some('t')) => '\t',
            (_, Some(escaped)) => escaped,
            (c, None) => c,
        });
    }
    out
}

#[test]
fn the_cases_of_md_escape_hold() {
    let path = shared().join("spec/cases.tsv");
    let Ok(cases) = std::fs::read_to_string(&path) else {
        return eprintln!("skipped: no shared data at {}", path.display());
    };
    let mut seen = 0;
    for line in cases.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let ["md-escape", input, expected, ..] = fields[..] else { continue };
        let blocks = unescape(input).lines().map(Block::paragraph).collect();
        let document = Document { blocks, ..Document::default() };
        let written = write(&document, &MarkdownOptions::default()).value;
        assert_eq!(written.trim_end(), unescape(expected), "{input}");
        seen += 1;
    }
    assert!(seen > 0, "no case found in {}", path.display());
}
