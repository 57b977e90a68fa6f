//! What is found many bytes at a time: characters other than common ideographs, and words that may stand twice.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, mask8x32, u8x32, u8x64};

/// Calls `meet` with the place of every character that begins with `least` or a higher byte and is no common
/// ideograph, one that has the class of ideographs and no other, and with four bytes from there on. Whether there was
/// a common one.
pub(crate) fn others(bytes: &[u8], least: u8, mut meet: impl FnMut(usize, [u8; 4])) -> bool {
    dispatch!(Level::new(), simd => all_others(simd, bytes, least, &mut meet))
}

#[inline(always)]
fn all_others<S: Simd>(simd: S, bytes: &[u8], least: u8, meet: &mut impl FnMut(usize, [u8; 4])) -> bool {
    let mut any_common = false;
    let look = |window: &[u8; BLOCK]| {
        let (others, common) = block_of_others(simd, window, least);
        any_common |= common != 0;
        others
    };
    blocks(bytes, look, meet);
    any_common
}

/// The characters that most of a Chinese text is made of, of which it is enough to know whether there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Common {
    /// Ideographs that have the class of ideographs and no other.
    pub(crate) han: bool,
    /// 0 to 9.
    pub(crate) digits: bool,
    /// `，。、`.
    pub(crate) points: bool,
    /// One of these marks twice in a row.
    pub(crate) repeats: bool,
}

/// What a text has of the common characters; calls `meet` with the place of every other character, and with four bytes
/// from there on.
pub(crate) fn rare(bytes: &[u8], mut meet: impl FnMut(usize, [u8; 4])) -> Common {
    dispatch!(Level::new(), simd => all_rare(simd, bytes, &mut meet))
}

#[inline(always)]
fn all_rare<S: Simd>(simd: S, bytes: &[u8], meet: &mut impl FnMut(usize, [u8; 4])) -> Common {
    let none = u8x32::splat(simd, 0).simd_lt(0);
    let (mut han, mut digits, mut points, mut repeats) = (none, none, none, none);
    let look = |window: &[u8; PAIR]| {
        let [first, second, third, fourth, fifth, sixth] =
            [0, 1, 2, 3, 4, 5].map(|from: usize| u8x32::from_slice(simd, &window[from..from + LANES]));
        let (within, common) = within_or_common(first, second);
        let digit = (first - b'0').simd_lt(10);
        let comma = first.simd_eq(0xef) & second.simd_eq(0xbc) & third.simd_eq(0x8c);
        let point = first.simd_eq(0xe3) & second.simd_eq(0x80) & (third.simd_eq(0x81) | third.simd_eq(0x82));
        let mark = comma | point;
        let again = first.simd_eq(fourth) & second.simd_eq(fifth) & third.simd_eq(sixth);
        (han, digits) = (han | common, digits | digit);
        (points, repeats) = (points | mark, repeats | mark & again);
        (!(within | common | digit | mark)).to_bitmask()
    };
    blocks(bytes, look, meet);
    Common {
        han: han.any_true(),
        digits: digits.any_true(),
        points: points.any_true(),
        repeats: repeats.any_true(),
    }
}

/// Calls `meet` with the place of every space, tab and U+3000, and with four bytes from there on.
pub(crate) fn spaces(bytes: &[u8], mut meet: impl FnMut(usize, [u8; 4])) {
    dispatch!(Level::new(), simd => all_spaces(simd, bytes, &mut meet));
}

#[inline(always)]
fn all_spaces<S: Simd>(simd: S, bytes: &[u8], meet: &mut impl FnMut(usize, [u8; 4])) {
    let look = |window: &[u8; BLOCK]| {
        let first = u8x32::from_slice(simd, &window[..LANES]);
        let narrow = first.simd_eq(b' ') | first.simd_eq(b'\t');
        narrow.to_bitmask() | block_of(simd, window, [0xe3, 0x80, 0x80])
    };
    blocks(bytes, look, meet);
}

/// Calls `meet` with every bracket of either width and its place, title mark and double quote of Chinese, and of few other
/// characters.
pub(crate) fn paired(bytes: &[u8], mut meet: impl FnMut(usize, char)) {
    // All have three bytes but those of ASCII.
    let mut decode = |at: usize, [first, second, third, _]: [u8; 4]| {
        let [high, middle, low] = [first & 0x0f, second & 0x3f, third & 0x3f].map(u32::from);
        let wide = char::from_u32(high << 12 | middle << 6 | low);
        meet(at, if first < 0x80 { char::from(first) } else { wide.unwrap_or_default() });
    };
    dispatch!(Level::new(), simd => all_paired(simd, bytes, &mut decode));
}

#[inline(always)]
fn all_paired<S: Simd>(simd: S, bytes: &[u8], meet: &mut impl FnMut(usize, [u8; 4])) {
    let look = |window: &[u8; BLOCK]| {
        let [first, second, third] =
            [0, 1, 2].map(|from: usize| u8x32::from_slice(simd, &window[from..from + LANES]));
        let narrow = (first - b'(').simd_lt(2);
        // U+201C and U+201D, U+FF08 and U+FF09, U+3008 to U+3015.
        let quotes = first.simd_eq(0xe2) & second.simd_eq(0x80) & (third - 0x9c).simd_lt(2);
        let round = first.simd_eq(0xef) & second.simd_eq(0xbc) & (third - 0x88).simd_lt(2);
        let others = first.simd_eq(0xe3) & second.simd_eq(0x80) & (third - 0x88).simd_lt(14);
        (narrow | quotes | round | others).to_bitmask()
    };
    blocks(bytes, look, meet);
}

/// Where a character of three bytes stands first.
pub(crate) fn find(bytes: &[u8], character: [u8; 3]) -> Option<usize> {
    dispatch!(Level::new(), simd => first_of(simd, bytes, character))
}

#[inline(always)]
fn first_of<S: Simd>(simd: S, bytes: &[u8], character: [u8; 3]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = match bytes[at..].first_chunk() {
            Some(window) => block_of(simd, window, character),
            None => block_of(simd, &ended(&bytes[at..], [NO_CHARACTER; BLOCK]), character),
        };
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        if bytes.len() - at <= LANES {
            return None;
        }
        at += LANES;
    }
}

/// Where in a block a character of three bytes begins.
#[inline(always)]
fn block_of<S: Simd>(simd: S, window: &[u8; BLOCK], character: [u8; 3]) -> u64 {
    let is = |from: usize| u8x32::from_slice(simd, &window[from..from + LANES]).simd_eq(character[from]);
    (is(0) & is(1) & is(2)).to_bitmask()
}

/// Calls `meet` for every byte of those that `look` finds in a block.
#[inline(always)]
fn blocks<const N: usize>(
    bytes: &[u8],
    mut look: impl FnMut(&[u8; N]) -> u64,
    meet: &mut impl FnMut(usize, [u8; 4]),
) {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let padded;
        let window = match rest.first_chunk::<N>() {
            Some(window) => window,
            None => {
                padded = ended(rest, [NO_CHARACTER; N]);
                &padded
            }
        };
        let mut left = look(window);
        while left != 0 {
            let bit = left.trailing_zeros() as usize;
            meet(at + bit, std::array::from_fn(|byte| window[bit + byte]));
            left &= left - 1;
        }
        if rest.len() <= LANES {
            return;
        }
        at += LANES;
    }
}

/// So many bytes are looked at together. The bits of twice as many would be taken from two registers one by one.
const LANES: usize = 32;
/// They, and so many after them that a character which begins there is whole.
const BLOCK: usize = LANES + 3;
/// The same, and so many after them that it and the next are.
const PAIR: usize = LANES + 6;
/// A byte that begins no character.
const NO_CHARACTER: u8 = 0xbf;

/// Of the bytes of a block, those at which other characters begin, and common ideographs.
#[inline(always)]
fn block_of_others<S: Simd>(simd: S, window: &[u8; BLOCK], least: u8) -> (u64, u64) {
    let (first, second) =
        (u8x32::from_slice(simd, &window[..LANES]), u8x32::from_slice(simd, &window[1..LANES + 1]));
    let (within, common) = within_or_common(first, second);
    let others = !(within | common) & first.simd_ge(least);
    (others.to_bitmask(), common.to_bitmask())
}

/// The bytes within characters, and those at which common ideographs begin.
#[inline(always)]
fn within_or_common<S: Simd>(first: u8x32<S>, second: u8x32<S>) -> (mask8x32<S>, mask8x32<S>) {
    let within = (first - 0x80).simd_lt(0x40);
    // U+4000 to U+9FFF, of which those below U+4E00 are not common, nor U+9500 to U+953F, where some are watched.
    let rare = first.simd_eq(0xe4) & second.simd_lt(0xb8) | first.simd_eq(0xe9) & second.simd_eq(0x94);
    (within, (first - 0xe4).simd_lt(6) & !rare)
}

/// Whether a word of up to four ideographs may stand twice in a row; a text in which one does never fails to pass.
/// `is_slip` says of the bytes of a single character whether it counts as such a word.
pub(crate) fn may_repeat(bytes: &[u8], is_slip: impl Fn(&[u8]) -> bool) -> bool {
    dispatch!(Level::new(), simd => any_repeats(simd, bytes, &is_slip))
}

/// The longest word that is looked for, in bytes.
const LONGEST: usize = 12;
/// As many bytes as are compared, and those after them that they are compared with.
const WINDOW: usize = 64 + LONGEST;

#[inline(always)]
fn any_repeats<S: Simd>(simd: S, bytes: &[u8], is_slip: &impl Fn(&[u8]) -> bool) -> bool {
    // Windows overlap, so that every word lies within one.
    const STEP: usize = 64 - (LONGEST - 1);
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk::<WINDOW>() {
        if repeats_within(simd, window, is_slip) {
            return true;
        }
        rest = &rest[STEP..];
    }
    loop {
        // Nothing behind the end equals an ideograph.
        if repeats_within(simd, &ended(rest, [0; WINDOW]), is_slip) {
            return true;
        }
        if rest.len() <= 64 {
            return false;
        }
        rest = &rest[STEP..];
    }
}

#[inline(always)]
fn repeats_within<S: Simd>(simd: S, window: &[u8; WINDOW], is_slip: &impl Fn(&[u8]) -> bool) -> bool {
    let here = u8x64::from_slice(simd, &window[..64]);
    // Where three bytes in a row equal those so many places on.
    let alike = |on: usize| {
        let alike = here.simd_eq(u8x64::from_slice(simd, &window[on..on + 64])).to_bitmask();
        alike & alike >> 1 & alike >> 2
    };
    let (two, three, four) = (alike(6), alike(9), alike(12));
    let words = two & two >> 3 | three & three >> 3 & three >> 6 | four & four >> 3 & four >> 6 & four >> 9;
    let ideographs = (here - 0xe3).simd_lt(7) | here.simd_eq(0xef);
    // Ideographs of four bytes are too rare to be looked for so.
    let far = here.simd_ge(0xf0);
    if words & ideographs.to_bitmask() != 0 || far.any_true() {
        return true;
    }
    let mut left = alike(3) & ideographs.to_bitmask();
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        if is_slip(&window[at..at + 3]) {
            return true;
        }
        left &= left - 1;
    }
    false
}

/// Bytes, and after them what `padding` has.
#[inline(always)]
fn ended<const N: usize>(bytes: &[u8], mut padding: [u8; N]) -> [u8; N] {
    padding[..bytes.len()].copy_from_slice(bytes);
    padding
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: [&str; 16] = [
        " ",
        "\t",
        "水库",
        "的",
        "，",
        "a1",
        "。",
        "\u{3000}",
        "é",
        "㐀",
        "䷀",
        "锟",
        "龥",
        "一二三四",
        "𠀀",
        "“",
    ];

    /// Texts of all lengths up to some hundred bytes, with each part at each place of a block.
    fn texts() -> impl Iterator<Item = String> {
        (1..40usize).flat_map(|step| {
            let part = move |at: usize| PARTS[(at * step + at * at / 7) % PARTS.len()];
            (0..50).map(move |length| (0..length).map(part).collect())
        })
    }

    #[test]
    fn all_but_common_ideographs_are_met_in_order() {
        let is_common = |c: char| matches!(c, '\u{4e00}'..='\u{94ff}' | '\u{9540}'..='\u{9fff}');
        for text in texts() {
            for least in [0, 0xe0] {
                let mut met = Vec::new();
                let any = others(text.as_bytes(), least, |at, _| met.push(at));
                let is_other = |(at, c): &(usize, char)| !is_common(*c) && text.as_bytes()[*at] >= least;
                let expected: Vec<usize> = text.char_indices().filter(is_other).map(|(at, _)| at).collect();
                assert_eq!((met, any), (expected, text.chars().any(is_common)), "{text}");
            }
        }
    }

    #[test]
    fn common_characters_are_told_and_all_others_met() {
        let is_mark = |c: char| matches!(c, '，' | '。' | '、');
        let is_common = |c: char| {
            matches!(c, '\u{4e00}'..='\u{94ff}' | '\u{9540}'..='\u{9fff}') || c.is_ascii_digit() || is_mark(c)
        };
        let doubled = (0..70).flat_map(|before| {
            ["，，", "。。", "、、", "，。", "、，"].map(|marks| format!("{}{marks}水", "a".repeat(before)))
        });
        for text in texts().chain(doubled) {
            let mut met = Vec::new();
            let common = rare(text.as_bytes(), |at, _| met.push(at));
            let others = text.char_indices().filter(|(_, c)| !is_common(*c)).map(|(at, _)| at);
            assert_eq!(met, others.collect::<Vec<_>>(), "{text}");
            let all: Vec<char> = text.chars().collect();
            let expected = Common {
                han: all.iter().any(|c| is_common(*c) && !is_mark(*c) && !c.is_ascii_digit()),
                digits: all.iter().any(char::is_ascii_digit),
                points: all.iter().any(|c| is_mark(*c)),
                repeats: all.windows(2).any(|pair| pair[0] == pair[1] && is_mark(pair[0])),
            };
            assert_eq!(common, expected, "{text}");
        }
    }

    #[test]
    fn paired_marks_are_met_in_order() {
        let is_paired = |c: char| matches!(c, '(' | ')' | '“' | '”' | '（' | '）' | '\u{3008}'..='\u{3015}');
        for before in 0..70 {
            let text =
                format!("{}（水《库》）“好”(a*)【一】〔二〕「三」『四』〈五〉，。、", "a".repeat(before));
            let mut met = Vec::new();
            paired(text.as_bytes(), |at, c| met.push((at, c)));
            let expected = text.char_indices().filter(|(_, c)| is_paired(*c));
            assert_eq!(met, expected.collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn spaces_and_characters_are_found_wherever_they_stand() {
        for text in texts() {
            let (mut met, mut expected) = (Vec::new(), Vec::new());
            spaces(text.as_bytes(), |at, _| met.push(at));
            expected
                .extend(text.char_indices().filter(|(_, c)| " \t\u{3000}".contains(*c)).map(|(at, _)| at));
            assert_eq!(met, expected, "{text}");
            for c in ["，", "。", "龥", "\u{3000}"] {
                let bytes = c.as_bytes().first_chunk().copied().unwrap_or_default();
                assert_eq!(find(text.as_bytes(), bytes), text.find(c), "{text}");
            }
        }
    }

    #[test]
    fn a_word_twice_is_found_wherever_it_stands() {
        let is_slip = |c: &[u8]| c == "的".as_bytes();
        for (word, expected) in [
            ("的", true),
            ("人", false),
            ("水库", true),
            ("主任办", true),
            ("主任办公", true),
            ("a水", false),
        ] {
            for before in 0..90 {
                for after in [0, 1, 5, 30] {
                    let filler = |from: u32, count: u32| -> String {
                        (from..from + count).filter_map(|at| char::from_u32(0x5000 + 7 * at)).collect()
                    };
                    let text = format!("x{}{word}{word}{}", filler(0, before), filler(500, after));
                    assert_eq!(may_repeat(text.as_bytes(), is_slip), expected, "{text}");
                }
            }
        }
        assert!(!may_repeat(b"", is_slip) && may_repeat("𠀀".as_bytes(), is_slip));
    }
}
