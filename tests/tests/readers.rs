//! Each reader beside what it must make of a file: `testdata/docx/lists.docx` and `lists.blocks`, which holds
//! the blocks in the model's notation, a line `--`, and the diagnostics. Nothing after `--` is an assertion
//! too: an ordinary document gives no diagnostics.

use qingwen::model::{Document, Error, Warned};
use qingwen_tests::{expect, files, root};
use std::fmt::Write;

fn check(kind: &str, endings: &[&str], read: impl Fn(&[u8]) -> Result<Warned<Document>, Error>) {
    let files = files(&root().join("testdata").join(kind), endings);
    assert!(!files.is_empty(), "no file in testdata/{kind}");
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let bytes = std::fs::read(file).map_err(|error| error.to_string()).ok()?;
            let mut got = String::new();
            match read(&bytes) {
                Ok(Warned { value, diagnostics }) => {
                    let _ = writeln!(got, "{value}--");
                    diagnostics.iter().for_each(|diagnostic| _ = writeln!(got, "{diagnostic}"));
                }
                Err(error) => _ = writeln!(got, "{}: {error}", error.kind().as_str()),
            }
            expect(&file.with_extension("blocks"), &got).err()
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), files.len(), wrong.join("\n"));
}

#[test]
fn every_docx_gives_its_blocks() {
    check("docx", &[".docx", ".docm", ".dotx"], |bytes| qingwen_docx::read(bytes, &Default::default()));
}

#[test]
fn every_pdf_gives_its_blocks() {
    check("pdf", &[".pdf"], |bytes| qingwen_pdf::read(bytes, &Default::default()));
}

#[test]
fn every_text_gives_its_blocks() {
    check("text", &[".txt"], |bytes| qingwen_text::read(bytes, &Default::default()));
}
