//! What several rules share.

pub(crate) mod fields;
mod gap;
pub(crate) mod mojibake;
pub(crate) mod unicode;

pub(crate) use gap::gaps;

use crate::{Line, texts};
use qingwen_model::{Edits, Log, Mark, Text};
use std::ops::Range;

/// Asks for every character that `map` knows to be replaced.
pub(crate) fn replace_chars(line: &Line<'_>, edits: &mut Edits, map: impl Fn(char) -> Option<&'static str>) {
    for (at, c) in line.text().char_indices() {
        if let Some(with) = map(c) {
            edits.replace(at..at + c.len_utf8(), with);
        }
    }
}

/// Asks for every run of characters for which `goes` is true to be deleted.
pub(crate) fn delete_chars(line: &Line<'_>, edits: &mut Edits, goes: impl Fn(char) -> bool) {
    let text = line.text();
    let mut from = 0;
    while let Some(skip) = text[from..].find(&goes) {
        let start = from + skip;
        from = text[start..].find(|c| !goes(c)).map_or(text.len(), |length| start + length);
        edits.delete(start..from);
    }
}

/// A mark in square brackets that an extractor left, such as `[bookmark: NAME]`.
pub(crate) struct TikaMark<'a> {
    pub(crate) range: Range<usize>,
    /// What stands after the colon, one space excepted.
    pub(crate) name: &'a str,
}

/// All marks that begin with `sign`, whose name has no closing bracket and at most `longest` characters.
pub(crate) fn tika_marks<'a>(
    text: &'a str,
    sign: &str,
    longest: usize,
) -> impl Iterator<Item = TikaMark<'a>> {
    text.match_indices(sign).filter_map(move |(start, sign)| {
        let rest = &text[start + sign.len()..];
        let (length, _) = rest.char_indices().take(longest + 2).find(|(_, c)| *c == ']')?;
        let name = &rest[..length];
        let name = name.strip_prefix(' ').unwrap_or(name);
        let fits = name.chars().count() <= longest && !name.contains('\n');
        fits.then_some(TikaMark { range: start..start + sign.len() + length + 1, name })
    })
}

/// Applies edits on behalf of a rule that looks at the whole document, and writes the ledger.
pub(crate) fn apply(id: &'static str, text: &mut Text, mark: Mark, edits: &Edits, log: &mut Log) {
    texts::note(id, text, mark, edits, log);
    text.replace(edits);
}

/// The longest runs of one character.
pub(crate) fn runs_of(text: &str, sign: char) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(sign)?;
        from = text.len() - text[start..].trim_start_matches(sign).len();
        Some(start..from)
    })
}
