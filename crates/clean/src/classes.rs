mod tables;

use crate::structure::enumerator;
use crate::{chars, scan};
use qingwen_model::{Edit, Edits, Text};
use std::ops::{BitOr, Range};
use tables::{ASCII, beyond, look_up};

/// A set of classes of characters: what a text holds, or what a rule needs to have something to do.
///
/// One pass over a text finds all its classes at some tens of picoseconds a byte; rules that need none of
/// them are not called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u64);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub const $name: Classes = Classes(1 << $bit);)*
        }
    };
}

classes! {
    /// U+0020.
    SPACE = 0;
    /// U+0009.
    TAB = 1;
    /// U+000A.
    NEWLINE = 2;
    /// What else ends a line: CR, VT, U+0085, U+2028, U+2029.
    BREAK = 3;
    /// Word's field characters, 0x13 to 0x15.
    FIELD = 4;
    /// Word's cell mark, 0x07.
    CELL = 5;
    /// Word's hyphens, 0x1E and 0x1F.
    WORD_HYPHEN = 6;
    /// All other controls, form feed excepted.
    CONTROL = 7;
    /// Characters without width.
    ZERO_WIDTH = 8;
    /// Marks and embeddings of direction.
    BIDI = 9;
    /// U+00AD.
    SOFT_HYPHEN = 10;
    /// U+FFFC, and U+FFF9 to U+FFFB.
    OBJECT = 11;
    /// U+FEFF.
    BOM = 12;
    /// U+FFFD, and 锟 and 锘, which hardly occur but in text that was decoded with the wrong table.
    DAMAGE = 13;
    /// U+00A1 to U+00FF except the middle dot and the soft hyphen.
    LATIN1 = 14;
    /// The private use area of the basic plane.
    PRIVATE = 15;
    /// `&`.
    AMPERSAND = 16;
    /// `[` and `]`.
    BRACKET = 17;
    /// `|`.
    PIPE = 18;
    /// A to Z.
    UPPER = 19;
    /// a to z.
    LOWER = 20;
    /// `\`.
    BACKSLASH = 21;
    /// 0 to 9.
    DIGIT = 22;
    /// What stands for a character it is a form of: radicals, compatibility ideographs, forms for vertical text,
    /// small forms, half-width Chinese punctuation, Latin ligatures.
    FORM = 23;
    /// `！`.
    WIDE_EXCLAMATION = 24;
    /// `：` right after a digit, as between hours and minutes.
    TIME = 25;
    /// Full-width letters and digits.
    WIDE_ALNUM = 29;
    /// Full-width `％．－／`.
    WIDE_MARK = 30;
    /// `：`.
    WIDE_COLON = 31;
    /// `⋯`, the ellipsis of mathematics.
    MIDLINE_ELLIPSIS = 32;
    /// Lines that stand for a dash: `―` and `─`.
    LINE = 33;
    /// Dots that stand for the middle dot.
    DOT_LIKE = 34;
    /// U+301C.
    WAVE = 35;
    /// `○`.
    CIRCLE = 36;
    /// Spaces other than U+0020 and U+3000.
    EXOTIC_SPACE = 37;
    /// U+3000.
    WIDE_SPACE = 38;
    /// Han ideographs of any plane, 〇 and 々.
    HAN = 39;
    /// `,`.
    COMMA = 40;
    /// `;`.
    SEMICOLON = 41;
    /// `:`.
    COLON = 42;
    /// `?` and `!`.
    ASK = 43;
    /// `.`.
    DOT = 44;
    /// `(` and `)`.
    PAREN = 45;
    /// `"`.
    QUOTE = 46;
    /// `<` and `>`.
    ANGLE = 47;
    /// `＜` and `＞`.
    WIDE_ANGLE = 48;
    /// `［］【】`, and `﹝﹞` and `〔〕` beside them.
    WIDE_BRACKET = 49;
    /// `“”‘’`.
    CURLY = 50;
    /// `「」『』`.
    CORNER = 51;
    /// `《》〈〉`.
    TITLE_MARK = 52;
    /// `，。、；？！`; the colon has a class of its own.
    POINT = 53;
    /// A mark of punctuation twice in a row.
    REPEAT = 54;
    /// `（` and `）`.
    WIDE_PAREN = 55;
    /// `` ` ``.
    BACKQUOTE = 56;
    /// `@`.
    AT = 57;
    /// `/`.
    SLASH = 58;
    /// `-` and `－`.
    HYPHEN = 59;
    /// `□` and `■`.
    BOX = 60;
    /// Kana, and the syllables of hangul.
    KANA = 62;
    /// The text begins with the same character twice.
    DOUBLED = 61;
    /// The text begins, white space aside, as one with an enumerator may.
    NUMBERED = 26;
    /// The text begins, white space aside, with a sign that fences begin with: `` ` `` or `~`.
    FENCE = 27;
    /// The text is prose by its form: long, without white space at its ends, begun by an ideograph that begins none
    /// of the fixed parts of an official document, ended by a full stop, and without a star.
    PROSE = 28;
    /// `★`.
    STAR = 63;
}

impl Classes {
    /// No class.
    pub const NONE: Classes = Classes(0);
    /// Every class: for a rule that must see all text.
    pub const ANY: Classes = Classes(u64::MAX);
    /// All that is white space within a line.
    pub const SPACES: Classes =
        Classes(Self::SPACE.0 | Self::TAB.0 | Self::EXOTIC_SPACE.0 | Self::WIDE_SPACE.0);
    /// Latin letters of ASCII.
    pub const LETTER: Classes = Classes(Self::UPPER.0 | Self::LOWER.0);
    /// What may stand twice by mistake, and so is watched for repetition.
    const REPEATABLE: Classes = Classes(Self::POINT.0 | Self::WIDE_COLON.0 | Self::DOT.0);

    /// Whether the two have a class in common.
    pub const fn meet(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// What is in either.
    #[must_use]
    pub const fn or(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// The classes of all characters of a text.
    pub fn of(text: &str) -> Classes {
        Classes(Classes::of_characters(text)).formed(text)
    }

    /// The classes of all characters, without what is said of the beginning of a text.
    fn of_characters(text: &str) -> u64 {
        let bytes = text.as_bytes();
        let mut seen = Seen::default();
        // So few are looked at one by one.
        if bytes.len() < SHORT {
            seen.meet_all(bytes, 0..bytes.len());
            return seen.found;
        }
        #[cfg(test)]
        crate::work_tests::count(text.len());
        let common = scan::rare(bytes, |at, character| seen.meet(bytes, at, character));
        let known = [
            (common.han, Classes::HAN),
            (common.digits, Classes::DIGIT),
            (common.points, Classes::POINT),
            (common.repeats, Classes::REPEAT),
        ];
        known.into_iter().fold(seen.found, |found, (has, class)| found | if has { class.0 } else { 0 })
    }

    /// The same, and what the first and the last character of the text say of it.
    fn formed(self, text: &str) -> Classes {
        const FORM: Classes = Classes::DOUBLED.or(Classes::NUMBERED).or(Classes::FENCE).or(Classes::PROSE);
        const LONG: usize = 160;
        let mut characters = text.chars();
        let Some(first) = characters.next() else { return Classes(self.0 & !FORM.0) };
        let is_doubled = characters.next() == Some(first);
        let is_prose = text.len() > LONG
            && matches!(first, '\u{4e00}'..='\u{9fff}')
            && !matches!(
                first,
                '附' | '抄' | '分' | '主' | '报' | '印' | '校' | '共' | '签' | '份' | '索' | '图' | '表'
            )
            && !self.meet(Classes::STAR)
            && text.ends_with('。');
        let begin = chars::strip_start(text);
        let is_numbered = enumerator::may_begin(begin);
        let is_fence = begin.starts_with(['`', '~']);
        let form = [
            (is_doubled, Classes::DOUBLED),
            (is_numbered, Classes::NUMBERED),
            (is_fence, Classes::FENCE),
            (is_prose, Classes::PROSE),
        ];
        form.into_iter()
            .filter(|(holds, _)| *holds)
            .fold(Classes(self.0 & !FORM.0), |all, (_, one)| all | one)
    }

    /// The same after edits, of what rules ask for: whether it begins with the same character twice.
    fn begun(self, text: &str, edits: &Edits) -> Classes {
        // Two characters take no more bytes.
        const NEAR: usize = 8;
        if edits.as_slice().first().is_some_and(|edit| edit.range.start >= NEAR) {
            return self;
        }
        let mut chars = text.chars();
        let is_doubled = chars.next().is_some_and(|first| chars.next() == Some(first));
        Classes(self.0 & !Classes::DOUBLED.0 | if is_doubled { Classes::DOUBLED.0 } else { 0 })
    }

    /// What is known of a text that is about to be edited: all that it had, some of which may go; but nothing if
    /// ideographs go, since whether there are any is asked for its own sake, while other classes only say what to
    /// look for. Nothing either if so much changes that looking again is as cheap.
    pub(crate) fn without(self, text: &str, edits: &Edits) -> Option<Classes> {
        const COST: usize = 16;
        let edits = edits.as_slice();
        let goes =
            |edit: &Edit| text.get(edit.range.clone()).is_none_or(|gone| gone.chars().any(chars::is_han));
        (edits.len() * COST < text.len() && !edits.iter().any(goes)).then_some(self)
    }

    /// What is known of a text after edits: what was known before, and what is new where they were made. What is said of
    /// its beginning and its end is told anew only as far as rules ask for it.
    #[must_use]
    pub(crate) fn with(self, text: &str, edits: &Edits) -> Classes {
        let (mut gained, mut lost) = (0, 0);
        let mut seen = Seen::default();
        let mut known = "";
        for edit in edits.as_slice() {
            let start = edit.range.start + gained - lost;
            (gained, lost) = (gained + edit.with.len(), lost + edit.range.len());
            let end = edit.range.end + gained - lost;
            let (head, tail) = (&text[..start], &text[end..]);
            // Most edits of a rule put in the same mark, of which nothing is new unless it stands twice.
            let with = &*edit.with;
            let is_known = with == known && is_mark(with) && !head.ends_with(with) && !tail.starts_with(with);
            if is_known {
                continue;
            }
            known = with;
            let before = head.chars().next_back().map_or(0, char::len_utf8);
            let after = tail.chars().next().map_or(0, char::len_utf8);
            seen.meet_all(text.as_bytes(), start - before..end + after);
        }
        Classes(self.0 | seen.found).begun(text, edits)
    }

    /// The classes of the characters of a text as a pass over it left them there, or by a pass made now.
    pub(crate) fn within(text: &Text) -> Classes {
        match text.memo() {
            0 => Classes::of(text.as_str()),
            known => Classes(known),
        }
    }

    /// The classes of the characters of a text, left there for whoever asks next.
    pub(crate) fn remembered(text: &mut Text) -> Classes {
        let classes = Classes::within(text);
        text.remember(classes.0);
        classes
    }
}

/// Whether a text is one character of three bytes, and not the colon, whose class depends on what is before it.
fn is_mark(text: &str) -> bool {
    matches!(text.as_bytes(), [0xe0..=0xef, _, _]) && text != "："
}

/// A text of fewer bytes is short.
const SHORT: usize = 24;

/// What a pass over the characters of a text has met.
#[derive(Default)]
struct Seen {
    found: u64,
    /// Where the last mark ended that may stand twice by mistake, and its bytes.
    last: (usize, u32),
}

impl Seen {
    /// Meets the characters that begin within a range, one by one.
    fn meet_all(&mut self, bytes: &[u8], range: Range<usize>) {
        #[cfg(test)]
        crate::work_tests::count(range.len());
        for at in range.filter(|at| bytes[*at] & 0xc0 != 0x80) {
            let rest = &bytes[at..];
            let few = || std::array::from_fn(|byte| rest.get(byte).copied().unwrap_or_default());
            self.meet(bytes, at, rest.first_chunk().copied().unwrap_or_else(few));
        }
    }

    /// Meets the character at a byte, which has that byte and perhaps those after it.
    #[inline(always)]
    fn meet(&mut self, text: &[u8], at: usize, bytes: [u8; 4]) {
        let [lead, second, third, _] = bytes.map(usize::from);
        let (class, length) = match lead {
            0..0x80 => (ASCII[lead], 1u32),
            0x80..0xe0 => (look_up(lead & 0x1f, second & 0x3f), 2),
            0xe0..0xf0 => (look_up((lead & 0x0f) << 6 | second & 0x3f, third & 0x3f), 3),
            _ => (beyond(bytes[0], second, third), 4),
        };
        self.found |= class;
        if class & Classes::REPEATABLE.0 != 0 {
            let mark = u32::from_be_bytes(bytes) >> (32 - 8 * length);
            let repeats = self.last == (at, mark);
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            let in_time = class & Classes::WIDE_COLON.0 != 0 && before.is_some_and(u8::is_ascii_digit);
            self.last = (at + length as usize, mark);
            self.found |= if repeats { Classes::REPEAT.0 } else { 0 };
            self.found |= if in_time { Classes::TIME.0 } else { 0 };
        }
    }
}

impl BitOr for Classes {
    type Output = Classes;

    fn bitor(self, other: Classes) -> Classes {
        self.or(other)
    }
}

#[cfg(test)]
mod tests {
    use super::tables::class;
    use super::*;

    #[test]
    fn every_character_of_the_basic_plane_has_its_class() {
        for c in '\0'..='\u{ffff}' {
            let found = Classes(Classes::of_characters(c.encode_utf8(&mut [0; 4])));
            let expected = match c {
                '锟' | '锘' => Classes::HAN | Classes::DAMAGE,
                '\u{3040}'..='\u{30bf}' | '\u{ac00}'..='\u{d7bf}' => Classes::KANA,
                '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Classes::HAN,
                '\u{2e80}'..='\u{2fff}' => Classes::FORM,
                '\u{e000}'..='\u{f8ff}' => Classes::PRIVATE,
                '\u{f900}'..='\u{faff}' => Classes::FORM | Classes::HAN,
                _ => class(c as usize),
            };
            assert_eq!(found, expected, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn only_the_same_mark_twice_is_a_repetition() {
        for (text, expected) in
            [("好，，", true), ("。。", true), ("，。", false), ("，好，", false), ("谢谢", false)]
        {
            assert_eq!(Classes::of(text).meet(Classes::REPEAT), expected, "{text}");
        }
        assert!(Classes::of("人人有责").meet(Classes::DOUBLED));
    }

    #[test]
    fn ideographs_of_all_planes_are_han() {
        assert_eq!(Classes::of("𠀀"), Classes::HAN);
        assert_eq!(Classes::of("\u{2f800}"), Classes::HAN | Classes::FORM);
        assert_eq!(Classes::of("😀"), Classes::NONE);
    }
}
