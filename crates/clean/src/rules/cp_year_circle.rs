use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "cp-year-circle",
    doc: include_str!("cp_year_circle.md"),
    pass: Pass::CodePoints,
    profiles: Profiles::PUBLISH,
    action: Action::Text(Classes::CIRCLE.or(Classes::DIGIT).or(Classes::WIDE_ALNUM), apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let numeral = |c: char| "〇一二三四五六七八九○0０".contains(c);
    for (at, _) in text.match_indices('年') {
        let head = text[..at].trim_end_matches(numeral);
        let year: Vec<(usize, char)> = text[head.len()..at].char_indices().collect();
        let numerals = year.iter().filter(|(_, c)| chars::is_han(*c) && *c != '〇').count();
        let first = year.first().map_or(' ', |(_, c)| *c);
        // 二○○○年 has but one, in the place of the thousands.
        let enough = if matches!(first, '一' | '二') { 1 } else { 2 };
        if year.len() != 4 || numerals < enough || !chars::is_han(first) {
            continue;
        }
        for (offset, c) in year.into_iter().filter(|(_, c)| matches!(c, '○' | '0' | '０')) {
            let start = head.len() + offset;
            edits.replace(start..start + c.len_utf8(), "〇");
        }
    }
}
