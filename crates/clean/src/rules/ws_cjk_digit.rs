use super::support;
use crate::structure::enumerator;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars, literal};
use qingwen_model::Edits;
use std::ops::Range;

pub(crate) static RULE: Rule = Rule {
    id: "ws-cjk-digit",
    doc: include_str!("ws_cjk_digit.md"),
    pass: Pass::Lines,
    profiles: Profiles::VISIBLE,
    action: Action::Text(Classes::SPACES, apply),
};

/// A number this long is a telephone, an account, an identity card.
const IDENTIFIER: usize = 7;

fn apply(line: &Line<'_>, edits: &mut Edits) {
    if !line.has(Classes::DIGIT) || !line.has(Classes::HAN) {
        return;
    }
    let text = line.text();
    let label = support::label_end(text);
    let margins = literal::within_margins(text);
    for number in numbers(line) {
        let token = &text[number.clone()];
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        let at_start = number.start <= margins.start;
        let decimal = at_start && is_section(token);
        let words = chars::trim_start(&text[number.end..]);
        // What only looks like the number of a section.
        let counts =
            decimal && (is_quantity(words) || is_named_day(token, words)) || at_start && is_date(token);
        let enumerator = at_start
            && (token.ends_with(['.', ')', ':', ','])
                || decimal && !counts
                || enumerator::is_clause_line(text));
        let identifies = digits >= IDENTIFIER && !is_years(token, &text[number.end..]);
        if identifies || enumerator || line.is_protected(number.start) {
            continue;
        }
        let (before, after) = (line.before(number.start), line.after(number.end));
        let edge_after = number.end >= margins.end;
        let fits_before = at_start || before.is_some_and(chars::is_chinese);
        let fits_after = edge_after || after.is_some_and(chars::is_chinese);
        if !fits_before || !fits_after || (before, after) == (Some('—'), Some('—')) {
            continue;
        }
        let spaces = line.with_spaces(number.clone());
        let keeps_before = label > 0 && label == spaces.start || counts_items(text, &number, before);
        if spaces.start < number.start && !keeps_before {
            edits.delete(spaces.start..number.start);
        }
        let gap = number.end..spaces.end;
        if !gap.is_empty() && (counts || label != gap.start) && !support::parts_labels(text, &gap) {
            edits.delete(gap);
        }
    }
}

/// Whether a number within a line counts an item of a list that was set into one line: …加强学习 2. 严格管理.
fn counts_items(text: &str, number: &Range<usize>, before: Option<char>) -> bool {
    let (head, token) = (&text[..number.start], &text[number.clone()]);
    let digits = token.strip_suffix(['.', ')']).unwrap_or_default();
    let closes =
        || token.ends_with(')') && head.matches(['(', '（']).count() > head.matches([')', '）']).count();
    (1..=2).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && before.is_some_and(chars::is_han)
        && text[number.end..].chars().any(chars::is_han)
        && !closes()
}

/// Whether a number with many digits is two years: 2021-2025 年.
fn is_years(number: &str, after: &str) -> bool {
    let year = |text: &str| {
        text.len() == 4 && text.starts_with(['1', '2']) && text.bytes().all(|b| b.is_ascii_digit())
    };
    chars::trim_start(after).starts_with('年')
        && number
            .split_once(['-', '~', '～', '–', '/'])
            .is_some_and(|(first, last)| year(first) && year(last))
}

/// Whether a number may be that of a section: 1.2, 1.2.1.
fn is_section(number: &str) -> bool {
    let part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    number.contains('.') && number.split('.').all(part)
}

/// Whether a number with points is a date that begins with its year: 2024.1.5.
fn is_date(number: &str) -> bool {
    let mut parts = number.split('.');
    let year = parts.next().is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    let within = |part: &str, most: u32| part.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
    year && parts.next().is_some_and(|month| within(month, 12))
        && parts.next().is_none_or(|day| within(day, 31))
}

/// Whether a month and a day with a point between stand before the name of the day: 3.15 消费者权益保护日, 12.4 国家宪法日.
/// A number of a section may be that of any day, so the day must have its own name.
fn is_named_day(number: &str, words: &str) -> bool {
    const NEAR: usize = 12;
    const DAYS: &[(&str, &str)] = &[
        ("3.8", "妇女节"),
        ("3.12", "植树"),
        ("3.15", "消费者"),
        ("3.15", "晚会"),
        ("3.22", "水日"),
        ("4.15", "国家安全"),
        ("4.23", "读书"),
        ("4.26", "知识产权"),
        ("5.1", "劳动节"),
        ("5.4", "青年节"),
        ("5.12", "护士节"),
        ("5.12", "防灾减灾"),
        ("5.12", "汶川"),
        ("5.31", "无烟"),
        ("6.1", "儿童节"),
        ("6.5", "环境日"),
        ("6.14", "献血"),
        ("6.25", "土地日"),
        ("6.26", "禁毒"),
        ("7.1", "建党"),
        ("7.7", "事变"),
        ("8.1", "建军节"),
        ("9.10", "教师节"),
        ("9.18", "事变"),
        ("9.30", "烈士"),
        ("10.1", "国庆"),
        ("10.16", "粮食日"),
        ("11.9", "消防"),
        ("12.1", "艾滋病"),
        ("12.2", "交通安全日"),
        ("12.3", "残疾人日"),
        ("12.4", "宪法"),
        ("12.5", "志愿者日"),
        ("12.9", "运动"),
        ("12.13", "公祭"),
    ];
    let length = words.char_indices().nth(NEAR).map_or(words.len(), |(at, _)| at);
    let near = words[..length].split(['，', '。', '；', '、']).next().unwrap_or_default();
    DAYS.iter().any(|(day, name)| *day == number && near.contains(name))
}

/// Whether words begin with what a decimal counts: 万元, 个百分点, 公里. Many a section is named 人员 or 公共设施, so
/// what might begin a name is asked for more.
fn is_quantity(words: &str) -> bool {
    const UNITS: [&str; 27] = [
        "个百分点",
        "百分点",
        "个月",
        "个小时",
        "个工作日",
        "小时",
        "公里",
        "公斤",
        "公顷",
        "千米",
        "千克",
        "千瓦",
        "兆瓦",
        "平方米",
        "平方公里",
        "平方千米",
        "立方米",
        "厘米",
        "毫米",
        "海里",
        "英里",
        "英寸",
        "百万",
        "千万",
        "美元",
        "欧元",
        "港元",
    ];
    const SHORT: &str = "元吨亩倍米级度克升斤户人年天";
    let mut chars = words.chars();
    let (first, next) = (chars.next(), chars.next());
    let closes = |c: char| chars::is_chinese_mark(c) || chars::is_space(c) || "的以左之至到".contains(c);
    UNITS.iter().any(|unit| words.starts_with(unit))
        || matches!(first, Some('万' | '亿'))
            && next.is_none_or(|c| "元亩吨人户名个平立公千米件条头只株套份册字方亿余多美欧港次".contains(c))
        || first.is_some_and(|c| SHORT.contains(c)) && next.is_none_or(closes)
}

/// Numbers that have a space beside them, with all that is attached to them: `98.5%`, `3-5`. Not those with a
/// letter.
fn numbers<'a>(line: &'a Line<'_>) -> impl Iterator<Item = Range<usize>> + 'a {
    let text = line.text();
    let part = |c: char| !chars::is_space(c) && !chars::is_chinese(c) && c != '\n';
    let within = |gap: &&Range<usize>| gap.start > 0 && gap.end < text.len();
    let mut last = None;
    line.spaces()
        .iter()
        .filter(within)
        .flat_map(move |gap| {
            let (head, rest) = (&text[..gap.start], &text[gap.end..]);
            let before =
                head.ends_with(is_part_of_number).then(|| head.trim_end_matches(part).len()..gap.start);
            let length = || rest.find(|c| !part(c)).unwrap_or(rest.len());
            let after = rest.starts_with(begins_number).then(|| gap.end..gap.end + length());
            [before, after].into_iter().flatten()
        })
        .filter(move |token| {
            let new = last.replace(token.start) != Some(token.start);
            new && is_number(&text[token.clone()])
        })
}

fn is_number(token: &str) -> bool {
    token.starts_with(begins_number)
        && token.contains(|c: char| c.is_ascii_digit())
        && token.chars().all(is_part_of_number)
}

fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '±')
}

fn is_part_of_number(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '.' | ',' | '%' | '‰' | '℃' | '+' | '-' | '±' | '~' | '～' | '–' | '/' | ':' | ')')
}
