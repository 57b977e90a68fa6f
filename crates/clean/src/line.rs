use crate::{Classes, chars, literal};
use std::cell::OnceCell;
use std::ops::Range;

/// One line or paragraph as a rule sees it: its characters, which of them are literal, and whether it is
/// Chinese.
///
/// What costs a pass over the text is found out when a rule first asks, and then known to all rules until the
/// text changes.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    text: &'a str,
    classes: Classes,
    /// What the model says is literal: code, and the places of objects.
    fixed: &'a [Range<usize>],
    /// Whether the line as a whole belongs to something literal: a fence, a table.
    sealed: bool,
    /// Whether it is a physical line of a text, not a paragraph.
    physical: bool,
    spaces: OnceCell<Vec<Range<usize>>>,
    literal: OnceCell<Vec<Range<usize>>>,
    chinese: OnceCell<bool>,
}

impl<'a> Line<'a> {
    /// A line on its own.
    pub fn new(text: &'a str) -> Self {
        Line::within(text, &[], false)
    }

    /// A line of a document: the byte ranges that no rule may touch, in order and without overlap, and whether
    /// all of it belongs to something literal that spans several lines.
    pub fn within(text: &'a str, fixed: &'a [Range<usize>], sealed: bool) -> Self {
        Line::known(text, Classes::of(text), fixed, sealed)
    }

    /// The same, where the classes of its characters are known already.
    pub(crate) fn known(text: &'a str, classes: Classes, fixed: &'a [Range<usize>], sealed: bool) -> Self {
        let (spaces, literal, chinese) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Line { text, classes, fixed, sealed, physical: false, spaces, literal, chinese }
    }

    /// The same line as a physical one of a text.
    pub(crate) fn physical(self, physical: bool) -> Self {
        Line { physical, ..self }
    }

    /// Whether tabs at its ends may stand beside empty cells: in a physical line that has tabs within, too.
    pub(crate) fn keeps_tabs(&self) -> bool {
        self.physical && self.has(Classes::TAB) && self.text.trim().contains('\t')
    }

    /// The characters.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The classes of all its characters.
    pub fn classes(&self) -> Classes {
        self.classes
    }

    /// Whether it has a character of one of the classes.
    pub fn has(&self, classes: Classes) -> bool {
        self.classes.meet(classes)
    }

    /// Whether the byte at `at` is code, a link, or another literal.
    pub fn is_protected(&self, at: usize) -> bool {
        let literal = self.literal();
        let next = literal.partition_point(|range| range.end <= at);
        literal.get(next).is_some_and(|range| range.start <= at)
    }

    /// Whether a literal and the range have a byte in common. An empty range has one with a literal around it.
    pub fn touches_protected(&self, range: &Range<usize>) -> bool {
        overlaps(self.literal(), range)
    }

    /// Whether the range has a byte of what the model says is literal.
    pub(crate) fn touches_fixed(&self, range: &Range<usize>) -> bool {
        overlaps(self.fixed, range)
    }

    /// Whether the whole line is a row of a table, or belongs to a fence.
    pub fn is_sealed(&self) -> bool {
        let has_gaps = || literal::may_have_gaps(self.text, self.classes);
        self.sealed || has_gaps() && literal::is_row(self.text, self.spaces())
    }

    /// Whether a range, and nothing else, stands between back-quotes.
    pub(crate) fn is_code(&self, range: &Range<usize>) -> bool {
        let mut code = Vec::new();
        if self.has(Classes::BACKQUOTE) {
            literal::code(self.text, &mut code);
        }
        let next = code.partition_point(|span| span.end <= range.start);
        let sign = |c: char| c == '`' || c == ' ';
        code.get(next).is_some_and(|span| {
            self.text[span.clone()].trim_matches(sign) == self.text[range.clone()].trim_matches(sign)
        })
    }

    /// The longest runs of white space within a line, in order.
    pub(crate) fn spaces(&self) -> &[Range<usize>] {
        if !self.has(Classes::SPACES) {
            return &[];
        }
        self.spaces.get_or_init(|| literal::spaces(self.text, self.classes))
    }

    /// The same, those at the edges of the line and beside a line feed excepted.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let text = self.text;
        let inner = move |gap: &&Range<usize>| {
            gap.start > 0
                && gap.end < text.len()
                && !text[..gap.start].ends_with('\n')
                && !text[gap.end..].starts_with('\n')
        };
        self.spaces().iter().filter(inner).cloned()
    }

    /// Whether a range, itself a literal, lies inside a larger one: a reference within code or an address.
    pub(crate) fn is_inside_literal(&self, range: &Range<usize>) -> bool {
        if self.sealed {
            return true;
        }
        let row;
        let literal = if self.is_sealed() {
            row = literal::find(self.text, self.classes, self.fixed);
            &row[..]
        } else {
            self.literal()
        };
        let next = literal.partition_point(|literal| literal.end <= range.start);
        literal.get(next).is_some_and(|literal| literal.len() > range.len())
    }

    /// The literals, in order.
    pub fn literal(&self) -> &[Range<usize>] {
        self.literal.get_or_init(|| {
            if self.is_sealed() {
                return vec![literal::within_margins(self.text)];
            }
            literal::find(self.text, self.classes, self.fixed)
        })
    }

    /// Whether the line is in Chinese context: at least one Han character, and at least as many as it has
    /// Latin words of two letters or more, and as many as it has kana and hangul. Literals do not count.
    pub fn is_chinese(&self) -> bool {
        self.has(Classes::HAN) && *self.chinese.get_or_init(|| self.count_chinese())
    }

    fn count_chinese(&self) -> bool {
        if !self.has(Classes::LETTER | Classes::LATIN1 | Classes::KANA) && self.literal().is_empty() {
            return true;
        }
        let (mut han, mut words, mut others, mut from) = (0usize, 0usize, 0usize, 0usize);
        let mut literal = self.literal().iter();
        loop {
            let range = literal.next();
            let mut letters = 0usize;
            for c in self.text[from..range.map_or(self.text.len(), |range| range.start)].chars() {
                if chars::is_latin(c) {
                    letters += 1;
                    words += usize::from(letters == 2);
                } else {
                    letters = 0;
                    han += usize::from(chars::is_han(c));
                    others += usize::from(is_kana_or_hangul(c));
                }
            }
            let Some(range) = range else { break };
            from = range.end;
        }
        han > 0 && han >= words && han >= others
    }

    /// The character before the byte at `at`, across spaces; `None` at the edge of the line or at a literal.
    pub fn before(&self, at: usize) -> Option<char> {
        let head = chars::trim_end(&self.text[..at]);
        let c = head.chars().next_back().filter(|c| *c != '\n')?;
        (!self.is_protected(head.len() - c.len_utf8())).then_some(c)
    }

    /// The character from the byte at `at` on, across spaces; `None` at the edge of the line or at a literal.
    pub fn after(&self, at: usize) -> Option<char> {
        let tail = chars::trim_start(&self.text[at..]);
        let c = tail.chars().next().filter(|c| *c != '\n')?;
        (!self.is_protected(self.text.len() - tail.len())).then_some(c)
    }

    /// Whether the neighbour before is Chinese, across spaces. A literal is not.
    pub fn is_chinese_before(&self, at: usize) -> bool {
        self.before(at).is_some_and(chars::is_chinese)
    }

    /// Whether the neighbour from `at` on is Chinese, across spaces. A literal is not.
    pub fn is_chinese_after(&self, at: usize) -> bool {
        self.after(at).is_some_and(chars::is_chinese)
    }

    /// The range widened over the spaces on both of its sides, but not over those at the edges of the line.
    pub fn with_spaces(&self, range: Range<usize>) -> Range<usize> {
        let start = chars::trim_end(&self.text[..range.start]).len();
        let end = self.text.len() - chars::trim_start(&self.text[range.end..]).len();
        let start = if start == 0 { range.start } else { start };
        let end = if end == self.text.len() { range.end } else { end };
        start..end
    }
}

/// The syllables that Japanese and Korean are written with.
fn is_kana_or_hangul(c: char) -> bool {
    chars::is_kana(c) || matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn overlaps(literal: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = literal.partition_point(|literal| literal.end <= range.start);
    literal.get(next).is_some_and(|literal| {
        if range.is_empty() { literal.start < range.start } else { literal.start < range.end }
    })
}

/// What a check found in a line: where, and in words.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    found: Vec<(usize, String)>,
}

impl Findings {
    /// Writes down what stands at the byte at `at`.
    pub fn push(&mut self, at: usize, what: impl Into<String>) {
        self.found.push((at, what.into()));
    }

    /// Whether nothing was found since the last call to `take`.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What was found since the last call, in order of place.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = (usize, String)> {
        self.found.sort_by_key(|(at, _)| *at);
        self.found.drain(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_chinese_if_its_han_outnumber_its_words() {
        for (text, expected) in [
            ("法治政府", true),
            ("Hello 中国", true),
            ("The word 法治 means rule of law", false),
            ("2024", false),
            ("见https://example.org/a/very/long/path/with/words", true),
            ("表x与y", true),
            ("これはテストです,漢字", false),
            ("서울은 (首爾)", false),
            ("가나, 漢", false),
            ("“优の良品”,是商标", true),
        ] {
            assert_eq!(Line::new(text).is_chinese(), expected, "{text}");
        }
    }

    #[test]
    fn neighbours_are_looked_up_across_spaces_but_not_through_literals() {
        let line = Line::new("甲 , `乙`, 丙");
        assert!(line.is_chinese_before(4));
        assert!(!line.is_chinese_after(5));
        assert_eq!(line.after(13), Some('丙'));
        assert!(!line.is_chinese_before(11));
    }
}
