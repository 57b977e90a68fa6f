//! Kinds of characters, as the rules of Chinese punctuation need them.

/// Whether a character is a Han ideograph (Unicode `Script=Han`, ideographs and 〇).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '々' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character makes its neighbour Chinese: Han, or punctuation that only Chinese text has.
pub(crate) fn is_chinese(c: char) -> bool {
    is_han(c) || is_chinese_mark(c)
}

/// Punctuation of Chinese text, the ambiguous `“”‘’…—·` included.
pub(crate) fn is_chinese_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '…' | '—' | '·')
        || is_opening(c)
        || is_closing(c)
}

/// Opening brackets, title marks and quotes of Chinese text.
pub(crate) fn is_opening(c: char) -> bool {
    matches!(c, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘')
}

/// Closing brackets, title marks and quotes of Chinese text.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '”' | '’')
}

/// Whether a character is one of those that only Japanese is written with: kana, and what stands among them.
pub(crate) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// Whether a character is a letter of a Latin alphabet.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}') && !matches!(c, '×' | '÷')
}

/// White space within a line: not a line feed.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}') || is_exotic_space(c)
}

/// Spaces that look like U+0020 and are not: no-break, en, em, thin and so on.
pub(crate) fn is_exotic_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// A text without the white space at its beginning.
pub(crate) fn trim_start(mut text: &str) -> &str {
    // The first byte tells almost always: these rules look around thousands of times a second and more.
    while let Some(b' ' | b'\t' | 0xc2 | 0xe1..=0xe3) = text.as_bytes().first() {
        match text.chars().next() {
            Some(c) if is_space(c) => text = &text[c.len_utf8()..],
            _ => break,
        }
    }
    text
}

/// A text without the white space at its end.
pub(crate) fn trim_end(mut text: &str) -> &str {
    while let Some(b' ' | b'\t' | 0x80..=0x8a | 0x9f | 0xa0 | 0xaf) = text.as_bytes().last() {
        match text.chars().next_back() {
            Some(c) if is_space(c) => text = &text[..text.len() - c.len_utf8()],
            _ => break,
        }
    }
    text
}

/// What [`str::trim_start`] gives, at once where the first byte tells that there is nothing to trim.
pub(crate) fn strip_start(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(0x21..=0x7f | 0xe4..) => text,
        _ => text.trim_start(),
    }
}

/// What [`str::trim_end`] gives, at once where the last byte tells that there is nothing to trim.
pub(crate) fn strip_end(text: &str) -> &str {
    match text.as_bytes() {
        // An ideograph or a mark; all white space begins with a lower byte, but for U+3000.
        [.., 0xe4..=0xef, _, _] | [.., 0xe3, _, 0x81..=0xbf] | [.., 0x21..=0x7f] => text,
        [.., 0x8b..=0x9e | 0xa1..=0xa7 | 0xaa..=0xae | 0xb0..] => text,
        _ => text.trim_end(),
    }
}

/// What [`str::trim`] gives, see [`strip_start`].
pub(crate) fn strip(text: &str) -> &str {
    strip_end(strip_start(text))
}

/// Whether a text has one of some marks of Chinese punctuation, all of whose first bytes in UTF-8 are E3 or EF: points,
/// brackets and title marks are, dashes and quotes are not.
pub(crate) fn has_mark<const N: usize>(text: &str, marks: [char; N]) -> bool {
    self::marks(text, marks).next().is_some()
}

/// The bytes at which such marks stand.
pub(crate) fn marks<const N: usize>(text: &str, marks: [char; N]) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr2_iter(0xe3, 0xef, text.as_bytes())
        .filter(move |at| text[*at..].chars().next().is_some_and(|c| marks.contains(&c)))
}

/// The bytes at which the full stops of a text stand.
pub(crate) fn stops(text: &str) -> impl Iterator<Item = usize> + '_ {
    // Of all that Chinese text is made of, hardly more than its marks begin with this byte.
    memchr::memchr_iter(0xe3, text.as_bytes()).filter(|at| text[*at..].starts_with('。'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_at_the_ends_goes_whatever_it_is() {
        for c in ('\0'..='\u{3100}').chain(['水', '\u{e3c0}', '\u{20000}']) {
            for text in [format!("{c}{c}水 a{c}"), format!("{c}"), format!(" {c}é{c}\t"), String::new()] {
                assert_eq!(trim_start(&text), text.trim_start_matches(is_space), "{text:?}");
                assert_eq!(trim_end(&text), text.trim_end_matches(is_space), "{text:?}");
                assert_eq!(strip_start(&text), text.trim_start(), "{text:?}");
                assert_eq!(strip(&text), text.trim(), "{text:?}");
            }
        }
    }
}
