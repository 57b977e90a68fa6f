use crate::structure::enumerator::digit;
use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-time-colon",
    doc: include_str!("cp_time_colon.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::TIME.or(Classes::WIDE_ALNUM), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let colon = '：'.len_utf8();
    let mut from = 0;
    for (at, _) in text.match_indices('：') {
        if at < from {
            continue;
        }
        let hour = digits_before(&text[from..at]);
        let minute = digits_after(&text[at + colon..]);
        if !is_below(hour, 25) || minute.chars().count() != 2 || !is_below(minute, 60) {
            continue;
        }
        let end = at + colon + minute.len();
        let second = text[end..].strip_prefix('：').map(digits_after);
        if text[end..].starts_with('：')
            && !second.is_some_and(|second| second.chars().count() == 2 && is_below(second, 60))
        {
            continue;
        }
        from = end;
        let before = &text[..at - hour.len()];
        if is_ratio(before, &text[end..]) || is_label(before) {
            continue;
        }
        edits.replace(at..at + colon, ":");
        if let Some(second) = second {
            edits.replace(end..end + colon, ":");
            from = end + colon + second.len();
        }
    }
}

/// Whether a number is one or two digits and below a limit.
fn is_below(number: &str, limit: u32) -> bool {
    let value = number.chars().filter_map(digit).fold(0, |value, digit| (value * 10 + digit).min(limit));
    (1..=2).contains(&number.chars().count()) && value < limit
}

fn digits_before(text: &str) -> &str {
    &text[text.trim_end_matches(|c| digit(c).is_some()).len()..]
}

fn digits_after(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|c| digit(c).is_some()).len()]
}

/// Whether a number belongs to a label before it: 附件1：15份.
fn is_label(before: &str) -> bool {
    let before = before.trim_end();
    ["附件", "附录", "附表", "附图", "图", "表", "注", "专栏", "公式", "例"]
        .iter()
        .any(|word| before.ends_with(word))
        && !before.ends_with("代表")
}

/// Whether the words around say that two numbers are compared: those of the same clause, 9：30召开，比分3：2 has a time.
fn is_ratio(before: &str, after: &str) -> bool {
    const NEAR: usize = 6;
    let within = |c: &char| !matches!(c, '，' | '。' | '；' | '！' | '？');
    let length: usize = before.chars().rev().take(NEAR).take_while(within).map(char::len_utf8).sum();
    let near = &before[before.len() - length..];
    let next: String = after.chars().take(NEAR).take_while(within).collect();
    near.contains(['比', '按', '以', '将'])
        || ["坡度", "倍数"].iter().any(|word| near.contains(word))
        || next.contains(['比', '胜', '负', '平', '稀', '混'])
}
