//! What an embedded font program says of its glyphs, for fonts whose dictionaries say nothing.

use crate::file::{Dict, File};

/// The characters of a CID font's glyphs.
pub(crate) struct Embedded {}

impl Embedded {
    pub(crate) fn of_cid_font(
        _file: &File,
        _descriptor: &Dict<'_>,
        _descendant: &Dict<'_>,
    ) -> Option<Embedded> {
        None
    }

    pub(crate) fn text(&self, _cid: u32, _out: &mut String) -> bool {
        false
    }
}
