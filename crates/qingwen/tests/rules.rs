//! Every rule's page is run: its examples hold, and running a rule twice changes nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that meets the unexpected should fail at once")]

use qingwen::{only, rules};

/// The fenced blocks of a page whose info string is `kind`, without their final newline.
fn fences<'a>(page: &'a str, kinds: &[&'a str]) -> Vec<(&'a str, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        if let Some(kind) = kinds.iter().find(|kind| **kind == info) {
            found.push((*kind, unescape(&body.join("\n"))));
        }
    }
    found
}

/// Examples write what cannot be seen as `\u{3000}`, `\t`, `\r`, `\f`.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let code = rest.strip_prefix("u{").and_then(|r| r.split_once('}'));
        if let Some((hex, after)) = code {
            let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).expect("a code point");
            out.push(c);
            rest = after;
        } else {
            let c = match rest.as_bytes().first() {
                Some(b't') => '\t',
                Some(b'r') => '\r',
                Some(b'f') => '\u{c}',
                _ => {
                    out.push('\\');
                    continue;
                }
            };
            out.push(c);
            rest = &rest[1..];
        }
    }
    out + rest
}

fn run(id: &str, text: &str) -> String {
    only(id, text).expect("a rule of this id").value.trim_end_matches('\n').to_owned()
}

#[test]
fn the_examples_of_every_page_hold() {
    let mut examples = 0;
    for rule in rules() {
        let found = fences(rule.doc, &["before", "after", "same"]);
        assert!(found.iter().any(|(kind, _)| *kind == "same"), "{}: no `same` example", rule.id);
        assert!(rule.doc.starts_with(&format!("# {}\n", rule.id)), "{}: wrong heading", rule.id);
        let mut before = None;
        for (kind, text) in found {
            match (kind, before.take()) {
                ("before", None) => before = Some(text),
                ("after", Some(input)) => assert_eq!(run(rule.id, &input), text, "{}", rule.id),
                ("same", None) => assert_eq!(run(rule.id, &text), text, "{}", rule.id),
                (kind, _) => panic!("{}: a stray `{kind}` example", rule.id),
            }
            examples += 1;
        }
        assert!(before.is_none(), "{}: a `before` without its `after`", rule.id);
    }
    assert!(examples > 0, "no example found");
}
