//! Fonts as text needs them: what each code of a string stands for, and how wide it is (ISO 32000-2, 9.5–9.10).

mod charset;
mod cmap;
mod collection;
mod composite;
mod embedded;
mod encodings;
mod metrics;
mod names;
mod simple;
mod standard_widths;

use crate::file::{Dict, File, Name, Object, ObjectIdentifier};
use crate::page;
use collection::Collections;
use composite::Composite;
use simple::Simple;
use std::collections::HashMap;

/// The fonts of a document, each read once.
pub(crate) struct Fonts<'a> {
    file: &'a File,
    fonts: Vec<Font<'a>>,
    /// Those that are objects of their own.
    objects: HashMap<ObjectIdentifier, usize>,
    /// The others, by the place of the dictionary in memory, which stays while the file is open.
    places: HashMap<usize, usize>,
    collections: Collections,
    /// The stand-in for fonts that are not in the file, once one was shown.
    absent: Option<usize>,
}

/// One font.
pub(crate) struct Font<'a> {
    pub(crate) look: page::Font,
    pub(crate) vertical: bool,
    codes: Codes<'a>,
    strings: Strings,
}

enum Codes<'a> {
    /// One byte, one glyph.
    Simple(Box<Simple<'a>>),
    Composite(Box<Composite<'a>>),
}

/// What a code shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    /// How many bytes the code took.
    pub(crate) length: u8,
    /// Whether it is the code 32 in one byte, to which word spacing applies (ISO 32000-2, 9.3.3).
    pub(crate) space: bool,
    /// How far the pen moves on, against a type size of 1.
    pub(crate) advance: f32,
    pub(crate) text: Chars,
}

/// The characters of a glyph, as small as a character: none, one, or a place among the font's strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Chars(u32);

/// Strings that glyphs stand for, where one character does not do.
#[derive(Default)]
pub(crate) struct Strings {
    strings: Vec<Box<str>>,
    /// The radical that the font claims, for those strings that are an ideograph in its stead.
    radicals: HashMap<u32, char>,
    /// What the private use characters U+F020 to U+F0FF stand for in this font.
    symbols: Option<encodings::Base>,
}

impl Chars {
    pub(crate) const NONE: Chars = Chars(u32::MAX);
    const STRING: u32 = 1 << 31;

    pub(crate) fn is_none(self) -> bool {
        self == Chars::NONE
    }
}

impl Strings {
    /// Keeps what a glyph stands for, as trustworthy text: radicals become ideographs, and characters that
    /// stand for nothing are left out. Gives [`Chars::NONE`] where nothing is left.
    fn keep(&mut self, text: &str) -> Chars {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => return Chars::NONE,
            (Some(c), None) if is_plain(c) => return Chars(u32::from(c)),
            _ => {}
        }
        let (mut kept, mut radical) = (String::new(), None);
        for c in once(text).chars().take(64) {
            match c {
                '\u{f020}'..='\u{f0ff}' => {
                    if let Some(base) = self.symbols {
                        base.push((u32::from(c) & 255) as u8, &mut kept)
                    }
                }
                '\u{fb00}'..='\u{fb06}' => {
                    kept.push_str(
                        ["ff", "fi", "fl", "ffi", "ffl", "st", "st"][(u32::from(c) - 0xfb00) as usize],
                    );
                }
                c if is_trustworthy(c) => {
                    let ideograph = crate::radicals::ideograph(c);
                    if ideograph != c {
                        radical = Some(c);
                    }
                    kept.push(ideograph);
                }
                _ => {}
            }
        }
        let mut chars = kept.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Chars::NONE,
            (Some(c), None) if radical.is_none() => Chars(u32::from(c)),
            _ => {
                let index = self.strings.len() as u32;
                self.strings.push(kept.into());
                self.radicals.extend(radical.map(|c| (index, c)));
                Chars(Chars::STRING | index)
            }
        }
    }

    /// The radical in whose stead the characters are an ideograph.
    fn radical(&self, chars: Chars) -> Option<char> {
        let index = (chars.0 & Chars::STRING != 0).then_some(chars.0 & !Chars::STRING)?;
        self.radicals.get(&index).copied()
    }

    /// Appends the characters to `out`.
    pub(crate) fn push(&self, chars: Chars, out: &mut String) {
        if chars.0 & Chars::STRING == 0 {
            out.extend(char::from_u32(chars.0));
        } else if let Some(string) = self.strings.get((chars.0 & !Chars::STRING) as usize)
            && !chars.is_none()
        {
            out.push_str(string);
        }
    }
}

/// The ideograph alone where Quartz puts its variants beside it: ⼀一, F9E4 理, 行 F9C8 FA08.
fn once(text: &str) -> &str {
    let is_variant = |c| matches!(c, '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}');
    let mut others = text.char_indices().filter(|(_, c)| !is_variant(*c));
    match (others.next(), others.next()) {
        (Some((at, c @ '\u{4e00}'..='\u{9fff}')), None) => &text[at..at + c.len_utf8()],
        _ => text,
    }
}

/// Whether a character needs no second look.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{2e7f}' | '\u{3000}'..='\u{d7ff}' | '\u{ff01}'..='\u{ffef}')
}

/// Whether a character a font claims says anything: not a control, not the replacement character, not for
/// private use, not a noncharacter.
fn is_trustworthy(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0e'..='\x1f' | '\x7f'..='\u{9f}' | '\u{e000}'..='\u{f8ff}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffd}' | '\u{f0000}'..)
        && u32::from(c) & 0xfffe != 0xfffe
}

impl<'a> Fonts<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        Fonts {
            file,
            fonts: Vec::new(),
            objects: HashMap::new(),
            places: HashMap::new(),
            collections: Collections::default(),
            absent: None,
        }
    }

    /// The index of the font of a name in resources, which is read if it was not before.
    pub(crate) fn named(&mut self, resources: &Dict<'a>, name: &[u8]) -> usize {
        let Some(object) = resources.get_ref(name).map(ObjectIdentifier::from) else {
            return match resources.get::<Dict<'_>>(name) {
                Some(dict) => self.load(&dict),
                None => self.absent(),
            };
        };
        if let Some(&index) = self.objects.get(&object) {
            return index;
        }
        let index = match resources.get::<Dict<'_>>(name) {
            Some(dict) => self.load(&dict),
            None => self.absent(),
        };
        self.objects.insert(object, index);
        index
    }

    /// The index of the font that stands in for one that is not in the file, as readers show it: a Western one.
    pub(crate) fn absent(&mut self) -> usize {
        if let Some(index) = self.absent {
            return index;
        }
        let index = self.fonts.len();
        self.fonts.push(Font::read(self.file, &Dict::default()));
        self.absent = Some(index);
        index
    }

    /// The index of the font of a dictionary, which is read if it was not before.
    pub(crate) fn load(&mut self, dict: &Dict<'a>) -> usize {
        let place = dict.data().as_ptr() as usize;
        if let Some(&index) = self.places.get(&place) {
            return index;
        }
        let index = self.fonts.len();
        self.fonts.push(Font::read(self.file, dict));
        self.places.insert(place, index);
        index
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Font<'a>> {
        self.fonts.get(index)
    }

    /// What the first code of `bytes` shows; `bytes` is not empty.
    pub(crate) fn shown(&mut self, index: usize, bytes: &[u8]) -> Shown {
        let none = Shown { length: 1, space: false, advance: 0.0, text: Chars::NONE };
        let Some(font) = self.fonts.get_mut(index) else { return none };
        match &mut font.codes {
            Codes::Simple(simple) => simple.shown(self.file, bytes, &mut font.strings),
            Codes::Composite(composite) => {
                composite.shown(self.file, bytes, &mut font.strings, &mut self.collections)
            }
        }
    }

    /// The fonts whose characters were guessed, with the reason for the guess.
    pub(crate) fn guesses(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.fonts.iter().enumerate().filter_map(|(index, font)| {
            if self.absent == Some(index) {
                return Some(("a font that is not in the file", "its codes are taken for Latin letters"));
            }
            let guess = match &font.codes {
                Codes::Simple(simple) => simple.guess(),
                Codes::Composite(composite) => composite.guess(),
            };
            guess.map(|guess| (font.look.name.as_str(), guess))
        })
    }

    /// The radical that a font claims for characters that are an ideograph here.
    pub(crate) fn radical(&self, index: usize, chars: Chars) -> Option<char> {
        self.fonts.get(index)?.strings.radical(chars)
    }

    /// Appends characters of a font to `out`.
    pub(crate) fn push_text(&self, index: usize, chars: Chars, out: &mut String) {
        if let Some(font) = self.fonts.get(index) {
            font.strings.push(chars, out);
        }
    }
}

impl<'a> Font<'a> {
    fn read(file: &File, dict: &Dict<'a>) -> Font<'a> {
        let subtype = dict.get::<Name<'_>>("Subtype");
        let composite = subtype.as_deref() == Some(b"Type0") || dict.contains_key("DescendantFonts");
        let symbols = encodings::Base::of_font(&name_of(dict, None));
        let strings = Strings { symbols, ..Strings::default() };
        let (codes, descriptor, vertical) = if composite {
            let (composite, descriptor) = Composite::read(file, dict);
            let vertical = composite.vertical();
            (Codes::Composite(Box::new(composite)), descriptor, vertical)
        } else {
            (Codes::Simple(Box::new(Simple::read(file, dict))), dict.get("FontDescriptor"), false)
        };
        let look = look(dict, descriptor.as_ref());
        Font { look, vertical, codes, strings }
    }
}

/// What the names and flags of a font say of its looks (ISO 32000-2, 9.8).
fn look(dict: &Dict<'_>, descriptor: Option<&Dict<'_>>) -> page::Font {
    let name = name_of(dict, descriptor);
    let lower = name.to_lowercase();
    let number = |key: &str| descriptor.and_then(|d| d.get::<f32>(key)).unwrap_or(0.0);
    let flags = number("Flags") as u32;
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    page::Font {
        bold: has(&["bold", "black", "heavy", "粗"]) || number("FontWeight") >= 600.0 || flags & 1 << 18 != 0,
        italic: has(&["italic", "oblique"]) || number("ItalicAngle").abs() > 1.0 || flags & 1 << 6 != 0,
        name,
    }
}

/// A font's name without a subset's prefix. Names of Chinese systems are often GBK.
fn name_of(dict: &Dict<'_>, descriptor: Option<&Dict<'_>>) -> String {
    let entry = |dict: &Dict<'_>, key: &str| match dict.get::<Object<'_>>(key) {
        Some(Object::Name(name)) => Some(name.to_vec()),
        Some(Object::String(string)) => Some(string.to_vec()),
        _ => None,
    };
    let bytes = entry(dict, "BaseFont")
        .or_else(|| descriptor.and_then(|d| entry(d, "FontName")))
        .or_else(|| entry(dict, "Name"))
        .unwrap_or_default();
    let name = match String::from_utf8(bytes) {
        Ok(name) => name,
        Err(error) => encoding_rs::GBK.decode(error.as_bytes()).0.into_owned(),
    };
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 && prefix.bytes().all(|b| b.is_ascii_uppercase()) => {
            rest.into()
        }
        _ => name,
    }
}
