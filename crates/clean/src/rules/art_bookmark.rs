use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-bookmark",
    doc: include_str!("art_bookmark.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BRACKET, apply),
};

const OPEN: &str = "[bookmark:";
/// Word allows 40 characters in a bookmark's name; other programs are more generous.
const LONGEST: usize = 120;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for (start, _) in text.match_indices(OPEN) {
        let Some(length) = text[start..].find(']') else { return };
        let name = &text[start + OPEN.len()..start + length];
        if name.chars().count() <= LONGEST + 1 && !name.contains('\n') {
            edits.delete(start..start + length + 1);
        }
    }
}
