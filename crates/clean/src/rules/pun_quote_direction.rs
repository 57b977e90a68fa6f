use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-quote-direction",
    doc: include_str!("pun_quote_direction.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::CURLY, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let marks: Vec<(usize, char)> =
        line.text().char_indices().filter(|(_, c)| matches!(c, '“' | '”')).collect();
    let Some((_, first)) = marks.first() else { return };
    if marks.len() % 2 != 0 || marks.iter().any(|(_, c)| c != first) {
        return;
    }
    for (index, (at, c)) in marks.iter().enumerate() {
        let with = if index % 2 == 0 { "“" } else { "”" };
        if !with.starts_with(*c) {
            edits.replace(*at..*at + with.len(), with);
        }
    }
}
