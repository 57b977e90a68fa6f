use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-collapse",
    doc: include_str!("ws_collapse.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for gap in line.gaps() {
        if gap.len() > 1
            && !support::is_blank(line.text(), &gap)
            && line.text()[gap.clone()].bytes().all(|b| b == b' ')
        {
            edits.replace(gap, " ");
        }
    }
}
