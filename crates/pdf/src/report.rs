//! What a page's marks do not tell: glyphs without characters, pages that are pictures of text.

use crate::page::{Image, Page};
use qingwen_model::{Log, Mark};

/// Reports what of a page cannot become text.
pub(crate) fn page(page: &Page, log: &mut Log) {
    let mark = Mark::Page(page.number, 0);
    let mut unknown = vec![0usize; page.fonts.len()];
    for glyph in page.glyphs.iter().filter(|glyph| glyph.bytes == 0) {
        if let Some(count) = unknown.get_mut(usize::from(glyph.font)) {
            *count += 1;
        }
    }
    let all = page.glyphs.len();
    for (font, &count) in page.fonts.iter().zip(&unknown).filter(|(_, count)| **count > 0) {
        let share = (count * 100).div_ceil(all.max(1));
        let what = format!(
            "{count} of {all} glyphs ({share} %): no characters are known for those of {}",
            font.name
        );
        log.lost("pdf-unmapped", mark, what);
    }
    let lost: usize = unknown.iter().sum();
    if is_picture(page) || (lost >= 20 && lost * 2 > all) {
        log.lost(
            "pdf-needs-ocr",
            mark,
            if lost > 0 { "text in a font that says nothing" } else { "a picture of a page" },
        );
    }
    radicals(page, log);
}

/// Whether a page shows pictures and no text.
pub(crate) fn is_picture(page: &Page) -> bool {
    let readable = page.text.chars().any(|c| !c.is_whitespace() && !c.is_control());
    !readable && is_covered(page)
}

/// Says how many radicals became the ideographs they look like, and names the first few.
fn radicals(page: &Page, log: &mut Log) {
    let count: u32 = page.radicals.values().sum();
    if count > 0 {
        let named = page.radicals.keys().take(8).map(|&c| format!("{c} → {}", crate::radicals::ideograph(c)));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if page.radicals.len() > 8 { ", …" } else { "" };
        let what = format!("{count} radicals stand for the ideographs they look like: {named}{more}");
        log.guessed("pdf-radicals", Mark::Page(page.number, 0), what);
    }
}

/// Whether pictures cover most of the page.
fn is_covered(page: &Page) -> bool {
    let covered: f32 = page
        .images
        .iter()
        .map(|Image { area, .. }| {
            let width = area.x1.min(page.width) - area.x0.max(0.0);
            let height = area.y1.min(page.height) - area.y0.max(0.0);
            width.max(0.0) * height.max(0.0)
        })
        .sum();
    covered >= 0.4 * page.width * page.height
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Area, Font, Glyph};

    fn reported(page: &Page) -> Vec<String> {
        let mut log = Log::new();
        super::page(page, &mut log);
        log.diagnostics().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_picture_of_a_page_needs_to_be_recognised() {
        let mut page = Page { number: 3, width: 600.0, height: 800.0, ..Page::default() };
        assert_eq!(reported(&page), [""; 0], "an empty page is just empty");
        let area = Area { x0: -5.0, y0: 0.0, x1: 600.0, y1: 790.0 };
        page.images.push(Image { area, picture: None, mark: 0 });
        assert_eq!(reported(&page), ["page 3: pdf-needs-ocr: lost: a picture of a page"]);
        page.text.push('字');
        assert_eq!(reported(&page), [""; 0], "a layer of text was laid under the picture");
    }

    #[test]
    fn glyphs_without_characters_are_counted_by_font() {
        let mut page = Page { number: 1, text: "字".into(), ..Page::default() };
        page.fonts = vec![Font::default(), Font { name: "Hidden".into(), ..Font::default() }];
        page.glyphs = vec![Glyph { bytes: 3, ..Glyph::default() }; 3];
        page.glyphs.push(Glyph { font: 1, ..Glyph::default() });
        let expected =
            "page 1: pdf-unmapped: lost: 1 of 4 glyphs (25 %): no characters are known for those of Hidden";
        assert_eq!(reported(&page), [expected]);
    }
}
