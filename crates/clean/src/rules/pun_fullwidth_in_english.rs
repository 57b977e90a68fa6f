use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-fullwidth-in-english",
    doc: include_str!("pun_fullwidth_in_english.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::POINT.or(Classes::WIDE_COLON), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if line.has(Classes::HAN) {
        return;
    }
    let text = line.text();
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 2).count();
    if words < 3 || text.contains(chars::is_kana) {
        return;
    }
    for (at, c) in text.char_indices() {
        let (alone, spaced) = match c {
            '，' | '、' => (",", ", "),
            '。' => (".", ". "),
            '；' => (";", "; "),
            '：' => (":", ": "),
            '？' => ("?", "? "),
            '！' => ("!", "! "),
            _ => continue,
        };
        let end = at + c.len_utf8();
        let joined = text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '(' | '"'));
        edits.replace(at..end, if joined { spaced } else { alone });
    }
}
