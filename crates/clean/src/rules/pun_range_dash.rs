use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-range-dash",
    doc: include_str!("pun_range_dash.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::HYPHEN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    for (at, _) in text.match_indices('-') {
        let year =
            |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let before = at.checked_sub(4).and_then(|start| text.get(start..at));
        let apart = !text[..at.saturating_sub(4)].ends_with(|c: char| c.is_ascii_digit() || c == '-');
        let after = text.get(at + 1..at + 5);
        if year(before) && year(after) && apart && text[at + 5..].starts_with('年') {
            edits.replace(at..at + 1, "—");
        }
    }
}
