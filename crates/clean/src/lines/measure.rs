//! How wide lines are, how wide they could be, and what stands between two that are joined.

use crate::chars::{self, is_han};
use qingwen_model::{Align, Block, Extent, Shape};

/// Whether a mark cannot begin a line (GB/T 15834-2011, 5.1.1 and 5.1.3).
pub(crate) fn cannot_begin(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '…' | '％') || chars::is_closing(c)
}

/// Whether a mark cannot end a line (GB/T 15834-2011, 5.1.3).
pub(crate) fn cannot_end(c: char) -> bool {
    chars::is_opening(c)
}

/// Width in cells of a fixed-width screen: two for what is wide, full-width or ambiguous.
pub(crate) fn cells(c: char) -> u32 {
    match c {
        ' '..='\u{ff}' => 1 + u32::from(matches!(c, '·' | '×' | '÷' | '±' | '§' | '°')),
        '\t' => 4,
        '\u{100}'..='\u{10ff}' | '\u{ff61}'..='\u{ff9f}' => 1,
        _ => 2,
    }
}

/// Whether a line begins with a label: 乙方（承租方）：某某公司。
pub(super) fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 12;
    let text = chars::strip_start(text);
    // No character takes more than four bytes.
    let near = &text.as_bytes()[..text.len().min(4 * LONGEST + 3)];
    let is_colon = |at: &usize| near[*at] == b':' || near[*at..].starts_with("：".as_bytes());
    let colon = memchr::memchr2_iter(b':', "：".as_bytes()[0], near).find(is_colon);
    colon.is_some_and(|at| {
        let (label, rest) = text.split_at(at);
        let behind = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        let is_label = label.ends_with(|c| is_han(c) || matches!(c, '）' | ')'));
        is_label && (2..=LONGEST).contains(&label.chars().count()) && !chars::strip_start(behind).is_empty()
    })
}

/// Whether a line is set in the middle of its column. A line that nearly fills it only seems to be.
pub(crate) fn is_centred(shape: &Shape) -> bool {
    const ROOM: f32 = 1.5;
    shape.align == Align::Center && shape.slack.is_none_or(|slack| slack >= ROOM && shape.indent >= ROOM)
}

/// Room the beginning of a line would have needed at the end of the one before, in em: what cannot be divided, a
/// word or a character with the marks that may not begin a line.
pub(crate) fn first_piece(text: &str) -> f32 {
    let mut width = 0;
    let (mut in_word, mut done) = (false, false);
    let text = chars::strip_start(text);
    // An address that is all of a line may stand for itself.
    let is_address = text.starts_with("http") && text.contains(|c: char| c.is_whitespace() || is_han(c));
    let mut chars = text.chars().take(40);
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let before = std::mem::replace(&mut last, c);
        let is_digit = |c: &char| c.is_ascii_digit();
        // 12,650.00 and 9:00
        let in_number = || {
            matches!(c, ',' | ':') && is_digit(&before) && chars.clone().next().is_some_and(|c| is_digit(&c))
        };
        let is_word = c.is_ascii_alphanumeric()
            || matches!(c, '.' | '%' | '+' | '-' | '/' | '@' | '_')
            || (is_address && matches!(c, ':' | '?' | '=' | '&' | '#' | '~'))
            || in_number();
        if (in_word && !is_word || done) && !cannot_begin(c) {
            break;
        }
        width += cells(c);
        done |= cannot_begin(c) || !(is_word || cannot_end(c));
        in_word = is_word;
    }
    width as f32 / 2.0
}

/// What stands between two lines that are joined: nothing where either side is Chinese or both are digits, a
/// space between Latin words.
pub(crate) fn joiner(before: &str, after: &str) -> &'static str {
    let (Some(left), Some(right)) =
        (chars::strip_end(before).chars().next_back(), chars::strip_start(after).chars().next())
    else {
        return "";
    };
    let wide = |c: char| c >= '\u{1100}' && !('\u{2000}'..'\u{2e80}').contains(&c);
    let ambiguous = |c: char| ('\u{2000}'..'\u{2e80}').contains(&c) || matches!(c, '·' | '×' | '÷' | '±');
    let chinese = || [before, after].iter().any(|text| has_han(text));
    if wide(left) || wide(right) || ((ambiguous(left) || ambiguous(right)) && chinese()) {
        return "";
    }
    if left.is_ascii_digit() && right.is_ascii_digit() && chinese() {
        return "";
    }
    let cites = || {
        let mut right = chars::strip_start(after).chars();
        right.next() == Some('[') && right.next().is_some_and(|c| c.is_ascii_digit())
    };
    if matches!(left, '¥' | '$' | '€' | '£') && right.is_ascii_digit()
        || matches!(right, ')' | ']')
        || (cites() && chinese())
    {
        return "";
    }
    if left == '-' && right.is_lowercase() {
        return "";
    }
    let goes_on = || {
        let left = left.is_ascii_digit() && continues_number(chars::strip_start(after));
        left || right.is_ascii_digit() && breaks_number(chars::strip_end(before))
    };
    if chinese() && goes_on() {
        return "";
    }
    let divides = || right.is_ascii_digit() && divides_number(before.trim_end());
    // A number alone may be that of a line.
    let word = after.trim_start().bytes().take_while(u8::is_ascii_graphic).count();
    if divides() || (word >= 2 && right.is_ascii_alphanumeric() && ends_in_address(before.trim_end())) {
        ""
    } else {
        " "
    }
}

/// Whether a text begins with what only goes on a number: %, .5, -8234
fn continues_number(text: &str) -> bool {
    let rest = text.strip_prefix(['.', ',', '-', ':']);
    text.starts_with(['%', '‰']) || rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends within a number that is not all of it: 经费1. and 12,
fn breaks_number(text: &str) -> bool {
    let number = text.strip_suffix(['.', ',', ':', '-', '/']);
    number.is_some_and(|number| {
        let head = number.trim_end_matches(|c: char| c.is_ascii_digit());
        head.len() < number.len() && !head.trim().is_empty()
    })
}

/// Whether a text ends within a time or a telephone number: 17: or 0431-
fn divides_number(text: &str) -> bool {
    let number = text.strip_suffix([':', '-']);
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends in the path of an address.
fn ends_in_address(text: &str) -> bool {
    const LONGEST: usize = 200;
    let is_part = |c: &char| c.is_ascii_graphic();
    let length = text.chars().rev().take(LONGEST).take_while(is_part).count();
    text.ends_with('/') && text[text.len() - length..].contains("://")
}

/// Whether there is a Han character among the first few hundred.
pub(super) fn has_han(text: &str) -> bool {
    text.chars().take(200).any(is_han)
}

/// The looks of a block that is one physical line of a paragraph.
pub(crate) fn line(block: &Block) -> Option<(&Shape, &str)> {
    let shape = block.shape.as_ref().filter(|shape| shape.extent == Extent::Line)?;
    Some((shape, block.as_paragraph()?.as_str()))
}
