//! What an embedded font program says of its glyphs, for fonts whose dictionaries say nothing.
//!
//! A TrueType program maps characters to glyphs, which is turned round; CFF and Type 1 programs name their
//! glyphs. Read only as a last resort, since the programs are most of a file.

use super::collection::{Collection, Collections};
use super::encodings::Base;
use super::names;
use crate::file::{Dict, File, Name, Object, PROGRAM, Stream};
use crate::lexer::{Lexer, Token};
use read_fonts::ps::cff::{CffFontRef, dict};
use read_fonts::tables::cff::Cff;
use read_fonts::tables::cmap::{CmapIterLimits, CmapSubtable, PlatformId};
use read_fonts::tables::post::DEFAULT_GLYPH_NAMES;
use read_fonts::types::{GlyphId, GlyphId16};
use read_fonts::{FontData, FontRead, FontRef, TableProvider};
use std::collections::HashMap;

/// The characters of glyphs, by glyph index.
type Texts = HashMap<u32, Box<str>>;

/// The characters of a CID font's glyphs.
pub(crate) enum Embedded {
    /// By glyph, and the map from CIDs to glyphs where they differ: two bytes each.
    Glyphs(Texts, Option<Vec<u8>>),
    /// The program says what collection its CIDs belong to.
    Collection(Collection),
    /// There is no program, and the font is one that came with Windows.
    Windows,
}

/// Families whose glyphs are in the order of the standard Macintosh glyphs, as the core fonts of Windows are.
const WINDOWS: [&str; 8] =
    ["arial", "timesnewroman", "couriernew", "verdana", "tahoma", "georgia", "trebuchet", "centurygothic"];

/// Whether a font that is not embedded names glyphs of a core font of Windows: CIDs are glyphs then.
fn is_windows(descendant: &Dict<'_>) -> bool {
    let name = super::name_of(descendant, None).to_lowercase().replace([' ', '-'], "");
    let truetype =
        descendant.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_ref() == b"CIDFontType2");
    truetype && WINDOWS.iter().any(|family| name.starts_with(family))
}

impl Embedded {
    /// Whether a CID font is not embedded and one that came with Windows.
    pub(crate) fn is_of_windows(file: &File, descriptor: &Dict<'_>, descendant: &Dict<'_>) -> bool {
        is_windows(descendant) && program(file, descriptor).is_none()
    }

    pub(crate) fn of_cid_font(file: &File, descriptor: &Dict<'_>, descendant: &Dict<'_>) -> Option<Embedded> {
        let Some(data) = program(file, descriptor) else {
            return is_windows(descendant).then_some(Embedded::Windows);
        };
        if let Some(cff) = cff_of(&data) {
            if cff.is_cid() {
                return collection_of(&cff).map(Embedded::Collection);
            }
            let map = cid_to_gid(file, descendant);
            return Some(Embedded::Glyphs(named(&cff), map));
        }
        let font = FontRef::new(&data).ok()?;
        Some(Embedded::Glyphs(inverted(&font), cid_to_gid(file, descendant)))
    }

    /// Appends the characters of a CID to `out`; `false` where it has none.
    pub(crate) fn text(&self, cid: u32, tables: &mut Collections, out: &mut String) -> bool {
        match self {
            Embedded::Collection(collection) => tables.text(*collection, cid, out),
            Embedded::Windows => {
                let before = out.len();
                windows(cid, out);
                out.len() > before
            }
            Embedded::Glyphs(texts, map) => {
                let gid = match map {
                    None => Some(cid),
                    Some(map) => {
                        let at = cid as usize * 2;
                        map.get(at..at + 2).map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]])))
                    }
                };
                match gid.and_then(|gid| texts.get(&gid)) {
                    Some(text) => {
                        out.push_str(text);
                        true
                    }
                    None => false,
                }
            }
        }
    }
}

/// Appends the character of a glyph of a core font of Windows: the standard Macintosh glyphs, and the Cyrillic letters
/// behind them.
fn windows(gid: u32, out: &mut String) {
    match gid {
        570..=633 => out.extend(char::from_u32(0x410 + gid - 570)),
        634..=645 => out.extend(char::from_u32(0x451 + gid - 634)),
        _ => {
            let name = usize::try_from(gid).ok().and_then(|gid| DEFAULT_GLYPH_NAMES.get(gid));
            names::chars(name.copied().unwrap_or_default(), out);
        }
    }
}

/// What the program of a simple font says of each code.
pub(crate) fn of_simple_font(file: &File, descriptor: &Dict<'_>) -> Option<Vec<String>> {
    let data = program(file, descriptor)?;
    if descriptor.contains_key("FontFile") {
        return Some(type1(&data));
    }
    if let Some(cff) = cff_of(&data) {
        let texts = named(&cff);
        let encoding = cff.encoding()?;
        return Some(by_code(|code| encoding.map(code).and_then(|gid| texts.get(&gid.to_u32()).cloned())));
    }
    let font = FontRef::new(&data).ok()?;
    let texts = inverted(&font);
    let glyphs = CodeGlyphs::of(&font);
    Some(by_code(|code| texts.get(&glyphs.get(code)?).cloned()))
}

fn by_code(text: impl Fn(u8) -> Option<Box<str>>) -> Vec<String> {
    (0..=255).map(|code| text(code).map(String::from).unwrap_or_default()).collect()
}

fn program(file: &File, descriptor: &Dict<'_>) -> Option<Vec<u8>> {
    let stream =
        ["FontFile2", "FontFile3", "FontFile"].iter().find_map(|key| descriptor.get::<Stream<'_>>(key))?;
    file.decode(&stream, PROGRAM).filter(|data| !data.is_empty())
}

/// The CFF program that the data is, or that stands in an OpenType font without a character map.
fn cff_of(data: &[u8]) -> Option<CffFontRef<'_>> {
    if data.starts_with(b"OTTO") {
        let font = FontRef::new(data).ok()?;
        if font.cmap().is_ok() {
            return None;
        }
        let table = font.table_data(read_fonts::types::Tag::new(b"CFF "))?;
        return CffFontRef::new_cff(table.as_bytes(), 0, None).ok();
    }
    match data.first() {
        Some(1) if !data.starts_with(&[0, 1, 0, 0]) => CffFontRef::new_cff(data, 0, None).ok(),
        _ => None,
    }
}

/// The collection a CID-keyed CFF program names.
fn collection_of(cff: &CffFontRef<'_>) -> Option<Collection> {
    let table = Cff::read(FontData::new(cff.data())).ok()?;
    let entries = dict::entries(table.top_dicts().get(0)?, None);
    let (registry, ordering) = entries.flatten().find_map(|entry| match entry {
        dict::Entry::Ros { registry, ordering, .. } => Some((registry, ordering)),
        _ => None,
    })?;
    Collection::of_system(cff.string(registry)?, cff.string(ordering)?)
}

/// The characters of a CFF program's glyphs by their names.
fn named(cff: &CffFontRef<'_>) -> Texts {
    let Some(charset) = cff.charset() else { return Texts::new() };
    let mut texts = Texts::new();
    let mut text = String::new();
    for (gid, sid) in charset.iter().take(1 << 16) {
        let Some(name) = cff.string(sid) else { continue };
        text.clear();
        names::chars(&String::from_utf8_lossy(name), &mut text);
        if !text.is_empty() {
            texts.insert(gid.to_u32(), text.as_str().into());
        }
    }
    texts
}

/// The characters of a TrueType program's glyphs: its character map turned round, else its glyph names.
fn inverted(font: &FontRef<'_>) -> Texts {
    let mut texts = Texts::new();
    if let Ok(cmap) = font.cmap()
        && let Some((_, record, table)) = cmap.best_subtable()
        && !(record.platform_id() == PlatformId::Windows && record.encoding_id() == 0)
        && record.platform_id() != PlatformId::Macintosh
    {
        let limits = CmapIterLimits::default_for_font(font);
        for (code, gid) in table.iter_with_limits(limits).take(1 << 20) {
            let Some(c) = char::from_u32(code) else { continue };
            // The first character is the lowest; one for private use or for compatibility gives way.
            let seen = texts.get(&gid.to_u32()).and_then(|text| text.chars().next());
            if seen.is_none_or(is_second_choice) {
                texts.insert(gid.to_u32(), c.encode_utf8(&mut [0; 4]).into());
            }
        }
    }
    if let Ok(post) = font.post() {
        let mut text = String::new();
        for gid in 0..post.num_names().min(1 << 16) {
            let gid = gid as u16;
            if texts.contains_key(&u32::from(gid)) {
                continue;
            }
            text.clear();
            names::chars(post.glyph_name(GlyphId16::new(gid)).unwrap_or_default(), &mut text);
            if !text.is_empty() {
                texts.insert(gid.into(), text.as_str().into());
            }
        }
    }
    texts
}

/// Characters a glyph stands for only where it stands for no other.
fn is_second_choice(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{2e80}'..='\u{2fd5}' | '\u{e000}'..='\u{f8ff}' | '\u{f900}'..='\u{faff}')
}

/// From codes of a simple font to glyphs (ISO 32000-2, 9.6.5.4).
struct CodeGlyphs<'a> {
    symbol: Option<CmapSubtable<'a>>,
    mac: Option<CmapSubtable<'a>>,
}

impl<'a> CodeGlyphs<'a> {
    fn of(font: &FontRef<'a>) -> Self {
        let mut glyphs = CodeGlyphs { symbol: None, mac: None };
        let Ok(cmap) = font.cmap() else { return glyphs };
        for record in cmap.encoding_records() {
            let table = || record.subtable(cmap.offset_data()).ok();
            match (record.platform_id(), record.encoding_id()) {
                (PlatformId::Windows, 0) => glyphs.symbol = table(),
                (PlatformId::Macintosh, 0) => glyphs.mac = table(),
                _ => {}
            }
        }
        glyphs
    }

    fn get(&self, code: u8) -> Option<u32> {
        let code = u32::from(code);
        let symbol = |table: &CmapSubtable<'_>| {
            [0xf000, 0, 0xf100, 0xf200].iter().find_map(|base| table.map_codepoint(base + code))
        };
        let found = self.symbol.as_ref().and_then(symbol);
        let found = found.or_else(|| self.mac.as_ref().and_then(|table| table.map_codepoint(code)));
        found.map(GlyphId::to_u32).filter(|&gid| gid != 0)
    }
}

/// The built-in encoding of a Type 1 program, which stands in its clear part.
fn type1(data: &[u8]) -> Vec<String> {
    let mut texts = vec![String::new(); 256];
    let (mut inside, mut code) = (false, None);
    let mut before = Token::ArrayOpen;
    for token in Lexer::new(data).take(1 << 16) {
        match (before, token) {
            (_, Token::Operator(b"eexec")) => break,
            (_, Token::Name(b"Encoding")) => inside = true,
            (Token::Name(b"Encoding"), Token::Operator(b"StandardEncoding")) => {
                for (code, text) in (0..=255).zip(&mut texts) {
                    Base::Standard.push(code, text);
                }
                break;
            }
            (Token::Operator(b"dup"), Token::Number(number)) => code = Some(number as usize),
            (Token::Number(_), Token::Name(name)) if inside => {
                if let Some(text) = code.take().and_then(|code| texts.get_mut(code)) {
                    text.clear();
                    names::chars(&String::from_utf8_lossy(name), text);
                }
            }
            // After the encoding's own `put`s, its `def` ends it.
            (Token::Operator(b"put" | b"readonly"), Token::Operator(b"def")) if inside => break,
            _ => {}
        }
        before = token;
    }
    texts
}

/// The map from CIDs to glyphs, where it is not the identity.
fn cid_to_gid(file: &File, descendant: &Dict<'_>) -> Option<Vec<u8>> {
    match descendant.get::<Object<'_>>("CIDToGIDMap")? {
        Object::Stream(stream) => file.decode(&stream, PROGRAM),
        _ => None,
    }
}

/// Whether the descriptor holds a program.
pub(crate) fn has_program(descriptor: &Dict<'_>) -> bool {
    ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_fonts_of_windows_have_their_glyphs_in_one_order() {
        let mut out = String::new();
        [36, 68, 570, 633, 634].into_iter().for_each(|gid| windows(gid, &mut out));
        assert_eq!(out, "AaАяё");
        windows(700, &mut out);
        assert_eq!(out, "AaАяё", "nothing is known of it");
    }

    #[test]
    fn a_type_1_program_says_its_encoding_in_clear() {
        let texts = type1(
            b"%!PS-AdobeFont-1.0\n/FontName /X def /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\n\
              dup 65 /alpha put\ndup 12 /ff put readonly def\n/PaintType 0 def currentfile eexec \x80\x81 dup 66 /B put",
        );
        assert_eq!((texts[65].as_str(), texts[12].as_str(), texts[66].as_str()), ("α", "ﬀ", ""));
        let texts = type1(b"/Encoding StandardEncoding def eexec");
        assert_eq!(texts[0x27], "’");
    }
}
