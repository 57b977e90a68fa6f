//! Glyph names to characters (Adobe Glyph List Specification).

use read_fonts::ps::agl;

/// Appends the characters a glyph name stands for; nothing where it is not known.
pub(crate) fn chars(name: &str, out: &mut String) {
    out.extend(agl::name_to_chars(name));
}
