use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-newline",
    doc: include_str!("ctl_newline.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BREAK, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for (at, c) in text.char_indices() {
        let length = match c {
            '\r' if text[at + 1..].starts_with('\n') => 2,
            '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => c.len_utf8(),
            _ => continue,
        };
        edits.replace(at..at + length, "\n");
    }
}
