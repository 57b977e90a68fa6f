use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-colon",
    doc: include_str!("pun_colon.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::COLON, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    for (at, _) in text.match_indices(':') {
        let rest = &text[at + 1..];
        let doubled = rest.starts_with(':') || text[..at].ends_with(':');
        if line.is_chinese_before(at) && !doubled && !is_emoticon(rest) {
            edits.replace(line.with_spaces(at..at + 1), "：");
        }
    }
}

/// Whether what follows a colon makes a face of it: `:)`, `:-(`, `:D`. A bracket that is closed later and holds
/// something is an ordinary one.
fn is_emoticon(rest: &str) -> bool {
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let Some(mouth) = rest.chars().next() else { return false };
    let alone = rest[mouth.len_utf8()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    match mouth {
        ')' => true,
        '(' => alone && !rest.contains(')'),
        'D' | 'P' => alone,
        _ => false,
    }
}
