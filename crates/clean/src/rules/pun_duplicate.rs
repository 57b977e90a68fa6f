use crate::{Action, Classes, Line, Pass, Profiles, Rule, scan};
use qingwen_model::Edits;
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "pun-duplicate",
    doc: include_str!("pun_duplicate.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::REPEAT, apply),
};

/// Bytes of each mark.
const LENGTH: usize = '，'.len_utf8();

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let mut finish = |run: &Range<usize>| {
        if run.len() == 2 * LENGTH && text[run.clone()].starts_with(['，', '、', '；', '：', '。']) {
            edits.delete(run.start + LENGTH..run.end);
        }
    };
    // The longest run of one character that was met last.
    let mut run = 0..0;
    scan::others(text.as_bytes(), 0xe3, |at, bytes| {
        let first = text.as_bytes().get(run.start..run.start + LENGTH);
        if run.end == at && first == bytes.get(..LENGTH) {
            run.end += LENGTH;
        } else {
            finish(&run);
            run = at..at + LENGTH;
        }
    });
    finish(&run);
}
