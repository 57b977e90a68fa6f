use super::support::gaps;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-fullwidth-adjacent",
    doc: include_str!("ws_fullwidth_adjacent.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for gap in gaps(line.text()) {
        let beside_mark = is_full_width(gap.before) || is_full_width(gap.after);
        let beside_quote = is_ambiguous(gap.before) && chars::is_han(gap.after)
            || is_ambiguous(gap.after) && chars::is_han(gap.before);
        if (beside_mark || beside_quote) && !gap.is_blank_to_fill() && !gap.follows_list_marker() {
            edits.delete(gap.range);
        }
    }
}

/// Points and brackets that bring their own white space.
fn is_full_width(c: char) -> bool {
    chars::is_chinese_mark(c) && !is_ambiguous(c) && c != '·'
}

/// Marks that Latin text has too.
fn is_ambiguous(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}
