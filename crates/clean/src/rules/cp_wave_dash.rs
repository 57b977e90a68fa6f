use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-wave-dash",
    doc: include_str!("cp_wave_dash.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::WAVE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    // Japanese text has this very character.
    if line.text().contains(chars::is_kana) {
        return;
    }
    support::replace_chars(line, edits, |c| (c == '\u{301c}').then_some("～"));
}
