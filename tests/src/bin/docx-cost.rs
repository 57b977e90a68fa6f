//! What converting docx files costs, to be counted in instructions: `docx-cost MODE FILE…`, or `-` for a list of
//! files on standard input. `tests/measure/cost.py` counts the modes and prints their ratios.
//!
//! It prints the size of what came of them, in bytes or blocks, and the peak of its memory in kB, which
//! `tests/tests/docx_memory.rs` bounds.
//!
//! * `load`: nothing but reading the files, which every other mode also does
//! * `bare`: inflates the parts a reader needs and runs a tokeniser over them, forgetting what it sees
//! * `read`: the docx reader alone
//! * `off`: bytes to Markdown without any cleaning rule
//! * `on`: bytes to Markdown as by default

use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read, stdin};

/// The parts that a converter must look into, as Word names them.
const PARTS: [&str; 11] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
    "word/comments.xml",
    "docProps/core.xml",
    "docProps/app.xml",
];

fn bare(bytes: &[u8]) -> usize {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let mut events = 0;
    for part in PARTS {
        let mut text = String::new();
        let Ok(mut entry) = zip.by_name(part) else { continue };
        text.reserve(entry.size() as usize);
        if entry.read_to_string(&mut text).is_err() {
            continue;
        }
        let mut reader = Reader::from_str(&text);
        while let Ok(event) = reader.read_event() {
            if matches!(event, Event::Eof) {
                break;
            }
            events += 1;
        }
    }
    events
}

fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().expect("a mode: load, bare, read, off or on");
    let mut files: Vec<String> = args.collect();
    if files == ["-"] {
        let mut list = String::new();
        stdin().read_to_string(&mut list).expect("a list of files");
        files = list.lines().map(str::to_owned).collect();
    }
    let mut options = qingwen::Options::default();
    if mode == "off" {
        options.clean.disable = qingwen::rules().map(|rule| rule.id.to_owned()).collect();
    }
    let mut size = 0;
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        size += match mode.as_str() {
            "load" => bytes.len(),
            "bare" => bare(&bytes),
            "read" => qingwen_docx::read(&bytes, &options.docx).map_or(0, |read| read.value.blocks.len()),
            "off" | "on" => qingwen::convert(&bytes, &options).map_or(0, |done| done.markdown.len()),
            _ => panic!("no such mode: {mode}"),
        };
    }
    println!("{size} {}", peak());
}

/// The most memory this process has had, in kB, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    peak.and_then(|peak| peak.parse().ok()).unwrap_or(0)
}
