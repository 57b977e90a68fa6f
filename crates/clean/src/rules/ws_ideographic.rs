use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-ideographic",
    doc: include_str!("ws_ideographic.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::WIDE_SPACE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for gap in line.gaps() {
        if line.text()[gap.clone()].contains('\u{3000}') && !support::is_blank(line.text(), &gap) {
            edits.replace(gap, " ");
        }
    }
}
