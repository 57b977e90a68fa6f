use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-comma",
    doc: include_str!("pun_comma.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::COMMA, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    for (at, _) in line.text().match_indices(',') {
        let (before, after) = (line.before(at), line.after(at + 1));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if (line.is_chinese_before(at) || line.is_chinese_after(at + 1)) && !(digit(before) && digit(after)) {
            edits.replace(line.with_spaces(at..at + 1), "，");
        }
    }
}
