use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-trim",
    doc: include_str!("ws_trim.md"),
    pass: Pass::Lines,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::SPACES.or(Classes::NEWLINE), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let mut start = 0;
    for part in text.split_inclusive('\n') {
        let end = start + part.strip_suffix('\n').unwrap_or(part).len();
        let kept = text[start..end].trim_start_matches(chars::is_space);
        let from = end - kept.len();
        let to = from + kept.trim_end_matches(chars::is_space).len();
        if start < from {
            edits.delete(start..from);
        }
        if to < end {
            edits.delete(to.max(from)..end);
        }
        start += part.len();
    }
}
