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
    let keeps_tabs = line.keeps_tabs();
    let is_margin = |c: char| chars::is_space(c) && !(keeps_tabs && c == '\t');
    let mut start = 0;
    let feeds = memchr::memchr_iter(b'\n', text.as_bytes());
    for end in feeds.chain([text.len()]) {
        let kept = text[start..end].trim_start_matches(is_margin);
        let from = end - kept.len();
        let to = from + kept.trim_end_matches(is_margin).len();
        if start < from {
            edits.delete(start..from);
        }
        if to < end {
            edits.delete(to.max(from)..end);
        }
        start = end + 1;
    }
}
