use super::support;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars, scan};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-title-nest",
    doc: include_str!("pun_title_nest.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::ANGLE.or(Classes::WIDE_ANGLE), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.has(Classes::TITLE_MARK) {
        return;
    }
    let text = line.text();
    let mut found = Vec::new();
    let mut depth = 0usize;
    // The opening signs within the title that is open, and whether Han came after each.
    let mut open: Vec<(usize, bool)> = Vec::new();
    // Where the last character ended that was met: ideographs are passed over.
    let mut end = 0;
    scan::others(text.as_bytes(), 0, |at, _| {
        let c = text[at..].chars().next().unwrap_or_default();
        if at > end || chars::is_han(c) {
            open.last_mut().into_iter().for_each(|(_, han)| *han = true);
        }
        end = at + c.len_utf8();
        match c {
            '《' => depth += 1,
            '》' => {
                depth = depth.saturating_sub(1);
                open.clear();
            }
            '<' | '＜' if depth > 0 => open.push((at, false)),
            '>' | '＞' if depth > 0 => {
                if let Some((start, true)) = open.pop() {
                    let sign = text[start..].chars().next().map_or(1, char::len_utf8);
                    found.push((start..start + sign, "〈"));
                    found.push((at..at + c.len_utf8(), "〉"));
                    // What holds Han within holds Han.
                    if let Some((_, han)) = open.last_mut() {
                        *han = true;
                    }
                }
            }
            _ => {}
        }
    });
    support::replace_all(edits, found);
}
