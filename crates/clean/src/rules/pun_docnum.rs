use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "pun-docnum",
    doc: include_str!("pun_docnum.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::BRACKET.or(Classes::WIDE_BRACKET), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '[' | '［' | '【' | '﹝' | '〔')) {
        if !line.before(at).is_some_and(chars::is_han) {
            continue;
        }
        if let Some(found) = issue_number(text, at, c) {
            let spaces = text[..at].trim_end_matches(chars::is_space).len()..at;
            edits.delete(spaces);
            replace(edits, text, found.open, "〔");
            replace(edits, text, found.close, "〕");
            edits.delete(found.spaces);
        }
    }
}

fn replace(edits: &mut Edits, text: &str, range: Range<usize>, with: &'static str) {
    if &text[range.clone()] != with {
        edits.replace(range, with);
    }
}

struct IssueNumber {
    open: Range<usize>,
    close: Range<usize>,
    /// Between the number and 号.
    spaces: Range<usize>,
}

/// `[2024]15号`, `【2024】第 3 号`: a year in brackets and a number with 号, from the bracket at `at` on.
fn issue_number(text: &str, at: usize, c: char) -> Option<IssueNumber> {
    let open = at..at + c.len_utf8();
    let year = text.get(open.end..open.end + 4)?;
    let close_at = open.end + 4;
    let closing = text[close_at..].chars().next()?;
    let close = close_at..close_at + closing.len_utf8();
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit()) && matches!(&year[..2], "19" | "20");
    if !is_year || !matches!(closing, ']' | '］' | '】' | '﹞' | '〕') {
        return None;
    }
    let rest = text[close.end..].strip_prefix('第').unwrap_or(&text[close.end..]);
    let digits = rest.trim_start_matches(' ').trim_start_matches(|c: char| c.is_ascii_digit());
    let tail = digits.trim_start_matches(' ');
    let has_number = text[..text.len() - digits.len()].ends_with(|c: char| c.is_ascii_digit());
    let spaces = text.len() - digits.len()..text.len() - tail.len();
    (has_number && tail.starts_with('号')).then_some(IssueNumber { open, close, spaces })
}
