use crate::Edits;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The characters of a text: a string of its own, or a stretch of one that texts share, so that a line costs a
/// reader no allocation.
#[derive(Clone)]
pub(crate) enum Chars {
    Own(String),
    /// Bytes `start` to `end` of a string, which are whole characters.
    Shared {
        all: Arc<String>,
        start: u32,
        end: u32,
    },
}

impl Chars {
    /// A stretch of a string that others share; `None` where it ends within a character or beyond the end.
    pub(crate) fn shared(all: &Arc<String>, range: Range<usize>) -> Option<Chars> {
        all.get(range.clone())?;
        let (start, end) = (u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?);
        Some(Chars::Shared { all: Arc::clone(all), start, end })
    }

    /// A string of its own, to change.
    pub(crate) fn to_mut(&mut self) -> &mut String {
        loop {
            match self {
                Chars::Own(string) => return string,
                Chars::Shared { .. } => *self = Chars::Own(self.to_string()),
            }
        }
    }

    /// How many bytes they have.
    pub(crate) fn len(&self) -> usize {
        match self {
            Chars::Own(string) => string.len(),
            Chars::Shared { start, end, .. } => end.saturating_sub(*start) as usize,
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Cuts the characters in two at a byte that is no byte within a character.
    pub(crate) fn split_off(&mut self, at: usize) -> Chars {
        match self {
            Chars::Own(string) => Chars::Own(string.split_off(at)),
            Chars::Shared { all, start, end } => {
                let middle = (*start + at as u32).min(*end);
                let tail = Chars::Shared { all: Arc::clone(all), start: middle, end: *end };
                *end = middle;
                tail
            }
        }
    }

    /// Cuts off what stands from a byte on that is no byte within a character.
    pub(crate) fn truncate(&mut self, at: usize) {
        match self {
            Chars::Own(string) => string.truncate(at),
            Chars::Shared { start, end, .. } => *end = (*start + at as u32).min(*end),
        }
    }

    /// Applies edits. A string of its own stays where it is, as long as it has room.
    pub(crate) fn edit(&mut self, edits: &Edits, scratch: &mut String) {
        match self {
            Chars::Own(string) => {
                edits.apply_to(string, scratch);
                string.clear();
                string.push_str(scratch);
            }
            Chars::Shared { .. } => *self = Chars::Own(edits.apply(self)),
        }
    }
}

impl Deref for Chars {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Chars::Own(string) => string,
            Chars::Shared { all, start, end } => all.get(*start as usize..*end as usize).unwrap_or_default(),
        }
    }
}

impl Default for Chars {
    fn default() -> Self {
        Chars::Own(String::new())
    }
}

impl From<String> for Chars {
    fn from(string: String) -> Self {
        Chars::Own(string)
    }
}

impl fmt::Debug for Chars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
