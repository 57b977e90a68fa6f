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
    let is_list = |text: &str| {
        text.split(chars::is_space).filter(|part| !part.is_empty()).all(|part| part.chars().count() <= 4)
    };
    if is_list(text) || !line.is_chinese() {
        return;
    }
    // Names after a label are a list as well.
    let after = |at: usize| text[at..].trim_start_matches(['：', ':']);
    let names = text.rfind(['：', ':']).filter(|at| is_list(after(*at))).unwrap_or(text.len());
    let label = support::label_end(text);
    for gap in line.gaps() {
        let before = text[..gap.start].chars().next_back();
        let after = text[gap.end..].chars().next();
        let between = before.is_some_and(chars::is_han) && after.is_some_and(chars::is_han);
        if between && gap.start < names && gap.len() == 1 && label != gap.start {
            edits.delete(gap);
        }
    }
}
