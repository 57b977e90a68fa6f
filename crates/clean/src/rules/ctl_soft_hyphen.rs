use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-soft-hyphen",
    doc: include_str!("ctl_soft_hyphen.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::SOFT_HYPHEN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::delete_chars(line, edits, |c| c == '\u{ad}');
}
