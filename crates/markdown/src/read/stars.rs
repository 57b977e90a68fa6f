//! Bold words as Chinese authors mark them, where CommonMark's flanking rules read the marks otherwise:
//! `**注意：**请看` and `见**“重点”**处`.

use super::shelter::{EDGE, within};
use crate::emphasis::is_stuck;
use std::borrow::Cow;

/// A line whose `**` go in pairs, with a character that is no punctuation where punctuation keeps one from
/// beginning or ending what its pair makes bold. A line with anything else that could pair stays as it is.
pub(super) fn freed(line: &str) -> Cow<'_, str> {
    let start = line.len() - within(line).len();
    let start = start + if line[start..].starts_with("* ") { 2 } else { 0 };
    if !line.contains("**") || line.contains(['\\', '`', '<']) {
        return line.into();
    }
    let Some(marks) = marks(line, start) else { return line.into() };
    let mut out = String::new();
    let mut from = 0;
    for (number, &mark) in marks.iter().enumerate() {
        let (head, tail) = (&line[..mark], &line[mark + 2..]);
        let opens = number % 2 == 0;
        let (outside, inside) = if opens {
            (head.chars().next_back(), tail.chars().next())
        } else {
            (tail.chars().next(), head.chars().next_back())
        };
        if inside.is_none_or(char::is_whitespace) {
            return line.into();
        }
        if is_stuck(opens, inside, outside) {
            let at = if opens { mark + 2 } else { mark };
            out.push_str(&line[from..at]);
            out.push(EDGE);
            from = at;
        }
    }
    if from == 0 {
        return line.into();
    }
    out.push_str(&line[from..]);
    out.into()
}

/// Where the `**` of a line stand; nothing where they go in no pairs, or other asterisks stand among them.
fn marks(line: &str, start: usize) -> Option<Vec<usize>> {
    let mut marks = Vec::new();
    let mut at = start;
    while let Some(found) = line[at..].find('*') {
        let mark = at + found;
        let length = line[mark..].bytes().take_while(|&b| b == b'*').count();
        if length != 2 {
            return None;
        }
        marks.push(mark);
        at = mark + length;
    }
    (marks.len() % 2 == 0).then_some(marks)
}
