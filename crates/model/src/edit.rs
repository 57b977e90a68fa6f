use std::borrow::Cow;
use std::ops::Range;

/// One replacement in a string: the bytes of `range` become `with`.
///
/// ```
/// let edit = qingwen_model::Edit { range: 0..1, with: "，".into() };
/// assert_eq!(edit.with, "，");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Byte range in the string as it was before any edit.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub with: Cow<'static, str>,
}

/// Edits of one string, kept in order and free of overlap, so that they can be applied in one pass.
///
/// Positions always mean the string as it was when the rule looked at it, whatever has been asked for since.
///
/// ```
/// let mut edits = qingwen_model::Edits::new();
/// assert!(edits.replace(3..4, "，") && edits.insert(7, "。"));
/// assert!(!edits.delete(0..6), "an edit of a part of it was asked for already");
/// assert_eq!(edits.apply("甲,乙"), "甲，乙。");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    edits: Vec<Edit>,
}

impl Edits {
    /// No edits.
    pub fn new() -> Self {
        Edits::default()
    }

    /// Asks for `range` to become `with`. Refused, with `false`, where it overlaps an edit already asked
    /// for; the first to ask wins. An insertion at a place where an edit begins or ends is no overlap.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<Cow<'static, str>>) -> bool {
        if range.start > range.end {
            return false;
        }
        // Rules mostly go through a text from its beginning to its end.
        if self.edits.last().is_none_or(|last| last.range.end < range.start) {
            self.edits.push(Edit { range, with: with.into() });
            return true;
        }
        let at = self.edits.partition_point(|edit| {
            (edit.range.start, edit.range.end) <= (range.start, range.end) && edit.range.start <= range.start
        });
        let clear_before = at == 0 || self.edits[at - 1].range.end <= range.start;
        let clear_after = at == self.edits.len() || range.end <= self.edits[at].range.start;
        if !clear_before || !clear_after {
            return false;
        }
        self.edits.insert(at, Edit { range, with: with.into() });
        true
    }

    /// Asks for `range` to go. See [`replace`](Edits::replace).
    pub fn delete(&mut self, range: Range<usize>) -> bool {
        self.replace(range, "")
    }

    /// Asks for `with` to be put in before the byte at `at`. See [`replace`](Edits::replace).
    pub fn insert(&mut self, at: usize, with: impl Into<Cow<'static, str>>) -> bool {
        self.replace(at..at, with)
    }

    /// Keeps only the edits for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Edit) -> bool) {
        self.edits.retain(keep);
    }

    /// Forgets all edits, keeping the memory.
    pub fn clear(&mut self) {
        self.edits.clear();
    }

    /// The edits, in order of place.
    pub fn as_slice(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The string with all edits applied. Edits that do not fit the string (beyond its end, within a
    /// character) are left out.
    pub fn apply(&self, text: &str) -> String {
        let gained: usize = self.edits.iter().map(|edit| edit.with.len()).sum();
        let mut out = String::with_capacity(text.len() + gained);
        self.apply_to(text, &mut out);
        out
    }

    /// Makes of `out` the string with all edits applied.
    pub(crate) fn apply_to(&self, text: &str, out: &mut String) {
        out.clear();
        let mut at = 0;
        for edit in self.fitting(text) {
            out.push_str(&text[at..edit.range.start]);
            out.push_str(&edit.with);
            at = edit.range.end;
        }
        out.push_str(&text[at..]);
    }

    /// The edits that fit `text`, in order.
    pub(crate) fn fitting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Edit> {
        self.edits
            .iter()
            .filter(|edit| text.is_char_boundary(edit.range.start) && text.is_char_boundary(edit.range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_keep_in_order_whatever_order_they_come_in() {
        let mut edits = Edits::new();
        assert!(edits.replace(4..5, "E"));
        assert!(edits.replace(0..1, "A"));
        assert!(edits.insert(5, "!"));
        assert_eq!(edits.apply("abcdef"), "AbcdE!f");
    }

    #[test]
    fn the_first_to_ask_wins() {
        let mut edits = Edits::new();
        assert!(edits.delete(2..4));
        assert!(!edits.replace(3..5, "x"));
        assert!(!edits.replace(1..3, "x"));
        assert!(!edits.insert(3, "x"));
        assert!(edits.replace(4..5, "y"));
        assert_eq!(edits.apply("abcdef"), "abyf");
    }

    #[test]
    fn an_edit_within_a_character_is_left_out() {
        let mut edits = Edits::new();
        edits.delete(1..3);
        edits.delete(90..99);
        assert_eq!(edits.apply("中文"), "中文");
    }
}
