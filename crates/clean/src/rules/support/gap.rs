//! Spaces within a line and what stands on both sides of them.

use crate::chars;
use std::ops::Range;

/// A run of spaces between two characters of a line.
#[derive(Clone, Debug)]
pub(crate) struct Gap<'a> {
    text: &'a str,
    pub(crate) range: Range<usize>,
    pub(crate) before: char,
    pub(crate) after: char,
}

/// All gaps of a line; spaces at its edges, or beside a line break, are none.
pub(crate) fn gaps(text: &str) -> impl Iterator<Item = Gap<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find(chars::is_space)?;
            let end = text[start..].find(|c| !chars::is_space(c)).map_or(text.len(), |length| start + length);
            from = end;
            let before = text[..start].chars().next_back().filter(|c| *c != '\n');
            let after = text[end..].chars().next().filter(|c| *c != '\n');
            if let (Some(before), Some(after)) = (before, after) {
                return Some(Gap { text, range: start..end, before, after });
            }
        }
    })
}

impl Gap<'_> {
    /// Whether a pair of brackets holds nothing else: a blank that somebody is to fill in.
    pub(crate) fn is_blank_to_fill(&self) -> bool {
        matches!((self.before, self.after), ('（', '）') | ('〔', '〕') | ('【', '】'))
    }

    /// Whether all that stands before is the sign of a Markdown list, heading or quotation.
    pub(crate) fn follows_list_marker(&self) -> bool {
        let head = self.text[..self.range.start].trim_start();
        let number = head.trim_start_matches(|c: char| c.is_ascii_digit());
        matches!(head, "-" | "*" | "+" | ">")
            || !head.is_empty() && head.bytes().all(|byte| byte == b'#')
            || number.len() < head.len() && matches!(number, "." | ")")
    }

    /// Whether the characters on both sides stand alone: another space, Chinese or an edge is beyond them.
    pub(crate) fn parts_single_characters(&self) -> bool {
        let alone = |c: Option<char>| c.is_none_or(|c| chars::is_space(c) || chars::is_chinese(c));
        alone(self.text[..self.range.start].chars().rev().nth(1))
            && alone(self.text[self.range.end..].chars().nth(1))
    }
}
