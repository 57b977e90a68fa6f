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
    for (at, _) in line.text().match_indices(';') {
        let emoticon = line.text()[at + 1..].starts_with(['-', ')', '(']);
        if !emoticon
            && (line.is_chinese_before(at) || ends_quantity(line, at) && line.is_chinese_after(at + 1))
        {
            edits.replace(line.with_spaces(at..at + 1), "；");
        }
    }
}

/// Whether a percentage, or a number that follows Chinese, ends at `at`.
fn ends_quantity(line: &Line<'_>, at: usize) -> bool {
    let head = line.text()[..at].trim_end();
    let number = head.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/'));
    head.ends_with(['%', '％', '‰']) || number.len() < head.len() && line.is_chinese_before(number.len())
}
