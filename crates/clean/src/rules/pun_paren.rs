use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars, scan};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-paren",
    doc: include_str!("pun_paren.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::PAREN, apply),
};

/// An opening bracket, and what the line held of letters before it.
struct Open {
    at: usize,
    mark: char,
    han: usize,
    words: usize,
    all: usize,
}

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let Some(last) = text.rfind(['(', ')', '（', '）']) else { return };
    let label = support::label_end(text);
    let mut found = Vec::new();
    let (mut open, mut han, mut words): (Vec<Open>, usize, usize) = (Vec::new(), 0, 0);
    // Characters that were met or passed over, and where the last of them ended.
    let (mut all, mut end) = (0, 0);
    scan::others(&text.as_bytes()[..=last], 0, |at, _| {
        let passed = (at - end) / '水'.len_utf8();
        let c = text[at..].chars().next().unwrap_or_default();
        (han, all, end) = (han + passed, all + passed + 1, at + c.len_utf8());
        match c {
            '(' | '（' if !line.is_protected(at) => open.push(Open { at, mark: c, han, words, all }),
            ')' | '）' if !line.is_protected(at) => {
                let Some(begin) = open.pop() else { return };
                let has_han = han > begin.han;
                // A face is mostly signs.
                let has_words = words > begin.words && (words - begin.words) * 2 >= all - begin.all - 1;
                let is_factor =
                    || is_factor(&text[begin.at + begin.mark.len_utf8()..at], &text[at + c.len_utf8()..]);
                let meant = has_han || has_words && follows_chinese(line, begin.at) && !is_factor();
                if meant && begin.mark == '(' {
                    let spaces = line.with_spaces(begin.at..begin.at + 1);
                    let keeps = spaces.start > 0 && spaces.start == label;
                    let start = if keeps { begin.at } else { spaces.start };
                    found.push((start..spaces.end, "（"));
                }
                if meant && c == ')' {
                    found.push((line.with_spaces(at..at + 1), "）"));
                }
            }
            _ if chars::is_han(c) => han += 1,
            _ if !chars::is_chinese_mark(c) && c.is_alphanumeric() => words += 1,
            _ => {}
        }
    });
    support::replace_all(edits, found);
}

/// Whether a bracket belongs to a formula: (x-1)(x+2)=0, (a+b)/2.
fn is_factor(inner: &str, after: &str) -> bool {
    let sums =
        || inner.contains(['+', '×', '*', '/', '=']) || inner.starts_with(|c: char| c.is_ascii_lowercase());
    match after.chars().next() {
        Some('^' | '²' | '³' | '×' | '*' | '=') => true,
        Some('+' | '-' | '/' | '(') => sums(),
        _ => false,
    }
}

/// Whether Chinese stands before a bracket, or a point of ASCII that itself follows Chinese.
fn follows_chinese(line: &Line<'_>, at: usize) -> bool {
    let head = line.text()[..at].trim_end_matches(chars::is_space);
    let point = head.strip_suffix([':', ',', ';']);
    line.is_chinese_before(at) || point.is_some_and(|head| line.is_chinese_before(head.len()))
}
