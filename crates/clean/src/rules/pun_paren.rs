use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-paren",
    doc: include_str!("pun_paren.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::PAREN, apply),
};

/// An opening bracket, and what has been met within it so far.
struct Open {
    at: usize,
    mark: char,
    /// Whether an ideograph was met. What else is there is counted only until then.
    han: bool,
    words: usize,
    all: usize,
}

impl Open {
    /// Looks at what stands between two brackets.
    fn meet(&mut self, text: &str) {
        if self.han {
            return;
        }
        for c in text.chars() {
            self.all += 1;
            if chars::is_han(c) {
                self.han = true;
                return;
            }
            self.words += usize::from(!chars::is_chinese_mark(c) && c.is_alphanumeric());
        }
    }

    /// Takes in what stood within a bracket in this one, and the brackets themselves.
    fn contain(&mut self, inner: &Open) {
        self.han |= inner.han;
        self.words += inner.words;
        self.all += inner.all + 2;
    }

    /// A face is mostly signs.
    fn has_words(&self) -> bool {
        self.words > 0 && self.words * 2 >= self.all
    }
}

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    let label = support::label_end(text);
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut from = 0;
    for (at, mark) in brackets(line).filter(|(at, _)| !line.is_protected(*at)) {
        if let Some(open) = open.last_mut() {
            open.meet(&text[from..at]);
        }
        from = at + mark.len_utf8();
        if matches!(mark, '(' | '（') {
            open.push(Open { at, mark, han: false, words: 0, all: 0 });
            continue;
        }
        let Some(begin) = open.pop() else { continue };
        let is_factor = || is_factor(&text[begin.at + begin.mark.len_utf8()..at], &text[from..]);
        let meant = begin.han || begin.has_words() && follows_chinese(line, begin.at) && !is_factor();
        if meant && begin.mark == '(' {
            let spaces = line.with_spaces(begin.at..begin.at + 1);
            let keeps = spaces.start > 0 && spaces.start == label;
            let start = if keeps { begin.at } else { spaces.start };
            found.push((start..spaces.end, "（"));
        }
        if meant && mark == ')' {
            found.push((line.with_spaces(at..at + 1), "）"));
        }
        if let Some(around) = open.last_mut() {
            around.contain(&begin);
        }
    }
    support::replace_all(edits, found);
}

/// The brackets of a text of either width, and where they stand.
fn brackets(line: &Line<'_>) -> impl Iterator<Item = (usize, char)> {
    let text = line.text();
    // The wide ones share their first byte with other marks of Chinese, and are looked for only where there are any.
    let wide = if line.has(Classes::WIDE_PAREN) { 0xef } else { b')' };
    memchr::memchr3_iter(b'(', b')', wide, text.as_bytes()).filter_map(|at| {
        let mark = text[at..].chars().next()?;
        matches!(mark, '(' | ')' | '（' | '）').then_some((at, mark))
    })
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
    let head = chars::trim_end(&line.text()[..at]);
    let point = head.strip_suffix([':', ',', ';']);
    line.is_chinese_before(at) || point.is_some_and(|head| line.is_chinese_before(head.len()))
}
