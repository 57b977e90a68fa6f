//! Encodings of seven bits: HZ (RFC 1843), ISO-2022-JP (RFC 1468, 1554, 2237), ISO-2022-KR (RFC 1557) and
//! ISO-2022-CN (RFC 1922). Escape sequences say which set of characters the bytes mean.

use super::Output;
use crate::charset::{Charset, Escaped};
use crate::cns;
use crate::table::{Step, Table};
use encoding_rs::{EUC_JP, EUC_KR};

/// A set of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Set {
    #[default]
    Ascii,
    /// ASCII but for ¥ and ‾.
    JisRoman,
    Kana,
    Jis,
    JisMore,
    Gb,
    Korean,
    Cns(u8),
}

/// What the escape sequences so far have said.
#[derive(Debug, Default)]
pub(super) struct State {
    g0: Set,
    g1: Option<Set>,
    g2: Option<Set>,
    /// Between SO and SI.
    shifted: bool,
    begun: bool,
}

impl State {
    /// Decodes; what is left over at the end of a piece is for the next.
    pub(super) fn decode(
        &mut self,
        kind: Escaped,
        bytes: &[u8],
        last: bool,
        offset: u64,
        output: &mut Output,
    ) -> usize {
        let mut at = 0;
        if !std::mem::replace(&mut self.begun, true) {
            at = self.guess_start(kind, bytes);
            output.fault(offset, &bytes[..at]);
        }
        while at < bytes.len() {
            let rest = &bytes[at..];
            if rest.len() < 4 && !last && !bytes.ends_with(b"\n") {
                return at;
            }
            let length = self.escape(kind, rest, output);
            if length > 0 {
                at += length;
                continue;
            }
            let set = if self.shifted { self.g1.unwrap_or_default() } else { self.g0 };
            let (c, length) = match rest {
                [first, ..] if *first <= b' ' || matches!(set, Set::Ascii) => {
                    (Some(char::from(*first)).filter(char::is_ascii), 1)
                }
                [b'\\', ..] if set == Set::JisRoman => (Some('¥'), 1),
                [b'~', ..] if set == Set::JisRoman => (Some('‾'), 1),
                [first, ..] if set == Set::JisRoman => (Some(char::from(*first)).filter(char::is_ascii), 1),
                [first, ..] if set == Set::Kana => (character(set, *first, 0), 1),
                [first, second, ..] => match character(set, *first, *second) {
                    Some(c) => (Some(c), 2),
                    None => (None, 1),
                },
                _ if !last => return at,
                _ => (None, 1),
            };
            match c {
                Some(c) => output.text.push(c),
                None => output.fault(offset + at as u64, &rest[..length]),
            }
            if rest[0] == b'\n' {
                self.end_line(kind);
            }
            at += length;
        }
        at
    }

    /// A text of HZ that was cut within `~{` and `~}` begins where GB 2312 is meant.
    fn guess_start(&mut self, kind: Escaped, bytes: &[u8]) -> usize {
        let line = super::line_at(bytes);
        let tilde = line.windows(2).position(|pair| matches!(pair, [b'~', b'{' | b'}']));
        match tilde {
            Some(at) if kind == Escaped::Hz && line[at + 1] == b'}' => {
                self.g0 = Set::Gb;
                at % 2
            }
            _ => 0,
        }
    }

    /// What the standards say of the end of a line: the state is that of the start again.
    fn end_line(&mut self, kind: Escaped) {
        match kind {
            Escaped::Hz => self.g0 = Set::Ascii,
            Escaped::Iso2022Cn => (self.shifted, self.g1, self.g2) = (false, None, None),
            Escaped::Iso2022Kr => self.shifted = false,
            Escaped::Iso2022Jp => {}
        }
    }

    /// Obeys an escape sequence at the start of the bytes, and gives its length, 0 if there is none.
    fn escape(&mut self, kind: Escaped, bytes: &[u8], output: &mut Output) -> usize {
        if kind == Escaped::Hz {
            return self.tilde(bytes, output);
        }
        let designated = match bytes {
            [0x1B, b'(', b'B', ..] => Some((Set::Ascii, 3)),
            [0x1B, b'(', b'J', ..] => Some((Set::JisRoman, 3)),
            [0x1B, b'(', b'I', ..] => Some((Set::Kana, 3)),
            [0x1B, b'$', b'@' | b'B', ..] => Some((Set::Jis, 3)),
            [0x1B, b'$', b'A', ..] => Some((Set::Gb, 3)),
            [0x1B, b'$', b'(', b'C', ..] => Some((Set::Korean, 4)),
            [0x1B, b'$', b'(', b'D', ..] => Some((Set::JisMore, 4)),
            _ => None,
        };
        if let Some((set, length)) = designated {
            self.g0 = set;
            return length;
        }
        match bytes {
            [0x1B, b'$', b')', b'A', ..] => self.g1 = Some(Set::Gb),
            [0x1B, b'$', b')', b'G', ..] => self.g1 = Some(Set::Cns(1)),
            [0x1B, b'$', b')', b'C', ..] => self.g1 = Some(Set::Korean),
            [0x1B, b'$', b'*', b'H', ..] => self.g2 = Some(Set::Cns(2)),
            [0x1B, b'N', first @ 0x21..=0x7E, second @ 0x21..=0x7E, ..] => match self.g2 {
                Some(set) => match character(set, *first, *second) {
                    Some(c) => output.text.push(c),
                    None => return 0,
                },
                None => return 0,
            },
            [0x0E, ..] => {
                self.shifted = true;
                // A text whose start was cut lacks the escape that says what is shifted to.
                let usual = if kind == Escaped::Iso2022Kr { Set::Korean } else { Set::Gb };
                self.g1.get_or_insert(usual);
                return 1;
            }
            [0x0F, ..] => {
                self.shifted = false;
                return 1;
            }
            _ => return 0,
        }
        4
    }

    /// Obeys an escape of HZ.
    fn tilde(&mut self, bytes: &[u8], output: &mut Output) -> usize {
        let [b'~', second, ..] = bytes else { return 0 };
        match second {
            b'{' => self.g0 = Set::Gb,
            b'}' => self.g0 = Set::Ascii,
            b'~' if self.g0 == Set::Ascii => output.text.push('~'),
            b'\n' => {}
            _ => return 0,
        }
        2
    }
}

/// The character at a row and column of a set, both from 0x21 to 0x7E.
fn character(set: Set, first: u8, second: u8) -> Option<char> {
    if let Set::Cns(plane) = set {
        return cns::character(plane, first | 0x80, second | 0x80);
    }
    let euc = match set {
        Set::Gb => Charset::GB18030,
        Set::Korean => Charset::Bytes(EUC_KR),
        _ => Charset::Bytes(EUC_JP),
    };
    let bytes = match set {
        Set::Kana => [0x8E, first | 0x80, 0],
        Set::JisMore => [0x8F, first | 0x80, second | 0x80],
        _ => [first | 0x80, second | 0x80, 0],
    };
    if set != Set::Kana && !(0x21..=0x7E).contains(&second) {
        return None;
    }
    match Table::of(euc)?.step(&bytes) {
        Step::One(c, length) if length > 1 => Some(c),
        _ => None,
    }
}
