use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-checkbox",
    doc: include_str!("art_checkbox.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::PIPE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let boxes = ["|_|", "|X|"].iter().map(|sign| text.matches(sign).count()).sum::<usize>();
    // Other bars make it a row of a table, or arithmetic.
    if text.matches('|').count() != boxes * 2 {
        return;
    }
    for (at, _) in text.match_indices('|').step_by(2) {
        let with = if text[at + 1..].starts_with('_') { "☐" } else { "☑" };
        if !line.is_inside_literal(&(at..at + 3)) {
            edits.replace(at..at + 3, with);
        }
    }
}
