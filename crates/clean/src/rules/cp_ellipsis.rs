use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-ellipsis",
    doc: include_str!("cp_ellipsis.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::REPEAT.or(Classes::MIDLINE_ELLIPSIS), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if line.has(Classes::DOT) && line.is_chinese() {
        for run in support::runs_of(text, '.').filter(|run| (3..=6).contains(&run.len())) {
            let after_chinese = text[..run.start].chars().next_back().is_some_and(chars::is_chinese);
            if after_chinese && !is_leader(&text[run.end..]) {
                edits.replace(run, "……");
            }
        }
    }
    for run in support::runs_of(text, '。').filter(|run| run.len() >= 3 * '。'.len_utf8()) {
        if is_leader(&text[run.end..]) {
            continue;
        }
        edits.replace(run, "……");
    }
    if line.has(Classes::MIDLINE_ELLIPSIS) && line.is_chinese() {
        for run in support::runs_of(text, '⋯').filter(|run| !is_leader(&text[run.end..])) {
            edits.replace(run.clone(), if run.len() > '⋯'.len_utf8() { "……" } else { "…" });
        }
    }
}

/// Whether the dots lead to the number of a page.
fn is_leader(rest: &str) -> bool {
    let number = rest.trim_start();
    let part = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '-' | '—' | ' ');
    let after = number.trim_start_matches(part);
    after.len() < number.len() && after.chars().all(char::is_whitespace)
}
