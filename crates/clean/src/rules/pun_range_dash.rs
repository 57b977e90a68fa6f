use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-range-dash",
    doc: include_str!("pun_range_dash.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::HYPHEN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '-' | '－')) {
        let first = text[..at].strip_suffix('年').unwrap_or(&text[..at]);
        let last = &text[at + sign.len_utf8()..];
        let digits = |c: char| c.is_ascii_digit();
        let first = first.len() - first.trim_end_matches(digits).len();
        let length = last.len() - last.trim_start_matches(digits).len();
        if first == 4 && length == 4 && last[length..].starts_with('年') {
            edits.replace(at..at + sign.len_utf8(), "—");
        }
    }
}
