use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-title-nest-double",
    doc: include_str!("pun_title_nest_double.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::TITLE_MARK, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let mut depth = 0i32;
    let mut changes: Vec<(usize, &str)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '《' | '〈' => {
                depth += 1;
                let wanted = if depth % 2 == 1 { "《" } else { "〈" };
                changes.push((at, wanted));
            }
            '》' | '〉' => {
                let wanted = if depth % 2 == 1 { "》" } else { "〉" };
                depth -= 1;
                changes.push((at, wanted));
            }
            _ => {}
        }
        if depth < 0 {
            return;
        }
    }
    // Single marks that stand first were chosen; only double ones within others are in question.
    if depth != 0 || text.find('〈') < text.find('《') && text.contains('〈') {
        return;
    }
    for (at, wanted) in changes {
        let single = matches!(wanted, "〈" | "〉");
        if single && text[at..].starts_with(['《', '》']) {
            edits.replace(at..at + wanted.len(), wanted);
        }
    }
}
