use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-word-hyphen",
    doc: include_str!("ctl_word_hyphen.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::WORD_HYPHEN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| match c {
        '\u{1e}' => Some("-"),
        '\u{1f}' => Some(""),
        _ => None,
    });
}
