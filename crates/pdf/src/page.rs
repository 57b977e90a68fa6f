//! What stands on a page: the border between reading the file and understanding the layout.
//!
//! The interpreter fills a [`Page`]; the layout reads it. Neither knows how the other works.

use crate::pictures::Picture;
use std::collections::BTreeMap;

/// The marks on one page in reading space: the origin is the top left corner of the visible page, x grows to
/// the right and y downwards, lengths are in points (1/72 inch), and the page's rotation has been applied.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Counts from 1.
    pub(crate) number: u32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// In the order they were painted.
    pub(crate) glyphs: Vec<Glyph>,
    /// The characters of all glyphs, one after another; see [`Glyph::text`].
    pub(crate) text: String,
    /// The fonts the glyphs refer to.
    pub(crate) fonts: Vec<Font>,
    /// Straight lines that were stroked, and filled rectangles thin enough to be lines.
    pub(crate) rules: Vec<Segment>,
    /// Where pictures were painted.
    pub(crate) images: Vec<Image>,
    /// The pictures themselves, where they are wanted.
    pub(crate) pictures: Vec<Picture>,
    /// Radicals that became ideographs, and how often.
    pub(crate) radicals: BTreeMap<char, u32>,
    /// Links: where they can be clicked, and where they lead.
    pub(crate) links: Vec<(Area, String)>,
}

/// One glyph as painted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Glyph {
    /// Where its characters begin in [`Page::text`].
    pub(crate) start: u32,
    /// How many bytes of [`Page::text`] it stands for; 0 where no Unicode is known for it.
    pub(crate) bytes: u8,
    /// Index into [`Page::fonts`].
    pub(crate) font: u16,
    /// The left end of its baseline (horizontal writing), the top of its cell's axis (vertical writing).
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// How far the pen moves on for it, without character and word spacing.
    pub(crate) advance: f32,
    /// Size of the type, transformations applied.
    pub(crate) size: f32,
    /// The direction the pen moves in, in degrees clockwise from the right: 0 is ordinary text, 90 downwards.
    pub(crate) angle: i16,
    pub(crate) flags: Flags,
    /// The marked content it belongs to, counted from 1 by its identifier; 0 for none (ISO 32000-2, 14.7.5).
    pub(crate) mark: u32,
}

/// What else is known of a glyph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    /// Painted in no mode that shows (text rendering mode 3 or 7; ISO 32000-2, 9.3.6).
    pub(crate) invisible: bool,
    /// In a vertical writing mode.
    pub(crate) vertical: bool,
    /// Within marked content tagged as an artifact (ISO 32000-2, 14.8.2.2).
    pub(crate) artifact: bool,
    /// Stroked as well as filled, which makes it bold.
    pub(crate) stroked: bool,
}

/// What a page says of a font.
#[derive(Clone, Debug, Default)]
pub(crate) struct Font {
    /// The name without a subset's prefix.
    pub(crate) name: String,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

/// A straight line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Segment {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
    /// How thick it is.
    pub(crate) thickness: f32,
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Area {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

/// A picture as painted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Image {
    pub(crate) area: Area,
    /// Index into [`Page::pictures`], where it was wanted and can be kept.
    pub(crate) picture: Option<usize>,
    /// The marked content it belongs to, as for a [`Glyph`].
    pub(crate) mark: u32,
}

impl Page {
    /// The characters a glyph stands for; empty where none are known.
    pub(crate) fn text_of(&self, glyph: &Glyph) -> &str {
        let start = glyph.start as usize;
        self.text.get(start..start + usize::from(glyph.bytes)).unwrap_or("")
    }
}

/// A bookmark: evidence of a heading, and of its level (ISO 32000-2, 12.3.3).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bookmark {
    pub(crate) title: String,
    /// Depth in the tree of bookmarks, from 1.
    pub(crate) level: u16,
    /// The page it leads to, from 1; 0 where it leads nowhere in this file.
    pub(crate) page: u32,
    /// Where on the page, in reading space, where it says so.
    pub(crate) y: Option<f32>,
}
