//! UTF-16 and UTF-32 without a byte order mark.

use super::cost::{CUT, Reading, cost};
use super::{DOUBT, Decision, SAMPLE, one_byte};
use crate::charset::{Charset, Order};
use crate::frequency::{BROKEN, Costs, Language};

/// UTF-16 and UTF-32 without a mark, whatever byte they begin at.
pub(super) fn detect(bytes: &[u8], complete: bool, sound: bool) -> Option<Decision> {
    let total = complete.then_some(bytes.len());
    let zeros = bytes[..bytes.len().min(SAMPLE)].contains(&0);
    let telling = if zeros { telling(bytes) } else { &[] };
    let bytes = &bytes[..bytes.len().min(if zeros { SAMPLE } else { 512 })];
    // Nothing that is text as it stands is text in units of two bytes.
    if bytes.len() < 2 || !zeros && is_printable(bytes) && (sound || is_utf8(bytes, 512)) {
        return None;
    }
    let costs = Costs::of(Language::Any);
    // A reading is not followed further than it may win.
    let enough = if zeros { u32::MAX } else { cost(Charset::GB18030, &[bytes], u32::MAX) };
    // Nearly every UTF-16 text has spaces, digits or line ends, and so zeros.
    let rare = if zeros { 0 } else { 24 };
    let readings = [Order::Little, Order::Big].into_iter().flat_map(|order| {
        let two = (0..2).map(move |skip| (Charset::Utf16(order), 2, skip, rare));
        // A unit of four bytes has one zero at least.
        let four = (0..4).map(move |skip| (Charset::Utf32(order), 4, skip, 0));
        two.chain(four.filter(move |_| zeros))
    });
    let (cost, charset, skip, size) = readings
        .filter(|(_, size, skip, _)| bytes.len() >= skip + size)
        .map(|(charset, size, skip, more)| {
            let cost = |bytes: &[u8]| match charset {
                Charset::Utf16(order) => utf16_cost(costs, &bytes[skip.min(bytes.len())..], order, enough),
                Charset::Utf32(order) => utf32_cost(costs, &bytes[skip.min(bytes.len())..], order),
                _ => u32::MAX,
            };
            let cost = cost(bytes).saturating_add(cost(telling));
            // A character cut at the start, and one cut at the end.
            let cuts = usize::from(skip > 0) + usize::from(total.is_some_and(|all| (all - skip) % size > 0));
            (cost.saturating_add(cuts as u32 * CUT + skip as u32 + more), charset, skip, size)
        })
        .min_by_key(|(cost, ..)| *cost)?;
    // Binary data reads as characters nobody uses.
    if cost > ((bytes.len() + telling.len()) / size) as u32 * 32 + rare {
        return None;
    }
    // What it would cost otherwise. A text without NUL needs more to be called UTF-16.
    let mut narrow = u32::MAX;
    for charset in Charset::EAST_ASIAN.into_iter().chain([Charset::Utf8]) {
        narrow = narrow.min(super::cost::cost(charset, &[bytes], cost));
        if narrow <= cost {
            return None;
        }
    }
    let single = one_byte(&[bytes]).unwrap_or(Charset::GB18030);
    let narrow = narrow.min(Reading::with(single, Language::Alphabetic)?.cost(bytes));
    (cost < narrow).then(|| {
        let confidence = 1.0 - (-((narrow - cost) as f32) / DOUBT as f32 * 3.0).exp2() / 2.0;
        Decision { skip, confidence, ..Decision::sure(charset) }
    })
}

/// A stretch that tells the byte order of a text that begins with more ASCII than a sample holds: every unit
/// of ASCII has a zero, and cut within one, either order reads the same letters.
fn telling(bytes: &[u8]) -> &[u8] {
    let end = bytes.len().min(SAMPLE);
    let head = bytes[..end].as_chunks::<4>().0;
    let used = head.iter().fold([0; 4], |used, unit| [0, 1, 2, 3].map(|column| used[column] | unit[column]));
    let is_new = |unit: &[u8; 4]| unit.iter().zip(&used).any(|(byte, used)| *used == 0 && *byte != 0);
    let first = bytes[end..].as_chunks::<4>().0.iter().position(is_new);
    let start = first.map_or(bytes.len(), |unit| end + unit * 4);
    &bytes[start..bytes.len().min(start + 256)]
}

fn is_printable(bytes: &[u8]) -> bool {
    !bytes.iter().fold(false, |odd, b| odd | matches!(b, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F))
}

/// Whether bytes are UTF-8; where there are `cut` of them, the last character may be cut.
fn is_utf8(bytes: &[u8], cut: usize) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => bytes.len() == cut && error.error_len().is_none(),
    }
}

/// What it costs to read UTF-16; where that is more than `enough`, at least so much.
fn utf16_cost(costs: &Costs, bytes: &[u8], order: Order, enough: u32) -> u32 {
    let (units, _) = bytes.as_chunks::<2>();
    let units = units.iter().map(|unit| match order {
        Order::Little => u16::from_le_bytes(*unit),
        Order::Big => u16::from_be_bytes(*unit),
    });
    // A NUL in two bytes is no cheaper than two.
    let cost = |c| if c == '\0' { 2 * costs.cost(c) } else { costs.cost(c) };
    let mut sum = 0u32;
    for c in char::decode_utf16(units) {
        if sum > enough {
            break;
        }
        sum = sum.saturating_add(c.map_or(BROKEN, cost));
    }
    sum
}

fn utf32_cost(costs: &Costs, bytes: &[u8], order: Order) -> u32 {
    let (units, _) = bytes.as_chunks::<4>();
    let scalars = units.iter().map(|unit| match order {
        Order::Little => u32::from_le_bytes(*unit),
        Order::Big => u32::from_be_bytes(*unit),
    });
    // A NUL in four bytes is no cheaper than four.
    let cost = |c| if c == '\0' { 4 * costs.cost(c) } else { costs.cost(c) };
    scalars.map(|scalar| char::from_u32(scalar).map_or(2 * BROKEN, cost)).fold(0, u32::saturating_add)
}
