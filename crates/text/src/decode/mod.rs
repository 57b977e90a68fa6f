//! Bytes to characters, whatever befell the bytes.

mod escaped;
mod repair;
mod wide;

use crate::charset::Charset;
use crate::detect::{self, Decision};
use crate::packed::Passed;
use crate::scan::{self, End};
use crate::table::{Step, Table};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Bytes that stand for no character in the encoding of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where they begin, counted in bytes from the start of the input.
    pub offset: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where U+FFFD stands for them, counted in bytes of the text they were decoded into.
    pub place: usize,
}

/// What decoding gives: text, and what is missing from it.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pub(crate) text: String,
    pub(crate) faults: Vec<Fault>,
    /// Lines that were read in another encoding than the text as a whole: where they begin, as with faults.
    pub(crate) mixed: Vec<(usize, Charset)>,
    /// Bytes being decoded, kept for their memory.
    scratch: Vec<u8>,
    /// The line ends that a table passed over in making the text, and whether they are all.
    passed: Passed,
    by_table: bool,
}

impl Output {
    fn fault(&mut self, offset: u64, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.by_table = false;
        self.faults.push(Fault { offset, bytes: bytes.to_vec(), place: self.text.len() });
        self.text.push('\u{fffd}');
    }

    /// Adds what a table decodes at the start of some bytes, and says how many bytes that was.
    fn decode(&mut self, table: &Table, bytes: &[u8]) -> usize {
        let mut at = 0;
        loop {
            let piece = &bytes[at..bytes.len().min(at + PIECE)];
            let (read, written) = table.decode(piece, &mut self.scratch, &mut self.passed);
            self.passed.advance(read, written);
            // A table holds whole characters, so this borrows; that it is known by looking costs little.
            self.text.push_str(&valid(&self.scratch[..written]));
            at += read;
            // A piece may end within a character, which begins the next.
            if piece.len() < PIECE || read + 1 < PIECE {
                return at;
            }
        }
    }

    /// The line ends of the text, where they are known.
    pub(crate) fn ends(&self) -> Option<&[End]> {
        self.by_table.then_some(self.passed.ends.as_slice())
    }

    /// Replaces what it held by text that is ASCII.
    pub(crate) fn ascii(&mut self, bytes: &[u8]) {
        self.clear();
        self.text.push_str(&valid(bytes));
    }

    fn clear(&mut self) {
        self.text.clear();
        self.faults.clear();
        self.mixed.clear();
        self.passed.clear();
        self.by_table = false;
    }
}

/// Bytes that are UTF-8, as text.
fn valid(bytes: &[u8]) -> Cow<'_, str> {
    simdutf8::basic::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Bytes that are decoded before they are looked at again: they and what they become stay in the nearest cache.
const PIECE: usize = 4096;

/// Decodes a text piece by piece, in the encoding that was decided on.
#[derive(Debug)]
pub(crate) struct Engine {
    charset: Charset,
    /// What lines that do not fit may be in.
    other: Option<Charset>,
    /// Whether lines in another encoding are looked for.
    mixes: bool,
    escaped: escaped::State,
    /// Whether nothing has been decoded yet.
    fresh: bool,
    /// Offset of the next byte.
    offset: u64,
}

/// Bytes decoded at a time: what is written and what is read stay in the cache.
const REGION: usize = 64 * 1024;

impl Engine {
    /// An engine for text of which `passed` bytes have gone by; `mixes` lets lines be in another encoding.
    pub(crate) fn new(decision: &Decision, mixes: bool, passed: u64) -> Self {
        Engine {
            charset: decision.charset,
            other: decision.other,
            mixes,
            escaped: escaped::State::default(),
            fresh: passed == 0,
            offset: passed,
        }
    }

    /// Passes over the byte order mark, or over part of a code unit, which is reported.
    pub(crate) fn begin(&mut self, decision: &Decision, bytes: &[u8], output: &mut Output) -> usize {
        output.clear();
        output.fault(0, &bytes[..decision.skip.min(bytes.len())]);
        let passed = (decision.bom + decision.skip).min(bytes.len());
        self.offset += passed as u64;
        passed
    }

    /// Decodes one region at the start of `bytes`, replacing what `output` held, and says how many bytes it
    /// was. Where more is to come (`last` is false) a character or short line may be left for later; 0 then
    /// means that more is needed.
    pub(crate) fn decode(&mut self, bytes: &[u8], last: bool, output: &mut Output) -> usize {
        output.clear();
        let (bytes, last) = self.region(bytes, last);
        let read = match self.charset {
            Charset::Utf16(order) => wide::utf16(bytes, order, last, self.offset, output),
            Charset::Utf32(order) => wide::utf32(bytes, order, last, self.offset, output),
            Charset::Escaped(kind) => self.escaped.decode(kind, bytes, last, self.offset, output),
            Charset::Utf8 => self.utf8(bytes, last, output),
            Charset::EucTw | Charset::Bytes(_) => match Table::of(self.charset) {
                Some(table) => self.table(table, bytes, last, output),
                None => bytes.len(),
            },
        };
        self.offset += read as u64;
        self.fresh &= read == 0;
        read
    }

    /// The region to decode: up to the last line end within [`REGION`] bytes, or all of them if there is none.
    fn region<'a>(&self, bytes: &'a [u8], last: bool) -> (&'a [u8], bool) {
        let lines =
            matches!(self.charset, Charset::Utf8 | Charset::EucTw | Charset::Bytes(_) | Charset::Escaped(_));
        if bytes.len() <= REGION && last {
            return (bytes, true);
        }
        let whole = bytes.len() >= REGION;
        let bytes = &bytes[..bytes.len().min(REGION)];
        match memchr::memrchr(b'\n', bytes) {
            Some(end) if lines => (&bytes[..end + 1], false),
            None if lines && !whole => (&[], false),
            _ => (bytes, false),
        }
    }

    fn utf8(&mut self, bytes: &[u8], last: bool, output: &mut Output) -> usize {
        // The first character may have lost its lead byte.
        let cut = bytes.iter().take(3).take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
        let line = line_at(&bytes[cut..]);
        let is_cut = self.fresh && cut > 0 && Encoding::utf8_valid_up_to(line) == line.len();
        let mut at = if is_cut { cut } else { 0 };
        output.fault(self.offset, &bytes[..at]);
        while at < bytes.len() {
            let rest = &bytes[at..];
            if let Ok(text) = simdutf8::basic::from_utf8(rest) {
                output.text.push_str(text);
                return bytes.len();
            }
            let valid_to = Encoding::utf8_valid_up_to(rest);
            let start = memchr::memrchr(b'\n', &rest[..valid_to]).map_or(0, |lf| lf + 1);
            output.text.push_str(&valid(&rest[..start]));
            at += start;
            let line = line_at(&bytes[at..]);
            if self.other.is_none() && self.mixes {
                self.other = detect::foreign(&bytes[at..], true);
            }
            let read = self.repair(line, last, at, output);
            at += read;
            if read < line.len() {
                return at;
            }
        }
        at
    }

    fn table(&mut self, table: &Table, bytes: &[u8], last: bool, output: &mut Output) -> usize {
        let mut at = 0;
        output.text.reserve(bytes.len() + bytes.len() / 2);
        // The first line may begin within a character, and nothing but its looks says so.
        if self.fresh && table.is_multi() && detect::begins_within(self.charset, line_at(bytes), !self.mixes)
        {
            output.fault(self.offset, &bytes[..1]);
            at = 1;
        }
        output.by_table = at == 0 && table.is_multi();
        while at < bytes.len() {
            let rest = &bytes[at..];
            let utf8 = if self.mixes { utf8_line(rest) } else { None };
            let stretch = utf8.unwrap_or(rest.len());
            at += match self.ordinary(table, &rest[..stretch], at, last, output) {
                Ok(()) => stretch,
                Err(read) => return at + read,
            };
            if utf8.is_some() {
                let line = line_at(&bytes[at..]);
                let read = self.repair(line, last, at, output);
                at += read;
                if read < line.len() {
                    return at;
                }
            }
        }
        at
    }

    /// Decodes lines that are as they should be, and repairs those that are not. `Err` says how much was read
    /// where the rest of a character is to come.
    fn ordinary(
        &mut self,
        table: &Table,
        bytes: &[u8],
        base: usize,
        last: bool,
        out: &mut Output,
    ) -> Result<(), usize> {
        let mut at = 0;
        // Where all lines before were decoded for good: in the bytes, in the text.
        let (mut done, mut done_out) = (0, out.text.len());
        loop {
            at += out.decode(table, &bytes[at..]);
            if at == bytes.len() {
                break;
            }
            out.by_table = false;
            match table.step(&bytes[at..]) {
                Step::One(c, length) => {
                    out.text.push(c);
                    at += length;
                }
                Step::Two(a, b) => {
                    out.text.extend([a, b]);
                    at += 2;
                }
                Step::Bad | Step::Short | Step::Unassigned(_) => {
                    let start = |bytes: &[u8]| memchr::memrchr(b'\n', bytes).map_or(0, |lf| lf + 1);
                    done += start(&bytes[done..at]);
                    done_out += start(&out.text.as_bytes()[done_out..]);
                    out.text.truncate(done_out);
                    let whole = line_at(&bytes[done..]);
                    let read = self.repair(whole, last, base + done, out);
                    at = done + read;
                    if read < whole.len() {
                        return Err(at);
                    }
                    (done, done_out) = (at, out.text.len());
                }
            }
        }
        Ok(())
    }

    /// Decodes a line in which something is wrong. Gives the bytes read: all, unless neither the line nor its
    /// last character has come to its end.
    fn repair(&self, line: &[u8], last: bool, at: usize, output: &mut Output) -> usize {
        output.by_table = false;
        let complete = last || line.ends_with(b"\n");
        let other = self.other.filter(|_| self.mixes);
        repair::line(line, self.charset, other, complete, self.offset + at as u64, output)
    }
}

/// The first line, with its end.
pub(crate) fn line_at(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(b'\n', bytes).map_or(bytes.len(), |lf| lf + 1)]
}

/// Where the first line begins that is not ASCII and is UTF-8.
pub(crate) fn utf8_line(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    // Few lines of other encodings look like it at the first character they have beyond ASCII.
    while let Some(found) = scan::utf8_after_ascii(&bytes[at..]) {
        let start = memchr::memrchr(b'\n', &bytes[..at + found]).map_or(0, |lf| lf + 1);
        let line = line_at(&bytes[start..]);
        if detect::utf8(line).is_some() {
            return Some(start);
        }
        at = start + line.len();
    }
    None
}
