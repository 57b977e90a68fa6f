use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "ws-bracket-inner",
    doc: include_str!("ws_bracket_inner.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for gap in line.gaps() {
        let before = text[..gap.start].chars().next_back();
        let after = text[gap.end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        let pairs = |at: usize| is_of_pair(text, at) && line.is_chinese();
        let opens = chars::is_opening(before)
            && (inside(before, after) || before == '“' && pairs(gap.start - before.len_utf8()));
        let closes = chars::is_closing(after) && (inside(after, before) || after == '”' && pairs(gap.end));
        if (opens || closes) && !(chars::is_opening(before) && chars::is_closing(after)) {
            edits.delete(gap);
        }
    }
}

/// Whether the quote at a byte has its other half on the line, and no third one stands between.
fn is_of_pair(text: &str, at: usize) -> bool {
    const QUOTES: [char; 2] = ['“', '”'];
    let (head, rest) = text.split_at(at);
    match rest.chars().next() {
        Some('“') => {
            let rest = &rest['“'.len_utf8()..];
            rest.find(QUOTES).is_some_and(|other| rest[other..].starts_with('”'))
        }
        Some('”') => head.rfind(QUOTES).is_some_and(|other| head[other..].starts_with('“')),
        _ => false,
    }
}

/// Whether the space between a bracket and what it holds can go: a quote is sure to be one only beside Chinese.
fn inside(bracket: char, content: char) -> bool {
    !matches!(bracket, '“' | '”' | '‘' | '’')
        || chars::is_chinese(content)
        || bracket == '”' && content.is_ascii_digit()
}
