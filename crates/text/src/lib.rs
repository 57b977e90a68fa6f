//! Reads text in any Chinese encoding into the qingwen document model.
//!
//! [`read`] decides on the encoding, decodes, and makes one block of every line that is not blank, with the
//! looks of the line beside it; joining lines into paragraphs is a rule's business.

mod decode;
mod lines;

pub use lines::read_str;

use qingwen_model::{Document, Error, Limits, Log, Warned};

/// How to read a text.
#[derive(Clone, Debug, Default)]
pub struct TextOptions {
    /// The encoding by its WHATWG label (`gbk`, `big5`, `utf-16le`), where it is known; detected otherwise.
    pub encoding: Option<String>,
    /// What the file may cost.
    pub limits: Limits,
}

/// Reads a text.
///
/// # Errors
///
/// `Unsupported` where the label of the encoding is not known; `Limit` where the input is too large.
pub fn read(bytes: &[u8], options: &TextOptions) -> Result<Warned<Document>, Error> {
    if bytes.len() as u64 > options.limits.input {
        return Err(Error::limit(format!("{} bytes of text, more than the limit allows", bytes.len())));
    }
    let mut log = Log::new();
    let (text, encoding) = decode::decode(bytes, options.encoding.as_deref(), &mut log)?;
    let mut document = read_str(&text);
    document.meta.encoding = Some(encoding.to_owned());
    Ok(Warned::new(document, log))
}
