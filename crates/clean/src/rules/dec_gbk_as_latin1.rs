use super::support::mojibake;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use encoding_rs::GB18030;
use qingwen_model::Edits;
use std::ops::RangeInclusive;

pub(crate) static RULE: Rule = Rule {
    id: "dec-gbk-as-latin1",
    doc: include_str!("dec_gbk_as_latin1.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::LATIN1, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    let text = line.text();
    let runs = || mojibake::runs(text, mojibake::latin1).map(|run| (run.clone(), &text[run]));
    let sure: Vec<_> = runs().filter_map(|(range, run)| Some((range, repaired(run)?))).collect();
    // One run beyond doubt tells what the line is where nothing in it speaks for another table: then the shorter ones
    // are sure, too.
    let all = || {
        let pairs = |(range, run): (_, &str)| Some((range, decoded(&bytes(run))?));
        let all: Option<Vec<_>> = runs().filter(|(_, run)| !is_repeated(run)).map(pairs).collect();
        all.filter(|_| !text.contains(BEYOND))
    };
    let more = if sure.is_empty() { None } else { all() };
    for (range, fixed) in more.unwrap_or(sure) {
        edits.replace(range, fixed);
    }
}

/// Letters that only windows-1252 has: bytes that no character of GB 2312 begins or ends with.
const BEYOND: [char; 8] = ['Š', 'Œ', 'Ž', 'š', 'œ', 'ž', 'Ÿ', 'ƒ'];

fn bytes(text: &str) -> Vec<u8> {
    text.chars().filter_map(mojibake::latin1).collect()
}

/// The text that pairs of GB 2312 are.
fn decoded(bytes: &[u8]) -> Option<String> {
    let are_pairs = bytes.len().is_multiple_of(2) && bytes.chunks_exact(2).all(mojibake::is_gb2312);
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes).filter(|_| are_pairs)?;
    Some(text.into_owned())
}

/// What the text was before its GBK was taken for Latin-1, where that is beyond doubt.
fn repaired(text: &str) -> Option<String> {
    let bytes = bytes(text);
    // Latin-1 of UTF-8 may be pairs of GB 2312, too: what was read twice, or Cyrillic.
    if bytes.len() < 4 || !has_words(text) || std::str::from_utf8(&bytes).is_ok_and(is_plausible) {
        return None;
    }
    let fixed = decoded(&bytes)?;
    let han = fixed.chars().filter(|c| chars::is_han(*c)).count();
    // Level 2 of GB 2312 has the rare characters: accented letters are as likely to be these as any.
    let rare = bytes.chunks_exact(2).filter(|pair| pair[0] >= 0xd8).count();
    // What is left of UTF-8 that lost some bytes may happen to be GBK, too.
    let utf8 = bytes.windows(2).filter(|w| matches!(w, [0xe4..=0xe9, 0x80..=0xbf])).count();
    (han >= 2 && rare * 3 <= han && utf8 * 5 < bytes.len()).then_some(fixed)
}

/// Whether what bytes are in UTF-8 may have been written: letters of one alphabet, what was itself read as Latin-1, or
/// characters of three bytes. Pairs of GBK may happen to be pairs of UTF-8: 通知 is a Greek accent and a Hebrew one.
fn is_plausible(text: &str) -> bool {
    const ALPHABETS: [RangeInclusive<char>; 5] = [
        '\u{c0}'..='\u{24f}',
        '\u{370}'..='\u{3ff}',
        '\u{400}'..='\u{52f}',
        '\u{5d0}'..='\u{5ea}',
        '\u{620}'..='\u{6ff}',
    ];
    let is_of = |range: &RangeInclusive<char>| text.chars().all(|c| range.contains(&c) && c.is_alphabetic());
    ALPHABETS.iter().any(is_of)
        || text.chars().all(|c| matches!(c, '\u{80}'..='\u{ff}'))
        || text.chars().any(|c| c >= '\u{800}')
}

/// Whether one character is all there is, as in the `××` that stands for a name somebody left out.
fn is_repeated(text: &str) -> bool {
    text.chars().next().is_some_and(|first| text.chars().all(|c| c == first))
}

/// Whether the characters could be bytes of words: signs that people repeat (`××××`), or an alphabet in order, are
/// what they look like.
fn has_words(text: &str) -> bool {
    let letter = |c: char| c.is_alphabetic();
    let mut distinct: Vec<char> = text.chars().collect();
    let rising = distinct.windows(2).all(|pair| pair[0] as u32 + 1 == pair[1] as u32);
    distinct.sort_unstable();
    distinct.dedup();
    !rising && distinct.len() >= 3 && text.chars().any(letter)
}
