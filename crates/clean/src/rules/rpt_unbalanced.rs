use crate::{Action, Classes, Pass, Profiles, Rule, scan};
use qingwen_model::{Diagnostic, Document, Kind, Log, Mark};
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "rpt-unbalanced",
    doc: include_str!("rpt_unbalanced.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Report(look),
};

fn look(document: &Document, log: &mut Log) {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for (index, block) in document.blocks.iter().enumerate() {
        let Some(text) = block.text() else { continue };
        if !Classes::within(text).meet(PAIRED) {
            continue;
        }
        unmatched(text.as_str(), &mut open, &mut found);
        if open.is_empty() && found.is_empty() {
            continue;
        }
        let next = document.blocks.get(index + 1).and_then(|next| next.text());
        let goes_on = next.is_some_and(|next| next.as_str().trim_start().starts_with('“'));
        found.extend(open.drain(..).filter(|(_, c)| !(goes_on && *c == '“')));
        found.sort_unstable();
        let mut places = text.places();
        for (at, c) in found.drain(..) {
            let (mark, column) = places.at(at);
            let mark = if mark == Mark::None { block.mark } else { mark };
            let kind = Kind::Guessed(format!("“{c}” has no partner in its paragraph"));
            log.push(Diagnostic { code: RULE.id, kind, mark, column });
        }
    }
}

const PAIRED: Classes = Classes::CURLY
    .or(Classes::WIDE_PAREN)
    .or(Classes::TITLE_MARK)
    .or(Classes::CORNER)
    .or(Classes::WIDE_BRACKET);

/// What a character opens or closes, by the mark that opens it.
fn opens(c: char) -> Option<(char, bool)> {
    Some(match c {
        '“' => ('“', true),
        '”' => ('“', false),
        '（' | '(' => ('（', true),
        '）' | ')' => ('（', false),
        '《' => ('《', true),
        '》' => ('《', false),
        '〈' => ('〈', true),
        '〉' => ('〈', false),
        '「' => ('「', true),
        '」' => ('「', false),
        '『' => ('『', true),
        '』' => ('『', false),
        '【' => ('【', true),
        '】' => ('【', false),
        '〔' => ('〔', true),
        '〕' => ('〔', false),
        _ => return None,
    })
}

/// The marks without a partner: those that are open at the end, and those that close nothing. When the next
/// paragraph opens a quotation, this one need not close its own; so the first are kept apart.
fn unmatched(text: &str, open: &mut Vec<(usize, char)>, found: &mut Vec<(usize, char)>) {
    let mut enumerator = None;
    let meet = |at: usize, c: char| {
        let Some((opening, begins)) = opens(c) else { return };
        if begins {
            open.push((at, opening));
        } else if open.last().is_some_and(|(_, last)| *last == opening) {
            open.pop();
        } else if !(opening == '（' && enumerator.get_or_insert_with(|| enumerator_of(text)).contains(&at)) {
            found.push((at, if c == ')' { '）' } else { c }));
        }
    };
    scan::paired(text.as_bytes(), meet);
}

/// The bytes at which a bracket that only closes makes an enumerator of what the line begins with: `2）`, `二）`.
fn enumerator_of(text: &str) -> Range<usize> {
    let body = text.trim_start();
    let number = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
    let start = text.len() - body.len();
    start + 1..text.len() - body.trim_start_matches(number).len() + 1
}
