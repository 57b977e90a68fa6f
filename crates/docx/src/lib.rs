//! Reads docx into the qingwen document model.
//!
//! A docx is a zip of XML parts. [`read`] opens the package, finds styles and lists, and walks the document
//! part once. It states what the format states: styles, outline levels, the numbers a word processor would
//! print. How a paragraph without such a style looks goes into its [`Shape`](qingwen_model::Shape), and
//! what that means is for rules to say.

mod body;
mod drawing;
mod element;
mod fields;
mod flow;
mod fonts;
mod foreign;
mod inflate;
mod line;
mod math;
mod meta;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod props;
mod reader;
mod recent;
mod run;
mod shape;
mod styles;
mod symbols;
mod tables;
mod theme;
mod xml;

use qingwen_model::{Document, Error, Limits, Warned};

/// How to read a docx.
///
/// ```
/// use qingwen_docx::{DocxOptions, TrackChanges};
/// let options = DocxOptions { media: true, track_changes: TrackChanges::All, ..DocxOptions::default() };
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default)]
pub struct DocxOptions {
    /// What the file may cost.
    pub limits: Limits,
    /// Whether to keep the bytes of pictures.
    pub media: bool,
    /// What tracked changes come to.
    pub track_changes: TrackChanges,
    /// How printed numbers are given.
    pub numbering: Numbers,
}

/// What tracked changes come to.
///
/// ```
/// assert_eq!(qingwen_docx::TrackChanges::default(), qingwen_docx::TrackChanges::Accept);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrackChanges {
    /// The document as it would be with all changes accepted.
    #[default]
    Accept,
    /// The document as it was before the changes.
    Reject,
    /// Both: deletions struck through, insertions underlined, and comments as notes.
    All,
}

/// How the numbers that a word processor prints before paragraphs are given.
///
/// ```
/// assert_eq!(qingwen_docx::Numbers::default(), qingwen_docx::Numbers::Text);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbers {
    /// As text at the start of the paragraph, and as its label.
    #[default]
    Text,
    /// Plain Arabic numbers as lists, everything else as text.
    List,
    /// Not at all.
    None,
}

/// Reads a docx, whatever its ending: `.docx`, `.docm`, `.dotx`, `.dotm`.
///
/// ```
/// use qingwen_docx::{DocxOptions, read};
/// use qingwen_model::ErrorKind;
/// let refused = read(b"PK\x03\x04, and no more", &DocxOptions::default());
/// assert_eq!(refused.err().map(|error| error.kind()), Some(ErrorKind::Malformed));
/// ```
///
/// # Errors
///
/// Malformed where there is no package or no document part in it; encrypted where it needs a password;
/// unsupported where it is another format, which is named; a limit where it asks for too much.
pub fn read(bytes: &[u8], options: &DocxOptions) -> Result<Warned<Document>, Error> {
    reader::read(bytes, options)
}
