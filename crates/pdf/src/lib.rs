//! Reads pdf into the qingwen document model.
//!
//! Two halves meet at `page`: below it, objects become marks on pages; above it, marks become lines and blocks.

mod file;
mod filters;
mod fonts;
mod guard;
mod interpret;
mod layout;
mod lexer;
mod meta;
mod outline;
mod page;
mod radicals;
mod report;
mod structure;

use qingwen_model::{Document, Error, Limits, Log, Mark, Warned};

/// How to read a pdf.
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// The password, where the file needs one; the empty one is tried without being asked for.
    pub password: Option<String>,
    /// What the file may cost.
    pub limits: Limits,
}

/// Reads a pdf.
///
/// # Errors
///
/// Those of [`ErrorKind`](qingwen_model::ErrorKind): malformed, encrypted, unsupported, over a limit.
pub fn read(bytes: &[u8], options: &PdfOptions) -> Result<Warned<Document>, Error> {
    let file = file::File::open(bytes, options)?;
    // Two logs: pages are read while the layout writes into its own.
    let (mut log, mut found) = (Log::new(), Log::new());
    let outline = outline::read(&file);
    let mut fonts = fonts::Fonts::new(&file);
    let structure = structure::read(&file);
    let pages = pages(&file, &mut fonts, &mut found);
    let mut document = layout::document(pages, &outline, &structure, &mut log);
    log.extend(found.into_diagnostics());
    for (font, guess) in fonts.guesses() {
        log.guessed("pdf-guessed-font", Mark::None, format!("the characters of {font}: {guess}"));
    }
    document.meta = meta::read(&file);
    Ok(Warned::new(document, log))
}

/// The characters of all pages in the order they were painted, each page ended by a form feed: what a comparison
/// of readers needs, whatever a layout makes of them.
///
/// # Errors
///
/// Those of [`read`].
pub fn characters(bytes: &[u8], options: &PdfOptions) -> Result<String, Error> {
    let file = file::File::open(bytes, options)?;
    let mut fonts = fonts::Fonts::new(&file);
    let mut out = String::new();
    for page in pages(&file, &mut fonts, &mut Log::new()) {
        out.extend(page.glyphs.iter().map(|glyph| page.text_of(glyph)));
        out.push('\u{c}');
    }
    Ok(out)
}

/// What stands on each page, read one after the other as they are asked for.
fn pages<'a>(
    file: &'a file::File,
    fonts: &mut fonts::Fonts<'a>,
    log: &mut Log,
) -> impl Iterator<Item = page::Page> {
    let layers = interpret::Layers::read(file);
    file.pages().iter().zip(1..).map(move |(object, number)| {
        let page = interpret::page(file, &layers, fonts, object, number, log);
        report::page(&page, log);
        page
    })
}
