//! Annotations: links, and the appearances of form fields, notes and stamps (ISO 32000-2, 12.5).

use super::matrix::Matrix;
use super::{Resources, Run};
use crate::file::{Array, Bytes, CONTENT, Dict, Name, Object, PageObject, Rect, Stream};
use crate::meta;
use crate::page::{Area, Font, Glyph};
use qingwen_model::{Log, Mark};

/// Annotations of one page.
const ANNOTATIONS: usize = 20_000;
/// Options of one list box.
const OPTIONS: usize = 1000;
/// The flags that keep an annotation off the screen: hidden, and no view (ISO 32000-2, table 167).
const UNSEEN: i32 = 1 << 1 | 1 << 5;

impl<'a> Run<'_, 'a> {
    /// Notes the links of a page and runs what its other annotations show. What an annotation says without
    /// showing it is reported.
    pub(super) fn annotations(&mut self, object: &PageObject<'a>, to_page: &Matrix, log: &mut Log) {
        let Some(list) = object.raw().get::<Array<'_>>("Annots") else { return };
        let mark = Mark::Page(self.page.number, 0);
        for annotation in self.file.resolved(&list).take(ANNOTATIONS) {
            let Some(annotation) = annotation.into_dict() else { continue };
            if annotation.get::<i32>("F").unwrap_or(0) & UNSEEN != 0 || self.layers.hide(&annotation, b"OC") {
                continue;
            }
            let subtype = annotation.get::<Name<'_>>("Subtype");
            let rect = annotation.get::<Rect>("Rect").unwrap_or(Rect::ZERO);
            let subtype = subtype.as_deref().unwrap_or_default();
            match subtype {
                b"Link" => self.link(&annotation, &rect, to_page),
                b"Popup" => continue,
                _ => {}
            }
            let shown = appearance(&annotation).is_some_and(|stream| self.appear(&stream, &rect, to_page));
            match words(&annotation, subtype, shown) {
                Words::None => {}
                Words::Shown(text) => self.write(&text, &area(&rect, to_page)),
                Words::Comment(text) => log.lost("pdf-annotation", mark, text),
            }
        }
    }

    /// Writes words into a rectangle, line below line.
    fn write(&mut self, text: &str, area: &Area) {
        let lines = text.lines().count().max(1) as f32;
        let size = ((area.y1 - area.y0) / lines * 0.7).clamp(4.0, 12.0);
        let Ok(font) = u16::try_from(self.page.fonts.len()) else { return };
        self.page.fonts.push(Font { name: "Helvetica".into(), ..Font::default() });
        for (line, number) in text.lines().zip(1u16..) {
            let mut x = area.x0 + 2.0;
            for c in line.chars() {
                let advance = if c.is_ascii() { size / 2.0 } else { size };
                let start = self.page.text.len() as u32;
                self.page.text.push(c);
                let y = area.y0 + 1.2 * size * f32::from(number);
                let bytes = c.len_utf8() as u8;
                self.page.glyphs.push(Glyph { start, bytes, font, x, y, advance, size, ..Glyph::default() });
                x += advance;
            }
        }
    }

    fn link(&mut self, annotation: &Dict<'_>, rect: &Rect, to_page: &Matrix) {
        let action = annotation.get::<Dict<'_>>("A");
        let Some(address) = action.and_then(|action| action.get::<Bytes<'_>>("URI")) else { return };
        let address = meta::text(&address);
        if !address.trim().is_empty() {
            self.page.links.push((area(rect, to_page), address.trim().to_owned()));
        }
    }

    /// Runs an appearance so that its box comes to lie on the annotation's rectangle (ISO 32000-2, 12.5.5).
    /// `false` where nothing was shown.
    fn appear(&mut self, stream: &Stream<'a>, rect: &Rect, to_page: &Matrix) -> bool {
        let dict = stream.dict();
        let matrix = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let bounds = dict.get::<Rect>("BBox").unwrap_or(Rect::ZERO);
        let corners =
            [(bounds.x0, bounds.y0), (bounds.x1, bounds.y0), (bounds.x0, bounds.y1), (bounds.x1, bounds.y1)];
        let placed = corners.map(|(x, y)| matrix.apply(x, y));
        let least = |pick: fn(&(f64, f64)) -> f64| placed.iter().map(pick).fold(f64::MAX, f64::min);
        let most = |pick: fn(&(f64, f64)) -> f64| placed.iter().map(pick).fold(f64::MIN, f64::max);
        let (x0, y0, x1, y1) = (least(|c| c.0), least(|c| c.1), most(|c| c.0), most(|c| c.1));
        let scale = |target: f64, source: f64| if source.abs() > 1e-6 { target / source } else { 1.0 };
        let (sx, sy) = (scale(rect.width(), x1 - x0), scale(rect.height(), y1 - y0));
        let fit = Matrix([sx, 0.0, 0.0, sy, rect.x0 - x0 * sx, rect.y0 - y0 * sy]);
        let Some(content) = self.file.decode(stream, CONTENT) else { return false };
        let glyphs = self.page.glyphs.len();
        self.state = super::state::State::new(matrix.then(&fit).then(to_page));
        let resources = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
        self.run(&content, &Resources::read(&resources), 1);
        self.page.glyphs.len() > glyphs
    }
}

/// The normal appearance: a stream, or that of the annotation's state.
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'_>>(annotation.get::<Name<'_>>("AS")?),
        _ => None,
    }
}

/// What an annotation says in words.
enum Words {
    None,
    /// A reader would write it on the page, for want of an appearance.
    Shown(String),
    /// A remark beside the page.
    Comment(String),
}

fn words(annotation: &Dict<'_>, subtype: &[u8], shown: bool) -> Words {
    let text = |key: &str| match inherited(annotation, key) {
        Some(Object::String(string)) => Some(meta::text(&string)).filter(|text| !text.trim().is_empty()),
        _ => None,
    };
    let field =
        || matches!(inherited(annotation, "FT"), Some(Object::Name(kind)) if matches!(&*kind, b"Tx" | b"Ch"));
    let found = match subtype {
        b"Link" => None,
        b"Widget" if shown || !field() => None,
        b"Widget" => listed(annotation).or_else(|| text("V")).map(Words::Shown),
        b"FreeText" if shown => None,
        b"FreeText" => text("Contents").map(Words::Shown),
        _ => text("Contents").map(Words::Comment),
    };
    found.unwrap_or(Words::None)
}

/// The options of a list box, all of which it shows, line below line; a combo box shows the chosen one alone
/// (ISO 32000-2, 12.7.5.4).
fn listed(annotation: &Dict<'_>) -> Option<String> {
    let combo =
        matches!(inherited(annotation, "Ff"), Some(Object::Number(flags)) if flags.as_i64() & 1 << 17 != 0);
    let choice = matches!(inherited(annotation, "FT"), Some(Object::Name(kind)) if &*kind == b"Ch");
    let Some(Object::Array(options)) = inherited(annotation, "Opt").filter(|_| choice && !combo) else {
        return None;
    };
    // An option is what it is called, or a pair of what it exports and what it is called.
    let called = |option| match option {
        Object::String(string) => Some(meta::text(&string)),
        Object::Array(pair) => pair.iter::<Bytes<'_>>().nth(1).map(|string| meta::text(&string)),
        _ => None,
    };
    let mut items = options.flex_iter();
    let options: Vec<String> =
        std::iter::from_fn(|| items.next::<Object<'_>>()).take(OPTIONS).filter_map(called).collect();
    (!options.is_empty()).then(|| options.join("\n"))
}

/// An entry of a field, or of those it descends from (ISO 32000-2, 12.7.4.1).
fn inherited<'a>(annotation: &Dict<'a>, key: &str) -> Option<Object<'a>> {
    let mut dict = annotation.clone();
    for _ in 0..16 {
        if let Some(object) = dict.get::<Object<'_>>(key) {
            return Some(object);
        }
        dict = dict.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// A rectangle of the page's own space in reading space.
fn area(rect: &Rect, to_page: &Matrix) -> Area {
    Matrix([rect.width(), 0.0, 0.0, rect.height(), rect.x0, rect.y0]).then(to_page).unit_square()
}
