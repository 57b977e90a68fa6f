use super::support::gaps;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-bracket-inner",
    doc: include_str!("ws_bracket_inner.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for gap in gaps(line.text()) {
        let quote = |c: char| matches!(c, '“' | '”' | '‘' | '’');
        let opened = chars::is_opening(gap.before) && (!quote(gap.before) || line.is_chinese());
        let closes = chars::is_closing(gap.after) && (!quote(gap.after) || line.is_chinese());
        if (opened || closes) && !gap.is_blank_to_fill() {
            edits.delete(gap.range);
        }
    }
}
