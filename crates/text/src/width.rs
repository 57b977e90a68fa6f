//! How wide text is on a screen of fixed-width cells.
//!
//! East Asian width (UAX #11): what is wide or full-width takes two cells, and so does what is ambiguous,
//! because the Chinese fonts and terminals such texts were wrapped for make it so: “ ” — … · × and the Greek
//! and Cyrillic letters of GB 2312.

/// Cells of a tab. Four, the width of the two characters by which a Chinese paragraph is indented.
const TAB: u32 = 4;

/// Cells of text.
pub(crate) fn cells(text: &str) -> u32 {
    if is_plain(text.as_bytes()) { plain_cells(text.as_bytes()) } else { text.chars().map(cells_of).sum() }
}

/// Whether every character is of one byte and one cell, or of three bytes and two cells, as in nearly all
/// Chinese text. Then [`plain_cells`] is right.
///
/// No branch hangs on a byte, so that the compiler looks at sixteen or more at a time.
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    let odd = bytes.iter().zip(second).zip(third).fold(0, |odd, ((&a, &b), &c)| odd | strange(a, b, c));
    let end = &bytes[bytes.len().saturating_sub(2)..];
    odd | end.iter().fold(0, |odd, &a| odd | strange(a, 0, 0)) == 0
}

/// Not 0 for the first byte of a tab, U+0080–1FFF, U+2000–200F, U+FF40–FFFF, and what is beyond.
fn strange(a: u8, b: u8, c: u8) -> u8 {
    let alone = u8::from(a == b'\t') | u8::from(a.wrapping_sub(0xC0) < 0x22) | u8::from(a >= 0xF0);
    let spaces = u8::from(a == 0xE2) & u8::from(b == 0x80) & u8::from(c < 0x90);
    alone | spaces | (u8::from(a == 0xEF) & u8::from(b >= 0xBD))
}

/// Cells of text that [is plain](is_plain): one less than its bytes for each lead byte.
pub(crate) fn plain_cells(bytes: &[u8]) -> u32 {
    // A byte from E0 on has its three highest bits set: a 1 in its place for each of eight bytes.
    let ones = |word: u64| (word & word << 1 & word << 2) >> 7 & 0x0101_0101_0101_0101;
    let (words, rest) = bytes.as_chunks::<8>();
    let mut leads = 0;
    // Eight counters of a byte, which do not overflow.
    for words in words.chunks(255) {
        let counts = words.iter().fold(0, |counts, word| counts + ones(u64::from_le_bytes(*word)));
        let pairs = (counts & 0x00FF_00FF_00FF_00FF) + (counts >> 8 & 0x00FF_00FF_00FF_00FF);
        leads += (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as u32;
    }
    leads += match bytes.last_chunk::<8>() {
        // The end of the last word, what was counted already shifted out.
        Some(last) if !rest.is_empty() => {
            ones(u64::from_le_bytes(*last) >> (64 - 8 * rest.len())).count_ones()
        }
        Some(_) => 0,
        None => rest.iter().map(|byte| u32::from(*byte >= 0xE0)).sum(),
    };
    bytes.len() as u32 - leads
}

/// Cells of one character.
fn cells_of(c: char) -> u32 {
    match c {
        '\t' => TAB,
        ' '..='~' => 1,
        '\0'..='\u{9f}' | '\u{ad}' => 0,
        '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' => 0,
        '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' => 0,
        // Ambiguous: the signs and letters of GB 2312, which pinyin vowels are.
        '\u{a4}' | '\u{a7}' | '\u{a8}' | '\u{b0}' | '\u{b1}' | '\u{b7}' | '\u{d7}' | '\u{f7}' => 2,
        '\u{391}'..='\u{3c9}' | '\u{401}' | '\u{410}'..='\u{451}' | '\u{2016}' | '\u{2030}'..='\u{203b}' => 2,
        '\u{a0}'..='\u{10ff}' | '\u{1160}'..='\u{200a}' | '\u{2028}'..='\u{206f}' => 1,
        '\u{ff61}'..='\u{ffdc}' | '\u{ffe8}'..='\u{ffee}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_as_wide_as_its_characters() {
        let part = "第1条 DN300以上，“漏损率”—9%；";
        for length in (0..40).chain([500, 4079, 4080, 4081, 9000]) {
            let text: String = part.chars().cycle().take(length).collect();
            assert!(is_plain(text.as_bytes()));
            assert_eq!(plain_cells(text.as_bytes()), text.chars().map(cells_of).sum::<u32>(), "{length}");
        }
    }
}
