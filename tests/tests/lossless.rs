//! Every character that Word would show is in the document or in a diagnostic. What Word would show is
//! counted here from the XML as plain text, by other means than the reader's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use qingwen::model::{Body, Object, Text};
use qingwen_docx::{DocxOptions, read};
use std::collections::HashMap;
use std::io::Read;

/// The characters of all `w:t` that are to be seen, in the main part of a package.
fn shown(bytes: &[u8]) -> Option<String> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut xml = String::new();
    zip.by_name("word/document.xml").ok()?.read_to_string(&mut xml).ok()?;
    let mut out = String::new();
    // Depth of what is not shown: deletions, and the second of two ways to draw one thing.
    let (mut hidden, mut choices, mut in_text, mut symbols) = (0, Vec::new(), false, false);
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>')?;
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap();
        let (closes, empty) = (tag.starts_with('/'), tag.ends_with('/'));
        match name {
            "w:del" | "w:moveFrom" if !empty => hidden += if closes { -1 } else { 1 },
            "mc:AlternateContent" if closes => _ = choices.pop(),
            "mc:AlternateContent" if !empty => choices.push(false),
            "mc:Choice" if !closes => {
                if let Some(chosen) = choices.last_mut() {
                    if *chosen && !empty {
                        hidden += 1000;
                    }
                    *chosen = true;
                }
            }
            "mc:Choice" if hidden >= 1000 => hidden -= 1000,
            "mc:Fallback" if !empty && choices.last() == Some(&true) => hidden += if closes { -1 } else { 1 },
            "w:r" => symbols = false,
            "w:rFonts" => {
                symbols |= ["Wingdings", "Webdings", "\"Symbol"].iter().any(|font| tag.contains(font))
            }
            "w:t" => in_text = !closes && !empty,
            _ => {}
        }
        if in_text && hidden == 0 && !symbols {
            out.push_str(text);
        }
    }
    Some(out)
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, tail) = after.split_once(';').unwrap_or((after, ""));
        let code = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let code = code.or_else(|| name.strip_prefix('#').map(str::parse));
        match (name, code) {
            ("lt", _) => out.push('<'),
            ("gt", _) => out.push('>'),
            ("amp", _) => out.push('&'),
            ("quot", _) => out.push('"'),
            ("apos", _) => out.push('\''),
            (_, Some(Ok(code))) => out.extend(char::from_u32(code)),
            _ => out.extend(["&", name, ";"]),
        }
        rest = tail;
    }
    out + rest
}

fn push(out: &mut String, text: &Text) {
    out.push_str(text.as_str());
    for (_, object) in text.objects() {
        match object {
            Object::Ruby { base, reading } => out.extend([base.as_str(), reading]),
            Object::Formula { latex, .. } => out.push_str(latex),
            Object::Image { alt, .. } => out.push_str(alt),
            Object::Note(_) => {}
            Object::Raw(raw) => out.push_str(raw),
        }
    }
}

/// Characters that are shown and not accounted for, with their counts.
fn missing(bytes: &[u8]) -> Option<HashMap<char, i64>> {
    let wanted = unescaped(&shown(bytes)?);
    let read = read(bytes, &DocxOptions::default()).ok()?;
    let mut got = String::new();
    read.value.visit(&mut |block| match &block.body {
        Body::Code(code) => got.push_str(&code.text),
        _ => block.text().into_iter().for_each(|text| push(&mut got, text)),
    });
    read.diagnostics.iter().for_each(|diagnostic| got.push_str(&format!("{:?}", diagnostic.kind)));
    let mut counts: HashMap<char, i64> = HashMap::new();
    let counted = |c: &char| !c.is_whitespace() && !c.is_control() && !('\u{f000}'..='\u{f0ff}').contains(c);
    wanted.chars().filter(counted).for_each(|c| *counts.entry(c).or_default() += 1);
    got.chars().for_each(|c| _ = counts.entry(c).and_modify(|count| *count -= 1));
    counts.retain(|_, count| *count > 0);
    Some(counts)
}

/// Checks all files of a folder and gives how many could be.
fn check(folder: &std::path::Path) -> usize {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for file in qingwen_tests::files(folder, &[".docx", ".docm", ".dotx"]) {
        // A second package in the file hides which of two document parts counts.
        if file.ends_with("unicode-path.docx") {
            continue;
        }
        if let Some(missing) = missing(&std::fs::read(&file).unwrap()) {
            checked += 1;
            if !missing.is_empty() {
                wrong.push(format!("{}: {missing:?}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} lose characters:\n{}", wrong.len(), wrong.join("\n"));
    checked
}

#[test]
fn no_character_of_our_own_files_is_lost() {
    assert!(check(&qingwen_tests::root().join("testdata/docx")) >= 20);
}

#[test]
fn no_character_of_the_worlds_files_is_lost() {
    for place in ["corpora/docx_zh", "corpora/docx_general", "pairs/zh"] {
        if let Some(folder) = qingwen_tests::shared(place) {
            assert!(check(&folder) > 10, "{place}");
        }
    }
}

#[test]
fn a_lost_character_would_be_noticed() {
    let file = qingwen_tests::root().join("testdata/docx/flat.docx");
    let bytes = std::fs::read(file).unwrap();
    let shown = shown(&bytes).unwrap();
    assert!(shown.contains("各乡镇要压实责任") && shown.chars().count() > 50, "{shown}");
}
