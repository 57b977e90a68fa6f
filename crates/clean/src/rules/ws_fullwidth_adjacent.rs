use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-fullwidth-adjacent",
    doc: include_str!("ws_fullwidth_adjacent.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let label = support::label_end(text);
    for gap in line.gaps() {
        let before = text[..gap.start].chars().next_back();
        let after = text[gap.end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        let wide = is_wide(before) || is_wide(after);
        let ambiguous =
            is_ambiguous(before) && chars::is_han(after) || is_ambiguous(after) && chars::is_han(before);
        let parts = || {
            is_blank_to_fill(before, after)
                || support::is_blank(text, &gap)
                || support::parts_labels(text, &gap)
        };
        if (wide || ambiguous) && label != gap.start && !parts() {
            edits.delete(gap);
        }
    }
}

/// Points and brackets that have their space within them.
fn is_wide(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '「'
            | '」'
            | '『'
            | '』'
    ) || matches!(c, '【' | '】' | '〔' | '〕')
}

/// Marks that Chinese and Western text share.
fn is_ambiguous(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Brackets around nothing but spaces are a place to write in.
fn is_blank_to_fill(before: char, after: char) -> bool {
    chars::is_opening(before) && chars::is_closing(after)
}
