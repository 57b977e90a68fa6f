//! A physical line, and what all who look at lines ask of it, found out once.

use super::measure::line;
use crate::Classes;
use crate::chars;
use crate::structure::enumerator::{self, Enumerator};
use qingwen_model::{Block, Shape};

/// A block that is one physical line of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Physical<'a> {
    pub(super) shape: &'a Shape,
    /// Its words, without the white space at its ends.
    pub(super) text: &'a str,
    pub(super) classes: Classes,
    /// What it begins with; places are those within the words.
    pub(super) number: Option<Enumerator>,
    /// Whether a tab stands between its words, as between cells; one before them only indents.
    pub(super) has_tab: bool,
}

impl<'a> Physical<'a> {
    /// `None` where a block is none.
    pub(super) fn of(block: &'a Block) -> Option<Self> {
        let (shape, text) = line(block)?;
        let classes = Classes::within(block.text()?);
        let text = chars::strip(text);
        let has_tab = classes.meet(Classes::TAB) && memchr::memchr(b'\t', text.as_bytes()).is_some();
        let number = if classes.meet(Classes::NUMBERED) { enumerator::parse(text) } else { None };
        Some(Physical { shape, text, classes, number, has_tab })
    }
}
