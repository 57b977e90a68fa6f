use super::support;
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
    let last_close = text.rfind(')');
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let rest = &text[at + 1..];
        let operator =
            rest.starts_with([':', '=', '\\']) || rest.starts_with("//") || text[..at].ends_with(':');
        let face = support::is_mouth(rest, last_close.is_some_and(|close| close > at));
        if !operator && !face && line.is_chinese_before(at) {
            let spaces = line.with_spaces(at..at + 1);
            let parts = support::is_blank(text, &(at + 1..spaces.end));
            edits.replace(spaces.start..if parts { at + 1 } else { spaces.end }, "：");
        }
    }
}
