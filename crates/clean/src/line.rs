use std::ops::Range;

/// One line or paragraph as a rule sees it: its characters, which of them are literal, and whether it is
/// Chinese.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    text: &'a str,
    protected: &'a [Range<usize>],
}

impl<'a> Line<'a> {
    /// A line with the byte ranges that no rule may read or change, in order and without overlap.
    pub fn new(text: &'a str, protected: &'a [Range<usize>]) -> Self {
        Line { text, protected }
    }

    /// The characters.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Whether the byte at `at` is code, a link, or another literal.
    pub fn is_protected(&self, at: usize) -> bool {
        self.protected.iter().any(|range| range.contains(&at))
    }

    /// Whether the line is in Chinese context: at least one Han character, and at least as many as it has
    /// Latin words of two letters or more.
    pub fn is_chinese(&self) -> bool {
        let (mut han, mut words, mut letters) = (0usize, 0usize, 0usize);
        for c in self.text.chars() {
            if c.is_ascii_alphabetic() {
                letters += 1;
                words += usize::from(letters == 2);
            } else {
                letters = 0;
                han += usize::from(is_han(c));
            }
        }
        han > 0 && han >= words
    }
}

/// Whether a character is a Han ideograph (Unicode `Script=Han`, ideographs and 〇).
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '々' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
