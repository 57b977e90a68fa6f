//! Pages that are pictures of text, read by somebody else.
//!
//! This library starts no processes and knows no letters by sight. Who does gives it a function that does; what that
//! function finds on a picture stands on the page like any other glyphs, so that everything above is as ever.

use crate::page::{Area, Font, Glyph, Image, Page};
use qingwen_model::{Log, Mark};

/// Someone who can read pictures.
///
/// ```
/// use qingwen_pdf::{Ocr, PdfOptions, Word};
/// fn recognise(picture: &[u8], languages: &str) -> Result<Vec<Word>, String> {
///     # let _ = (picture, languages);
///     Ok(vec![Word { line: 1, place: [0.1, 0.1, 0.4, 0.2], text: "公告".to_owned() }])
/// }
/// let options = PdfOptions {
///     ocr: Some(Ocr { languages: "chi_sim".to_owned(), recognise }),
///     ..PdfOptions::default()
/// };
/// # let _ = options;
/// ```
#[derive(Clone, Debug)]
pub struct Ocr {
    /// The languages to look for, in the words of the one who reads, such as `chi_sim+eng`.
    pub languages: String,
    /// Reads a picture, given as a file (JPEG, JPEG 2000, PNG or TIFF), in some languages. What it gives back for an
    /// error says in a few lower-case words why it could not.
    pub recognise: fn(picture: &[u8], languages: &str) -> Result<Vec<Word>, String>,
}

/// A word on a picture.
///
/// ```
/// let word = qingwen_pdf::Word { line: 1, place: [0.1, 0.1, 0.4, 0.2], text: "公告".to_owned() };
/// # let _ = word;
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// Numbers the lines of the picture.
    pub line: u32,
    /// Where it stands, as shares of the picture's width and height from its top left corner: left, top, right,
    /// bottom.
    pub place: [f32; 4],
    /// What it says.
    pub text: String,
}

/// The least share of a page that a picture worth reading covers.
const SHARE: f32 = 0.02;

/// Puts what stands on the pictures of a page on the page.
pub(crate) fn read(page: &mut Page, ocr: &Ocr, log: &mut Log) {
    let mark = Mark::Page(page.number, 0);
    let whole = page.width * page.height;
    let (mut lines, mut why) = (Vec::new(), None);
    for Image { area, picture, .. } in &page.images {
        if (area.x1 - area.x0) * (area.y1 - area.y0) < SHARE * whole {
            continue;
        }
        match picture.and_then(|index| page.pictures.get(index)) {
            Some(picture) => match (ocr.recognise)(&picture.bytes, &ocr.languages) {
                Ok(words) => lines.extend(placed(words, area)),
                Err(error) => why = Some(error),
            },
            None => why = Some("a kind of picture that cannot be taken out".to_owned()),
        }
    }
    if let Some(why) = why {
        log.guessed("pdf-ocr", mark, format!("a picture was not read: {why}"));
    }
    let before = page.text.len();
    if let Ok(font) = u16::try_from(page.fonts.len()) {
        page.fonts.push(Font::default());
        lines.iter().for_each(|line| write(page, line, font));
    }
    let characters = page.text[before..].chars().count();
    if characters > 0 {
        log.guessed(
            "pdf-ocr",
            mark,
            format!("{characters} characters were recognised on a picture of the page"),
        );
    }
}

/// The words of one line, placed on the page.
type Line = Vec<(Area, String)>;

fn placed(words: Vec<Word>, area: &Area) -> Vec<Line> {
    let (width, height) = (area.x1 - area.x0, area.y1 - area.y0);
    let mut lines: Vec<(u32, Line)> = Vec::new();
    for Word { line, place: [x0, y0, x1, y1], text } in words {
        let place = Area {
            x0: area.x0 + x0 * width,
            y0: area.y0 + y0 * height,
            x1: area.x0 + x1 * width,
            y1: area.y0 + y1 * height,
        };
        if text.trim().is_empty() || !place.x1.is_finite() || !place.y1.is_finite() {
            continue;
        }
        match lines.last_mut() {
            Some((last, words)) if *last == line => words.push((place, text)),
            _ => lines.push((line, vec![(place, text)])),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Writes a line in one size: that of its ideographs, whose distance is what varies least on a scan.
fn write(page: &mut Page, line: &Line, font: u16) {
    let ems = |text: &str| text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f32>();
    let widths = line.iter().map(|(area, text)| (area.x1 - area.x0) / ems(text).max(0.5));
    let mut widths: Vec<f32> = widths.collect();
    widths.sort_by(f32::total_cmp);
    let bottom = line.iter().map(|(area, _)| area.y1).fold(f32::MIN, f32::max);
    let top = line.iter().map(|(area, _)| area.y0).fold(f32::MAX, f32::min);
    // Boxes are as tall as what is written: no more than the em, and hardly less than two thirds of it.
    let size = widths[widths.len() / 2].clamp((bottom - top) * 0.9, (bottom - top) * 1.5);
    let size = (size * 2.0).round().max(2.0) / 2.0;
    for (area, text) in line {
        let em = (area.x1 - area.x0) / ems(text).max(0.5);
        let mut x = area.x0;
        for c in text.chars().filter(|c| !c.is_control()) {
            let advance = if c.is_ascii() { em / 2.0 } else { em };
            let (start, bytes) = (page.text.len() as u32, c.len_utf8() as u8);
            page.text.push(c);
            let y = bottom - 0.12 * size;
            page.glyphs.push(Glyph { start, bytes, font, x, y, advance, size, ..Glyph::default() });
            x += advance;
        }
    }
}
