use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-title-ascii",
    doc: include_str!("pun_title_ascii.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::ANGLE, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find("<<") {
        let start = from + skip;
        from = start + 2;
        let Some(length) = text[from..].find(['<', '>']) else { return };
        let end = from + length;
        if text[end..].starts_with(">>") && is_title(&text[from..end]) {
            edits.replace(start..from, "《");
            edits.replace(end..end + 2, "》");
            from = end + 2;
        }
    }
}

/// Whether this can be the name of something: Chinese, without quotes, beginning and ending as names do.
fn is_title(name: &str) -> bool {
    let edge = |c: Option<char>| {
        c.is_some_and(|c| chars::is_han(c) || c.is_ascii_digit() || matches!(c, '（' | '）'))
    };
    name.contains(chars::is_han)
        && !name.contains(['"', '“', '”', '\''])
        && edge(name.chars().next())
        && edge(name.chars().next_back())
}
