//! Tables of the encodings in which ASCII is ASCII and everything else takes one or two bytes, rarely more.
//!
//! encoding_rs knows what the bytes mean; the tables remember it in a form that costs one look-up a
//! character, and, unlike a decoder, they can be asked what stands at any place, which is what repairing
//! damage and weighing encodings need.

use crate::charset::Charset;
use crate::cns;
use crate::packed::{self, PAIRS, Passed, pack, pair, unpack};
use encoding_rs::Encoding;
use std::sync::OnceLock;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A character and its bytes.
    One(char, usize),
    /// Two bytes that stand for two characters: four codes of Big5 do.
    Two(char, char),
    /// A sound sequence of so many bytes that stands for no character, or for one nobody agreed on.
    Unassigned(usize),
    /// No character.
    Bad,
    /// The beginning of a character that the bytes do not hold to its end.
    Short,
}

impl Step {
    /// Its bytes, which are at the start of `bytes`.
    pub(crate) fn length(self, bytes: &[u8]) -> usize {
        match self {
            Step::One(_, length) | Step::Unassigned(length) => length,
            Step::Two(..) => 2,
            Step::Bad => 1,
            Step::Short => bytes.len(),
        }
    }
}

/// The characters of one encoding.
pub(crate) struct Table {
    charset: Charset,
    /// What a byte from 0x80 on means alone, packed, or 0.
    singles: [u32; 128],
    /// What two bytes mean, packed, or 0, in the order of [`pair`]. Empty where no character takes two.
    pairs: Vec<u32>,
}

impl Table {
    /// The table of a charset; `None` for those that are not made of bytes in this way.
    ///
    /// A table is made when it is first asked for, in a quarter of a millisecond, and never changes.
    pub(crate) fn of(charset: Charset) -> Option<&'static Table> {
        static MULTI: [OnceLock<Table>; 6] = [const { OnceLock::new() }; 6];
        static SINGLE: [OnceLock<Table>; SINGLE_BYTE.len()] = [const { OnceLock::new() }; SINGLE_BYTE.len()];
        if let Some(at) = Charset::EAST_ASIAN.iter().position(|c| *c == charset) {
            return Some(MULTI[at].get_or_init(|| Table::make(charset)));
        }
        let at = SINGLE_BYTE.iter().position(|name| *name == charset.name())?;
        Some(SINGLE[at].get_or_init(|| Table::make(charset)))
    }

    fn make(charset: Charset) -> Table {
        let mut table = Table { charset, singles: [0; 128], pairs: Vec::new() };
        match charset {
            Charset::Bytes(encoding) => {
                for byte in 0x80..=0xFF {
                    table.singles[usize::from(byte) - 0x80] = only(encoding, &[byte]).map_or(0, pack);
                }
                if Charset::EAST_ASIAN.contains(&charset) {
                    table.pairs = vec![0; PAIRS];
                    (0x80..=0xFF).for_each(|lead| row(encoding, lead, &mut table.pairs));
                }
            }
            Charset::EucTw => {
                table.pairs = vec![0; PAIRS];
                for lead in 0xA1..=0xFEu8 {
                    for trail in 0xA1..=0xFEu8 {
                        table.pairs[pair(lead, trail)] = cns::character(1, lead, trail).map_or(0, pack);
                    }
                }
            }
            _ => {}
        }
        table
    }

    /// Whether some characters take more than one byte.
    pub(crate) fn is_multi(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// What all pairs of bytes mean, by the first, from 80 on, then the second.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Option<char>> + '_ {
        let bytes = (0x80..=0xFF).flat_map(|first| (0..=0xFF).map(move |second| pair(first, second)));
        bytes.map_while(|cell| self.pairs.get(cell)).map(|packed| unpack(*packed))
    }

    /// What stands at the start of `bytes`, which must not be empty to be more than `Short`.
    pub(crate) fn step(&self, bytes: &[u8]) -> Step {
        let Some(&first) = bytes.first() else { return Step::Short };
        if first < 0x80 {
            return Step::One(char::from(first), 1);
        }
        if let Some(c) = unpack(self.singles[usize::from(first & 0x7F)]) {
            return Step::One(c, 1);
        }
        if self.pairs.is_empty() {
            return Step::Bad;
        }
        let Some(&second) = bytes.get(1) else { return Step::Short };
        match unpack(self.pairs[pair(first, second)]) {
            Some(c) => Step::One(c, 2),
            None => self.long_step(bytes, first, second),
        }
    }

    /// What no pair of bytes stands for alone: three and four bytes, characters beyond U+FFFF.
    fn long_step(&self, bytes: &[u8], first: u8, second: u8) -> Step {
        let Some(length) = self.length(first, second) else { return Step::Bad };
        let Some(all) = bytes.get(..length) else {
            let goes_on = bytes.get(2).is_none_or(|third| (0x81..0xFF).contains(third));
            return if goes_on { Step::Short } else { Step::Bad };
        };
        let unassigned = match all {
            [_, _, third, fourth] if self.charset == Charset::GB18030 => {
                (0x81..0xFF).contains(third) && fourth.is_ascii_digit()
            }
            _ => all[2..].iter().all(|byte| *byte >= 0xA1),
        };
        let text = match self.charset {
            Charset::EucTw if length == 4 => {
                return cns::character(second - 0xA0, all[2], all[3])
                    .map_or(if unassigned { Step::Unassigned(4) } else { Step::Bad }, |c| Step::One(c, 4));
            }
            Charset::Bytes(encoding) => encoding.decode_without_bom_handling_and_without_replacement(all),
            _ => None,
        };
        let mut chars = text.as_deref().unwrap_or_default().chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some(c), None, _) => Step::One(c, length),
            (Some(a), Some(b), None) if length == 2 && !b.is_ascii() => Step::Two(a, b),
            _ if unassigned => Step::Unassigned(length),
            _ => Step::Bad,
        }
    }

    /// The bytes of a character that begins so.
    fn length(&self, first: u8, second: u8) -> Option<usize> {
        let high = (0xA1..0xFF).contains(&second);
        let (lead, trail, length) = match self.charset.name() {
            "gb18030" if second.is_ascii_digit() => (first > 0x80, true, 4),
            "gb18030" | "Big5" | "EUC-KR" => (first > 0x80, high || matches!(second, 0x40..=0x7E), 2),
            "Shift_JIS" => {
                (matches!(first, 0x81..=0x9F | 0xE0..=0xFC), matches!(second, 0x40..=0x7E | 0x80..=0xFC), 2)
            }
            "EUC-JP" if first == 0x8F => (true, high, 3),
            "EUC-TW" if first == 0x8E => (true, matches!(second, 0xA1..=0xB0), 4),
            _ => (first >= 0xA1, high, 2),
        };
        (lead && trail && first < 0xFF).then_some(length)
    }

    /// Decodes until something else stands there than ASCII and characters of one or two bytes, and says how
    /// many bytes it read and how many it wrote to the start of `out`. This is the loop that most of a file
    /// goes through. Where characters take two bytes, it notes the ends of the lines in passing.
    pub(crate) fn decode(&self, bytes: &[u8], out: &mut Vec<u8>, passed: &mut Passed) -> (usize, usize) {
        // A pair of bytes becomes three at most, a single byte three, and a store writes four.
        let room = bytes.len() * if self.is_multi() { 2 } else { 3 } + 16;
        if out.len() < room {
            out.resize(room, 0);
        }
        match self.pairs.first_chunk::<PAIRS>() {
            Some(pairs) => packed::decode_pairs(pairs, bytes, out, passed),
            None => packed::decode_singles(&self.singles, bytes, out),
        }
    }
}

/// Adds what every second byte makes of a first one.
fn row(encoding: &'static Encoding, lead: u8, pairs: &mut [u32]) {
    // One decoder for the whole row: an LF after each pair ends whatever the pair left open.
    let bytes: Vec<u8> = (0x21..=0xFE).flat_map(|trail| [lead, trail, b'\n']).collect();
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    for (trail, chars) in (0x21..=0xFE).zip(text.split('\n')) {
        let mut chars = chars.chars();
        if let (Some(c @ ..='\u{fffc}'), None) = (chars.next(), chars.next()) {
            pairs[pair(lead, trail)] = pack(c);
        }
    }
}

/// The one character that some bytes are.
fn only(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// The encodings of one byte, by their WHATWG names.
const SINGLE_BYTE: [&str; 28] = [
    "IBM866",
    "ISO-8859-2",
    "ISO-8859-3",
    "ISO-8859-4",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "ISO-8859-8-I",
    "ISO-8859-10",
    "ISO-8859-13",
    "ISO-8859-14",
    "ISO-8859-15",
    "ISO-8859-16",
    "KOI8-R",
    "KOI8-U",
    "macintosh",
    "windows-874",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "x-mac-cyrillic",
];
