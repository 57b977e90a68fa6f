use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-cjk-cjk",
    doc: include_str!("ws_cjk_cjk.md"),
    pass: Pass::Lines,
    profiles: Profiles::NONE,
    action: Action::Text(Classes::SPACE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    // Names after a label are a list as well.
    let words = text.rsplit(['：', ':']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let list =
        words.split(chars::is_space).filter(|part| !part.is_empty()).all(|part| part.chars().count() <= 4);
    if list || !line.is_chinese() {
        return;
    }
    let label = support::label_end(text);
    for gap in line.gaps() {
        let before = text[..gap.start].chars().next_back();
        let after = text[gap.end..].chars().next();
        let between = before.is_some_and(chars::is_han) && after.is_some_and(chars::is_han);
        if between && gap.len() == 1 && label != gap.start {
            edits.delete(gap);
        }
    }
}
