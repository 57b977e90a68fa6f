use super::support;
use crate::{Action, Classes, Findings, Line, Pass, Profiles, Rule, chars};
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "rpt-cid",
    doc: include_str!("rpt_cid.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Check(Classes::PAREN.or(Classes::PRIVATE).or(Classes::BOX), look),
};

fn look(line: &Line<'_>, findings: &mut Findings) {
    let text = line.text();
    let is_cid =
        |at: &usize| text[at + 5..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(')');
    if let Some((at, _)) = text.match_indices("(cid:").find(|(at, _)| is_cid(at)) {
        findings.push(at, "a glyph whose character the file does not name");
    }
    let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
    if let Some(at) = text.find(private).filter(|_| line.has(Classes::PRIVATE)) {
        findings.push(at, "a character that only one font knows");
    }
    for sign in ['□', '■'] {
        let inside = |run: &Range<usize>| {
            run.len() > sign.len_utf8()
                && text[..run.start].ends_with(chars::is_han)
                && text[run.end..].starts_with(chars::is_han)
        };
        if let Some(run) = support::runs_of(text, sign).filter(|_| line.has(Classes::BOX)).find(inside) {
            findings.push(run.start, format!("“{}” within a word", &text[run]));
        }
    }
}
