use std::fmt;
use std::ops::Deref;

/// A piece of text, mostly of a few characters, which then costs no allocation: a ledger has two for each change.
///
/// ```
/// use qingwen_model::Snippet;
/// let comma = Snippet::from("，");
/// assert!(comma == "，" && comma.chars().count() == 1);
/// assert_eq!(Snippet::from("[bookmark: _GoBack]").to_string(), "[bookmark: _GoBack]");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Snippet(Kept);

/// Bytes that a snippet keeps in itself.
const SHORT: usize = 14;

#[derive(Clone, PartialEq, Eq, Hash)]
#[allow(clippy::box_collection, reason = "one word, where a string has three")]
enum Kept {
    /// So many bytes; those after them are 0.
    Here(u8, [u8; SHORT]),
    /// Twice removed, so that a snippet is two words long.
    There(Box<String>),
}

impl Deref for Snippet {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Kept::Here(length, bytes) => {
                std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default()
            }
            Kept::There(string) => string,
        }
    }
}

impl From<&str> for Snippet {
    fn from(text: &str) -> Self {
        if text.len() > SHORT {
            return Snippet(Kept::There(Box::new(text.to_owned())));
        }
        let mut bytes = [0; SHORT];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Snippet(Kept::Here(text.len() as u8, bytes))
    }
}

impl From<String> for Snippet {
    fn from(text: String) -> Self {
        if text.len() > SHORT { Snippet(Kept::There(Box::new(text))) } else { Snippet::from(text.as_str()) }
    }
}

impl PartialEq<&str> for Snippet {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl Default for Snippet {
    fn default() -> Self {
        Snippet::from("")
    }
}

impl fmt::Display for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl fmt::Debug for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Diagnostic, Kind};

    #[test]
    fn a_snippet_is_the_text_it_was_made_of_whatever_its_length() {
        for length in 0..20 {
            for c in ["a", "水", "𠀀"] {
                let text = c.repeat(length);
                assert_eq!(*Snippet::from(text.as_str()), *text);
                assert_eq!(Snippet::from(text.clone()), Snippet::from(text.as_str()));
            }
        }
    }

    #[test]
    fn an_entry_of_the_ledger_is_a_line_of_the_cache() {
        assert_eq!((size_of::<Snippet>(), size_of::<Kind>()), (16, 32));
        assert!(size_of::<Diagnostic>() <= 64);
    }
}
