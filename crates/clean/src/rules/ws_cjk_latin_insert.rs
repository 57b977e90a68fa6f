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
    let mut last: Option<char> = None;
    for (at, c) in line.text().char_indices() {
        let border = last.is_some_and(|last| {
            chars::is_han(last) && c.is_ascii_alphanumeric()
                || last.is_ascii_alphanumeric() && chars::is_han(c)
        });
        if border {
            edits.insert(at, " ");
        }
        last = Some(c);
    }
}
