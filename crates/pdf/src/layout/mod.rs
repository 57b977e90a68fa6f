//! From the marks on pages to lines and blocks.

use crate::page::{Bookmark, Glyph, Page};
use qingwen_model::{Block, Document, Log, Mark, Shape};

/// The document that stands on the pages.
pub(crate) fn document(pages: impl Iterator<Item = Page>, _outline: &[Bookmark], _log: &mut Log) -> Document {
    let mut document = Document::default();
    for page in pages {
        let mut glyphs: Vec<&Glyph> = page.glyphs.iter().collect();
        glyphs.sort_by(|a, b| {
            (a.y.round(), a.x).partial_cmp(&(b.y.round(), b.x)).unwrap_or(std::cmp::Ordering::Equal)
        });
        for (number, line) in glyphs.chunk_by(|a, b| a.y.round() == b.y.round()).enumerate() {
            let text: String = line.iter().map(|glyph| page.text_of(glyph)).collect();
            let mark = Mark::Page(page.number, number as u16 + 1);
            document.blocks.push(Block::paragraph(text).at(mark).looking(Shape::default()));
        }
    }
    document
}
