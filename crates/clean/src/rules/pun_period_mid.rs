use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-period-mid",
    doc: include_str!("pun_period_mid.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::NONE,
    action: Action::Text(Classes::DOT, apply),
};

/// A shorter stretch between two points may be part of a name.
const SHORTEST: usize = 6;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    if !line.is_chinese() || text.contains('。') {
        return;
    }
    let stops: Vec<usize> =
        text.match_indices('.').map(|(at, _)| at).filter(|at| is_stop(text, *at)).collect();
    let mut from = 0;
    let long = stops
        .iter()
        .chain((stops.last() != Some(&(text.len().saturating_sub(1)))).then_some(&text.len()))
        .all(|at| {
            let han = text[from..*at].chars().filter(|c| chars::is_han(*c)).count();
            from = *at;
            han >= SHORTEST
        });
    if long {
        stops.into_iter().for_each(|at| {
            edits.replace(at..at + 1, "。");
        });
    }
}

/// Whether a point stands after a Han character, and before one or the end.
fn is_stop(text: &str, at: usize) -> bool {
    let after = text[at + 1..].chars().next();
    text[..at].ends_with(chars::is_han) && after.is_none_or(chars::is_han)
}
