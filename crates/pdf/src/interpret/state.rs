//! The graphics state, as far as text and lines depend on it (ISO 32000-2, 8.4 and 9.3).

use super::matrix::Matrix;

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    pub(super) line_width: f64,
    /// Index into the document's fonts.
    pub(super) font: Option<usize>,
    pub(super) size: f64,
    pub(super) char_spacing: f64,
    pub(super) word_spacing: f64,
    /// Horizontal scaling; 1 is as designed.
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    /// The text rendering mode (ISO 32000-2, table 104).
    pub(super) mode: u8,
    pub(super) text: Matrix,
    pub(super) line: Matrix,
}

impl State {
    pub(super) fn new(ctm: Matrix) -> Self {
        State {
            ctm,
            line_width: 1.0,
            font: None,
            size: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

/// Marked content that has begun and not ended (ISO 32000-2, 14.6).
#[derive(Clone, Debug)]
pub(super) struct Marked {
    pub(super) artifact: bool,
    /// Its identifier plus 1, that of the content about it, or 0 (ISO 32000-2, 14.7.5).
    pub(super) mark: u32,
    /// It belongs to a layer that is off.
    pub(super) hidden: bool,
    /// What its glyphs stand for together, where it says so, and the first of them.
    pub(super) actual: Option<(String, usize)>,
}
