use super::support;
use crate::{Action, Classes, Findings, Line, Pass, Profiles, Rule, chars, scan};
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "rpt-lossy-marker",
    doc: include_str!("rpt_lossy_marker.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Check(Classes::DAMAGE.or(Classes::ASK).or(Classes::DOUBLED), look),
};

fn look(line: &Line<'_>, findings: &mut Findings) {
    let text = line.text();
    for sign in ["\u{fffd}", "锟斤拷", "烫烫烫", "屯屯屯"] {
        if let Some(at) = find(text, sign) {
            findings.push(at, format!("“{sign}”: what was here was lost in decoding"));
        }
    }
    if text.starts_with('锘') {
        findings.push(0, "“锘”: a byte order mark read as GBK");
    }
    let between = |run: &Range<usize>| {
        run.len() >= 2
            && text[..run.start].ends_with(chars::is_han)
            && text[run.end..].starts_with(chars::is_han)
    };
    if let Some(run) = support::runs_of(text, '?').find(between) {
        findings.push(run.start, format!("“{}”: characters that an encoding did not have", &text[run]));
    }
}

/// Where a sign stands first that begins with a character of three bytes.
fn find(text: &str, sign: &str) -> Option<usize> {
    let first = *sign.as_bytes().first_chunk()?;
    let mut from = 0;
    loop {
        let at = from + scan::find(&text.as_bytes()[from..], first)?;
        if text[at..].starts_with(sign) {
            return Some(at);
        }
        from = at + first.len();
    }
}
