use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-duplicate",
    doc: include_str!("pun_duplicate.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::REPEAT, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find(['，', '、', '；', '：', '。']) {
        let start = from + skip;
        let Some(mark) = text[start..].chars().next() else { return };
        from = text[start..].find(|c| c != mark).map_or(text.len(), |length| start + length);
        if from - start == 2 * mark.len_utf8() {
            edits.delete(start + mark.len_utf8()..from);
        }
    }
}
