use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-fullwidth-numpunct",
    doc: include_str!("cp_fullwidth_numpunct.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::WIDE_MARK, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '０'..='９'));
    let alnum = |c: Option<char>| {
        digit(c) || c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ'))
    };
    for (at, c) in text.char_indices() {
        let before = || text[..at].chars().next_back();
        let after = || text[at + c.len_utf8()..].chars().next();
        let with = match c {
            '％' if digit(before()) => "%",
            '．' if digit(before()) && digit(after()) => ".",
            '－' if digit(before()) && digit(after()) => "-",
            '／' if alnum(before()) && alnum(after()) => "/",
            _ => continue,
        };
        edits.replace(at..at + c.len_utf8(), with);
    }
}
