//! Real files, where they are at hand: none may panic or hang, and the laws must all convert.

use qingwen::{Options, convert};
use qingwen_tests::{files, shared};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// Converts every file with one of `endings`; returns how many gave a document, and what failed.
fn convert_all(folder: &Path, endings: &[&str]) -> (usize, Vec<String>) {
    let files = files(folder, endings);
    assert!(!files.is_empty(), "no file in {}", folder.display());
    let (mut done, mut failed) = (0, Vec::new());
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| convert(&bytes, &Options::default())));
        assert!(start.elapsed() < Duration::from_secs(60), "{} takes a minute", file.display());
        match result {
            Ok(Ok(_)) => done += 1,
            Ok(Err(error)) => failed.push(format!("{}: {}: {error}", file.display(), error.kind().as_str())),
            Err(_) => panic!("{} panics", file.display()),
        }
    }
    println!("{}: {done} converted, {} not\n{}", folder.display(), failed.len(), failed.join("\n"));
    (done, failed)
}

#[test]
fn all_chinese_docx_convert() {
    let Some(folder) = shared("corpora/docx_zh") else { return };
    let (_, failed) = convert_all(&folder, &[".docx"]);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn all_rendered_laws_convert() {
    let Some(folder) = shared("corpora/pdf_zh/rendered_law") else { return };
    let (_, failed) = convert_all(&folder, &[".pdf"]);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn no_odd_pdf_panics() {
    let Some(folder) = shared("corpora/pdf_robust") else { return };
    convert_all(&folder, &[".pdf"]);
}

#[test]
fn no_odd_docx_panics() {
    let Some(folder) = shared("corpora/docx_general") else { return };
    convert_all(&folder, &[".docx", ".docm", ".dotx"]);
}

#[test]
fn no_dirty_text_panics() {
    let Some(folder) = shared("corpora/zh_dirty") else { return };
    convert_all(&folder, &[".txt", ".md"]);
}
