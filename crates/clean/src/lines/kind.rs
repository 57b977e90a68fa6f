//! What a line is by its own words.

use super::physical::Physical;
use super::rows::is_row;
use crate::structure::enumerator::{self, Class};
use crate::structure::words;

/// What a line is, whatever stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct LineKind {
    pub(super) class: Option<(Class, u32)>,
    /// The enumerator, or the label of a caption, and the space after it, in cells.
    pub(super) hang: u32,
    /// The letter that an item begins with: a), (b) and their kin.
    pub(super) letter: Option<u8>,
    pub(super) is_bullet: bool,
    pub(super) is_row: bool,
    /// The date of a signature.
    pub(super) is_date: bool,
    /// Can only begin a paragraph: a date, 附件, 抄送, a caption.
    pub(super) begins: bool,
}

impl LineKind {
    pub(super) fn of(line: &Physical<'_>) -> LineKind {
        let trimmed = line.text;
        // Most lines begin so, and then with no quote, letter or bullet.
        let is_word = matches!(trimmed.as_bytes().first(), Some(0xe4..=0xe9));
        let unquoted = if is_word { trimmed } else { trimmed.trim_start_matches(['“', '‘', '"']) };
        let is_quoted = unquoted.len() < trimmed.len();
        let enumerator = if is_quoted { enumerator::parse(unquoted) } else { line.number };
        let (letter, lettered) = if is_word { None } else { letter_label(trimmed) }.unzip();
        let label = enumerator.map(|e| &unquoted[..e.body]).or(lettered);
        let label = label.or_else(|| words::caption_label(trimmed));
        let hang = label.map_or(0, |label| label.chars().map(super::cells).sum());
        let is_bullet = !is_word && begins_with_bullet(trimmed);
        let is_short = trimmed.len() < 400;
        let is_date = is_short && words::is_date(trimmed);
        LineKind {
            is_date,
            class: enumerator.map(|e| (e.class, e.number)),
            hang,
            letter,
            is_bullet,
            is_row: is_row(line),
            begins: is_short
                && (is_date
                    || words::is_attachment_label(trimmed)
                    || words::is_attachment_note(trimmed)
                    || words::is_imprint(trimmed)
                    || words::is_caption(trimmed)
                    || trimmed.starts_with("——")
                    || trimmed.starts_with("签发人")),
        }
    }
}

/// Whether a line begins with a bullet.
pub(super) fn begins_with_bullet(text: &str) -> bool {
    text.starts_with(['•', '\u{f0b7}', '●', '■', '◆', '▪', '➢', '★', '※', '○'])
        || ["- ", "* ", "+ ", "· ", "– "].iter().any(|sign| text.starts_with(sign))
}

/// Whether a line, with a date below it, is the whole name of an organ that signs.
pub(super) fn is_signing(text: &str) -> bool {
    words::is_organ(text) && words::count(text) >= 4
}

/// The label of an item that letters count, a) or (b), with the space after it, and its letter.
fn letter_label(text: &str) -> Option<(u8, &str)> {
    let rest = text.strip_prefix(['(', '（']).unwrap_or(text);
    let letter = rest.bytes().next().filter(u8::is_ascii_lowercase)?;
    let body = rest[1..].strip_prefix([')', '）'])?.trim_start();
    Some((letter, &text[..text.len() - body.len()]))
}
