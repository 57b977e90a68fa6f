use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-exotic",
    doc: include_str!("ws_exotic.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::EXOTIC_SPACE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| chars::is_exotic_space(c).then_some(" "));
}
