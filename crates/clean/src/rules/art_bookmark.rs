use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "art-bookmark",
    doc: include_str!("art_bookmark.md"),
    pass: Pass::Artifacts,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BRACKET, apply),
};

/// Word allows 40 characters in a bookmark's name; other programs are more generous.
const LONGEST: usize = 120;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for mark in support::tika_marks(line.text(), "[bookmark:", LONGEST) {
        edits.delete(mark.range);
    }
}
