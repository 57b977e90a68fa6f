use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-middle-dot",
    doc: include_str!("cp_middle_dot.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::DOT_LIKE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    // Japanese text has this very character.
    if text.contains(|c| c != '・' && chars::is_kana(c)) {
        return;
    }
    let product = text.contains(['=', '＝', '×']);
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '•' | '・' | '‧' | '∙' | '⋅')) {
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        let names = chars::is_han(before) && chars::is_han(after);
        let numbers = before.is_ascii_digit() && after.is_ascii_digit() && !product;
        if names || numbers {
            edits.replace(at..at + c.len_utf8(), "·");
        }
    }
}
