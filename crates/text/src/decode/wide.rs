//! UTF-16 and UTF-32.

use super::Output;
use crate::charset::Order;

/// Decodes UTF-16; what is left over at the end of a piece is for the next.
pub(super) fn utf16(bytes: &[u8], order: Order, last: bool, offset: u64, output: &mut Output) -> usize {
    let (units, rest) = bytes.as_chunks::<2>();
    let unit = |at: usize| {
        units.get(at).map(|unit| match order {
            Order::Little => u16::from_le_bytes(*unit),
            Order::Big => u16::from_be_bytes(*unit),
        })
    };
    output.text.reserve(bytes.len() * 3 / 2);
    let mut at = 0;
    while let Some(first) = unit(at) {
        if let Some(c) = char::from_u32(u32::from(first)) {
            output.text.push(c);
            at += 1;
            continue;
        }
        let second = unit(at + 1);
        if second.is_none() && !last && first < 0xDC00 {
            return at * 2;
        }
        match char::decode_utf16([first].into_iter().chain(second)).next() {
            Some(Ok(c)) => {
                output.text.push(c);
                at += 2;
            }
            _ => {
                output.fault(offset + at as u64 * 2, &units[at]);
                at += 1;
            }
        }
    }
    if last {
        output.fault(offset + at as u64 * 2, rest);
        return bytes.len();
    }
    at * 2
}

/// Decodes UTF-32; what is left over at the end of a piece is for the next.
pub(super) fn utf32(bytes: &[u8], order: Order, last: bool, offset: u64, output: &mut Output) -> usize {
    let (units, rest) = bytes.as_chunks::<4>();
    for (at, unit) in units.iter().enumerate() {
        let scalar = match order {
            Order::Little => u32::from_le_bytes(*unit),
            Order::Big => u32::from_be_bytes(*unit),
        };
        match char::from_u32(scalar) {
            Some(c) => output.text.push(c),
            None => output.fault(offset + at as u64 * 4, unit),
        }
    }
    if last {
        output.fault(offset + units.len() as u64 * 4, rest);
        return bytes.len();
    }
    units.len() * 4
}
