use super::support::{self, unicode};
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-compat-ideograph",
    doc: include_str!("cp_compat_ideograph.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::FORM, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| match c {
        '\u{f900}'..='\u{fad9}' => unicode::look_up(unicode::COMPATIBILITY, '\u{f900}', c),
        '\u{2f800}'..='\u{2fa1d}' => unicode::look_up(unicode::COMPATIBILITY_SUPPLEMENT, '\u{2f800}', c),
        _ => None,
    });
}
