//! Simple fonts: one byte, one glyph (ISO 32000-2, 9.6).

use super::charset::Charset;
use super::composite::to_unicode;
use super::encodings::Base;
use super::{Chars, Shown, Strings, embedded, metrics, names};
use crate::file::{Array, Dict, File, Name, Object};

/// What each of the 256 codes of a simple font shows.
pub(crate) fn read(file: &File, dict: &Dict<'_>, strings: &mut Strings) -> Box<[Shown; 256]> {
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let advances = advances(dict, &descriptor);
    let to_unicode = to_unicode(file, dict);
    let encoding = Encoding::read(dict, &descriptor);
    // The program is asked only where nothing else tells.
    let mut program: Option<Vec<String>> = None;
    let latin = std::cell::OnceCell::new();
    let mut shown = Box::new([Shown { length: 1, space: false, advance: 0.0, text: Chars::NONE }; 256]);
    let mut text = String::new();
    for code in 0..=255u8 {
        let glyph = &mut shown[usize::from(code)];
        glyph.space = code == 32;
        glyph.advance = advances[usize::from(code)];
        text.clear();
        if to_unicode.as_ref().is_some_and(|cmap| cmap.text(code.into(), &mut text)) {
            glyph.text = strings.keep(&text);
        }
        if !glyph.text.is_none() {
            continue;
        }
        text.clear();
        if !encoding.push(code, &mut text) {
            let own = || embedded::of_simple_font(file, &descriptor).unwrap_or_default();
            match program.get_or_insert_with(own).get(usize::from(code)) {
                Some(told) if !told.is_empty() => text.push_str(told),
                Some(_) if !*latin.get_or_init(|| metrics::resemble_latin(&advances)) => {}
                // No program, or none that says more than glyphs; but their widths are those of letters.
                _ => encoding.fallback.push(code, &mut text),
            }
        }
        glyph.text = strings.keep(&text);
    }
    shown
}

/// What the first one or two bytes of GBK show in a font that gives each byte a width.
pub(crate) fn shown_pair(glyphs: &[Shown; 256], bytes: &[u8], strings: &mut Strings) -> Shown {
    let glyph = |at: usize| glyphs[usize::from(bytes.get(at).copied().unwrap_or(0))];
    let (first, mut text) = (glyph(0), String::new());
    match Charset::Gbk.length(bytes) {
        2 if bytes.len() >= 2 && Charset::Gbk.decode(&bytes[..2], &mut text) => {
            let advance = first.advance + glyph(1).advance;
            Shown { length: 2, space: false, advance, text: strings.keep(&text) }
        }
        _ => first,
    }
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
struct Encoding {
    /// What the dictionary says the encoding is based on.
    base: Option<Base>,
    /// What stands in where neither the dictionary nor the program tells.
    fallback: Base,
    /// A Type 3 font, whose glyphs are drawn and whose names are anybody's.
    drawn: bool,
    differences: Vec<(u8, String)>,
}

impl Encoding {
    fn read(dict: &Dict<'_>, descriptor: &Dict<'_>) -> Encoding {
        let truetype = dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_ref() == b"TrueType");
        let symbol = Base::of_font(&super::name_of(dict, None));
        let fallback = symbol.unwrap_or(if truetype { Base::WinAnsi } else { Base::Standard });
        let mut encoding = Encoding { base: None, fallback, drawn: false, differences: Vec::new() };
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => encoding.base = Base::of_name(&name),
            Some(Object::Dict(own)) => {
                encoding.base = own.get::<Name<'_>>("BaseEncoding").and_then(|name| Base::of_name(&name));
                if let Some(differences) = own.get::<Array<'_>>("Differences") {
                    encoding.differ(&differences);
                }
            }
            _ => {}
        }
        // Symbols have no Latin encoding, whatever the dictionary says.
        if symbol.is_some() {
            encoding.base = None;
        }
        let drawn = dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_ref() == b"Type3");
        if encoding.base.is_none() && !embedded::has_program(descriptor) && !drawn {
            encoding.base = Some(fallback);
        }
        encoding.drawn = drawn;
        encoding
    }

    fn differ(&mut self, differences: &Array<'_>) {
        let mut code = 0i64;
        let mut items = differences.flex_iter();
        while let Some(item) = items.next::<Object<'_>>() {
            match item {
                Object::Number(number) => code = number.as_i64(),
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        self.differences.push((code, String::from_utf8_lossy(&name).into_owned()));
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        self.differences.sort_by_key(|(code, _)| *code);
    }

    /// Appends what the dictionary says a code stands for; `false` where it says nothing.
    fn push(&self, code: u8, out: &mut String) -> bool {
        let at = self.differences.partition_point(|(other, _)| *other <= code);
        if let Some((_, name)) = self.differences[..at].last().filter(|(other, _)| *other == code) {
            // Names that only repeat their code say that the font keeps to usual codes, if anything: in
            // ASCII and for Latin letters these agree, in TeX's encodings too.
            if self.fallback != Base::ZapfDingbats && names::repeats_code(name, code) {
                if matches!(code, b' '..=b'~' | 0xc0..=0xd6 | 0xd8..=0xde | 0xe0..=0xf6 | 0xf8..=0xfe) {
                    out.push(char::from(code));
                }
                return true;
            }
            names::chars(name, out);
            return !out.is_empty() || name == ".notdef";
        }
        match self.base {
            Some(base) => base.push(code, out),
            None => return self.drawn,
        }
        true
    }
}
