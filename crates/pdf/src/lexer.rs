//! Splits content streams and CMaps into tokens (ISO 32000-2, 7.2 and 7.8.2).
//!
//! One pass over the bytes, no allocation: strings and names stay as they stand in the file until somebody
//! asks for what they mean. Nothing here fails: bytes that make no sense are skipped.

use std::borrow::Cow;

/// One token. Composite objects come as their brackets and what stands between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Number(f64),
    /// A name without its solidus, escapes not resolved; see [`name`].
    Name(&'a [u8]),
    /// What stands between the parentheses of a literal string, escapes not resolved; see [`string`].
    Literal(&'a [u8]),
    /// What stands between the angle brackets of a hexadecimal string; see [`string`].
    Hex(&'a [u8]),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    /// An operator, or in a CMap an executable name.
    Operator(&'a [u8]),
}

/// An iterator over tokens.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
}

/// The classes of bytes (ISO 32000-2, 7.2.3).
const REGULAR: u8 = 0;
const SPACE: u8 = 1;
const DELIMITER: u8 = 2;

static CLASS: [u8; 256] = {
    let mut class = [REGULAR; 256];
    let mut i = 0;
    while i < 6 {
        class[b"\0\t\n\x0c\r "[i] as usize] = SPACE;
        i += 1;
    }
    i = 0;
    while i < 10 {
        class[b"()<>[]{}/%"[i] as usize] = DELIMITER;
        i += 1;
    }
    class
};

fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Lexer { data, at: 0 }
    }

    /// The bytes not read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// Leaves out the next bytes.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.data.len());
    }

    fn skip_blank(&mut self) {
        while let Some(&byte) = self.data.get(self.at) {
            if class(byte) == SPACE {
                self.at += 1;
            } else if byte == b'%' {
                let line = self.rest();
                self.at += memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len());
            } else {
                return;
            }
        }
    }

    /// The bytes from here to the next that is not regular.
    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.data.get(self.at).is_some_and(|&byte| class(byte) == REGULAR) {
            self.at += 1;
        }
        &self.data[start..self.at]
    }

    fn literal(&mut self) -> Token<'a> {
        let start = self.at + 1;
        let mut depth = 1usize;
        let mut at = start;
        while let Some(next) = memchr::memchr3(b'(', b')', b'\\', self.data.get(at..).unwrap_or_default()) {
            at += next + 1;
            match self.data[at - 1] {
                b'\\' => at += 1,
                b'(' => depth += 1,
                _ => depth -= 1,
            }
            if depth == 0 {
                self.at = at;
                return Token::Literal(&self.data[start..at - 1]);
            }
        }
        self.at = self.data.len();
        Token::Literal(self.data.get(start..).unwrap_or_default())
    }

    fn hex(&mut self) -> Token<'a> {
        let rest = &self.data[self.at + 1..];
        let length = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        self.skip(length + 2);
        Token::Hex(&rest[..length])
    }

    /// A number as PDF writers write them: `4`, `-.5`, `--3`, `1.`, `0.-7`; what is no number is an operator.
    fn number(&mut self) -> Token<'a> {
        let start = self.at;
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.data.get(self.at) {
            negative |= *sign == b'-';
            self.at += 1;
        }
        let (mut mantissa, mut scale, mut digits, mut point) = (0u64, 1.0f64, 0u32, false);
        while let Some(&byte) = self.data.get(self.at) {
            match byte {
                b'0'..=b'9' => {
                    digits += 1;
                    if mantissa < u64::MAX / 16 {
                        mantissa = mantissa * 10 + u64::from(byte - b'0');
                        if point {
                            scale *= 10.0;
                        }
                    } else if !point {
                        scale /= 10.0;
                    }
                }
                b'.' if !point => point = true,
                // Writers that print a negative fraction in two parts: 0.-7.
                b'-' if digits > 0 => {
                    while self.data.get(self.at).is_some_and(|b| matches!(b, b'-' | b'.' | b'0'..=b'9')) {
                        self.at += 1;
                    }
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        if self.data.get(self.at).is_some_and(|&byte| class(byte) == REGULAR) && digits == 0 {
            self.at = start;
            return Token::Operator(self.regular());
        }
        let value = mantissa as f64 / scale;
        Token::Number(if negative { -value } else { value })
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_blank();
            let first = *self.data.get(self.at)?;
            return Some(match first {
                b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
                b'/' => {
                    self.at += 1;
                    Token::Name(self.regular())
                }
                b'(' => self.literal(),
                b'<' if self.data.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    Token::DictOpen
                }
                b'<' => self.hex(),
                b'>' if self.data.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    Token::DictClose
                }
                b'[' | b']' => {
                    self.at += 1;
                    if first == b'[' { Token::ArrayOpen } else { Token::ArrayClose }
                }
                b')' | b'>' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => Token::Operator(self.regular()),
            });
        }
    }
}

/// What a name means, its `#xx` resolved (ISO 32000-2, 7.3.5).
pub(crate) fn name(raw: &[u8]) -> Cow<'_, [u8]> {
    if !raw.contains(&b'#') {
        return Cow::Borrowed(raw);
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let pair = raw.get(at + 1).and_then(|&h| Some((digit(h)?, digit(*raw.get(at + 2)?)?)));
        match pair {
            Some((high, low)) if byte == b'#' => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(out)
}

/// What a string means: its bytes appended to `out`. Other tokens are no strings and give `false`.
pub(crate) fn string(token: Token<'_>, out: &mut Vec<u8>) -> bool {
    match token {
        Token::Literal(raw) => unescape(raw, out),
        Token::Hex(raw) => unhex(raw, out),
        _ => return false,
    }
    true
}

fn unhex(raw: &[u8], out: &mut Vec<u8>) {
    let mut high = None;
    for nibble in raw.iter().filter_map(|&byte| digit(byte)) {
        match high.take() {
            None => high = Some(nibble),
            Some(high) => out.push(high << 4 | nibble),
        }
    }
    // ISO 32000-2, 7.3.4.3: a missing last digit is 0.
    if let Some(high) = high {
        out.push(high << 4);
    }
}

/// Resolves the escapes of a literal string (ISO 32000-2, 7.3.4.2).
fn unescape(raw: &[u8], out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(next) = memchr::memchr2(b'\\', b'\r', rest) {
        out.extend_from_slice(&rest[..next]);
        if rest[next] == b'\r' {
            out.push(b'\n');
            rest = &rest[next + 1..];
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            continue;
        }
        rest = &rest[next + 1..];
        let Some(&byte) = rest.first() else { return };
        rest = &rest[1..];
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => rest = rest.strip_prefix(b"\n").unwrap_or(rest),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(&more @ b'0'..=b'7') = rest.first() else { break };
                    code = code << 3 | u32::from(more - b'0');
                    rest = &rest[1..];
                }
                out.push(code as u8);
            }
            other => out.push(other),
        }
    }
    out.extend_from_slice(rest);
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(data: &str) -> Vec<f64> {
        Lexer::new(data.as_bytes())
            .filter_map(|token| match token {
                Token::Number(number) => Some(number),
                _ => None,
            })
            .collect()
    }

    fn bytes(data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        assert!(string(Lexer::new(data).next().unwrap(), &mut out));
        out
    }

    #[test]
    fn numbers_are_read_as_writers_write_them() {
        assert_eq!(numbers("1 -2 +3.5 .25 -.5 4. --6"), [1.0, -2.0, 3.5, 0.25, -0.5, 4.0, -6.0]);
        assert_eq!(numbers("0.-7 12"), [0.0, 12.0]);
        let long = numbers("123456789012345678901234567890")[0];
        assert!((long / 1.2345678901234568e29 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn strings_and_names_mean_what_the_standard_says() {
        assert_eq!(bytes(b"(a\\(b\\)(c)\\101\\7x\\\r\ny\\q)"), b"a(b)(c)A\x07xyq");
        assert_eq!(bytes(b"(a\r\nb\rc)"), b"a\nb\nc");
        assert_eq!(bytes(b"<4 1 4a4>"), b"AJ@");
        assert_eq!(bytes(b"(never closed"), b"never closed");
        assert_eq!(name(b"A#42#zC#4"), &b"AB#zC#4"[..]);
    }

    #[test]
    fn brackets_and_comments_part_tokens() {
        let tokens: Vec<_> = Lexer::new(b"/F1 12Tf[(a)-3]TJ%x)\n<</K<41>>>BDC").collect();
        use Token::*;
        let expected = [
            Name(b"F1"),
            Number(12.0),
            Operator(b"Tf"),
            ArrayOpen,
            Literal(b"a"),
            Number(-3.0),
            ArrayClose,
            Operator(b"TJ"),
            DictOpen,
            Name(b"K"),
            Hex(b"41"),
            DictClose,
            Operator(b"BDC"),
        ];
        assert_eq!(tokens, expected);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end(data in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut lexer = Lexer::new(&data);
            let count = lexer.by_ref().count();
            prop_assert!(count <= data.len());
            prop_assert!(lexer.rest().is_empty());
        }
    }
}
