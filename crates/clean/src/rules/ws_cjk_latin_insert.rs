use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-cjk-latin-insert",
    doc: include_str!("ws_cjk_latin_insert.md"),
    pass: Pass::Lines,
    profiles: Profiles::NONE,
    action: Action::Text(Classes::LETTER.or(Classes::DIGIT), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let mut before: Option<char> = None;
    let is_free = |at: usize, before: Option<char>| {
        !line.is_protected(at) && !before.is_some_and(|c| line.is_protected(at - c.len_utf8()))
    };
    for (at, c) in text.char_indices() {
        let meet = before.is_some_and(|before| {
            chars::is_han(before) && c.is_ascii_alphanumeric()
                || before.is_ascii_alphanumeric() && chars::is_han(c)
        });
        if meet && is_free(at, before) {
            edits.insert(at, " ");
        }
        before = Some(c);
    }
}
