//! The encodings that are read, and their names.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, REPLACEMENT, SHIFT_JIS, UTF_8};

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    Utf8,
    /// UTF-16, in the byte order given.
    Utf16(Order),
    /// UTF-32, in the byte order given.
    Utf32(Order),
    /// Seven bits, with escape sequences: HZ (RFC 1843) and the ISO-2022 family (RFC 1468, 1557, 1922).
    Escaped(Escaped),
    /// EUC-TW: CNS 11643, planes 1 and 2.
    EucTw,
    /// An encoding in which a byte below 0x80 that begins a character is ASCII.
    Bytes(&'static Encoding),
}

/// The order of the bytes of a code unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

/// The encodings of seven bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escaped {
    Hz,
    Iso2022Jp,
    Iso2022Cn,
    Iso2022Kr,
}

impl Charset {
    pub(crate) const GB18030: Charset = Charset::Bytes(GB18030);
    pub(crate) const BIG5: Charset = Charset::Bytes(BIG5);
    /// The encodings of more than one byte that a model of Chinese, Japanese and Korean chooses from. Those
    /// in which the most pairs of bytes are a character come first.
    pub(crate) const EAST_ASIAN: [Charset; 6] = [
        Charset::GB18030,
        Charset::Bytes(SHIFT_JIS),
        Charset::Bytes(EUC_KR),
        Charset::Bytes(BIG5),
        Charset::Bytes(EUC_JP),
        Charset::EucTw,
    ];

    /// By a label of the WHATWG Encoding Standard, or one of those it does without (RFC 1843, IANA).
    pub(crate) fn for_label(label: &str) -> Option<Charset> {
        let plain: String = label.trim().to_ascii_lowercase().replace('_', "-");
        Some(match plain.as_str() {
            "utf-16" | "utf-16le" | "ucs-2" | "unicode" => Charset::Utf16(Order::Little),
            "utf-16be" | "ucs-2be" => Charset::Utf16(Order::Big),
            "utf-32" | "utf-32le" | "ucs-4" => Charset::Utf32(Order::Little),
            "utf-32be" => Charset::Utf32(Order::Big),
            "hz" | "hz-gb-2312" => Charset::Escaped(Escaped::Hz),
            "iso-2022-cn" | "iso-2022-cn-ext" => Charset::Escaped(Escaped::Iso2022Cn),
            "iso-2022-kr" | "csiso2022kr" => Charset::Escaped(Escaped::Iso2022Kr),
            "euc-tw" | "euctw" | "x-euc-tw" => Charset::EucTw,
            "cp936" | "936" => Charset::GB18030,
            "cp950" | "950" => Charset::Bytes(BIG5),
            "cp932" | "932" => Charset::Bytes(SHIFT_JIS),
            "cp949" | "949" | "uhc" => Charset::Bytes(EUC_KR),
            _ => Charset::of(Encoding::for_label(label.as_bytes())?)?,
        })
    }

    /// The charset that reads what `encoding` does, and more where there is one that does.
    pub(crate) fn of(encoding: &'static Encoding) -> Option<Charset> {
        Some(match encoding {
            e if e == UTF_8 => Charset::Utf8,
            e if e == encoding_rs::UTF_16LE => Charset::Utf16(Order::Little),
            e if e == encoding_rs::UTF_16BE => Charset::Utf16(Order::Big),
            e if e == ISO_2022_JP => Charset::Escaped(Escaped::Iso2022Jp),
            e if e == GBK => Charset::GB18030,
            e if e == REPLACEMENT || e == encoding_rs::X_USER_DEFINED => return None,
            e => Charset::Bytes(e),
        })
    }

    /// The WHATWG name, or the IANA one where the WHATWG has none.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Utf16(Order::Little) => "UTF-16LE",
            Charset::Utf16(Order::Big) => "UTF-16BE",
            Charset::Utf32(Order::Little) => "UTF-32LE",
            Charset::Utf32(Order::Big) => "UTF-32BE",
            Charset::Escaped(Escaped::Hz) => "HZ-GB-2312",
            Charset::Escaped(Escaped::Iso2022Jp) => "ISO-2022-JP",
            Charset::Escaped(Escaped::Iso2022Cn) => "ISO-2022-CN",
            Charset::Escaped(Escaped::Iso2022Kr) => "ISO-2022-KR",
            Charset::EucTw => "EUC-TW",
            Charset::Bytes(encoding) => encoding.name(),
        }
    }

    /// The encoding that a byte order mark at the start declares, and the bytes of the mark.
    pub(crate) fn for_bom(bytes: &[u8]) -> Option<(Charset, usize)> {
        Some(match bytes {
            [0xEF, 0xBB, 0xBF, ..] => (Charset::Utf8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (Charset::Utf32(Order::Little), 4),
            [0, 0, 0xFE, 0xFF, ..] => (Charset::Utf32(Order::Big), 4),
            // GB 18030 can write U+FEFF, and some editors do.
            [0x84, 0x31, 0x95, 0x33, ..] => (Charset::GB18030, 4),
            [0xFF, 0xFE, ..] => (Charset::Utf16(Order::Little), 2),
            [0xFE, 0xFF, ..] => (Charset::Utf16(Order::Big), 2),
            _ => return None,
        })
    }
}
