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
    let text = line.text();
    for (open, close) in [("“", "”"), ("”", "“")] {
        let marks: Vec<usize> = text.match_indices(open).map(|(at, _)| at).collect();
        if marks.len() < 2 || !marks.len().is_multiple_of(2) || text.contains(close) || !line.is_chinese() {
            continue;
        }
        for (index, at) in marks.into_iter().enumerate() {
            edits.replace(at..at + open.len(), if index.is_multiple_of(2) { "“" } else { "”" });
        }
    }
}
