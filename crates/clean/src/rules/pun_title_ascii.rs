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
    for open in memchr::memchr_iter(b'<', text.as_bytes()) {
        if open < from || !text[open + 1..].starts_with('<') {
            continue;
        }
        let inner = &text[open + 2..];
        let Some(length) = inner.find(['<', '>', '"', '“', '\n']) else { return };
        from = open + 2 + length;
        let title = &inner[..length];
        let edge = |c: char| chars::is_han(c) || c.is_ascii_digit();
        let tight = !text[..open].ends_with(|c: char| c == '<' || c.is_ascii_digit())
            && !inner[length..].starts_with(">>>");
        if inner[length..].starts_with(">>")
            && tight
            && title.starts_with(edge)
            && title.ends_with(|c| edge(c) || matches!(c, '）' | ')'))
            && title.contains(chars::is_han)
        {
            edits.replace(open..open + 2, "《");
            edits.replace(from..from + 2, "》");
        }
    }
}
