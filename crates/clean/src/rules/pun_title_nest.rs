use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-title-nest",
    doc: include_str!("pun_title_nest.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::TITLE_MARK, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() || !line.has(Classes::ANGLE.or(Classes::WIDE_ANGLE)) {
        return;
    }
    let text = line.text();
    let (mut depth, mut open) = (0usize, None);
    for (at, c) in text.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => (depth, open) = (depth.saturating_sub(1), None),
            '<' | '＜' if depth > 0 => open = Some((at, c)),
            '>' | '＞' if depth > 0 => {
                let Some((start, opening)) = open.take() else { continue };
                let inner = start + opening.len_utf8()..at;
                if text[inner.clone()].contains(chars::is_han) && text[at..].contains('》') {
                    edits.replace(start..inner.start, "〈");
                    edits.replace(at..at + c.len_utf8(), "〉");
                }
            }
            _ => {}
        }
    }
}
