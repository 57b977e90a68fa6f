//! How common characters are.
//!
//! What text costs in a language, in half bits, says how much like that language it looks: of two readings of
//! the same bytes the cheaper is the likelier, by a factor of two for every two half bits. The lists are
//! made by `tests/measure/frequency.py`.

use std::sync::OnceLock;

/// What text may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Simplified Chinese; traditional characters cost a little more.
    Chinese,
    /// Traditional Chinese.
    Traditional,
    Japanese,
    Korean,
    /// A language written with an alphabet.
    Alphabetic,
    /// Any of these.
    Any,
}

/// What a byte or unit costs that is no character.
pub(crate) const BROKEN: u32 = 80;

/// What the characters of a language cost.
pub(crate) struct Costs {
    bmp: Vec<u8>,
}

impl Costs {
    pub(crate) fn of(language: Language) -> &'static Costs {
        static ALL: [OnceLock<Costs>; 6] = [const { OnceLock::new() }; 6];
        ALL[language as usize].get_or_init(|| Costs::make(language))
    }

    /// The cost of one character.
    pub(crate) fn cost(&self, c: char) -> u32 {
        self.bmp.get(c as usize).map_or(60, |cost| u32::from(*cost))
    }

    fn make(language: Language) -> Costs {
        let mut bmp: Vec<u8> = (0..=0xFFFF).map(|unit| unlisted(unit, language)).collect();
        let mut list = |list: &str, more: u8| {
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                let (cost, chars) = line.split_once(' ').unwrap_or_default();
                let cost = cost.parse().unwrap_or(u8::MAX).saturating_add(more);
                for c in chars.chars() {
                    if let Some(cell) = bmp.get_mut(c as usize) {
                        *cell = cost.min(*cell);
                    }
                }
            }
        };
        match language {
            Language::Chinese => {
                list(SIMPLIFIED, 0);
                list(TRADITIONAL, 8);
            }
            Language::Traditional => list(TRADITIONAL, 0),
            Language::Japanese => list(JAPANESE, 0),
            Language::Korean => list(KOREAN, 0),
            Language::Alphabetic => list(ALPHABETS, 0),
            Language::Any => {
                [SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN, ALPHABETS].iter().for_each(|l| list(l, 4))
            }
        }
        if matches!(language, Language::Alphabetic | Language::Any) {
            capitals(&mut bmp);
        }
        Costs { bmp }
    }
}

/// A capital costs four bits more than its small letter.
fn capitals(bmp: &mut [u8]) {
    for unit in 0xC0..0x1F00 {
        let Some(c) = char::from_u32(unit).filter(|c| c.is_uppercase()) else { continue };
        if let Some(small) = c.to_lowercase().next() {
            bmp[unit as usize] = bmp[unit as usize].min(bmp[small as usize].saturating_add(8));
        }
    }
}

/// What a character costs that is in no list.
fn unlisted(unit: u32, language: Language) -> u8 {
    let spacious = matches!(language, Language::Alphabetic | Language::Any);
    match unit {
        0x09 | 0x0A | 0x0D | 0x20 => 8,
        0x30..=0x39 => 11,
        0x41..=0x5A | 0x61..=0x7A => 12,
        0x21..=0x7E => 13,
        0x00..=0x1F | 0x7F => 40,
        // Controls nobody uses: what windows-1252 leaves open and ISO-8859 has.
        0x80..=0x9F => 70,
        0xA0..=0xBF | 0x2010..=0x203B if spacious => 22,
        0xA0..=0x4FF => 34,
        // Thai is not listed: all its letters cost the same.
        0xE01..=0xE5B if spacious => 11,
        0x500..=0x1FFF => 50,
        0x2000..=0x24FF => 30,
        0x2500..=0x25FF => 26,
        0x3000..=0x3020 | 0xFF01..=0xFF5E => 26,
        0x3041..=0x30FF => 32,
        0x3105..=0x3129 => 40,
        0x4E00..=0x9FA5 => 48,
        0xAC00..=0xD7A3 => 48,
        0xFEFF => 8,
        0xE000..=0xF8FF => 64,
        _ => 60,
    }
}

const SIMPLIFIED: &str = include_str!("frequency/simplified.txt");
const TRADITIONAL: &str = include_str!("frequency/traditional.txt");
const JAPANESE: &str = include_str!("frequency/japanese.txt");
const KOREAN: &str = include_str!("frequency/korean.txt");
const ALPHABETS: &str = include_str!("frequency/alphabets.txt");
