use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-strip",
    doc: include_str!("ctl_strip.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(
        Classes::CONTROL.or(Classes::FIELD).or(Classes::CELL).or(Classes::WORD_HYPHEN).or(Classes::BREAK),
        apply,
    ),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::delete_chars(line, edits, |c| c.is_control() && !matches!(c, '\t' | '\n' | '\u{c}'));
}
