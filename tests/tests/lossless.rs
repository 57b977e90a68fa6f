//! Every character that Word would show is in the document or in a diagnostic. What Word would show is
//! counted here from the XML as plain text, by other means than the reader's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use qingwen::model::{Body, Kind, Object, Text};
use qingwen_docx::{DocxOptions, read};
use std::collections::HashMap;
use std::io::Read;

/// The parts of a package that a reader of the document sees something of.
struct Parts {
    /// The document, its notes and its comments.
    stories: Vec<String>,
    /// Headers and footers that a section names.
    furniture: Vec<String>,
}

fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    let at = tag.find(&format!(" {name}="))? + name.len() + 2;
    let quote = tag[at..].chars().next()?;
    tag[at + 1..].split(quote).next()
}

fn text_of(zip: &mut zip::ZipArchive<std::io::Cursor<&[u8]>>, part: &str) -> Option<String> {
    let names: Vec<String> = zip.file_names().flatten().map(|name| name.into_owned()).collect();
    let part = names.iter().find(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part))?;
    let mut bytes = Vec::new();
    zip.by_name(part).ok()?.read_to_end(&mut bytes).ok()?;
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()
        }
        _ => String::from_utf8(bytes).ok(),
    }
}

/// What the relationships of a part lead to: ids, kinds and the names of parts.
fn related(zip: &mut zip::ZipArchive<std::io::Cursor<&[u8]>>, part: &str) -> Vec<(String, String, String)> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = format!("{folder}/_rels/{file}.rels");
    let text = text_of(zip, rels.trim_start_matches('/')).unwrap_or_default();
    let tags = text.split('<').filter(|tag| tag.starts_with("Relationship "));
    tags.filter(|tag| attribute(tag, "TargetMode") != Some("External"))
        .filter_map(|tag| {
            let target = attribute(tag, "Target")?;
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => {
                    format!("{folder}/{}", target.trim_start_matches("./")).trim_start_matches('/').to_owned()
                }
            };
            let kind = attribute(tag, "Type")?.rsplit('/').next()?.to_owned();
            Some((attribute(tag, "Id")?.to_owned(), kind, target))
        })
        .collect()
}

fn parts(bytes: &[u8]) -> Option<Parts> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let root = related(&mut zip, "");
    let main = root.iter().find(|(_, kind, _)| kind == "officeDocument").map(|(.., target)| target.clone());
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let document = text_of(&mut zip, &main)?;
    let mut out = Parts { stories: vec![document.clone()], furniture: Vec::new() };
    for (id, kind, target) in related(&mut zip, &main) {
        match kind.as_str() {
            "footnotes" | "endnotes" | "comments" => out.stories.extend(text_of(&mut zip, &target)),
            "header" | "footer" if ["\"", "'"].iter().any(|q| document.contains(&format!("{q}{id}{q}"))) => {
                out.furniture.extend(text_of(&mut zip, &target));
            }
            _ => {}
        }
    }
    Some(out)
}

/// The prefix that stands for WordprocessingML in a part.
fn prefix(xml: &str) -> &str {
    let uri = ["wordprocessingml/2006/main", "wordprocessingml/main"].iter().find_map(|uri| xml.find(uri));
    let before = uri.map_or("", |at| &xml[..at]);
    let declared = before.rsplit("xmlns:").next().and_then(|rest| rest.split('=').next());
    declared.filter(|prefix| prefix.len() < 20 && !prefix.contains(' ')).unwrap_or("w")
}

/// The characters of all `w:t` of a part that are to be seen.
fn shown(xml: &str) -> String {
    let prefix = prefix(xml);
    let mut out = String::new();
    // Depth of what is not shown: deletions, and the second of two ways to draw one thing.
    let (mut hidden, mut choices, mut in_text, mut symbols) = (0, Vec::new(), false, false);
    for piece in xml.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { break };
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\t', '\r']).next().unwrap();
        let (closes, empty) = (tag.starts_with('/'), tag.ends_with('/'));
        let word = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(':'));
        match word.map_or(name, |word| word) {
            "del" | "moveFrom" if word.is_some() && !empty => hidden += if closes { -1 } else { 1 },
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
            "r" if word.is_some() => symbols = false,
            "rFonts" => {
                symbols |= ["Wingdings", "Webdings", "\"Symbol"].iter().any(|font| tag.contains(font))
            }
            "t" if word.is_some() => in_text = !closes && !empty,
            _ => {}
        }
        if in_text && hidden == 0 && !symbols {
            out.push_str(text);
        }
    }
    unescaped(&out)
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
    // Numbers are printed and stand in no `w:t`: they must not make up for what is lost.
    out.push_str(&text.as_str()[text.label().map_or(0, str::len)..]);
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
    let parts = parts(bytes)?;
    let read = read(bytes, &DocxOptions::default()).ok()?;
    let (mut got, mut told) = (String::new(), String::new());
    read.value.visit(&mut |block| match &block.body {
        Body::Code(code) => got.push_str(&code.text),
        // Whether a task is done is what its box said.
        Body::List(list) => {
            let boxes = list.items.iter().filter_map(|item| item.done);
            boxes.for_each(|done| got.push_str(if done { "☑☒" } else { "☐" }));
        }
        _ => block.text().into_iter().for_each(|text| push(&mut got, text)),
    });
    for diagnostic in &read.diagnostics {
        match &diagnostic.kind {
            Kind::Lost(what) | Kind::Guessed(what) => told.push_str(what),
            Kind::Changed { before, .. } => told.push_str(before),
        }
    }
    let counted = |c: &char| !c.is_whitespace() && !c.is_control() && !('\u{f000}'..='\u{f0ff}').contains(c);
    let balance = |wanted: &str, had: &[&str]| {
        let mut counts: HashMap<char, i64> = HashMap::new();
        // What is set in capitals is given in capitals.
        let small = |c: char| c.to_lowercase();
        wanted.chars().flat_map(small).filter(counted).for_each(|c| *counts.entry(c).or_default() += 1);
        for c in had.iter().flat_map(|text| text.chars()).flat_map(small) {
            counts.entry(c).and_modify(|count| *count -= 1);
        }
        counts.retain(|_, count| *count > 0);
        counts
    };
    let stories: String = parts.stories.iter().map(|xml| shown(xml)).collect();
    let mut missing = balance(&stories, &[&got, &told]);
    // What several headers say alike is told once.
    parts.furniture.iter().for_each(|xml| missing.extend(balance(&shown(xml), &[&told])));
    Some(missing)
}

/// Checks all files of a folder and gives how many could be.
fn check(folder: &std::path::Path) -> usize {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for file in qingwen_tests::files(folder, &[".docx", ".docm", ".dotx"]) {
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
    let bytes = |name: &str| std::fs::read(qingwen_tests::root().join("testdata/docx").join(name)).unwrap();
    let flat = parts(&bytes("flat.docx")).unwrap();
    let shown_of = |parts: &[String]| parts.iter().map(|xml| shown(xml)).collect::<String>();
    assert!(shown_of(&flat.stories).contains("各乡镇要压实责任") && flat.furniture.is_empty());
    let notes = parts(&bytes("notes.docx")).unwrap();
    assert!(notes.stories.len() > 2, "notes are counted");
    let furniture = parts(&bytes("furniture.docx")).unwrap();
    assert!(!shown_of(&furniture.furniture).is_empty(), "headers are counted");
    let strict = parts(&bytes("strict-prefix.docx")).unwrap();
    assert!(!shown_of(&strict.stories).is_empty(), "other prefixes are known");
}
