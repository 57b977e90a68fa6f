use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-duplicate",
    doc: include_str!("pun_duplicate.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::REPEAT, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for sign in ['，', '、', '；', '：', '。'] {
        for run in support::runs_of(line.text(), sign).filter(|run| run.len() == 2 * sign.len_utf8()) {
            edits.delete(run.start + sign.len_utf8()..run.end);
        }
    }
}
