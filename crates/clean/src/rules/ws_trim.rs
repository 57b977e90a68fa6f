use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-trim",
    doc: include_str!("ws_trim.md"),
    pass: Pass::Lines,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::SPACES, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let mut start = 0;
    // A line break that the author forced has edges of its own.
    for part in line.text().split('\n') {
        let end = start + part.len();
        let lead = part.len() - part.trim_start_matches(chars::is_space).len();
        let tail = part[lead..].trim_end_matches(chars::is_space).len();
        if lead > 0 {
            edits.delete(start..start + lead);
        }
        if start + lead + tail < end {
            edits.delete(start + lead + tail..end);
        }
        start = end + 1;
    }
}
