use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-collapse",
    doc: include_str!("ws_collapse.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let body = text.trim_start_matches(chars::is_space);
    let mut from = text.len() - body.len();
    let end = from + body.trim_end_matches(chars::is_space).len();
    while let Some(skip) = text[from..end].find("  ") {
        let start = from + skip;
        from = text[start..end].find(|c| c != ' ').map_or(end, |length| start + length);
        edits.replace(start..from, " ");
    }
}
