//! How wide text is on a screen of fixed-width cells.
//!
//! East Asian width (UAX #11): what is wide or full-width takes two cells, and so does what is ambiguous,
//! because the Chinese fonts and terminals such texts were wrapped for make it so: “ ” — … · × and the Greek
//! and Cyrillic letters of GB 2312.

/// Cells of a tab. Four, the width of the two characters by which a Chinese paragraph is indented.
const TAB: u32 = 4;

/// Cells of text.
pub(crate) fn cells(text: &str) -> u32 {
    text.chars().map(cells_of).sum()
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
