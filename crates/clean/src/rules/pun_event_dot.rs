use crate::{Action, Classes, Line, Pass, Profiles, Rule};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "pun-event-dot",
    doc: include_str!("pun_event_dot.md"),
    pass: Pass::Punctuation,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::CURLY, apply),
};

/// How far behind the quotes the word may stand that makes a day of the numbers.
const NEAR: usize = 12;

const WORDS: [&str; 16] = [
    "日",
    "节",
    "事件",
    "事变",
    "运动",
    "惨案",
    "起义",
    "讲话",
    "地震",
    "活动",
    "晚会",
    "案",
    "宣传月",
    "宣传周",
    "活动周",
    "周年",
];

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    for (open, sign) in text.match_indices('“') {
        let inner = &text[open + sign.len()..];
        let Some((day, rest)) =
            inner.split_at_checked(inner.bytes().take(6).position(|b| b == 0xe2).unwrap_or(0))
        else {
            continue;
        };
        let Some(rest) = rest.strip_prefix('”') else { continue };
        let Some((month, date)) = day.split_once('.') else { continue };
        let within = |number: &str, limit| {
            number.len() <= 2 && number.parse().is_ok_and(|n: u32| (1..=limit).contains(&n))
        };
        let clause: String =
            rest.chars().take(NEAR).take_while(|c| !matches!(c, '，' | '。' | '；' | '、' | '“')).collect();
        // A unit follows an amount: “2.5”天休假日.
        let is_amount = rest.starts_with(['倍', '元', '天', '分', '米', '级', '吨', '亿', '万', '个']);
        let named = !is_amount && WORDS.iter().any(|word| clause.contains(word));
        if within(month, 12) && within(date, 31) && named {
            let dot = open + sign.len() + month.len();
            edits.replace(dot..dot + 1, "·");
        }
    }
}
