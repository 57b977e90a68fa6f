//! Nothing vanishes silently: the letters, digits and ideographs of the input, with every change of the ledger
//! applied to the count, are those of the output.

use qingwen::model::{Diagnostic, Kind, Mark};
use qingwen::{CleanOptions, Converted, Options, Profile, clean};
use qingwen_tests::{files, root, shared};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// How often each letter, digit and ideograph occurs.
type Count = BTreeMap<char, i64>;

fn add(count: &mut Count, text: &str, times: i64) {
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        *count.entry(c).or_default() += times;
    }
}

fn account(count: &mut Count, diagnostic: &Diagnostic) {
    match &diagnostic.kind {
        Kind::Changed { before, after } => {
            add(count, before, -1);
            add(count, after, 1);
        }
        Kind::Lost(what) => add(count, what, -1),
        Kind::Guessed(_) => {}
    }
}

/// What the output has too many of or too few, after all that the ledger says.
fn difference(input: &str, done: &Converted) -> Count {
    let mut count = Count::new();
    add(&mut count, input, 1);
    done.diagnostics.iter().for_each(|diagnostic| account(&mut count, diagnostic));
    add(&mut count, &done.markdown, -1);
    count.retain(|_, times| *times != 0);
    count
}

/// Texts of the project, and real ones where they are at hand.
fn texts() -> Vec<PathBuf> {
    let mut found = files(&root().join("testdata"), &[".txt"]);
    assert!(!found.is_empty(), "no text in testdata");
    for place in ["seeds", "corpora/zh_dirty", "pairs/zh/txt-gbk"] {
        found.extend(shared(place).iter().flat_map(|folder| files(folder, &[".txt"])));
    }
    found
}

#[test]
fn no_letter_digit_or_ideograph_vanishes_unreported() {
    let mut wrong = Vec::new();
    for file in texts() {
        let bytes = std::fs::read(&file).unwrap();
        let Ok(text) = String::from_utf8(bytes.clone()).or_else(|_| decoded(&bytes)) else { continue };
        for profile in Profile::ALL {
            let options = CleanOptions { profile, ..CleanOptions::default() };
            let done = clean(&text, &Options { clean: options, ..Options::default() });
            let difference = difference(&text, &done);
            if !difference.is_empty() {
                wrong.push(format!("{} as {profile}: {difference:?}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} runs:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_change_of_a_text_has_its_line_and_column() {
    let mut wrong = Vec::new();
    for file in texts() {
        let bytes = std::fs::read(&file).unwrap();
        let Ok(text) = String::from_utf8(bytes.clone()).or_else(|_| decoded(&bytes)) else { continue };
        let done = clean(&text, &Options::default());
        let has_place = |d: &&Diagnostic| matches!(d.mark, Mark::Line(1..)) && d.column > 0;
        let changes = done.diagnostics.iter().filter(|d| matches!(d.kind, Kind::Changed { .. }));
        let codes: BTreeSet<&str> = changes.filter(|d| !has_place(d)).map(|d| d.code).collect();
        if !codes.is_empty() {
            wrong.push(format!("{}: {codes:?}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

/// The characters of a text that is not UTF-8, where its reader understands all of it.
fn decoded(bytes: &[u8]) -> Result<String, ()> {
    let read = qingwen_text::read(bytes, &Default::default()).map_err(|_| ())?;
    let mut text = String::new();
    read.value.visit(&mut |block| {
        text.push_str(block.text().map_or("", |text| text.as_str()));
        text.push('\n');
    });
    Ok(text)
}

#[test]
fn a_loss_that_nobody_reports_is_seen() {
    let mut converted = clean("云溪镇人民政府", &Options::default());
    assert!(difference("云溪镇人民政府", &converted).is_empty());
    converted.markdown = "云溪镇\n".into();
    assert_eq!(difference("云溪镇人民政府", &converted).len(), 4);
}
