//! The encodings of seven bits.

use super::cost::cost;
use crate::charset::{Charset, Escaped};

/// The escape sequences of a text of seven bits.
pub(super) fn detect(bytes: &[u8]) -> Option<Escaped> {
    if !bytes.is_ascii() {
        return None;
    }
    let has = |what: &[u8]| memchr::memmem::find(bytes, what).is_some();
    if memchr::memchr(0x1B, bytes).is_some() {
        if has(b"\x1B$)C") {
            return Some(Escaped::Iso2022Kr);
        }
        if has(b"\x1B$)A") || has(b"\x1B$)G") || has(b"\x1B$*H") {
            return Some(Escaped::Iso2022Cn);
        }
        if [b"\x1B$B".as_slice(), b"\x1B$@", b"\x1B$A", b"\x1B(J", b"\x1B(I", b"\x1B$("]
            .iter()
            .any(|e| has(e))
        {
            return Some(Escaped::Iso2022Jp);
        }
    }
    is_hz(bytes).then_some(Escaped::Hz)
}

/// Whether every `~{` is followed by pairs of bytes of GB 2312 up to `~}` or the end of the line. The first
/// `~{` may be cut off.
fn is_hz(bytes: &[u8]) -> bool {
    let mut found = false;
    for start in memchr::memmem::find_iter(bytes, b"~{") {
        let rest = &bytes[start + 2..];
        let end = rest.iter().position(|b| matches!(b, b'~' | b'\n')).unwrap_or(rest.len());
        let pairs = rest[..end].as_chunks::<2>().0;
        let good = pairs.iter().all(|[a, b]| matches!(a, 0x21..=0x77) && matches!(b, 0x21..=0x7E));
        if !good || pairs.is_empty() && !rest.is_empty() {
            return false;
        }
        found |= !pairs.is_empty();
    }
    found || memchr::memmem::find(bytes, b"~}").is_some_and(|end| is_chinese_of_hz(&bytes[..end]))
}

/// Whether the bytes are pairs of GB 2312 that are read as Chinese, the first byte perhaps left aside.
fn is_chinese_of_hz(bytes: &[u8]) -> bool {
    let bytes = &bytes[bytes.len() % 2..];
    let high: Vec<u8> = bytes.iter().map(|byte| byte | 0x80).collect();
    let plain = bytes.iter().all(|byte| matches!(byte, 0x21..=0x7E));
    let charset = Charset::GB18030;
    // As ASCII, a pair would cost at least as much, and the shift back means something.
    plain && bytes.len() >= 4 && cost(charset, &[&high], u32::MAX) < high.len() as u32 * 12
}
