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

    /// Cuts the characters in two at a byte that is no byte within a character.
    pub(crate) fn split_off(&mut self, at: usize) -> Chars {
        Chars::Own(self.to_mut().split_off(at))
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
