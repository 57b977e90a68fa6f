use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-corner-quote",
    doc: include_str!("pun_corner_quote.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::CORNER, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    for (at, c) in line.text().char_indices() {
        let with = match c {
            '「' => "“",
            '」' => "”",
            '『' => "‘",
            '』' => "’",
            _ => continue,
        };
        edits.replace(at..at + c.len_utf8(), with);
    }
}
