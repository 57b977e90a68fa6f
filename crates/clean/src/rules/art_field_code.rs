use super::support::fields;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-field-code",
    doc: include_str!("art_field_code.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::UPPER.or(Classes::BACKSLASH), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for code in fields::codes(text) {
        edits.delete(code);
    }
    if line.has(Classes::BACKSLASH) {
        for code in fields::numbers(text) {
            edits.delete(code);
        }
        for (range, circled) in fields::circled(text) {
            edits.replace(range, circled.to_string());
        }
    }
}
