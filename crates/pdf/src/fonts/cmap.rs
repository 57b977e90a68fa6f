//! CMaps that stand in the file: from codes to CIDs (ISO 32000-2, 9.7.5) and from codes to Unicode (9.10.3).

use super::charset::utf16;
use crate::lexer::{Lexer, Token, string};

/// A parsed CMap. It may map to CIDs, to Unicode, or to both.
#[derive(Clone, Debug, Default)]
pub(crate) struct CMap {
    spaces: Vec<Space>,
    cids: Vec<Cids>,
    texts: Vec<Texts>,
    /// What [`Texts`] point into.
    arena: String,
    /// `Some(true)` where it writes vertically; `None` where it does not say.
    pub(crate) vertical: Option<bool>,
    /// The name of the CMap it builds on.
    pub(crate) base: Option<String>,
}

/// Codes of one length, each byte between those of `low` and `high`.
#[derive(Clone, Copy, Debug)]
struct Space {
    length: u8,
    low: u32,
    high: u32,
}

/// Neighbouring codes that map to neighbouring CIDs.
#[derive(Clone, Copy, Debug)]
struct Cids {
    length: u8,
    low: u32,
    high: u32,
    cid: u32,
}

/// Neighbouring codes that map to neighbouring characters: the last character of the text rises by one.
#[derive(Clone, Copy, Debug)]
struct Texts {
    low: u32,
    high: u32,
    start: u32,
    bytes: u32,
}

impl CMap {
    /// A CMap that adds nothing to the one of a name.
    pub(crate) fn on(base: &str) -> CMap {
        CMap { base: Some(base.to_owned()), ..CMap::default() }
    }

    pub(crate) fn parse(data: &[u8]) -> CMap {
        let mut cmap = CMap::default();
        let mut lexer = Lexer::new(data);
        let mut before = Token::Number(0.0);
        while let Some(token) = lexer.next() {
            if let Token::Operator(operator) = token {
                match operator {
                    b"begincodespacerange" => cmap.read_spaces(&mut lexer),
                    b"begincidrange" => cmap.read_cids(&mut lexer, true),
                    b"begincidchar" => cmap.read_cids(&mut lexer, false),
                    b"beginbfrange" => cmap.read_texts(&mut lexer, true),
                    b"beginbfchar" => cmap.read_texts(&mut lexer, false),
                    b"usecmap" => {
                        if let Token::Name(name) = before {
                            cmap.base = Some(String::from_utf8_lossy(name).into_owned());
                        }
                    }
                    _ => {}
                }
            }
            if let (Token::Name(b"WMode"), Token::Number(mode)) = (before, token) {
                cmap.vertical = Some(mode == 1.0);
            }
            before = token;
        }
        cmap.cids.sort_by_key(|range| (range.length, range.low));
        cmap.texts.sort_by_key(|range| range.low);
        cmap
    }

    /// Whether it maps any code to anything, or builds on a CMap that may.
    pub(crate) fn says_anything(&self) -> bool {
        !self.texts.is_empty() || !self.cids.is_empty() || self.base.is_some()
    }

    /// Whether it maps every code to itself, as a copy of the CMap Identity-H does.
    pub(crate) fn is_identity(&self) -> bool {
        self.texts.is_empty() && !self.cids.is_empty() && self.cids.iter().all(|range| range.cid == range.low)
    }

    /// Whether it says how long codes are.
    pub(crate) fn has_spaces(&self) -> bool {
        !self.spaces.is_empty()
    }

    /// How many bytes the first code of `bytes` takes; at least 1 (ISO 32000-2, 9.7.6.3).
    pub(crate) fn length(&self, bytes: &[u8]) -> usize {
        let mut code = 0u32;
        for (i, &byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(byte);
            let length = i + 1;
            if self.spaces.iter().any(|space| usize::from(space.length) == length && space.contains(code)) {
                return length;
            }
        }
        // No range fits: as many bytes as the shortest code whose first byte fits, else the shortest of all.
        let first = bytes.first().copied().unwrap_or(0);
        let fitting =
            self.spaces.iter().filter(|space| space.begins_with(first)).map(|space| space.length).min();
        let shortest = || self.spaces.iter().map(|space| space.length).min();
        usize::from(fitting.or_else(shortest).unwrap_or(1)).max(1)
    }

    /// The CID of a code.
    pub(crate) fn cid(&self, code: u32, length: usize) -> Option<u32> {
        let key = (length as u8, code);
        let end = self.cids.partition_point(|range| (range.length, range.low) <= key);
        let range = self.cids[..end].iter().rev().take(4).find(|r| r.length == key.0 && code <= r.high)?;
        Some(range.cid.saturating_add(code - range.low))
    }

    /// Appends the characters of a code to `out`; `false` where it has none. Some writers give ranges of CIDs in a
    /// ToUnicode CMap and mean Unicode.
    pub(crate) fn text(&self, code: u32, out: &mut String) -> bool {
        let end = self.texts.partition_point(|range| range.low <= code);
        let Some(range) = self.texts[..end].iter().rev().take(4).find(|range| code <= range.high) else {
            let c = (1..=4).find_map(|length| self.cid(code, length)).and_then(char::from_u32);
            out.extend(c);
            return c.is_some();
        };
        let text = &self.arena[range.start as usize..(range.start + range.bytes) as usize];
        match text.chars().next_back() {
            Some(last) if code > range.low => {
                let Some(risen) = char::from_u32(u32::from(last).saturating_add(code - range.low)) else {
                    return false;
                };
                out.push_str(&text[..text.len() - last.len_utf8()]);
                out.push(risen);
            }
            _ => out.push_str(text),
        }
        !text.is_empty()
    }

    fn read_spaces(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(token) = lexer.next() {
            let Some((low, length)) = number(token) else { return };
            let Some((high, _)) = lexer.next().and_then(number) else { return };
            if self.spaces.len() < 256 {
                self.spaces.push(Space { length, low, high });
            }
        }
    }

    fn read_cids(&mut self, lexer: &mut Lexer<'_>, ranges: bool) {
        while let Some(token) = lexer.next() {
            let Some((low, length)) = number(token) else { return };
            let high = if ranges { lexer.next().and_then(number).map(|(high, _)| high) } else { Some(low) };
            let (Some(high), Some(Token::Number(cid))) = (high, lexer.next()) else { return };
            self.cids.push(Cids { length, low, high, cid: cid as u32 });
        }
    }

    fn read_texts(&mut self, lexer: &mut Lexer<'_>, ranges: bool) {
        let mut scratch = Vec::new();
        while let Some(token) = lexer.next() {
            let Some((low, _)) = number(token) else { return };
            let high = if ranges { lexer.next().and_then(number).map(|(high, _)| high) } else { Some(low) };
            let (Some(high), Some(target)) = (high, lexer.next()) else { return };
            if target == Token::ArrayOpen {
                for code in low.. {
                    match lexer.next() {
                        Some(text @ (Token::Hex(_) | Token::Literal(_) | Token::Name(_))) => {
                            self.push_text(code, code, text, &mut scratch);
                        }
                        _ => break,
                    }
                }
            } else {
                self.push_text(low, high, target, &mut scratch);
            }
        }
    }

    fn push_text(&mut self, low: u32, high: u32, target: Token<'_>, scratch: &mut Vec<u8>) {
        let start = self.arena.len();
        scratch.clear();
        match target {
            Token::Name(name) => super::names::chars(&String::from_utf8_lossy(name), &mut self.arena),
            token => {
                string(token, scratch);
                match scratch.as_slice() {
                    [byte] => self.arena.push(char::from(*byte)),
                    bytes => {
                        utf16(bytes, &mut self.arena);
                    }
                }
            }
        }
        let bytes = self.arena.len() - start;
        self.texts.push(Texts { low, high, start: start as u32, bytes: bytes as u32 });
    }
}

impl Space {
    /// Whether each byte of the code lies between those of the ends.
    fn contains(self, code: u32) -> bool {
        (0..self.length).all(|i| {
            let byte = |value: u32| value >> (8 * u32::from(i)) & 255;
            (byte(self.low)..=byte(self.high)).contains(&byte(code))
        })
    }

    fn begins_with(self, first: u8) -> bool {
        let shift = 8 * u32::from(self.length.max(1) - 1);
        (self.low >> shift & 255..=self.high >> shift & 255).contains(&u32::from(first))
    }
}

/// The value and the length in bytes of a code of one to four bytes.
fn number(token: Token<'_>) -> Option<(u32, u8)> {
    let mut bytes = Vec::new();
    if !string(token, &mut bytes) || bytes.is_empty() {
        return None;
    }
    let tail = &bytes[bytes.len().saturating_sub(4)..];
    let value = tail.iter().fold(0u32, |value, &byte| value << 8 | u32::from(byte));
    Some((value, tail.len() as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cmap: &CMap, code: u32) -> Option<String> {
        let mut out = String::new();
        cmap.text(code, &mut out).then_some(out)
    }

    #[test]
    fn to_unicode_is_read_in_all_its_forms() {
        let cmap = CMap::parse(
            b"/CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0001> <4E2D> <0002><D840DC0B> endbfchar\n\
              4 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0066006C> <6587>]\n\
              <0030><0031><00660061> <0040><0040>/fi endbfrange",
        );
        assert_eq!(text(&cmap, 1).as_deref(), Some("中"));
        assert_eq!(text(&cmap, 2).as_deref(), Some("𠀋"));
        assert_eq!(text(&cmap, 0x12).as_deref(), Some("C"));
        assert_eq!(text(&cmap, 0x13), None);
        assert_eq!(text(&cmap, 0x20).as_deref(), Some("fl"));
        assert_eq!(text(&cmap, 0x21).as_deref(), Some("文"));
        assert_eq!(text(&cmap, 0x31).as_deref(), Some("fb"));
        assert_eq!(text(&cmap, 0x40).as_deref(), Some("ﬁ"));
    }

    #[test]
    fn cids_in_a_to_unicode_cmap_are_characters() {
        let cmap = CMap::parse(
            b"1 beginbfrange <0000> <007f> <0000> endbfrange\n\
              1 begincidrange <4e00> <4eff> 19968 endcidrange 1 begincidchar <d800> 55296 endcidchar",
        );
        assert_eq!(text(&cmap, 0x41).as_deref(), Some("A"));
        assert_eq!(text(&cmap, 0x4e2d).as_deref(), Some("中"));
        assert_eq!(text(&cmap, 0xd800), None);
    }

    #[test]
    fn codes_may_have_one_to_four_bytes() {
        let cmap = CMap::parse(
            b"/WMode 1 def 3 begincodespacerange <00><80> <8140><FEFE> <81308130><FE39FE39> endcodespacerange\n\
              2 begincidrange <20><7e> 814 <8140><817e> 10 endcidrange 1 begincidchar <81308130> 7 endcidchar",
        );
        assert_eq!(cmap.vertical, Some(true));
        assert_eq!(cmap.length(b"a\x81\x40"), 1);
        assert_eq!(cmap.length(b"\x81\x40a"), 2);
        assert_eq!(cmap.length(b"\x81\x30\x81\x30"), 4);
        assert_eq!(cmap.cid(0x21, 1), Some(815));
        assert_eq!(cmap.cid(0x8142, 2), Some(12));
        assert_eq!(cmap.cid(0x8130_8130, 4), Some(7));
        assert_eq!(cmap.cid(0x8142, 1), None);
    }

    #[test]
    fn a_broken_cmap_gives_what_stands_before_the_break() {
        let cmap = CMap::parse(
            b"2 beginbfchar <01> <0041> <02> endbfchar 1 beginbfrange <05> [ beginbfchar <03> <0043>",
        );
        assert_eq!(text(&cmap, 1).as_deref(), Some("A"));
        assert_eq!(text(&cmap, 2), None);
    }
}
