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
mod ocr;
mod outline;
mod page;
mod pictures;
mod radicals;
mod range;
mod report;
mod structure;
mod tree;
mod work;

pub use ocr::{Ocr, Word};
pub use range::Pages;

use qingwen_model::{Document, Error, Limits, Log, Warned};
use std::borrow::Cow;

/// How to read a pdf.
///
/// ```
/// use qingwen_pdf::PdfOptions;
/// let options = PdfOptions { pages: "1-10,15".parse()?, ..PdfOptions::default() };
/// # let _ = options;
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PdfOptions {
    /// The password, where the file needs one: the user's or the owner's. The empty one is tried without being
    /// asked for.
    pub password: Option<String>,
    /// The pages to read; all of them by default.
    pub pages: Pages,
    /// Whether to keep pictures.
    pub media: bool,
    /// Who reads pages that are pictures; by default nobody, and such pages are named.
    pub ocr: Option<Ocr>,
    /// How many threads to read the pages with; 0 and 1 start none. What comes out is the same.
    pub threads: usize,
    /// What the file may cost.
    pub limits: Limits,
}

/// Reads a pdf. Owned bytes (a `Vec`) are held as they are, borrowed ones copied.
///
/// ```
/// use qingwen_model::ErrorKind;
/// use qingwen_pdf::{PdfOptions, read};
/// let refused = read(b"no pdf at all", &PdfOptions::default());
/// assert_eq!(refused.err().map(|error| error.kind()), Some(ErrorKind::Malformed));
/// ```
///
/// # Errors
///
/// Those of [`ErrorKind`](qingwen_model::ErrorKind): malformed, encrypted, unsupported, over a limit.
pub fn read<'a>(bytes: impl Into<Cow<'a, [u8]>>, options: &PdfOptions) -> Result<Warned<Document>, Error> {
    let file = file::File::open(bytes.into(), options)?;
    let outline = outline::read(&file);
    let structure = structure::read(&file);
    let mut log = Log::new();
    let work::Done { pages, found, guesses } = work::pages(&file, options, &structure, &mut log);
    let meta = meta::read(&file);
    let mut missing = Log::new();
    tree::report(&file, &mut missing);
    options.pages.report(file.pages().len(), &mut missing);
    // Whatever its size is, nobody needs it from here on.
    drop(file);
    let document = layout::document(pages, &outline, &structure, &mut log);
    for found in [missing, found, guesses] {
        log.extend(found.into_diagnostics());
    }
    Ok(Warned::new(Document { meta, ..document }, log))
}

/// The characters of all pages in the order they were painted, each page ended by a form feed: what a comparison
/// of readers needs, whatever a layout makes of them.
///
/// # Errors
///
/// Those of [`read`].
pub fn characters(bytes: &[u8], options: &PdfOptions) -> Result<String, Error> {
    let file = file::File::open(bytes.into(), options)?;
    Ok(work::characters(&file, options))
}
