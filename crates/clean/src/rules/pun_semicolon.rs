use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-semicolon",
    doc: include_str!("pun_semicolon.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SEMICOLON, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let last_close = text.rfind(')');
    for at in memchr::memchr_iter(b';', text.as_bytes()) {
        let face = support::is_mouth(&text[at + 1..], last_close.is_some_and(|close| close > at));
        let after_number = || line.is_chinese_after(at + 1) && support::ends_in_chinese_number(line, at);
        if !face && (line.is_chinese_before(at) || after_number()) {
            edits.replace(line.with_spaces(at..at + 1), "；");
        }
    }
}
