use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-object-char",
    doc: include_str!("ctl_object_char.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::OBJECT, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::delete_chars(line, edits, |c| matches!(c, '\u{fff9}'..='\u{fffc}'));
}
