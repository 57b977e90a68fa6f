use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ctl-word-cell",
    doc: include_str!("ctl_word_cell.md"),
    pass: Pass::Controls,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::CELL, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find('\u{7}') {
        let start = from + skip;
        let end = text[start..].find(|c| c != '\u{7}').map_or(text.len(), |length| start + length);
        // The mark of the last cell and the mark of the row together end a row.
        let row = start + (end - start).saturating_sub(2);
        (start..if end - start == 1 { end } else { row }).for_each(|at| {
            edits.replace(at..at + 1, "\t");
        });
        if end - start > 1 {
            edits.replace(row..end, "\n");
        }
        from = end;
    }
}
