use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-paren",
    doc: include_str!("pun_paren.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::PAREN, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '(' | ')' | '（' | '）')) {
        if line.is_protected(at) {
            continue;
        }
        if matches!(c, '(' | '（') {
            open.push((at, c));
            continue;
        }
        let Some((start, opening)) = open.pop() else { continue };
        let inner = &text[start + opening.len_utf8()..at];
        let half = (opening, c) != ('（', '）');
        if half && inner.contains(char::is_alphanumeric) && is_chinese_pair(line, start, inner) {
            widen(line, edits, start, opening, "（");
            widen(line, edits, at, c, "）");
        }
    }
}

/// Whether the content has Han, or the pair follows Chinese, a half-width colon or comma after it included.
fn is_chinese_pair(line: &Line<'_>, start: usize, inner: &str) -> bool {
    let head = line.text()[..start].trim_end_matches(chars::is_space);
    let point = head.strip_suffix([':', ',', ';']).map_or(head.len(), str::len);
    inner.contains(chars::is_han) || line.is_chinese_before(point)
}

fn widen(line: &Line<'_>, edits: &mut Edits, at: usize, c: char, with: &'static str) {
    if c.is_ascii() {
        edits.replace(line.with_spaces(at..at + 1), with);
    }
}
