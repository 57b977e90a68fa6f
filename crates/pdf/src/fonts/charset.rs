//! Codes that are characters already: the predefined CMaps whose codes are Unicode or a national encoding.
//!
//! For these no table is needed to know the characters: UniGB-UTF16-H is UTF-16, GBK-EUC-H is GBK.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};

/// What the codes of a predefined CMap are written in (ISO 32000-2, table 116).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    Ucs2,
    Utf16,
    Utf8,
    Utf32,
    Gbk,
    Gb18030,
    Big5,
    /// EUC-TW, whose CNS planes are known only through the character collection.
    EucTw,
    ShiftJis,
    EucJp,
    /// JIS X 0208 in two bytes of seven bits.
    Jis,
    EucKr,
}

impl Charset {
    /// The charset of a predefined CMap's name, and whether it writes vertically. `None` for Identity and for
    /// names that are not predefined.
    pub(crate) fn of_name(name: &str) -> Option<(Charset, bool)> {
        use Charset::*;
        let (base, vertical) = match name {
            "H" => return Some((Jis, false)),
            "V" => return Some((Jis, true)),
            _ => match (name.strip_suffix("-H"), name.strip_suffix("-V")) {
                (Some(base), _) => (base, false),
                (_, Some(base)) => (base, true),
                _ => return None,
            },
        };
        let charset = match base.strip_suffix("-HW").unwrap_or(base) {
            "GBK-EUC" | "GBKp-EUC" | "GB-EUC" | "GBpc-EUC" | "GBT-EUC" | "GBTpc-EUC" => Gbk,
            "GBK2K" => Gb18030,
            "B5pc" | "ETen-B5" | "ETenms-B5" | "HKscs-B5" | "HKm471-B5" | "ETHK-B5" => Big5,
            "CNS-EUC" => EucTw,
            "83pv-RKSJ" | "90ms-RKSJ" | "90msp-RKSJ" | "90pv-RKSJ" | "Add-RKSJ" | "Ext-RKSJ" => ShiftJis,
            "EUC" => EucJp,
            "KSC-EUC" | "KSCms-UHC" | "KSCpc-EUC" => EucKr,
            other => match other.rsplit_once('-') {
                Some((collection, form)) if collection.starts_with("Uni") => match form {
                    "UCS2" => Ucs2,
                    "UTF16" => Utf16,
                    "UTF8" => Utf8,
                    "UTF32" => Utf32,
                    _ => return None,
                },
                _ => return None,
            },
        };
        Some((charset, vertical))
    }

    /// How many bytes the first code takes, 1 to 4; `bytes` is not empty.
    pub(crate) fn length(self, bytes: &[u8]) -> usize {
        let first = bytes.first().copied().unwrap_or(0);
        let second = bytes.get(1).copied().unwrap_or(0);
        match self {
            Charset::Ucs2 | Charset::Jis => 2,
            Charset::Utf16 if matches!(first, 0xd8..=0xdb) => 4,
            Charset::Utf16 => 2,
            Charset::Utf32 => 4,
            Charset::Utf8 => match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            },
            Charset::Gb18030 if matches!(first, 0x81..=0xfe) && second.is_ascii_digit() => 4,
            Charset::Gbk | Charset::Gb18030 | Charset::Big5 | Charset::EucKr => match first {
                0x81..=0xfe => 2,
                _ => 1,
            },
            Charset::ShiftJis => match first {
                0x81..=0x9f | 0xe0..=0xfc => 2,
                _ => 1,
            },
            Charset::EucTw if first == 0x8e => 4,
            Charset::EucJp | Charset::EucTw => match first {
                0x8e | 0xa1..=0xfe => 2,
                _ => 1,
            },
        }
    }

    /// The character of ASCII that a code stands for.
    pub(crate) fn ascii(self, code: &[u8]) -> Option<u8> {
        let (last, before) = code.split_last()?;
        (last.is_ascii() && before.iter().all(|&byte| byte == 0)).then_some(*last)
    }

    /// Appends the characters of one code to `out`; `false` where it has none.
    pub(crate) fn decode(self, bytes: &[u8], out: &mut String) -> bool {
        match self {
            Charset::Ucs2 | Charset::Utf16 => utf16(bytes, out),
            Charset::Utf32 => match bytes.try_into().ok().and_then(|b| char::from_u32(u32::from_be_bytes(b)))
            {
                Some(c) => {
                    out.push(c);
                    true
                }
                None => false,
            },
            Charset::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    out.push_str(text);
                    true
                }
                Err(_) => false,
            },
            // GB18030 agrees with GBK on all of its codes, and is newer on those that have moved.
            Charset::Gbk | Charset::Gb18030 => legacy(GB18030, bytes, out),
            Charset::Big5 => legacy(BIG5, bytes, out),
            Charset::ShiftJis => legacy(SHIFT_JIS, bytes, out),
            Charset::EucJp => legacy(EUC_JP, bytes, out),
            Charset::EucKr => legacy(EUC_KR, bytes, out),
            Charset::Jis => match bytes {
                [a @ 0x21..=0x7e, b @ 0x21..=0x7e] => legacy(EUC_JP, &[a | 0x80, b | 0x80], out),
                _ => false,
            },
            Charset::EucTw => match bytes {
                [byte @ 0x20..=0x7e] => {
                    out.push(char::from(*byte));
                    true
                }
                _ => false,
            },
        }
    }
}

fn legacy(encoding: &'static Encoding, bytes: &[u8], out: &mut String) -> bool {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => {
            out.push_str(&text);
            true
        }
        None => false,
    }
}

/// Appends UTF-16BE; `false` where nothing but unpaired surrogates came of it.
pub(crate) fn utf16(bytes: &[u8], out: &mut String) -> bool {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let before = out.len();
    out.extend(char::decode_utf16(units).filter_map(Result::ok));
    out.len() > before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(name: &str, bytes: &[u8]) -> String {
        let (charset, _) = Charset::of_name(name).unwrap();
        let (mut out, mut rest) = (String::new(), bytes);
        while !rest.is_empty() {
            let (code, tail) = rest.split_at(charset.length(rest).min(rest.len()));
            assert!(charset.decode(code, &mut out), "{name} {code:x?}");
            rest = tail;
        }
        out
    }

    #[test]
    fn codes_of_predefined_cmaps_are_characters() {
        assert_eq!(decoded("GBK-EUC-H", b"a\xd6\xd0\x81\x40"), "a中丂");
        assert_eq!(decoded("GBK2K-V", b"\xd6\xd0\x81\x39\xee\x39"), "中㐀");
        assert_eq!(decoded("UniGB-UTF16-H", &[0x4e, 0x2d, 0xd8, 0x40, 0xdc, 0x0b]), "中𠀋");
        assert_eq!(decoded("UniJIS-UCS2-HW-V", &[0x4e, 0x2d]), "中");
        assert_eq!(decoded("ETen-B5-H", b"\xa4\xa4A"), "中A");
        assert_eq!(decoded("90ms-RKSJ-H", b"\x93\xfaA\xb1"), "日Aｱ");
        assert_eq!(decoded("EUC-H", b"\xc6\xfc"), "日");
        assert_eq!(decoded("H", b"\x46\x7c"), "日");
        assert_eq!(decoded("KSCms-UHC-HW-H", b"\xb0\xa1"), "가");
    }

    #[test]
    fn names_that_are_not_predefined_have_no_charset() {
        for name in ["Identity-H", "Identity-V", "OneByteIdentityH", "UniGB-X-H", ""] {
            assert_eq!(Charset::of_name(name), None, "{name}");
        }
        assert_eq!(Charset::of_name("V"), Some((Charset::Jis, true)));
    }
}
