//! Instructions of Word's fields in plain text (ECMA-376 Part 1, 17.16).

use std::ops::Range;

/// What may follow the name of a field before its switches.
#[derive(Clone, Copy, PartialEq)]
enum Argument {
    None,
    /// An address, quoted or not.
    Address,
    /// The name of a bookmark.
    Bookmark,
    /// Any word.
    Word,
    /// The name of a program's class, mostly with a dot in it.
    Class,
    /// The name of a series.
    Series,
}

const FIELDS: [(&str, Argument); 15] = [
    ("HYPERLINK", Argument::Address),
    ("PAGEREF", Argument::Bookmark),
    ("NOTEREF", Argument::Bookmark),
    ("REF", Argument::Bookmark),
    ("TOC", Argument::None),
    ("SEQ", Argument::Series),
    ("PAGE", Argument::None),
    ("NUMPAGES", Argument::None),
    ("SECTIONPAGES", Argument::None),
    ("STYLEREF", Argument::Word),
    ("DATE", Argument::None),
    ("TIME", Argument::None),
    ("MERGEFIELD", Argument::Word),
    ("EMBED", Argument::Class),
    ("INCLUDEPICTURE", Argument::Address),
];

/// The instructions in a text, with the spaces after them, in order. The result of a field, which follows its
/// instruction, is not part of it.
pub(crate) fn codes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\* MERGEFORMAT") {
            let end = skip_spaces(text, at + word(&text[at + 3..]) + 3);
            found.push(at..end);
            at = end;
        } else if bytes[at].is_ascii_uppercase()
            // Not the rest of a word or of a path.
            && !at.checked_sub(1).is_some_and(|b| bytes[b].is_ascii_alphanumeric() || bytes[b] == b'\\')
        {
            let name = word(&text[at..]);
            let end = code(text, at, name);
            if let Some(end) = end {
                found.push(at..end);
            }
            at = end.unwrap_or(at + name);
        } else {
            at += 1;
        }
    }
    found
}

/// Where the instruction that begins with a name of this length ends, if it is one.
fn code(text: &str, start: usize, name: usize) -> Option<usize> {
    let (_, argument) = FIELDS.iter().find(|(field, _)| *field == &text[start..start + name])?;
    let mut at = start + name;
    // A switch, a quoted argument or a bookmark shows that this is no word of the author's.
    let mut sure = false;
    let first = skip_spaces(text, at);
    if first > at {
        let length = text[first..].find(char::is_whitespace).unwrap_or(text.len() - first);
        let token = &text[first..first + length];
        let taken = match argument {
            Argument::Bookmark => word(token) > 0 && !token.starts_with(|c: char| c.is_ascii_digit()),
            Argument::Word | Argument::Series => !token.is_empty() && !token.starts_with(['\\', '"']),
            // A quoted address is an argument like others.
            Argument::Address => token.contains("://") && !token.starts_with('"'),
            Argument::Class => token.contains('.') && token.is_ascii() || CLASSES.contains(&token),
            Argument::None => false,
        };
        sure = taken
            && (*argument == Argument::Class || *argument == Argument::Bookmark && token.starts_with('_'));
        if taken {
            at = first + if *argument == Argument::Bookmark { word(token) } else { length };
        }
    }
    loop {
        let next = skip_spaces(text, at);
        match option(&text[next..], *argument) {
            Some(length) => at = next + length,
            None => break,
        }
        sure = true;
    }
    sure.then(|| skip_spaces(text, at))
}

/// Classes of objects without a dot in their names.
const CLASSES: [&str; 2] = ["PBrush", "Package"];

/// The length of a switch (`\h`, `\* ARABIC`) with what belongs to it, or of a quoted argument, that the text begins
/// with.
fn option(text: &str, argument: Argument) -> Option<usize> {
    const LONGEST: usize = 2048;
    let mut chars = text.chars();
    match (chars.next()?, chars.next()) {
        ('\\', Some('*')) => {
            let name = skip_spaces(text, 2);
            let length = word(&text[name..]);
            (length > 0).then_some(name + length)
        }
        ('\\', Some('@' | '#')) => {
            // A picture of the date or the number that is neither quoted nor set apart.
            let picture = |c: &char| c.is_ascii_graphic() && *c != '"' && *c != '\\';
            Some(2 + chars.take_while(picture).count())
        }
        // Levels of headings are mostly quoted: \o "1-3".
        ('\\', Some('o' | 'u')) if levels(chars.as_str()) > 0 => Some(2 + levels(chars.as_str())),
        // The level of headings at which a series begins anew.
        ('\\', Some('s' | 'r')) if argument == Argument::Series && number(chars.as_str()) > 0 => {
            Some(2 + number(chars.as_str()))
        }
        // A bookmark that is not quoted: \l _Toc1.
        ('\\', Some('l')) if argument == Argument::Address && chars.as_str().starts_with(" _") => {
            Some(3 + word(&text[3..]))
        }
        ('\\', Some(c)) if c.is_ascii_alphabetic() => {
            let refers = argument == Argument::Bookmark;
            let goes_on = |c: char| c.is_ascii_alphabetic() || c.is_ascii_digit() && !refers;
            let alone = !chars.next().is_some_and(goes_on);
            alone.then_some(2)
        }
        ('"', _) => text.bytes().skip(1).take(LONGEST).position(|b| b == b'"').map(|length| length + 2),
        _ => None,
    }
}

/// The length of a space and a range of levels, `1-3`, that a text begins with, up to a space.
fn levels(text: &str) -> usize {
    let range = text.strip_prefix(' ').map_or(&[][..], |rest| rest.as_bytes());
    let is_range = matches!(range, [b'1'..=b'9', b'-', b'1'..=b'9', b' ', ..]);
    if is_range { 4 } else { 0 }
}

/// The length of a space and a number that a text begins with, up to a space.
fn number(text: &str) -> usize {
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let is_number = text.starts_with(' ') && digits > 0 && text[1 + digits..].starts_with(' ');
    if is_number { 1 + digits } else { 0 }
}

/// The length of the ASCII letters, digits and underscores that a text begins with.
fn word(text: &str) -> usize {
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()
}

fn skip_spaces(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(' ').len()
}

/// Instructions of formulas that give a number in Chinese form, with the number they give left out: `= 1 \* GB3 ①`.
pub(crate) fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices("\\* GB").filter_map(|(at, sign)| {
        let head = text[..at].trim_end_matches(' ');
        let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
        let number = head.len() - digits;
        let start = text[..number].trim_end_matches(' ').strip_suffix('=')?.len();
        let end = at + sign.len();
        let form = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        let rest = text[end + form..].trim_start_matches(' ');
        // The circled or bracketed number that stands behind shows that this is an instruction.
        let is_given = rest.starts_with(|c| matches!(c, '①'..='⒛' | '㈠'..='㈩'));
        (digits > 0 && form == 1 && is_given).then(|| start..text.len() - rest.len())
    })
}

/// Numbers set in a circle by an `EQ` field, and the characters they stand for: `eq \o\ac(○,3)`.
pub(crate) fn circled(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    text.match_indices('\\').filter_map(|(at, _)| {
        const SIGN: &str = "\\o\\ac(";
        let sign = text.get(at..at + SIGN.len()).filter(|sign| sign.eq_ignore_ascii_case(SIGN))?;
        let head = text[..at].trim_end_matches(' ');
        let start = head.len().checked_sub(2).filter(|start| head.is_char_boundary(*start))?;
        if !head[start..].eq_ignore_ascii_case("eq") {
            return None;
        }
        let inner = text[at + sign.len()..].strip_prefix(['○', '〇', '◯', 'O'])?;
        let inner = inner.trim_start_matches([' ', ',', '，', ';', '；']);
        let digits = inner.bytes().take_while(u8::is_ascii_digit).take(3).count();
        let number: u32 = inner[..digits].parse().ok()?;
        let code = match number {
            1..=20 => 0x2460 + number - 1,
            21..=35 => 0x3251 + number - 21,
            36..=50 => 0x32b1 + number - 36,
            _ => return None,
        };
        let rest = inner[digits..].trim_start_matches(' ').strip_prefix(')')?;
        Some((start..text.len() - rest.len(), char::from_u32(code)?))
    })
}
