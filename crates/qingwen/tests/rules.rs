//! Every rule's page is run: its examples hold, and running a rule twice changes nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that meets the unexpected should fail at once")]

use qingwen::{Pass, only, rules};

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
    let mut failures = Vec::new();
    for rule in rules() {
        let found = fences(rule.doc, &["before", "after", "same"]);
        if !found.iter().any(|(kind, _)| *kind == "same") {
            failures.push(format!("{}: no `same` example", rule.id));
        }
        if !rule.doc.starts_with(&format!("# {}\n", rule.id)) {
            failures.push(format!("{}: another heading", rule.id));
        }
        let mut before = None;
        for (kind, text) in found {
            let (input, expected) = match (kind, before.take()) {
                ("before", None) => {
                    before = Some(text);
                    continue;
                }
                ("after", Some(input)) => (input, text),
                ("same", None) => (text.clone(), text),
                (kind, _) => {
                    failures.push(format!("{}: a stray `{kind}` example", rule.id));
                    continue;
                }
            };
            let got = run(rule.id, &input);
            if got != expected {
                failures.push(format!("{}: {input:?}\n  gives {got:?}\n    not {expected:?}", rule.id));
            }
            examples += 1;
        }
        if before.is_some() {
            failures.push(format!("{}: a `before` without its `after`", rule.id));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(examples > 0, "no example found");
}

/// `&amp;lt;` gives `&lt;`, which is what was written; a second time would give `<`.
const ONCE: &[&str] = &["dec-html-entity"];

#[test]
fn running_a_rule_on_what_it_gave_changes_nothing() {
    let mut examples = 0;
    for rule in rules().filter(|rule| rule.pass != Pass::Structure && !ONCE.contains(&rule.id)) {
        for (_, text) in fences(rule.doc, &["before", "after", "same"]) {
            let once = run(rule.id, &text);
            assert_eq!(run(rule.id, &once), once, "{}: {text:?}", rule.id);
            examples += 1;
        }
    }
    assert!(examples > 0, "no example found");
}

#[test]
fn no_two_rules_have_the_same_id() {
    let mut ids: Vec<&str> = rules().map(|rule| rule.id).collect();
    assert!(!ids.is_empty());
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}
