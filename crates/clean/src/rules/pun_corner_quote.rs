use super::support;
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
    // Japanese quotes so, and rightly.
    if !line.is_chinese() || line.text().contains(|c| matches!(c, '\u{3041}'..='\u{30fa}')) {
        return;
    }
    support::replace_chars(line, edits, |c| match c {
        '「' => Some("“"),
        '」' => Some("”"),
        '『' => Some("‘"),
        '』' => Some("’"),
        _ => None,
    });
}
