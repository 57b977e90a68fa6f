//! Simple fonts: one byte, one glyph (ISO 32000-2, 9.6).

use super::charset::Charset;
use super::cmap::CMap;
use super::composite::to_unicode;
use super::encodings::Base;
use super::{Chars, Shown, Strings, embedded, metrics, names};
use crate::file::{Array, Dict, File, Name, Object};

/// A simple font. What a code shows is found out when the code is first shown, since the fonts of some writers are
/// many and large, and a page shows little of each.
pub(crate) struct Simple<'a> {
    /// What is known already; a length of 0 where it is not.
    known: Box<[Shown; 256]>,
    advances: [f32; 256],
    to_unicode: Option<CMap>,
    encoding: Encoding<'a>,
    descriptor: Dict<'a>,
    /// What the font's own program says, asked only where nothing else tells.
    program: Option<Vec<String>>,
    /// Whether its codes only number ideographs.
    numbered: bool,
    /// Whether the strings are GBK, which the font does not admit.
    disguised: bool,
    /// Whether characters were shown that only the widths speak for.
    guessed: bool,
}

impl<'a> Simple<'a> {
    pub(crate) fn read(file: &File, dict: &Dict<'a>) -> Simple<'a> {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let unknown = Shown { length: 0, space: false, advance: 0.0, text: Chars::NONE };
        let advances = advances(dict, &descriptor);
        Simple {
            known: Box::new([unknown; 256]),
            numbered: embedded::has_program(&descriptor) && metrics::are_all_full(&advances),
            advances,
            to_unicode: to_unicode(file, dict),
            encoding: Encoding::read(dict, &descriptor),
            program: None,
            guessed: false,
            disguised: is_disguised(dict, &descriptor),
            descriptor,
        }
    }

    /// What the first code of `bytes` shows.
    pub(crate) fn shown(&mut self, file: &File, bytes: &[u8], strings: &mut Strings) -> Shown {
        if self.disguised
            && let Some(shown) = self.pair(bytes, strings)
        {
            return shown;
        }
        let code = bytes.first().copied().unwrap_or(0);
        let at = usize::from(code);
        if self.known[at].length == 0 {
            let text = self.text(file, code, strings);
            self.known[at] = Shown { length: 1, space: code == 32, advance: self.advances[at], text };
        }
        self.known[at]
    }

    /// Why characters were guessed, if they were.
    pub(crate) fn guess(&self) -> Option<&'static str> {
        match (self.disguised, self.guessed) {
            (true, _) => Some("its strings are taken for GBK by its name"),
            (_, true) => Some("its codes are taken for letters by their widths"),
            _ => None,
        }
    }

    fn text(&mut self, file: &File, code: u8, strings: &mut Strings) -> Chars {
        let mut text = String::new();
        if self.to_unicode.as_ref().is_some_and(|cmap| cmap.text(code.into(), &mut text)) {
            let chars = strings.keep(&text);
            if !chars.is_none() {
                return chars;
            }
            text.clear();
        }
        if !self.encoding.push(code, &mut text) {
            let own = || embedded::of_simple_font(file, &self.descriptor).unwrap_or_default();
            match self.program.get_or_insert_with(own).get(usize::from(code)) {
                Some(told) if !told.is_empty() => text.push_str(told),
                told => {
                    // A program, or a name, that says nothing of the code: widths like those of letters may.
                    let silent = told.is_some() || self.encoding.name(code).is_some();
                    if !silent || metrics::resemble_latin(&self.advances) {
                        self.guessed |= silent;
                        self.encoding.fallback.push(code, &mut text);
                    }
                }
            }
        }
        // What the codes are called says nothing of ideographs.
        if self.numbered && text != " " && text.chars().all(|c| c < '\u{250}') {
            return Chars::NONE;
        }
        strings.keep(&text)
    }

    /// What two bytes of GBK show, each of which the font gives a width.
    fn pair(&self, bytes: &[u8], strings: &mut Strings) -> Option<Shown> {
        let (pair, mut text) = (bytes.get(..2)?, String::new());
        if Charset::Gbk.length(pair) != 2 || !Charset::Gbk.decode(pair, &mut text) {
            return None;
        }
        let advance = pair.iter().map(|&byte| self.advances[usize::from(byte)]).sum();
        Some(Shown { length: 2, space: false, advance, text: strings.keep(&text) })
    }
}

/// Whether a simple font is a Chinese one whose strings are GBK, as old Chinese writers have it: its name is in
/// GBK, no program is embedded, and the encoding is said to be Western.
fn is_disguised(dict: &Dict<'_>, descriptor: &Dict<'_>) -> bool {
    let name = dict.get::<Name<'_>>("BaseFont").is_some_and(|name| {
        let gbk = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&name);
        std::str::from_utf8(&name).is_err() && gbk.is_some()
    });
    let western = !matches!(dict.get::<Object<'_>>("Encoding"), Some(Object::Dict(_)));
    name && western && !embedded::has_program(descriptor) && !dict.contains_key("ToUnicode")
}

/// How far the pen moves for each code, against a type size of 1.
fn advances(dict: &Dict<'_>, descriptor: &Dict<'_>) -> [f32; 256] {
    let unit = match dict.get::<Array<'_>>("FontMatrix").and_then(|matrix| matrix.iter::<f32>().next()) {
        Some(scale) if scale != 0.0 => scale.abs(),
        _ => 0.001,
    };
    let missing = descriptor.get::<f32>("MissingWidth").unwrap_or(0.0);
    let mut advances = [missing * unit; 256];
    let first = dict.get::<i32>("FirstChar").unwrap_or(0).clamp(0, 255) as usize;
    if let Some(widths) = dict.get::<Array<'_>>("Widths") {
        for (advance, width) in advances[first..].iter_mut().zip(widths.iter::<f32>()) {
            *advance = width * unit;
        }
    } else if let Some(standard) = metrics::standard(&super::name_of(dict, None)) {
        advances = standard;
    } else if missing == 0.0 {
        advances = [0.5; 256];
    }
    advances
}

/// The encoding of a simple font: a base, and what differs from it.
struct Encoding<'a> {
    /// What the dictionary says the encoding is based on.
    base: Option<Base>,
    /// What stands in where neither the dictionary nor the program tells.
    fallback: Base,
    /// A Type 3 font, whose glyphs are drawn and whose names are anybody's.
    drawn: bool,
    differences: Option<Array<'a>>,
    /// The differences as read, once one was asked for.
    names: Option<Box<[Option<Name<'a>>; 256]>>,
}

impl<'a> Encoding<'a> {
    fn read(dict: &Dict<'a>, descriptor: &Dict<'_>) -> Encoding<'a> {
        let subtype = dict.get::<Name<'_>>("Subtype");
        let truetype = subtype.as_deref() == Some(b"TrueType");
        let drawn = subtype.as_deref() == Some(b"Type3");
        let symbol = Base::of_font(&super::name_of(dict, None));
        let fallback = symbol.unwrap_or(if truetype { Base::WinAnsi } else { Base::Standard });
        let mut encoding = Encoding { base: None, fallback, drawn, differences: None, names: None };
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => encoding.base = Base::of_name(&name),
            Some(Object::Dict(own)) => {
                encoding.base = own.get::<Name<'_>>("BaseEncoding").and_then(|name| Base::of_name(&name));
                encoding.differences = own.get::<Array<'_>>("Differences");
            }
            _ => {}
        }
        // Symbols have no Latin encoding, whatever the dictionary says.
        if symbol.is_some() {
            encoding.base = None;
        }
        if encoding.base.is_none() && !embedded::has_program(descriptor) && !drawn {
            encoding.base = Some(fallback);
        }
        encoding
    }

    /// The name that differs from the base at a code.
    fn name(&mut self, code: u8) -> Option<&Name<'a>> {
        let array = self.differences.as_ref()?;
        let names = self.names.get_or_insert_with(|| differences(array));
        names[usize::from(code)].as_ref()
    }

    /// Appends what the dictionary says a code stands for; `false` where it says nothing.
    fn push(&mut self, code: u8, out: &mut String) -> bool {
        let dingbats = self.fallback == Base::ZapfDingbats;
        if let Some(name) = self.name(code) {
            let name = String::from_utf8_lossy(name);
            // Names that only repeat their code say that the font keeps to usual codes, if anything: in
            // ASCII and for Latin letters these agree, in TeX's encodings too.
            if !dingbats && names::repeats_code(&name, code) {
                if matches!(code, b' '..=b'~' | 0xc0..=0xd6 | 0xd8..=0xde | 0xe0..=0xf6 | 0xf8..=0xfe) {
                    out.push(char::from(code));
                }
                return true;
            }
            names::chars(&name, out);
            return !out.is_empty() || name == ".notdef";
        }
        match self.base {
            Some(base) => base.push(code, out),
            None => return self.drawn,
        }
        true
    }
}

/// Differences from a base encoding (ISO 32000-2, 9.6.5.1): a code, and the names from that code on.
fn differences<'a>(array: &Array<'a>) -> Box<[Option<Name<'a>>; 256]> {
    let mut names = Box::new([const { None }; 256]);
    let mut code = 0i64;
    let mut items = array.flex_iter();
    while let Some(item) = items.next::<Object<'_>>() {
        match item {
            Object::Number(number) => code = number.as_i64(),
            Object::Name(name) => {
                if let Some(slot) = usize::try_from(code).ok().and_then(|code| names.get_mut(code)) {
                    *slot = Some(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}
