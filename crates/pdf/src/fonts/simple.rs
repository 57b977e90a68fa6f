//! Simple fonts: one byte, one glyph (ISO 32000-2, 9.6).

use super::composite::to_unicode;
use super::encodings::Base;
use super::{Chars, Shown, Strings, names};
use crate::file::{Array, Dict, File, Name, Object};

/// What each of the 256 codes of a simple font shows.
pub(crate) fn read(file: &File, dict: &Dict<'_>, strings: &mut Strings) -> Box<[Shown; 256]> {
    let advances = advances(dict);
    let to_unicode = to_unicode(file, dict);
    let encoding = Encoding::read(dict);
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
        if glyph.text.is_none() {
            text.clear();
            encoding.push(code, &mut text);
            glyph.text = strings.keep(&text);
        }
    }
    shown
}

/// How far the pen moves for each code, against a type size of 1.
fn advances(dict: &Dict<'_>) -> [f32; 256] {
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
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
    } else {
        advances = [0.5; 256];
    }
    advances
}

/// The encoding of a simple font: a base, and what differs from it.
struct Encoding {
    base: Base,
    differences: Vec<(u8, String)>,
}

impl Encoding {
    fn read(dict: &Dict<'_>) -> Encoding {
        let font = dict.get::<Name<'_>>("BaseFont").map(|name| String::from_utf8_lossy(&name).into_owned());
        let own = font.as_deref().and_then(Base::of_font);
        let mut encoding = Encoding { base: own.unwrap_or(Base::Standard), differences: Vec::new() };
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) if own.is_none() => {
                encoding.base = Base::of_name(&name).unwrap_or(encoding.base);
            }
            Some(Object::Dict(own)) => {
                let base = own.get::<Name<'_>>("BaseEncoding").and_then(|name| Base::of_name(&name));
                encoding.base = base.unwrap_or(encoding.base);
                if let Some(differences) = own.get::<Array<'_>>("Differences") {
                    encoding.differ(&differences);
                }
            }
            _ => {}
        }
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

    fn push(&self, code: u8, out: &mut String) {
        let at = self.differences.partition_point(|(other, _)| *other <= code);
        if let Some((_, name)) = self.differences[..at].last().filter(|(other, _)| *other == code) {
            names::chars(name, out);
            return;
        }
        self.base.push(code, out);
    }
}
