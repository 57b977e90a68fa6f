use crate::{Action, Classes, Pass, Profiles, Rule};
use qingwen_model::{Diagnostic, Document, Kind, Log, Mark};

pub(crate) static RULE: Rule = Rule {
    id: "rpt-unbalanced",
    doc: include_str!("rpt_unbalanced.md"),
    pass: Pass::Report,
    profiles: Profiles::ALL,
    action: Action::Report(look),
};

fn look(document: &Document, log: &mut Log) {
    for (index, block) in document.blocks.iter().enumerate() {
        let Some(text) = block.text().filter(|text| Classes::of(text.as_str()).meet(PAIRED)) else {
            continue;
        };
        let next = document.blocks.get(index + 1).and_then(|next| next.text());
        let goes_on = next.is_some_and(|next| next.as_str().trim_start().starts_with('“'));
        let mut places = text.places();
        for (at, c) in unmatched(text.as_str(), goes_on) {
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

const PAIRS: [(char, char); 8] = [
    ('“', '”'),
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('〔', '〕'),
];

/// The marks without a partner, in order. `goes_on` says that the next paragraph opens a quotation: then this one
/// need not close its own.
fn unmatched(text: &str, goes_on: bool) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let c = match c {
            '(' => '（',
            ')' => '）',
            c => c,
        };
        if PAIRS.iter().any(|(opening, _)| *opening == c) {
            open.push((at, c));
        } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == c) {
            if open.last().is_some_and(|(_, last)| last == opening) {
                open.pop();
            } else if !(c == '）' && is_enumerator(&text[..at])) {
                found.push((at, c));
            }
        }
    }
    found.extend(open.into_iter().filter(|(_, c)| !(goes_on && *c == '“')));
    found.sort_unstable();
    found
}

/// Whether a bracket that only closes makes an enumerator of what the line begins with: `2）`, `二）`.
fn is_enumerator(head: &str) -> bool {
    let head = head.trim_start();
    !head.is_empty() && head.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
}
