use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
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
        let head = text[..at].strip_suffix('年').unwrap_or(&text[..at]);
        let last = &text[at + sign.len_utf8()..];
        let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_year = |text: &str| text.len() == 4 && text.starts_with(['1', '2']);
        let (last, after) =
            last.split_at(last.len() - last.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        if is_year(&head[before.len()..]) && is_year(last) && after.starts_with('年') && !is_telephone(before)
        {
            edits.replace(at..at + sign.len_utf8(), "—");
        }
    }
}

/// Whether what stands before a number makes a telephone's or a post code of it: a label, or more digits.
fn is_telephone(before: &str) -> bool {
    let label = chars::trim_end(before.trim_end_matches(['：', ':', ' ']));
    before.ends_with(['-', '－'])
        || ["电话", "传真", "热线", "邮编", "手机"].iter().any(|word| label.ends_with(word))
}
