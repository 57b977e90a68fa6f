//! What stands before an item or a heading: 第一章, 一、, （一）, 1., （1）, 1）, ①, 1.2.1.

mod references;

use crate::Classes;
use crate::chars::{self, is_han};
use qingwen_model::Text;
use references::{counts_kinds, counts_on, refers_to_article, refers_to_division, refers_to_item};

/// The kinds of enumerator, in the order official documents nest them (GB/T 9704-2012, 7.3.3, with the parts
/// of laws above).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// 第一编
    Book,
    /// 第一分编
    SubBook,
    /// 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 1.1, 1.2.1: as many levels as it has numbers.
    Decimal,
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 1.
    Arabic,
    /// （1）
    ArabicParen,
    /// 1）
    ArabicRight,
    /// ①
    Circled,
}

impl Class {
    /// How many classes there are.
    pub(crate) const COUNT: usize = 13;

    /// Whether it numbers the parts of a law, which are headings whatever follows.
    pub(crate) fn is_division(self) -> bool {
        matches!(self, Class::Book | Class::SubBook | Class::Part | Class::Chapter | Class::Section)
    }
}

/// An enumerator at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Enumerator {
    /// Its kind.
    pub(crate) class: Class,
    /// Its number; for a decimal the last of its numbers.
    pub(crate) number: u32,
    /// How many numbers a decimal has; 1 for all others.
    pub(crate) parts: u8,
    /// The byte at which it begins: after white space.
    pub(crate) start: usize,
    /// The byte after its last sign.
    pub(crate) end: usize,
    /// The byte at which the words begin: after white space.
    pub(crate) body: usize,
}

/// The enumerator a paragraph begins with. What only looks like one is none: `（一）项`, `一、二、三产业`,
/// `3.15消费者`, `第三条例`.
pub(crate) fn parse(text: &str) -> Option<Enumerator> {
    let trimmed = chars::strip_start(text);
    let start = text.len() - trimmed.len();
    let (class, number, parts, length) = match trimmed.chars().next()? {
        '第' => division(trimmed)?,
        '（' | '(' => in_brackets(trimmed)?,
        c @ '\u{2460}'..='\u{2473}' => (Class::Circled, c as u32 - 0x245f, 1, c.len_utf8()),
        c @ '\u{2474}'..='\u{2487}' => (Class::ArabicParen, c as u32 - 0x2473, 1, c.len_utf8()),
        c @ '\u{3220}'..='\u{3229}' => (Class::HanParen, c as u32 - 0x321f, 1, c.len_utf8()),
        c if digit(c).is_some() => arabic(trimmed)?,
        c if begins_numeral(c) => han(trimmed)?,
        _ => return None,
    };
    let after = &trimmed[length..];
    let body = text.len() - chars::strip_start(after).len();
    Some(Enumerator { class, number, parts, start, end: start + length, body })
}

/// Whether a text may begin with an enumerator, its first character not being white space: a number stands where it
/// would, and a sign behind it. Never wrongly `false`, so that [`parse`] need not be asked.
pub(crate) fn may_begin(text: &str) -> bool {
    let is_number = |c: char| digit(c).is_some() || sign(c).is_some();
    let mut chars = text.chars();
    match chars.next() {
        Some('第' | '（' | '(') => chars.find(|c| !c.is_whitespace()).is_some_and(is_number),
        Some('\u{2460}'..='\u{2487}' | '\u{3220}'..='\u{3229}') => true,
        Some(c) if is_number(c) => {
            matches!(chars.find(|c| !is_number(*c)), Some('.' | '．' | '、' | '）' | ')'))
        }
        _ => false,
    }
}

/// The enumerator that a paragraph begins with, which is looked for only where one may stand.
pub(crate) fn of(text: &Text) -> Option<Enumerator> {
    if Classes::within(text).meet(Classes::NUMBERED) { parse(text.as_str()) } else { None }
}

type Found = (Class, u32, u8, usize);

/// 第一章 and its kin. 第三条例 and 第二章规定的 are words in a sentence.
fn division(text: &str) -> Option<Found> {
    let rest = text.strip_prefix('第')?;
    let (number, length) = numeral(chars::strip_start(rest))?;
    let spaces = rest.len() - chars::strip_start(rest).len();
    let unit_at = '第'.len_utf8() + spaces + length;
    let unit = chars::strip_start(&text[unit_at..]);
    let units = [
        ("分编", Class::SubBook),
        ("编", Class::Book),
        ("部分", Class::Part),
        ("章", Class::Chapter),
        ("节", Class::Section),
        ("条", Class::Article),
    ];
    let (name, class) = units.into_iter().find(|(name, _)| unit.starts_with(name))?;
    let mut end = text.len() - unit.len() + name.len();
    let mut after = &text[end..];
    if class == Class::Article && after.starts_with('之') {
        // 第二百八十七条之一
        let (_, length) = numeral(&after['之'.len_utf8()..])?;
        end += '之'.len_utf8() + length;
        after = &text[end..];
    }
    // 第三编辑部, 第二节课
    let names: &[char] = match class {
        Class::Book => &['辑', '组', '制', '写', '外', '码', '译', '排', '队', '委'],
        Class::Section => &['课', '目', '能', '约'],
        _ => &[],
    };
    let refers = if class == Class::Article { refers_to_article(after) } else { refers_to_division(after) };
    if refers || after.starts_with(names) {
        return None;
    }
    Some((class, number, 1, end))
}

/// （一） and （1）, whatever the width of either bracket. （一）项 and （一）至（三） refer to an item.
fn in_brackets(text: &str) -> Option<Found> {
    let inner = chars::strip_start(text.strip_prefix(['（', '('])?);
    let ((number, length), class) = match inner.chars().next()? {
        c if digit(c).is_some() => (arabic_number(inner)?, Class::ArabicParen),
        _ => (numeral(inner)?, Class::HanParen),
    };
    let rest = &inner[length..];
    let close = chars::strip_start(rest);
    let bracket = close.chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let after = &close[bracket.len_utf8()..];
    if number >= 100 || refers_to_item(chars::strip_start(after)) {
        return None;
    }
    Some((class, number, 1, text.len() - after.len()))
}

/// 1. 1． 1、 1） 1.2.1. What follows tells 1.5万元 and 2024.1.5 apart, and 1、2号楼 from 1、2024年.
fn arabic(text: &str) -> Option<Found> {
    let (number, length) = arabic_number(text)?;
    let rest = &text[length..];
    match rest.chars().next()? {
        '.' | '．' => {
            let point = rest.chars().next()?.len_utf8();
            let after = &rest[point..];
            if after.starts_with(|c| digit(c).is_some()) {
                let is_item = number < 100 && begins_with_year(after);
                let item = is_item.then_some((Class::Arabic, number, 1, length + point));
                return item.or_else(|| decimal(text));
            }
            let first = chars::strip_start(after).chars().next()?;
            let is_item = number < 100 && length <= 6 && !matches!(first, '.' | '．');
            is_item.then_some((Class::Arabic, number, 1, length + point))
        }
        '、' => {
            let after = &rest['、'.len_utf8()..];
            let words = after.trim_start_matches(|c| digit(c).is_some());
            let digits = after[..after.len() - words.len()].chars().count();
            // 1、2024年, 1、12345热线, 1、5G基站: no list of numbers goes on so.
            let counts_on = digits > 0 && digits < 3 && !words.starts_with(|c: char| c.is_ascii_alphabetic());
            let is_item = number < 100 && !after.is_empty() && !counts_on;
            is_item.then_some((Class::Arabic, number, 1, length + '、'.len_utf8()))
        }
        '）' | ')' => {
            let bracket = rest.chars().next()?.len_utf8();
            (number < 100).then_some((Class::ArabicRight, number, 1, length + bracket))
        }
        _ => None,
    }
}

/// Whether words begin with a year: 2024年, 2024—2026年.
fn begins_with_year(words: &str) -> bool {
    let past_year = |words: &str| -> Option<usize> {
        let rest = words.trim_start_matches(|c| digit(c).is_some());
        (words[..words.len() - rest.len()].chars().count() == 4).then_some(words.len() - rest.len())
    };
    let Some(length) = past_year(words) else { return false };
    let rest = &words[length..];
    let until = rest.trim_start_matches(['-', '－', '—', '–', '～', '~', '至']);
    let is_range =
        until.len() < rest.len() && past_year(until).is_some_and(|at| until[at..].starts_with('年'));
    rest.starts_with('年') || is_range
}

/// 1.1 and 1.2.1, followed by a space and a Han character or letter, as standards number their clauses.
fn decimal(text: &str) -> Option<Found> {
    let (mut at, mut parts) = (0, 0u8);
    let last = loop {
        let (number, length) = arabic_number(&text[at..])?;
        if number >= 100 || parts == 6 {
            return None;
        }
        (parts, at) = (parts + 1, at + length);
        match text[at..].chars().next() {
            Some(c @ ('.' | '．')) if text[at + c.len_utf8()..].starts_with(|c| digit(c).is_some()) => {
                at += c.len_utf8();
            }
            Some(' ' | '\u{3000}' | '\t' | '\u{a0}') => break number,
            _ => return None,
        }
    };
    let first = chars::strip_start(&text[at..]).chars().next()?;
    let words = is_han(first) || first.is_alphabetic() || matches!(first, '“' | '《' | '（');
    (parts > 1 && words).then_some((Class::Decimal, last, parts, at))
}

/// Whether a line begins with a number that has a point within: 1.1术语, 1.5万元, 12.4国家宪法日.
pub(crate) fn begins_with_decimal(text: &str) -> bool {
    arabic_number(text).is_some_and(|(_, length)| {
        text[length..].strip_prefix(['.', '．']).is_some_and(|rest| rest.starts_with(|c| digit(c).is_some()))
    })
}

/// The number of a clause as standards write it, without a point: `1 范围`.
pub(crate) fn clause(text: &str) -> Option<u32> {
    // Theses begin with 0 引言.
    let (number, length) = if text.starts_with("0 ") { (0, 1) } else { arabic_number(text)? };
    let rest = &text[length..];
    let words = chars::strip_start(rest);
    let is_clause = number < 100 && words.len() < rest.len() && words.starts_with(is_han) && !counts(words);
    is_clause.then_some(number)
}

/// Whether a line is the heading of a clause and no more: `1 范围`.
pub(crate) fn is_clause_line(text: &str) -> bool {
    const LONGEST: usize = 40;
    let text = chars::strip(text);
    text.len() <= 4 * LONGEST
        && clause(text).is_some()
        && text.chars().count() <= LONGEST
        && !chars::has_mark(text, ['。', '，', '；', '：'])
        && !text.ends_with('.')
}

/// Whether words begin with the unit of what a number before them counts: 人 and 个, but not 人员 and 个别.
fn counts(words: &str) -> bool {
    const UNITS: &str = "年月日号时分秒天周岁个名人位户家村组队班项条件种类次批届期轮级层楼栋室座处所台套辆艘起例宗份张本页\
元角万千百亿十余多来大倍成吨斤克升米里亩尺寸度平公毫厘小至到和与比或";
    const WORDS: &str =
        "员力工类析布部包别词称置外厕具庄织成合目件植型因限配间账源端理本平般度量果准序始化构";
    let mut chars = words.chars();
    chars.next().is_some_and(|c| UNITS.contains(c)) && !chars.next().is_some_and(|c| WORDS.contains(c))
}

/// 一、 一． 一. What only begins a list of numbers, as 一、二、三产业 and 一、二级公路 do, is none.
fn han(text: &str) -> Option<Found> {
    let (found, after) = han_sign(text)?;
    (!counts_on(found.1, after)).then_some(found)
}

/// 一、 and its kin, whatever stands after them, and that.
fn han_sign(text: &str) -> Option<(Found, &str)> {
    let (number, length) = numeral(text)?;
    let rest = &text[length..];
    let point = rest.chars().next().filter(|c| matches!(c, '、' | '．' | '.'))?;
    let after = &rest[point.len_utf8()..];
    let first = chars::strip_start(after).chars().next()?;
    let is_item = number < 100 && (point == '、' || is_han(first));
    is_item.then_some(((Class::Han, number, 1, length + point.len_utf8()), after))
}

/// What may be an item 一、 or a list of numbers, by its words alone: 二、三季度工作安排.
pub(crate) fn ambiguous(text: &str) -> Option<Enumerator> {
    let trimmed = chars::strip_start(text);
    let start = text.len() - trimmed.len();
    trimmed.chars().next().filter(|c| begins_numeral(*c))?;
    let ((class, number, parts, length), after) = han_sign(trimmed)?;
    let (next, counted) = numeral(after)?;
    let end = start + length;
    let is_either = next > number && counts_kinds(&after[counted..]) && !text.contains('。');
    is_either.then_some(Enumerator { class, number, parts, start, end, body: end })
}

/// The same, looked for only where it may stand.
pub(crate) fn ambiguous_of(text: &Text) -> Option<Enumerator> {
    if Classes::within(text).meet(Classes::NUMBERED) { ambiguous(text.as_str()) } else { None }
}

/// An Arabic number, of either width, and its length in bytes.
fn arabic_number(text: &str) -> Option<(u32, usize)> {
    let (mut number, mut length) = (0u32, 0);
    for c in text.chars() {
        let Some(digit) = digit(c) else { break };
        number = number.checked_mul(10)?.checked_add(digit)?;
        length += c.len_utf8();
        if length > 18 {
            return None;
        }
    }
    (length > 0 && number > 0).then_some((number, length))
}

/// A Chinese or Arabic number up to 9999, and its length in bytes: 一, 十二, 一百零三, 二〇.
pub(crate) fn numeral(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    if digit(first).is_some() {
        return arabic_number(text).filter(|(number, _)| *number <= 9999);
    }
    let (mut total, mut last, mut length, mut positional) = (0u32, None::<u32>, 0, 0u32);
    for c in text.chars() {
        match sign(c) {
            Some(Sign::Digit(digit)) => {
                positional += u32::from(last.is_some());
                last = Some(last.map_or(digit, |l| (l * 10 + digit).min(9999)));
            }
            Some(Sign::Unit(unit)) => total += last.take().unwrap_or(1).max(1) * unit,
            Some(Sign::Zero) => {
                positional += u32::from(last.is_some());
                last = last.map(|l| (l * 10).min(9999));
            }
            None => break,
        }
        length += c.len_utf8();
        if length > 27 || total > 9999 {
            return None;
        }
    }
    let number = total + last.unwrap_or(0);
    (number > 0 && (positional == 0 || total == 0)).then_some((number, length))
}

/// The value of a digit of either width.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - 0x30),
        '０'..='９' => Some(c as u32 - 0xff10),
        _ => None,
    }
}

/// What a character says in a Chinese number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Digit(u32),
    Unit(u32),
    Zero,
}

fn sign(c: char) -> Option<Sign> {
    Some(match c {
        '一' => Sign::Digit(1),
        '二' | '两' => Sign::Digit(2),
        '三' => Sign::Digit(3),
        '四' => Sign::Digit(4),
        '五' => Sign::Digit(5),
        '六' => Sign::Digit(6),
        '七' => Sign::Digit(7),
        '八' => Sign::Digit(8),
        '九' => Sign::Digit(9),
        '十' => Sign::Unit(10),
        '百' => Sign::Unit(100),
        '千' => Sign::Unit(1000),
        '零' | '〇' | '○' => Sign::Zero,
        _ => return None,
    })
}

/// Whether a Chinese number that numbers something may begin so: with any of its signs but zero.
fn begins_numeral(c: char) -> bool {
    matches!(sign(c), Some(Sign::Digit(_) | Sign::Unit(_)))
}

#[cfg(test)]
mod tests;
