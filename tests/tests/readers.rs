//! Each reader beside what it must make of a file: `testdata/docx/lists.docx` and `lists.blocks`, which holds
//! the blocks in the model's notation, a line `--`, and the diagnostics. Nothing after `--` is an assertion
//! too: an ordinary document gives no diagnostics.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

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

/// What options change: the files with the options, and the blocks in `NAME.OPTION.blocks`.
#[test]
fn options_of_the_docx_reader_change_the_blocks() {
    use qingwen_docx::{DocxOptions, Numbers, TrackChanges};
    let tracked = |track_changes| DocxOptions { track_changes, ..DocxOptions::default() };
    let numbered = |numbering| DocxOptions { numbering, ..DocxOptions::default() };
    let folder = root().join("testdata/docx");
    for (name, option, options) in [
        ("revisions", "reject", tracked(TrackChanges::Reject)),
        ("revisions", "all", tracked(TrackChanges::All)),
        ("comments", "all", tracked(TrackChanges::All)),
        ("list-levels", "list", numbered(Numbers::List)),
        ("list-levels", "none", numbered(Numbers::None)),
        ("law-numbers", "list", numbered(Numbers::List)),
        ("law-numbers", "none", numbered(Numbers::None)),
    ] {
        let bytes = std::fs::read(folder.join(format!("{name}.docx"))).unwrap();
        let Warned { value, diagnostics } = qingwen_docx::read(&bytes, &options).unwrap();
        let mut got = format!("{value}--\n");
        diagnostics.iter().for_each(|diagnostic| _ = writeln!(got, "{diagnostic}"));
        expect(&folder.join(format!("{name}.{option}.blocks")), &got)
            .unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn pictures_are_kept_where_that_is_asked_for() {
    let bytes = std::fs::read(root().join("testdata/docx/drawings.docx")).unwrap();
    let media = |media| {
        let options = qingwen_docx::DocxOptions { media, ..<_>::default() };
        qingwen_docx::read(&bytes, &options).unwrap().value.media.items
    };
    let kept = media(true);
    assert_eq!(kept.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["image1.png"]);
    assert!(kept[0].bytes.starts_with(b"\x89PNG"));
    assert!(media(false)[0].bytes.is_empty());
    let mut options = qingwen::Options::default();
    options.docx.media = true;
    options.markdown.media = Some("pictures".to_owned());
    let done = qingwen::convert(&bytes, &options).unwrap();
    assert!(done.markdown.contains("![青柳河平面图](pictures/image1.png)"), "{}", done.markdown);
    assert_eq!(done.document.media.items.len(), 1);
}

#[test]
fn links_within_a_document_lead_to_its_headings() {
    let bytes = std::fs::read(root().join("testdata/docx/links-within.docx")).unwrap();
    let done = qingwen::convert(&bytes, &qingwen::Options::default()).unwrap();
    for part in ["见[运行情况](#一运行情况)。", "又见[Spillway (2021)](#spillway-2021)", "表一不在了"]
    {
        assert!(done.markdown.contains(part), "{part}:\n{}", done.markdown);
    }
}

#[test]
fn every_pdf_gives_its_blocks() {
    check("pdf", &[".pdf"], |bytes| qingwen_pdf::read(bytes, &Default::default()));
}

#[test]
fn every_text_gives_its_blocks() {
    check("text", &[".txt"], |bytes| qingwen_text::read(bytes, &Default::default()));
}
