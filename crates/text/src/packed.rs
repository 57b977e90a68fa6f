//! Characters packed for the loops that most of a file goes through.

use crate::scan::{self, End};

/// The bytes of a character in UTF-8, the first lowest, and their number in the highest byte, with [`PLAIN`] where it
/// applies. Never 0.
pub(crate) fn pack(c: char) -> u32 {
    let mut bytes = [0; 4];
    let length = c.encode_utf8(&mut bytes).len();
    let plain = if length == 3 && !scan::is_odd(c) { PLAIN } else { 0 };
    u32::from_le_bytes(bytes) & 0xFF_FFFF | (length as u32) << 24 | plain
}

/// The bit of a character that takes three bytes and two cells, as nearly all do.
const PLAIN: u32 = 1 << 31;

/// The bytes of a packed character.
fn length(packed: u32) -> usize {
    (packed >> 24) as usize & 3
}

pub(crate) fn unpack(packed: u32) -> Option<char> {
    let [a, b, c, _] = packed.to_le_bytes().map(u32::from);
    match length(packed) {
        1 => char::from_u32(a),
        2 => char::from_u32((a & 0x1F) << 6 | b & 0x3F),
        3 => char::from_u32((a & 0x0F) << 12 | (b & 0x3F) << 6 | c & 0x3F),
        _ => None,
    }
}

/// The characters that two bytes may be.
pub(crate) const PAIRS: usize = 1 << 16;

/// Where among them two bytes are: read as a number, the lower byte first.
pub(crate) fn pair(first: u8, second: u8) -> usize {
    usize::from(u16::from_le_bytes([first, second]))
}

/// What was decoded so far, and the lines that end in it.
#[derive(Debug, Default)]
pub(crate) struct Passed {
    pub(crate) ends: Vec<End>,
    /// Whether the line that is not ended is [odd](End::odd).
    odd: bool,
    read: usize,
    written: usize,
}

impl Passed {
    pub(crate) fn clear(&mut self) {
        self.ends.clear();
        *self = Passed { ends: std::mem::take(&mut self.ends), ..Passed::default() };
    }

    /// Goes on with what comes after some bytes.
    pub(crate) fn advance(&mut self, read: usize, written: usize) {
        (self.read, self.written) = (self.read + read, self.written + written);
    }

    /// Looks at a control.
    #[inline(always)]
    fn control(&mut self, byte: u8, read: usize, written: usize) {
        match byte {
            b'\t' => self.odd = true,
            b'\n' | b'\r' | b'\x0c' => {
                // A character of three bytes is what was read as two.
                let (at, read) = (self.written + written, self.read + read);
                let triples = (at - read) as u32;
                self.ends.push(End { at: at as u32, triples, odd: std::mem::take(&mut self.odd) });
            }
            _ => {}
        }
    }
}

/// Decodes what takes one or two bytes, by its [`pair`], until something else comes. Gives the bytes read and written.
#[inline(never)] // so that nothing else takes up registers
pub(crate) fn decode_pairs(
    pairs: &[u32; PAIRS],
    bytes: &[u8],
    out: &mut [u8],
    passed: &mut Passed,
) -> (usize, usize) {
    let mut run = Run::new(bytes, out, passed);
    loop {
        // Four characters at a time: nothing to decide between them.
        while let (Some(part), Some(room)) = (run.rest.first_chunk(), run.room.first_chunk_mut()) {
            let eight = u64::from_le_bytes(*part);
            let four = [0, 16, 32, 48].map(|shift| pairs[usize::from((eight >> shift) as u16)]);
            if let [a, b, c, d] = four
                && a & b & c & d & PLAIN != 0
            {
                // Three bytes each, as nearly all: then where they go is known at once.
                store(four, room);
                run.advance(8, 12);
                continue;
            }
            let ascii = !eight & LEADS;
            if ascii == 0 {
                if four.contains(&0) {
                    break;
                }
                let written = store_any(four, room);
                run.advance(8, written);
                run.passed.odd = true;
                continue;
            }
            // As many come before ASCII.
            let count = ascii.trailing_zeros() as usize / 16;
            let beyond = &BEYOND[count];
            if (four[0] | beyond[0]) & (four[1] | beyond[1]) & (four[2] | beyond[2]) & PLAIN == 0 {
                break;
            }
            store(four, room);
            run.advance(2 * count, 3 * count);
            run.ascii();
        }
        match *run.rest {
            [..0x80, ..] => run.ascii(),
            [first, second, ..] => {
                let packed = pairs[pair(first, second)];
                let Some(room) = run.room.first_chunk_mut() else { break };
                if packed == 0 {
                    break;
                }
                *room = packed.to_le_bytes();
                run.passed.odd |= packed & PLAIN == 0;
                run.advance(2, length(packed));
            }
            _ => break,
        }
    }
    run.done()
}

/// The same, where what is not ASCII takes one byte. The lines are not told.
pub(crate) fn decode_singles(singles: &[u32; 128], bytes: &[u8], out: &mut [u8]) -> (usize, usize) {
    let mut passed = Passed::default();
    let mut run = Run::new(bytes, out, &mut passed);
    while let Some(&first) = run.rest.first() {
        if first < 0x80 {
            run.ascii();
            continue;
        }
        let packed = singles[usize::from(first & 0x7F)];
        let Some(room) = run.room.first_chunk_mut() else { break };
        if packed == 0 {
            break;
        }
        *room = packed.to_le_bytes();
        run.advance(1, length(packed));
    }
    run.done()
}

/// The bit in which the first byte of a pair differs from ASCII, for four pairs.
const LEADS: u64 = 0x0080_0080_0080_0080;

/// What makes those of four pass for plain that are not among the first, by how many are.
const BEYOND: [[u32; 3]; 4] = [[PLAIN; 3], [0, PLAIN, PLAIN], [0, 0, PLAIN], [0; 3]];

/// Writes characters of three bytes.
#[inline(always)]
fn store(four: [u32; 4], room: &mut [u8; 16]) {
    for (at, packed) in [0, 3, 6, 9].into_iter().zip(four) {
        room[at..at + 4].copy_from_slice(&packed.to_le_bytes());
    }
}

/// Writes characters, and says how many bytes they take.
#[inline(always)]
fn store_any(four: [u32; 4], room: &mut [u8; 16]) -> usize {
    let mut at = 0;
    for packed in four {
        room[at..at + 4].copy_from_slice(&packed.to_le_bytes());
        at += length(packed);
    }
    at
}

/// Bytes that are being decoded.
struct Run<'a> {
    rest: &'a [u8],
    room: &'a mut [u8],
    /// How many bytes both were.
    whole: (usize, usize),
    passed: &'a mut Passed,
}

impl<'a> Run<'a> {
    fn new(bytes: &'a [u8], out: &'a mut [u8], passed: &'a mut Passed) -> Self {
        Run { whole: (bytes.len(), out.len()), rest: bytes, room: out, passed }
    }

    #[inline(always)]
    fn advance(&mut self, read: usize, written: usize) {
        self.rest = &self.rest[read..];
        self.room = &mut std::mem::take(&mut self.room)[written..];
    }

    #[inline(always)]
    fn done(&self) -> (usize, usize) {
        (self.whole.0 - self.rest.len(), self.whole.1 - self.room.len())
    }

    /// Copies ASCII.
    #[inline(always)]
    fn ascii(&mut self) {
        while let (Some(&byte @ ..0x80), Some(room)) = (self.rest.first(), self.room.first_mut()) {
            *room = byte;
            if byte < 0x0E {
                let (read, written) = self.done();
                self.passed.control(byte, read, written);
            }
            self.advance(1, 1);
            if byte >= 0x0E {
                self.ascii_text();
            }
        }
    }

    /// Copies ASCII up to the next control, eight bytes at a time.
    #[inline(always)]
    fn ascii_text(&mut self) {
        while let (Some(part), Some(room)) = (self.rest.first_chunk(), self.room.first_chunk_mut()) {
            *room = *part;
            let eight = u64::from_le_bytes(*part);
            let stops = (eight | eight.wrapping_sub(EIGHT * 0x0E)) & EIGHT << 7;
            let length = stops.trailing_zeros() as usize / 8;
            self.advance(length, length);
            if length < 8 {
                break;
            }
        }
    }
}

/// The lowest bit of eight bytes.
const EIGHT: u64 = 0x0101_0101_0101_0101;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::Charset;
    use crate::table::Table;
    use std::collections::HashMap;

    #[test]
    fn characters_are_packed_and_unpacked() {
        for c in '\0'..'\u{ffff}' {
            assert_eq!(unpack(pack(c)), Some(c));
        }
    }

    #[test]
    fn lines_found_while_decoding_are_those_of_the_text() {
        let parts = [
            "第",
            "一條",
            "供水、用水。",
            "DN300",
            "\n",
            "\r\n",
            "“漏”—9",
            "\x0c",
            "～",
            "\t",
            "·",
            "α",
            " ",
            "…",
        ];
        let mut text = String::new();
        let mut ends = Vec::new();
        let mut odd = [0, 0];
        for step in 1..400usize {
            for at in 0..40 {
                text.push_str(parts[(at * step + at / 3) % parts.len()]);
            }
            for label in ["gb18030", "big5", "euc-tw"] {
                let charset = Charset::for_label(label).expect("a label");
                let table = Table::of(charset).expect("a table");
                let bytes = encoded(table, &text);
                let (mut out, mut passed) = (Vec::new(), Passed::default());
                // In two parts.
                let half = bytes.len() / 3 * 2;
                let (read, written) = table.decode(&bytes[..half], &mut out, &mut passed);
                passed.advance(read, written);
                let mut all = out[..written].to_vec();
                let (rest, written) = table.decode(&bytes[read..], &mut out, &mut passed);
                all.extend_from_slice(&out[..written]);
                assert_eq!(read + rest, bytes.len());
                assert_eq!(std::str::from_utf8(&all), Ok(text.as_str()));
                scan::ends(&all, &mut ends);
                assert!(ends.len() == passed.ends.len());
                let mut start = (0, 0);
                for (one, other) in ends.iter().zip(&passed.ends) {
                    assert_eq!((one.at, one.odd), (other.at, other.odd), "{text:?}");
                    if !one.odd {
                        assert_eq!(one.triples - start.0, other.triples - start.1, "{text:?}");
                    }
                    start = (one.triples, other.triples);
                    odd[usize::from(one.odd)] += 1;
                }
            }
            if text.len() > 700 {
                text.clear();
            }
        }
        assert!(odd[0] > 1000 && odd[1] > 1000, "{odd:?}");
    }

    /// Some text in the bytes of a table.
    fn encoded(table: &Table, text: &str) -> Vec<u8> {
        let all: HashMap<char, usize> =
            table.pairs().enumerate().filter_map(|(at, c)| Some((c?, at))).collect();
        let bytes = text.chars().flat_map(|c| match all.get(&c) {
            Some(at) if !c.is_ascii() => [Some((at >> 8) as u8 | 0x80), Some(*at as u8)],
            _ => [Some(c as u8), None],
        });
        bytes.flatten().collect()
    }
}
