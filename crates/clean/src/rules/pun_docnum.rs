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
    for (open, mark) in text.char_indices().filter(|(_, c)| matches!(c, '[' | '［' | '【' | '﹝' | '〔'))
    {
        let head = chars::trim_end(&text[..open]);
        let year = &text[open + mark.len_utf8()..];
        let digits = year.bytes().take_while(u8::is_ascii_digit).count();
        let Some(close) =
            year[digits..].chars().next().filter(|c| matches!(c, ']' | '］' | '】' | '﹞' | '〕'))
        else {
            continue;
        };
        let end = open + mark.len_utf8() + digits + close.len_utf8();
        let is_year = digits == 4 && (year.starts_with("19") || year.starts_with("20"));
        let Some((number, sign)) = number(&text[end..]).filter(|_| is_year && head.ends_with(chars::is_han))
        else {
            continue;
        };
        edits.replace(head.len()..open + mark.len_utf8(), "〔");
        edits.replace(end - close.len_utf8()..end + number.start, "〕");
        if number.end < sign {
            edits.delete(end + number.end..end + sign);
        }
    }
}

/// The number that follows the year, 第 included, and where its 号 stands.
fn number(text: &str) -> Option<(Range<usize>, usize)> {
    let body = chars::trim_start(text);
    let start = text.len() - body.len();
    let digits = chars::trim_start(body.strip_prefix('第').unwrap_or(body));
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign = chars::trim_start(rest);
    let behind = sign.strip_prefix('号');
    // 1号楼 is no number of a document.
    let is_place = behind.is_some_and(|behind| behind.starts_with(['楼', '院', '线', '机', '井']));
    let found = rest.len() < digits.len() && digits.len() - rest.len() <= 5 && behind.is_some() && !is_place;
    found.then(|| (start..text.len() - rest.len(), text.len() - sign.len()))
}
