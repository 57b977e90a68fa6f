use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "ws-cjk-digit",
    doc: include_str!("ws_cjk_digit.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::DIGIT, apply),
};

/// As many digits make an identifier: a telephone number, an identity card.
const IDENTIFIER: usize = 7;
/// Words before a number that make it a label, after which GB/T 15834-2011, B.3.6, keeps a space.
const LABELS: [&str; 10] = ["附件", "附表", "附图", "附录", "专栏", "公式", "图", "表", "例", "式"];

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.has(Classes::SPACES) {
        return;
    }
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let token = token_around(text, from + skip);
        from = token.end;
        if !is_number(&text[token.clone()]) {
            continue;
        }
        let (before, after) = (side(line, &text[..token.start], true), side(line, &text[token.end..], false));
        let (Some(before), Some(after)) = (before, after) else { continue };
        let label = is_label(&text[..token.start - before]);
        let enumerates = token.start == before && text[..token.end].ends_with(['.', ')', ':', '/']);
        if before > 0 && token.start > before {
            edits.delete(token.start - before..token.start);
        }
        if after > 0 && token.end + after < text.len() && !label && !enumerates {
            edits.delete(token.end..token.end + after);
        }
    }
}

/// The stretch without spaces and Chinese around a digit.
fn token_around(text: &str, digit: usize) -> Range<usize> {
    let apart = |c: char| chars::is_space(c) || chars::is_chinese(c) || c == '\n';
    let start =
        text[..digit].rfind(apart).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[digit..].find(apart).map_or(text.len(), |length| digit + length);
    start..end
}

/// Whether a token is a number that can be read on its own: no letters, and not an identifier.
fn is_number(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_digit())
        && token.chars().all(|c| c.is_ascii_digit() || ".,%‰℃°:/+-~".contains(c))
        && token.bytes().filter(u8::is_ascii_digit).count() < IDENTIFIER
}

/// How many bytes of spaces lie between a token and its neighbour on one side, if that neighbour is Chinese or
/// the edge of the line.
fn side(line: &Line<'_>, rest: &str, before: bool) -> Option<usize> {
    let text = line.text();
    let (trimmed, at) = if before {
        (rest.trim_end_matches(chars::is_space), rest.len())
    } else {
        (rest.trim_start_matches(chars::is_space), text.len() - rest.len())
    };
    let chinese = if before { line.is_chinese_before(at) } else { line.is_chinese_after(at) };
    (trimmed.is_empty() || chinese).then_some(rest.len() - trimmed.len())
}

/// Whether all that stands before a number is a word that labels it.
fn is_label(head: &str) -> bool {
    LABELS.contains(&head.trim_matches(chars::is_space))
}
