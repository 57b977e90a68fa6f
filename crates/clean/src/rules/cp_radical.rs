use super::support::{self, unicode};
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-radical",
    doc: include_str!("cp_radical.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::FORM, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| match c {
        '\u{2e80}'..='\u{2ef3}' => unicode::look_up(unicode::RADICALS_SUPPLEMENT, '\u{2e80}', c),
        '\u{2f00}'..='\u{2fd5}' => unicode::look_up(unicode::KANGXI_RADICALS, '\u{2f00}', c),
        _ => None,
    });
}
