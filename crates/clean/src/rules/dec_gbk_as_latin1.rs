use super::support::mojibake;
use crate::{Action, Classes, Line, Pass, Profiles, Rule, chars};
use encoding_rs::GB18030;
use qingwen_model::Edits;

pub(crate) static RULE: Rule = Rule {
    id: "dec-gbk-as-latin1",
    doc: include_str!("dec_gbk_as_latin1.md"),
    pass: Pass::Decoding,
    profiles: Profiles::ALL,
    action: Action::Text(Classes::LATIN1, apply),
};

fn apply(line: &Line<'_>, edits: &mut Edits) {
    for run in mojibake::runs(line.text(), mojibake::latin1) {
        if let Some(fixed) = repaired(&line.text()[run.clone()]) {
            edits.replace(run, fixed);
        }
    }
}

/// What the text was before its GBK was taken for Latin-1, where that is beyond doubt.
fn repaired(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(mojibake::latin1).collect();
    let bytes = bytes.filter(|bytes| bytes.len() >= 4 && bytes.len().is_multiple_of(2))?;
    if !bytes.chunks_exact(2).all(mojibake::is_gb2312) || !has_words(text) {
        return None;
    }
    let fixed = GB18030.decode_without_bom_handling_and_without_replacement(&bytes)?.into_owned();
    let han = fixed.chars().filter(|c| chars::is_han(*c)).count();
    // Level 2 of GB 2312 has the rare characters: accented letters are as likely to be these as any.
    let rare = bytes.chunks_exact(2).filter(|pair| pair[0] >= 0xd8).count();
    // What is left of UTF-8 that lost some bytes may happen to be GBK, too.
    let utf8 = bytes.windows(2).filter(|w| matches!(w, [0xe4..=0xe9, 0x80..=0xbf])).count();
    (han >= 2 && rare * 3 <= han && utf8 * 5 < bytes.len()).then_some(fixed)
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
