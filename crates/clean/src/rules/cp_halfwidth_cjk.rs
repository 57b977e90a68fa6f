use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-halfwidth-cjk",
    doc: include_str!("cp_halfwidth_cjk.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::FORM, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    support::replace_chars(line, edits, |c| match c {
        '｡' => Some("。"),
        '｢' => Some("「"),
        '｣' => Some("」"),
        '､' => Some("、"),
        _ => None,
    });
    // In a line of half-width katakana they belong to it.
    if !edits.is_empty() && line.text().contains(|c| matches!(c, '\u{ff66}'..='\u{ff9f}')) {
        edits.clear();
    }
}
