use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-title-nest-double",
    doc: include_str!("pun_title_nest_double.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::TITLE_MARK, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() || !is_balanced(line.text()) {
        return;
    }
    let mut depth = 0usize;
    for (at, c) in line.text().char_indices() {
        let inner = match c {
            '《' | '〈' => {
                depth += 1;
                depth % 2 == 0
            }
            '》' | '〉' => {
                depth -= 1;
                depth % 2 == 1
            }
            _ => continue,
        };
        let with = match (matches!(c, '《' | '〈'), inner) {
            (true, true) => "〈",
            (true, false) => "《",
            (false, true) => "〉",
            (false, false) => "》",
        };
        // The outermost pair is left as the author has it.
        let outermost = if matches!(c, '《' | '〈') { depth == 1 } else { depth == 0 };
        if !outermost && !with.starts_with(c) {
            edits.replace(at..at + c.len_utf8(), with);
        }
    }
}

/// Whether every mark has its partner, in order.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '《' | '〈' => open.push(c),
            '》' if open.pop() != Some('《') => return false,
            '〉' if open.pop() != Some('〈') => return false,
            _ => {}
        }
    }
    open.is_empty()
}
