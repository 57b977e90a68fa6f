use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-event-dot",
    doc: include_str!("pun_event_dot.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::CURLY, apply),
};

/// Words after a date in quotes that make it the name of a day.
const WORDS: [&str; 10] = ["日", "节", "事件", "惨案", "运动", "起义", "事变", "革命", "地震", "讲话"];
/// How far after the quotes such a word may stand, in characters.
const REACH: usize = 12;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.is_chinese() {
        return;
    }
    let text = line.text();
    for (open, quote) in text.match_indices('“') {
        let start = open + quote.len();
        let Some(length) = text[start..].find('”') else { return };
        let Some(dot) = text[start..start + length].find('.') else { continue };
        let (month, day) = (&text[start..start + dot], &text[start + dot + 1..start + length]);
        if is_number(month, 12) && is_number(day, 31) && is_event(&text[start + length + '”'.len_utf8()..])
        {
            edits.replace(start + dot..start + dot + 1, "·");
        }
    }
}

/// Whether this is a number from 1 to `most` without a leading zero.
fn is_number(digits: &str, most: u32) -> bool {
    !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
}

/// Whether what follows, up to the next mark of punctuation, names a day or an event.
fn is_event(rest: &str) -> bool {
    let end = rest.char_indices().take(REACH).take_while(|(_, c)| chars::is_han(*c)).last();
    let clause = end.map_or("", |(at, c)| &rest[..at + c.len_utf8()]);
    !clause.starts_with(['个', '倍', '万', '亿', '元', '米'])
        && WORDS.iter().any(|word| clause.contains(word))
}
