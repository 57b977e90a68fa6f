use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-fullwidth-alnum",
    doc: include_str!("cp_fullwidth_alnum.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::WIDE_ALNUM, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| {
        let alnum = matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
        let at = (c as usize).checked_sub('！' as usize).filter(|_| alnum)?;
        ASCII.get(at..at + 1)
    });
}

/// The printable characters of ASCII in the order of their full-width forms.
const ASCII: &str =
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz";
