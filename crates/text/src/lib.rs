//! Reads text in any Chinese encoding into the qingwen document model.
//!
//! [`read`] decides on the encoding, decodes, and makes one block of every line that is not blank, with the
//! looks of the line beside it; joining lines into paragraphs is a rule's business. [`Reader`] does the same
//! for text that comes in pieces, in constant memory, and [`Decoder`] only decodes.

mod binary;
mod charset;
mod cns;
mod decode;
mod detect;
mod frequency;
mod lines;
mod packed;
mod scan;
mod stream;
mod table;
mod width;

pub use decode::Fault;
pub use lines::read_str;
pub use stream::{Decoder, Reader};

use qingwen_model::{Document, Error, Limits, Warned};

/// How to read a text.
///
/// ```
/// let options = qingwen_text::TextOptions { encoding: Some("gbk".to_owned()), ..Default::default() };
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default)]
pub struct TextOptions {
    /// The encoding by its WHATWG label (`gbk`, `big5`, `utf-16le`; also `hz-gb-2312`, `euc-tw`, `utf-32`,
    /// `iso-2022-cn`), where it is known; detected otherwise. It is obeyed even where it does not fit.
    pub encoding: Option<String>,
    /// What the file may cost.
    pub limits: Limits,
}

/// Reads a text.
///
/// Diagnostics: `text-encoding` where the encoding was a guess that may be wrong, `text-mixed-encoding` for
/// lines in another encoding than the rest, `text-long-line` for a line of more than four megabytes, which becomes
/// several blocks, `text-undecodable` for every run of bytes that is no character;
/// U+FFFD stands in its place.
///
/// ```
/// let read = qingwen_text::read(b"\xb1\xa8\xb8\xe6\r\n", &qingwen_text::TextOptions::default())?;
/// assert_eq!(read.value.blocks[0].text().map(|text| text.as_str()), Some("报告"));
/// # Ok::<(), qingwen_model::Error>(())
/// ```
///
/// # Errors
///
/// `Unsupported` where the label of the encoding is not known or the bytes are no text, naming what they are;
/// `Limit` where the input is too large.
pub fn read(bytes: &[u8], options: &TextOptions) -> Result<Warned<Document>, Error> {
    let mut reader = Reader::new(options)?;
    reader.read_all(bytes)?;
    reader.finish()
}
