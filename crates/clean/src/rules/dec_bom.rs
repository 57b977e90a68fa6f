use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "dec-bom",
    doc: include_str!("dec_bom.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BOM, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::delete_chars(line, edits, |c| c == '\u{feff}');
}
