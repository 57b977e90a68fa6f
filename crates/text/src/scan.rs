//! What is found sixty-four bytes at a time: where lines end and how wide they are, controls, UTF-8 among others.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, u8x64};

/// The end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    /// Where the byte is that ends it: LF, CR or FF.
    pub(crate) at: u32,
    /// Characters of three bytes from the start of all that was looked at to there. Each takes two cells, which is
    /// one less than its bytes.
    pub(crate) triples: u32,
    /// Whether the line has characters that are neither of one byte and one cell nor of three bytes and two cells.
    pub(crate) odd: bool,
}

/// Whether a line that has this character is [odd](End::odd).
pub(crate) fn is_odd(c: char) -> bool {
    matches!(c, '\t' | '\u{80}'..='\u{200f}' | '\u{ff40}'..)
}

/// Replaces `ends` by the line ends of some UTF-8.
pub(crate) fn ends(bytes: &[u8], ends: &mut Vec<End>) {
    ends.clear();
    dispatch!(Level::new(), simd => scan(simd, bytes, ends));
}

/// The end of the first character that is beyond ASCII, stands after ASCII or at the start, and looks like UTF-8.
pub(crate) fn utf8_after_ascii(bytes: &[u8]) -> Option<usize> {
    dispatch!(Level::new(), simd => after_ascii(simd, bytes))
}

#[inline(always)]
fn after_ascii<S: Simd>(simd: S, bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<64>();
    // The masks of the block before: bytes from 80 on, continuation bytes, first bytes of two and of three or four.
    let mut passed = [0u64; 4];
    for (index, block) in blocks.iter().enumerate() {
        let found = utf8_ends(simd, block, &mut passed);
        if found != 0 {
            return Some(index * 64 + found.trailing_zeros() as usize);
        }
    }
    let found = utf8_ends(simd, &padded(rest), &mut passed);
    (found != 0).then(|| blocks.len() * 64 + found.trailing_zeros() as usize)
}

#[inline(always)]
fn utf8_ends<S: Simd>(simd: S, block: &[u8; 64], passed: &mut [u64; 4]) -> u64 {
    let bytes = u8x64::from_slice(simd, block);
    let high = bytes.simd_ge(0x80).to_bitmask();
    let more = high & bytes.simd_lt(0xC0).to_bitmask();
    let long = bytes.simd_ge(0xE0).to_bitmask();
    let first = high & !more & !(high << 1 | passed[0] >> 63);
    let (short, long) = (first & !long, first & long);
    let two = (short << 1 | passed[2] >> 63) & more;
    let three = (long << 2 | passed[3] >> 62) & (more << 1 | passed[1] >> 63) & more;
    *passed = [high, more, short, long];
    two | three
}

/// Whether there are controls other than tabs and those that end lines.
pub(crate) fn has_controls(bytes: &[u8]) -> bool {
    dispatch!(Level::new(), simd => any_control(simd, bytes))
}

#[inline(always)]
fn any_control<S: Simd>(simd: S, bytes: &[u8]) -> bool {
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        if controls(simd, block) {
            return true;
        }
    }
    controls(simd, &padded(rest))
}

#[inline(always)]
fn controls<S: Simd>(simd: S, block: &[u8; 64]) -> bool {
    let bytes = u8x64::from_slice(simd, block);
    (bytes.simd_lt(b' ') & (bytes - b'\t').simd_gt(b'\r' - b'\t')).any_true()
}

/// Fewer bytes than a block, made one by spaces.
#[inline(always)]
fn padded(rest: &[u8]) -> [u8; 64] {
    let mut block = [b' '; 64];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// What a block of sixty-four bytes has to know of those before.
#[derive(Default)]
struct Passed {
    bytes: u32,
    triples: u32,
    odd: bool,
}

/// A block, and the two bytes after it.
const WINDOW: usize = 66;

#[inline(always)]
fn scan<S: Simd>(simd: S, bytes: &[u8], ends: &mut Vec<End>) {
    let mut passed = Passed::default();
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk::<WINDOW>() {
        look(simd, window, &mut passed, ends);
        rest = &rest[64..];
    }
    for block in rest.chunks(64) {
        let mut window = [b' '; WINDOW];
        let after = rest.get(64..).unwrap_or_default();
        window[..block.len()].copy_from_slice(block);
        if block.len() == 64 {
            window[64..64 + after.len()].copy_from_slice(after);
        }
        look(simd, &window, &mut passed, ends);
    }
}

#[inline(always)]
fn look<S: Simd>(simd: S, window: &[u8; WINDOW], passed: &mut Passed, ends: &mut Vec<End>) {
    let bytes = u8x64::from_slice(simd, &window[..64]);
    let (second, third) = (u8x64::from_slice(simd, &window[1..65]), u8x64::from_slice(simd, &window[2..]));
    let is = |byte: u8| bytes.simd_eq(byte);
    let triples = bytes.simd_ge(0xE0).to_bitmask();
    // A tab, U+0080–1FFF and U+10000 on are told by their first byte; U+FF40–FFFF and U+2000–200F by more.
    let first = is(b'\t') | (bytes - 0xC0).simd_lt(0x22) | bytes.simd_ge(0xF0);
    let halves = is(0xEF) & second.simd_ge(0xBD);
    let spaces = is(0xE2) & second.simd_eq(0x80) & third.simd_lt(0x90);
    let odd = (first | halves | spaces).to_bitmask();
    let (mut left, mut done) = ((is(b'\n') | is(b'\r') | is(b'\x0c')).to_bitmask(), 0);
    while left != 0 {
        let bit = left.trailing_zeros();
        let before = (1 << bit) - 1;
        ends.push(End {
            at: passed.bytes + bit,
            triples: passed.triples + (triples & before).count_ones(),
            odd: passed.odd || odd & before & !done != 0,
        });
        passed.odd = false;
        done = before;
        left &= left - 1;
    }
    *passed = Passed {
        bytes: passed.bytes + 64,
        triples: passed.triples + triples.count_ones(),
        odd: passed.odd || odd & !done != 0,
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::width::cells;

    /// The same, one character after the other.
    fn slowly(text: &str) -> Vec<End> {
        let (mut ends, mut triples, mut odd) = (Vec::new(), 0, false);
        for (at, c) in text.char_indices() {
            if matches!(c, '\n' | '\r' | '\x0c') {
                ends.push(End { at: at as u32, triples, odd });
                odd = false;
            }
            triples += u32::from(c.len_utf8() > 2);
            odd |= is_odd(c);
        }
        ends
    }

    #[test]
    fn line_ends_are_found_wherever_they_stand() {
        let parts = [
            "第一条",
            "DN300",
            "\n",
            "\r\n",
            "“漏损率”—9%；",
            "\x0c",
            "\u{2003}",
            "ｱ",
            "～",
            "\t",
            "é",
            "𠀀",
        ];
        let mut text = String::new();
        let mut found = Vec::new();
        for step in 1..60usize {
            for at in 0..30 {
                text.push_str(parts[(at * step + at / 3) % parts.len()]);
            }
            for start in (0..70).filter(|start| text.is_char_boundary(*start)) {
                ends(&text.as_bytes()[start..], &mut found);
                assert_eq!(found, slowly(&text[start..]), "{:?}", &text[start..]);
            }
            text.drain(..text.floor_char_boundary(text.len() / 2));
        }
    }

    #[test]
    fn what_is_not_odd_is_as_wide_as_its_bytes_say() {
        // Of U+2028–206F only the signs of GB 2312 are met in texts that were wrapped, and variation selectors, half
        // marks and U+FEFF hardly are; all are taken for two cells.
        let ranges = [
            '!'..='~',
            '\u{a0}'..='\u{2027}',
            '\u{2030}'..='\u{203b}',
            '\u{2070}'..='\u{fdff}',
            '\u{fe30}'..='\u{ff3f}',
        ];
        for c in ranges.into_iter().flatten().filter(|c| !is_odd(*c) && *c != '\u{feff}') {
            let text = c.to_string();
            let triples = usize::from(text.len() == 3);
            assert_eq!((text.len() - triples) as u32, cells(&text), "{c:?}");
        }
    }

    #[test]
    fn utf8_is_found_wherever_it_stands() {
        for at in 0..150 {
            for c in ["é", "中", "𠀀"] {
                let mut bytes = vec![b'a'; at];
                bytes.extend(c.bytes());
                assert_eq!(utf8_after_ascii(&bytes), Some(at + c.len().min(3) - 1));
                // After a byte beyond ASCII it is not looked for, nor is what lacks its end.
                bytes.insert(at, 0xB0);
                assert_eq!(utf8_after_ascii(&bytes), None);
                bytes.remove(at);
                bytes.truncate(at + c.len().min(3) - 1);
                assert_eq!(utf8_after_ascii(&bytes), None);
            }
        }
    }

    #[test]
    fn controls_are_found_wherever_they_stand() {
        for at in 0..200 {
            let mut bytes = vec![b'\n'; 200];
            assert!(!has_controls(&bytes));
            for (byte, control) in
                [(0, true), (8, true), (9, false), (13, false), (14, true), (31, true), (0xFF, false)]
            {
                bytes[at] = byte;
                assert_eq!(has_controls(&bytes), control, "{byte} at {at}");
            }
        }
    }
}
