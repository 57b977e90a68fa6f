//! Text that was decoded with the wrong table, and the way back.

use crate::chars::{is_chinese_mark, is_han};
use encoding_rs::{EncoderResult, GBK};
use std::ops::{Range, RangeInclusive};
use std::sync::OnceLock;

/// What windows-1252 has between 0x80 and 0x9F, where it differs from Latin-1.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// The byte beyond ASCII that windows-1252 or Latin-1 shows as this character.
pub(crate) fn windows_1252(c: char) -> Option<u8> {
    if matches!(c, '\u{80}'..='\u{ff}') {
        return u8::try_from(c as u32).ok();
    }
    let index = WINDOWS_1252.chars().position(|other| other == c)?;
    u8::try_from(0x80 + index).ok()
}

/// The byte beyond ASCII that Latin-1 shows as this character.
pub(crate) fn latin1(c: char) -> Option<u8> {
    u8::try_from(c as u32).ok().filter(|byte| *byte >= 0x80)
}

/// The longest runs of characters that come from bytes.
pub(crate) fn runs(text: &str, byte: impl Fn(char) -> Option<u8>) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(|c| byte(c).is_some())?;
        from = text[start..].find(|c| byte(c).is_none()).map_or(text.len(), |length| start + length);
        Some(start..from)
    })
}

/// The two bytes GBK has for a character, where it has two.
pub(crate) fn gbk(c: char) -> Option<[u8; 2]> {
    let (mut utf8, mut bytes) = ([0; 4], [0; 8]);
    let text = c.encode_utf8(&mut utf8);
    let (result, _, written) = GBK.new_encoder().encode_from_utf8_without_replacement(text, &mut bytes, true);
    (result == EncoderResult::InputEmpty && written == 2).then_some([bytes[0], bytes[1]])
}

/// Whether the two bytes that GBK has for a character look like the first of three bytes of UTF-8.
pub(crate) fn may_be_utf8(c: char) -> bool {
    const LEADS: RangeInclusive<u8> = 0xe2..=0xef;
    const SECONDS: RangeInclusive<u8> = 0x80..=0xbf;
    // There are some hundreds, nearly all of them ideographs.
    static ALL: OnceLock<Box<[u64]>> = OnceLock::new();
    let place = |c: char| {
        let index = (c as usize).checked_sub(0x4e00)?;
        Some((index / 64, 1 << (index % 64)))
    };
    let all = ALL.get_or_init(|| {
        let bytes: Vec<u8> = LEADS.flat_map(|lead| SECONDS.flat_map(move |second| [lead, second])).collect();
        let mut all = vec![0u64; 0x10000 / 64];
        for (word, bit) in GBK.decode_without_bom_handling(&bytes).0.chars().filter_map(place) {
            all.get_mut(word).into_iter().for_each(|word| *word |= bit);
        }
        all.into_boxed_slice()
    });
    let known = place(c).is_some_and(|(word, bit)| all.get(word).is_some_and(|word| word & bit != 0));
    known && matches!(gbk(c), Some([lead, second]) if LEADS.contains(&lead) && SECONDS.contains(&second))
}

/// Whether two bytes are a character of GB 2312.
pub(crate) fn is_gb2312(pair: &[u8]) -> bool {
    matches!(pair, [0xa1..=0xa9 | 0xb0..=0xf7, 0xa1..=0xfe])
}

/// Whether at least three of five characters are Chinese, and one of them in no other script.
pub(crate) fn is_mostly_chinese(text: &str) -> bool {
    let (mut all, mut chinese, mut sure) = (0usize, 0usize, false);
    for c in text.chars() {
        let wide = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}') || is_han(c);
        all += 1;
        chinese += usize::from(wide || is_chinese_mark(c));
        sure |= wide;
    }
    sure && chinese * 5 >= all * 3
}
