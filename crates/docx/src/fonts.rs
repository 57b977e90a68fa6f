//! Fonts: which kind of typeface a name stands for, and which fonts are not letters but symbols.

use crate::symbols::SymbolFont;
use qingwen_model::Face;

/// A font as properties name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Font {
    /// A font of a name.
    Named(Face),
    /// A font whose characters are symbols.
    Symbols(SymbolFont),
    /// The theme's font for Chinese, Japanese or Korean: that of headings, or that of the body.
    Theme {
        /// That of headings.
        major: bool,
    },
    /// The theme's font for Latin, which says nothing of a Chinese paragraph.
    Latin,
}

/// Font names that were met, and the theme's.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    seen: Vec<(Box<str>, Font)>,
}

/// Distinct font names worth remembering; real files have a dozen.
const MOST_NAMES: usize = 256;

impl Fonts {
    /// The font of a name.
    pub(crate) fn named(&mut self, name: &str) -> Font {
        if let Some((_, font)) = self.seen.iter().find(|(seen, _)| **seen == *name) {
            return *font;
        }
        let font = match SymbolFont::of_name(name) {
            Some(symbols) => Font::Symbols(symbols),
            None => Font::Named(Face::of_name(name)),
        };
        if self.seen.len() < MOST_NAMES {
            self.seen.push((name.into(), font));
        }
        font
    }
}
