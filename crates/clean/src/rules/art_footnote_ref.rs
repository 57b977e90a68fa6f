use super::support;
use crate::{Action, Pass, Profiles, Rule};
use qingwen_model::{Document, Edits, Log};

pub(crate) static RULE: Rule = Rule {
    id: "art-footnote-ref",
    doc: include_str!("art_footnote_ref.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Document(apply),
};

fn apply(document: &mut Document, log: &mut Log) {
    let mut known = Vec::new();
    document.visit_mut(&mut |block| {
        let mark = block.mark;
        let Some(text) = block.text_mut().filter(|text| text.as_str().contains("noteRef:")) else { return };
        let mut edits = Edits::new();
        for (kind, sign) in [("", "[footnoteRef:"), ("en", "[endnoteRef:")] {
            for mark in support::tika_marks(text.as_str(), sign, LONGEST) {
                let number = mark.name.trim();
                if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
                    continue;
                }
                let id = format!("{kind}{number}");
                // Number 0 is the line between the text and its notes.
                let with = if number == "0" { String::new() } else { format!("[^{id}]") };
                edits.replace(mark.range, with);
                known.push(id);
            }
        }
        support::apply(RULE.id, text, mark, &edits, log);
    });
    if known.is_empty() {
        return;
    }
    document.visit_mut(&mut |block| {
        let mark = block.mark;
        let Some(text) = block.text_mut() else { return };
        let Some((number, end)) = body(text.as_str()) else { return };
        if known.iter().any(|id| id == number) {
            let mut edits = Edits::new();
            edits.insert(1, "^");
            edits.replace(end..end + 1, "]:");
            edits.delete(text.len() - 1..text.len());
            // `[1: words]` becomes `[^1]: words`.
            support::apply(RULE.id, text, mark, &edits, log);
        }
    });
}

const LONGEST: usize = 9;

/// The number of a note in brackets that fill the line, and where its colon stands.
fn body(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (number, _) = inner.split_once(':')?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some((number, number.len() + 1))
}
