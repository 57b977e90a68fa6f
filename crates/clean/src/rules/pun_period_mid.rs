use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-period-mid",
    doc: include_str!("pun_period_mid.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::NONE,
    action: Action::Text(Classes::DOT, apply),
};

/// Fewer ideographs than this between two stops may be parts of a name.
const SHORTEST: usize = 6;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text().trim_end();
    if !line.is_chinese() || text.contains('。') {
        return;
    }
    let long = |part: &str| part.chars().filter(|c| chars::is_han(*c)).count() >= SHORTEST;
    let body = text.strip_suffix('.').unwrap_or(text);
    if !body.split('.').all(long) {
        return;
    }
    let han = |c: Option<char>| c.is_some_and(chars::is_han);
    for (at, _) in text.match_indices('.') {
        let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        if han(before) && (han(after) || after.is_none()) {
            edits.replace(at..at + 1, "。");
        }
    }
}
