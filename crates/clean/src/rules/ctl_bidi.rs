use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-bidi",
    doc: include_str!("ctl_bidi.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::BIDI, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let right_to_left =
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    if line.text().contains(right_to_left) {
        return;
    }
    let is_mark =
        |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    support::delete_chars(line, edits, is_mark);
}
