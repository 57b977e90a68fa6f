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

/// The bytes at which the full stops of a text stand.
pub(crate) fn stops(text: &str) -> impl Iterator<Item = usize> + '_ {
    // Of all that Chinese text is made of, hardly more than its marks begin with this byte.
    memchr::memchr_iter(0xe3, text.as_bytes()).filter(|at| text[*at..].starts_with('。'))
}
